// @ts-check
/**
 * The term pack of an edition, opened: which terms stand in a text, and what to show of them.
 *
 * The layout is that of the export format `termpack`. Only its first and last lines are parsed when it is opened, a
 * term when it is shown: a service worker that wakes up has no time for a hundred thousand of them.
 */

import { cardOf } from "../shared/card.js";
import { isTaken, Judge, reasonOf } from "./bearing.js";
import { Spotter } from "./spotting.js";

/** @import { Card } from "../shared/card.js" */
/** @import { FoldingTables } from "./folding.js" */
/** @import { Use } from "../content/around.js" */
/** @import { Given, Signs } from "./bearing.js" */

/** @typedef {[language: number, text: string, status: number]} PackedRendering */
/**
 * @typedef {[
 *   text: string, members: string[], verdict: number, source: number, entry: number | null, start: number | null,
 *   head: string, beside: string[], province: string, flags: number
 * ]} PackedDefinition
 */
/** @typedef {[score: number, definitions: PackedDefinition[], renderings: PackedRendering[]]} PackedSense */
/** @typedef {[reason: number, ...sense: PackedSense]} PackedElsewhere */
/**
 * @typedef {[
 *   name: string, pinyin: string, senses: PackedSense[], renderings: PackedRendering[], elsewhere: PackedElsewhere[]
 * ]} PackedTerm
 */
/** @typedef {[report: string | null, place: string | null, year: number | null, type: string]} PackedSource */
/** @typedef {{format: string, version: number, edition: string, address: string, folding: FoldingTables}} Head */
/**
 * @typedef {object} Shared
 * @property {string[]} kinds
 * @property {string[]} verdicts
 * @property {PackedSource[]} sources
 * @property {string[]} languages
 * @property {string[]} statuses
 * @property {string[]} reasons
 * @property {string} kind_of
 * @property {string} keys
 * @property {number[]} key_of
 * @property {number[]} risky
 * @property {number[]} vouched
 * @property {string} words
 * @property {Signs | null} bearing
 */

/**
 * Where a term stands in a text: a half-open span in UTF-16 units, and the term's name, which no other term has.
 * @typedef {{start: number, end: number, term: string}} Found
 */

/** The layout of the packs that this file reads. */
const VERSION = 4;
/** What tells whether a definition bears on a use in a text, added up. */
const NOTE = 1, OFFICIAL = 2, LOCAL = 4, EDITED = 8, NOTION = 16, NATIONAL = 32;

/** A text that is no term pack that can be opened; `code` says why. */
export class PackError extends Error {
  /**
   * @param {"bad-pack" | "other-version"} code no term pack; one of a layout that this file does not know
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/**
 * Open a pack.
 * @param {string} text the file, not parsed
 * @returns {Pack}
 * @throws {PackError} if it is no term pack of the layout that this file reads
 */
export function openPack(text) {
  const head = parsed(`${text.slice(0, Math.max(0, text.indexOf("\n")))}]}`);
  if (head.format !== "termpack") {
    throw new PackError("bad-pack", "this is no term pack");
  }
  if (head.version !== VERSION) {
    throw new PackError("other-version", `this is a term pack of version ${head.version}, not ${VERSION}`);
  }
  const end = text.lastIndexOf("\n]");
  return new Pack(text, head, parsed(`{${text.slice(end + 3)}`));
}

/** An opened pack. */
export class Pack {
  #text;
  #head;
  #shared;
  /** The name of each term that has been found, by its number, and the other way round. @type {Map<number, string>} */
  #names = new Map();
  /** @type {Map<string, number>} */
  #numbers = new Map();
  /** Where the line of each term begins, and that behind the last. @type {Int32Array | null} */
  #lines = null;
  /** @type {{spotter: Spotter, termOf: Int32Array, judge: Judge | null} | null} */
  #index = null;

  /**
   * @param {string} text
   * @param {Head} head
   * @param {Shared} shared
   */
  constructor(text, head, shared) {
    this.#text = text;
    this.#head = head;
    this.#shared = shared;
  }

