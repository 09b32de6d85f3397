// @ts-check
/** From places in a text that was sent to places in the page. */

import { useAt } from "./around.js";

/** @typedef {import("./blocks.js").Block} Block */
/** @typedef {import("./marks.js").Mark} Mark */

/** Stands between blocks in a text that is sent: no term is found across a blank line. */
const GAP = "\n\n";

/**
 * @param {Block[]} blocks
 * @returns {string} All in one text.
 */
export function textOf(blocks) {
  return blocks.map(({ text }) => text).join(GAP);
}

/**
 * @param {Block[]} blocks
 * @param {import("../background/finding.js").Spot[]} spots  In the text of `textOf`, in its order.
 * @returns {Generator<Mark>} Those whose text nodes still have the text that was read.
 */
export function* marksIn(blocks, spots) {
  let number = 0;
  let begin = 0;
  for (const [start, end, term, kind] of spots) {
    while (start >= begin + blocks[number].text.length + GAP.length) {
      begin += blocks[number++].text.length + GAP.length;
    }
    const parts = partsOf(blocks[number], start - begin, end - begin);
    if (parts.length) {
      yield { term, kind, parts, use: useAt(blocks[number].text, start - begin, end - begin) };
    }
  }
}

/**
 * @param {Block} block
 * @param {number} start
 * @param {number} end
 * @returns {import("./marks.js").Part[]} None if the page has changed meanwhile.
 */
function partsOf({ pieces }, start, end) {
  const parts = [];
  for (let number = firstAt(pieces, start); number < pieces.length && pieces[number].at < end; number++) {
    const { node, at, data } = pieces[number];
    if (node.data !== data || !node.isConnected) {
      return [];
    }
    const part = { node, start: Math.max(start - at, 0), end: Math.min(end - at, data.length) };
    if (part.start < part.end) {
      parts.push(part);
    }
  }
  return parts;
}

/**
 * @param {import("./blocks.js").Piece[]} pieces
 * @param {number} place
 * @returns {number} Number of the last piece that begins at or before a place of the block; 0 if there is none.
 */
function firstAt(pieces, place) {
  let [low, high] = [0, pieces.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    [low, high] = pieces[middle].at <= place ? [middle, high] : [low, middle];
  }
  return low;
}
