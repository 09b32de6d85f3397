"""The place and the day of a question, as callers write them and as the ranking wants them; what is near to both."""

from __future__ import annotations

import contextlib
import datetime
import functools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Annotated, Any, NamedTuple, TypedDict

import orjson

from glossary_api.errors import BadParameter, BadQuery
from glossary_api.model.words import EXACT
from glossary_api.queries.rank import (
    NEARNESS,
    Asked,
    Candidate,
    Origin,
    Ranking,
    by_verdict,
    explanation,
    first_taken,
    nearness_of,
    time_of,
)
from glossary_api.store.edition import Edition, Found
from glossary_api.store.foremost import DEFINITIONS, NEARBY
from glossary_api.store.opening import Select
from glossary_api.store.sketches import Sketched
from glossary_api.text.places import NamedPlace, Places
from glossary_api.text.surroundings import GivenMeaning, NameUse
from glossary_api.text.traits import OF_PROVINCE, Near, PlainJudge, Sketch, nearest_of

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


class _Known(NamedTuple):
    """A definition as far as it takes to judge and to rank it."""

    sense: int
    sketch: Sketch
    definition: dict[str, Any]
    """Nothing but its number, as long as nobody was told of it."""
    origin: Origin
    is_note: bool

    def seen(self, at: int, near: Near, asked: Asked) -> Candidate:
        """Return it as one of the sense with a number, so near to the asker."""
        origin = self.origin
        is_far = origin.national or origin.code is None or asked.code is None
        nearness = nearness_of(origin, asked) if is_far else NEARNESS[near & ~OF_PROVINCE]
        return Candidate(at, self.definition, origin, self.is_note, nearness, time_of(origin, asked.date))


class TermAtHand:
    """A term that its name leads to, kept at hand for whoever asks from whatever place and day.

    What this takes is sketched in the edition; of the definitions themselves those that are answered are read.
    """

    def __init__(self, edition: Edition, name: str, found: Found) -> None:
        """Take a name and what it leads to."""
        self.found, self._name = found, name
        self._select, self._blocks = edition.select, edition.title_blocks
        ids, rows = orjson.loads(found.sketches) or ((), ())
        self._senses: Sequence[str] = ids
        self._sketched = [Sketched._make(row) for row in rows]
        self._shown = [number for number, one in enumerate(self._sketched) if one.shown]
        self._known: dict[int, _Known] = {}
        self.size = len(found.document) + _BYTES * (len(rows) + 1)

    def meant(self, question: LookupQuestion) -> Ranking | None:
        """Return what `rank.meant` says of what `seen_from` finds; None where that takes more than is at hand."""
        if not self.found.senses:
            return Ranking((), False)
        in_text = question.report is not None or question.context is not None
        if in_text or not self._sketched or self.found.match_type != EXACT:
            return None
        asked = question.asked_of({})
        senses = self._seen_from(asked)
        sketches = [[one.sketch for one in those] for those in senses.values()]
        near = [[nearest_of(one.given, asked.place, asked.code) for one in those] for those in sketches]
        candidates = [
            [one.seen(at, how_near, asked) for one, how_near in zip(those, hows, strict=True)]
            for at, (those, hows) in enumerate(zip(senses.values(), near, strict=True))
        ]
        listed = [{"id": self._senses[sense]} for sense in senses]
        judge = PlainJudge(sketches, near, question.use_as(asked), self._given)
        if judge.is_by_each():
            ranking = first_taken(listed, candidates[0], partial(judge.verdict, 0), asked)
        else:
            ranking = by_verdict(listed, candidates, judge.all(), asked)
        self._read([one.definition["number"] for one in ranking.everything if "text" not in one.definition])
        return ranking

    def _seen_from(self, asked: Asked) -> Mapping[int, Sequence[_Known]]:
        """Return the definitions that the document shows and those nearest to a place and a year, by sense."""
        numbers = dict.fromkeys(self._shown)
        if len(numbers) < len(self._sketched):
            if asked.code is not None:
                numbers.update(dict.fromkeys(self._index.near(asked.code)))
            elif asked.place is not None:
                numbers.update(dict.fromkeys(self._index.named(asked.place)))
            if asked.year is not None:
                numbers.update(dict.fromkeys(self._index.then(asked.year)))
        senses: dict[int, list[_Known]] = {}
        for number in numbers:
            one = self._known.get(number) or self._know(number)
            senses.setdefault(one.sense, []).append(one)
        return senses

    def _know(self, number: int) -> _Known:
        one = self._sketched[number]
        given = GivenMeaning(one.head or self._name, "", (), one.note, None, "", one.place, one.code, None, one.year)
        time = one.date or (f"{one.year:04}" if one.year is not None else "")
        origin = Origin(one.place, one.code, one.national, one.date, one.year, time)
        sketch = Sketch(number, given, one.traits)
        self._known[number] = known = _Known(one.sense, sketch, {"number": number}, origin, one.is_note)
        return known

    def _given(self, number: int) -> GivenMeaning:
        """Return an explanation whole."""
        return explanation(self._documents((number,))[0], self._blocks)

    def _read(self, numbers: Sequence[int]) -> None:
        """Put into definitions what answers have of them."""
        for number, document in zip(numbers, self._documents(numbers) if numbers else (), strict=True):
            shown = {name: orjson.Fragment(orjson.dumps(document[name])) for name in _ANSWERED}
            self._known[number].definition.update(shown)

    def _documents(self, numbers: Sequence[int]) -> list[dict[str, Any]]:
        """Return definitions by their numbers."""
        positions = orjson.dumps([number + 1 for number in numbers]).decode()
        rows = dict(self._select(_AT, {"term": self.found.rank, "positions": positions}))
        return [orjson.loads(rows[number + 1]) for number in numbers]

    @functools.cached_property
    def _index(self) -> _Index:
        return _Index((number, one.code or one.place, one.year) for number, one in enumerate(self._sketched))


