"""The place and the day of a question, as callers write them and as the ranking wants them; what is near to both."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, NamedTuple, TypedDict

import orjson

from glossary_api.errors import BadParameter, BadQuery
from glossary_api.queries.rank import (
    Asked,
)
from glossary_api.store.edition import Edition
from glossary_api.store.foremost import DEFINITIONS, NEARBY
from glossary_api.store.opening import Select
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
        """Return what the ranking wants to know of it; where it says no place or day, a known report does."""
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
    """Return what the parameters of a query mean. Raises BadQuery with a complaint for each that does not fit."""
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


def seen_from(select: Select, document: dict[str, Any], asked: Asked) -> list[dict[str, Any]]:
    """Return the senses of a term document with what its document leaves out and the asker has at hand.

    That is what the report itself says, and the definitions nearest to its place and its year: a document shows
    the best few of a term's (`store/foremost.py`), and whoever asks from one place wants those of that place.
    """
    senses: list[dict[str, Any]] = document["senses"]
    if sum(len(sense["definitions"]) for sense in senses) == document["totals"]["definitions"]:
        return senses
    code = asked.code
    wanted = {"id": document["id"], "report": asked.report, "place": asked.place, "code": code, "most": NEARBY}
    rows = select(_OWN, wanted) if asked.report is not None else []
    if code is not None:
        rows += select(_NEARBY, wanted | {"from": f"{code[:2]}0000", "to": f"{code[:2]}9999", "near": code[:4]})
    elif asked.place is not None:
        rows += select(_NAMED, wanted)
    if asked.year is not None:
        rows += select(_SAID_THEN, {"id": document["id"], "year": asked.year, "most": DEFINITIONS})
    return _with_more(senses, rows)


def _with_more(senses: Sequence[dict[str, Any]], rows: Iterable[tuple[str, bytes]]) -> list[dict[str, Any]]:
    by_id = {sense["id"]: sense | {"definitions": list(sense["definitions"])} for sense in senses}
    known = {_key(one) for sense in senses for one in sense["definitions"]}
    for sense, stored in rows:
        definition = orjson.loads(stored)
        if _key(definition) not in known:
            known.add(_key(definition))
            found = by_id.setdefault(sense, {"id": sense, "definitions": [], "more": 0, "equivalents": []})
            found["definitions"].append(definition)
    return list(by_id.values())


def _key(definition: dict[str, Any]) -> tuple[str | None, int | None, str]:
    return definition["source"]["report"], definition["source"]["start"], definition["text"]


_TERM = "term = (SELECT rank FROM terms WHERE id = :id)"
_DOCUMENTS = "SELECT d.sense, d.document FROM ({}) CROSS JOIN definitions d ON d.rowid = number"
"""The definitions that are chosen by what an index has of them; of no other one the document is read."""
_OWN = f"""SELECT sense, document FROM definitions
           WHERE {_TERM} AND report = (SELECT rank FROM reports WHERE id = :report)"""
_NAMED = f"SELECT sense, document FROM definitions WHERE {_TERM} AND near = :place ORDER BY position LIMIT :most"
_OF_YEARS = f"SELECT rowid AS number, year, position FROM definitions WHERE {_TERM} AND year"
_SAID_THEN = _DOCUMENTS.format(f"""SELECT number FROM (
    SELECT * FROM ({_OF_YEARS} < :year ORDER BY year DESC, position LIMIT :most)
    UNION ALL SELECT * FROM ({_OF_YEARS} >= :year ORDER BY year, position LIMIT :most)
) ORDER BY abs(year - :year), year, position LIMIT :most""")
_NEARBY = _DOCUMENTS.format(f"""SELECT rowid AS number FROM definitions WHERE {_TERM} AND near BETWEEN :from AND :to
    ORDER BY near != :code, substr(near, 1, 4) != :near, position DESC LIMIT :most""")
