"""The labels by which a definition takes up the numerals of its name: “三新”就是指…, 三新是指…; and what is one thing.

Spans in and out are offsets into the plain text.
"""

from __future__ import annotations

import re

from glossary_api.parsing.borders import IS, LABEL
from glossary_api.parsing.enumerations import Span, outside
from glossary_api.parsing.patterns import any_of
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_ROLE = re.compile(any_of("wordings", "role"))
_EXPLAINED = re.compile(rf",?{IS}+|[^,:;。、]{{1,2}}:")
"""More of the name may stand before a colon: 三副|城:."""
_EXPLAINED_WITH_NOUN = re.compile(rf"[^,:;。、]{{0,4}}?,?{IS}+")
"""4个国铁|项目指: more of the name may stand behind a label of three signs or more."""
_EXPLAINED_QUOTED = re.compile(
    rf"(?:[个项条张大][^{CLOSING_QUOTES},:;。]{{0,8}})?[{CLOSING_QUOTES}]"
    rf"(?:(?:[个项条张大][^,:;。]{{0,16}}?)?,?{IS}+|指|就是|涉及)"
)
"""Right behind a quotation 指 is no part of a word, whatever follows: “两站”指南方站、北方站."""
_BEGIN = re.compile(r"(?<=[;。,)])|(?<!\S)")


def explained_at(plain: str, start: int, end: int, label: str) -> Span | None:
    """Return where a label first stands with what explains it behind: “三新”就是指, or beginning a clause 三新是指."""
    at = plain.find(label[:2], start, end)
    while at >= 0:
        if at > start and plain[at - 1] in OPENING_QUOTES:
            for short in (label, label[:2]):  # 两所 of 两所共建
                if found := _behind_label(plain, at - 1, at, end, short, _EXPLAINED_QUOTED):
                    return found
        if _BEGIN.match(plain, at) and (found := explained_here(plain, at, end, label)):
            return found
        at = plain.find(label[:2], at + 1, end)
    return None


def explained_here(plain: str, at: int, end: int, label: str) -> Span | None:
    """Return the span of a label that stands at an offset, and of what explains it right behind."""
    return _behind_label(plain, at, at, end, label, _EXPLAINED_WITH_NOUN if label[2:] else _EXPLAINED)


def _behind_label(plain: str, start: int, at: int, end: int, label: str, said: re.Pattern[str]) -> Span | None:
    """Return a span from `start` if a label stands at an offset and behind it what explains it."""
    found = said.match(plain, at + len(label), end) if plain.startswith(label, at, end) else None
    return (start, found.end()) if found else None


def without_its_part(plain: str, start: int, end: int) -> Span:
    """“N”是指甲中心，发挥支撑作用: one thing, without its label and the clause that says what it is there for."""
    if (label := LABEL.match(plain, start, end)) and label.end() < end:
        start = label.end()
    for comma, _ in outside(plain, start, end, ","):
        if plain[start] != "以" and _ROLE.match(plain, comma + 1, end):
            return start, comma
    return start, end
