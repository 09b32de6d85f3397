"""A web page printed line by line as a browser prints it, with the range of lines that each block covers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from glossary_api.reading.counters import FORMS
from glossary_api.reading.joining import (
    MAX_CELL_LINES,
    JoinedLine,
    joined_row,
    mark,
    merged_cell,
    numbered,
    rows_within,
)
from glossary_api.reading.tally import Tally
from glossary_api.reading.web.article import Block, PrintedLine, WebPage
from glossary_api.reading.web.attributes import MARK, explained, shown_on_touch
from glossary_api.reading.web.unfolded import Unfolding, without_label

Node = Any
"""A node of selectolax; its stubs make every answer optional, known tags included."""

_UNPRINTED = frozenset((
    *("head", "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "audio"),
    *("video", "button", "select", "option", "input", "textarea", "map", "dialog", "menu", "rt", "rp"),
))  # fmt: skip
_NO_TEXT = frozenset(("head", "script", "style", "template", "svg", "canvas", "noscript"))
"""Elements whose contents are for programs, or for readers without them."""
_LEFT_OUT = {"rt": "ruby", "rp": "ruby", "dialog": "hidden", "object": "picture", "embed": "picture"}
"""Why the contents of an element are not printed; else it frames the article."""
_BLOCKS = frozenset((
    *("html", "body", "address", "article", "aside", "blockquote", "center", "details", "div", "fieldset"),
    *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "legend"),
    *("main", "nav", "p", "pre", "section", "summary", "ol", "ul", "li", "dl", "dt", "dd"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
))  # fmt: skip
_BREAKS = frozenset(("br", "hr"))
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_AS_BLOCK = re.compile(r"display\s*:\s*block", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_UNNUMBERED = re.compile(r"list-style[^;]*:\s*none", re.IGNORECASE)
_BACK = re.compile(
    r"[\s↩↵↑⇧⬆^\uFE0E\uFE0F]*[↩↵↑⇧⬆^][\s↩↵↑⇧⬆^\uFE0E\uFE0F]*|[\[［(（]?返回(?:正文|原文|上文|文中|顶部)?[\]］)）]?"
)
"""The link by which a reader of a note goes back to its mark."""
_NOTE_NUMBER = re.compile(r"\s*[0-9０-９]{1,3}\s*")
_MARKED = re.compile(r"\s*(?:[0-9０-９]{1,3}\s*[.．、)）]|[①-⑳]|[［\[〔（(]\s*[0-9０-９]{1,3})")
_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_WIDE = r"[\u2018-\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]"
_SOURCE_BREAK = re.compile(rf"(?<={_WIDE})[ \t\f]*[\r\n][ \t\r\n\f]*(?={_WIDE})")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_LEAST_TOLD = 20
"""An attribute that explains something, or the data of a program that does, has more characters."""
_NO_WIDTH = dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF))
"""Where a line may be broken, or may not: nothing is printed there."""
_WHITE_SPACE = re.compile(r"[ \t\r\n\f]+")


def printed(root: Node, tally: Tally) -> WebPage:
    """Print the tree below `root`, and count what is not printed.

    Raises RecursionError when it is nested too deeply.
    """
    printer = _Printer(tally)
    printer.print(root)
    page = printer.page
    for meta in root.css("meta"):
        if (meta.attributes.get("name") or "").lower() == "articletitle":
            page.declared_title = collapsed(meta.attributes.get("content") or "")
    return page


def collapsed(text: str) -> str:
    """Return white space as a browser prints it: one space for any, none at the ends, none where the source of a page
    merely breaks a line between Han characters. No-break and ideographic spaces are characters and stay."""
    return _WHITE_SPACE.sub(" ", _SOURCE_BREAK.sub("", text.translate(_NO_WIDTH))).strip(" ")


@dataclass(slots=True)
class _Counter:
    """The numbers of an ordered list."""

    number: int
    step: int
    form: str


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a table as a range of printed lines."""

    first: int
    last: int
    above: int = 0
    """How many characters the cell above has that goes on in it."""


@dataclass(slots=True)
class _Merged:
    """A cell that goes on in rows below it."""

    rows: int
    """For how many rows yet."""
    length: int


