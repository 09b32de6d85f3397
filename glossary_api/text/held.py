"""Decide whether a curated rendering is used at a place and on a day, and what of a printed name it renders."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from glossary_api.errors import BadParameter
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES, fold, fold_name
from glossary_api.text.places import NamedPlace, Places

HELD, UNDECIDED, NOT_HELD = STANDINGS = ("held", "undecided", "not-held")
"""Best first: it is used there and then, nobody can say whether it is, it is not."""
_AROUND = 12
"""Code points on each side of a name in which a longer name may go on."""


def standing(rendering: Mapping[str, Any], name: str | None, code: str | None, day: str | None) -> str:
    """Return one of STANDINGS for a rendering of a term document, seen from a place and a day (None: not known).

    A text without a day is taken for one of today: nobody can say whether it uses what has gone out of use.
    """
    known = name is not None or code is not None
    region, until = rendering.get("place", ""), rendering.get("until", "")
    if region and known and not _lies_in(region, name, code):
        return NOT_HELD
    if day is not None and not _spans(rendering.get("from", ""), until, day):
        return NOT_HELD
    return UNDECIDED if (region and not known) or (until and day is None) else HELD


def order(rendering: Mapping[str, Any], *where: str | None) -> tuple[int, bool, str]:
    """Return what sorts renderings of one status: those that are used first, of them the one of a place, the latest."""
    return (
        STANDINGS.index(standing(rendering, *where)),
        not rendering.get("place"),
        "".join(chr(0x10FFFF - ord(sign)) for sign in rendering.get("from", "")) or "\U0010ffff",
    )


def rendered_part(text: str, start: int, end: int, name: str) -> tuple[int, int] | None:
    """Return the span of a text that a rendering of `name` renders where the name of a term stands at [start, end).

    That is the whole span if it says the name, a part of it if it says more, more than it if the text goes on to
    say the name; None if the text does not say the name there.
    """
    key = fold_name(name)
    if fold_name(text[start:end]) == key:
        return start, end
    inside = _found(text, start, end, key)
    if inside is not None:
        return inside
    before, behind = max(0, start - _AROUND), end + max(_AROUND, len(name) + 4)
    around = _found(text, before, behind, key)
    return around if around is not None and around[0] < end and start < around[1] else None


def _found(text: str, start: int, end: int, key: str) -> tuple[int, int] | None:
    folded = fold(text[start:end])
    at = folded.text.find(key) if key else -1
    if at < 0:
        return None
    begin, finish = folded.source_span(at, at + len(key))
    begin, finish = start + begin, start + finish
    inside = text[begin:finish]
    opened = sum(inside.count(sign) for sign in OPENING_QUOTES) < sum(inside.count(sign) for sign in CLOSING_QUOTES)
    return begin - (opened and text[max(0, begin - 1) : begin] in tuple(OPENING_QUOTES)), finish


def _spans(since: str, until: str, day: str) -> bool:
    known = day[: len(since)]
    return known >= since[: len(known)] and (not until or day[: len(until)] <= until)


def _lies_in(region: str, name: str | None, code: str | None) -> bool:
    place = _place(region)
    if place.code is None or code is None:
        return place.name == name or region == "中国"
    above = place.code.removesuffix("00").removesuffix("00")
    return code.startswith(above)


@functools.lru_cache(maxsize=4096)
def _place(region: str) -> NamedPlace:
    try:
        return Places(()).find(region)
    except BadParameter:  # a township that no list has
        return NamedPlace(region, None)
