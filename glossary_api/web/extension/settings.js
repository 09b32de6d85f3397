// @ts-check
/**
 * What a reader has chosen.
 *
 * It is kept in the browser's local storage and never synced: which sites somebody reads is nobody else's business.
 */

/**
 * @typedef {object} Settings
 * @property {string} server  Root of the glossary's server, with a slash at its end; empty before one is known.
 * @property {"private" | "server"} mode  Who looks for terms: this browser, or the server, which then gets the text.
 * @property {"all" | "some"} where  Whether pages are marked on all sites but those in `off`, or only on those in `on`.
 * @property {string[]} off  Patterns of sites, as `fits` takes them.
 * @property {string[]} on  Patterns of sites.
 * @property {boolean} firstOnly  Whether a term is marked only where it stands first on a page.
 * @property {string[]} kinds  The kinds of terms that are marked.
 * @property {boolean} rest  Whether terms are marked, too, of which nothing says what they mean.
 * @property {boolean} short  Whether names are marked, too, that need a voucher and have none in the text.
 */

export const KINDS = ["numeral", "plan", "quoted"];

/** @type {Settings} */
const DEFAULTS = {
  server: "",
  mode: "private",
  where: "all",
  off: [],
  on: [],
  firstOnly: false,
  kinds: KINDS,
  rest: false,
  short: false,
};

/** @returns {Promise<Settings>} What has been chosen, and the defaults for the rest. */
export async function loadSettings() {
  /** @type {{settings?: Partial<Settings>, packed?: {server: string}}} */
  const { settings, packed } = await chrome.storage.local.get(["settings", "packed"]);
  return { ...DEFAULTS, ...packed, ...settings };
}

/** Changes are saved one after the other: two at once would each be laid over what was there before both. */
let saving = Promise.resolve();

/**
 * @param {Partial<Settings>} changes
 * @returns {Promise<void>}
 */
export function saveSettings(changes) {
  saving = saving.then(async () => {
    /** @type {{settings?: Partial<Settings>}} */
    const { settings } = await chrome.storage.local.get("settings");
    await chrome.storage.local.set({ settings: { ...settings, ...changes } });
  });
  return saving;
}

/**
 * Switch marking on or off for one site, whichever it is not.
 *
 * @param {string} site  Pattern of the site.
 * @returns {Promise<void>}
 */
export async function toggleSite(site) {
  const settings = await loadSettings();
  const list = settings.where === "all" ? "off" : "on";
  const others = settings[list].filter((pattern) => pattern !== site);
  await saveSettings({ [list]: others.length < settings[list].length ? others : [...others, site] });
}

/**
 * Note the server that was written into the extension when it was packed: the default until another one is chosen.
 *
 * @returns {Promise<void>}
 */
export async function notePackedServer() {
  const packed = await (await fetch(chrome.runtime.getURL("server.json"))).json();
  await chrome.storage.local.set({ packed: { server: serverAddress(packed.server) ?? "" } });
}

/**
 * @param {Settings} settings
 * @param {string} address  Of a page.
 * @returns {boolean} Whether the page is to be marked. The glossary's own pages never are: they do that themselves.
 */
export function isOn(settings, address) {
  if (settings.server && address.startsWith(settings.server)) {
    return false;
  }
  return settings.where === "all" ? !decider(settings, address) : Boolean(decider(settings, address));
}

/**
 * @param {Settings} settings
 * @param {string} address
 * @returns {string | undefined} The first pattern of the list in force that the page fits.
 */
export function decider(settings, address) {
  return (settings.where === "all" ? settings.off : settings.on).find((pattern) => fits(pattern, address));
}

/**
 * @param {string} pattern  `example.cn` (that site alone), `*.example.cn` (with all sites below it); behind either a
 *   port, if it matters, and the beginning of a path: `example.cn/zwgk/`.
 * @param {string} address  Of a page.
 * @returns {boolean}
 */
export function fits(pattern, address) {
  const url = URL.parse(address);
  if (!url) {
    return false;
  }
  const slash = pattern.indexOf("/");
  const site = slash < 0 ? pattern : pattern.slice(0, slash);
  const path = slash < 0 ? "/" : pattern.slice(slash);
  const host = /:\d+$/.test(site) ? url.host : url.hostname;
  const below = site.startsWith("*.") && `.${host}`.endsWith(site.slice(1));
  return (host === site || below) && url.pathname.startsWith(path);
}

/**
 * @param {string} text  As somebody typed it, an address from the address bar perhaps.
 * @returns {string | null} The pattern of a site; null if it is none.
 */
export function sitePattern(text) {
  const [, below, rest] = /^(?:https?:\/\/)?(\*\.)?(.*)$/i.exec(text.trim()) ?? [];
  const url = URL.parse(`http://${rest}`);
  if (!rest || !url?.hostname || url.username || /[*%]/.test(url.hostname)) {
    return null;
  }
  return `${below ?? ""}${url.host}${url.pathname === "/" ? "" : url.pathname}`;
}

/**
 * @param {string} text  As somebody typed it.
 * @returns {string | null} The root of a server, with a slash at its end; null if it is none.
 */
export function serverAddress(text) {
  const typed = text.trim();
  const scheme = /^(localhost|127\.|\[::1\])/.test(typed) ? "http://" : "https://";
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : scheme + typed);
  if (!typed || !url?.hostname || !["http:", "https:"].includes(url.protocol) || url.username || url.password) {
    return null;
  }
  const path = url.pathname.replace(/\/(api(\/v1)?\/?)?$/, "");
  return `${url.origin}${path}/`;
}
