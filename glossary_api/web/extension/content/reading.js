// @ts-check
/** The reading of one document: text goes to the background, terms come back and are marked, changes are followed. */

import { ask, Orphaned } from "./asking.js";
import { blocks, linesAround } from "./blocks.js";
import { Marks } from "./marks.js";
import { Pace } from "./pacing.js";
import { Painter } from "./painting.js";
import { marksIn, textOf } from "./placing.js";
import { Pointing } from "./pointing.js";
import { Tally } from "./tally.js";
import { Watcher } from "./watching.js";

/** @typedef {import("./blocks.js").Block} Block */
/** @typedef {import("../settings.js").Settings} Settings */

/** So many UTF-16 units go to the background in one message, or a block more: the first marks come while others are sought. */
const MESSAGE = 16_000;

/** One document while it is read. */
export class Reading {
  #marks = new Marks();
  #painter = new Painter();
  #watcher = new Watcher((changed) => void this.#unlessStopped(this.#follow(changed)));
  #tally = new Tally();
  #address = location.href;
  #stopped = false;
  #settings;
  #review;
  #selector;
  #pointing;

  /**
   * @param {Settings} settings
   * @param {() => void} review  Called when the page has got another address.
   * @param {string} [selector]  Of the elements that are read, if it is not the whole page.
   */
  constructor(settings, review, selector = "") {
    this.#settings = settings;
    this.#review = review;
    this.#selector = selector;
    this.#pointing = new Pointing(this.#marks, this.#painter, settings);
  }

  /** What there is to tell of this document and its frames. */
  get tally() {
    return this.#tally;
  }

  /** @returns {Promise<void>} When everything that is there has been read. */
  start() {
    this.#enter(document);
    const page = document.body ?? document.documentElement;
    return this.#unlessStopped(this.#read(document.designMode === "on" ? [] : this.#chosen(page, () => [[page]])));
  }

  /** Leave the document as if it had never been read. */
  stop() {
    this.#stopped = true;
    this.#watcher.stop();
    this.#pointing.stop();
    this.#painter.close();
    this.#tally.clear();
  }

  /** Go on to the next term, -1: to the one before. @param {1 | -1} by @returns {Promise<void>} */
  step(by) {
    return this.#pointing.step(by);
  }

  /** Show a term where it stands first. @param {string} term @returns {Promise<void>} */
  showFirst(term) {
    return this.#pointing.showFirst(term);
  }

  /**
   * What is to be read of a node: all that `whole` gives where it is in a chosen element, else those that are in it.
   *
   * @param {Node} node
   * @param {() => Node[][]} whole
   * @returns {Node[][]}
   */
  #chosen(node, whole) {
    const element = node instanceof Element ? node : node.parentElement;
    if (!this.#selector || element?.closest(this.#selector)) {
      return whole();
    }
    const within = node instanceof Element ? [...node.querySelectorAll(this.#selector)] : [];
    return within.filter((one) => !one.parentElement?.closest(this.#selector)).map((one) => [one]);
  }

  /** @param {Document | ShadowRoot} root */
  #enter(root) {
    this.#painter.enter(root);
    this.#watcher.watch(root);
  }

  /** @param {Promise<void>} work */
  async #unlessStopped(work) {
    try {
      await work;
    } catch (error) {
      this.stop();
      if (!(error instanceof Orphaned)) {
        throw error;
      }
    }
  }

  /**
   * @param {Node[][]} groups  Of neighbours; shadow trees that are met are added.
   * @returns {Promise<void>}
   */
  async #read(groups) {
    const pace = new Pace();
    const met = {
      /** @param {ShadowRoot} root */
      root: (root) => {
        this.#enter(root);
        groups.push([...root.childNodes]);
      },
      /** @param {Element} element */
      hidden: (element) => this.#watcher.await(element),
      /** @param {Element} element */
      custom: (element) => this.#watcher.awaitRoot(element),
    };
    const found = [];
    /** @type {Block[]} */
    let gathered = [];
    let length = 0;
    for (const group of groups) {
      for (const block of blocks(group, met)) {
        if (block) {
          gathered.push(block);
          length += block.text.length;
        }
        if (length > MESSAGE) {
          found.push(this.#find(gathered));
          [gathered, length] = [[], 0];
        }
        if (pace.isOver) {
          await pace.pause();
        }
        if (this.#stopped) {
          return;
        }
      }
    }
    if (gathered.length) {
      found.push(this.#find(gathered));
    }
    await Promise.all(found);
  }

  /** @param {Block[]} gathered @returns {Promise<void>} */
  async #find(gathered) {
    const { spots, problem } = await ask({ ask: "find", text: textOf(gathered) });
    if (spots?.length) {
      await this.#pointing.start(); // a mark that can be seen can be pointed at
    }
    if (this.#stopped) {
      return;
    }
    for (const { pieces } of gathered) {
      pieces.forEach(({ node }) => this.#marks.forget(node));
    }
    for (const mark of marksIn(gathered, spots ?? [])) {
      this.#marks.add(mark);
    }
    this.#show(problem ?? null);
  }

  /** @param {{code: string, detail: string} | null} [problem] */
  #show(problem) {
    this.#painter.enter(document); // scripts of the page may have set its style sheets anew
    const marks = this.#settings.firstOnly ? this.#marks.inOrder(true) : this.#marks.all;
    this.#painter.show(marks);
    this.#tally.note(this.#marks.all, problem);
  }

  /** @param {Set<Node>} changed @returns {Promise<void>} */
  async #follow(changed) {
    if (location.href !== this.#address) {
      this.#address = location.href;
      this.#review();
    }
    const pace = new Pace();
    const taken = new Set();
    const groups = [];
    for (const node of changed) {
      if (!isWithin(node, taken)) {
        for (const around of this.#chosen(node, () => [linesAround(node)])) {
          const lines = around.length ? around : [node];
          lines.forEach((line) => taken.add(line));
          lines.forEach((line) => textsIn(line).forEach((text) => this.#marks.forget(text)));
          groups.push(around);
        }
      }
      if (pace.isOver) {
        await pace.pause();
      }
    }
    this.#marks.sweep();
    await this.#read(groups.filter(([first]) => first && !isWithin(first.parentNode, taken)));
    this.#show();
  }
}

/** @param {Node | null} node @param {Set<Node>} nodes */
function isWithin(node, nodes) {
  while (node && !nodes.has(node)) {
    node = node.parentNode;
  }
  return node !== null;
}

/** @param {Node} node @returns {Text[]} */
function textsIn(node) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const texts = node instanceof Text ? [node] : [];
  while (walker.nextNode()) {
    texts.push(/** @type {Text} */ (walker.currentNode));
  }
  return texts;
}
