// @ts-check

/** Milliseconds of work after which the page gets its turn; well under a frame. */
const SLICE = 8;
/** The browser's own way to let the page go first, where it has one. */
const SCHEDULER = /** @type {{ scheduler?: { yield?: () => Promise<void> } }} */ (globalThis).scheduler;

/** Work that lets the page draw and answer in between. */
export class Pace {
  #since = performance.now();

  /** Whether it is time to `pause`. */
  get isOver() {
    return performance.now() - this.#since > SLICE;
  }

  /** Let the page do what it has to. */
  async pause() {
    await (SCHEDULER?.yield ? SCHEDULER.yield() : new Promise((done) => setTimeout(done)));
    this.#since = performance.now();
  }
}
