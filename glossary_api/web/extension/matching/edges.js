// @ts-check
/** What stands at the edges of a name in a text, as the server's `matching/names.py` has it: quotation marks, footnote
 * marks, figures that go on. Offsets are UTF-16 units of the text as given. */

import { DIGIT, QUOTE, UNIT, WORD } from "./folding.js";

/** @import { Folded, FoldingTables } from "./folding.js" */

/** What the numeral of a folded name begins with. */
const NUMERALS = "0123456789十百千";
const CLOSING_BRACKETS = "］]〕】";

/** Knows edges by the tables of a pack. */
export class Edges {
  /** @param {FoldingTables} tables */
  constructor({ opening, closing, quotes, circled, brackets, spaces, zeros }) {
    const classes = [brackets, spaces, CLOSING_BRACKETS].map((signs) => `[${escaped(signs)}]`);
    const figure = `[${[...zeros].map((zero) => `${zero}-${further(zero, 9)}`).join("")}]`;
    this.mark = new RegExp(`[${circled}]|${classes[0]}${classes[1]}*${figure}{1,3}${classes[1]}*${classes[2]}`, "uy");
    this.paired = [...opening].map((sign, place) => ({ opening: sign, closing: closing[place] }));
    this.closing = closing;
    this.quotedPart = new RegExp(`[${opening}][^${escaped(quotes)}]+[${closing}]`, "u");
    // Careless writers also close with the mark that they opened with, if it is not an opening one.
    this.closedBy = new Map([...quotes].map((quote) => [quote, quote]));
    this.paired.forEach((pair) => this.closedBy.set(pair.opening, pair.closing));
  }

  /**
   * Widen a span by a quotation mark at its edge whose partner is inside: 清“三欠 becomes 清“三欠”.
   * @param {string} text
   * @param {number} start
   * @param {number} end
   * @returns {[number, number]}
   */
  balanced(text, start, end) {
    const inside = text.slice(start, end);
    for (const { opening, closing } of this.paired) {
      const surplus = count(inside, opening) - count(inside, closing);
      if (surplus > 0 && text[end] === closing) {
        end++;
      } else if (surplus < 0 && text[start - 1] === opening) {
        start--;
      }
    }
    return [start, end];
  }

  /**
   * Whether something vouches for a span, quotation marks around a part of it included: “三公”经费, 清“三欠”.
   * @param {string} text
   * @param {number} start
   * @param {number} end
   */
  name(text, start, end) {
    return this.vouchFor(text, start, end) || this.quotedPart.test(text.slice(start, end));
  }

  /**
   * Whether quotation marks or a footnote mark say that the span is a name.
   * @param {string} text
   * @param {number} start
   * @param {number} end
   */
  vouchFor(text, start, end) {
    return this.#isQuoted(text, start, end) || this.#isMarked(text, end);
  }

  /**
   * @param {string} text
   * @param {number} start
   * @param {number} end
   */
  #isQuoted(text, start, end) {
    const closing = start > 0 ? this.closedBy.get(text[start - 1]) : undefined;
    return closing !== undefined && text[this.#behindMark(text, end) ?? end] === closing;
  }

  /**
   * @param {string} text
   * @param {number} end
   */
  #isMarked(text, end) {
    while (end < text.length && this.closing.includes(text[end])) {
      end++;
    }
    return this.#behindMark(text, end) !== null;
  }

  /**
   * @param {string} text
   * @param {number} at
   * @returns {number | null} where the footnote mark ends that begins here; null if none does
   */
  #behindMark(text, at) {
    this.mark.lastIndex = at;
    return this.mark.test(text) ? this.mark.lastIndex : null;
  }
}

/**
 * Whether a figure, word or Han numeral goes on across a place in the text: 2+3 in 1+2+3, 二重 in 十二重.
 * @param {Uint8Array} kinds of the units of the text
 * @param {number} at
 */
export function runsOn(kinds, at) {
  if (at <= 0 || at >= kinds.length) {
    return false;
  }
  const before = kinds[at - 1], behind = kinds[at];
  return (before === WORD && behind === WORD) || (isHanNumeral(before) && isHanNumeral(behind));
}

/**
 * Whether the numeral with which a name begins has its place in a row: 第三十一条, 第三大工程.
 * @param {string} text
 * @param {number} start where the name begins in the text
 * @param {number} unit with which it begins as folded
 */
export function isOrdinal(text, start, unit) {
  return start > 0 && text[start - 1] === "第" && NUMERALS.includes(String.fromCharCode(unit));
}

/**
 * Whether an edge of a span of a folded text lies inside an everyday word: 最|高水平, 代表|团. No word goes on across what
 * folding dropped, and a word gives way to a more frequent one that lies wholly outside the span.
 * @param {Folded} folded
 * @param {number} begin
 * @param {number} stop
 * @param {Map<string, number>} words with their ranks, 0 for the most frequent
 */
export function cutsWord({ units, starts, ends }, begin, stop, words) {
  /** @type {(from: number, to: number) => number} */
  const rank = (from, to) =>
    from < 0 || to > units.length ? Infinity : words.get(String.fromCharCode(...units.subarray(from, to))) ?? Infinity;
  const isLong = stop - begin > 1;
  if (stop < units.length && starts[stop] === ends[stop - 1]) {
    const across = Math.min(
      rank(stop - 1, stop + 1),
      rank(stop - 1, stop + 2),
      isLong ? rank(stop - 2, stop + 1) : Infinity,
    );
    if (across < Infinity && across < rank(stop, stop + 2) && across < rank(stop, stop + 3)) {
      return true;
    }
  }
  if (begin > 0 && starts[begin] === ends[begin - 1]) {
    const across = Math.min(
      rank(begin - 1, begin + 1),
      isLong ? rank(begin - 1, begin + 2) : Infinity,
      rank(begin - 2, begin + 1),
    );
    return across < Infinity && across < rank(begin - 2, begin) && across < rank(begin - 3, begin);
  }
  return false;
}

/**
 * Whether a quotation mark stands in a span.
 * @param {Uint8Array} kinds of the units of the text
 * @param {number} start
 * @param {number} end
 */
export function hasQuote(kinds, start, end) {
  for (let at = start; at < end; at++) {
    if (kinds[at] === QUOTE) {
      return true;
    }
  }
  return false;
}

/** @param {number} kind */
function isHanNumeral(kind) {
  return kind === DIGIT || kind === UNIT;
}

/**
 * @param {string} text
 * @param {string} sign
 */
function count(text, sign) {
  return text.split(sign).length - 1;
}

/** @param {string} signs */
function escaped(signs) {
  return signs.replace(/[\\\]^\-[]/g, "\\$&");
}

/**
 * @param {string} character
 * @param {number} by
 */
function further(character, by) {
  return String.fromCodePoint(/** @type {number} */ (character.codePointAt(0)) + by);
}
