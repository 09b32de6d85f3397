// @ts-check
// Content scripts cannot be modules; this one fetches those that do the work, on sites that are switched on.

import(chrome.runtime.getURL("content/start.js")).then((module) => module.start());
