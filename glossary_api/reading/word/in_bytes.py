"""Where in the bytes of a Word text its letters stand, so that something can be put in and all else stays as it is.

A tree that is written again has other bytes: quotes, entities, the order of declarations. Expat says where each thing
begins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from glossary_api.reading.word.package import NAMESPACE

_BLOCKS = frozenset(("document", "body", "sdt", "sdtContent", "customXml"))
"""What a paragraph may stand in that is neither in a table nor in a text box."""
_WRAPS = frozenset(("ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml"))
"""What a run may stand in that another run may follow, as none may within a link."""
_UNPRINTED = frozenset(("del", "moveFrom", "rt"))
_OTHER = ""
"""The name of elements of other vocabularies."""


@dataclass(eq=False, slots=True)
class _Run:
    """A run, by its bytes."""

    tag: bytes
    properties: bytes = b""
    end: int = 0
    last: _Text | None = None
    """The text that is its last child."""


@dataclass(eq=False, slots=True)
class _Text:
    """A text of a run; `end` is where its closing tag begins, `behind` where that ends."""

    tag: bytes
    run: _Run | None
    """None if nothing may be put behind it."""
    end: int = 0
    behind: int = 0


class Letter(NamedTuple):
    """A character of a text, and where its bytes end."""

    sign: str
    end: int
    text: _Text


Line = list[Letter]


class Insertion(NamedTuple):
    """Bytes that go into the others before the one at `at`."""

    at: int
    content: bytes


def plain_lines(xml: bytes) -> list[Line]:
    """Return the lines of the paragraphs of a text in their order, without those in tables and text boxes."""
    return _Walk(xml).lines


def behind(letter: Letter, runs: bytes, xml: bytes) -> Insertion:
    """Return how runs are put behind a letter: its own is split, and both parts keep its properties.

    Raises ValueError for a letter behind which none may stand.
    """
    text, run = letter.text, letter.text.run
    if run is None:
        raise ValueError("within a link or a field")
    name, reopened = run.tag[1:].split()[0].rstrip(b">"), run.tag + run.properties
    if letter.end < text.end:
        closing, opening = xml[text.end : text.behind], text.tag
        if xml[letter.end : letter.end + 1].isspace() and b"preserve" not in opening:
            opening = opening[:-1] + b' xml:space="preserve">'
        return Insertion(letter.end, closing + b"</" + name + b">" + runs + reopened + opening)
    if run.last is text:
        return Insertion(run.end, runs)
    return Insertion(text.behind, b"</" + name + b">" + runs + reopened)


@dataclass(slots=True)
class _Paragraph:
    is_plain: bool
    lines: list[Line] = field(default_factory=lambda: [[]])


class _Walk:
    """Goes through the XML once, and notes the letters of each line."""

    def __init__(self, xml: bytes) -> None:
        self.lines: list[Line] = []
        self._xml = xml
        self._names: list[str] = []
        self._begins: list[int] = []
        self._paragraphs: list[_Paragraph] = []
        self._runs: list[_Run] = []
        self._text: _Text | None = None
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.Parse(xml, True)

    def _start(self, name: str, _: object) -> None:
        namespace, _, local = name.rpartition(" ")
        local = local if namespace == NAMESPACE else _OTHER
        begin = self._parser.CurrentByteIndex
        if local == "p":
            self._paragraphs.append(_Paragraph(_BLOCKS.issuperset(self._names)))
        elif local == "r":
            self._runs.append(_Run(self._xml[begin : self._behind(begin)]))
        elif local == "t" and self._runs and not _UNPRINTED.intersection(self._inside("p")):
            wraps = self._inside("p")[:-1]
            run = self._runs[-1] if _WRAPS.issuperset(wraps) and self._names[-1] == "r" else None
            self._text = _Text(self._xml[begin : self._behind(begin)], run)
        elif local in ("br", "cr") and self._paragraphs:
            self._paragraphs[-1].lines.append([])
        self._names.append(local)
        self._begins.append(begin)

    def _end(self, _: str) -> None:
        name, begin, at = self._names.pop(), self._begins.pop(), self._parser.CurrentByteIndex
        run = self._runs[-1] if self._runs and self._names[-1:] == ["r"] else None
        if run:
            run.last = self._text
        if name == "p":
            paragraph = self._paragraphs.pop()
            self.lines += paragraph.lines if paragraph.is_plain else []
        elif name == "r":
            self._runs.pop().end = self._behind(at)
        elif name == "t" and self._text:
            self._text.end, self._text.behind = at, self._behind(at)
            self._text = None
        elif name == "rPr" and run:
            run.properties = self._xml[begin : self._behind(at)]

    def _characters(self, signs: str) -> None:
        if self._text is None or not self._paragraphs:
            return
        end = self._parser.CurrentByteIndex
        is_reference = self._xml[end : end + 1] == b"&"
        for sign in signs:
            end = self._xml.index(b";", end) + 1 if is_reference else end + len(sign.encode())
            self._paragraphs[-1].lines[-1].append(Letter(sign, end, self._text))

    def _inside(self, name: str) -> list[str]:
        """Return what is open within the nearest element of a name."""
        return self._names[len(self._names) - self._names[::-1].index(name) :] if name in self._names else self._names

    def _behind(self, tag: int) -> int:
        """Return where a tag ends that begins there."""
        return self._xml.index(b">", tag) + 1
