"""Entry markers: how the notes of a list are numbered. One family, one row; all in plain form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from glossary_api.parsing.patterns import any_of

CIRCLED = {
    sign: number
    for first, last, base in (
        (0x2460, 0x2473, 1),
        (0x3251, 0x325F, 21),
        (0x32B1, 0x32BF, 36),
        (0x2776, 0x277F, 1),
        (0x2474, 0x2487, 1),
    )
    for number, sign in enumerate(map(chr, range(first, last + 1)), base)
}
"""① to ㊿, ❶ to ❿ and ⑴ to ⒇ with their numbers."""
DOTTED = {chr(0x2488 + n): n + 1 for n in range(20)}
"""⒈ to ⒛, a digit and its dot in one character."""

_HAN = {sign: n for n, sign in enumerate("一二三四五六七八九", 1)}
_HAN_NUMBER = r"[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"

FAMILIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    # An explicit word leaves no doubt, so it is tried first.
    ("noted", re.compile(r"[\[(【〔]?\s*注释?\s*(?P<n>\d{1,3})\s*(?:[\])】〕][:.、]?|[:.、])\s*")),
    ("starred", re.compile(r"[*※]\s*(?P<n>\d{1,3})\s*(?:[.、:)]\s*)?(?=\S)")),
    ("circled", re.compile(rf"(?P<n>[{''.join(CIRCLED)}])\s*[.、:]?\s*")),
    ("bracketed", re.compile(r"[\[〔【]\s*(?P<n>\d{1,3})\s*[\]〕】]\s*[.、:]?\s*")),
    ("parenthesised", re.compile(r"\(\s*(?P<n>\d{1,3})\s*\)\s*[.、]?\s*")),
    ("half-parenthesised", re.compile(r"(?P<n>\d{1,3})\s*\)\s*")),
    ("dotted", re.compile(rf"(?P<n>[{''.join(DOTTED)}])\s*")),
    ("dot", re.compile(r"(?P<n>\d{1,3})\s*[.、,·](?!\d+(?:\.\d+)?%)\s*")),
    ("han", re.compile(rf"(?P<n>{_HAN_NUMBER})\s*[、.]\s*")),
    ("han-parenthesised", re.compile(rf"\(\s*(?P<n>{_HAN_NUMBER})\s*\)\s*[、.]?\s*")),
    # A bare number needs white space or a quotation mark behind it: 3“六化”, 4 一网通办; before a name that begins with
    # a digit, 5 20条:…, 6 5G网络 指…, the name must end in its line: 3 500万元 is no third note.
    (
        "bare",
        re.compile(
            r"(?P<n>\d{1,3})(?:(?=[“\"「《])|\s+(?=[^\d\s.,%])|\s+(?=\d[^。;!?,:\t\r\n]{0,40}?"
            rf"(?::|\t|,?{any_of('defining', 'means', 'means-barely')}|,即|--|[^\s\d.%]\s+\S{{5}})))"
        ),
    ),
)
"""In this order a line is tried; the first family that fits names its marker."""


@dataclass(frozen=True, slots=True)
class Marker:
    """The number at the beginning of a note."""

    family: str
    number: int
    start: int
    end: int
    """Behind the marker and the white space after it."""


def marker_at(plain: str, start: int, end: int) -> Marker | None:
    """Return the marker that stands at `start`, if any; `plain` is the text in plain form."""
    for family, pattern in FAMILIES:
        if found := pattern.match(plain, start, end):
            return Marker(family, number_of(found["n"]), *found.span())
    return None


def number_of(printed: str) -> int:
    """Return the number that a circled, dotted, Arabic or Han numeral below 100 stands for."""
    if printed in CIRCLED or printed in DOTTED:
        return CIRCLED.get(printed) or DOTTED[printed]
    if printed.isdigit():
        return int(printed)
    tens, ten, ones = printed.rpartition("十")
    return (10 * _HAN.get(tens, 1) if ten else 0) + _HAN.get(ones, 0)
