"""Phrases in quotation marks, nested and unbalanced ones included."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from glossary_api.parsing.lines import LINE_BREAKS, trimmed
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_LONGEST = 400
"""A longer quotation is a passage from somewhere, no phrase; the longest of real reports has some sixty characters."""
_DEEPEST = 8
"""Quotation marks opened within so many others are debris."""
_PARTNER = dict(zip(OPENING_QUOTES, CLOSING_QUOTES, strict=True)) | {'"': '"', "＂": "＂"}
_APOSTROPHE = re.compile(r"(?<=[a-zA-Z])’(?=[a-zA-Z])|[‘’](?=\s{0,4}(?:19|20)?\d\d(?!\d))|(?<=(?:19|20)\d\d)’")
_PARTED = re.compile(rf"[^。！？；{LINE_BREAKS}]{{0,40}}[{LINE_BREAKS}]\s{{0,20}}[^。！？；{LINE_BREAKS}]{{0,40}}")
"""A phrase with a line break in it: no sentence ends between its marks."""
_SIGN = re.compile(rf"[{OPENING_QUOTES}{CLOSING_QUOTES}\"＂{LINE_BREAKS}]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A phrase between quotation marks: `text[start:end]`, marks not included."""

    start: int
    end: int


def quotes_in(text: str, start: int, end: int) -> tuple[list[Quotation], list[int]]:
    """Return the quoted phrases of `text[start:end]` in the order of their beginnings, and the offsets of lone marks.

    Quotation marks close within their line. A mark without its partner is left out and reported, unless a line break
    within the phrase parts them; the phrases inside and behind it are read all the same.
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
        else:
            lone.append(i)
    lone += [at for _, at in opened]
    return sorted(quotes, key=lambda quote: (quote.start, -quote.end)), _without_partner(text, sorted(lone))


def _without_partner(text: str, lone: Sequence[int]) -> list[int]:
    """Return the marks that are neither parted by a line break, 内⏎防反弹”, nor apostrophes: Xi’an, ’99, 2005’."""
    kept: list[int] = []
    for at in lone:
        if _APOSTROPHE.match(text, at):
            continue
        if kept and _PARTNER.get(text[kept[-1]]) == text[at] and _PARTED.fullmatch(text, kept[-1] + 1, at):
            kept.pop()
        else:
            kept.append(at)
    return kept


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
