"""Rank the senses of a term by where the asker stands and by what was known on the day asked for.

Near beats far: the report itself, its place, its prefecture, its province, the nation, elsewhere. A definition holds
from the delivery of its report on, until the same place says something else by the name. What neither place nor day
decides is a tie, and a tie is said to be one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from glossary_api.model.messages import ENGLISH, Message
from glossary_api.model.words import DECIDED, DEFINED_WHEN, DEFINED_WHERE, INLINE, NATIONAL, NOTE
from glossary_api.store.shapes import RankedSenseDocument, RefusedSenseDocument, WhyDocument
from glossary_api.text.bearing import (
    AGREED,
    COMMON_NAME,
    LONG_AGO,
    NEARER,
    OF_ITS_PLACE,
    OTHER_WHOLE,
    OTHER_WORDS,
    PARTICULAR,
    REFUSED,
    SAME_WHOLE,
    TAKEN,
    judged,
    one_by_one,
)
from glossary_api.text.bearing import LATER as LATER_SAID
from glossary_api.text.places import ELSEWHERE, SAME_PLACE, SAME_PREFECTURE, SAME_PROVINCE, distance
from glossary_api.text.surroundings import GivenMeaning, NameUse

JsonObject = Mapping[str, Any]
Item = TypeVar("Item")

OWN_REPORT, *_, UNPLACED = DEFINED_WHERE
KNOWN, SAME_YEAR, LATER, UNDATED, SUPERSEDED = DEFINED_WHEN

NEARNESS = {
    SAME_PLACE: "same-place",
    SAME_PREFECTURE: "same-prefecture",
    SAME_PROVINCE: "same-province",
    ELSEWHERE: "elsewhere",
}
# Each weight leaves room for a superseded definition above the next one.
WEIGHTS = {OWN_REPORT: 1.0, "same-place": 0.9, "same-prefecture": 0.7, "same-province": 0.5, NATIONAL: 0.4}
WEIGHTS |= {"elsewhere": 0.2, UNPLACED: 0.5}
_SUPERSEDED = 0.9
"""What a definition keeps of its weight when its place has said something else since."""

_NINES = str.maketrans("0123456789", "9876543210")
"""What makes the earliest day the last in the order of characters."""

_NO_WEAKER = tuple(code for code in TAKEN if code not in (AGREED, PARTICULAR))
"""Where the whole name is explained, what is said of its core does not speak for it."""
_NO_EVIDENCE: JsonObject = {"kind": NOTE, "reports": [], "more": 0}
"""That of a definition which does not say."""
_REFUSALS = {
    LATER_SAID: "only-later",
    LONG_AGO: "too-long-before",
    OF_ITS_PLACE: "speaks-of-its-own-place",
    OTHER_WHOLE: "said-of-longer-name",
    OTHER_WORDS: "something-else-counted",
    COMMON_NAME: "common-name",
    NEARER: "explained-nearer",
}

_SENTENCES = {
    OWN_REPORT: "defined-by-report-itself",
    "same-place": "defined-at-place-asked",
    "same-prefecture": "defined-in-prefecture",
    "same-province": "defined-in-province",
    NATIONAL: "defined-by-national-report",
    "elsewhere": "defined-elsewhere",
    "unknown": "defined-at-unknown-distance",
    UNPLACED: "defined-no-place-asked",
    KNOWN: "delivered-before",
    SAME_YEAR: "delivered-in-same-year",
    LATER: "delivered-later",
    UNDATED: "delivered-unknown",
    SUPERSEDED: "superseded",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The place, day and report of whoever asks; None leaves it open."""

    place: str | None = None
    """Full name of a division, such as 昆山市; only needed where it has no code."""
    code: str | None = None
    """Six-digit GB/T 2260 code of the division."""
    date: str | None = None
    """A day, ISO 8601: what held on it. None: everything known counts."""
    report: str | None = None
    """Id of the report in which the name stands."""

    @property
    def year(self) -> int | None:
        """Return the year of the day."""
        return int(self.date[:4]) if self.date else None


@dataclass(frozen=True, slots=True)
class Why:
    """One reason for a rank."""

    code: str
    """One of DEFINED_WHERE or DEFINED_WHEN; for a refusal one of REFUSED."""
    text: Message
    """The same for people."""

    def document(self, language: str) -> WhyDocument:
        """Return it with its text in the language of a tag."""
        return {"code": self.code, "text": self.text.said(language)}


