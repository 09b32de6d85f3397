// @ts-check
/** The options page: every choice is saved as it is made. */

import { KINDS, loadSettings, saveSettings, serverAddress, sitePattern } from "../settings.js";
import { fillIn, part, say, sayAgo, sayNumber, sayProblem } from "../words.js";

/** @typedef {import("../settings.js").Settings} Settings */

/** Milliseconds that the note of a saved choice is shown. */
const NOTED = 1600;
let noting = 0;

fillIn();
await showKeys();
showSettings(await loadSettings());
await showPack();
listen();

function listen() {
  all("mode").forEach((one) => one.addEventListener("change", () => saveMode(one.value)));
  all("where").forEach((one) => one.addEventListener("change", () => save({ where: /** @type {any} */ (one.value) })));
  all("kind").forEach((one) => one.addEventListener("change", saveKinds));
  for (const name of /** @type {const} */ (["rest", "firstOnly", "short"])) {
    box(name).addEventListener("change", () => save({ [name]: box(name).checked }));
  }
  for (const list of /** @type {const} */ (["off", "on"])) {
    part(list).addEventListener("change", () => saveSites(list));
  }
  part("server-form").addEventListener("submit", (event) => {
    event.preventDefault();
    void saveServer();
  });
  part("renew").addEventListener("click", renew);
  chrome.storage.onChanged.addListener((changes) => changes.pack && showPack());
}

/** @param {string} name @returns {HTMLInputElement[]} The boxes or buttons of this name. */
function all(name) {
  return [.../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(`input[name="${name}"]`))];
}

/** @param {string} id @returns {HTMLInputElement} */
function box(id) {
  return part(id);
}

/** @param {Settings} settings */
function showSettings(settings) {
  all("mode").forEach((one) => (one.checked = one.value === settings.mode));
  all("where").forEach((one) => (one.checked = one.value === settings.where));
  all("kind").forEach((one) => (one.checked = settings.kinds.includes(one.value)));
  box("rest").checked = settings.rest;
  box("firstOnly").checked = settings.firstOnly;
  box("short").checked = settings.short;
  box("server").value = settings.server;
  box("off").value = settings.off.join("\n");
  box("on").value = settings.on.join("\n");
}

/** @param {Partial<Settings>} changes */
async function save(changes) {
  await saveSettings(changes);
  const note = part("saved");
  note.textContent = say("saved");
  note.classList.add("shown");
  clearTimeout(noting);
  noting = setTimeout(() => note.classList.remove("shown"), NOTED);
}

/** @param {string} mode */
async function saveMode(mode) {
  await save({ mode: /** @type {Settings["mode"]} */ (mode) });
  await showPack();
}

async function saveKinds() {
  const kinds = KINDS.filter((kind) => all("kind").some((one) => one.value === kind && one.checked));
  part("kinds-says").textContent = kinds.length ? "" : say("kinds_none");
  if (kinds.length) {
    await save({ kinds });
  }
}

/** @param {"off" | "on"} list */
async function saveSites(list) {
  const typed = box(list).value.split("\n").filter((line) => line.trim());
  const wrong = typed.filter((line) => !sitePattern(line));
  part(`${list}-says`).textContent = wrong.length ? say("sites_wrong", wrong.join(say("comma"))) : "";
  box(list).ariaInvalid = String(wrong.length > 0);
  if (!wrong.length) {
    const patterns = [...new Set(typed.map((line) => /** @type {string} */ (sitePattern(line))))];
    box(list).value = patterns.join("\n");
    await save({ [list]: patterns });
  }
}

async function saveServer() {
  const root = serverAddress(box("server").value);
  tellOfServer(root ? say("server_checking") : say("server_no_address"), root ? "" : "bad");
  if (!root) {
    return;
  }
  box("server").value = root;
  const said = await chrome.runtime.sendMessage({ ask: "test", root });
  if (said.problem) {
    tellOfServer(sayProblem(said.problem), "bad");
  } else {
    tellOfServer(say("server_good", sayNumber(said.terms), said.edition.slice(0, 8)), "good");
    await save({ server: root });
    await showPack();
  }
}

/** @param {string} text @param {"" | "good" | "bad"} how */
function tellOfServer(text, how) {
  part("server-says").textContent = text;
  part("server-says").className = how;
  box("server").ariaInvalid = String(how === "bad");
}

async function showPack() {
  const { mode } = await loadSettings();
  /** @type {import("../background/pack.js").PackState} */
  const state = await chrome.runtime.sendMessage({ ask: "pack" });
  part("pack").hidden = part("renew").hidden = mode === "server";
  part("edition").textContent = state.edition?.slice(0, 12) ?? "–";
  part("count").textContent = state.terms === undefined ? "–" : sayNumber(state.terms);
  part("fetched").textContent = state.fetched ? sayAgo(state.fetched) : "–";
  part("checked").textContent = state.checked ? sayAgo(state.checked) : "–";
  part("pack-says").textContent = mode === "private" && state.problem ? sayProblem(state.problem) : "";
}

async function renew() {
  const button = /** @type {HTMLButtonElement} */ (part("renew"));
  button.disabled = true;
  await chrome.runtime.sendMessage({ ask: "renew" });
  await showPack();
  button.disabled = false;
}

async function showKeys() {
  for (const { name, description, shortcut } of await chrome.commands.getAll()) {
    if (name?.startsWith("_")) {
      continue; // the browser's own: to open the pop-up
    }
    const [row, term, key] = ["div", "dt", "dd"].map((tag) => document.createElement(tag));
    const shown = document.createElement(shortcut ? "kbd" : "span");
    term.textContent = description ?? "";
    shown.textContent = shortcut || say("no_key");
    key.append(shown);
    row.append(term, key);
    part("key-list").append(row);
  }
}
