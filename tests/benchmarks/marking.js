// @ts-check
/** How long the matcher of the extension takes where nothing has run before. `bench_extension.py` has this in the folder
 * of a packed extension, for node and for a page of Chromium, with the files of a pack and of a text beside it. */

import { openPack } from "./matching/pack.js";

const PASSES = 30;

/**
 * Milliseconds that something takes, and what comes of it.
 * @template T
 * @param {() => T} what
 * @returns {[number, T]}
 */
function timed(what) {
  const begun = performance.now();
  const made = what();
  return [performance.now() - begun, made];
}

/**
 * @param {string} pack
 * @param {string} text
 * @param {boolean} [against] whether to time a regular expression as well
 */
export function measured(pack, text, against = false) {
  const [open, opened] = timed(() => openPack(pack));
  const [index] = timed(() => opened.find("一"));
  const [first, { length: found }] = timed(() => opened.find(text));
  const again = Array.from({ length: PASSES }, () => timed(() => opened.find(text))[0]).sort((one, two) => one - two);
  const [expression] = against ? timed(plain(pack, text)) : [0];
  return { open, index, first, warm: again[PASSES / 2], found, expression };
}

/**
 * What most people would write: all names in one regular expression, longer ones first; no folding, no edges.
 * @param {string} pack
 * @param {string} text
 */
function plain(pack, text) {
  /** @type {string[]} */
  const keys = JSON.parse(`{${pack.slice(pack.lastIndexOf("\n]") + 3)}`).keys.split("\n");
  const escaped = keys.map((key) => key.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  const expression = new RegExp(escaped.sort((one, other) => other.length - one.length).join("|"), "g");
  text.match(expression); // the first time it is compiled
  return () => text.match(expression);
}

/**
 * Bytes that an opened pack needs beside its text, in node with `--expose-gc`.
 * @param {string} pack
 * @param {string} text
 */
export function needed(pack, text) {
  const before = used();
  const opened = openPack(pack);
  opened.find(text);
  const behind = used();
  return opened.size && behind - before;
}

function used() {
  /** @type {any} */ (globalThis).gc();
  const { heapUsed, arrayBuffers } = /** @type {any} */ (globalThis).process.memoryUsage();
  return heapUsed + arrayBuffers;
}
