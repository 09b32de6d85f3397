"""Keep terms at hand for those who ask for their names from ever new places and days."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

import orjson

from glossary_api.model.words import EXACT
from glossary_api.queries.rank import (
    NEARNESS,
    WEIGHTS,
    Asked,
    Contender,
    Origin,
    Ranking,
    alone,
    backwards,
    by_verdict,
    explanation,
    first_taken,
    nearness_of,
    time_of,
)
from glossary_api.queries.standpoint import LookupQuestion
from glossary_api.store.edition import Edition, Found
from glossary_api.store.foremost import DEFINITIONS, NEARBY
from glossary_api.store.sketches import Sketched
from glossary_api.text.bearing import verdict, weighed
from glossary_api.text.places import ELSEWHERE, MUNICIPALITIES, SAME_PLACE, SAME_PROVINCE, distance
from glossary_api.text.standing import SenseStanding, standings
from glossary_api.text.surroundings import GivenMeaning, NameUse
from glossary_api.text.traits import HAS_CORE, OF_WHOLE


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


class _Claim(NamedTuple):
    """A note before a list, the nearer, the later: as `rank.first_taken` wants those that held on the day."""

    is_note: bool
    weight: float
    time: str


class _Seen(NamedTuple):
    """A definition as it is seen from a place, whatever the day."""

    number: int
    known: _Known
    near: Near
    nearness: str
    claim: _Claim

    def contender(self, at: int, day: str | None) -> Contender:
        """Return it as one of the sense with a number, seen from a day."""
        known = self.known
        return Contender(at, known.definition, known.origin, known.is_note, self.nearness, time_of(known.origin, day))


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
        self._alone = len(ids) == 1 and not any(row[_TRAITS] & HAS_CORE for row in rows)
        """Whether definitions are of one sense and judged each by itself, as `bearing.one_by_one` says."""
        givers = {row[_CODE][:2] if row[_CODE] else row[_PLACE] for row in rows if row[_SHOWN] and row[_PLACE]}
        self._spread = min(len(givers), _SPREAD)
        """Over how many provinces those that are shown are spread at least, from wherever they are seen."""
        self._known: dict[int, _Known] = {}
        self._seen: dict[tuple[int, Near, str], _Seen] = {}
        self._provinces: dict[str, Sequence[_Seen]] = {}
        self._years: dict[int, Sequence[_Seen]] = {}
        self.size = len(found.document) + _BYTES * (len(rows) + 1)

    def meant(self, question: LookupQuestion) -> Ranking | None:
        """Return what `rank.meant` says of what `seen_from` finds; None where that takes more than is at hand."""
        if not self.found.senses:
            return Ranking((), False)
        in_text = question.report is not None or question.context is not None
        if in_text or not self._sketched or self.found.match_type != EXACT:
            return None
        asked = question.asked_of({})
        use = question.use_as(asked)
        ranking = self._first_taken(use, asked) if self._alone else self._by_verdict(use, asked)
        self._read([one.definition["number"] for one in ranking.everything if "text" not in one.definition])
        return ranking

    def _first_taken(self, use: NameUse, asked: Asked) -> Ranking:
        """Rank the only sense."""

        def sketches() -> Sequence[Sequence[Sketch]]:
            return [[one.known.sketch for one in self._in_turn(asked)]]

        spread = self._spread if self._spread == _SPREAD else spread_of(sketches()[0], use)
        judge = PlainJudge(sketches, use, self._given, [spread])
        sense, day = {"id": self._senses[0]}, asked.date
        return first_taken(
            self._held_first(asked),
            lambda one: judge.verdict(0, one.known.sketch, one.near),
            lambda one: alone(sense, one.contender(0, day), asked),
        )

    def _by_verdict(self, use: NameUse, asked: Asked) -> Ranking:
        """Rank senses of which each may have a say in what becomes of the others."""
        senses: dict[int, list[_Seen]] = {}
        for one in (self._see(number, asked) for number in self._numbers(asked)):
            senses.setdefault(one.known.sense, []).append(one)
        listed = [{"id": self._senses[sense]} for sense in senses]
        candidates = [[one.contender(at, asked.date) for one in those] for at, those in enumerate(senses.values())]
        judge = PlainJudge(lambda: [[one.known.sketch for one in those] for those in senses.values()], use, self._given)
        verdicts = judge.all([[one.near for one in those] for those in senses.values()])
        return by_verdict(listed, candidates, verdicts, asked)

    def _held_first(self, asked: Asked) -> Iterator[_Seen]:
        """Yield definitions that held on the day, those first that speak for their sense most, then the others.

        The first is mostly one of the nearest notes: the order of all is worked out where none of these will do.
        """
        told = set()
        for one in self._nearest_notes(asked):
            told.add(one.number)
            yield one
        in_turn = [one for one in self._in_turn(asked) if one.number not in told]
        if asked.date is None:
            yield from in_turn
            return
        yield from (one for one in in_turn if one.claim.time <= asked.date)
        later = [one for one in in_turn if one.claim.time > asked.date]
        yield from sorted(later, key=lambda one: one.claim._replace(time=backwards(one.claim.time)), reverse=True)

    def _nearest_notes(self, asked: Asked) -> Iterator[_Seen]:
        """Yield notes that held on the day and before which none comes: of the prefecture, and those of the province if
        all are seen.
        """
        code, day, index = asked.code, asked.date or _LAST_DAY, self._index
        if code is None or asked.place in index.uncoded or code[:2] in MUNICIPALITIES:
            return
        close = index.close(code)
        if len(close) > NEARBY:
            return
        if close:
            seen = _ordered(self._see(number, asked) for number in self._shown_first(index.near(code)[: len(close)]))
            yield from (one for one in seen if one.claim.is_note and one.claim.time <= day)
        if len(index.of_province(code[:2])) > NEARBY:
            return
        for one in self._from_province(code[:2]):
            if not one.claim.is_note or one.nearness != NEARNESS[SAME_PROVINCE]:
                return
            if one.claim.time <= day and one.number not in close:
                yield one

    def _shown_first(self, numbers: Sequence[int]) -> Iterable[int]:
        """Return definitions in the order in which they are seen: those that the document shows, then the others."""
        return dict.fromkeys((*(number for number in self._shown if number in numbers), *numbers))

    def _numbers(self, asked: Asked) -> Iterable[int]:
        """Return the definitions that the document shows, those nearest to a place and those of the nearest years."""
        numbers = dict.fromkeys(self._shown)
        if len(numbers) < len(self._sketched):
            if asked.code is not None:
                numbers.update(dict.fromkeys(self._index.near(asked.code)))
            elif asked.place is not None:
                numbers.update(dict.fromkeys(self._index.named(asked.place)))
            if asked.year is not None:
                numbers.update(dict.fromkeys(self._index.then(asked.year)))
        return numbers

    def _in_turn(self, asked: Asked) -> Sequence[_Seen]:
        """Return the same, those that speak for their sense most before others.

        Most are seen alike from all places of a province: these are kept in order, and those that are nearer put
        among them.
        """
        code, index = asked.code, self._index
        if code is None or asked.place in index.uncoded or (closer := len(index.close(code))) > NEARBY:
            return _ordered([self._see(number, asked) for number in self._numbers(asked)])
        province, near = code[:2], index.near(code)
        listed = {*self._shown, *near}
        in_turn = self._from_province(province)
        if closer or len(in_turn) > len(listed):
            first = self._shown_first(near[:closer])
            others = [one for one in in_turn if one.number in listed and one.number not in first]
            in_turn = [*(self._see(number, asked) for number in first), *others]
        then = () if asked.year is None else self._then(asked.year)
        more = [one for one in then if one.number not in listed]
        if any((one.known.sketch.given.code or "").startswith(province) for one in more):
            more = [self._see(one.number, asked) for one in more]
        return _ordered([*in_turn, *more]) if closer or more else in_turn

    def _from_province(self, province: str) -> Sequence[_Seen]:
        """Return the definitions that are shown and all of a province in their order, as its other places see them."""
        if province not in self._provinces:
            there = Asked(None, province + _NOWHERE)
            numbers = dict.fromkeys((*self._shown, *self._index.of_province(province)))
            self._provinces[province] = _ordered([self._see(number, there) for number in numbers])
        return self._provinces[province]

    def _then(self, year: int) -> Sequence[_Seen]:
        """Return the definitions of the years nearest to one, as they are seen from other provinces."""
        if year not in self._years:
            self._years[year] = [self._see(number, Asked(None, _NOWHERE)) for number in self._index.then(year)]
        return self._years[year]

    def _see(self, number: int, asked: Asked) -> _Seen:
        known = self._known.get(number) or self._know(number)
        origin = known.origin
        near = nearest_of(known.sketch.given, asked.place, asked.code)
        is_far = origin.national or origin.code is None or asked.code is None
        nearness = nearness_of(origin, asked) if is_far else NEARNESS[near & ~OF_PROVINCE]
        seen = self._seen.get((number, near, nearness))
        if seen is None:
            claim = _Claim(known.is_note, WEIGHTS[nearness], origin.time)
            seen = self._seen[number, near, nearness] = _Seen(number, known, near, nearness, claim)
        return seen

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
        return [orjson.loads(self._select(_AT, (self.found.rank, number + 1))[0][0]) for number in numbers]

    @functools.cached_property
    def _index(self) -> _Index:
        rows = enumerate(self._sketched)
        return _Index((number, row[_PLACE], row[_CODE], row[_YEAR]) for number, row in rows)


class _Index:
    """The definitions of a term by place and by year, as numbers of their rows."""

    def __init__(self, rows: Iterable[tuple[int, str | None, str | None, int | None]]) -> None:
        """Take number, place, code and year of each, in their order."""
        self._named: defaultdict[str | None, list[int]] = defaultdict(list)
        self._around: defaultdict[str, list[int]] = defaultdict(list)
        self._years: defaultdict[int, list[int]] = defaultdict(list)
        self.uncoded: set[str | None] = set()
        """Names of places that have no code."""
        for number, place, code, year in rows:
            if code:
                self._around[code[:2]].append(number)
                self._around[code[:4]].append(number)
            else:
                self.uncoded.add(place)
            self._named[code or place].append(number)
            if year is not None:
                self._years[year].append(number)
        self._in_order = sorted(self._years)
        self._then: dict[int, Sequence[int]] = {}

    def near(self, code: str) -> Sequence[int]:
        """Return those of the province of a code: of the place itself, then of its prefecture, then of the rest."""
        close, there = self.close(code), self.of_province(code[:2])
        if not close:
            return there[:NEARBY]
        own = self._named.get(code, ())
        ordered = close if len(own) in (0, len(close)) else sorted(close, key=lambda number: number not in own)
        return [*ordered, *(number for number in there if number not in close)][:NEARBY]

    def close(self, code: str) -> Sequence[int]:
        """Return those of the prefecture of a code, the last first."""
        return self._around.get(code[:4], [])[::-1]

    def of_province(self, province: str) -> Sequence[int]:
        """Return those of a province by the first two digits of its code, the last first."""
        return self._around.get(province, [])[::-1]

    def named(self, place: str) -> Sequence[int]:
        """Return those of a place without a code."""
        return self._named.get(place, [])[:NEARBY]

    def then(self, year: int) -> Sequence[int]:
        """Return those of the years nearest to one, earlier ones first."""
        if year not in self._then:
            at = bisect_left(self._in_order, year)
            around = self._in_order[max(0, at - DEFINITIONS) : at + DEFINITIONS]
            ordered = sorted(around, key=lambda one: (abs(one - year), one))
            self._then[year] = [number for one in ordered for number in self._years[one][:DEFINITIONS]][:DEFINITIONS]
        return self._then[year]


def _ordered(seen: Iterable[_Seen]) -> list[_Seen]:
    """Return definitions in the order of their claims."""
    return sorted(seen, key=_CLAIM, reverse=True)


_CLAIM = itemgetter(_Seen._fields.index("claim"))
_NOWHERE = "----"
"""Ending of a code that is that of no place in a province."""
_LAST_DAY = "9999-12-31"
_SHOWN, _PLACE, _CODE, _YEAR, _TRAITS = map(Sketched._fields.index, ("shown", "place", "code", "year", "traits"))
_BYTES = 600
"""About how much memory a definition takes at hand."""
_ANSWERED = ("text", "head", "evidence", "source")
"""Those fields of a definition that are shown beside its sense."""
_AT = "SELECT document FROM definitions WHERE term = ? AND position = ?"


def spread_of(sense: Sequence[Sketch], use: NameUse) -> int:
    """Return over how many provinces a sense is spread, as far as that matters."""
    return min(standings([[one.given for one in sense]], use)[0].spread, _SPREAD)


class PlainJudge:
    """Judges explanations of a name, by sense, as `bearing.judged` does a use without a text around it."""

    def __init__(
        self,
        senses: Callable[[], Sequence[Sequence[Sketch]]],
        use: NameUse,
        read: Callable[[int], GivenMeaning],
        spreads: Sequence[int] = (),
    ) -> None:
        """Take what returns sketches, what returns the explanation with a number whole, and `spread_of` if known."""
        self._sketches, self._use, self._read = senses, use, read
        spreads = spreads or [spread_of(sense, use) for sense in self._senses]
        alone, placeless = len(spreads) == 1, use.place is None and use.code is None
        self._signs = [spread << 2 | alone << 1 | placeless for spread in spreads]
        self._more: dict[int, int] = {}

    @functools.cached_property
    def _senses(self) -> Sequence[Sequence[Sketch]]:
        return self._sketches()

    @functools.cached_property
    def _standings(self) -> Sequence[SenseStanding]:
        return standings([[one.given for one in sense] for sense in self._senses], self._use)

    def all(self, near: Sequence[Sequence[Near]]) -> list[list[str]]:
        """Return the verdict on each explanation of each sense; `near` says how near each is to the use."""
        each = enumerate(zip(self._senses, near, strict=True))
        return weighed([[self.verdict(at, *both) for both in zip(*those, strict=True)] for at, those in each])

    def verdict(self, sense: int, one: Sketch, near: Near) -> str:
        """Return the verdict on one of the explanations of a sense before the others have a say."""
        year = self._use.year
        if year is None or one.given.year is None:
            years = _NO_YEARS
        elif not -_YEARS <= (years := one.given.year - year) <= _YEARS:
            years = _YEARS if years > 0 else -_YEARS
        key = ((one.traits << 5 | years + _YEARS) << 3 | near) << 4 | self._signs[sense]
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
