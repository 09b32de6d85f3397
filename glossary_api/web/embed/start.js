// @ts-check
/** Marks the page that embeds this script. */

import { SELECTOR, SETTINGS } from "./attributes.js";
import { Reading } from "./content/reading.js";

/** The keys of the extension, by their place on the keyboard. @type {Record<string, 1 | -1>} */
const KEYS = { KeyG: 1, KeyF: -1 };

/** Browsers that cannot mark without changing the page leave it as it is. */
function isAble() {
  return "highlights" in CSS && "caretPositionFromPoint" in document;
}

function start() {
  const reading = new Reading(SETTINGS, () => {}, SELECTOR);
  document.addEventListener("keydown", (event) => {
    const by = event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey ? KEYS[event.code] : undefined;
    if (by) {
      event.preventDefault();
      void reading.step(by);
    }
  });
  void reading.start();
}

if (!isAble()) {
  console.info("glossary: this browser cannot mark terms");
} else if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", start);
} else {
  start();
}
