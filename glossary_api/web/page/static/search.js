// @ts-check

/** The search box while somebody types: suggestions in a list below it, as the ARIA Authoring Practices describe an
 * editable combobox with a list of suggestions. Without it the form searches all the same. */

import { ROOT, say, termAddress, textOf } from "./page.js";
import { made } from "./shared/elements.js";

/** @typedef {{name: string, pinyin: string, definition: string | null, by: string}} Suggestion */

const PAUSE = 100; // milliseconds without a key before the server is asked
const MOST = 8;

/** One search box with its list. */
class Suggesting {
  /** @type {Map<string, Suggestion[]>} */ #known = new Map();
  /** @type {Suggestion[]} */ #items = [];
  /** Which of them is chosen; -1 for none. */ #active = -1;
  #asking = new AbortController();
  #timer = 0;

  /** @param {HTMLInputElement} input */
  constructor(input) {
    this.input = input;
    const list = { class: "suggestions", role: "listbox", "aria-label": say("suggestions") };
    this.list = made(document, "ul", { ...list, id: `${input.id}-suggestions` });
    this.status = made(document, "p", { class: "unseen", role: "status" });
    this.list.hidden = true;
    input.type = "text"; // a combobox is none that may have the type "search"
    const box = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false" };
    for (const [name, value] of Object.entries(box)) input.setAttribute(name, value);
    input.setAttribute("aria-controls", this.list.id);
    input.after(this.list, this.status);
    this.#listen();
    dress();
  }

  #listen() {
    const { input, list } = this;
    input.addEventListener("input", (event) => !(/** @type {InputEvent} */ (event).isComposing) && this.#typed());
    input.addEventListener("compositionend", () => this.#typed());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.#close());
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the box
    list.addEventListener("click", (event) => this.#open(this.#optionOf(event), event));
  }

  #typed() {
    clearTimeout(this.#timer);
    this.#asking.abort();
    const asked = this.input.value.trim();
    if (!asked) return this.#close();
    const known = this.#known.get(asked);
    if (known) this.#show(known);
    else this.#timer = setTimeout(() => this.#ask(asked), PAUSE);
  }

  /** @param {string} asked */
  async #ask(asked) {
    const asking = (this.#asking = new AbortController());
    try {
      const query = new URLSearchParams({ q: asked, limit: String(MOST) });
      const response = await fetch(`${ROOT}api/v1/suggest?${query}`, { signal: asking.signal });
      if (!response.ok) return;
      const { items } = await response.json();
      this.#known.set(asked, items);
      if (!asking.signal.aborted) this.#show(items);
    } catch {
      if (!asking.signal.aborted) this.#close(); // nothing to suggest is no matter: the form still searches
    }
  }

  /** @param {Suggestion[]} items */
  #show(items) {
    if (document.activeElement !== this.input) return;
    this.#items = items;
    this.#active = -1;
    this.list.replaceChildren(...items.map((item, n) => this.#option(item, n)));
    this.status.textContent = items.length ? say("suggestions_found", { n: items.length }) : say("suggestions_none");
    this.#expand(items.length > 0);
  }

  /** @param {Suggestion} item @param {number} n */
  #option({ name, pinyin, definition, by }, n) {
    const shown = by === "name" ? marked(name, this.input.value.trim()) : [name];
    const parts = [made(document, "span", { class: "entry" }, ...shown)];
    if (pinyin !== name) parts.push(made(document, "span", { class: "quiet small", lang: "zh-Latn-pinyin" }, pinyin));
    if (definition) parts.push(made(document, "span", { class: "gloss quiet small" }, definition));
    const option = { role: "option", "aria-selected": "false", lang: "zh-Hans", id: `${this.list.id}-${n}` };
    return made(document, "li", option, ...parts.flatMap((part) => [part, " "]));
  }

  /** @param {boolean} open */
  #expand(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    this.#choose(-1);
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.status.textContent = "";
    this.#expand(false);
  }

  /** @param {number} active */
  #choose(active) {
    this.#active = active;
    [...this.list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === active)));
    const option = this.list.children[active];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) this.#step(event.key === "ArrowDown" ? 1 : -1);
      else this.#typed();
    } else if (event.key === "Enter" && open && this.#active >= 0) {
      event.preventDefault();
      this.#open(this.#active, event);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (open) this.#close();
      else this.input.value = "";
    }
  }

  /** To the next suggestion or the one before; behind the last and before the first is the box itself.
   * @param {1 | -1} by */
  #step(by) {
    const stops = this.#items.length + 1;
    this.#choose(((this.#active + 1 + by + stops) % stops) - 1);
  }

  /** @param {Event} event */
  #optionOf(event) {
    const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    return option ? [...this.list.children].indexOf(option) : -1;
  }

  /** @param {number} n @param {MouseEvent | KeyboardEvent} event */
  #open(n, event) {
    const item = this.#items[n];
    if (!item) return;
    if (event.ctrlKey || event.metaKey) window.open(termAddress(item.name), "_blank", "noopener");
    else location.assign(termAddress(item.name));
  }
}

/** A name, with the part that was typed marked. @param {string} name @param {string} typed */
function marked(name, typed) {
  const at = name.indexOf(typed);
  return at < 0 ? [name] : [name.slice(0, at), made(document, "mark", {}, typed), name.slice(at + typed.length)];
}

/** The list's own look, fetched when it is first needed. */
async function dress() {
  const sheet = new CSSStyleSheet();
  await sheet.replace(await textOf("search.css"));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

for (const form of document.querySelectorAll("form.search")) {
  const input = form.querySelector("input[name=q]");
  if (input instanceof HTMLInputElement) input.addEventListener("focus", () => new Suggesting(input), { once: true });
  if (input instanceof HTMLInputElement && input === document.activeElement) new Suggesting(input);
}
