"""Numerals without quotation marks that sum up the list before them: 促进电力、算力双网融合, 守好发展和生态两条底线.

Most such numerals count how many there are of something, 甲、乙两县: only what is said as one, 双网融合, and what
counts things of principle, 两条底线, 四件大事, is a name.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from glossary_api.model.things import Slogan
from glossary_api.parsing.apposition import list_before
from glossary_api.parsing.enumerations import Span
from glossary_api.parsing.kinds import NUMERAL, kind_of
from glossary_api.parsing.list_edges import words
from glossary_api.parsing.numerals import Counts, counts_in
from glossary_api.parsing.patterns import each
from glossary_api.parsing.sound_lists import sound
from glossary_api.parsing.spread_out import at_heads, said_next

_BEFORE = "(?<![双第前后近约\\d一二两三四五六七八九十百千万亿“])"

_NUMERAL = re.compile("[双两三四五六七八九十]")
_HEAD = re.compile(r"[\r\n)、]")
"""The signs that each of the patterns below begins with."""


@functools.cache
def _names() -> re.Pattern[str]:
    behind = f"[,。;、的所仍依较]|破解|要求|{words('undertaking', 'way', 'adverb')}"
    return re.compile(f"{_BEFORE}(?P<name>{words('bare')})(?={behind})")


@functools.cache
def _headings() -> re.Pattern[str]:
    return re.compile(f"{_BEFORE}(?P<name>{words('taken-up')})(?=。)")


@functools.cache
def _at_heads() -> re.Pattern[str]:
    """Return the pattern of a numeral that begins a heading: （五）三大攻坚战取得阶段性成果。"""
    names = "[两三四五六七八九十][大件项][\u4e00-\u9fff]{2,5}?"
    return re.compile(
        rf"(?:[\r\n][ \t\u3000]*|[)、]){_BEFORE}(?P<name>{names})(?={words('heading')}[^,。;\r\n]{{0,30}}。)"
    )


def taken_up(text: str, plain: str, start: int, end: int) -> Iterator[tuple[Slogan, list[Span]]]:
    """Yield the unquoted numerals that the sentences behind spell out: 实施六大提升行动。实施甲提升行动，…."""
    for slogan, counts in _numerals(_headings(), _NUMERAL, text, plain, start, end):
        if counts.is_single and (spans := at_heads(plain, slogan, counts)):
            yield slogan, spans
    for slogan, counts in _numerals(_at_heads(), _HEAD, text, plain, start, end):
        if counts.is_single and (spans := said_next(plain, slogan, counts.counts[0].thing, counts.total)):
            yield slogan, spans


def summed_up(text: str, plain: str, start: int, end: int) -> Iterator[tuple[Slogan, list[Span]]]:
    """Yield the unquoted numerals of a stretch that name the list right before them, each with its members."""
    for slogan, counts in _numerals(_names(), _NUMERAL, text, plain, start, end):
        found = list_before(plain, slogan, counts) if counts.total > 1 else []
        if found and (spans := sound(plain, found, slogan)):
            yield slogan, spans


def _numerals(
    pattern: re.Pattern[str], first: re.Pattern[str], text: str, plain: str, start: int, end: int
) -> Iterator[tuple[Slogan, Counts]]:
    """Yield the numerals that the group `name` of a pattern finds in a stretch, each with what it counts."""
    for found in each(pattern, first, plain, start, end):
        slogan = Slogan(text[slice(*found.span("name"))], NUMERAL, *found.span("name"))
        if kind_of(slogan.text) == NUMERAL:
            yield slogan, counts_in(slogan.text)
