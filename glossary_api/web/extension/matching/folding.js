// @ts-check
/**
 * One form of a name, with the map back to the text it comes from: what the server's `folding.py` does, by tables
 * that come with the term pack. Every offset counts UTF-16 units, as JavaScript does.
 */

/**
 * Tables of a term pack; the format describes them.
 * @typedef {object} FoldingTables
 * @property {string} from
 * @property {string} to
 * @property {string[]} kinds
 * @property {string} spaces
 * @property {string} zeros
 * @property {string} figures
 * @property {string} opening
 * @property {string} closing
 * @property {string} quotes
 * @property {string} circled
 * @property {string} brackets
 */

/**
 * A folded text and where each of its units comes from.
 * @typedef {object} Folded
 * @property {Uint16Array} units the folded text
 * @property {Int32Array} starts where in the source the origin of each unit begins
 * @property {Int32Array} ends where it ends (exclusive)
 * @property {Uint8Array} kinds for each unit of the source its kind, COPIED … FEED
 */

/** Kinds of characters: copied as they stand, of these Latin letters, figures and +, and what may begin a footnote
 * mark; Han numerals, digits and units; dropped ones, of these quotation marks, and line feeds. */
export const COPIED = 0, WORD = 1, MARK = 2, DIGIT = 3, UNIT = 4, DROPPED = 5, QUOTE = 6, FEED = 7;

/** The unit that a blank line becomes. */
export const BREAK = 10;
const ZERO = 48, NINE = 57;
const COMMA = "、".charCodeAt(0);
/** What a counted item may begin with, beside numerals. */
const COUNTING = new Set(Array.from("双万", (sign) => sign.charCodeAt(0)));
const TEN = "十".charCodeAt(0);
/** @type {Record<string, number>} */
const UNITS = { 十: 10, 百: 100, 千: 1000 };

/** Folds texts by the tables of a pack. */
export class Folding {
  /** @param {FoldingTables} tables */
  constructor(tables) {
    /** For each unit what becomes of it when no neighbour has a say in it, and its kind. */
    this.signs = new Uint16Array(0x10000).map((_, unit) => unit);
    this.kinds = new Uint8Array(0x10000);
    /** The second units of signs that have two. @type {Map<number, number>} */
    this.seconds = new Map();
    this.figures = figuresOf(tables);
    this.#fill(tables);
    /** Whatever becomes 、. @type {string[]} */
    this.commas = [];
    this.signs.forEach((sign, unit) => sign === COMMA && this.commas.push(String.fromCharCode(unit)));
  }

