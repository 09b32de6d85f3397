// @ts-check
/** Questions to the background. */

/** The extension was updated or taken away under this page: nobody answers any more. */
export class Orphaned extends Error {}

/**
 * @param {{ask: string, [more: string]: any}} question  As `background/main.js` lists them.
 * @returns {Promise<any>} The answer; `{problem: {code, detail}}` where something is wrong. Throws Orphaned.
 */
export async function ask(question) {
  try {
    return await chrome.runtime.sendMessage(question);
  } catch (error) {
    if (!chrome.runtime?.id) {
      throw new Orphaned();
    }
    return { problem: { code: "internal", detail: String(error) } };
  }
}