@dataclass(frozen=True, slots=True)
class RankedSense:
    """A sense with its rank and the definition that gave it this rank."""

    sense: JsonObject
    """As in the term document: `{"id","definitions","equivalents"}`."""
    definition: JsonObject
    """The one of its definitions that stands nearest, notes before lists: `{"text","source","members",…}`."""
    score: float
    """1 own report … 0 nothing says that it held on that day. Equal scores are a tie."""
    why: tuple[Why, ...]
    """Where it stands to the asker; then, if a day was asked for or something came later, when it held."""

    def document(self, language: str = ENGLISH) -> RankedSenseDocument:
        """Return it as answers have it, the reasons in the language of a tag."""
        return {
            "id": self.sense["id"],
            "score": self.score,
            "why": [why.document(language) for why in self.why],
            "definition": self.definition["text"],
            "head": self.definition.get("head", ""),
            "evidence": self.definition.get("evidence", _NO_EVIDENCE),
            "source": self.definition["source"],
        }


@dataclass(frozen=True, slots=True)
class RefusedSense:
    """A sense that is not offered as what a use means."""

    ranked: RankedSense
    reason: Why
    """Its `code` is one of REFUSED."""

    def document(self, language: str = ENGLISH) -> RefusedSenseDocument:
        """Return that of the ranked sense, and the reason."""
        return {**self.ranked.document(language), "reason": self.reason.document(language)}


@dataclass(frozen=True, slots=True)
class Ranking:
    """The senses of a term, best first."""

    senses: tuple[RankedSense, ...]
    ambiguous: bool
    """Whether the two best are equally good, so that taking the first would be guessing."""
    elsewhere: tuple[RefusedSense, ...] = ()
    """What the name means elsewhere, nearest first, each with why it is not taken for this use."""

    @property
    def everything(self) -> Iterator[RankedSense]:
        """Yield the senses that are offered, then the others."""
        yield from self.senses
        yield from (refused.ranked for refused in self.elsewhere)


class Origin(NamedTuple):
    """The place and the time at which a definition was given."""

    place: str | None
    code: str | None
    national: bool
    date: str | None
    year: int | None
    time: str
    """Day or else year of delivery, empty if neither is known; sorts by delivery."""

    def is_of(self, place: str | None, code: str | None) -> bool:
        """Return whether a place, by code or, without one, by name, is this one's."""
        if self.code is not None and code is not None:
            return self.code == code
        return self.place is not None and self.place == place

    def is_after(self, other: Origin) -> bool:
        """Return whether it was delivered later, as far as both say when."""
        known = min(len(self.time), len(other.time))
        return self.time[:known] > other.time[:known]


class Contender(NamedTuple):
    """A definition of one of the senses of a term, seen from an asker."""

    sense: int
    definition: JsonObject
    origin: Origin
    is_note: bool
    """Whether it was written to explain the name."""
    nearness: str
    time: str | None
    """One of KNOWN, SAME_YEAR, LATER, UNDATED; None if no day was asked for."""


def rank(senses: Sequence[JsonObject], asked: Asked, reports: Mapping[str, JsonObject]) -> Ranking:
    """Return the senses of a term as `asked` sees them, best first; of senses that tie what most provinces say comes
    first, then the latest.

    `senses` are those of the term document. `reports` has, by id, the title block of every report that a source may
    name: `place`, `place_code`, `level`, `date` and `year` are read; for one that is missing the source's own place
    and year stand in. A sense whose definitions are all later than the day scores 0.
    """
    return _ranked([one for those in candidates_of(senses, asked, reports) for one in those], senses, asked)


def candidates_of(
    senses: Sequence[JsonObject], asked: Asked, reports: Mapping[str, JsonObject]
) -> list[list[Contender]]:
    """Return the definitions of each sense, seen from an asker."""
    numbered = enumerate(senses)
    return [[_candidate(at, one, asked, reports) for one in sense["definitions"]] for at, sense in numbered]


def _ranked(candidates: Sequence[Contender], senses: Sequence[JsonObject], asked: Asked) -> Ranking:
    """Return those of the senses that have candidates, best first."""
    best: dict[int, tuple[tuple[object, ...], Contender, bool]] = {}
    widths = _widths(candidates)
    superseded = _superseded(candidates) if len(widths) > 1 else ()
    for candidate in candidates:
        later = id(candidate) in superseded
        claim = _claim(_score(candidate, later), candidate)
        if candidate.sense not in best or claim > best[candidate.sense][0]:
            best[candidate.sense] = claim, candidate, later
    scored = ((_score(one, later), one, later) for _, one, later in best.values())
    ordered = sorted(scored, key=lambda one: _order(widths[one[1].sense], one[0], one[1]))
    ranked = tuple(
        RankedSense(senses[one.sense], one.definition, score, _reasons(one, later, asked))
        for score, one, later in ordered
    )
    return Ranking(ranked, len(ranked) > 1 and ranked[0].score == ranked[1].score)


