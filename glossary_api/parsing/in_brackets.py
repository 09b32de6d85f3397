"""Explanations in brackets right behind a name: “三清一改”（清河道、清垃圾、清路障，改造危旧房屋）, “甲”（即……）.

A bracket may hold anything: a source, a figure, who is in charge. It explains if it says so, 即 or 指, or if a name
that counts stands before it and it lists just as many things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary_api.model.things import Inline, Passage, Slogan
from glossary_api.parsing.enumerations import Span, split
from glossary_api.parsing.kinds import NUMERAL, kind_of
from glossary_api.parsing.lists import enumerate_list
from glossary_api.parsing.numerals import counts_in
from glossary_api.parsing.patterns import any_of, each
from glossary_api.text.folding import CLOSING_QUOTES

_BRACKET = re.compile(rf"[{CLOSING_QUOTES}\"]?\s*[(\[〔【〖](?P<said>[^()\[\]〔〕【】〖〗\n]{{6,300}}?)。?[)\]〕】〗]")
_IS = any_of("defining", "means", "means-barely", "that-is")
_LEAD = re.compile(rf"(?:(?:名词解释|注释?|释义):)?(?:(?:{_IS}|分别(?:是指|是|为|指)|主要?包括|包括)[:,]?)?")
_SAYS_SO = re.compile(rf"(?:名词解释|释义):|(?:注释?:)?{_IS}[:,]?")
_UNQUOTED = re.compile(
    r"(?<![\d第一二三四五六七八九十百千万亿、“”])(?P<name>[两三四五六七八九十][^\W\d_]{2,5})(?=[(\[〔【])"
)
_NUMERAL = re.compile("[两三四五六七八九十]")
_NO_EXPLANATION = re.compile(any_of("wordings", "no-explanation-in-brackets"))
_FIGURES = re.compile(any_of("wordings", "amount"))


def explained_in_brackets(text: str, plain: str, slogan: Slogan) -> Inline | None:
    """Return what the brackets right behind a quoted name say, if they explain it; None otherwise."""
    found = _BRACKET.match(plain, slogan.end)
    if not found or plain[slogan.end] not in CLOSING_QUOTES + '"':
        return None
    return _inline(text, plain, slogan.text, found.span("said"))


def says_other(plain: str, slogan: Slogan) -> bool:
    """Tell whether the brackets right behind a quoted name say something else: who is in charge, where it is from."""
    found = _BRACKET.match(plain, slogan.end)
    return found is not None and _NO_EXPLANATION.search(found["said"]) is not None


def numerals_in_brackets(text: str, plain: str, start: int, end: int) -> Iterator[Slogan]:
    """Yield the unquoted names that count just as many things as the brackets right behind them list."""
    for found in each(_UNQUOTED, _NUMERAL, plain, start, end):
        bracket = _BRACKET.match(plain, found.end(), end)
        name = text[slice(*found.span("name"))]
        if bracket and kind_of(name) == NUMERAL:
            inline = _inline(text, plain, name, bracket.span("said"), counted=True)
            if inline:
                yield Slogan(name, NUMERAL, *found.span("name"), inline=inline)


def _inline(text: str, plain: str, name: str, span: Span, *, counted: bool = False) -> Inline | None:
    start, end = span
    if _NO_EXPLANATION.search(plain[start:end]) or _FIGURES.search(plain, start, end):
        return None
    says_so = _SAYS_SO.match(plain, start, end)
    lead = _LEAD.match(plain, start, end)
    start = lead.end() if lead else start
    items = [item for clause in split(plain, start, end, ",;") for item in split(plain, *clause, "、")]
    counts = counts_in(name)
    as_many = len(items) > 1 and (
        len(items) == counts.total
        or (counts.form == "plus" and len(items) == len(counts.counts) and "+" not in plain[start:end])
    )
    if not items or not (as_many or (says_so and not counted)):
        return None
    listed = enumerate_list(plain, start, end, counts.total) if counts.is_single else []
    items = listed if len(listed) == len(items) else items
    return Inline(start, end, tuple(Passage(text[a:b], a, b) for a, b in items))
