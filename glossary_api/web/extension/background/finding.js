// @ts-check
/** Terms in a text, and what they mean: from the pack in private mode, from the server in server mode. */

import { cardOf } from "../shared/card.js";
import { LANGUAGE } from "../content/surroundings.js";
import { packOf } from "./pack.js";
import { lookUp, sendText } from "./server.js";

/** @typedef {import("../settings.js").Settings} Settings */
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
 * @returns {Promise<object | null>} What a tooltip shows; null if there is no such term any more. Throws Problem.
 */
export async function card(settings, term) {
  if (settings.mode === "server") {
    const found = await lookUp(settings.server, term);
    return cardOf(found.term, found.senses, null, { root: settings.server, language: LANGUAGE, elsewhere: found.elsewhere });
  }
  return (await packOf(settings.server)).card(term, settings.server, LANGUAGE);
}

/**
 * @param {Settings} settings
 * @param {string} text
 * @returns {Promise<Spot[]>}
 */
async function findHere(settings, text) {
  const pack = await packOf(settings.server);
  const hits = pack.find(text, { kinds: settings.kinds, short: settings.short });
  const wanted = settings.rest ? hits : hits.filter(({ term }) => pack.isExplained(term));
  return wanted.map(({ start, end, term }) => [start, end, term, pack.kind(term)]);
}

/**
 * @param {Settings} settings
 * @param {string} text
 * @returns {Promise<Spot[]>}
 */
async function findThere(settings, text) {
  const { matches } = await sendText(settings, text);
  /** Only the first match of a term has its senses. @type {Set<string>} */
  const explained = new Set(matches.filter((/** @type {any} */ { senses }) => senses?.length).map(nameOf));
  const wanted = settings.rest ? matches : matches.filter((/** @type {any} */ match) => explained.has(nameOf(match)));
  return wanted.map((/** @type {any} */ { start, end, term }) => [start, end, term.name, term.kind]);
}

/** @param {any} match @returns {string} */
function nameOf({ term }) {
  return term.name;
}