class _Index:
    """The definitions of a term by place and by year, as numbers of their rows."""

    def __init__(self, rows: Iterable[tuple[int, str | None, int | None]]) -> None:
        """Take number, place and year of each, in their order."""
        self._near: defaultdict[str | None, list[int]] = defaultdict(list)
        self._provinces: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        self._years: defaultdict[int, list[int]] = defaultdict(list)
        for number, near, year in rows:
            self._near[near].append(number)
            if near is not None and f"{near[:2]}0000" <= near <= f"{near[:2]}9999":
                self._provinces[near[:2]].insert(0, (near, number))
            if year is not None:
                self._years[year].append(number)
        self._in_order = sorted(self._years)
        self._then: dict[int, Sequence[int]] = {}

    def near(self, code: str) -> Sequence[int]:
        """Return those of the province of a code: of the place itself, then of its prefecture, then of the rest."""
        ordered = sorted(self._provinces.get(code[:2], ()), key=lambda one: (one[0] != code, one[0][:4] != code[:4]))
        return [number for _, number in ordered[:NEARBY]]

    def named(self, place: str) -> Sequence[int]:
        """Return those of a place without a code."""
        return self._near.get(place, [])[:NEARBY]

    def then(self, year: int) -> Sequence[int]:
        """Return those of the years nearest to one, earlier ones first."""
        if year not in self._then:
            at = bisect_left(self._in_order, year)
            around = self._in_order[max(0, at - DEFINITIONS) : at + DEFINITIONS]
            ordered = sorted(around, key=lambda one: (abs(one - year), one))
            self._then[year] = [number for one in ordered for number in self._years[one][:DEFINITIONS]][:DEFINITIONS]
        return self._then[year]


_BYTES = 500
"""About how much memory a definition takes at hand."""
_ANSWERED = ("text", "head", "evidence", "source")
"""Those fields of a definition that are shown beside its sense."""
_AT = """SELECT position, document FROM definitions
         WHERE term = :term AND position IN (SELECT value FROM json_each(:positions))"""
