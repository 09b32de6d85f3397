// @ts-check

/**
 * A tooltip for terms, alike on the site and, by the extension, on any page.
 *
 *     const tooltip = attachTooltip({ host: document, targetAt, cardFor, words: WORDS.zh, styles });
 *     tooltip.detach();
 *
 * It opens when the pointer rests on a term, when the keyboard's focus does, and when a finger taps it; the pointer may
 * move into it, Tab leads into its links, Escape closes it. It lives in a shadow tree in the browser's top layer, never
 * lies over its term, and on a small screen becomes a sheet at the edge. It parses no markup, needs no style attribute
 * and makes no request. Nothing is added to the page before the first term is shown.
 *
 * @typedef {import("./card.js").Card} Card
 * @typedef {import("./card.js").Words} Words
 *
 * @typedef {object} Target A term in the page.
 * @property {any} key What `cardFor` is asked for; two targets are the same place if their keys are the same (===).
 * @property {Element} [element] The element that is the term, if there is one: it gets the focus back, is described
 *   by the tooltip while that is open, and its `title` is out of the way meanwhile.
 * @property {() => Iterable<DOMRect>} [rects] Where the term stands now, in the viewport, a rectangle for each line.
 *   Needed without an element; a `Range` gives them by `getClientRects()`.
 *
 * @typedef {object} Options
 * @property {Document} host
 * @property {(event: PointerEvent | MouseEvent | FocusEvent) => Target | null} targetAt The term at an event, which is
 *   a `pointermove`, `focusin` or `click` (taps only). null for a tap leaves it to the page.
 * @property {(key: any) => Promise<Card | null> | Card | null} cardFor What to show; null or an error: nothing.
 *   Asked each time a term is about to open: keep what was fetched.
 * @property {Words} words
 * @property {string | (() => Promise<string>)} styles The text of tooltip.css, or how to get it when first needed.
 * @property {"closed" | "open"} [mode] Of the shadow tree; closed unless said otherwise.
 * @property {boolean} [blank] Whether links open in a tab of their own.
 * @property {(key: any | null) => void} [onShown] Told the key of a term that is shown from now on, and null when
 *   none is any more.
 *
 * @typedef {object} Attached
 * @property {(target: Target, options?: {focus?: boolean}) => Promise<boolean>} show Open at once, for instance for a
 *   keyboard command; with `focus` the focus moves into the tooltip. Whether there was anything to show.
 * @property {() => void} hide
 * @property {() => void} detach Close, take everything out of the page and stop listening.
 *
 * @typedef {"hover" | "focus" | "tap" | "command"} Way What opened it.
 */

import { isInside } from "./placing.js";
import { ID, Surface } from "./surface.js";

/** Milliseconds. */
const REST = 160; // on a term before it opens
const NEXT = 60; // on another one while a tooltip is open
const LINGER = 140; // off term and tooltip before it closes
const GRACE = 300; // between two moves on the way into the tooltip
/** Pixels that the way in may be wider than the tooltip, on each side. */
const ASTRAY = 8;

/**
 * Start to show terms of a document.
 *
 * @param {Options} options
 * @returns {Attached}
 */
export function attachTooltip(options) {
  const tooltip = new Tooltip(options);
  return {
    show: (target, { focus = false } = {}) => tooltip.open(target, "command", focus),
    hide: () => tooltip.hide(),
    detach: () => tooltip.detach(),
  };
}

/** What opens the tooltip when, and what closes it. */
class Tooltip {
  /** @type {Target | null} */ #shown = null;
  /** @type {Target | null} About to be shown, or shown. */ #wanted = null;
  /** @type {Way} */ #by = "hover";
  /** @type {{x: number, y: number} | null} The pointer's last place on the shown term. */ #point = null;
  /** @type {{element: Element, title: string} | null} */ #silenced = null;
  #pointer = "mouse";
  #at = "";
  #timer = 0;
  /** Milliseconds of the timer that is to close; 0 if none runs. */ #leaving = 0;
  #frame = 0;
  /** Whether a link that has the focus goes because of another card. */ #drawing = false;
  #listening = new AbortController();

