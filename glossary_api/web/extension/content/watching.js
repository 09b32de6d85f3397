// @ts-check
/** Changes of a page, gathered. */

import { isHidden } from "./blocks.js";

/** Milliseconds that changes are gathered for: a page that never rests is read five times a second at most. */
const GATHER = 200;
/** When to look whether custom elements have got their shadow roots: no observer tells of that. */
const LOOKS = [1000, 4000];

/** What follows a document and its shadow trees as they change. */
export class Watcher {
  #observer = new MutationObserver((records) => this.#note(records));
  /** Fires when an element is shown that was not: it has a place in the viewport then. */
  #unveiling = new IntersectionObserver((entries) => this.#unveil(entries), { rootMargin: "50%" });
  /** @type {Set<Node>} */ #changed = new Set();
  /** @type {Set<Element>} */ #rootless = new Set();
  #timer = 0;
  #listening = new AbortController();
  #react;

  /** @param {(changed: Set<Node>) => void} react  Called with nodes whose surroundings are to be read again. */
  constructor(react) {
    this.#react = react;
    const toggled = (/** @type {Event} */ event) => event.target instanceof HTMLDetailsElement && this.note(event.target);
    document.addEventListener("toggle", toggled, { capture: true, signal: this.#listening.signal });
  }

  /** @param {Document | ShadowRoot} root */
  watch(root) {
    this.#observer.observe(root, {
      subtree: true,
      childList: true,
      characterData: true,
      attributeFilter: ["contenteditable"],
    });
  }

  /** Have an element read once it is shown. @param {Element} element */
  await(element) {
    this.#unveiling.observe(element);
  }

  /** Have a custom element read again once it has a shadow root. @param {Element} element */
  awaitRoot(element) {
    if (!this.#rootless.size) {
      LOOKS.forEach((after) => setTimeout(() => this.#tell(), after));
    }
    this.#rootless.add(element);
  }

  /** Have a node read again. @param {Node} node */
  note(node) {
    this.#changed.add(node);
    this.#timer ||= setTimeout(() => this.#tell(), GATHER);
  }

  stop() {
    this.#observer.disconnect();
    this.#unveiling.disconnect();
    this.#listening.abort();
    clearTimeout(this.#timer);
  }

  /** @param {MutationRecord[]} records */
  #note(records) {
    for (const { type, target, addedNodes, removedNodes, previousSibling, nextSibling } of records) {
      if (type !== "childList") {
        this.note(target);
        continue;
      }
      addedNodes.forEach((node) => this.note(node));
      if (removedNodes.length) {
        this.note(previousSibling ?? nextSibling ?? target); // what stood apart may be one line now
      }
    }
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #unveil(entries) {
    for (const { target, isIntersecting } of entries) {
      if (!target.isConnected || (isIntersecting && !isHidden(getComputedStyle(target)))) {
        this.#unveiling.unobserve(target);
        this.note(target);
      }
    }
  }

  #tell() {
    for (const element of this.#rootless) {
      if (element.shadowRoot || !element.isConnected) {
        this.#rootless.delete(element);
        this.#changed.add(element);
      }
    }
    clearTimeout(this.#timer);
    this.#timer = 0;
    const changed = this.#changed;
    this.#changed = new Set();
    if (changed.size && !this.#listening.signal.aborted) {
      this.#react(changed);
    }
  }
}
