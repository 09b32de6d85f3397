// @ts-check
/**
 * From a page to the blocks of text that stand on lines of their own, across inline tags: no term is found across two.
 *
 * White space inside a text node is copied one for one, so that a place in a block is a place in the page. A line feed
 * of the source is a space and `br` a line feed, as the server's own reading of HTML has it. Where something stands in
 * a line that is not read (program text, a field, a picture), the block has a sign that is part of no name.
 */

/** @typedef {{node: Text, at: number, data: string}} Piece  A text node, where its text begins in the block, and that text. */
/** @typedef {{text: string, pieces: Piece[]}} Block */

/** What is not seen at all. */
const UNSEEN = "script, style, noscript, template, head, rt, rp, datalist, title, glossary-tooltip";
/**
 * What is seen but not read: program text, what a reader can write into, pictures and foreign documents. `pre` is read:
 * browsers show a plain text file as one, and old pages set whole reports in it; programs in it are in `code` as well.
 * `translate="no"` is read: it forbids to change words, and marks change none.
 */
const UNREAD =
  "code, kbd, samp, textarea, input, select, button, meter, progress, svg, math, img, picture, canvas, audio, video," +
  " iframe, frame, object, embed, [contenteditable]:not([contenteditable='false' i])," +
  " [role='textbox' i], [role='searchbox' i], [role='combobox' i], [role='spinbutton' i], [role='code' i]";
const SOMETHING = "\ufffc";
const NOTHING = /^[^\p{L}\p{N}]*$/u;
const FEEDS = /[\t\n\f\r]/g;
/** After so many nodes without a block the reader gets a chance to pause. */
const BREATH = 100;
/** Longer blocks are cut between two nodes, so that one message has an end: no name is that long. */
const LONGEST_BLOCK = 20_000;

/** What a reader of blocks wants to know besides. */
/** @typedef {{root: (root: ShadowRoot) => void, hidden: (element: Element) => void, custom: (element: Element) => void}} Met */

/**
 * @param {Iterable<Node>} nodes  Neighbours, in order.
 * @param {Met} met  Told of open shadow roots, of elements that are not shown now, and of custom elements without a root.
 * @returns {Generator<Block | null>} null where nothing was found for a while.
 */
export function* blocks(nodes, met) {
  const lines = new Lines();
  /** @type {{nodes: Node[], next: number, ends: boolean, feeds: boolean}[]} */
  const open = [{ nodes: [...nodes], next: 0, ends: true, feeds: keepsFeeds(parentOf(nodes)) }];
  for (let seen = 1; open.length; seen++) {
    const level = open[open.length - 1];
    const node = level.nodes[level.next++];
    if (!node) {
      open.pop();
      yield* level.ends ? lines.end() : [];
    } else if (node.nodeType === Node.TEXT_NODE) {
      lines.add(/** @type {Text} */ (node), level.feeds);
      yield* lines.length > LONGEST_BLOCK ? lines.end() : [];
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      const element = /** @type {Element} */ (node);
      const style = enter(element, lines, met);
      if (style) {
        const ends = hasOwnLines(style);
        yield* ends ? lines.end() : [];
        open.push({ nodes: shownIn(element), next: 0, ends, feeds: feedsIn(style) });
      }
    }
    if (seen % BREATH === 0) {
      yield null;
    }
  }
}

/**
 * What has to be read again when a node has changed: the lines around it, up to where other lines begin.
 *
 * @param {Node} node
 * @returns {Node[]} Neighbours in order; empty if the node is not in the page or in something that is not read.
 */
export function linesAround(node) {
  if (!node.isConnected || !isRead(node)) {
    return [];
  }
  let inner = node;
  while (!hasLines(inner) && inner.parentNode instanceof Element && !hasLines(inner.parentNode)) {
    inner = inner.parentNode;
  }
  if (hasLines(inner)) {
    return [inner];
  }
  const around = [inner];
  for (let before = inner.previousSibling; before && !hasLines(before); before = before.previousSibling) {
    around.unshift(before);
  }
  for (let after = inner.nextSibling; after && !hasLines(after); after = after.nextSibling) {
    around.push(after);
  }
  return around;
}

/** The text of one block while it is gathered. */
class Lines {
  length = 0;
  /** @type {string[]} */ #texts = [];
  /** @type {Piece[]} */ #pieces = [];

  /** @param {Text} node @param {boolean} feeds  Whether its line feeds are shown as such. */
  add(node, feeds) {
    const data = node.data;
    this.#pieces.push({ node, at: this.length, data });
    this.put(feeds ? data : data.replace(FEEDS, " "));
  }

  /** @param {string} text  That is in no text node. */
  put(text) {
    this.#texts.push(text);
    this.length += text.length;
  }

  /** The block, if there is anything in it, and a new one. */
  *end() {
    const block = { text: this.#texts.join(""), pieces: this.#pieces };
    [this.#texts, this.#pieces, this.length] = [[], [], 0];
    if (block.pieces.length && !NOTHING.test(block.text)) {
      yield block;
    }
  }
}

/**
 * @param {Element} element
 * @param {Lines} lines
 * @param {Met} met
 * @returns {CSSStyleDeclaration | null} Its style if there may be something to read in it.
 */
function enter(element, lines, met) {
  if (element.matches(UNSEEN)) {
    return null;
  }
  if (element.localName === "br") {
    lines.put("\n");
    return null;
  }
  if (element.matches(UNREAD)) {
    lines.put(SOMETHING);
    return null;
  }
  const style = getComputedStyle(element);
  if (isHidden(style)) {
    met.hidden(element);
    return null;
  }
  if (element.shadowRoot) {
    met.root(element.shadowRoot);
  } else if (element.localName.includes("-")) {
    met.custom(element);
  }
  return style;
}

/** Whether an element or all in it is not shown. @param {CSSStyleDeclaration} style */
export function isHidden(style) {
  return style.display === "none" || style.contentVisibility === "hidden";
}

/** The children that are shown, as they are now: the page may move them while they are read. @param {Element} element */
function shownIn(element) {
  return element instanceof HTMLDetailsElement && !element.open
    ? [...element.children].filter((child) => child.localName === "summary").slice(0, 1)
    : [...element.childNodes];
}

/** @param {Iterable<Node>} nodes @returns {Element | null} */
function parentOf(nodes) {
  for (const { parentNode } of nodes) {
    return parentNode instanceof ShadowRoot ? parentNode.host : parentNode instanceof Element ? parentNode : null;
  }
  return null;
}

/** @param {Element | null} element */
function keepsFeeds(element) {
  return element !== null && feedsIn(getComputedStyle(element));
}

/** @param {CSSStyleDeclaration} style */
function feedsIn(style) {
  return /^(pre|break)/.test(style.whiteSpace);
}

/** Whether an element stands on lines of its own. @param {CSSStyleDeclaration} style */
function hasOwnLines({ display }) {
  return !/^(inline|ruby|contents|none|math)/.test(display);
}

/** @param {Node} node */
function hasLines(node) {
  return node instanceof Element && hasOwnLines(getComputedStyle(node));
}

/** Whether a node is in something that is read and shown. @param {Node} node */
function isRead(node) {
  const element = node instanceof Element ? node : node.parentElement;
  if (document.designMode === "on" || element?.closest(`${UNSEEN}, ${UNREAD}`)) {
    return false;
  }
  return !element || element.checkVisibility();
}
