// @ts-check
/**
 * Whether an explanation bears on a use of a name, as the server's `text/bearing.py` judges it for a text of which
 * neither place nor year is known. Patterns and words come with the term pack.
 */

import { BREAK, DIGIT } from "./folding.js";

/** @import { Use } from "../content/around.js" */
/** @import { Folding, FoldingTables } from "./folding.js" */

/**
 * What a judge has to know of an explanation.
 * @typedef {object} Given
 * @property {string} text
 * @property {string} head
 * @property {string[]} beside
 * @property {string} province
 * @property {boolean} note
 * @property {boolean} official
 * @property {boolean} local
 * @property {boolean} byEditor
 * @property {boolean} notion Whether its name means one thing wherever it is explained.
 * @property {boolean} national Whether it was written to say what the nation means.
 */
/** @typedef {Record<string, string> & {fields: string[]}} Signs */
/**
 * How a sense stands among all of its name.
 * @typedef {object} Standing
 * @property {number} senses
 * @property {boolean} agreed Whether two provinces say it.
 * @property {boolean} settled Whether most provinces say it.
 * @property {boolean} decided Whether most provinces say one of the senses, or several each of more than two.
 * @property {boolean} rivalled Whether another sense is that of just this name, too.
 */

const FREE = 0, SHORT = 1, RARE = 2;
/** @type {Record<string, number>} */
const STRENGTH = { marked: 9, "same-whole": 7, "same-words": 6, agreed: 2, particular: 2 };
/** From this strength on what is weaker is not taken beside it. */
const DECISIVE = 4;
/** Reasons against, the most telling first. */
const REFUSED = ["other-whole", "other-words", "common-name", "nearer"];
/** What stands for the name in what stands beside an explanation. */
const NAME_HERE = "～";
/** How many provinces a sense of a FREE, SHORT or RARE name takes, a generic one or not, and if others say another thing. */
const EVERYWHERE = [[[3, 4], [4, 4]], [[2, 4], [3, 4]], [[2, 3], [2, 3]]];
const SHORT_NAME = 3;
const LIKE = 4;
const CLOSE = 14;
const NEAR = 40;
const OWNER = 8;
const ITEM = 3;
/** Of so many signs behind a core two tell them all. */
const TAIL = 4;
/** Han digits as they stand in plain form. */
const DIGITS = "零一两三四五六七八九";
const PLAIN_DIGITS = new Set("零〇一二两三四五六七八九");

/** Judges uses of names. */
export class Judge {
  #folding;
  #quotes;
  #spaces;
  /** @type {Record<string, RegExp>} */ #signs = {};
  /** @type {Record<string, RegExp>} */ #whole = {};
  /** @type {Record<string, RegExp>} */ #every = {};
  #fields;
  /** @type {Map<string, number>} */
  #freedom = new Map();

  /**
   * @param {Folding} folding
   * @param {FoldingTables} tables
   * @param {Signs} signs
   */
  constructor(folding, tables, signs) {
    this.#folding = folding;
    this.#quotes = new Set(tables.quotes);
    this.#spaces = new Set(tables.spaces);
    this.#fields = signs.fields;
    const { fields: _, ...patterns } = signs;
    for (const [name, one] of Object.entries(patterns)) {
      this.#signs[name] = new RegExp(one, "u");
      this.#whole[name] = new RegExp(`^(?:${one})$`, "u");
      this.#every[name] = new RegExp(one, "gu");
    }
  }

