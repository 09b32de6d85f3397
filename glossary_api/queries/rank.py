"""Which sense of a term is meant: ranked by where the asker stands and by what was known on the day asked for.

Near beats far: the report itself, its place, its prefecture, its province, the nation, elsewhere. A definition holds
from the delivery of its report on, until the same place says something else by the name. What neither place nor day
decides is a tie, and a tie is said to be one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from glossary_api.model import NATIONAL as NATIONAL
from glossary_api.text.divisions import ELSEWHERE, SAME_PLACE, SAME_PREFECTURE, SAME_PROVINCE, distance

JsonObject = Mapping[str, Any]

OWN_REPORT = "own-report"
UNPLACED = "no-place-asked"
KNOWN, SAME_YEAR, LATER, UNDATED, SUPERSEDED = "known", "same-year", "later", "undated", "superseded"

_NEARNESS = {
    SAME_PLACE: "same-place",
    SAME_PREFECTURE: "same-prefecture",
    SAME_PROVINCE: "same-province",
    ELSEWHERE: "elsewhere",
}
# Each weight leaves room for a superseded definition above the next one.
_WEIGHTS = {
    OWN_REPORT: 1.0,
    "same-place": 0.9,
    "same-prefecture": 0.7,
    "same-province": 0.5,
    NATIONAL: 0.4,
    "elsewhere": 0.2,
    UNPLACED: 0.5,
}
_SUPERSEDED = 0.9
"""What a definition keeps of its weight when its place has said something else since."""

PLACES = tuple(_WEIGHTS)
"""Every word that says where a definition stands to the asker, nearest first."""
DATES = (KNOWN, SAME_YEAR, LATER, UNDATED, SUPERSEDED)
"""Every word that says when a definition held."""

_SENTENCES = {
    OWN_REPORT: "defined by the report itself",
    "same-place": "defined by {place}, the place asked for",
    "same-prefecture": "defined by {place}, in the same prefecture",
    "same-province": "defined by {place}, in the same province",
    NATIONAL: "defined by the national report",
    "elsewhere": "defined by {place}, elsewhere",
    "unknown": "defined by {place}; how far that is from the place asked for is not known",
    UNPLACED: "defined by {place}; no place was asked for",
    KNOWN: "delivered {when}, not after {asked}",
    SAME_YEAR: "delivered in {when}; whether before {asked} is not known",
    LATER: "not yet known on {asked}: delivered {when}",
    UNDATED: "when it was delivered is not known",
    SUPERSEDED: "the same place has said something else since",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Where the asker stands; None leaves it open."""

    place: str | None = None
    """Full name of a division, such as 昆山市; only needed where it has no code."""
    code: str | None = None
    """Six-digit GB/T 2260 code of the division."""
    date: str | None = None
    """A day, ISO 8601: what held on it. None: everything known counts."""
    report: str | None = None
    """Id of the report in which the name stands."""


@dataclass(frozen=True, slots=True)
class Why:
    """One reason for a rank."""

    code: str
    """One of PLACES or DATES."""
    text: str
    """The same as a clause in English."""


@dataclass(frozen=True, slots=True)
class RankedSense:
    """A sense with its rank and the definition that gave it this rank."""

    sense: JsonObject
    """As in the term document: `{"id","definitions","equivalents"}`."""
    definition: JsonObject
    """The one of its definitions that stands nearest: `{"text","source","members","count_check"}`."""
    score: float
    """1 own report … 0 nothing says that it held on that day. Equal scores are a tie."""
    why: tuple[Why, ...]
    """Where it stands to the asker; then, if a day was asked for or something came later, when it held."""

    def document(self) -> dict[str, Any]:
        """`{"id","score","why": [{"code","text"}],"definition": str,"source": {…}}`."""
        return {
            "id": self.sense["id"],
            "score": self.score,
            "why": [{"code": why.code, "text": why.text} for why in self.why],
            "definition": self.definition["text"],
            "source": self.definition["source"],
        }


@dataclass(frozen=True, slots=True)
class Ranking:
    """The senses of a term, best first."""

    senses: tuple[RankedSense, ...]
    ambiguous: bool
    """Whether the two best are equally good, so that taking the first would be guessing."""


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where and when a definition was given."""

    place: str | None
    code: str | None
    national: bool
    date: str | None
    year: int | None

    def is_of(self, place: str | None, code: str | None) -> bool:
        """Whether a place, by code or, without one, by name, is this one's."""
        if self.code is not None and code is not None:
            return self.code == code
        return self.place is not None and self.place == place

    @property
    def time(self) -> str:
        """Day or else year of delivery, empty if neither is known; sorts by delivery."""
        return self.date or (f"{self.year:04}" if self.year is not None else "")

    def is_after(self, other: _Origin) -> bool:
        """Whether it was delivered later, as far as both say when."""
        known = min(len(self.time), len(other.time))
        return self.time[:known] > other.time[:known]


