"""The visible text of an HTML document: what a reader sees, near enough, so that offsets can be counted in it.

1. Text stands in the order of the document. Left out is what is in `head`, `script`, `style`, `template`, `noscript`,
   `select`, `textarea`, `iframe`, `object`, `svg`, `math`, `canvas`, `audio` and `video`, in the reading aids `rt` and
   `rp`, and in any element with the attribute `hidden` or with `display: none` or `visibility: hidden` in its `style`.
2. A run of white space (space, tab, line feed, form feed, carriage return) is one space, none at the edge of a line;
   inside `pre` it stays. A no-break space is no white space.
3. `br` is a line feed. Where an element begins or ends that stands on lines of its own (`p`, `div`, `li`, `td`, a
   heading and the like) there is a blank line, never two, none at the edge of the text. No term is found across it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from glossary_api.errors import GlossaryError

DEEPEST = 5000
"""How deep elements may be nested: parsers take time with the square of it."""

_LEFT_OUT = frozenset(
    (
        *("head", "script", "style", "template", "noscript", "select", "textarea", "iframe", "object", "svg", "math"),
        *("canvas", "audio", "video", "rt", "rp"),
    )
)
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section"),
        *("summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_NEVER_DEEP = frozenset(
    (
        *(
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "param",
            "source",
            "track",
            "wbr",
        ),
        *("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup"),
        *("rt", "rp", "html", "head", "body"),
    )
)
"""Elements without content, and those that end by themselves where the next of their kind begins."""
_WHITE = re.compile(r"[ \t\n\f\r]+")
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANK_LINE = "\n\n"
_Node = Any
"""A node of selectolax; its stubs make every answer optional, known ones included."""


class TooDeep(GlossaryError):
    """The elements of a document are nested too deep."""


def visible_text(html: str) -> str:
    """Return the visible text of a document or a piece of one, as the rules above say. Raises TooDeep."""
    from selectolax.lexbor import LexborHTMLParser  # compiled; only those who send HTML need it

    if _depth(html) > DEEPEST:
        raise TooDeep("elements-are-nested-more-than-deep", depth=DEEPEST)
    page = _Page()
    node: _Node = LexborHTMLParser(html).root
    depth = 0
    while node is not None:
        if (child := page.enter(node)) is not None:
            node, depth = child, depth + 1
            continue
        page.leave(node)
        while depth and node.next is None:
            node, depth = node.parent, depth - 1
            page.leave(node)
        node = node.next if depth else None
    return page.text()


class _Page:
    """The text so far."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._owed = ""
        """White space that comes before the next text, if there is one."""
        self._preformatted = 0

    def text(self) -> str:
        return "".join(self._parts)

    def enter(self, node: _Node) -> _Node | None:
        """Take in a node up to its children; the first of these if they are to be taken in as well."""
        tag = node.tag
        if tag == "-text":
            self._write(node.text_content or "")
            return None
        if tag in _LEFT_OUT or tag.startswith(("-", "!")) or _is_hidden(node):
            return None
        if tag == "br":
            self._owe("\n" if self._owed != "\n" else _BLANK_LINE)
        elif tag in _BLOCKS:
            self._owe(_BLANK_LINE)
            self._preformatted += tag == "pre"
        return node.child

    def leave(self, node: _Node) -> None:
        """Take in the end of a node."""
        tag = node.tag
        if tag in _BLOCKS and not _is_hidden(node):
            self._owe(_BLANK_LINE)
            self._preformatted -= tag == "pre"

    def _owe(self, space: str) -> None:
        """Have at least this much white space before the next text."""
        self._owed = max(self._owed, space, key=lambda space: ("", " ", "\n", _BLANK_LINE).index(space))

    def _write(self, text: str) -> None:
        if self._preformatted:
            self._put(text)
            return
        words = _WHITE.sub(" ", text)
        if words[:1] == " ":
            self._owe(" ")
        if stripped := words.strip(" "):
            self._put(stripped)
            if words[-1] == " ":
                self._owe(" ")

    def _put(self, text: str) -> None:
        if self._parts:
            self._parts.append(self._owed)
        self._parts.append(text)
        self._owed = ""


def _depth(html: str) -> int:
    """Return how deep the elements are nested at most, going by the tags alone; unclosed ones count to the end."""
    depth = deepest = 0
    unclosed: Counter[str] = Counter()
    for end, written in _TAG.findall(html):
        tag = written.lower()
        if tag in _NEVER_DEEP or (end and not unclosed[tag]):
            continue
        step = -1 if end else 1
        unclosed[tag] += step
        depth += step
        deepest = max(depth, deepest)
    return deepest


def _is_hidden(node: _Node) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_INVISIBLE.search(attributes.get("style") or ""))