  /**
   * For each explanation of each sense why it is taken, or why not.
   * @param {Given[][]} senses
   * @param {Use} use
   * @returns {string[][]}
   */
  judged(senses, use) {
    const bare = (/** @type {string} */ text) => this.#key(text).replace(this.#every.listed, "");
    const around = bare(use.left + use.right); // 省市县三级联动: an explanation that stands there word for word
    const stands = (/** @type {string} */ text) => bare(text)[2] && around.includes(bare(text)) && this.#signs.listed.test(this.#plain(text));
    const listed = senses.map((sense) => sense.map(({ text }) => (stands(text) ? "marked" : "nearer")));
    if (listed.flat().includes("marked")) {
      return listed;
    }
    const spreads = senses.map((sense) => new Set(sense.map(({ province }) => province).filter(Boolean)).size);
    const settled = this.#settled(senses, use), asked = this.#key(use.name);
    const decided = settled >= 0 || spreads.filter((spread) => spread > 1)[2] > 0; // of many that several say each, any may be meant
    const named = senses.map((sense) => sense.some(({ head }) => this.#key(head || use.name) === asked));
    const verdicts = senses.map((sense, at) => {
      const standing = { senses: senses.length, agreed: spreads[at] > 1, settled: at === settled, decided, rivalled: named.some((one, other) => one && other !== at) };
      return sense.map((one) => this.#verdict(one, standing, use));
    });
    const best = Math.max(0, ...verdicts.flat().map((code) => STRENGTH[code] ?? 0));
    if (best < DECISIVE) {
      return verdicts;
    }
    return verdicts.map((sense) => {
      const chosen = sense.some((code) => STRENGTH[code] === best);
      return sense.map((code) => (chosen || !isTaken(code) ? code : "nearer"));
    });
  }

  /**
   * Which sense of a name most provinces say; -1 for none.
   * @param {Given[][]} senses
   * @param {Use} said
   */
  #settled(senses, said) {
    const name = this.#coreOf(said.name) ?? said.name, free = this.#free(name);
    const told = senses.map((sense) => sense.filter((one) => !one.byEditor && this.#isOf(one.head || name, name)));
    const spreads = told.map((those) => new Set(those.map(({ province }) => province)).size);
    const most = Math.max(0, ...spreads), rest = spreads.reduce((sum, one) => sum + one, 0) - most;
    const needed = EVERYWHERE[free][this.#isGeneric(name) ? 1 : 0][rest ? 1 : 0];
    const at = most >= Math.max(needed, 2 * rest) ? spreads.indexOf(most) : -1;
    return at >= 0 && told[at].some(({ note }) => note) ? at : -1;
  }

  /**
   * @param {Given} given
   * @param {Standing} standing
   * @param {Use} said
   * @returns {string}
   */
  #verdict(given, standing, said) {
    if (given.byEditor && standing.senses === 1) {
      return "agreed";
    }
    const name = given.head || said.name;
    const use = this.#ofCore(said, name);
    const core = this.#coreOf(name);
    const key = this.#key(use.name);
    const whole = this.#key(name) !== key && this.#key(core ?? "") === key;
    const works = this.#isOwnWork(use.name) && this.#isOwnWork(name);
    if (works && !whole && !this.#isOf(name, use.name)) {
      return "other-whole";
    }
    if (standing.senses > 1 && !whole && this.#freest(use.name, name) !== RARE && !this.#isOf(name, use.name)) {
      return "other-whole";
    }
    if (standing.senses > 1 && use !== said && this.#narrowsOtherwise(said.name, given, use)) {
      return "other-words";
    }
    if (whole && given.local) {
      return "other-whole";
    }
    if (this.#listsOtherThings(given, use)) {
      return "other-words";
    }
    if (!whole) {
      const same = this.#key(name) === key, free = same ? this.#free(use.name) : this.#freest(use.name, name);
      const alike = same && free === RARE && core !== null && !(standing.rivalled && this.#free(core) !== RARE);
      const code = this.#elsewhere(given, standing, use, free, alike ? "same-whole" : "");
      const rare = same && free === RARE && standing.senses > 1;
      return rare && (code === "agreed" || code === "particular") ? "same-whole" : code;
    }
    if (this.#key(use.left.slice(-NEAR) + use.name + use.right.slice(0, NEAR)).includes(this.#key(name))) {
      const free = this.#free(name), mere = free === SHORT && standing.senses > 1 && this.#isButCore(name);
      return this.#elsewhere(given, standing, use, free, free === FREE || mere ? "" : "same-whole");
    }
    if (this.#goesOnAlike(name, use)) {
      return this.#free(use.name) === FREE || this.#isNarrowed(name, use) ? "other-whole" : "same-whole";
    }
    if (this.#free(use.name) !== FREE && this.#speaksAlike(given, use)) {
      return "same-words";
    }
    const free = this.#free(use.name), onward = this.#begins("works", this.#next(use.right));
    const known = free === RARE || (standing.agreed && given.note && !onward);
    const lone = standing.senses === 1 && known && !this.#isNarrowed(name, use);
    return lone ? this.#elsewhere(given, standing, use, free) : "other-whole";
  }

  /**
   * @param {Given} given
   * @param {Standing} standing
   * @param {Use} use
   * @param {number} free
   * @param {string} [alike]
   */
  #elsewhere(given, standing, use, free, alike = "") {
    if (free === FREE && this.#hasAnotherOwner(given, use)) {
      return "other-words";
    }
    const { agreed } = standing, only = standing.senses === 1;
    const strange = free === FREE && !given.note && this.#isGeneric(use.name);
    const own = free === FREE || (!given.note && standing.rivalled), told = !strange && (given.note || !own);
    if (!(free === RARE && only) && told && this.#speaksAlike(given, use, !own)) {
      return "same-words";
    }
    if (strange && !standing.settled && !(agreed && this.#hasSameNeighbour(given, use))) {
      return "common-name";
    }
    const last = this.#last(use.left), field = this.#fields.find((word) => last.endsWith(word));
    if (free === SHORT && field && !this.#matter(given).includes(field)) {
      return "other-words";
    }
    const settled = standing.settled && this.#isOf(given.head || use.name, use.name);
    if (!alike && !settled && standing.decided && free === RARE) {
      return "common-name";
    }
    if (alike || settled || (agreed && (free === RARE || only))) {
      return alike || "agreed";
    }
    if (only && given.national && !this.#isGeneric(use.name)) {
      return "agreed";
    }
    const notion = given.notion && (given.note || (free === RARE && !standing.rivalled));
    if (free === RARE ? only || notion : only && notion) {
      return "particular";
    }
    if (free === SHORT && this.#hasSameNeighbour(given, use)) {
      return "same-words";
    }
    const counted = this.#begins("numeral", this.#plain(use.name));
    return free === SHORT && counted && only && given.official ? "agreed" : "common-name";
  }

  /** @param {string} name */
  #free(name) {
    const known = this.#freedom.get(name);
    if (known !== undefined) {
      return known;
    }
    const key = this.#key(name), bare = this.#bare(name);
    const whole = this.#whole;
    const free = whole.figures.test(key) || ["bare_number", "measured", "free_name"].some((one) => whole[one].test(bare));
    const short = !whole.abbreviation.test(key) && ([...key].length <= 3 || whole.short_numeral.test(bare));
    const found = free ? FREE : short ? SHORT : RARE;
    this.#freedom.set(name, found);
    return found;
  }

  /** How freely the freer of two names is coined, or of their cores. @param {string[]} names */
  #freest(...names) {
    return Math.min(...names.flatMap((name) => [this.#free(name), this.#free(this.#coreOf(name) ?? name)]));
  }

  /** Whether an explained name is just this one, the noun of the sort of thing that it is aside. @param {string} head @param {string} name */
  #isOf(head, name) {
    const core = this.#key(this.#coreOf(head) ?? "") === this.#key(name) && this.#isButCore(head);
    return this.#key(head) === this.#key(name) || core || this.#isButASort(name, head) || this.#isButASort(head, name);
  }

  /** Whether a name is that of a work of which each place has its own. @param {string} name */
  #isOwnWork(name) {
    return this.#signs.own_works.test(this.#key(name)) || this.#signs.own_works.test(this.#withoutSort(name));
  }

  /** @param {string} name @param {string} whole */
  #isButASort(name, whole) {
    const core = this.#key(name), longer = this.#key(whole), sort = longer.startsWith(core) ? longer.slice(core.length) : longer;
    return this.#free(name) !== FREE && sort.length < longer.length && (!sort || this.#whole.sorts.test(sort));
  }

  /** Whether a whole name is its core and the noun of a work or of the sort of thing that it is. @param {string} whole */
  #isButCore(whole) {
    return this.#withoutSort(whole).replace(this.#signs.own_works, "") === this.#key(this.#coreOf(whole) ?? "");
  }

  /** @param {string} name */
  #withoutSort(name) {
    const key = this.#key(name), bare = key.replace(this.#signs.sorts, "");
    return [...bare].length >= SHORT_NAME ? bare : key;
  }

  /**
   * Whether a whole name has words around its core, which is that of the use, that an explanation lacks.
   * @param {string} whole
   * @param {Given} given
   * @param {Use} use
   */
  #narrowsOtherwise(whole, given, use) {
    if (this.#free(use.name) === RARE) {
      return false;
    }
    const [, core, after] = this.#parts(whole);
    const rest = this.#without(this.#withoutSort(this.#stripped(this.#plain(after), "end")).replace(this.#signs.own_works, ""));
    const lacks = rest.length > 1 && !hasPairOf(rest, this.#matter(given));
    return lacks || this.#hasAnotherOwner(given, { ...use, left: whole.split(core, 1)[0] });
  }

  /** Whether a list that is the use's own, as many items as its name counts, stands before it, most of which the explanation lacks.
   * @param {Given} given @param {Use} use */
  #listsOtherThings(given, { name, left }) {
    const before = this.#stripped(this.#plain(left), "end").split(this.#signs.ends).at(-1) ?? "";
    const items = before.split(this.#signs.listed), counted = this.#stripped(this.#plain(name), "start"), text = this.#plain(given.text);
    const asMany = this.#begins("count", counted) && items.length === DIGITS.indexOf(counted[0]) && items.at(-1);
    const alike = items.length > 2 || new Set(items.map((item) => item.at(-1))).size === 1;
    return asMany && alike && ![...before].some((sign) => this.#quotes.has(sign)) && 2 * items.filter((item) => text.includes([...item].slice(-ITEM).join(""))).length < items.length;
  }

  /** @param {string} name */
  #isGeneric(name) {
    return this.#whole.figures.test(this.#key(name)) || this.#whole.free_name.test(this.#bare(name));
  }

  /** @param {Use} use @param {string} name @returns {Use} */
  #ofCore(use, name) {
    const core = this.#coreOf(use.name);
    const keys = [this.#key(name), this.#key(this.#coreOf(name) ?? "")];
    if (core === null || this.#key(use.name) === keys[0] || !keys.includes(this.#key(core))) {
      return use;
    }
    const [before, behind] = use.name.split(core);
    return { name: core, left: use.left + before, right: behind + use.right };
  }

  /** The one quoted part of a longer name. @param {string} name @returns {string | null} */
  #coreOf(name) {
    const [found, another] = name.matchAll(this.#every.quoted_part);
    const whole = !found || another || this.#key(name) === this.#key(found[1]);
    return whole || this.#signs.part.test(this.#plain(name.replace(this.#every.quoted_part, "“$1”"))) ? null : found[1];
  }

  /** @param {string} whole @param {Use} use */
  #goesOnAlike(whole, use) {
    if (this.#coreOf(whole) === null) {
      return false;
    }
    const [before, , after] = this.#parts(whole);
    const follows = this.#next(use.right), leads = this.#last(use.left);
    const told = after.length <= TAIL && follows.startsWith(after.slice(0, 2));
    const behind = after.length > 1 && (told || follows.startsWith(after.slice(-2)));
    return behind || (before.length > 1 && leads.endsWith(before.slice(-2)));
  }

