"""Rank the senses of a term by where the asker stands and by what was known on the day asked for.

Near beats far: the report itself, its place, its prefecture, its province, the nation, elsewhere. A definition holds
from the delivery of its report on, until the same place says something else by the name. What neither place nor day
decides is a tie, and a tie is said to be one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

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

OWN_REPORT, *_, UNPLACED = DEFINED_WHERE
KNOWN, SAME_YEAR, LATER, UNDATED, SUPERSEDED = DEFINED_WHEN

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


class _Origin(NamedTuple):
    """The place and the time at which a definition was given."""

    place: str | None
    code: str | None
    national: bool
    date: str | None
    year: int | None

    def is_of(self, place: str | None, code: str | None) -> bool:
        """Return whether a place, by code or, without one, by name, is this one's."""
        if self.code is not None and code is not None:
            return self.code == code
        return self.place is not None and self.place == place

    @property
    def time(self) -> str:
        """Return day or else year of delivery, empty if neither is known; sorts by delivery."""
        return self.date or (f"{self.year:04}" if self.year is not None else "")

    def is_after(self, other: _Origin) -> bool:
        """Return whether it was delivered later, as far as both say when."""
        known = min(len(self.time), len(other.time))
        return self.time[:known] > other.time[:known]


class _Candidate(NamedTuple):
    sense: int
    definition: JsonObject
    origin: _Origin
    nearness: str
    time: str | None
    """One of KNOWN, SAME_YEAR, LATER, UNDATED; None if no day was asked for."""

    @property
    def is_note(self) -> bool:
        """Return whether it was written to explain the name."""
        return bool(self.definition["source"]["type"] != INLINE)


def rank(senses: Sequence[JsonObject], asked: Asked, reports: Mapping[str, JsonObject]) -> Ranking:
    """Return the senses of a term as `asked` sees them, best first; of senses that tie what most provinces say comes
    first, then the latest.

    `senses` are those of the term document. `reports` has, by id, the title block of every report that a source may
    name: `place`, `place_code`, `level`, `date` and `year` are read; for one that is missing the source's own place
    and year stand in. A sense whose definitions are all later than the day scores 0.
    """
    candidates = [
        _candidate(number, definition, asked, reports)
        for number, sense in enumerate(senses)
        for definition in sense["definitions"]
    ]
    return _ranked(candidates, senses, asked)


def _ranked(candidates: Sequence[_Candidate], senses: Sequence[JsonObject], asked: Asked) -> Ranking:
    """Return those of the senses that have candidates, best first."""
    best: dict[int, tuple[tuple[object, ...], _Candidate, bool]] = {}
    widths = _widths(candidates)
    superseded = _superseded(candidates) if len(widths) > 1 else ()
    for candidate in candidates:
        later = id(candidate) in superseded
        claim = _claim(_score(candidate, later), candidate)
        if candidate.sense not in best or claim > best[candidate.sense][0]:
            best[candidate.sense] = claim, candidate, later
    ordered = sorted(
        ((_score(candidate, later), candidate, later) for _, candidate, later in best.values()),
        key=lambda one: _order(widths[one[1].sense], one[0], one[1]),
    )
    ranked = tuple(
        RankedSense(senses[candidate.sense], candidate.definition, score, tuple(_reasons(candidate, later, asked)))
        for score, candidate, later in ordered
    )
    return Ranking(ranked, len(ranked) > 1 and ranked[0].score == ranked[1].score)


def meant(senses: Sequence[JsonObject], use: NameUse, asked: Asked, reports: Mapping[str, JsonObject]) -> Ranking:
    """Rank the senses that say what a use means, and keep the others apart, each with the reason.

    As `rank`, but a sense is offered only on evidence (see `text/bearing.py`), and by a definition that has it.
    """
    explanations = [[explanation(one, reports) for one in sense["definitions"]] for sense in senses]
    verdict = one_by_one(explanations[0], use) if len(senses) == 1 else None
    if verdict is None:
        return by_verdict(senses, judged(explanations, use), asked, reports)
    candidates = [_candidate(0, one, asked, reports) for one in senses[0]["definitions"]]
    both = zip(candidates, explanations[0], strict=True)
    in_turn = sorted(both, key=lambda one: _claim(_score(one[0], False), one[0]), reverse=True)
    codes = []
    for candidate, given in in_turn:
        if (code := verdict(given)) in TAKEN:
            return _ranked([candidate], senses, asked)
        codes.append(code)
    refused = RefusedSense(_ranked([in_turn[0][0]], senses, asked).senses[0], _worst(codes))
    return Ranking((), False, (refused,))


def _worst(codes: Iterable[str]) -> Why:
    """Return why a sense is refused, by the codes of all of its definitions."""
    code = min(codes, key=REFUSED.index)
    return Why(code, Message(_REFUSALS[code]))


