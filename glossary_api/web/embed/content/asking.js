// @ts-check
/** Questions that the extension asks its background are answered here, in the page. */

import { card, find } from "../background/finding.js";
import { told } from "../background/problem.js";
import { SETTINGS } from "../attributes.js";

/** Nobody can take an embedded script away under its page; here for those who ask. */
export class Orphaned extends Error {}

/** @type {Record<string, (question: any) => Promise<object>>} */
const ANSWERS = {
  find: async ({ text }) => ({ spots: await find(SETTINGS, text) }),
  card: async ({ term, use }) => ({ card: await card(SETTINGS, term, use) }),
};

/**
 * @param {{ask: string, [more: string]: any}} question
 * @returns {Promise<any>} The answer; `{problem}` where something is wrong, of which the console is told once.
 */
export async function ask(question) {
  try {
    return (await ANSWERS[question.ask]?.(question)) ?? {};
  } catch (error) {
    warn(error);
    return { problem: told(error) };
  }
}

let warned = false;

/** @param {unknown} error */
function warn(error) {
  if (!warned) {
    warned = true;
    console.warn(`glossary: no answer from ${SETTINGS.server} (${error}); does the page's policy let it be asked?`);
  }
}
