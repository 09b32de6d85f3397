"""The place and the day of a question."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from glossary_api.errors import BadParameter
from glossary_api.queries.rank import Asked
from glossary_api.store.edition import Edition, JsonObject
from glossary_api.store.foremost import senses_at
from glossary_api.text.bearing import NameUse
from glossary_api.text.places import NamedPlace

_LAST = ("", "-31", "-30", "-29", "-28", "-12-31")
"""Ends that make a day of a day, a month or a year: the last that there is."""
LONGEST_CONTEXT = 2000
"""Code points that the text around a name may have."""


class LookupQuestion(NamedTuple):
    """A name and where its asker stands, as understood."""

    name: str
    place: NamedPlace | None
    date: str | None
    report: str | None = None
    """Id of the report in which the name stands."""
    context: str | None = None
    """Text in which it stands."""

    def asked_of(self, reports: Mapping[str, Mapping[str, Any]]) -> Asked:
        """Return what the ranking wants to know of it; a known report says its place and day where the question does
        not.
        """
        block = reports.get(self.report or "", {})
        place = self.place or NamedPlace(block.get("place"), block.get("place_code"))
        year = block.get("year")
        day = self.date or block.get("date") or (f"{year:04}-12-31" if year else None)
        return Asked(place.name, place.code, day, self.report)

    def use_as(self, asked: Asked) -> NameUse:
        """Return the use that is asked about, as a judge of explanations wants to know it."""
        if self.context is None:
            return NameUse(self.name, None, None, asked.report, asked.place, asked.code, asked.year)
        return NameUse.within(self.name, self.context, asked.report, (asked.place, asked.code, asked.year))


def seen_from(edition: Edition, document: JsonObject, asked: Asked) -> list[JsonObject]:
    """Return the senses of a term document with those definitions besides that stand nearest to the asker."""
    return senses_at(edition.select, document, asked.place, asked.code, asked.report)


def standing_at(edition: Edition, place: str | None, day: str | None) -> Asked:
    """Return the standpoint that a command line says. Raises BadParameter for a place or a day that is none."""
    day = told_day(day)
    named = edition.places.find(place) if place is not None else NamedPlace(None, None)
    return Asked(named.name, named.code, day)


def told_day(text: str | None) -> str | None:
    """Return the day that a command line says, if any. Raises BadParameter."""
    day = None if text is None else day_of(text)
    if text is not None and day is None:
        raise BadParameter("date", "is-no-year-month-or-day", remedy="write-year-month-or-day", value=text)
    return day


def day_of(text: str) -> str | None:
    """Return the day that a text says, ISO 8601 with dashes: of a year or month alone the last one; else None."""
    for rest in _LAST:
        with contextlib.suppress(ValueError):
            day = str(datetime.date.fromisoformat(text + rest))
            if day == text + rest:  # weeks have dates of their own
                return day
    return None
