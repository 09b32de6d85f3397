// @ts-check
/** Words of the extension's own pages: those of `_locales`, in the browser's language. */

/**
 * @param {string} key  Of a message.
 * @param {...(string | number)} more  What goes into its places.
 * @returns {string}
 */
export function say(key, ...more) {
  return chrome.i18n.getMessage(key, more.map(String)) || key;
}

/**
 * @param {{code: string, detail: string}} problem
 * @returns {string} What is the matter, and what helps.
 */
export function sayProblem({ code, detail }) {
  return chrome.i18n.getMessage(`problem_${code}`, [detail]) || say("problem_internal", detail);
}

/**
 * @param {number} moment  In milliseconds since 1970.
 * @returns {string} How long ago that was.
 */
export function sayAgo(moment) {
  const minutes = Math.round((moment - Date.now()) / 60_000);
  const [count, unit] = minutes > -60 ? [minutes, "minute"] : minutes > -2880 ? [minutes / 60, "hour"] : [minutes / 1440, "day"];
  const format = new Intl.RelativeTimeFormat(say("language_tag"), { numeric: "auto" });
  return minutes > -1 ? say("just_now") : format.format(Math.round(count), /** @type {Intl.RelativeTimeFormatUnit} */ (unit));
}

/** @param {number} number @returns {string} With separators, as the language has them. */
export function sayNumber(number) {
  return number.toLocaleString(say("language_tag"));
}

/** Fill the page in: `data-say` names the message that is an element's text, `data-say-label` that of its `aria-label`. */
export function fillIn() {
  document.documentElement.lang = say("language_tag");
  document.title = say("name");
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-say], [data-say-label]"))) {
    const { say: text, sayLabel: label } = element.dataset;
    if (text) {
      element.textContent = say(text);
    }
    if (label) {
      element.ariaLabel = say(label);
    }
  }
}

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @returns {T} The element of the page with this id.
 */
export function part(id) {
  return /** @type {T} */ (document.getElementById(id));
}
