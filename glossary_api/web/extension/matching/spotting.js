// @ts-check
/**
 * Names in a text: leftmost, then longest, as the server's `matching/spotting.py` finds them. Figures, Latin letters
 * and Han numerals must end where a name ends, and a risky name counts only where quotation marks or a footnote mark
 * vouch for it, or where the caller asks for it. Offsets are UTF-16 units of the text as given.
 */

import { Edges, hasQuote, runsOn } from "./edges.js";
import { BREAK, Folding } from "./folding.js";
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
   * @param {Iterable<number>} risky the places of those for which something has to vouch
   */
  constructor(tables, keys, risky) {
    this.folding = new Folding(tables);
    this.edges = new Edges(tables);
    this.names = new Names(keys);
    this.risky = new Uint8Array(this.names.size);
    for (const name of risky) {
      this.risky[name] = 1;
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
   * @param {boolean} [short] risky names that nothing vouches for, too
   * @returns {Spot[]}
   */
  spots(text, isWanted = null, short = false) {
    const folded = this.folding.fold(text);
    /** @type {Spot[]} */
    const spots = [];
    this.names.walk(folded.units, (at, found) => {
      const spot = this.#longest(text, folded, at, found, isWanted, short);
      if (!spot) {
        return 1;
      }
      spots.push(spot);
      return this.names.length(spot.name);
    });
    return spots;
  }

  /**
   * The longest of the names at a place of the folded text that holds.
   * @param {string} text
   * @param {Folded} folded
   * @param {number} at
   * @param {number[]} found shorter ones first
   * @param {((name: number) => boolean) | null} isWanted
   * @param {boolean} short
   * @returns {Spot | null}
   */
  #longest(text, folded, at, found, isWanted, short) {
    for (let place = found.length - 1; place >= 0; place--) {
      const name = found[place];
      const span = isWanted?.(name) === false ? null : this.#span(text, folded, at, at + this.names.length(name));
      if (span && (short || !this.risky[name] || this.edges.vouchFor(text, span.start, span.end))) {
        return { ...span, name };
      }
    }
    return null;
  }

  /**
   * The span of the text that a span of the folded text comes from; null if it ends within a figure, word or numeral.
   * @param {string} text
   * @param {Folded} folded
   * @param {number} begin
   * @param {number} stop
   */
  #span(text, { starts, ends, kinds }, begin, stop) {
    let start = starts[begin], end = ends[stop - 1];
    if ((begin > 0 && starts[begin - 1] === start) || (stop < starts.length && starts[stop] === starts[stop - 1])) {
      return null;
    }
    if (hasQuote(kinds, start, end)) {
      [start, end] = this.edges.balanced(text, start, end);
    }
    return runsOn(kinds, start) || runsOn(kinds, end) ? null : { start, end };
  }
}