def meant(senses: Sequence[JsonObject], use: NameUse, asked: Asked, reports: Mapping[str, JsonObject]) -> Ranking:
    """Rank the senses that say what a use means, and keep the others apart, each with the reason.

    As `rank`, but a sense is offered only on evidence (see `text/bearing.py`), and by a definition that has it.
    """
    given = [[explanation(one, reports) for one in sense["definitions"]] for sense in senses]
    candidates = candidates_of(senses, asked, reports)
    verdict = one_by_one(given[0], use) if len(senses) == 1 else None
    if verdict is None:
        return by_verdict(senses, candidates, judged(given, use), asked)
    both = list(zip(candidates[0], given[0], strict=True))
    both.sort(key=lambda one: _claim(_score(one[0], False), one[0]), reverse=True)
    return first_taken(both, lambda one: verdict(one[1]), lambda one: alone(senses[0], one[0], asked))


def first_taken(those: Iterable[Item], verdict: Callable[[Item], str], made: Callable[[Item], RankedSense]) -> Ranking:
    """Rank the only sense by the first of its definitions that is taken, in the order of their claims."""
    refused: list[tuple[Item, str]] = []
    for one in those:
        code = verdict(one)
        if code in TAKEN:
            return Ranking((made(one),), False)
        refused.append((one, code))
    return Ranking((), False, (RefusedSense(made(refused[0][0]), _worst(code for _, code in refused)),))


def alone(sense: JsonObject, candidate: Contender, asked: Asked) -> RankedSense:
    """Return a sense as one of its definitions by itself ranks it."""
    return RankedSense(sense, candidate.definition, _score(candidate, False), _reasons(candidate, False, asked))


def _worst(codes: Iterable[str]) -> Why:
    """Return why a sense is refused, by the codes of all of its definitions."""
    code = min(codes, key=REFUSED.index)
    return Why(code, Message(_REFUSALS[code]))


def by_verdict(
    senses: Sequence[JsonObject],
    candidates: Sequence[Sequence[Contender]],
    verdicts: Sequence[Sequence[str]],
    asked: Asked,
) -> Ranking:
    """Rank senses by what `text/bearing.py` says of each of their definitions."""
    taken: list[Contender] = []
    refused: list[Contender] = []
    reason_of: dict[str, Why] = {}
    for sense, those, codes in zip(senses, candidates, verdicts, strict=True):
        wanted = TAKEN if SAME_WHOLE not in codes else _NO_WEAKER
        kept = [one for one, code in zip(those, codes, strict=True) if code in wanted]
        if not kept:
            reason_of[sense["id"]] = _worst(codes)
        found = taken if kept else refused
        found += kept or those
    offered, left = (_ranked(those, senses, asked) for those in (taken, refused))
    elsewhere = tuple(RefusedSense(one, reason_of[one.sense["id"]]) for one in left.senses)
    return Ranking(offered.senses, offered.ambiguous, elsewhere)


def explanation(definition: JsonObject, reports: Mapping[str, JsonObject]) -> GivenMeaning:
    """Reduce a definition of a term document to what a judge has to know of it."""
    source = definition["source"]
    block = reports.get(source["report"] or "", {})
    note = definition.get("evidence", _NO_EVIDENCE)["kind"] in (NOTE, DECIDED)
    return GivenMeaning(
        definition.get("head", ""),
        definition["text"],
        tuple(definition.get("beside", ())),
        note,
        source.get("entry"),
        source["report"],
        block.get("place") or source["place"],
        block.get("place_code"),
        block.get("level"),
        block.get("year") or source["year"],
    )


def standing(definition: JsonObject, asked: Asked, reports: Mapping[str, JsonObject]) -> str:
    """Return where a definition stands to the asker: one of DEFINED_WHERE."""
    source = definition["source"]
    return _nearness(source, _origin(source, reports), asked)


def _candidate(sense: int, definition: JsonObject, asked: Asked, reports: Mapping[str, JsonObject]) -> Contender:
    source = definition["source"]
    origin, is_note = _origin(source, reports), source["type"] != INLINE
    return Contender(sense, definition, origin, is_note, _nearness(source, origin, asked), time_of(origin, asked.date))


def _origin(source: JsonObject, reports: Mapping[str, JsonObject]) -> Origin:
    block = reports.get(source["report"] or "", source)
    date, year = block.get("date"), block["year"]
    time = date or (f"{year:04}" if year is not None else "")
    return Origin(block["place"], block.get("place_code"), block.get("level") == NATIONAL, date, year, time)