  /** @param {Options} options */
  constructor(options) {
    this.options = options;
    this.surface = new Surface(options);
    const { host } = options;
    this.#on(host, "pointermove", (event) => this.#hover(event));
    this.#on(host, "pointerout", (event) => isGone(event) && this.#leave(LINGER));
    this.#on(host, "pointerdown", (event) => (this.#pointer = event.pointerType));
    this.#on(host, "click", (event) => this.#click(event));
    this.#on(host, "focusin", (event) => this.#focus(event));
    this.#on(host, "focusout", (event) => this.#blur(event));
    this.#on(host, "keydown", (event) => this.#key(event));
    this.#on(host, "scroll", () => this.#moved());
    this.#on(host.defaultView ?? host, "resize", () => this.#moved());
  }

  detach() {
    this.hide();
    this.#listening.abort();
    this.surface.remove();
  }

  /** @param {Target} target @param {Way} by @param {boolean} [focus] */
  async open(target, by, focus = false) {
    this.#stay();
    this.#want(target);
    const card = await this.#card(target);
    if (card) await this.surface.ready();
    if (this.#wanted !== target) return false;
    if (!card) this.hide();
    else this.#show(target, card, by, focus);
    return this.#shown === target;
  }

  /** @param {Target} target @param {Card} card @param {Way} by @param {boolean} focus */
  #show(target, card, by, focus) {
    this.#describe(false);
    this.#shown = target;
    this.#by = by;
    this.#drawing = true;
    this.surface.draw(card, () => this.#dismiss());
    this.#drawing = false;
    this.#describe(true);
    this.#place();
    if (focus) this.surface.focus(card);
    this.options.onShown?.(target.key);
  }

  hide() {
    const { onShown } = this.options;
    this.#stay();
    this.#describe(false);
    if (this.#shown) onShown?.(null);
    this.#shown = null;
    this.#point = null;
    this.#want(null);
    this.surface.hide();
  }

  /** @param {EventTarget} on @param {string} name @param {(event: any) => void} react */
  #on(on, name, react) {
    on.addEventListener(name, react, { capture: true, signal: this.#listening.signal });
  }

  // The pointer

  /** @param {PointerEvent} event */
  #hover(event) {
    const at = `${event.screenX} ${event.screenY}`;
    const rests = at === this.#at; // the page moved below it
    this.#at = at;
    if (rests || event.pointerType === "touch" || event.buttons) return;
    if (this.surface.holds(event)) return this.#stay();
    this.#pass(event, this.options.targetAt(event));
  }

  /** @param {PointerEvent} event @param {Target | null} target What it is on. */
  #pass(event, target) {
    if (target && target.key === this.#shown?.key) {
      this.#point = { x: event.clientX, y: event.clientY };
      this.#stay();
      this.#want(this.#shown);
    } else if (this.#isOnTheWay(event)) {
      this.#leave(GRACE, target);
    } else if (target) {
      this.#intend(target, "hover");
    } else {
      this.#leave(LINGER);
    }
  }

  /** @param {Target} target @param {Way} by */
  #intend(target, by) {
    if (this.#wanted?.key === target.key) return;
    this.#stay();
    this.#want(target);
    this.#timer = setTimeout(() => this.open(target, by), this.#shown ? NEXT : REST);
    if (!this.#shown) this.#by = by;
  }

  /** Close in a while, unless something holds it open; then perhaps open what the pointer has come to.
   * @param {number} after @param {Target | null} [next] */
  #leave(after, next = null) {
    const held = this.#isHeld();
    if (this.#leaving === LINGER && after === LINGER) return; // however much it moves out there
    if (held && !this.#shown) return;
    this.#stay();
    this.#want(this.#shown);
    if (held || !this.#shown) return;
    this.#leaving = after;
    this.#timer = setTimeout(() => {
      this.hide();
      if (next) this.#intend(next, "hover");
    }, after);
  }

  #stay() {
    clearTimeout(this.#timer);
    this.#leaving = 0;
  }

  /** Whether what is shown, or about to be, stays although the pointer is elsewhere. */
  #isHeld() {
    const focused = this.options.host.activeElement;
    const element = (this.#shown ?? this.#wanted)?.element;
    const onTerm = this.#by === "focus" && element !== undefined && element === focused;
    return onTerm || this.#by === "tap" || this.#by === "command" || this.surface.hasFocus(focused);
  }

  /** Whether the pointer is between the term and the tooltip, where a straight way in may lead.
   * @param {PointerEvent} event */
  #isOnTheWay(event) {
    const panel = this.#point && this.surface.box();
    if (!panel || !this.#point) return false;
    const near = this.#point.y < panel.top ? panel.top : panel.bottom;
    const corners = [panel.left - ASTRAY, panel.right + ASTRAY].map((x) => ({ x, y: near }));
    return isInside({ x: event.clientX, y: event.clientY }, [this.#point, ...corners]);
  }

  /** A tap opens; a second one is the page's. A click elsewhere closes. @param {MouseEvent} event */
  #click(event) {
    if (this.surface.holds(event) || event.detail === 0) return;
    const kind = /** @type {any} */ (event).pointerType || this.#pointer;
    const target = kind === "touch" ? this.options.targetAt(event) : null;
    if (target && target.key !== this.#shown?.key) {
      event.preventDefault();
      this.open(target, "tap");
    } else {
      this.hide();
    }
  }

  // The keyboard

  /** @param {FocusEvent} event */
  #focus(event) {
    if (this.surface.holds(event) || !isByKeyboard(event.target)) return;
    const target = this.options.targetAt(event);
    if (!target) return;
    if (target.key === this.#shown?.key) this.#by = "focus";
    this.#intend(target, "focus");
  }

  /** @param {FocusEvent} event */
  #blur(event) {
    const into = event.relatedTarget;
    if (this.#drawing || this.surface.hasFocus(into)) return;
    const term = (this.#shown ?? this.#wanted)?.element;
    if (into && into === term) return;
    if (this.surface.holds(event) || (this.#by === "focus" && event.target === term)) this.hide();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape" && this.#wanted) {
      if (this.#shown) event.preventDefault();
      if (this.#shown) event.stopPropagation();
      this.#dismiss();
    } else if (event.key === "Tab" && this.#shown && !event.altKey && !event.ctrlKey && !event.metaKey) {
      this.#tab(event);
    }
  }

  /** Tab leads from the term into the tooltip, and from its end to what follows the term.
   * @param {KeyboardEvent} event */
  #tab(event) {
    const term = this.#shown?.element;
    const inside = this.surface.holds(event);
    if (!inside && (event.target !== term || event.shiftKey)) return;
    if (this.surface.step(event.shiftKey ? -1 : 1)) return event.preventDefault();
    if (!inside) return;
    if (event.shiftKey && term) event.preventDefault();
    this.#giveBack();
  }

  #dismiss() {
    if (this.surface.hasFocus(this.options.host.activeElement)) this.#giveBack();
    this.hide();
  }

  /** The focus goes back to the term; where that is no element, it goes, and with it the tooltip. */
  #giveBack() {
    const term = this.#shown?.element;
    if (term && "focus" in term) /** @type {HTMLElement} */ (term).focus({ preventScroll: true });
    else this.surface.blur();
  }

  // What is shown

  #moved() {
    cancelAnimationFrame(this.#frame);
    if (this.#shown) this.#frame = requestAnimationFrame(() => this.#place());
  }

  #place() {
    if (!this.#shown) return;
    const rects = [...(this.#shown.rects?.() ?? this.#shown.element?.getClientRects() ?? [])];
    const seen = rects.filter((rect) => rect.width && rect.height);
    if (!this.surface.place(seen, this.#by === "hover" ? this.#point : null)) this.hide();
  }

  /** @param {Target} target */
  async #card(target) {
    try {
      return await this.options.cardFor(target.key);
    } catch {
      return null;
    }
  }

  /** The browser's own tooltip, for the term's `title`, stays away as long as ours is wanted.
   * @param {Target | null} target */
  #want(target) {
    this.#wanted = target;
    const element = target?.element ?? null;
    if (this.#silenced?.element === element) return;
    this.#silenced?.element.setAttribute("title", this.#silenced.title);
    const title = element?.getAttribute("title");
    this.#silenced = element && title ? { element, title } : null;
    if (this.#silenced) element?.removeAttribute("title");
  }

  /** @param {boolean} on Whether the shown term is described by the tooltip. */
  #describe(on) {
    const element = this.#shown?.element;
    if (!element) return;
    const others = (element.getAttribute("aria-describedby") ?? "").split(/\s+/).filter((id) => id && id !== ID);
    const ids = on ? [...others, ID] : others;
    if (ids.length) element.setAttribute("aria-describedby", ids.join(" "));
    else element.removeAttribute("aria-describedby");
  }
}

/** @param {EventTarget | null} target */
function isByKeyboard(target) {
  return target instanceof Element && target.matches(":focus-visible");
}

/** Whether a pointer has left the document, if only for one within it. @param {PointerEvent} event */
function isGone({ relatedTarget }) {
  return !(relatedTarget instanceof Element) || /^(iframe|frame|object|embed)$/i.test(relatedTarget.localName);
}
