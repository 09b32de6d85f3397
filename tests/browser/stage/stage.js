// @ts-check

/** A page for the tooltip to play on: what a test asks of it is in `window.stage`. */

import { WORDS } from "/static/shared/card.js";
import { attachTooltip } from "/static/shared/tooltip.js";

/** @param {string} name @param {object} fields What is other than in a plain card with one sense. */
function card(name, fields) {
  const renderings = [{ language: "en", text: "First Word", status: "proposed" }];
  const plain = { name, reading: "dì yī gè cí", kind: "numeral", href: "#entry", ambiguous: false, renderings };
  return { ...plain, elsewhere: [], ...fields };
}

/** @param {string} text @param {string | null} check @param {string[]} members @param {...string} places */
function sense(text, check, members, ...places) {
  return { text, check, members, sources: places.map((label) => ({ label, href: "#source" })) };
}

const THREE = ["事项甲", "事项乙", "事项丙"];
const MANY = [sense("一种意思", null, [], "甲市 2024"), sense("另一种意思：子、丑", "fail", ["子", "丑"], "乙市 2025")];
const STRANGER = { text: "别处的意思", reason: "未必同指一事", source: { label: "丁市 2023", href: "#source" } };
const CARDS = {
  one: card("第一个词", { senses: [sense(THREE.join("、"), "pass", THREE, "某市 2024", "另市 2025")] }),
  many: card("第二个词", { ambiguous: true, renderings: [], senses: MANY, elsewhere: [STRANGER] }),
  long: card("很长的词", { senses: [sense("很长的释义，说了又说。".repeat(80), null, [], "丙市 2025")] }),
};

const HOSTILE = `html { font-size: 100px; line-height: 9; letter-spacing: 1em; text-align: right; visibility: hidden }
body *, html > :not(head, body) { color: red !important; opacity: 0 !important; font: 60px fantasy !important;
  transform: scale(2) !important; display: none !important }`;

window.stage = {
  /** The names asked for, in order. */
  asked: [],
  /** What lets go the answers for names in `slow`. */
  release: [],

  attach(language, slow) {
    this.tooltip?.detach();
    this.tooltip = attachTooltip({
      host: document,
      mode: "open",
      words: WORDS[language],
      styles: async () => (await fetch("/static/shared/tooltip.css")).text(),
      targetAt(event) {
        const element = event.target instanceof Element ? event.target.closest("[data-key]") : null;
        return element && { key: element, element };
      },
      async cardFor(key) {
        const name = typeof key === "string" ? key : key.dataset.key;
        stage.asked.push(name);
        if (slow.includes(name)) await new Promise((release) => stage.release.push(release));
        return CARDS[name] ?? null;
      },
    });
  },

  /** Show a card at an element, at once and with the focus in it. */
  show(key, id) {
    return this.tooltip.show({ key, element: document.getElementById(id) }, { focus: true });
  },

  /** Show a card at text that is no element. */
  showAtText(key) {
    const range = document.createRange();
    range.selectNodeContents(document.getElementById("plain"));
    return this.tooltip.show({ key, rects: () => range.getClientRects() }, { focus: true });
  },

  /** Move the pointer over the page from point to point: by timers of the page, so that a slow machine is as slow for
   * the tooltip as for the pointer. */
  async sweep([fromX, fromY], [toX, toY], steps, pause) {
    for (let n = 0; n <= steps; n++) {
      const [clientX, clientY] = [fromX + ((toX - fromX) * n) / steps, fromY + ((toY - fromY) * n) / steps];
      const at = { clientX, clientY, screenX: clientX, screenY: clientY, pointerType: "mouse" };
      const move = new PointerEvent("pointermove", { ...at, bubbles: true, composed: true });
      document.elementFromPoint(clientX, clientY)?.dispatchEvent(move);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  },

  /** Put a term somewhere in the window and show it. */
  async showThere(id, [left, top]) {
    const element = document.getElementById(id);
    element.style.cssText = `position: fixed; left: min(${left}, 100vw - 4.5em); top: min(${top}, 100vh - 1.6em)`;
    await this.tooltip.show({ key: element, element });
    await this.still();
  },

  get panel() {
    return document.querySelector("glossary-tooltip").shadowRoot.querySelector(".panel");
  },

  /** When nothing in the tooltip moves any more. */
  still() {
    return Promise.all(this.panel.getAnimations().map((animation) => animation.finished));
  },

  /** The words of the link in the tooltip that has the focus. */
  focused() {
    return document.querySelector("glossary-tooltip").shadowRoot.activeElement?.textContent;
  },

  /** How everything in the tooltip looks. */
  looks() {
    return [this.panel, ...this.panel.querySelectorAll("*")].map((element) => {
      const { color, font, opacity, display, transform, letterSpacing, textAlign, visibility } = getComputedStyle(element);
      const { width, height } = element.getBoundingClientRect();
      const size = [Math.round(width), Math.round(height)];
      return [color, font, opacity, display, transform, letterSpacing, textAlign, visibility, ...size].join();
    });
  },

  /** Style the page so that nothing of it can be seen. */
  harass() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(HOSTILE);
    document.adoptedStyleSheets = [sheet];
  },
};
