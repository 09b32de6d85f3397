// @ts-check
/** Tooltips of marks: under the pointer, at a tap, by keyboard. */

import { ask } from "./asking.js";
import { rectsOf } from "./marks.js";
import { LANGUAGE, styles } from "./surroundings.js";

/** @typedef {import("./marks.js").Mark} Mark */

/** A tap on these is the page's. */
const ACTIVE = "a[href], button, input, select, textarea, label, summary, [role='button'], [role='link'], [onclick]";
/** Pixels that a finger or a pointer may be off. */
const SLACK = 2;
/** Milliseconds in which scrolling is over, with the events that it makes. */
const SETTLED = 60;
/** Below this part of the window there is no room for a tooltip under a term. */
const LOW = 0.8;

/** Shows what marks mean. */
export class Pointing {
  /** @type {Promise<import("../shared/tooltip.js").Attached> | null} */ #tooltip = null;
  /** @type {Map<string, Promise<any>>} */ #cards = new Map();
  /** @type {Mark | null} */ #last = null;
  #marks;
  #painter;
  #settings;

  /**
   * @param {import("./marks.js").Marks} marks
   * @param {import("./painting.js").Painter} painter
   * @param {import("../settings.js").Settings} settings
   */
  constructor(marks, painter, settings) {
    this.#marks = marks;
    this.#painter = painter;
    this.#settings = settings;
  }

  /** Begin to listen; again changes nothing. @returns {Promise<void>} When it listens. */
  async start() {
    this.#tooltip ??= this.#attach();
    await this.#tooltip;
  }

  stop() {
    void this.#tooltip?.then((tooltip) => tooltip.detach());
    this.#tooltip = null;
  }

  /**
   * Go on to the next mark that is shown, behind the last one or within the window, and open its tooltip.
   *
   * @param {1 | -1} by  -1: to the one before.
   * @returns {Promise<void>}
   */
  async step(by) {
    const marks = this.#marks.inOrder(this.#settings.firstOnly).filter((mark) => rectsOf(mark).length);
    const last = this.#last ? marks.indexOf(this.#last) : -1;
    const next = last >= 0 ? last + by : marks.findIndex((mark) => rectsOf(mark)[0].top >= 0) - (by < 0 ? 1 : 0);
    await this.#show(marks.at(next % marks.length || 0));
  }

  /** @param {string} term @returns {Promise<void>} */
  async showFirst(term) {
    const marks = this.#marks.inOrder(false).filter((mark) => mark.term === term);
    await this.#show(marks.find((mark) => rectsOf(mark).length));
  }

  /** @param {Mark | undefined} mark */
  async #show(mark) {
    if (!mark || !this.#tooltip) {
      return;
    }
    this.#last = mark;
    const tooltip = await this.#tooltip;
    if (isOutside(mark)) {
      tooltip.hide(); // else it would go after its own term when that is scrolled away, and take the next one with it
      bringIntoView(mark);
      await new Promise((done) => setTimeout(done, SETTLED));
    }
    await tooltip.show(targetOf(mark), { focus: true });
  }

  async #attach() {
    const [{ attachTooltip }, { WORDS }] = await Promise.all([import("../shared/tooltip.js"), import("../shared/card.js")]);
    return attachTooltip({
      host: document,
      targetAt: (event) => this.#targetAt(event),
      cardFor: (mark) => this.#cardOf(mark),
      onShown: (mark) => this.#painter.point(mark),
      blank: true,
      words: WORDS[LANGUAGE],
      styles,
    });
  }

  /** @param {PointerEvent | MouseEvent | FocusEvent} event */
  #targetAt(event) {
    const path = event.composedPath();
    const tap = event.type === "click";
    if (!(event instanceof MouseEvent) || (tap && path.some((node) => node instanceof Element && node.matches(ACTIVE)))) {
      return null;
    }
    const shadowRoots = path.flatMap((node) => (node instanceof Element && node.shadowRoot) || []);
    const caret = document.caretPositionFromPoint(event.clientX, event.clientY, { shadowRoots });
    const mark = caret && this.#marks.near(caret.offsetNode, caret.offset);
    return mark && this.#painter.shows(mark) && isAt(mark, event) ? targetOf(mark) : null;
  }

  /** @param {Mark} mark */
  async #cardOf({ term, use }) {
    const place = JSON.stringify([term, use]);
    const asked = this.#cards.get(place) ?? ask({ ask: "card", term, use });
    this.#cards.set(place, asked);
    const { card } = await asked;
    if (!card) {
      this.#cards.delete(place); // perhaps the server answers next time
    }
    return card ?? null;
  }
}

/** @param {Mark} mark */
function targetOf(mark) {
  return { key: mark, rects: () => rectsOf(mark) };
}

/** The caret nearest to a point may be far away. @param {Mark} mark @param {MouseEvent} point */
function isAt(mark, { clientX: x, clientY: y }) {
  return rectsOf(mark).some((rect) => {
    const beside = x < rect.left - SLACK || x > rect.right + SLACK;
    return !beside && y >= rect.top - SLACK && y <= rect.bottom + SLACK;
  });
}

/** Whether any of it is outside the window. @param {Mark} mark */
function isOutside(mark) {
  return rectsOf(mark).some(({ top, bottom, left, right }) => top < 0 || bottom > innerHeight || left < 0 || right > innerWidth);
}

/** The element may be longer than the window: then the mark itself is brought to its upper third. @param {Mark} mark */
function bringIntoView(mark) {
  mark.parts[0].node.parentElement?.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
  const { top = 0 } = rectsOf(mark)[0] ?? {};
  if (isOutside(mark) || top > innerHeight * LOW) {
    scrollBy({ top: top - innerHeight / 3, behavior: "instant" });
  }
}
