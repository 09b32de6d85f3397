// @ts-check
/** The term pack of the server: fetched once for a page, kept by the browser's own cache. */

import { openPack } from "../matching/pack.js";
import { fetchPack } from "./server.js";

/** @type {Promise<ReturnType<typeof openPack>> | null} */
let opened = null;

/** @param {string} root  Of a server. @returns {Promise<ReturnType<typeof openPack>>} Its pack. Throws Problem. */
export function packOf(root) {
  opened ??= fetchPack(root, null, "no-cache").then((news) => openPack(news?.text ?? ""));
  return opened;
}
