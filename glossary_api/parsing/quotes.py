"""Phrases in quotation marks, nested and unbalanced ones included."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from glossary_api.parsing.lines import LINE_BREAKS, trimmed
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_LONGEST = 400
"""A longer quotation is a passage from somewhere, no phrase; the longest of real reports has some sixty characters."""
_DEEPEST = 8
"""Quotation marks opened within so many others are debris."""
_PARTNER = dict(zip(OPENING_QUOTES, CLOSING_QUOTES, strict=True)) | {'"': '"', "＂": "＂"}
_APOSTROPHE = re.compile(r"[a-zA-Z]’[a-zA-Z]|.?’\d\d(?!\d)")
_SIGN = re.compile(rf"[{OPENING_QUOTES}{CLOSING_QUOTES}\"＂{LINE_BREAKS}]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A phrase between quotation marks: `text[start:end]`, marks not included."""

    start: int
    end: int


def quotes_in(text: str, start: int, end: int) -> tuple[list[Quotation], list[int]]:
    """Return the quoted phrases of `text[start:end]` in the order of their beginnings, and the offsets of lone marks.

    Quotation marks close within their line. A mark without its partner is left out and reported; the phrases
    inside and behind it are read all the same.
    """
    quotes: list[Quotation] = []
    lone: list[int] = []
    opened: list[tuple[str, int]] = []
    awaited: Counter[str] = Counter()
    for found in _SIGN.finditer(text, start, end):
        sign, i = found[0], found.start()
        if sign in LINE_BREAKS:
            lone += [at for _, at in opened]
            opened.clear()
            awaited.clear()
        elif awaited[sign]:
            _close(text, sign, i, opened, awaited, quotes, lone)
        elif sign in _PARTNER:
            opened.append((_PARTNER[sign], i))
            awaited[_PARTNER[sign]] += 1
        elif not _is_apostrophe(text, i):
            lone.append(i)
    lone += [at for _, at in opened]
    return sorted(quotes, key=lambda quote: (quote.start, -quote.end)), sorted(lone)


def _is_apostrophe(text: str, i: int) -> bool:
    """Tell whether ’ leaves letters or figures out: Xi’an, ’99."""
    return text[i] == "’" and bool(_APOSTROPHE.match(text, max(0, i - 1)))


def _close(
    text: str,
    sign: str,
    i: int,
    opened: list[tuple[str, int]],
    awaited: Counter[str],
    quotes: list[Quotation],
    lone: list[int],
) -> None:
    """Pair a closing mark with the nearest opening one of its shape; those left open in between are lone."""
    closing, at = opened.pop()
    while closing != sign:
        awaited[closing] -= 1
        lone.append(at)
        closing, at = opened.pop()
    awaited[sign] -= 1
    if i - at <= _LONGEST and len(opened) < _DEEPEST and (phrase := trimmed(text, at + 1, i)):
        quotes.append(Quotation(phrase.start, phrase.end))