def by_verdict(
    senses: Sequence[JsonObject],
    verdicts: Sequence[Sequence[str]],
    asked: Asked,
    reports: Mapping[str, JsonObject],
) -> Ranking:
    """Rank senses by what `text/bearing.py` says of each of their definitions."""
    taken: list[_Candidate] = []
    refused: list[_Candidate] = []
    reason_of: dict[int, Why] = {}
    for number, (sense, codes) in enumerate(zip(senses, verdicts, strict=True)):
        wanted = TAKEN if SAME_WHOLE not in codes else _NO_WEAKER
        kept = [one for one, code in zip(sense["definitions"], codes, strict=True) if code in wanted]
        if not kept:
            reason_of[number] = _worst(codes)
        found = taken if kept else refused
        found += [_candidate(number, one, asked, reports) for one in kept or sense["definitions"]]
    offered, left = (_ranked(those, senses, asked) for those in (taken, refused))
    reasons = {senses[number]["id"]: reason for number, reason in reason_of.items()}
    elsewhere = tuple(RefusedSense(one, reasons[one.sense["id"]]) for one in left.senses)
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


def _claim(score: float, candidate: _Candidate) -> tuple[object, ...]:
    """Return what is greater for a definition that speaks for its sense before another: held at all, a note, nearer,
    later. Of what was not yet known on the day the nearest speaks, and of these the earliest.
    """
    if score > 0:
        return True, candidate.is_note, score, candidate.origin.time
    return False, candidate.is_note, _WEIGHTS[candidate.nearness], backwards(candidate.origin.time)


def backwards(time: str) -> str:
    """Return what sorts the other way round: days by the latest first."""
    return time.translate(_NINES)


class _Places:
    """Definitions by the place that gives them: a term of many reports has hundreds, a place a few of them."""

    def __init__(self, candidates: Iterable[_Candidate]) -> None:
        self._by_code: defaultdict[str | None, list[_Candidate]] = defaultdict(list)
        self._by_name: defaultdict[str | None, list[_Candidate]] = defaultdict(list)
        for candidate in candidates:
            self._by_code[candidate.origin.code].append(candidate)
            self._by_name[candidate.origin.place].append(candidate)

    def of(self, origin: _Origin) -> Iterator[_Candidate]:
        """Yield the definitions of the place of `origin`, by its code or, where either has none, by its name."""
        if origin.code is not None:
            yield from self._by_code[origin.code]
        if origin.place is not None:
            named = self._by_name[origin.place]
            yield from (one for one in named if origin.code is None or one.origin.code is None)


def _superseded(candidates: Iterable[_Candidate]) -> set[int]:
    """Return, by identity, the definitions whose place has given the name another sense by the day asked for."""
    places = _Places(candidates)
    return {
        id(one)
        for one in candidates
        if one.nearness != OWN_REPORT
        and any(
            other.sense != one.sense and other.time != LATER and other.origin.is_after(one.origin)
            for other in places.of(one.origin)
        )
    }


def _score(candidate: _Candidate, superseded: bool) -> float:
    if candidate.time == LATER:
        return 0.0
    return round(_WEIGHTS[candidate.nearness] * (_SUPERSEDED if superseded else 1), 2)


def _widths(candidates: Iterable[_Candidate]) -> dict[int, int]:
    """Return by how many provinces each sense is given; the nation is one."""
    givers: defaultdict[int, set[str | None]] = defaultdict(set)
    for one in candidates:
        givers[one.sense].add((one.origin.code or "")[:2] or one.origin.place)
    return {sense: len(those) for sense, those in givers.items()}


def _order(width: int, score: float, candidate: _Candidate) -> tuple[object, ...]:
    """Return best first; then, of what was not yet known, the nearest; then what most provinces say; then the latest;
    then as the term has them.
    """
    nearness, time = _WEIGHTS[candidate.nearness], candidate.origin.time
    return -score, -nearness, -width, backwards(time), candidate.sense


def _reasons(candidate: _Candidate, superseded: bool, asked: Asked) -> Iterable[Why]:
    origin = candidate.origin
    words = {"place": origin.place or Message("unnamed-place"), "when": origin.date or origin.year, "asked": asked.date}
    unknown = candidate.nearness == _NEARNESS[ELSEWHERE] and None in (origin.code, asked.code)
    yield Why(candidate.nearness, Message(_SENTENCES["unknown" if unknown else candidate.nearness], **words))
    if candidate.time:
        yield Why(candidate.time, Message(_SENTENCES[candidate.time], **words))
    if superseded and candidate.time != LATER:
        yield Why(SUPERSEDED, Message(_SENTENCES[SUPERSEDED]))