  /** @param {FoldingTables} tables */
  #fill({ from, to, kinds }) {
    const signs = [...to];
    [...from].forEach((character, place) => {
      const unit = character.charCodeAt(0);
      this.signs[unit] = signs[place].charCodeAt(0);
      if (signs[place].length > 1) {
        this.seconds.set(unit, signs[place].charCodeAt(1));
      }
    });
    kinds.forEach((characters, place) => {
      for (let at = 0; at < characters.length; at++) {
        this.kinds[characters.charCodeAt(at)] = WORD + place;
      }
    });
  }

  /**
   * Fold a text. White space inside it is dropped, but a blank line becomes one line feed.
   * @param {string} text
   * @returns {Folded}
   */
  fold(text) {
    const { signs, kinds: kindOf, seconds } = this;
    const made = new Making(text, kindOf);
    const { kinds, units, starts, ends } = made;
    this.#join(text, kinds);
    for (let at = 0; at < text.length; ) {
      if (kinds[at] >= DIGIT) {
        at = kinds[at] < DROPPED ? this.#foldNumeral(text, at, made) : foldDropped(at, made);
        continue;
      }
      // Most of a text goes by here: hence no calls.
      const unit = text.charCodeAt(at);
      const sign = signs[unit];
      units[made.size] = sign;
      starts[made.size] = at;
      ends[made.size++] = at + 1;
      if ((sign & 0xfc00) === 0xd800 && seconds.has(unit)) {
        made.add(/** @type {number} */ (seconds.get(unit)), at, at + 1);
      }
      at++;
    }
    return made.done();
  }

  /**
   * Drop each 、 that only parts the counted items of a name, as in 双随机、一公开: behind it stands a numeral, 双 or
   * 万, before it a word that is none.
   * @param {string} text
   * @param {Uint8Array} kinds of its units
   */
  #join(text, kinds) {
    for (const comma of this.commas) {
      for (let at = text.indexOf(comma); at >= 0; at = text.indexOf(comma, at + 1)) {
        let before = at - 1, behind = at + 1;
        while (kinds[before] >= DROPPED) {
          before--;
        }
        while (kinds[behind] >= DROPPED) {
          behind++;
        }
        if (before >= 0 && behind < kinds.length && this.#counts(text, behind, kinds) && this.#isWord(text, before, kinds)) {
          kinds[at] = DROPPED;
        }
      }
    }
  }

  /**
   * @param {string} text
   * @param {number} at
   * @param {Uint8Array} kinds
   */
  #counts(text, at, kinds) {
    const sign = this.signs[text.charCodeAt(at)];
    return kinds[at] === DIGIT || kinds[at] === UNIT || (sign >= ZERO && sign <= NINE) || COUNTING.has(sign);
  }

  /**
   * @param {string} text
   * @param {number} at
   * @param {Uint8Array} kinds
   */
  #isWord(text, at, kinds) {
    const sign = this.signs[text.charCodeAt(at)];
    const isHan = sign >= 0x4e00 && sign <= 0x9fff;
    return (isHan && !this.#counts(text, at, kinds)) || (sign >= 97 && sign <= 122);
  }

  /**
   * Fold a run of Han numerals, as one number if it is one and no figure stands beside it, else sign by sign.
   * @param {string} text
   * @param {number} begin
   * @param {Making} made
   * @returns {number} where the run ends
   */
  #foldNumeral(text, begin, made) {
    const { kinds } = made;
    let end = begin;
    let counts = false;
    for (; end < text.length && (kinds[end] === DIGIT || kinds[end] === UNIT); end++) {
      counts ||= kinds[end] === UNIT;
    }
    const value = counts && this.#isAlone(text, begin, end) ? this.#number(text, begin, end) : null;
    if (value === null) {
      for (let at = begin; at < end; at++) {
        made.add(this.signs[text.charCodeAt(at)], at, at + 1);
      }
    } else {
      for (const figure of String(value)) {
        made.add(figure.charCodeAt(0), begin, end);
      }
    }
    return end;
  }

  /**
   * @param {string} text
   * @param {number} begin
   * @param {number} end
   */
  #isAlone(text, begin, end) {
    const before = text.codePointAt(begin - 2) ?? 0;
    const pair = begin > 1 && before > 0xffff;
    const behind = text.codePointAt(end);
    return !(
      (begin > 0 && this.figures.has(pair ? before : text.charCodeAt(begin - 1))) ||
      (behind !== undefined && this.figures.has(behind))
    );
  }

  /**
   * Value of a well-formed numeral below ten thousand with at least one unit sign, else null: 二十二 22, 十 10,
   * 一千零五 1005; null for 百, 千百 (bare multipliers), 十四五 (a plan period), 二十二三.
   * @param {string} text
   * @param {number} begin
   * @param {number} end
   * @returns {number | null}
   */
  #number(text, begin, end) {
    let total = 0, last = 10000, gap = false;
    /** @type {number | null} */
    let digit = null;
    for (let at = begin; at < end; at++) {
      const sign = this.signs[text.charCodeAt(at)];
      const unit = UNITS[String.fromCharCode(sign)];
      if (unit) {
        if ((digit === null && !(sign === TEN && at === begin)) || unit >= last) {
          return null;
        }
        total += (digit ?? 1) * unit;
        [last, digit, gap] = [unit, null, false];
      } else if (sign === ZERO) {
        if (at === begin || digit !== null || gap) {
          return null;
        }
        gap = true;
      } else if (digit !== null) {
        return null;
      } else {
        digit = sign - ZERO;
      }
    }
    if (digit === null) {
      return gap ? null : total;
    }
    return last > 10 && !gap ? null : total + digit;
  }
}

/** A folded text while it is being made. */
class Making {
  /**
   * @param {string} text
   * @param {Uint8Array} kindOf for each unit its kind
   */
  constructor(text, kindOf) {
    const room = 2 * text.length; // 十 becomes 10
    this.units = new Uint16Array(room);
    this.starts = new Int32Array(room);
    this.ends = new Int32Array(room);
    this.kinds = new Uint8Array(text.length);
    this.size = 0;
    for (let at = 0; at < text.length; at++) {
      this.kinds[at] = kindOf[text.charCodeAt(at)];
    }
  }

  /**
   * @param {number} unit
   * @param {number} start
   * @param {number} end
   */
  add(unit, start, end) {
    this.units[this.size] = unit;
    this.starts[this.size] = start;
    this.ends[this.size++] = end;
  }

  /** @returns {Folded} */
  done() {
    const { units, starts, ends, kinds, size } = this;
    return { units: units.subarray(0, size), starts: starts.subarray(0, size), ends: ends.subarray(0, size), kinds };
  }
}

/**
 * @param {number} begin
 * @param {Making} made
 * @returns {number} where the run of dropped characters ends
 */
function foldDropped(begin, made) {
  const { kinds } = made;
  let end = begin, feeds = 0;
  for (; end < kinds.length && kinds[end] >= DROPPED; end++) {
    feeds += Number(kinds[end] === FEED);
  }
  if (feeds > 1) {
    made.add(BREAK, begin, end);
  }
  return end;
}

/**
 * Code points of all figures, of every script.
 * @param {FoldingTables} tables
 * @returns {Set<number>}
 */
function figuresOf({ zeros, figures }) {
  const tens = [...zeros].flatMap((zero) =>
    Array.from({ length: 10 }, (_, value) => /** @type {number} */ (zero.codePointAt(0)) + value),
  );
  return new Set([...tens, ...[...figures].map((figure) => /** @type {number} */ (figure.codePointAt(0)))]);
}
