// @ts-check
/** The background: answers content scripts, pop-up and options; passes commands and counts on. */

import { loadSettings, notePackedServer } from "../settings.js";
import { card, find } from "./finding.js";
import { packState, renewPack } from "./pack.js";
import { Problem, told } from "./problem.js";
import { get } from "./server.js";

/** @typedef {chrome.runtime.MessageSender} Sender */

const SEAL = "#93291c";
const AMBER = "#8a5a00";
/** UTF-16 units of selected words that are looked up: no name is longer. */
const LONGEST = 60;

/**
 * What can be asked by message, `{ask, …}`; the answer to anything that goes wrong is `{problem: {code, detail}}`.
 *
 * @type {Record<string, (message: any, sender: any) => Promise<object>>}
 */
const ANSWERS = {
  /** The terms in `text`: `{spots}`. */
  find: async ({ text }) => ({ spots: await find(await loadSettings(), text) }),

  /** What `term` means where it stands: `{card}`. */
  card: async ({ term, use }) => ({ card: await card(await loadSettings(), term, use) }),

  /** What the server at `root` serves, if it is a glossary's: `{edition, terms}`. */
  test: async ({ root }) => {
    const said = await get(root, "status");
    if (typeof said?.edition?.hash !== "string" || typeof said?.counts?.terms !== "number") {
      throw new Problem("no-glossary");
    }
    return { edition: said.edition.hash, terms: said.counts.terms };
  },

  /** What is known of the pack: a `PackState`. */
  pack: async () => packState((await loadSettings()).server),

  /** The same after the server has been asked for another one. */
  renew: async () => renewPack((await loadSettings()).server),

  /** Terms of a frame, for the frame around all others, which has the sum. */
  frame: async ({ terms }, sender) => {
    await chrome.tabs.sendMessage(sender.tab.id, { tell: "frame", frame: sender.frameId, terms }, { frameId: 0 });
    return {};
  },

  /** Show the number of terms of a page on the extension's button. */
  badge: async ({ count, problem }, sender) => {
    const tabId = sender.tab.id;
    await chrome.action.setBadgeBackgroundColor({ tabId, color: problem ? AMBER : SEAL });
    await chrome.action.setBadgeText({ tabId, text: problem ? "!" : count ? String(count) : "" });
    return {};
  },
};

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  const answer = sender.id === chrome.runtime.id ? ANSWERS[message.ask] : undefined;
  answer?.(message, sender).then(reply, (/** @type {unknown} */ error) => reply({ problem: told(error) }));
  return Boolean(answer);
});

/** Words that a reader has selected are looked up on the glossary's own site, and are sent there only then. */
const LOOK_UP = "look-up";

chrome.contextMenus.onClicked.addListener(async ({ menuItemId, selectionText }) => {
  const { server } = await loadSettings();
  if (menuItemId === LOOK_UP && selectionText && server) {
    const q = encodeURIComponent(selectionText.trim().slice(0, LONGEST));
    await chrome.tabs.create({ url: `${server}search?q=${q}&lang=${chrome.i18n.getMessage("language")}` });
  }
});

chrome.runtime.onInstalled.addListener(async () => {
  const title = chrome.i18n.getMessage("look_up");
  chrome.contextMenus.removeAll(() => chrome.contextMenus.create({ id: LOOK_UP, title, contexts: ["selection"] }));
  await notePackedServer();
  await renewInPrivateMode();
});

chrome.runtime.onStartup.addListener(renewInPrivateMode);

chrome.storage.onChanged.addListener((changes, area) => {
  /** @type {{newValue?: any, oldValue?: any}} */
  const { newValue, oldValue } = changes.settings ?? {};
  if (area === "local" && (newValue?.server !== oldValue?.server || newValue?.mode !== oldValue?.mode)) {
    void renewInPrivateMode();
  }
});

chrome.commands.onCommand.addListener(async (command, tab) => {
  if (tab?.id !== undefined) {
    await chrome.tabs.sendMessage(tab.id, { tell: command }).catch(() => {}); // a page without a content script
  }
});

async function renewInPrivateMode() {
  const settings = await loadSettings();
  if (settings.mode === "private" && settings.server) {
    await renewPack(settings.server);
  }
}
