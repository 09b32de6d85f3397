// @ts-check

/** @typedef {"unreachable" | "refused" | "no-glossary" | "bad-pack" | "no-pack" | "other-version" | "no-server" | "kept-private"} Code */

/** Something that keeps the extension from its work, in a form that can be told to a reader: `problem_…` in `_locales`. */
export class Problem extends Error {
  /**
   * @param {Code} code
   * @param {string} [detail]  What a word for word report of it would name: a status, a message of the browser.
   */
  constructor(code, detail = "") {
    super(`${code} ${detail}`.trim());
    this.code = code;
    this.detail = detail;
  }
}

/**
 * @param {unknown} error
 * @returns {{code: string, detail: string}} The same as plain data, for storage and messages; other errors are "internal".
 */
export function told(error) {
  return error instanceof Problem
    ? { code: error.code.replaceAll("-", "_"), detail: error.detail }
    : { code: "internal", detail: String(error) };
}
