// @ts-check
/** The terms that were found in a page, and where they stand now. */

/** @typedef {{node: Text, start: number, end: number}} Part  A piece of a text node, in UTF-16 units. */
/** @typedef {import("./around.js").Use} Use */
/** @typedef {{term: string, kind: string, parts: Part[], use: Use}} Mark  A term goes by its name; parts in the order of the page. */

/** All marks of a document. */
export class Marks {
  /** @type {Map<Text, Mark[]>} */ #at = new Map();
  /** @type {Set<Mark>} */ #all = new Set();

  /** All of them, in no order. @returns {ReadonlySet<Mark>} */
  get all() {
    return this.#all;
  }

  /** @param {Mark} mark */
  add(mark) {
    this.#all.add(mark);
    for (const { node } of mark.parts) {
      const here = this.#at.get(node);
      here ? here.push(mark) : this.#at.set(node, [mark]);
    }
  }

  /** Forget the marks in a text node. @param {Text} node */
  forget(node) {
    for (const mark of this.#at.get(node) ?? []) {
      this.#drop(mark);
    }
  }

  /** Forget the marks of which a part has left the page or has another text now. */
  sweep() {
    for (const mark of this.#all) {
      if (mark.parts.some(({ node, end }) => !node.isConnected || end > node.length)) {
        this.#drop(mark);
      }
    }
  }

  /**
   * @param {Node} node
   * @param {number} offset  Of a caret; both edges of a mark count.
   * @returns {Mark | undefined}
   */
  near(node, offset) {
    const here = this.#at.get(/** @type {Text} */ (node)) ?? [];
    return here.find((mark) => mark.parts.some((part) => part.node === node && part.start <= offset && offset <= part.end));
  }

  /** @param {boolean} firstOnly  Only the first of each term. @returns {Mark[]} In the order of the page. */
  inOrder(firstOnly) {
    const marks = [...this.#all].sort(byPlace);
    if (!firstOnly) {
      return marks;
    }
    const met = new Set();
    return marks.filter(({ term }) => !met.has(term) && met.add(term));
  }

  /** @param {Mark} mark */
  #drop(mark) {
    this.#all.delete(mark);
    for (const { node } of mark.parts) {
      const left = (this.#at.get(node) ?? []).filter((other) => other !== mark);
      left.length ? this.#at.set(node, left) : this.#at.delete(node);
    }
  }
}

/**
 * @param {Mark} mark
 * @returns {Range} From its beginning to its end, what stands between its parts included.
 */
export function rangeOf({ parts }) {
  const range = document.createRange();
  range.setStart(parts[0].node, parts[0].start);
  range.setEnd(parts[parts.length - 1].node, parts[parts.length - 1].end);
  return range;
}

/**
 * @param {Mark} mark
 * @returns {DOMRect[]} Where it stands in the viewport, a rectangle for each line and part; none where it is not shown.
 */
export function rectsOf({ parts }) {
  const range = document.createRange();
  return parts.flatMap(({ node, start, end }) => {
    range.setStart(node, start);
    range.setEnd(node, end);
    return [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
  });
}

/** @param {Mark} one @param {Mark} other */
function byPlace(one, other) {
  const [a, b] = [one.parts[0], other.parts[0]];
  if (a.node === b.node) {
    return a.start - b.start;
  }
  const [left, right] = besideEachOther(a.node, b.node);
  return left.compareDocumentPosition(right) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

/**
 * Two nodes, or the hosts of the shadow trees they are in, in one tree.
 *
 * @param {Node} one
 * @param {Node} other
 * @returns {[Node, Node]}
 */
function besideEachOther(one, other) {
  if (one.getRootNode() === other.getRootNode()) {
    return [one, other];
  }
  const [ones, others] = [withHosts(one), withHosts(other)];
  while (ones.length > 1 && others.length > 1 && ones.at(-2)?.getRootNode() === others.at(-2)?.getRootNode()) {
    ones.pop();
    others.pop();
  }
  return [ones[ones.length - 1], others[others.length - 1]];
}

/** A node, the host of its shadow tree, the host of that one's, … @param {Node} node */
function withHosts(node) {
  const hosts = [node];
  for (let root = node.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode()) {
    hosts.push(root.host);
  }
  return hosts;
}
