// @ts-check
/** The pop-up: this page's terms, the switch for its site, and where the glossary comes from. */

import { decider, isOn, loadSettings, sitePattern, toggleSite } from "../settings.js";
import { fillIn, part, say, sayAgo, sayNumber, sayProblem } from "../words.js";

/** @typedef {import("../settings.js").Settings} Settings */
/** @typedef {{address: string, terms: import("../content/tally.js").Counted[] | null, problem: any}} PageState */

/** Milliseconds after which a page that is just being marked is asked again. */
const AGAIN = 400;

const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });

fillIn();
part("options").addEventListener("click", () => chrome.runtime.openOptionsPage());
part("on").addEventListener("change", switchSite);
part("renew").addEventListener("click", renew);
chrome.storage.onChanged.addListener(() => setTimeout(show, AGAIN));
await show();
setInterval(showPage, 1000);

async function show() {
  await Promise.all([showPage(), showServer()]);
}

/** @returns {Promise<PageState | null>} null for a page that extensions may not look at. */
async function pageState() {
  return chrome.tabs.sendMessage(/** @type {number} */ (tab.id), { tell: "state" }, { frameId: 0 }).catch(() => null);
}

async function showPage() {
  const [settings, page] = await Promise.all([loadSettings(), pageState()]);
  showSwitch(settings, page);
  const problem = part("problem");
  problem.hidden = !page?.problem;
  if (page?.problem && problem.textContent !== sayProblem(page.problem)) {
    problem.textContent = sayProblem(page.problem);
  }
  const terms = page?.terms ?? [];
  const found = page?.terms ? foundIn(terms) : say(page ? "page_off" : "page_closed");
  part("found").textContent = page?.problem && !terms.length ? "" : found;
  part("hint").hidden = !terms.length;
  part("hint").textContent = say("hint_keys", await keyOf("next-term"));
  showTerms(terms);
}

/** @param {Settings} settings @param {PageState | null} page */
function showSwitch(settings, page) {
  const on = /** @type {HTMLInputElement} */ (part("on"));
  const address = page?.address ?? "";
  const own = Boolean(settings.server) && address.startsWith(settings.server);
  const rule = page && !own && decider(settings, address);
  part("site").textContent = page ? siteOf(address) || say("this_page") : say("this_page");
  on.checked = page !== null && isOn(settings, address);
  // A rule for more than this site is not undone here, where nobody would see what else that changes.
  on.disabled = page === null || own || (Boolean(rule) && rule !== siteOf(address));
  part("rule").hidden = !(on.disabled && page);
  part("rule").textContent = own ? say("own_site") : rule ? say("by_rule", rule) : "";
}

/** @param {PageState["terms"] & {}} terms */
function showTerms(terms) {
  const list = part("terms");
  const shown = JSON.stringify(terms);
  if (list.dataset.shown !== shown) {
    list.dataset.shown = shown;
    list.replaceChildren(...terms.map(itemOf));
  }
}

/** @param {import("../content/tally.js").Counted} counted */
function itemOf({ term, count, frame }) {
  const [item, button, name, number] = ["li", "button", "span", "span"].map((tag) => document.createElement(tag));
  name.className = "term";
  name.lang = "zh-Hans";
  name.textContent = term;
  number.className = "number";
  number.textContent = count > 1 ? say("times", sayNumber(count)) : "";
  button.append(name, number);
  button.addEventListener("click", async () => {
    await chrome.tabs.sendMessage(/** @type {number} */ (tab.id), { tell: "show", term }, { frameId: frame });
    window.close();
  });
  item.append(button);
  return item;
}

/** @param {import("../content/tally.js").Counted[]} terms */
function foundIn(terms) {
  const places = terms.reduce((sum, { count }) => sum + count, 0);
  return terms.length ? say("found", sayNumber(terms.length), sayNumber(places)) : say("found_none");
}

async function showServer() {
  const settings = await loadSettings();
  const state = await chrome.runtime.sendMessage({ ask: "pack" });
  const server = /** @type {HTMLAnchorElement} */ (part("server"));
  part("mode").textContent = say(settings.mode === "private" ? "mode_private_short" : "mode_server_short");
  server.href = settings.server;
  server.textContent = settings.server.replace(/^https?:\/\//, "").replace(/\/$/, "");
  part("pack-line").hidden = settings.mode === "server";
  part("pack").textContent = state.edition ? packLine(state) : say("pack_none");
}

/** @param {import("../background/pack.js").PackState} state */
function packLine({ edition = "", terms = 0, checked = 0, problem }) {
  const line = say("pack_line", sayNumber(terms), edition.slice(0, 8), sayAgo(checked));
  return problem ? `${line} ${sayProblem(problem)}` : line;
}

async function renew() {
  const button = /** @type {HTMLButtonElement} */ (part("renew"));
  button.disabled = true;
  await chrome.runtime.sendMessage({ ask: "renew" });
  await show();
  button.disabled = false;
}

async function switchSite() {
  const site = siteOf((await pageState())?.address ?? "");
  if (site) {
    await toggleSite(site);
  }
}

/** @param {string} address @returns {string | null} The pattern of a page's site. */
function siteOf(address) {
  return sitePattern(URL.parse(address)?.host ?? "");
}

/** @param {string} command */
async function keyOf(command) {
  const all = await chrome.commands.getAll();
  return all.find(({ name }) => name === command)?.shortcut || say("no_key");
}
