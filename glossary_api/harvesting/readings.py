"""Say of each parsed document what is asked of it while reports are put together, without holding its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from glossary_api.harvesting.cache import kept_file
from glossary_api.harvesting.desk import Desk
from glossary_api.harvesting.sameness import Sampled, sampled
from glossary_api.harvesting.taking import Taken
from glossary_api.harvesting.together import Whole
from glossary_api.model.files import LeftOut
from glossary_api.model.messages import Message
from glossary_api.model.things import Document, ParsedReport, Report
from glossary_api.model.words import ANNEX
from glossary_api.text.folding import fold_name, fold_text

_OF_ITS_OWN = 300
"""The most characters of a body that an attachment has beside its notes."""
_NAMED = 0.5
"""The share of its names that stand in the report that an attachment belongs to."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Hold what is seen in a document, or why it is no report."""

    report: Report | None
    """Without its text."""
    refusal: Message | None = None
    no_report: bool = False
    entries: int = 0
    names: frozenset[str] = frozenset()
    """The folded names of the notes of a document that is little else."""
    left_out: tuple[LeftOut, ...] = ()
    findings: Mapping[str, int] = field(default_factory=Counter)
    """How many of each kind."""
    damaged: int = 0
    """How many characters came damaged, and are U+FFFD in the text."""
    sampled: Sampled | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A document that the cache has, with what is asked of it; itself it is read when something else is asked."""

    document: Document
    """Without its text."""
    chars: int
    """How long that is."""
    facts: Facts
    cache: Path
    key: bytes
    number: int
    """Which one of the file it is."""


@dataclass(frozen=True, slots=True)
class SeenFile:
    """The documents of a file that the cache has."""

    found: tuple[Seen, ...]
    refusal: None = None
    key: None = None


class Documents(Sequence[Taken]):
    """Documents, kept at a desk; those that the cache has are read from there."""

    def __init__(self, documents: Iterable[Taken | Seen], desk: Desk) -> None:
        self._places: list[tuple[Path, bytes, int] | int] = []
        self._seen: list[Facts] = []
        self._kept = desk.keep(self._fresh(documents))

    def _fresh(self, documents: Iterable[Taken | Seen]) -> Iterator[Taken]:
        for one in documents:
            if isinstance(one, Seen):
                self._places.append((one.cache, one.key, one.number))
                self._seen.append(one.facts)
            else:
                self._places.append(len(self._places) - len(self._seen))
                yield one

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, at: Any) -> Any:
        place = self._places[at]
        return self._kept[place] if isinstance(place, int) else _cached(*place)

    def facts(self, desk: Desk) -> list[Facts]:
        """Return what is asked of each document later; once, for it is held here no longer."""
        fresh, seen, self._seen = desk.over(facts_of, self._kept), iter(self._seen), []
        return [next(fresh) if isinstance(place, int) else next(seen) for place in self._places]


def _cached(cache: Path, key: bytes, number: int) -> Taken:
    """Return a document that a cache has."""
    found = kept_file(cache, key).found[number]
    assert isinstance(found, Taken), "a file with anything else is not remembered so"
    return found


def facts_of(taken: Taken) -> Facts:
    """Read off what is asked of a document later."""
    parsed = taken.parsed
    if parsed is None:
        return Facts(None, taken.refusal or Message("program-failed", what=""), taken.no_report)
    report = replace(parsed.report, text="")
    return Facts(
        report=report,
        entries=len(parsed.entries),
        names=_only_notes(parsed),
        left_out=tuple(_no_part(parsed)),
        findings=_counted(parsed),
        damaged=parsed.report.text.count("\ufffd"),
        sampled=replace(sampled(parsed), report=report),
    )


def plain_facts(facts: Facts) -> tuple[Any, ...]:
    """Return facts in what the cache can hold, as `facts_from` takes them."""
    sample = facts.sampled and (facts.sampled.entries, facts.sampled.chars, facts.sampled.passages,
                                facts.sampled.sample.tobytes())  # fmt: skip
    said = (facts.report, facts.refusal, facts.no_report, facts.entries, facts.names, facts.left_out)
    return (*said, dict(facts.findings), facts.damaged, sample)


def facts_from(said: tuple[Any, ...]) -> Facts:
    """Return the facts that `plain_facts` took apart."""
    report, refusal, no_report, entries, names, left_out, findings, damaged, sample = said
    found = None
    if sample:
        entries_, chars, passages, content = sample
        found = Sampled(report, entries_, chars, passages, np.frombuffer(content, np.uint64))
    return Facts(report, refusal, no_report, entries, names, left_out, Counter(findings), damaged, found)


def _counted(parsed: ParsedReport) -> Counter[str]:
    """Count the findings of each kind; one finding stands for all marks without notes."""
    counts = Counter(finding.kind for finding in parsed.findings)
    if counts["marks-without-notes"]:
        counts["marks-without-notes"] = sum(mark.entry is None for mark in parsed.marks)
    return counts


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as parsed, with the pieces it was made of."""

    report: Report
    """Without its text, with what a manifest corrects."""
    whole: Whole
    facts: Facts
    source: Sequence[Taken]
    at: int
    """Where in the source the report is whole."""

    @property
    def parsed(self) -> ParsedReport:
        """Return the report whole, from where it is kept."""
        parsed = self.source[self.at].parsed
        assert parsed is not None, "readings are made of what is a report"
        return replace(parsed, report=replace(self.report, text=parsed.report.text))

    @property
    def path(self) -> Path:
        """Return where its first piece comes from."""
        return self.whole.pieces[0].path

    @property
    def sampled(self) -> Sampled:
        """Return the runs by which it is compared with others."""
        assert self.facts.sampled is not None, "readings are made of what is a report"
        return replace(self.facts.sampled, report=self.report, load=self._text)

    def _text(self) -> str:
        return self.parsed.report.text


