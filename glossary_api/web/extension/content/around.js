// @ts-check
/** What stands around a name in a text: by it a use is judged. */

/** @typedef {{name: string, left: string, right: string}} Use */

/** How many characters on each side of a name are looked at. */
const AROUND = 60;

/**
 * @param {string} text
 * @param {number} start  In UTF-16 units, as is `end`.
 * @param {number} end
 * @returns {Use} The name, and what stands before and behind it in its paragraph.
 */
export function useAt(text, start, end) {
  // A character has two units at most.
  const left = [...text.slice(Math.max(start - 2 * AROUND, 0), start)].slice(-AROUND).join("");
  const right = [...text.slice(end, end + 2 * AROUND)].slice(0, AROUND).join("");
  return { name: text.slice(start, end), left: left.slice(left.lastIndexOf("\n") + 1), right: right.split("\n", 1)[0] };
}
