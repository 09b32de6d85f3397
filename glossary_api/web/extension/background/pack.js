// @ts-check
/** The term pack of the server: fetched once, kept by the browser, renewed by its ETag. */

import { openPack, PackError } from "../matching/pack.js";
import { Problem, told } from "./problem.js";
import { fetchPack } from "./server.js";

/** @typedef {ReturnType<typeof openPack>} Pack */
/**
 * What is known of the pack, for pop-up and options; kept in local storage under `pack`.
 *
 * @typedef {object} PackState
 * @property {string} root  Of the server that it comes from.
 * @property {string} [edition]  Hash of its edition; none if there has been no pack yet.
 * @property {number} [terms]
 * @property {number} [bytes]
 * @property {number} [fetched]  When it came, in milliseconds since 1970.
 * @property {number} [checked]  When the server last said that it is the current one.
 * @property {number} tried  When the server was last asked.
 * @property {{code: string, detail: string} | null} problem  What was wrong then.
 */

const SHELF = "packs";
const FRESH = 6 * 3600_000;
/** How long a server that gave no answer is left alone, in milliseconds, unless a reader asks. */
const LEFT_ALONE = 30_000;

/** @type {{root: string, pack: Pack} | null} */
let opened = null;
/** @type {Map<string, Promise<PackState>>} */
const underway = new Map();

/**
 * @param {string} root  Of a server.
 * @returns {Promise<Pack>} Its pack: at once if there is one, even if it is to be renewed. Throws Problem.
 */
export async function packOf(root) {
  if (opened?.root !== root) {
    opened = await fromShelf(root);
  }
  const state = await packState(root);
  if (!opened) {
    await renewUnlessVain(state);
  } else if (Date.now() - state.tried > FRESH) {
    void renewPack(root);
  }
  if (opened?.root !== root) {
    throw new Problem("no-pack");
  }
  return opened.pack;
}

/**
 * Ask the server whether there is another pack, and take it up. What goes wrong is in the state.
 *
 * @param {string} root
 * @returns {Promise<PackState>}
 */
export function renewPack(root) {
  const asked = underway.get(root) ?? renew(root).finally(() => underway.delete(root));
  underway.set(root, asked);
  return asked;
}

/**
 * @param {string} root
 * @returns {Promise<PackState>}
 */
export async function packState(root) {
  const { pack } = /** @type {{pack?: PackState}} */ (await chrome.storage.local.get("pack"));
  return pack?.root === root ? pack : { root, tried: 0, problem: null };
}

/** @param {PackState} state */
async function renewUnlessVain(state) {
  const vain = state.problem && Date.now() - state.tried < LEFT_ALONE;
  const { problem, root } = vain ? state : await renewPack(state.root);
  if (problem) {
    throw Object.assign(new Problem("no-pack"), problem);
  }
  opened ??= await fromShelf(root);
}

/**
 * @param {string} root
 * @returns {Promise<PackState>}
 */
async function renew(root) {
  const before = await packState(root);
  const tried = Date.now();
  /** @type {PackState} */
  let state;
  try {
    const kept = before.edition ? await (await caches.open(SHELF)).match(key(root)) : undefined;
    const news = await fetchPack(root, kept?.headers.get("ETag") ?? null);
    const said = news ? { ...(await takeUp(root, news)), fetched: tried } : before;
    state = { ...said, root, tried, checked: tried, problem: null };
  } catch (error) {
    state = { ...before, tried, problem: told(error) };
  }
  await chrome.storage.local.set({ pack: state });
  return state;
}

/**
 * Open a pack, and only if that succeeds put it on the shelf, alone.
 *
 * @param {string} root
 * @param {{text: string, etag: string}} news
 * @returns {Promise<{edition: string, terms: number, bytes: number}>}
 */
async function takeUp(root, { text, etag }) {
  const pack = read(text);
  await caches.delete(SHELF);
  const shelf = await caches.open(SHELF);
  await shelf.put(key(root), new Response(text, { headers: { ETag: etag } }));
  opened = { root, pack };
  return { edition: pack.edition, terms: pack.size, bytes: new Blob([text]).size };
}

/**
 * @param {string} root
 * @returns {Promise<{root: string, pack: Pack} | null>}
 */
async function fromShelf(root) {
  const kept = await (await caches.open(SHELF)).match(key(root));
  try {
    return kept ? { root, pack: read(await kept.text()) } : null;
  } catch {
    return null; // made for another release of this extension: the server has the one for this
  }
}

/**
 * @param {string} text
 * @returns {Pack}
 */
function read(text) {
  try {
    return openPack(text);
  } catch (error) {
    throw error instanceof PackError ? new Problem(error.code, error.message) : error;
  }
}

/** @param {string} root */
function key(root) {
  return `${root}api/v1/export/termpack`;
}