@dataclass(frozen=True, slots=True)
class _Candidate:
    sense: int
    definition: JsonObject
    origin: _Origin
    nearness: str
    time: str | None
    """One of KNOWN, SAME_YEAR, LATER, UNDATED; None if no day was asked for."""


def rank(senses: Sequence[JsonObject], asked: Asked, reports: Mapping[str, JsonObject]) -> Ranking:
    """The senses of a term as `asked` sees them, best first; senses that tie come latest definition first.

    `senses` are those of the term document. `reports` has, by id, the title block of every report that a source may
    name: `place`, `place_code`, `level`, `date` and `year` are read; for one that is missing the source's own place
    and year stand in. A sense whose definitions are all later than the day scores 0.
    """
    candidates = [
        _candidate(number, definition, asked, reports)
        for number, sense in enumerate(senses)
        for definition in sense["definitions"]
    ]
    best: dict[int, tuple[float, str, _Candidate, bool]] = {}
    for candidate in candidates:
        superseded = len(senses) > 1 and _is_superseded(candidate, candidates)
        scored = (_score(candidate, superseded), candidate.origin.time, candidate, superseded)
        if candidate.sense not in best or scored[:2] > best[candidate.sense][:2]:
            best[candidate.sense] = scored
    ranked = tuple(
        RankedSense(senses[number], candidate.definition, score, tuple(_reasons(candidate, superseded, asked)))
        for number, (score, _, candidate, superseded) in sorted(best.items(), key=lambda item: _order(*item[1]))
    )
    return Ranking(ranked, len(ranked) > 1 and ranked[0].score == ranked[1].score)


def _candidate(sense: int, definition: JsonObject, asked: Asked, reports: Mapping[str, JsonObject]) -> _Candidate:
    source = definition["source"]
    origin = _origin(source, reports)
    return _Candidate(sense, definition, origin, _nearness(source, origin, asked), _time(origin, asked.date))


def _origin(source: JsonObject, reports: Mapping[str, JsonObject]) -> _Origin:
    block = reports.get(source["report"] or "", source)
    national = block.get("level") == NATIONAL
    return _Origin(block["place"], block.get("place_code"), national, block.get("date"), block["year"])


def _nearness(source: JsonObject, origin: _Origin, asked: Asked) -> str:
    if asked.report is not None and source["report"] == asked.report:
        return OWN_REPORT
    if asked.place is None and asked.code is None:
        return UNPLACED
    if origin.is_of(asked.place, asked.code):
        return _NEARNESS[SAME_PLACE]
    return NATIONAL if origin.national else _NEARNESS[distance(origin.code, asked.code)]


def _time(origin: _Origin, day: str | None) -> str | None:
    if day is None:
        return None
    if origin.date is not None:
        return KNOWN if origin.date <= day else LATER
    if origin.year is None:
        return UNDATED
    if origin.year == int(day[:4]):
        return SAME_YEAR
    return KNOWN if origin.year < int(day[:4]) else LATER


def _is_superseded(candidate: _Candidate, others: Iterable[_Candidate]) -> bool:
    """Whether the place of a definition has, by the day asked for, given the name another sense."""
    origin = candidate.origin
    return candidate.nearness != OWN_REPORT and any(
        other.sense != candidate.sense
        and other.time != LATER
        and other.origin.is_after(origin)
        and other.origin.is_of(origin.place, origin.code)
        for other in others
    )


def _score(candidate: _Candidate, superseded: bool) -> float:
    if candidate.time == LATER:
        return 0.0
    return round(_WEIGHTS[candidate.nearness] * (_SUPERSEDED if superseded else 1), 2)


def _order(score: float, time: str, candidate: _Candidate, _: bool) -> tuple[float, float, list[int], int]:
    """Best first; then, of what was not yet known, the nearest; then the latest; then as the term has them."""
    return -score, -_WEIGHTS[candidate.nearness], [-ord(sign) for sign in time], candidate.sense


def _reasons(candidate: _Candidate, superseded: bool, asked: Asked) -> Iterable[Why]:
    origin = candidate.origin
    words = {"place": origin.place or "an unnamed place", "when": origin.date or origin.year, "asked": asked.date}
    unknown = candidate.nearness == _NEARNESS[ELSEWHERE] and None in (origin.code, asked.code)
    yield Why(candidate.nearness, _SENTENCES["unknown" if unknown else candidate.nearness].format(**words))
    if candidate.time:
        yield Why(candidate.time, _SENTENCES[candidate.time].format(**words))
    if superseded and candidate.time != LATER:
        yield Why(SUPERSEDED, _SENTENCES[SUPERSEDED])
