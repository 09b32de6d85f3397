"""The place and the day of a question, as a caller writes them and as the ranking wants to know them."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple, TypedDict

from glossary_api.errors import BadParameter, BadQuery
from glossary_api.queries.rank import Asked
from glossary_api.store.edition import Edition
from glossary_api.text.places import NamedPlace, Places
from glossary_api.text.surroundings import NameUse

_LAST = ("", "-31", "-30", "-29", "-28", "-12-31")
"""Ends that make a day of a day, a month or a year: the last that there is."""
LONGEST_CONTEXT = 2000
"""Code points that the text around a name may have."""


class PlaceDocument(TypedDict):
    """A place as it was understood."""

    name: Annotated[str | None, "Its full name; null where a draft does not say it."]
    code: Annotated[
        str | None,
        "Six-digit GB/T 2260 code; null for the nation and where no report says it, so that no distance is known.",
    ]


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


def question(values: Mapping[str, str], places: Places) -> LookupQuestion:
    """Return what the parameters of a query mean.

    Raises BadQuery with a complaint for each that does not fit.
    """
    errors = []
    place, date = values.get("place"), values.get("date")
    named = None
    try:
        named = None if place is None else places.find(place)
    except BadParameter as error:
        errors.append(error)
    day = None if date is None else day_of(date)
    if date is not None and day is None:
        errors.append(BadParameter("date", "must-be-day"))
    report, context = values.get("report"), values.get("context")
    if context is not None and len(context) > LONGEST_CONTEXT:
        errors.append(BadParameter("context", "must-have-characters", min=1, max=LONGEST_CONTEXT))
    if errors:
        raise BadQuery(errors)
    return LookupQuestion(values["name"], named, day, report, context)


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
