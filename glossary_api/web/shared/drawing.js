// @ts-check

/**
 * A card as elements.
 *
 * @typedef {import("./card.js").Card} Card
 * @typedef {import("./card.js").Sense} Sense
 * @typedef {import("./card.js").Words} Words
 * @typedef {{host: Document, words: Words, blank?: boolean}} Pen
 */

import { made } from "./elements.js";

const CHINESE = "zh-Hans";
/** What stands between members where a text is nothing but them. */
const SEPARATORS = /[\s、，；,;和及与。.]/gu;

/**
 * What the panel contains: for readers of Chinese the meaning first, for others the renderings.
 *
 * @param {Pen} pen
 * @param {Card} card
 * @param {() => void} close What the button for that does.
 * @returns {HTMLElement[]}
 */
export function drawn(pen, card, close) {
  const rendered = card.renderings.length ? [renderings(pen, card)] : [];
  const meant = meanings(pen, card);
  const both = pen.words.language === CHINESE ? [...meant, ...rendered] : [...rendered, ...meant];
  return [head(pen, card), ...both, ...foot(pen, card), button(pen, close)];
}

/** @param {Pen} pen @param {Card} card */
function meanings(pen, card) {
  const { host, words } = pen;
  const one = card.senses.length === 1;
  const notes = [card.senses.length ? "" : words.undefined, card.ambiguous ? words.ambiguous : ""];
  return [
    ...notes.filter(Boolean).map((note) => made(host, "p", { class: "note" }, note)),
    ...card.senses.map((sense, n) => section(pen, sense, one ? null : words.sense(n + 1))),
    ...strangers(pen, card),
  ];
}

/** What the name means elsewhere, small: it is no answer. @param {Pen} pen @param {Card} card */
function strangers(pen, { elsewhere }) {
  const { host, words } = pen;
  if (!elsewhere.length) return [];
  const items = elsewhere.map(({ text, reason, source }) => {
    const where = source.href ? link(pen, source.href, source.label) : source.label;
    const why = made(host, "small", {}, where, reason ? ` · ${reason}` : "");
    return made(host, "li", {}, made(host, "span", { lang: CHINESE }, text), " ", why);
  });
  const list = made(host, "ul", {}, ...items);
  return [made(host, "div", { class: "elsewhere" }, made(host, "p", {}, words.elsewhere), list)];
}

/** @param {Pen} pen @param {Card} card */
function foot(pen, card) {
  return card.href ? [made(pen.host, "p", { class: "foot" }, link(pen, card.href, pen.words.more))] : [];
}

/** @param {Pen} pen @param {Card} card */
function head({ host, words }, card) {
  const parts = [made(host, "span", { class: "name", lang: CHINESE }, card.name)];
  if (card.reading && card.reading !== card.name) {
    parts.push(made(host, "span", { class: "reading", lang: "zh-Latn-pinyin" }, card.reading));
  }
  const kind = words.kinds[card.kind];
  if (kind) parts.push(made(host, "span", { class: "kind" }, kind));
  return made(host, "div", { class: "head" }, ...parts.flatMap((part, n) => (n ? [" ", part] : [part])));
}

/** @param {Pen} pen @param {Card} card */
function renderings({ host, words }, card) {
  const items = card.renderings.map(({ language, text, status }) => {
    const item = made(host, "li", {}, made(host, "span", { lang: language }, text));
    if (words.statuses[status]) item.append(" ", made(host, "small", {}, words.statuses[status]));
    return item;
  });
  return made(host, "ul", { class: "renderings" }, ...items);
}

/** One meaning: among several it begins with where it holds, alone it ends with that.
 * @param {Pen} pen @param {Sense} sense @param {string | null} heading */
function section(pen, sense, heading) {
  const { host } = pen;
  const where = sense.sources.length ? [sources(pen, sense)] : [];
  const listed = sense.members.length > 1;
  const parts = heading ? [made(host, "div", { class: "which" }, made(host, "b", {}, heading), ...where)] : [];
  if (!listed || !isNothingBut(sense.text, sense.members)) {
    parts.push(made(host, "p", { class: "text", lang: CHINESE }, sense.text));
  }
  if (listed) parts.push(members(pen, sense), ...verdict(pen, sense));
  return made(host, "div", { class: "sense" }, ...parts, ...(heading ? [] : where));
}

/** @param {Pen} pen @param {Sense} sense */
function members({ host }, sense) {
  const items = sense.members.map((member) => made(host, "li", {}, member));
  return made(host, "ol", { class: "members", lang: CHINESE }, ...items);
}

/** @param {string} text @param {string[]} members */
function isNothingBut(text, members) {
  let rest = text;
  for (const member of members) rest = rest.replace(member, "");
  return rest.replace(SEPARATORS, "") === "";
}

/** @param {Pen} pen @param {Sense} sense */
function verdict({ host, words }, { check, members }) {
  if (check !== "pass" && check !== "fail") return [];
  return [made(host, "p", { class: `verdict ${check}` }, words[check](members.length))];
}

/** @param {Pen} pen @param {Sense} sense */
function sources(pen, sense) {
  const items = sense.sources.map(({ label, href }) => made(pen.host, "li", {}, href ? link(pen, href, label) : label));
  return made(pen.host, "ul", { class: "sources" }, ...items);
}

/** @param {Pen} pen @param {string} href @param {string} text */
function link({ host, blank }, href, text) {
  return made(host, "a", blank ? { href, target: "_blank", rel: "noopener noreferrer" } : { href }, text);
}

/** @param {Pen} pen @param {() => void} close */
function button({ host, words }, close) {
  const element = made(host, "button", { class: "close", type: "button", "aria-label": words.close }, "×");
  element.addEventListener("click", close);
  return element;
}
