"""A report's text laid out for reading: lines, their regions, and the pieces that are links.

Nothing here makes HTML and nothing cleans the text: joined together, the pieces are the text as read, less
the white space around its lines. All offsets are code points into that text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from glossary_api.model.things import Heading

# A line from its first to its last visible character.
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
# What ends a sentence or a salutation; a title block has neither before the salutation.
_CLOSED = ("：", ":", "。", "！", "；")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Link:
    """A span of the text that leads to a term."""

    start: int
    end: int
    href: str
    """Where it leads; empty for a term that is not to be marked, of which only the anchor remains."""
    title: str
    """What the term stands for, or nothing if no report says."""
    term: str = ""
    """The name of the term."""
    sense: str | None = None
    """Which of its senses is meant, by id; None where that is not known."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that are either plain or part of one link."""

    text: str
    link: Link | None
    anchor: str | None
    """`u` and the offset where the link begins; only on the first piece of a link."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a line that is alike all through: plain words, a heading that runs on, or a definition."""

    kind: str
    """`plain`, `heading` or `definition`."""
    anchor: str | None
    """`d` and the offset of a definition that begins here, `h` and that of a heading."""
    pieces: tuple[Piece, ...]
    flagged: bool = False
    """Whether the part is one to look at, whatever its kind."""
    flag: str | None = None
    """`f` and the offset of what is to be looked at, if it begins here."""


@dataclass(frozen=True, slots=True)
class TypesetLine:
    """A line of the text that has something to read in it."""

    kind: str
    """`front` (title block), `heading` or `paragraph`."""
    depth: int
    """Level of a heading among those that have a line of their own, from 1 and without gaps; 0 for the others."""
    anchor: str | None
    """`h` and the offset of the heading that this line is."""
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class _Marked:
    """The spans that touch one line."""

    headings: Sequence[Span]
    definitions: Sequence[Span]
    flags: Sequence[Span]
    links: Sequence[Link]


def typeset(
    text: str,
    headings: Sequence[Heading],
    links: Iterable[Link],
    definitions: Iterable[Span],
    flags: Iterable[Span] = (),
) -> list[TypesetLine]:
    """Lay a text out, line by line. A link that begins inside another is left out; definitions and flags may overlap.

    `flags` are the spans that somebody should look at.
    """
    lines = [found.span() for found in _LINE.finditer(text)]
    depths = {heading.start: heading.depth for heading in headings}
    by_start = {link.start: link for link in _disjoint(links)}
    head_at = _by_line(((heading.start, heading.end) for heading in headings), lines)
    link_at = _by_line(((link.start, link.end) for link in by_start.values()), lines)
    defined_at, flagged_at = _by_line(definitions, lines), _by_line(flags, lines)
    front = _front_length(text, lines, min(depths, default=len(text)))
    made = []
    for n, span in enumerate(lines):
        marked = _Marked(head_at[n], defined_at[n], flagged_at[n], [by_start[s] for s, _ in link_at[n]])
        made.append(_line(text, span, marked, depths, n < front))
    levels = iter(nested([line.depth for line in made if line.kind == "heading"]))
    return [replace(line, depth=next(levels)) if line.kind == "heading" else line for line in made]


def appendix_heading(text: str, start: int) -> Heading:
    """Return the line with which an appendix begins at `start`, as a heading of the first level."""
    end = text.find("\n", start)
    end = end if end >= 0 else len(text)
    return Heading(text[start:end].strip(), start, end, 1)


def nested(depths: Iterable[int]) -> list[int]:
    """Return levels from 1 for headings of these depths: a heading is one level below the nearest shallower one before
    it.

    Depths say how a heading is numbered, and a report may leave some out; an outline has no gaps.
    """
    above: list[int] = []
    levels = []
    for depth in depths:
        while above and above[-1] >= depth:
            above.pop()
        above.append(depth)
        levels.append(len(above))
    return levels


def _disjoint(links: Iterable[Link]) -> list[Link]:
    kept: list[Link] = []
    for link in sorted(links, key=lambda link: (link.start, -link.end)):
        if link.start < link.end and (not kept or kept[-1].end <= link.start):
            kept.append(link)
    return kept


