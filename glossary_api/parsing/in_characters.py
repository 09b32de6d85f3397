"""Sayings named by how many characters they have: “巩固、增强、提升”六字方针, 平等互利、长期稳定的“八字原则”."""

from __future__ import annotations

import re

from glossary_api.model.things import Slogan
from glossary_api.parsing.enumerations import Span, bare, quoted_inside, split
from glossary_api.parsing.list_edges import is_led, is_quoted, names
from glossary_api.parsing.numerals import Counts
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_SAYING = re.compile(
    rf"(?:^|(?<=[,。;:!?{OPENING_QUOTES}{CLOSING_QUOTES}\r\n]))(?P<said>[\u4e00-\u9fff、,;]+?)[{CLOSING_QUOTES}]?的?$"
)
_SHAPE = re.compile(rf"[{CLOSING_QUOTES}]?[型形]")
"""“十字”型: what something looks like."""
_NAMED = re.compile(rf"[{CLOSING_QUOTES}]?(?:总?方针|要求|原则|目标|思路|工作|精神|经验|诀|箴言|[,。;、])")
_FARTHEST = 80


def counts_characters(counts: Counts) -> bool:
    """Tell whether a name says how many characters something has: 八字方针."""
    return counts.is_single and counts.counts[0].noun.startswith("字")


def of_so_many(plain: str, start: int, end: int, counts: Counts) -> list[Span]:
    """甲乙、丙丁 for 四字: return the parts of a stretch, or of a quotation in it, that has as many characters."""
    if not counts_characters(counts):
        return []
    lists = (split(plain, a, b, "、,;") for a, b in (bare(plain, start, end), *quoted_inside(plain, start, end)))
    return next((spans for spans in lists if spans[1:] and sum(b - a for a, b in spans) == counts.total), [])


def by_characters(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """Return the parts of the saying right before a name, if they have as many characters as it says.

    Outside quotation marks only parts of one length are a saying; two clauses may have as many characters by chance.
    """
    if not counts_characters(counts) or _SHAPE.match(plain, slogan.end):
        return []
    end = slogan.start - is_quoted(plain, slogan.start, slogan.end)
    found = _SAYING.search(plain[max(0, end - _FARTHEST) : end])
    if not found or (counts.counts[0].noun == "字" and not _NAMED.match(plain, slogan.end)):
        return []
    begin = max(0, end - _FARTHEST)
    start, stop = begin + found.start("said"), begin + found.end("said")
    spans = _of_length(plain, split(plain, start, stop, "、,;"), counts.total)
    return spans if plain[stop] in CLOSING_QUOTES or len({b - a for a, b in spans}) == 1 else []


def _of_length(plain: str, parts: list[Span], total: int) -> list[Span]:
    """Return the last parts of a stretch that have so many characters, the first without what leads to it."""
    spans: list[Span] = []
    for a, b in reversed(parts):
        wanted = total - sum(y - x for x, y in spans)
        spans.insert(0, (max(a, b - wanted), b))
        if b - a >= wanted:
            whole = len(spans) > 1 and is_led(plain, a, b - wanted) and names(plain, spans)
            return spans if whole else []
    return []