  /** What stands before the core of a whole name, the core, and what stands behind. @param {string} whole */
  #parts(whole) {
    const core = this.#coreOf(whole) ?? whole, at = whole.indexOf(core);
    return [this.#stripped(whole.slice(0, at), "end"), core, this.#stripped(whole.slice(at + core.length), "start")];
  }

  /** @param {string} whole @param {Use} use */
  #isNarrowed(whole, use) {
    const words = this.#without(this.#stripped(this.#plain(this.#parts(whole)[0]), "start"));
    return words.length > 1 && !hasPairOf(words, this.#plain(use.left + use.right));
  }

  /** @param {Given} given @param {Use} use */
  #hasAnotherOwner(given, use) {
    const words = this.#last(use.left.replace(this.#signs.row, "")).split(this.#every.joined).at(-1) ?? "";
    const owner = this.#without(words.replace(this.#signs.verbs, "")).slice(-OWNER);
    return owner.length > 1 && !hasPairOf(owner, this.#matter(given));
  }

  /** @param {Given} given */
  #matter({ text, head, beside }) {
    return this.#plain(text + head + beside.join(""));
  }

  /** @param {Given} given @param {Use} use @param {boolean} [beside]  Whether what stands beside the explanation counts. */
  #speaksAlike(given, use, beside = true) {
    const texts = beside ? [given.text, ...given.beside] : [given.text];
    const shares = (/** @type {string[]} */ around, /** @type {number} */ length) => {
      const runs = this.#runs(texts, length);
      return [...this.#runs(around, length)].some((run) => runs.has(run));
    };
    return shares([use.left, use.right], LIKE) || shares([use.left.slice(-CLOSE), use.right.slice(0, CLOSE)], LIKE - 1);
  }

  /** @param {string[]} texts @param {number} length */
  #runs(texts, length) {
    /** @type {Set<string>} */
    const runs = new Set();
    for (const text of texts) {
      for (const piece of this.#plain(text).replace(this.#every.stock, " ").split(/[^\p{L}\p{N}]/u)) {
        for (let at = 0; at + length <= piece.length; at++) {
          runs.add(piece.slice(at, at + length));
        }
      }
    }
    return runs;
  }

  /** @param {Given} given @param {Use} use */
  #hasSameNeighbour({ beside }, use) {
    const here = this.#neighbours(use.left, use.right);
    return beside.some((one) => {
      const at = one.indexOf(NAME_HERE);
      const there = at < 0 ? [] : this.#neighbours(one.slice(0, at), one.slice(at + NAME_HERE.length));
      return there.some((pair) => here.includes(pair));
    });
  }

  /** @param {string} left @param {string} right */
  #neighbours(left, right) {
    const pairs = [`<${this.#last(left).slice(-2)}`, `>${this.#next(right).slice(0, 2)}`];
    return pairs.filter((pair) => this.#without(pair.slice(1)).length === 2);
  }

  /** The clause right behind a use. @param {string} right */
  #next(right) {
    return this.#plain(this.#stripped(right, "start")).split(this.#signs.clause, 1)[0];
  }

  /** The clause right before a use. @param {string} left */
  #last(left) {
    return this.#plain(this.#stripped(left, "end")).split(this.#signs.clause).at(-1) ?? "";
  }

  /** Text without stock words. @param {string} text */
  #without(text) {
    return text.replace(this.#every.stock, "");
  }

  /** @param {string} sign @param {string} text */
  #begins(sign, text) {
    return text.search(this.#signs[sign]) === 0;
  }

  /** Text without quotation marks at one edge. @param {string} text @param {"start" | "end"} edge */
  #stripped(text, edge) {
    let [start, end] = [0, text.length];
    while (start < end && this.#quotes.has(text[edge === "start" ? start : end - 1])) {
      edge === "start" ? start++ : end--;
    }
    return text.slice(start, end);
  }

  /** A name in plain form without quotation marks and white space. @param {string} name */
  #bare(name) {
    return this.#plain([...name].filter((sign) => !this.#quotes.has(sign) && !this.#spaces.has(sign)).join(""));
  }

  /** Text in plain form: as it is folded, but one for one and with Han digits as they stand. @param {string} text */
  #plain(text) {
    const { signs, kinds } = this.#folding;
    let made = "";
    for (const sign of text) {
      const unit = sign.charCodeAt(0);
      const isDigit = kinds[unit] === DIGIT && signs[unit] < 0x80;
      const digit = isDigit && !PLAIN_DIGITS.has(sign) ? DIGITS[signs[unit] - 48] : sign;
      made += isDigit ? digit : sign.length > 1 ? sign : String.fromCharCode(signs[unit]);
    }
    return made;
  }

  /** A name as it is folded; periods of planning keep their numerals. @param {string} name */
  #key(name) {
    const bare = [...name].filter((sign) => !this.#quotes.has(sign) && !this.#spaces.has(sign)).join("");
    const units = this.#folding.fold(name).units.filter((unit) => unit !== BREAK);
    return /^[一十]五$/u.test(bare) ? bare : String.fromCharCode(...units);
  }
}

/** Whether a reason speaks for an explanation. @param {string} code */
export function isTaken(code) {
  return code in STRENGTH;
}

/** The most telling of the reasons against a sense. @param {string[]} codes */
export function reasonOf(codes) {
  return REFUSED.find((code) => codes.includes(code)) ?? codes[0];
}

/** Whether any two signs side by side of some words stand in a text. @param {string} words @param {string} text */
function hasPairOf(words, text) {
  return Array.from({ length: words.length - 1 }, (_, at) => words.slice(at, at + 2)).some((pair) => text.includes(pair));
}
