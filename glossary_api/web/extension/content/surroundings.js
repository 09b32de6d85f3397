// @ts-check
/** What the place that these files run in says of itself: its language, and the look of its tooltips. */

/** @type {"zh" | "en"} */
export const LANGUAGE = chrome.i18n.getMessage("language") === "en" ? "en" : "zh";

/** @returns {Promise<string>} The text of `tooltip.css`. */
export async function styles() {
  return (await fetch(chrome.runtime.getURL("shared/tooltip.css"))).text();
}
