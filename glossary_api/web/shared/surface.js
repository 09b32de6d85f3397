// @ts-check

/**
 * The tooltip as a thing in the page: made when first needed, drawn, placed, focused. What opens it is elsewhere.
 *
 * @typedef {import("./card.js").Card} Card
 * @typedef {import("./tooltip.js").Options} Options
 * @typedef {import("./placing.js").Point} Point
 */

import { drawn } from "./drawing.js";
import { made } from "./elements.js";
import { isSmall, placed } from "./placing.js";

/** Of the element that holds it, for `aria-describedby`. */
export const ID = "glossary-tooltip";

/** One panel in a shadow tree, in the browser's top layer while it is open. */
export class Surface {
  /** @type {HTMLElement | null} */ #home = null;
  /** @type {ShadowRoot | null} */ #root = null;
  /** @type {HTMLElement | null} */ #panel = null;
  /** @type {Promise<string> | string | null} */ #styles = null;

  /** @param {Options} options */
  constructor(options) {
    this.options = options;
  }

  /** Be in the page; scripts of a page may have thrown it out. */
  async ready() {
    const { host, styles } = this.options;
    this.#styles ??= typeof styles === "string" ? styles : styles();
    const text = await this.#styles;
    this.#home ??= this.#make(text);
    if (!this.#home.isConnected) host.documentElement.append(this.#home);
  }

  /** @param {string} styles */
  #make(styles) {
    const { host, words, mode = "closed" } = this.options;
    const home = made(host, ID, { id: ID });
    this.#root = home.attachShadow({ mode });
    this.#panel = made(host, "div", { class: "panel", tabindex: "-1", popover: "manual", lang: words.language });
    dress(this.#root, styles);
    this.#root.append(this.#panel);
    return home;
  }

  remove() {
    this.#home?.remove();
  }

  /** Whether an event happened in it. @param {Event} event */
  holds(event) {
    return this.#home !== null && event.composedPath().includes(this.#home);
  }

  /** @param {EventTarget | null} focused What the document says has the focus, or gets it. */
  hasFocus(focused) {
    return focused !== null && focused === this.#home;
  }

  /** @returns {DOMRect | null} Where it is; null if it is closed. */
  box() {
    return this.#panel?.classList.contains("open") ? this.#panel.getBoundingClientRect() : null;
  }

  /** Show a card. @param {Card} card @param {() => void} close What the button for that does. */
  draw(card, close) {
    const panel = this.#panel;
    if (!panel) return;
    panel.replaceChildren(...drawn(this.options, card, close));
    panel.setAttribute("role", "tooltip");
    panel.removeAttribute("aria-label");
    panel.scrollTop = 0;
    if (panel.classList.contains("open")) return; // to close it first would take the focus out of it
    panel.classList.add("open");
    panel.showPopover?.();
  }

  /** Put it beside the term. False, if that is out of sight. @param {DOMRect[]} lines @param {Point | null} point */
  place(lines, point) {
    const panel = this.#panel;
    if (!panel) return false;
    const { documentElement, defaultView } = this.options.host;
    const view = { width: documentElement.clientWidth, height: defaultView?.innerHeight ?? 0 };
    const scrolled = panel.scrollTop;
    panel.classList.toggle("sheet", isSmall(view));
    panel.style.maxHeight = "none";
    const place = placed(lines, point, { width: panel.offsetWidth, height: panel.offsetHeight }, view);
    if (!place) return false;
    panel.dataset.side = place.side;
    panel.style.left = `${place.left}px`;
    panel.style.top = `${place.top}px`;
    panel.style.maxHeight = `${place.height}px`;
    panel.scrollTop = scrolled;
    return true;
  }

  hide() {
    if (!this.#panel?.classList.contains("open")) return;
    this.#panel.classList.remove("open");
    if (this.#panel.isConnected) this.#panel.hidePopover?.();
  }

  /** Take the focus, under a name: without one a screen reader would say nothing. A term that is described by the
   * tooltip is told its text instead, for which the panel must have no name. @param {Card} card */
  focus(card) {
    this.#panel?.setAttribute("role", "group");
    this.#panel?.setAttribute("aria-label", `${this.options.words.label} ${card.name}`);
    this.#panel?.focus({ preventScroll: true });
  }

  blur() {
    const focused = this.#root?.activeElement;
    if (focused instanceof HTMLElement) focused.blur();
  }

  /** The focus moves to the next thing that takes it, or the one before. False, if there is none. @param {1 | -1} by */
  step(by) {
    const all = /** @type {HTMLElement[]} */ ([...(this.#panel?.querySelectorAll("a, button") ?? [])]);
    const stops = all.filter((one) => one.getClientRects().length);
    const next = stops[stops.indexOf(/** @type {HTMLElement} */ (this.#root?.activeElement)) + by];
    next?.focus();
    return next !== undefined;
  }
}

/** Style a shadow tree: by an adopted sheet, which no policy of a page forbids, or else by an element.
 * @param {ShadowRoot} root @param {string} styles */
function dress(root, styles) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const element = made(root.ownerDocument, "style");
    element.textContent = styles;
    root.append(element);
  }
}
