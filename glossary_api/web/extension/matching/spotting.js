// @ts-check
/**
 * Names in a text: leftmost, then longest, as the server's `matching/spotting.py` finds them. Figures, Latin letters
 * and Han numerals must end where a name ends; so must everyday words, unless something vouches for the name; and a
 * risky name counts only where quotation marks or a footnote mark vouch for it, or where the caller asks for it. A
 * vouched name counts also where the same text has it with such a voucher. Offsets are UTF-16 units of the text as given.
 */

import { cutsWord, Edges, hasQuote, isOrdinal, runsOn } from "./edges.js";
import { BREAK, Folding, MARK, QUOTE } from "./folding.js";
import { Names } from "./names.js";

/** @import { Folded, FoldingTables } from "./folding.js" */

/**
 * Where a name stands: a half-open span, and the place of the name in the sorted list.
 * @typedef {{start: number, end: number, name: number}} Spot
 */

/** Finds names in texts. */
export class Spotter {
  /**
   * @param {FoldingTables} tables
   * @param {string} keys folded names, sorted by UTF-16 units, a line feed between two
   * @param {{risky: Iterable<number>, vouched: Iterable<number>}} needs the places of those for which something has to
   *   vouch, where they stand or somewhere in the same text
   * @param {string} words everyday words, folded, the most frequent first, a space between two
   */
  constructor(tables, keys, { risky, vouched }, words) {
    this.folding = new Folding(tables);
    this.edges = new Edges(tables);
    this.names = new Names(keys);
    this.words = new Map(words.split(" ").map((word, rank) => [word, rank]));
    /** For each name what has to vouch for it: 0 nothing, 1 something in the same text, 2 something right there. */
    this.needs = new Uint8Array(this.names.size);
    for (const name of vouched) {
      this.needs[name] = 1;
    }
    for (const name of risky) {
      this.needs[name] = 2;
    }
  }

  /**
   * The place in the list of a name in any of its spellings; null if it is not there.
   * @param {string} name
   * @returns {number | null}
   */
  numberOf(name) {
    return this.names.indexOf(this.folding.fold(name).units.filter((unit) => unit !== BREAK));
  }

  /**
   * Where names stand, none overlapping another, in the order of the text. Quotation marks around a name are not part
   * of its span, those within it are.
   * @param {string} text
   * @param {((name: number) => boolean) | null} [isWanted] whether a name is one of those looked for; null for all
   * @param {boolean} [short] names that need a voucher and have none, too
   * @returns {Spot[]}
   */
  spots(text, isWanted = null, short = false) {
    const folded = this.folding.fold(text);
    const vouched = this.#vouchedIn(text, folded);
    /** @type {Spot[]} */
    const spots = [];
    this.names.walk(folded.units, (at, found) => {
      const wanted = isWanted ? found.filter(isWanted) : found;
      const spot = this.#longest(text, folded, at, wanted, vouched, short);
      if (!spot) {
        return 1;
      }
      spots.push(spot);
      return this.names.length(spot.name);
    });
    return spots;
  }

  /**
   * Those of the vouched names that a text has with a voucher somewhere.
   * @param {string} text
   * @param {Folded} folded
   * @returns {Set<number>}
   */
  #vouchedIn(text, folded) {
    /** @type {Set<number>} */
    const vouched = new Set();
    if (folded.kinds.includes(QUOTE) || folded.kinds.includes(MARK)) {
      this.names.walk(folded.units, (at, found) => {
        for (const name of found) {
          const span = this.needs[name] === 1 && this.#span(text, folded, at, at + this.names.length(name));
          if (span && this.edges.name(text, span.start, span.end)) {
            vouched.add(name);
          }
        }
        return 1;
      });
    }
    return vouched;
  }

  /**
   * The longest of the names at a place of the folded text that holds.
   * @param {string} text
   * @param {Folded} folded
   * @param {number} at
   * @param {number[]} found shorter ones first
   * @param {Set<number>} vouched names that the text has with a voucher somewhere
   * @param {boolean} short
   * @returns {Spot | null}
   */
  #longest(text, folded, at, found, vouched, short) {
    for (let place = found.length - 1; place >= 0; place--) {
      const name = found[place];
      const stop = at + this.names.length(name);
      const span = this.#span(text, folded, at, stop);
      if (span && (this.#counts(folded, at, stop, name, vouched, short) || this.#isVouched(text, span, name))) {
        return { ...span, name };
      }
    }
    return null;
  }

  /**
   * @param {string} text
   * @param {{start: number, end: number}} span
   * @param {number} name
   */
  #isVouched(text, { start, end }, name) {
    return this.needs[name] < 2 ? this.edges.name(text, start, end) : this.edges.vouchFor(text, start, end);
  }

  /**
   * Whether a name counts at a place where nothing vouches for it.
   * @param {Folded} folded
   * @param {number} begin
   * @param {number} stop
   * @param {number} name
   * @param {Set<number>} vouched
   * @param {boolean} short
   */
  #counts(folded, begin, stop, name, vouched, short) {
    const needs = this.needs[name];
    if (needs && short) {
      return true;
    }
    return (needs === 0 || vouched.has(name)) && !cutsWord(folded, begin, stop, this.words);
  }

  /**
   * The span of the text that a span of the folded text comes from; null if it ends within a figure, word or numeral.
   * @param {string} text
   * @param {Folded} folded
   * @param {number} begin
   * @param {number} stop
   */
  #span(text, { units, starts, ends, kinds }, begin, stop) {
    let start = starts[begin], end = ends[stop - 1];
    if ((begin > 0 && starts[begin - 1] === start) || (stop < starts.length && starts[stop] === starts[stop - 1])) {
      return null;
    }
    if (hasQuote(kinds, start, end)) {
      [start, end] = this.edges.balanced(text, start, end);
    }
    return runsOn(kinds, start) || runsOn(kinds, end) || isOrdinal(text, start, units[begin]) ? null : { start, end };
  }
}
