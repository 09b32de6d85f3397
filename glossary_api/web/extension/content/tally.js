// @ts-check
/** What a page has, for the extension's button and pop-up: the frame around all others has it from each of them. */

import { ask } from "./asking.js";

/** @typedef {{term: string, kind: string, count: number, frame: number}} Counted */
/** @typedef {{code: string, detail: string} | null} Told */

/** Milliseconds that news are gathered for. */
const GATHER = 100;

/** The terms of a document and, in the outermost one, of all frames in it. */
export class Tally {
  /** @type {Map<number, Counted[]>} By frame; 0 is the outermost. */ #frames = new Map();
  /** @type {Told} */ #problem = null;
  #timer = 0;

  /** Terms of all frames, those of one frame in the order of the page. @returns {Counted[]} */
  get terms() {
    return [...this.#frames.values()].flat();
  }

  /** What keeps the page from being marked. */
  get problem() {
    return this.#problem;
  }

  /**
   * @param {Iterable<import("./marks.js").Mark>} marks  Of this frame.
   * @param {Told} [problem]  undefined leaves it as it was.
   */
  note(marks, problem) {
    this.#problem = problem === undefined ? this.#problem : problem;
    /** @type {Map<string, Counted>} */
    const counted = new Map();
    for (const { term, kind } of marks) {
      const one = counted.get(term) ?? { term, kind, count: 0, frame: 0 };
      one.count += 1;
      counted.set(term, one);
    }
    this.noteFrame(0, [...counted.values()]);
  }

  /** @param {number} frame @param {Counted[]} terms */
  noteFrame(frame, terms) {
    this.#frames.set(frame, terms.map((one) => ({ ...one, frame })));
    this.#timer ||= setTimeout(() => this.#tell(), GATHER);
  }

  clear() {
    this.#frames.clear();
    this.#problem = null;
    clearTimeout(this.#timer);
    void this.#tell();
  }

  async #tell() {
    this.#timer = 0;
    const count = this.terms.reduce((sum, term) => sum + term.count, 0);
    const news = self === top ? { ask: "badge", count, problem: this.#problem } : { ask: "frame", terms: this.terms };
    await ask(news).catch(() => {}); // orphaned: nobody to tell
  }
}