class Loaded(Sequence[ParsedReport]):
    """The reports of readings, each read when it is asked for."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._readings = readings

    def __len__(self) -> int:
        return len(self._readings)

    @property
    def ids(self) -> list[str]:
        """Return the ids of the reports, none of which is read for that."""
        return [reading.report.id for reading in self._readings]

    def __getitem__(self, at: int | slice) -> ParsedReport | list[ParsedReport]:  # type: ignore[override]
        if isinstance(at, slice):
            return [reading.parsed for reading in self._readings[at]]
        return self._readings[at].parsed


def is_attachment(reading: Reading) -> bool:
    """Tell whether a document is nothing but notes: no congress, no day, hardly a body beside its glossary."""
    own = {"meeting", "date"} - dict(reading.report.guessed).keys()
    return bool(reading.facts.names) and not any(getattr(reading.report, name) for name in own)


def hosts(notes: Reading, others: Iterable[Reading]) -> Iterator[Reading]:
    """Yield the reports that notes may belong to: near them, of no other place or year, with their names in the text.

    Near is the same folder or the one above it. Reports that have notes of their own are none of them.
    """
    names, folder = notes.facts.names, notes.path.parent
    for other in others:
        near = other.path.parent in (folder, folder.parent)
        if near and not other.facts.entries and not _contradict(notes.report, other.report):
            text = fold_text(other.parsed.report.text).text
            if sum(name in text for name in names) >= max(1, _NAMED * len(names)):
                yield other


def _contradict(notes: Report, other: Report) -> bool:
    pairs = ((getattr(notes, name), getattr(other, name)) for name in ("place", "year"))
    return any(mine is not None and theirs is not None and mine != theirs for mine, theirs in pairs)


def _only_notes(parsed: ParsedReport) -> frozenset[str]:
    """Return the folded names of the notes of a document that has hardly anything else; none of any other document."""
    body = sum(end - start for start, end in parsed.body)
    if body > _OF_ITS_OWN or "各位代表" in parsed.report.text:
        return frozenset()
    return frozenset(fold_name(term.name) for entry in parsed.entries for term in entry.terms)


def _no_part(parsed: ParsedReport) -> Iterator[LeftOut]:
    """Return what stands behind the title of a report and is neither body nor glossary."""
    spans = [*parsed.body, *((entry.start, entry.end) for entry in parsed.entries)]
    spans += [(parsed.appendix.start, parsed.appendix.end)] if parsed.appendix else []
    text, done = parsed.report.text, min((start for start, _ in spans), default=0)
    others: list[int] = []
    for start, end in sorted(spans):
        others.append(len("".join(text[done:start].split())))
        done = max(done, end)
    others.append(len("".join(text[done:].split())))
    if sum(others):
        yield LeftOut(ANNEX, sum(others), sum(map(bool, others)))
