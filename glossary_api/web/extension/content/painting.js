// @ts-check
/** Marks on the screen, by CSS highlights, which every browser has that the manifest admits: no node of a page is changed. */

/** @typedef {import("./marks.js").Mark} Mark */

const MARKED = "glossary-api-term";
const CURRENT = "glossary-api-current";
/** On paper there is nothing to point at. */
const STYLE = `@media screen {
  ::highlight(${MARKED}) { text-decoration: underline dotted 0.09em color-mix(in srgb, currentcolor 30%, #c0392b); }
  ::highlight(${CURRENT}) { background-color: rgb(224 168 60 / 38%); }
}`;

/** What paints marks in a document and its shadow trees. */
export class Painter {
  #marked = new Highlight();
  #current = new Highlight();
  #sheet = new CSSStyleSheet();
  /** @type {Map<Mark, StaticRange[]>} */ #ranges = new Map();
  /** @type {Set<WeakRef<Document | ShadowRoot>>} */ #roots = new Set();

  constructor() {
    this.#sheet.replaceSync(STYLE);
    CSS.highlights.set(MARKED, this.#marked);
    CSS.highlights.set(CURRENT, this.#current);
  }

  /** Paint in this tree, too: a style sheet does not reach into another one. @param {Document | ShadowRoot} root */
  enter(root) {
    if (!root.adoptedStyleSheets.includes(this.#sheet)) {
      root.adoptedStyleSheets.push(this.#sheet);
      this.#roots.add(new WeakRef(root));
    }
  }

  /** Have these marks painted and no others. @param {Iterable<Mark>} marks */
  show(marks) {
    const wanted = new Set(marks);
    for (const [mark, ranges] of this.#ranges) {
      if (!wanted.has(mark)) {
        ranges.forEach((range) => this.#marked.delete(range));
        this.#ranges.delete(mark);
      }
    }
    for (const mark of wanted) {
      if (!this.#ranges.has(mark)) {
        this.#ranges.set(mark, rangesOf(mark));
        this.#ranges.get(mark)?.forEach((range) => this.#marked.add(range));
      }
    }
  }

  /** Whether a mark is painted. @param {Mark} mark */
  shows(mark) {
    return this.#ranges.has(mark);
  }

  /** Set one mark off from the others. @param {Mark | null} mark */
  point(mark) {
    this.#current.clear();
    (mark ? rangesOf(mark) : []).forEach((range) => this.#current.add(range));
  }

  /** Take everything away. */
  close() {
    CSS.highlights.delete(MARKED);
    CSS.highlights.delete(CURRENT);
    for (const root of [...this.#roots].map((reference) => reference.deref())) {
      if (root) {
        root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
      }
    }
  }
}

/**
 * Ranges that do not follow changes of the page: thousands of live ones would make each of these slower.
 *
 * @param {Mark} mark
 */
function rangesOf({ parts }) {
  return parts.map(({ node, start, end }) => {
    return new StaticRange({ startContainer: node, startOffset: start, endContainer: node, endOffset: end });
  });
}
