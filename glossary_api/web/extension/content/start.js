// @ts-check
/** Begins and ends the reading of a page, as the reader's settings and the page's address say. */

import { isOn, loadSettings, toggleSite } from "../settings.js";

/** @type {import("./reading.js").Reading | null} */
let reading = null;
/** Changes of settings are followed one after the other. */
let turn = Promise.resolve();

/**
 * What the background and the pop-up tell this frame, `{tell, …}`; some expect an answer.
 *
 * @type {Record<string, (message: any) => object | void>}
 */
const TOLD = {
  /** What there is on the page, asked of the outermost frame: `{address, terms, problem}`; no terms where it is off. */
  state: () => ({
    address: location.href,
    terms: reading?.tally.terms ?? null,
    problem: reading?.tally.problem ?? null,
  }),

  /** The terms of another frame. */
  frame: ({ frame, terms }) => reading?.tally.noteFrame(frame, terms),

  /** Show a term where it stands first. */
  show: ({ term }) => void reading?.showFirst(term),

  "next-term": () => void (hasFocus() && reading?.step(1)),
  "toggle-site": () => void (self === top && toggleSite(location.host)),
  "previous-term": () => void (hasFocus() && reading?.step(-1)),
};

/** Whether a key that is pressed now is meant for this frame and none within it. */
function hasFocus() {
  return document.hasFocus() && !(document.activeElement instanceof HTMLIFrameElement);
}

/** @returns {Promise<void>} */
export async function start() {
  chrome.storage.onChanged.addListener((changes, area) => {
    if (area === "local" && (changes.settings || isOtherPack(changes.pack))) {
      void restart();
    }
  });
  chrome.runtime.onMessage.addListener((message, _sender, reply) => {
    const answer = TOLD[message.tell]?.(message);
    if (answer) {
      reply(answer);
    }
  });
  addEventListener("popstate", () => void review());
  // A frame that leaves takes its terms out of the tally; it may come back as it was.
  addEventListener("pagehide", () => reading?.stop());
  addEventListener("pageshow", ({ persisted }) => void (persisted && restart()));
  await restart();
}

/** Read the page again, if it is still to be read. @returns {Promise<void>} */
function restart() {
  turn = turn.then(async () => {
    reading?.stop();
    reading = null;
    await begin();
  });
  return turn;
}

/** Begin or end the reading if the page has another address now, for which the settings say so. @returns {Promise<void>} */
export function review() {
  turn = turn.then(async () => {
    const on = isPageOn(await loadSettings());
    if (reading && !on) {
      reading.stop();
      reading = null;
    } else if (!reading && on) {
      await begin();
    }
  });
  return turn;
}

async function begin() {
  const settings = await loadSettings();
  if (isPageOn(settings)) {
    const { Reading } = await import("./reading.js");
    reading = new Reading(settings, review);
    void reading.start(); // not awaited: a slow server must not keep a reader from switching it off
  }
}

/**
 * A frame is read if its own site is switched on and so are those of all frames around it, where the browser says them.
 *
 * @param {import("../settings.js").Settings} settings
 */
function isPageOn(settings) {
  const own = location.protocol.startsWith("http") ? location.href : `${window.origin}/`;
  return [own, ...(location.ancestorOrigins ?? [])].every((address) => isOn(settings, address));
}

/** @param {{newValue?: any, oldValue?: any} | undefined} change */
function isOtherPack(change) {
  return change !== undefined && change.newValue?.edition !== change.oldValue?.edition;
}
