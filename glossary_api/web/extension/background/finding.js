// @ts-check
/** Terms in a text, and what they mean: from the pack in private mode, from the server in server mode. */

import { cardOf } from "../shared/card.js";
import { useAt } from "../content/around.js";
import { LANGUAGE } from "../content/surroundings.js";
import { packOf } from "./pack.js";
import { get, sendText } from "./server.js";

/** @typedef {import("../settings.js").Settings} Settings */
/** @typedef {import("../content/around.js").Use} Use */
/** @typedef {[start: number, end: number, term: string, kind: string]} Spot  In UTF-16 units; a term goes by its name. */

/**
 * @param {Settings} settings
 * @param {string} text
 * @returns {Promise<Spot[]>} The terms in it that the reader wants marked, in the order of the text. Throws Problem.
 */
export function find(settings, text) {
  return settings.mode === "server" ? findThere(settings, text) : findHere(settings, text);
}

/**
 * @param {Settings} settings
 * @param {string} term
 * @param {Use | null} [use]  Where it stands.
 * @returns {Promise<object | null>} What a tooltip shows; null if there is no such term any more. Throws Problem.
 */
export async function card(settings, term, use = null) {
  if (settings.mode === "server") {
    const here = use && (await meantThere(settings, term, use));
    const found = await get(settings.server, `lookup?name=${encodeURIComponent(term)}`);
    const { senses, elsewhere } = here ?? found;
    return cardOf(found.term, senses, null, { root: settings.server, language: LANGUAGE, elsewhere });
  }
  return (await packOf(settings.server)).card(term, settings.server, LANGUAGE, use);
}

/**
 * What the server says of a use: it judges the words around, which a look-up of a name alone has not.
 *
 * @param {Settings} settings
 * @param {string} term
 * @param {Use} use
 */
async function meantThere(settings, term, { name, left, right }) {
  const every = { ...settings, kinds: ["numeral", "plan", "quoted"], short: true, rest: false };
  const { matches } = await sendText(every, left + name + right);
  return matches.find((/** @type {any} */ match) => nameOf(match) === term && match.start === left.length);
}

/**
 * @param {Settings} settings
 * @param {string} text
 * @returns {Promise<Spot[]>}
 */
async function findHere(settings, text) {
  const pack = await packOf(settings.server);
  const hits = pack.find(text, { kinds: settings.kinds, short: settings.short });
  const wanted = settings.rest ? hits : hits.filter(({ term, start, end }) => pack.isExplained(term, useAt(text, start, end)));
  return wanted.map(({ start, end, term }) => [start, end, term, pack.kind(term)]);
}

/**
 * @param {Settings} settings
 * @param {string} text
 * @returns {Promise<Spot[]>}
 */
async function findThere(settings, text) {
  const { matches } = await sendText(settings, text);
  const wanted = settings.rest ? matches : matches.filter((/** @type {any} */ { senses }) => senses?.length);
  return wanted.map((/** @type {any} */ { start, end, term }) => [start, end, term.name, term.kind]);
}

/** @param {any} match @returns {string} */
function nameOf({ term }) {
  return term.name;
}
