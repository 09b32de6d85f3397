// @ts-check
/** What the element says that embeds this script: `data-…` attributes. */

/** @typedef {import("../extension/settings.js").Settings} Settings */

/** Current only while the script is run for the first time. */
const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
const { server, kinds, lang, selector, mode } = script?.dataset ?? {};

/** Root of the glossary's server: where the script comes from, unless it says another one. */
const root = new URL(server ?? ".", script?.src || location.href).href;
const asked = lang ?? document.documentElement.lang ?? "";

/** @type {"zh" | "en"} */
export const LANGUAGE = /^zh/i.test(asked || navigator.language) ? "zh" : "en";

/** Which parts of the page are read, as a CSS selector; empty for all of it. */
export const SELECTOR = selector ?? "";

/** @type {Settings} */
export const SETTINGS = {
  server: root.endsWith("/") ? root : `${root}/`,
  mode: mode === "server" ? "server" : "private",
  where: "all",
  off: [],
  on: [],
  firstOnly: has("first"),
  kinds: kinds?.split(/[\s,]+/).filter(Boolean) ?? ["numeral", "plan", "quoted"],
  rest: has("rest"),
  short: false,
};

/** @param {string} name  Of an attribute that is a switch. */
function has(name) {
  return script?.dataset[name] !== undefined && script.dataset[name] !== "false";
}
