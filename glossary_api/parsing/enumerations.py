"""Cutting a stretch of text where its own punctuation cuts it. Spans in and out are offsets into the plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary_api.folding import CLOSING_QUOTES, OPENING_QUOTES

Span = tuple[int, int]

_OPEN, _CLOSE = OPENING_QUOTES + "《([", CLOSING_QUOTES + "》)]"
_EDGE = ",、;。: \t\r\n\u3000"
_CONJUNCTION = re.compile(r"以及|[和与及]")
NUMBER = r"(?:[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]|\d{1,3})"
_TALLY = re.compile(
    rf"等?[{OPENING_QUOTES}]?(?<!\d)(?P<n>{NUMBER})(?:个|项|大|条|类|种|方面|张|家|块|支|道|位|名|件)+[^、,;。]{{0,16}}$"
)
_ET_CETERA = re.compile(r"等[^、,;。]{0,14}$")


def depths(plain: str, start: int, end: int) -> Iterator[Span]:
    """Each offset of the stretch with how many quotes and brackets are open there."""
    depth = 0
    for i in range(start, end):
        if plain[i] in _CLOSE and depth:
            depth -= 1
        yield i, depth
        if plain[i] in _OPEN:
            depth += 1


def depth_at(plain: str, start: int, offset: int) -> int:
    """How many quotes and brackets that open behind `start` are open at `offset`."""
    return next((depth for i, depth in depths(plain, start, offset + 1) if i == offset), 0)


def trim(plain: str, start: int, end: int) -> Span | None:
    """The stretch without punctuation and white space at its ends; None if nothing is left."""
    while start < end and plain[start] in _EDGE:
        start += 1
    while end > start and plain[end - 1] in _EDGE:
        end -= 1
    return (start, end) if end > start else None


def split(plain: str, start: int, end: int, signs: str) -> list[Span]:
    """Cut a stretch at the signs that stand outside quotes and brackets; empty pieces are left out."""
    pieces: list[Span] = []
    begin = start
    for i, depth in depths(plain, start, end):
        if depth == 0 and plain[i] in signs:
            pieces.append((begin, i))
            begin = i + 1
    return _kept(plain, [*pieces, (begin, end)])


def split_titles(plain: str, start: int, end: int) -> list[Span]:
    """《甲》《乙》: titles and quotes that follow each other without a sign between them."""
    cuts = [i + 1 for i in range(start, end - 1) if plain[i] in "》”" and plain[i + 1] in "《“"]
    return _kept(plain, list(zip([start, *cuts], [*cuts, end], strict=True)))


def split_last(plain: str, items: list[Span]) -> list[Span]:
    """A、B和C: the last item of a list is two where a conjunction stands outside quotes."""
    if items:
        for cut in _conjunctions(plain, *items[-1]):
            return _kept(plain, [*items[:-1], (items[-1][0], cut[0]), (cut[1], items[-1][1])])
    return items


def split_all(plain: str, items: list[Span]) -> list[Span]:
    """A和B、C与D: every item cut at every conjunction outside quotes."""
    pieces: list[Span] = []
    for start, end in items:
        cuts = list(_conjunctions(plain, start, end))
        pieces += zip([start, *(cut[1] for cut in cuts)], [*(cut[0] for cut in cuts), end], strict=True)
    return _kept(plain, pieces)


def _conjunctions(plain: str, start: int, end: int) -> Iterator[Span]:
    for found in _CONJUNCTION.finditer(plain, start + 1, end - 1):
        if depth_at(plain, start, found.start()) == 0:
            yield found.span()


def _kept(plain: str, pieces: list[Span]) -> list[Span]:
    return [span for piece in pieces if (span := trim(plain, *piece))]


def quoted_inside(plain: str, start: int, end: int) -> Iterator[Span]:
    """The insides of quotation marks that stand outside other quotes and brackets of the stretch."""
    begin = -1
    for i, depth in depths(plain, start, end):
        if plain[i] in OPENING_QUOTES and depth == 0:
            begin = i + 1
        elif plain[i] in CLOSING_QUOTES and depth == 0 and begin >= 0:
            yield begin, i
            begin = -1


def tally_of(plain: str, start: int, end: int) -> re.Match[str] | None:
    """等十项经费, 三大新兴产业, “两个目标”: what a list says of its own length, at the end of the stretch."""
    tally = _TALLY.search(plain, start, end)
    if tally is None or tally.start() == start or plain[tally.start() - 1] in _EDGE:
        return None
    opening = plain[tally.start()] in OPENING_QUOTES or plain[tally.start() + 1] in OPENING_QUOTES
    return tally if opening or depth_at(plain, start, tally.start()) == 0 else None


def bare(plain: str, start: int, end: int) -> Span:
    """A list without what it says of its own length (等十项经费, 等) and without what a colon sets before it."""
    trimmed = trim(plain, start, end)
    if trimmed is None:
        return start, start
    start, end = trimmed
    if tally := tally_of(plain, start, end):
        end = tally.start()
    elif (
        (tail := _ET_CETERA.search(plain, start, end))
        and tail.start() > start
        and depth_at(plain, start, tail.start()) == 0
    ):
        end = tail.start()
    colons = [i for i, depth in depths(plain, start, end) if depth == 0 and plain[i] == ":"]
    if (
        len(colons) == 1
        and len(split(plain, colons[0] + 1, end, "、;,")) > 1
        and len(split(plain, start, colons[0], "、;")) < 2
    ):
        start = colons[0] + 1
    return start, end