def _nearness(source: JsonObject, origin: Origin, asked: Asked) -> str:
    if asked.report is not None and source["report"] == asked.report:
        return OWN_REPORT
    return nearness_of(origin, asked)


def nearness_of(origin: Origin, asked: Asked) -> str:
    """Return where a definition stands that is not of the report that is asked about: one of DEFINED_WHERE."""
    if asked.place is None and asked.code is None:
        return UNPLACED
    if origin.is_of(asked.place, asked.code):
        return NEARNESS[SAME_PLACE]
    return NATIONAL if origin.national else NEARNESS[distance(origin.code, asked.code)]


def time_of(origin: Origin, day: str | None) -> str | None:
    """Return when a definition was given, seen from a day: one of DEFINED_WHEN; None if no day is asked for."""
    if day is None:
        return None
    if origin.date is not None:
        return KNOWN if origin.date <= day else LATER
    if origin.year is None:
        return UNDATED
    if origin.year == int(day[:4]):
        return SAME_YEAR
    return KNOWN if origin.year < int(day[:4]) else LATER


def _claim(score: float, candidate: Contender) -> tuple[object, ...]:
    """Return what is greater for a definition that speaks for its sense before another: held at all, a note, nearer,
    later. Of what was not yet known on the day the nearest speaks, and of these the earliest.
    """
    if score > 0:
        return True, candidate.is_note, score, candidate.origin.time
    return False, candidate.is_note, WEIGHTS[candidate.nearness], backwards(candidate.origin.time)


def backwards(time: str) -> str:
    """Return what sorts the other way round: days by the latest first."""
    return time.translate(_NINES)


def _superseded(candidates: Sequence[Contender]) -> set[int]:
    """Return, by identity, the definitions whose place has given the name another sense by the day asked for.

    A place is known by its code or, where either has none, by its name.
    """
    of_code: defaultdict[str | None, list[Contender]] = defaultdict(list)
    for one in candidates:
        of_code[one.origin.code].append(one)
    if len(of_code) == len(candidates) and None not in of_code:
        return set()
    bare = of_code.pop(None, ())
    found = {id(one) for those in of_code.values() if len(those) > 1 for one in those if _is_superseded(one, those)}
    for one in candidates if bare else ():
        others, name = candidates if one.origin.code is None else bare, one.origin.place
        if name is not None and _is_superseded(one, [each for each in others if each.origin.place == name]):
            found.add(id(one))
    return found


def _is_superseded(one: Contender, others: Iterable[Contender]) -> bool:
    """Return whether one of other definitions of its place has given the name another sense by the day asked for."""
    return one.nearness != OWN_REPORT and any(
        other.sense != one.sense and other.time != LATER and other.origin.is_after(one.origin) for other in others
    )


def _score(candidate: Contender, superseded: bool) -> float:
    if candidate.time == LATER:
        return 0.0
    return round(WEIGHTS[candidate.nearness] * (_SUPERSEDED if superseded else 1), 2)


def _widths(candidates: Iterable[Contender]) -> dict[int, int]:
    """Return by how many provinces each sense is given; the nation is one."""
    givers: defaultdict[int, set[str | None]] = defaultdict(set)
    for one in candidates:
        givers[one.sense].add((one.origin.code or "")[:2] or one.origin.place)
    return {sense: len(those) for sense, those in givers.items()}


def _order(width: int, score: float, candidate: Contender) -> tuple[object, ...]:
    """Return best first; then, of what was not yet known, the nearest; then what most provinces say; then the latest;
    then as the term has them.
    """
    nearness, time = WEIGHTS[candidate.nearness], candidate.origin.time
    return -score, -nearness, -width, backwards(time), candidate.sense


def _reasons(candidate: Contender, superseded: bool, asked: Asked) -> tuple[Why, ...]:
    origin, near = candidate.origin, candidate.nearness
    words = {"place": origin.place or Message("unnamed-place"), "when": origin.date or origin.year, "asked": asked.date}
    unknown = near == NEARNESS[ELSEWHERE] and None in (origin.code, asked.code)
    reasons = [Why(near, Message(_SENTENCES["unknown" if unknown else near], **words))]
    if candidate.time:
        reasons.append(Why(candidate.time, Message(_SENTENCES[candidate.time], **words)))
    if superseded and candidate.time != LATER:
        reasons.append(Why(SUPERSEDED, Message(_SENTENCES[SUPERSEDED])))
    return tuple(reasons)
