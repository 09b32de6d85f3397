"""Names made of one sign of each thing: “种养加”（种植、养殖、加工）, 投资、建设、运营“投建营”一体化."""

from __future__ import annotations

import re
from itertools import pairwise

from glossary_api.model.things import Slogan
from glossary_api.parsing.apposition import before_link
from glossary_api.parsing.clauses import clause_before
from glossary_api.parsing.enumerations import Span, split, split_last
from glossary_api.parsing.list_edges import first_of, is_quoted, words
from glossary_api.text.folding import CLOSING_QUOTES

_NAME = re.compile("[\u4e00-\u9fff]{3,8}")
_WORDS = re.compile("[\u4e00-\u9fff、]+")
_LISTED_BEHIND = re.compile(rf"[{CLOSING_QUOTES}](?P<link>{words('behind')})(?P<list>[^,;。:()\r\n]+)(?P<end>[,;。)]?)")


def in_full(plain: str, slogan: Slogan) -> list[Span]:
    """Return the words before a bracket with a quoted name that is made of their signs, each of another of their words:
    智能化改造数字化转型（“智改数转”）.
    """
    name, opening = plain[slogan.start : slogan.end], slogan.start - 2
    bracketed = plain[opening : opening + 1] == "(" and plain.startswith(")", slogan.end + 1)
    if not _NAME.fullmatch(name) or not bracketed:
        return []
    at, begin, places = opening, clause_before(plain, opening), [opening]
    for sign in reversed(name):
        at = plain.rfind(sign, begin, at)
        if at < 0:
            return []
        places.append(at)
    apart = all(before - behind > 1 for before, behind in pairwise(places))
    return [(at, opening)] if apart and _WORDS.fullmatch(plain, at, opening) else []


def by_initials(plain: str, slogan: Slogan) -> list[Span]:
    """Return the items beside a quoted name if each has in it the sign of the name that stands at its place."""
    name = plain[slogan.start : slogan.end]
    if not _NAME.fullmatch(name) or not is_quoted(plain, slogan.start, slogan.end):
        return []
    behind = _LISTED_BEHIND.match(plain, slogan.end)
    if behind and (found := _of_signs(plain, behind.span("list"), name)):
        return found
    if len(set(name)) < len(name):
        return []  # “园中园”: that each item has such a sign is no chance only where the signs differ
    begin = clause_before(plain, slogan.start - 1)
    return _of_signs(plain, (begin, before_link(plain, begin, slogan.start - 1)), name)


def _of_signs(plain: str, stretch: Span, name: str) -> list[Span]:
    items = split(plain, *stretch, "、")
    for spans in (items, split_last(plain, items)):
        first = first_of(plain, spans) if len(spans) == len(name) else None
        if first:
            spans = [first, *spans[1:]]
            if all(sign in plain[a:b] and b - a > 1 for sign, (a, b) in zip(name, spans, strict=True)):
                return spans
    return []
