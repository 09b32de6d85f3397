// @ts-check
/** The folded names of a pack, sorted by their UTF-16 units: which of them stand at a place of a folded text. */

import { BREAK } from "./folding.js";

/** @type {number[]} */
const NONE = [];

/**
 * Names in a sorted list, found by their first two units in a table, then by narrowing the list unit by unit.
 *
 * Why no library: of 100,000 names @monyone/aho-corasick 1.1 makes an automaton in seconds, with 40 to 140 MB, and would
 * have to whenever the browser wakes the extension up; modern-ahocorasick 3.3, which looks for grapheme clusters, reads
 * a page of Chinese for seconds. This takes a fiftieth of their time and a tenth of their memory, and reads no slower.
 */
export class Names {
  /** @param {string} keys the names, sorted, a line feed between two; no two alike */
  constructor(keys) {
    this.units = new Uint16Array(keys.length + 1);
    for (let at = 0; at < keys.length; at++) {
      this.units[at] = keys.charCodeAt(at);
    }
    this.units[keys.length] = BREAK;
    /** Where each name begins, and where one behind the last would. */
    this.begins = beginnings(this.units, keys);
    this.size = this.begins.length - 1;
    /** Where in the table a place is, as a mask; more than half of it stays empty. */
    this.mask = 2 ** Math.ceil(Math.log2(2 * this.size + 2)) - 1;
    /** By place in the table, for a pair of units: the first name that begins with it, and the one behind the last. */
    this.firsts = new Int32Array(this.mask + 1);
    this.lasts = new Int32Array(this.mask + 1);
    /** Names of one unit. @type {Map<number, number>} */
    this.singles = new Map();
    this.#fill();
  }

  /** @param {number} name */
  length(name) {
    return this.begins[name + 1] - this.begins[name] - 1;
  }

  /**
   * The place of a name in the list; null if it is not there.
   * @param {Uint16Array} name
   * @returns {number | null}
   */
  indexOf(name) {
    /** @type {number | null} */
    let place = null;
    this.walk(name, (at, found) => {
      place = found.find((one) => at === 0 && this.length(one) === name.length) ?? place;
      return name.length;
    });
    return place;
  }

  /**
   * Go through a folded text; wherever names stand, say so and be told by how much to go on.
   * @param {Uint16Array} text
   * @param {(at: number, found: number[]) => number} onNames told the place and the names there, shorter ones first
   */
  walk(text, onNames) {
    const { units, begins, firsts, lasts, mask, singles } = this;
    const isAny = singles.size > 0;
    for (let at = 0; at < text.length; ) {
      // What follows is `#placeOf`, written out: every unit of a text comes by here.
      const one = text[at], two = at + 1 < text.length ? text[at + 1] : BREAK;
      let place = spread(one, two) & mask;
      while (lasts[place] && (units[begins[firsts[place]]] !== one || units[begins[firsts[place]] + 1] !== two)) {
        place = (place + 1) & mask;
      }
      const found = lasts[place] || (isAny && singles.has(one)) ? this.#namesAt(text, at, place) : NONE;
      at += found.length ? onNames(at, found) : 1;
    }
  }

  #fill() {
    let place = 0, before = -1;
    for (let name = 0; name < this.size; name++) {
      const one = this.units[this.begins[name]], two = this.units[this.begins[name] + 1];
      if (this.length(name) === 1) {
        this.singles.set(one, name);
        continue;
      }
      if (one * 0x10000 + two !== before) {
        before = one * 0x10000 + two;
        place = this.#placeOf(one, two);
        this.firsts[place] = name;
      }
      this.lasts[place] = name + 1;
    }
  }

  /**
   * Where in the table a pair is, or would be.
   * @param {number} one
   * @param {number} two
   */
  #placeOf(one, two) {
    let place = spread(one, two) & this.mask;
    for (; this.lasts[place]; place = (place + 1) & this.mask) {
      const begin = this.begins[this.firsts[place]];
      if (this.units[begin] === one && this.units[begin + 1] === two) {
        break;
      }
    }
    return place;
  }

  /**
   * The names at a place of a text, the first two units of which are, or would be, at a place of the table.
   * @param {Uint16Array} text
   * @param {number} at
   * @param {number} place
   */
  #namesAt(text, at, place) {
    const single = this.singles.get(text[at]);
    const found = single === undefined ? [] : [single];
    let first = this.firsts[place], last = this.lasts[place];
    for (let depth = 2; first < last; depth++) {
      if (this.length(first) === depth) {
        found.push(first++);
      }
      const unit = at + depth < text.length ? text[at + depth] : BREAK;
      first = this.#bound(first, last, depth, unit);
      last = this.#bound(first, last, depth, unit + 1);
    }
    return found;
  }

  /**
   * The first name of a range whose unit at a depth is not below `unit`.
   * @param {number} first
   * @param {number} last
   * @param {number} depth
   * @param {number} unit
   */
  #bound(first, last, depth, unit) {
    while (first < last) {
      const middle = (first + last) >> 1;
      if (this.units[this.begins[middle] + depth] < unit) {
        first = middle + 1;
      } else {
        last = middle;
      }
    }
    return first;
  }
}

/**
 * Where each name begins, and where one behind the last would.
 * @param {Uint16Array} units
 * @param {string} keys
 */
function beginnings(units, keys) {
  let size = 0;
  const begins = new Int32Array(units.length + 1);
  for (let at = 0; keys && at < units.length; at++) {
    if (units[at] === BREAK) {
      begins[++size] = at + 1;
    }
  }
  return begins.slice(0, size + 1);
}

/**
 * A number that few pairs share; it stays below 2 ** 30, where engines need no memory for numbers.
 * @param {number} one
 * @param {number} two
 */
function spread(one, two) {
  return (one * 8191 + two * 31) ^ (one >> 3);
}
