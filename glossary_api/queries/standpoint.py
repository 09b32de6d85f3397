"""The place and the day of a question, as callers write them and as the ranking wants them; what is near to both."""

from __future__ import annotations

import contextlib
import datetime
import functools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Annotated, Any, NamedTuple, TypedDict

import orjson

from glossary_api.errors import BadParameter, BadQuery
from glossary_api.model.words import EXACT
from glossary_api.queries.rank import (
    NEARNESS,
    Asked,
    Contender,
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
from glossary_api.text.bearing import verdict, weighed
from glossary_api.text.places import ELSEWHERE, SAME_PLACE, NamedPlace, Places, distance
from glossary_api.text.standing import standings
from glossary_api.text.surroundings import GivenMeaning, NameUse
from glossary_api.text.traits import HAS_CORE, OF_WHOLE

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


class Sketch(NamedTuple):
    """An explanation as far as it is needed to choose and to judge it."""

    number: int
    """Which one it is among all of its name."""
    given: GivenMeaning
    """Without its texts."""
    traits: int


Near = int
"""How far from a use an explanation was given, as `distance` says, and OF_PROVINCE if it is of the same province."""
OF_PROVINCE = 4


def nearest_of(explanation: GivenMeaning, place: str | None, code: str | None) -> Near:
    """Return how near an explanation is to a place."""
    other = explanation.code
    if other is None or code is None:
        return SAME_PLACE if explanation.place is not None and explanation.place == place else ELSEWHERE
    return OF_PROVINCE | distance(other, code) if other[:2] == code[:2] else ELSEWHERE


class _Known(NamedTuple):
    """A definition as far as it takes to judge and to rank it."""

    sense: int
    sketch: Sketch
    definition: dict[str, Any]
    """Nothing but its number, as long as nobody was told of it."""
    origin: Origin
    is_note: bool

    def seen(self, at: int, near: Near, asked: Asked) -> Contender:
        """Return it as one of the sense with a number, so near to the asker."""
        origin = self.origin
        is_far = origin.national or origin.code is None or asked.code is None
        nearness = nearness_of(origin, asked) if is_far else NEARNESS[near & ~OF_PROVINCE]
        return Contender(at, self.definition, origin, self.is_note, nearness, time_of(origin, asked.date))


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
        self._sketched: Sequence[Sequence[Any]] = rows
        """The rows of `Sketched`."""
        self._shown = [number for number, row in enumerate(rows) if row[_SHOWN]]
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
        one = Sketched._make(self._sketched[number])
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
        rows = enumerate(self._sketched)
        return _Index((number, row[_CODE] or row[_PLACE], row[_YEAR]) for number, row in rows)


class _Index:
    """The definitions of a term by place and by year, as numbers of their rows."""

    def __init__(self, rows: Iterable[tuple[int, str | None, int | None]]) -> None:
        """Take number, place and year of each, in their order."""
        self._near: defaultdict[str | None, list[int]] = defaultdict(list)
        self._provinces: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        self._years: defaultdict[int, list[int]] = defaultdict(list)
        for number, near, year in rows:
            self._near[near].append(number)
            if near is not None and near.isdigit():
                self._provinces[near[:2]].append((near, number))
            if year is not None:
                self._years[year].append(number)
        self._in_order = sorted(self._years)
        self._then: dict[int, Sequence[int]] = {}

    def near(self, code: str) -> Sequence[int]:
        """Return those of the province of a code: of the place itself, then of its prefecture, then of the rest."""
        there = reversed(self._provinces.get(code[:2], ()))
        ordered = sorted(there, key=lambda one: (one[0] != code, one[0][:4] != code[:4]))
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


_SHOWN, _PLACE, _CODE, _YEAR = map(Sketched._fields.index, ("shown", "place", "code", "year"))
_BYTES = 500
"""About how much memory a definition takes at hand."""
_ANSWERED = ("text", "head", "evidence", "source")
"""Those fields of a definition that are shown beside its sense."""
_AT = """SELECT position, document FROM definitions
         WHERE term = :term AND position IN (SELECT value FROM json_each(:positions))"""


class PlainJudge:
    """Judges explanations of a name, by sense, as `bearing.judged` does a use without a text around it."""

    def __init__(
        self,
        senses: Sequence[Sequence[Sketch]],
        near: Sequence[Sequence[Near]],
        use: NameUse,
        read: Callable[[int], GivenMeaning],
    ) -> None:
        """Take sketches and how near they are to the use; `read` returns the explanation with a number whole."""
        self._senses, self._near, self._use, self._read = senses, near, use, read
        self._standings = standings([[one.given for one in sense] for sense in senses], use)
        alone, placeless = len(senses) == 1, use.place is None and use.code is None
        self._signs = [min(one.spread, _SPREAD) << 2 | alone << 1 | placeless for one in self._standings]
        self._more: dict[int, int] = {}

    def is_by_each(self) -> bool:
        """Tell whether the explanations of the only sense are judged each by itself, as `bearing.one_by_one` says."""
        return len(self._senses) == 1 and not any(one.traits & HAS_CORE for one in self._senses[0])

    def all(self) -> list[list[str]]:
        """Return the verdict on each explanation of each sense."""
        return weighed([[self.verdict(at, i) for i in range(len(sense))] for at, sense in enumerate(self._senses)])

    def verdict(self, sense: int, at: int) -> str:
        """Return the verdict on one of the explanations of a sense before the others have a say."""
        one, year = self._senses[sense][at], self._use.year
        if year is None or one.given.year is None:
            years = _NO_YEARS
        elif not -_YEARS <= (years := one.given.year - year) <= _YEARS:
            years = _YEARS if years > 0 else -_YEARS
        key = ((one.traits << 5 | years + _YEARS) << 3 | self._near[sense][at]) << 4 | self._signs[sense]
        found = _verdicts.get(key)
        if found == _DEPENDS:
            found = _depending.get((key, self._more_of(sense)))
        return self._judged(sense, one, key) if found is None else found

    def _judged(self, sense: int, one: Sketch, key: int) -> str:
        """Judge an explanation, and keep the verdict for all that are like it."""
        standing = standings(self._standings[0].agreement.senses, self._use)[sense]
        found = verdict(self._read(one.number), standing, self._use)
        if len(_verdicts) + len(_depending) >= _KEPT:
            _verdicts.clear()
            _depending.clear()
        if _AGREEMENT.isdisjoint(vars(standing.agreement)):  # none of it was asked for
            _verdicts[key] = found
        else:
            _verdicts[key], _depending[key, self._more_of(sense)] = _DEPENDS, found
        return found

    def _more_of(self, sense: int) -> int:
        """Return how a sense stands among all, as far as that takes a look at all of them."""
        if sense not in self._more:
            standing = self._standings[sense]
            longer = any(one.traits & OF_WHOLE for one in self._senses[sense])
            settled = standing.agreement.settled is None, standing.settled
            bits = (*settled, standing.rivalled, longer and standing.foremost, standing.agreement.is_of_many)
            self._more[sense] = sum([1 << at for at, bit in enumerate(bits) if bit])
        return self._more[sense]


_YEARS = 12
"""No rule tells more years from so many."""
_NO_YEARS = _YEARS + 1
_SPREAD = 3
"""Nor more provinces from so many."""
_KEPT = 100_000
"""How many combinations are kept at most."""
_verdicts: dict[int, str] = {}
_depending: dict[tuple[int, int], str] = {}
"""Verdicts by all that they depend on: in the first without a look at who agrees with whom."""
_DEPENDS = ""
"""What the first has of those in the second."""
_AGREEMENT = frozenset(("settled", "foremost", "named", "is_of_many"))
"""The attributes of an agreement that it works out when they are asked for."""