@dataclass(frozen=True, slots=True)
class _Context:
    """The facts that the elements around a text state about it."""

    raised: bool = False
    linked: bool = False
    """Whether it is a link to elsewhere."""
    heading: int = 0
    preformatted: bool = False
    inside_article: bool = False
    counter: _Counter | None = None
    """The ordered list whose items these are."""


class _Printer:
    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self.page = WebPage()
        self._line = JoinedLine()
        self._linked = 0
        self._links = 0
        self._heading = 0
        self._referred: set[str] = set()  # the ids of what marks refer to
        self._hidden = 0
        self._notes: list[str] = []  # explanations in attributes of what stands on the line
        self._rows: list[list[_Cell]] = []  # the cells of each open row
        self._merged: list[dict[int, _Merged]] = []  # of each open table, the cells above that go on, by column

    def print(self, node: Node) -> None:
        """Print a document."""
        links = ((link.attributes.get("href") or "", link.text()) for link in node.css("a[href*='#']"))
        self._referred = {
            to.partition("#")[2] for to, text in links if _NOTE_NUMBER.fullmatch(text) or MARK.fullmatch(text.strip())
        }
        for comment in _comments(node):
            self._tally.glance_at("comment", comment)
        self._unfolding = Unfolding(node)
        self._element(node, {}, _Context())
        self._end_line()

    def _contents(self, node: Node, context: _Context) -> None:
        child = node.first_child
        while child is not None:
            if child.is_text_node:
                self._text(child.text_content or "", context)
            elif child.is_element_node and child.tag in _UNPRINTED and not self._is_opened(child):
                self._leave(child, _LEFT_OUT.get(child.tag, "furniture"))
                self._glance_at(child.attributes)
            elif child.is_element_node:
                attributes = child.attributes
                style = attributes.get("style") or ""
                if child.tag == "img":
                    self._tally.leave("picture")
                    self._glance_at(attributes)
                elif child.tag in _BREAKS:
                    self._end_line()
                elif child.tag == "a" and "#" in (attributes.get("href") or "") and _BACK.fullmatch(child.text()):
                    self._leave(child, "furniture")
                elif note := shown_on_touch(child, attributes, self._line.tail()):
                    self._notes.append(note)
                elif "hidden" not in attributes and not _HIDDEN.search(style):
                    self._element(child, attributes, context)
                else:
                    self._unfold(child, attributes, context)
            child = child.next

    def _is_opened(self, node: Node) -> bool:
        """Return whether a button, a field or a dialogue, which frame an article elsewhere, belongs to it."""
        if node.tag == "button":
            return self._unfolding.is_name(node)
        if node.tag == "textarea":
            return self._unfolding.is_speech(node)
        return node.tag == "dialog" and self._unfolding.is_read(node, self._line.tail())

    def _unfold(self, node: Node, attributes: dict[str, str | None], context: _Context) -> None:
        """Print a hidden element that notes or the speech stand in; behind the name on its line, as its note."""
        if not self._unfolding.is_read(node, self._line.tail()):
            self._leave(node, "hidden")
            return
        if heading := self._unfolding.heading_of(node):
            self._end_line()
            self.page.lines.append(PrintedLine(heading))
        name, said = self._line.tail().strip(), collapsed(node.text())
        if name and node.tag not in _BLOCKS and not self._unfolding.is_speech(node):
            self._notes.append(f"{name}：{said}")
            return
        self._hidden += 1
        self._element(node, attributes, context)
        self._end_line()
        self._hidden -= 1

    def _leave(self, node: Node, reason: str) -> None:
        """Count an element that is not printed; programs and styles are no text, but may hold some."""
        text = node.text(separator="\n")
        if node.tag not in _NO_TEXT:
            self._tally.leave(reason, text)
        elif node.tag != "style":
            self._tally.glance_at("hidden", _ESCAPE.sub(lambda sign: chr(int(sign[1], 16)), text))

    def _glance_at(self, attributes: Mapping[str, str | None]) -> None:
        """Show the parser what attributes say: the data of a program, the words of a button, what a field holds."""
        for value in attributes.values():
            if value and len(value) > _LEAST_TOLD:
                self._tally.glance_at("hidden", value)

    def _element(self, node: Node, attributes: dict[str, str | None], context: _Context) -> None:
        inner = _inner(node, attributes, context)
        if attributes and (
            note := explained(node.tag, node.text(), attributes, self._line.tail(), links=inner.linked)
            or self._unfolding.opened_by(node, attributes, self._line.tail())
        ):
            self._notes.append(note)
        else:
            self._glance_at(attributes)
        self._links += inner.linked and not context.linked
        if node.tag in (*_BLOCKS, "button") or _AS_BLOCK.search(attributes.get("style") or ""):
            self._block(node, attributes, context, inner)
        else:
            start, links = len(self.page.lines), self._links
            self._contents(node, inner)
            if node.tag == "a":
                self._line.end_mark()
            if not self._line and len(self.page.lines) > start:  # an element of the site's own, around its blocks
                self._cover(node, attributes, context, start, links)

    def _block(self, node: Node, attributes: dict[str, str | None], context: _Context, inner: _Context) -> None:
        self._end_line()
        start, links, blocks = len(self.page.lines), self._links, len(self.page.blocks)
        if node.tag == "tr":
            self._rows.append([])
        elif node.tag == "table":
            self._merged.append({})
        self._contents(node, inner)
        self._end_line()
        if node.tag in ("td", "th") and self._rows:
            self._leave_merged(start)
            if (rows := _integer(attributes.get("rowspan"), 1)) > 1 and self._merged:
                length = sum(len(line.text) for line in self.page.lines[start:])
                self._merged[-1][len(self._rows[-1])] = _Merged(rows - 1, length)
            self._rows[-1].append(_Cell(start, len(self.page.lines)))
        elif node.tag == "tr":
            self._leave_merged(len(self.page.lines))
            self._join_row(self._rows.pop(), start, blocks)
        elif node.tag == "table":
            self._merged.pop()
        elif node.tag == "dd" and _explains_a_term(node) and len(self.page.lines) - start <= MAX_CELL_LINES:
            self._make([" ".join(line.text.strip() for line in self.page.lines[start:])], start, blocks)
        elif node.tag == "details":
            self._join_details(start, blocks)
        elif node.tag == "li" and context.counter is not None:
            self._number(context.counter, attributes, start)
        self._cover(node, attributes, context, start, links)

    def _cover(self, node: Node, attributes: dict[str, str | None], context: _Context, start: int, links: int) -> None:
        """Note that an element covers the lines since `start`, and the links since there were `links`."""
        names = " ".join(attributes.get(name) or "" for name in ("id", "class", "role"))
        lines, within = self.page.lines, self._links - links
        self.page.blocks.append(Block(node.tag, names, start, len(lines), within, context.inside_article))

    def _leave_merged(self, start: int) -> None:
        """Leave the cells of the open row empty into which cells of rows above are merged."""
        cells, merged = self._rows[-1], self._merged[-1] if self._merged else {}
        while (above := merged.get(len(cells))) and above.rows:
            above.rows -= 1
            cells.append(_Cell(start, start, above.length))

    def _join_row(self, cells: list[_Cell], start: int, blocks: int) -> None:
        """Print a row on one line if it is one, its cells' blocks then covering that; tables side by side are none."""
        tables = {(block.start, block.end) for block in self.page.blocks[blocks:] if block.tag == "table"}
        if all((cell.first, cell.last) in tables for cell in cells if cell.first < cell.last):
            return
        lines = [[line.text for line in self.page.lines[cell.first : cell.last]] for cell in cells]
        own = list(chain(*lines))
        row = joined_row([merged_cell(c.above, own) if c.above else said for c, said in zip(cells, lines, strict=True)])
        within = rows_within(lines)
        if len(within) > 1:
            self._make([joined for one in within for joined in joined_row(one)], start, blocks)
        elif len(row) == 1:
            self._make(row, start, blocks)

    def _join_details(self, start: int, blocks: int) -> None:
        """Print what is said of a word of the report, which a reader unfolds below it, on one line."""
        lines = self.page.lines[start:]
        name = without_label(lines[0].text) if lines else ""
        if not self._unfolding.is_quoted(name) or len(lines) - 1 not in range(1, MAX_CELL_LINES + 1):
            return
        lines[0].text = name
        behind = next((at for at in range(blocks, len(self.page.blocks)) if self.page.blocks[at].start > start), 0)
        self._make([" ".join(line.text.strip() for line in lines[1:])], start + 1, behind or len(self.page.blocks))

    def _make(self, texts: Sequence[str], start: int, blocks: int) -> None:
        """Print the lines since `start` as lines of these texts; the blocks in them cover those."""
        lines = self.page.lines
        if len(lines) == start or lines[start:][-1].text == texts[-1]:
            return
        linked, heading = sum(line.linked for line in lines[start:]), max(line.heading for line in lines[start:])
        notes = [note for line in lines[start:] for note in line.notes]
        first, *others = texts
        lines[start:] = [PrintedLine(first, linked, heading, notes=notes), *map(PrintedLine, others)]
        for block in self.page.blocks[blocks:]:
            block.start, block.end = start, len(lines)

    def _number(self, counter: _Counter, attributes: dict[str, str | None], start: int) -> None:
        """Print the number of a list item, unless its text begins with one; that of a note as its mark."""
        counter.number = _integer(attributes.get("value"), counter.number)
        if start < len(self.page.lines) and not _MARKED.match(self.page.lines[start].text):
            line, number = self.page.lines[start], FORMS.get(counter.form, str)(counter.number)
            is_note = attributes.get("id") in self._referred
            line.text = numbered(mark(counter.number) if is_note else f"{number}.", line.text)
        counter.number += counter.step

    def _text(self, text: str, context: _Context) -> None:
        if context.preformatted and "\n" in text:
            for line in text.split("\n")[:-1]:
                self._text(line, context)
                self._end_line()
            text = text.rsplit("\n", 1)[1]
        self._line.add(text.strip() if context.raised else text, raised=context.raised and bool(text.strip()))
        if text.strip():
            self._linked += len(text) if context.linked else 0
            self._heading = self._heading or context.heading

    def _end_line(self) -> None:
        text = collapsed(self._line.text())
        if text.strip():
            linked = min(self._linked, len(text))
            self._unfolding.meet(text, hidden=self._hidden > 0)
            self.page.lines.append(PrintedLine(text, linked, self._heading, notes=self._notes))
            self._notes = []
        self._line, self._linked, self._heading = JoinedLine(), 0, 0


