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
        (0x3220, 0x3229, 1),
        (0x3280, 0x3289, 1),
    )
    for number, sign in enumerate(map(chr, range(first, last + 1)), base)
}
"""① to ㊿, ❶ to ❿, ⑴ to ⒇, ㈠ to ㈩ and ㊀ to ㊉ with their numbers."""
DOTTED = {chr(0x2488 + n): n + 1 for n in range(20)}
"""⒈ to ⒛, a digit and its dot in one character."""
_ROMAN = {chr(0x2160 + n): n + 1 for n in range(12)} | {
    written: n
    for n, written in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], 1)
}

_HAN = {sign: n for n, sign in enumerate("一二三四五六七八九", 1)}
_OF_MONEY = {sign: n for n, sign in enumerate("壹贰叁肆伍陆柒捌玖拾", 1)}
_HAN_NUMBER = r"[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"

FAMILIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    # An explicit word leaves no doubt, so it is tried first.
    (
        "noted",
        re.compile(
            rf"[\[(【〔]?\s*附?注释?\s*[\[(【〔]?(?P<n>\d{{1,3}}|{_HAN_NUMBER}|[{''.join(CIRCLED)}])\s*"
            r"(?:[\])】〕][:.、]?|[:.、]|(?=[ \t\u3000]\S))\s*"
        ),
    ),
    # So is the word for what is numbered: 第1条, 名词一, 词条2.
    (
        "worded",
        re.compile(
            rf"[\[【(]?(?:第\s*(?P<nth>\d{{1,3}}|{_HAN_NUMBER})\s*(?:[条项]|(?=[,、]))|(?:名词|词条|术语|词语|热词|关键词|no\.?)\s*"
            rf"(?P<n>\d{{1,3}}|{_HAN_NUMBER}))(?:\s*[:.、,]\s*|\s+|[\]】)]\s*)(?=\S)"
        ),
    ),
    ("keycap", re.compile(r"(?P<n>\d)\ufe0f?\u20e3\s*")),
    ("starred", re.compile(r"[*※#]\s*(?P<n>\d{1,3})\s*(?:[.、:)]\s*)?(?=\S)")),
    ("circled", re.compile(rf"(?P<n>[{''.join(CIRCLED)}])\s*[.、:]?\s*")),
    ("bracketed", re.compile(r"[\[〔【〖<〈《{「『]\^?\s*(?P<n>\d{1,3})\s*[\]〕】〗>〉》}」』]\s*[.、:]?\s*")),
    ("parenthesised", re.compile(r"\(\s*(?P<n>\d{1,3})\s*\)\s*[.、]?\s*")),
    ("half-parenthesised", re.compile(r"(?P<n>\d{1,3})\s*\)\s*")),
    # 1.1 甲乙, of the list of chapter 1; 1.5 万亿元 is a figure.
    (
        "levelled",
        re.compile(
            r"\d{1,2}\.(?P<n>\d{1,2})(?:\s*[、.](?!\d)\s*|\s+)(?=[^\d\s万亿千百%倍个余多]|\d[^。;!?,:\t\r\n]{0,40}?:)"
        ),
    ),
    ("dotted", re.compile(rf"(?P<n>[{''.join(DOTTED)}])\s*")),
    ("dot", re.compile(r"(?P<n>\d{1,3})\s*[.、,·](?!\d+(?:\.\d+)?%)\s*")),
    ("han", re.compile(rf"(?P<n>{_HAN_NUMBER}|[{''.join(_OF_MONEY)}])\s*[、.]\s*")),
    ("han-parenthesised", re.compile(rf"\(\s*(?P<n>{_HAN_NUMBER})\s*\)\s*[、.]?\s*")),
    (
        "roman",
        re.compile(r"(?P<n>[Ⅰ-Ⅻ])\s*[.、:)]?\s*|(?P<nth>i{1,3}|iv|vi{0,3}|ix|xi{0,2})(?:[、)]|\.(?![a-z\d]))\s*"),
    ),
    ("lettered", re.compile(r"(?P<n>[a-h])\s*(?:[、)]|\.(?![a-z]))\s*|\((?P<nth>[a-h])\)\s*")),
    # 3-5月 and 3/5 are figures, and so is 3:1.
    (
        "dashed",
        re.compile(r"(?P<n>\d{1,3})\s*(?:-{1,2}|[:/_])\s*(?:(?=[^\d\s:/_-])|(?=\d[^\d%][^。;!?:\r\n]{0,40}?:))"),
    ),
    # A bare number needs white space or a quotation mark behind it: 3“六化”, 4 一网通办; before a name that begins with
    # a digit, 5 20条:…, 6 5G网络 指…, the name must end in its line: 3 500万元 is no third note.
    (
        "bare",
        re.compile(
            r"(?P<n>\d{1,3})(?:(?=[“\"「《])|\s+(?=[^\d\s.,%])|\s+(?=\d[^。;!?,:\t\r\n]{0,40}?"
            rf"(?::|\t|,?{any_of('defining', 'means', 'means-barely')}|,{any_of('defining', 'that-is')}|--"
            r"|[^\s\d.%]\s+\S{5})))"
        ),
    ),
)
"""In this order a line is tried; the first family that fits names its marker."""
_ANY = re.compile("|".join(f"(?:{re.sub('[?]P<[a-z]+>', '?:', pattern.pattern)})" for _, pattern in FAMILIES))
"""What any of them fits: most lines have no marker."""

_SAID_OF_ITEM = re.compile(rf"第?(?P<n>{_HAN_NUMBER})(?:是|,)")


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
    for family, pattern in FAMILIES if _ANY.match(plain, start, end) else ():
        if found := pattern.match(plain, start, end):
            return Marker(family, number_in(found), *found.span())
    return None


def item_marker_at(plain: str, start: int, end: int) -> Marker | None:
    """Return the number that an item within a note begins with, 一是, 第一, or any marker, if it does."""
    said = _SAID_OF_ITEM.match(plain, start, end)
    return Marker("said", number_in(said), *said.span()) if said else marker_at(plain, start, end)


def number_in(found: re.Match[str]) -> int:
    """Return the number of a marker that the pattern of its family found."""
    return number_of(next(said for name, said in found.groupdict().items() if said and name in ("n", "nth")))


def number_of(printed: str) -> int:
    """Return the number that a circled, dotted, Roman, Arabic or Han numeral below 100, or a letter, stands for."""
    for signs in (CIRCLED, DOTTED, _ROMAN, _OF_MONEY):
        if printed in signs:
            return signs[printed]
    if printed.isascii() and printed.isalpha():
        return ord(printed) - ord("a") + 1
    if printed.isdigit():
        return int(printed)
    tens, ten, ones = printed.rpartition("十")
    return (10 * _HAN.get(tens, 1) if ten else 0) + _HAN.get(ones, 0)
