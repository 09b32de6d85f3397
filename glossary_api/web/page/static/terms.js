// @ts-check

/** Tooltips for the marked terms of a page: every `<a data-term="name">`. */

import { LANGUAGE, ROOT, textOf } from "./page.js";
import { WORDS, cardOf } from "./shared/card.js";
import { attachTooltip } from "./shared/tooltip.js";

/** @typedef {import("./shared/card.js").ApiTerm} ApiTerm */
/** @typedef {import("./shared/card.js").RankedSense} RankedSense */
/** @typedef {import("./shared/card.js").RefusedSense} RefusedSense */
/** @typedef {{term: ApiTerm, senses: RankedSense[], elsewhere: RefusedSense[]} | null} Found */

/** How many characters on each side of a mark are sent with a question. */
const AROUND = 60;

/** What was looked up, by address. @type {Map<string, Promise<Found>>} */
const looked = new Map();

attachTooltip({
  host: document,
  targetAt: termAt,
  cardFor,
  words: WORDS[LANGUAGE],
  styles: () => textOf("shared/tooltip.css"),
  mode: "open",
});

/** @param {Event} event */
function termAt(event) {
  const element = event.target instanceof Element ? event.target.closest("a[data-term]") : null;
  return element && { key: element, element };
}

/**
 * The term's card; where the page knows in which sense the term stands, with that sense alone.
 *
 * @param {HTMLElement} element
 */
async function cardFor(element) {
  const found = await lookUp(addressFor(element));
  if (!found) return null;
  const meant = [...found.senses, ...found.elsewhere].filter(({ id }) => id === element.dataset.sense);
  const where = { root: ROOT, language: LANGUAGE };
  if (meant.length) return cardOf(found.term, meant, null, where);
  return cardOf(found.term, found.senses, null, { ...where, elsewhere: found.elsewhere });
}

/** @param {string} address */
function lookUp(address) {
  const known = looked.get(address) ?? fetched(address);
  looked.set(address, known);
  known.catch(() => looked.delete(address));
  return known;
}

/** The question that an element asks: its term, as understood where and when its text was written.
 * @param {HTMLElement} element */
function addressFor(element) {
  /** @param {string} key */
  const inherited = (key) => element.closest(`[data-${key}]`)?.getAttribute(`data-${key}`);
  const query = new URLSearchParams({ name: element.dataset.term ?? "" });
  const place = inherited("place-code") || inherited("place");
  const date = inherited("date");
  if (place) query.set("place", place);
  if (date) query.set("date", date);
  const report = inherited("report");
  if (report) query.set("report", report);
  const context = element.dataset.sense ? "" : contextOf(element);
  if (context) query.set("context", context);
  return `${ROOT}api/v1/lookup?${query}`;
}

/** What stands around a mark in its paragraph, the mark the first of its name: by that a judge of senses goes.
 * @param {HTMLElement} element */
function contextOf(element) {
  const block = element.closest(".text > *");
  if (!block) return "";
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEndBefore(element);
  const before = range.toString().slice(-AROUND);
  range.selectNodeContents(block);
  range.setStartAfter(element);
  const name = element.textContent ?? "";
  const left = before.slice(name ? before.lastIndexOf(name) + 1 : 0);
  return `${left}${name}${range.toString().slice(0, AROUND)}`;
}

/** @param {string} address @returns {Promise<Found>} null: there is no such term. */
async function fetched(address) {
  const response = await fetch(address);
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}