  /** Content hash of the edition. */
  get edition() {
    return this.#head.edition;
  }

  /** Root of the server that it comes from, slash included; empty if that did not say it. */
  get address() {
    return this.#head.address;
  }

  /** How many terms it has. */
  get size() {
    return this.#shared.kind_of.length;
  }

  /**
   * The terms in a text, leftmost and longest, none overlapping another.
   * @param {string} text
   * @param {{kinds?: Iterable<string> | null, short?: boolean}} [wanted] `kinds`: only terms of these; `short`: names
   *   that need a voucher and have none, too
   * @returns {Found[]}
   */
  find(text, { kinds = null, short = false } = {}) {
    const { spotter, termOf } = (this.#index ??= this.#indexed());
    const these = kinds && new Set(kinds);
    const isWanted = these && ((/** @type {number} */ name) => these.has(this.#kind(termOf[name])));
    return spotter.spots(text, isWanted, short).map(({ start, end, name }) => {
      return { start, end, term: this.#named(termOf[name]) };
    });
  }

  /**
   * A term's name as it is written on pages: what it is known by here.
   * @param {string} term
   */
  name(term) {
    return term;
  }

  /**
   * `numeral`, `plan` or `quoted`; empty if there is no such term.
   * @param {string} term
   */
  kind(term) {
    const number = this.#numberOf(term);
    return number === null ? "" : this.#kind(number);
  }

  /**
   * Whether the pack says what a term means where it stands.
   * @param {string} term
   * @param {Use} use
   */
  isExplained(term, use) {
    const number = this.#numberOf(term);
    return number !== null && this.#meant(this.#term(number), use).senses.length > 0;
  }

  /**
   * What a tooltip shows of a term; null if there is no such term.
   * @param {string} term
   * @param {string} root of the server that links lead to, slash included
   * @param {"zh" | "en"} [language] of links and labels
   * @param {Use | null} [use] where it stands; null for what it means wherever it stands
   * @returns {Card | null}
   */
  card(term, root, language = "zh", use = null) {
    const number = this.#numberOf(term);
    if (number === null) {
      return null;
    }
    const packed = this.#term(number);
    const [name, pinyin, , renderings] = packed;
    const { senses, strange } = this.#meant(packed, use);
    const known = senses.map((sense, id) => this.#sense(sense, id));
    const others = strange.map(({ code, sense }, n) => ({ ...this.#sense(sense, known.length + n), reason: { code } }));
    const elsewhere = others.map((one) => ({ ...rankedAs(one), reason: one.reason }));
    const equivalents = renderings.map((one) => this.#rendering(one));
    const document = { name, pinyin, kind: this.#kind(number), senses: [...known, ...others], equivalents };
    return cardOf(document, known.map(rankedAs), null, { root, language, elsewhere });
  }

  /**
   * The senses that a use of a term has, and the others with why they are not taken, both best first.
   * @param {PackedTerm} term
   * @param {Use | null} use
   * @returns {{senses: PackedSense[], strange: {code: string, sense: PackedSense}[]}}
   */
  #meant([, , senses, , elsewhere], use) {
    const { judge } = (this.#index ??= this.#indexed());
    const strange = elsewhere.map(([reason, ...sense]) => ({ code: this.#shared.reasons[reason], sense }));
    if (!use || !judge) {
      return { senses, strange };
    }
    const all = [...senses, ...strange.map(({ sense }) => sense)];
    const verdicts = judge.judged(all.map(([, definitions]) => definitions.map(givenBy)), use);
    const taken = all.map((sense, n) => takenOf(sense, verdicts[n]));
    return {
      senses: taken.filter((sense) => sense !== null),
      strange: all.flatMap((sense, n) => (taken[n] ? [] : [{ code: reasonOf(verdicts[n]), sense }])),
    };
  }

  /** @param {number} number */
  #kind(number) {
    return this.#shared.kinds[Number(this.#shared.kind_of[number])];
  }

  /** @param {number} number */
  #named(number) {
    const known = this.#names.get(number);
    if (known !== undefined) {
      return known;
    }
    const [name] = this.#term(number);
    this.#names.set(number, name);
    this.#numbers.set(name, number);
    return name;
  }

  /**
   * @param {string} term
   * @returns {number | null}
   */
  #numberOf(term) {
    const known = this.#numbers.get(term);
    if (known !== undefined) {
      return known;
    }
    const { spotter, termOf } = (this.#index ??= this.#indexed());
    const name = spotter.numberOf(term);
    return name !== null && this.#named(termOf[name]) === term ? termOf[name] : null;
  }

  /**
   * A sense as the API has it in a term.
   * @param {PackedSense} sense
   * @param {number} id
   */
  #sense([score, definitions, renderings], id) {
    return {
      id,
      score,
      definitions: definitions.map((one) => this.#definition(one)),
      equivalents: renderings.map((one) => this.#rendering(one)),
    };
  }

  /** @param {PackedDefinition} definition */
  #definition([text, members, verdict, origin, entry, start]) {
    const [report, place, year, type] = this.#shared.sources[origin];
    return {
      text,
      members: members.map((member) => ({ text: member })),
      count_check: { status: this.#shared.verdicts[verdict] },
      source: { type, report, place, year, entry, start },
    };
  }

  /** @param {PackedRendering} rendering */
  #rendering([language, rendering, status]) {
    return { language: this.#shared.languages[language], rendering, status: this.#shared.statuses[status] };
  }

  /**
   * @param {number} number
   * @returns {PackedTerm}
   */
  #term(number) {
    const lines = (this.#lines ??= this.#beginnings());
    const isLast = number === this.size - 1;
    return JSON.parse(this.#text.slice(lines[number], lines[number + 1] - (isLast ? 1 : 2)));
  }

  #beginnings() {
    const lines = new Int32Array(this.size + 1);
    let at = this.#text.indexOf("\n") + 1;
    for (let term = 0; term <= this.size; term++) {
      lines[term] = at;
      at = this.#text.indexOf("\n", at) + 1;
    }
    return lines;
  }

  #indexed() {
    const { keys, key_of: steps, risky, vouched, words, bearing } = this.#shared;
    const termOf = new Int32Array(steps);
    for (let name = 1; name < termOf.length; name++) {
      termOf[name] += termOf[name - 1];
    }
    const spotter = new Spotter(this.#head.folding, keys, { risky, vouched }, words);
    return { spotter, termOf, judge: bearing && new Judge(spotter.folding, this.#head.folding, bearing) };
  }
}

/** @param {PackedDefinition} definition @returns {Given} */
function givenBy([text, , , , , , head, beside, province, flags]) {
  return {
    text,
    head,
    beside,
    province,
    note: Boolean(flags & NOTE),
    official: Boolean(flags & OFFICIAL),
    local: Boolean(flags & LOCAL),
    byEditor: Boolean(flags & EDITED),
    notion: Boolean(flags & NOTION),
    national: Boolean(flags & NATIONAL),
  };
}

/**
 * A sense with those of its definitions first that are taken; null if none is.
 * @param {PackedSense} sense
 * @param {string[]} verdicts
 * @returns {PackedSense | null}
 */
function takenOf([score, definitions, renderings], verdicts) {
  const taken = definitions.filter((_, n) => isTaken(verdicts[n]));
  const others = definitions.filter((_, n) => !isTaken(verdicts[n]));
  return taken.length ? [score, [...taken, ...others], renderings] : null;
}

/**
 * A sense as a look-up ranks it.
 * @param {{id: number, score: number, definitions: {text: string, source: import("../shared/card.js").ApiSource}[]}} sense
 */
function rankedAs({ id, score, definitions }) {
  return { id, score, definition: definitions[0].text, source: definitions[0].source };
}

/**
 * @param {string} json
 * @returns {any}
 */
function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    throw new PackError("bad-pack", "this is no term pack, or only a part of one");
  }
}
