"""Places as callers write them, found among the places of an edition's reports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from glossary_api.errors import BadParameter
from glossary_api.text.printed_places import NATION

_CODE = re.compile(r"[0-9]{6}")
_RANKS = "省市区县州盟旗"
"""What the name of a parent ends with where it is printed before its part: 苏州市昆山市."""


class NamedPlace(NamedTuple):
    """A division by name and code, as far as known."""

    name: str | None
    code: str | None


class Places:
    """The places whose governments report in one edition."""

    def __init__(self, known: Iterable[tuple[str | None, str | None]]) -> None:
        """`known` has name and code of the place of each report."""
        self._known = sorted({(name, code) for name, code in known if name}, key=repr)

    def find(self, asked: str) -> NamedPlace:
        """The place that a caller means by a six-digit code, a full name (昆山市), a name without its rank (昆山) or a
        name behind those of its parents (苏州市昆山市).

        A code need not be that of a report; a name that no report has comes back without a code. Raises BadParameter
        for a name that several different places have.
        """
        if _CODE.fullmatch(asked):
            return NamedPlace(next((name for name, code in self._known if code == asked), None), asked)
        found = [NamedPlace("中国", None)] if asked in NATION else self._fitting(asked)
        if len(found) > 1:
            codes = ", ".join(sorted(str(place.code) for place in found))
            raise BadParameter("place", f"several places have this name: {codes}", remedy="give the code")
        return found[0] if found else NamedPlace(asked, None)

    def _fitting(self, asked: str) -> list[NamedPlace]:
        """The places with the longest name that the one asked for is or ends with; fewer if parents are named."""
        names = {form for name, _ in self._known for form in (name, name[:-1]) if len(form) > 1}
        name = max((form for form in names if _ends_with(asked, form)), key=len, default=None)
        if name is None:
            return []
        found = [NamedPlace(known, code) for known, code in self._known if name in (known, known[:-1])]
        full = [place for place in found if place.name == name] or found
        within = [place for place in full if self._is_below(place, asked[: -len(name)])]
        return within or full

    def _is_below(self, place: NamedPlace, parents: str) -> bool:
        above = {place.code[:4] + "00", place.code[:2] + "0000"} - {place.code} if place.code else set()
        return any(code in above and name[:-1] in parents for name, code in self._known)


def _ends_with(asked: str, name: str) -> bool:
    return asked == name or (asked.endswith(name) and asked[-len(name) - 1] in _RANKS)