def _comments(root: Node) -> Iterator[str]:
    """Yield what is commented out of a page."""
    return (node.comment_content or "" for node in root.traverse(include_text=True) if node.is_comment_node)


def _inner(node: Node, attributes: dict[str, str | None], context: _Context) -> _Context:
    """Return the context of the texts in an element."""
    tag = node.tag
    if tag == "sup" or _RAISED.search(attributes.get("style") or ""):
        context = replace(context, raised=True)
    if tag == "a" and "href" in attributes:
        to_note = "#" in (attributes["href"] or "") and _NOTE_NUMBER.fullmatch(node.text())
        to_elsewhere = not (attributes["href"] or "#").lower().startswith(("#", "javascript:"))
        context = replace(context, raised=context.raised or bool(to_note), linked=to_elsewhere and not to_note)
    elif tag in _HEADINGS:
        context = replace(context, heading=_HEADINGS[tag])
    elif tag in ("article", "main"):
        context = replace(context, inside_article=True)
    elif tag in ("pre", "textarea"):
        context = replace(context, preformatted=True)
    elif tag in ("ol", "ul"):
        context = replace(context, counter=_counter(node, attributes) if tag == "ol" else None)
    return context


def _explains_a_term(node: Node) -> bool:
    """Return whether an element follows the term of a list of terms."""
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    return before is not None and before.tag == "dt"


def _counter(node: Node, attributes: dict[str, str | None]) -> _Counter | None:
    if _UNNUMBERED.search(attributes.get("style") or "") or attributes.get("type") == "none":
        return None
    step = -1 if "reversed" in attributes else 1
    items = sum(child.tag == "li" for child in node.iter()) if step < 0 else 1
    form = _LIST_FORMS.get(attributes.get("type") or "", "decimal")
    return _Counter(_integer(attributes.get("start"), items), step, form)


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,9}", text) else default