def _by_line(spans: Iterable[Span], lines: Sequence[Span]) -> defaultdict[int, list[Span]]:
    """Return the spans that each line touches, in their order; keys are indices into `lines`."""
    ends = [end for _, end in lines]
    touched: defaultdict[int, list[Span]] = defaultdict(list)
    for start, end in sorted(spans):
        number = bisect_right(ends, start)
        while number < len(lines) and lines[number][0] < end:
            touched[number].append((start, end))
            number += 1
    return touched


def _front_length(text: str, lines: Sequence[Span], body: int) -> int:
    """Return how many lines stand before the salutation, the first sentence or the first heading at `body`."""
    for number, (start, end) in enumerate(lines):
        if start >= body or text[start:end].endswith(_CLOSED):
            return number
    return 0


def _line(text: str, span: Span, marked: _Marked, depths: dict[int, int], front: bool) -> TypesetLine:
    start, end = span
    whole = next((h for h in marked.headings if h[0] <= start and h[1] >= end), None)
    regions = tuple(_regions(text, span, replace(marked, headings=()) if whole else marked))
    if whole:
        return TypesetLine("heading", depths[whole[0]], _anchor("h", text, whole[0], start), regions)
    return TypesetLine("front" if front else "paragraph", 0, None, regions)


def _anchor(letter: str, text: str, origin: int, begin: int) -> str | None:
    """Return the anchor of what begins at `origin`, if `begin` is its first visible sign: no anchor stands twice."""
    return None if origin > begin or text[origin:begin].strip() else f"{letter}{origin}"


def _regions(text: str, span: Span, marked: _Marked) -> Iterator[Region]:
    start, end = span
    spans = (marked.headings, marked.definitions, marked.flags)
    if not any(spans):  # as in most lines
        yield Region("plain", None, tuple(_pieces(text, start, end, marked.links)))
        return
    bounds = {edge for inner in chain(*spans) for edge in inner if start < edge < end}
    pieces = list(pairwise(sorted(bounds | {start, end})))
    # Each piece looks at what touches it alone: a line may be as long as a text, with thousands of spans.
    head_at, defined_at, flagged_at = (_by_line(one, pieces) for one in spans)
    by_start = {link.start: link for link in marked.links}
    link_at = _by_line(((link.start, link.end) for link in marked.links), pieces)
    for n, (begin, stop) in enumerate(pieces):
        near = _Marked(head_at[n], defined_at[n], flagged_at[n], [by_start[at] for at, _ in link_at[n]])
        kind, anchor = _nature(text, begin, begin == start, near)
        flag = _beginning("f", text, begin, begin == start, near.flags)
        yield Region(kind, anchor, tuple(_pieces(text, begin, stop, near.links)), flag is not None, flag or None)


def _nature(text: str, begin: int, first: bool, marked: _Marked) -> tuple[str, str | None]:
    """Return kind and anchor of the region that begins at `begin`, perhaps as the first of its line.

    A definition wins over a heading.
    """
    for kind, spans in (("definition", marked.definitions), ("heading", marked.headings)):
        anchor = _beginning(kind[0], text, begin, first, spans)
        if anchor is not None:
            return kind, anchor or None
    return "plain", None


def _beginning(letter: str, text: str, begin: int, first: bool, spans: Sequence[Span]) -> str | None:
    """Return the anchor of the innermost span around `begin` if it begins there, empty if it began before; None outside
    all.

    White space that a span begins with may stand before the line, of which `begin` may be the `first`.
    """
    origin = max((s for s, e in spans if s <= begin < e), default=None)
    if origin is None:
        return None
    return (_anchor(letter, text, origin, begin) if first or origin == begin else None) or ""


def _pieces(text: str, begin: int, stop: int, links: Sequence[Link]) -> Iterator[Piece]:
    done = begin
    for link in links:
        first, last = max(link.start, begin), min(link.end, stop)
        if first >= last:
            continue
        if done < first:
            yield Piece(text[done:first], None, None)
        yield Piece(text[first:last], link, f"u{link.start}" if first == link.start else None)
        done = last
    if done < stop:
        yield Piece(text[done:stop], None, None)
