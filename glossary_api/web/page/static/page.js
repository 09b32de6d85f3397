// @ts-check

/** What a page tells its scripts: where the server's root is, its language, and words in it. */

const { root = "/", language = "zh", words = "{}" } = document.body.dataset;

/** The server's root, with the slash at its end. */
export const ROOT = root;
/** @type {"zh" | "en"} */
export const LANGUAGE = language === "en" ? "en" : "zh";
/** The language that the address names, which links keep. */
const kept = new URLSearchParams(location.search).get("lang");
/** @type {Record<string, string>} */
const WORDS = JSON.parse(words);

/**
 * The page's words for a key.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values] For the slots in them; numbers are grouped as the language does.
 */
export function say(key, values = {}) {
  return (WORDS[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    return typeof value === "number" ? value.toLocaleString(LANGUAGE) : String(value ?? "");
  });
}

/**
 * The address of a term's page.
 *
 * @param {string} name
 */
export function termAddress(name) {
  return `${ROOT}terms/${encodeURIComponent(name)}${kept ? `?lang=${LANGUAGE}` : ""}`;
}

/**
 * The text of a file beside this one; throws where there is none.
 *
 * @param {string} name
 */
export async function textOf(name) {
  const response = await fetch(new URL(name, import.meta.url));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.text();
}
