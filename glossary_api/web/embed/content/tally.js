// @ts-check
/** Nobody asks how many terms a page with an embedded script has. */
export class Tally {
  /** @type {unknown[]} */
  terms = [];
  problem = null;
  note() {}
  clear() {}
}
