"""Phrases in quotation marks, nested and unbalanced ones included."""

from __future__ import annotations

from dataclasses import dataclass

from glossary_api.folding import CLOSING_QUOTES, OPENING_QUOTES
from glossary_api.parsing.lines import lines_of, trimmed

_STRAIGHT = {'"': '"', "＂": "＂"}


@dataclass(frozen=True, slots=True)
class Quote:
    """A phrase between quotation marks: `text[start:end]`, marks not included."""

    start: int
    end: int


def quotes_in(text: str, start: int, end: int) -> tuple[list[Quote], list[int]]:
    """The quoted phrases of `text[start:end]` in the order of their beginnings, and the offsets of lone marks.

    Quotation marks close within their line. A mark without its partner is left out and reported; the phrases
    inside and behind it are read all the same.
    """
    quotes: list[Quote] = []
    lone: list[int] = []
    for line in lines_of(text, start, end):
        opened: list[tuple[str, int]] = []
        for i in range(line.start, line.end):
            sign = text[i]
            if sign in OPENING_QUOTES:
                opened.append((CLOSING_QUOTES[OPENING_QUOTES.index(sign)], i))
            elif sign in _STRAIGHT and sign not in [closing for closing, _ in opened]:
                opened.append((sign, i))
            elif sign in CLOSING_QUOTES or sign in _STRAIGHT:
                _close(text, sign, i, opened, quotes, lone)
        lone += [i for _, i in opened]
    return sorted(quotes, key=lambda quote: (quote.start, -quote.end)), sorted(lone)


def _close(text: str, sign: str, i: int, opened: list[tuple[str, int]], quotes: list[Quote], lone: list[int]) -> None:
    """Pair a closing mark with the nearest opening one of its shape; those left open in between are lone."""
    for depth in range(len(opened) - 1, -1, -1):
        if opened[depth][0] == sign:
            lone += [at for _, at in opened[depth + 1 :]]
            begin = opened[depth][1] + 1
            del opened[depth:]
            if phrase := trimmed(text, begin, i):
                quotes.append(Quote(phrase.start, phrase.end))
            return
    lone.append(i)
