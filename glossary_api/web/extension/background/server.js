// @ts-check
/** Every request that the extension makes. Text of a page is in one of them alone: that of `sendText`. */

import { Problem } from "./problem.js";

/** @typedef {import("../settings.js").Settings} Settings */

const PATIENCE = 15_000;
/** How long a pack may take, in milliseconds: it can have some megabytes. */
const PATIENCE_FOR_PACK = 120_000;

/**
 * @param {string} root
 * @param {string | null} etag  Of the pack that is there already.
 * @param {RequestCache} [cache]  Whether the browser may keep it, too.
 * @returns {Promise<{text: string, etag: string} | null>} The term pack; null if it is still the same. Throws Problem.
 */
export async function fetchPack(root, etag, cache = "no-store") {
  const headers = etag ? { "If-None-Match": etag } : undefined;
  const answer = await ask(root, "export/termpack", { headers, cache }, PATIENCE_FOR_PACK);
  return answer.status === 304 ? null : { text: await answer.text(), etag: answer.headers.get("ETag") ?? "" };
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {Promise<any>} What the server says there, as JSON. Throws Problem.
 */
export async function get(root, path) {
  return json(await ask(root, path));
}

/**
 * Send text of a page to the server, which finds the terms in it. In private mode nothing is sent.
 *
 * @param {Settings} settings
 * @param {string} text
 * @returns {Promise<any>} What `/annotate` says. Throws Problem.
 */
export async function sendText(settings, text) {
  if (settings.mode !== "server") {
    throw new Problem("kept-private");
  }
  const kinds = settings.short ? [...settings.kinds, "ambiguous-short"] : settings.kinds;
  const question = { text, kinds, offset_unit: "utf16", gloss: settings.rest ? "none" : "every" };
  const headers = { "Content-Type": "application/json" };
  return json(await ask(settings.server, "annotate", { method: "POST", headers, body: JSON.stringify(question) }));
}

/**
 * @param {string} root
 * @param {string} path  Behind `api/v1/`.
 * @param {RequestInit} [options]
 * @param {number} [patience]
 * @returns {Promise<Response>}
 */
async function ask(root, path, options = {}, patience = PATIENCE) {
  if (!root) {
    throw new Problem("no-server");
  }
  /** @type {RequestInit} */
  const quiet = { credentials: "omit", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(patience) };
  let answer;
  try {
    answer = await fetch(`${root}api/v1/${path}`, { ...quiet, ...options });
  } catch (error) {
    throw new Problem("unreachable", error instanceof Error ? error.message : String(error));
  }
  if (!answer.ok && answer.status !== 304) {
    throw answer.status === 404 ? new Problem("no-glossary", "404") : new Problem("refused", String(answer.status));
  }
  return answer;
}

/**
 * @param {Response} answer
 * @returns {Promise<any>}
 */
async function json(answer) {
  try {
    return await answer.json();
  } catch {
    throw new Problem("no-glossary");
  }
}
