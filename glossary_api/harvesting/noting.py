"""Note what a harvest made of each report, and what it knew of all: what `recalling.py` has when reports are added."""

from __future__ import annotations

import hashlib
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import orjson

from glossary_api.harvesting.cache import packed, program
from glossary_api.harvesting.desk import Desk
from glossary_api.harvesting.evidence import Unquoted
from glossary_api.harvesting.stages import AROUND, FOLDED, LIGHT, LISTED, MATCHED, MERGED, UNQUOTED, WITNESS
from glossary_api.model.files import HarvestedFile
from glossary_api.model.things import Harvest, Inline, ParsedReport, Report, Term
from glossary_api.model.words import DECIDED, NOTE

T = TypeVar("T")
R = TypeVar("R")
Note = tuple[str, str, bytes]
"""A stage, the id of a report, and what the stage made of it, packed."""


class Notes:
    """Notes of a harvest while it goes on, in a file of their own: by its end they may be many."""

    def __init__(self, folder: Any = None) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - it is there as long as the notes are
        self._places: list[tuple[str, str, int]] = []
        self._quotes: defaultdict[str, dict[tuple[int, int], str]] = defaultdict(dict)
        self.state: dict[str, Any] = {}
        """What is known of all reports together."""

    def __del__(self) -> None:
        self._file.close()

    def note(self, stage: str, report: str, thing: object) -> None:
        """Note what a stage made of a report."""
        content = packed(thing)
        self._file.write(content)
        self._places.append((stage, report, len(content)))

    def quote(self, report: str, inline: Inline, said: str) -> str:
        """Note what a report prints of a list, and return it."""
        self._quotes[report][inline.start, inline.end] = said
        return said

    def know(self, stage: str, terms: Iterable[Term]) -> None:
        """Note what is asked of terms at a stage."""
        if stage in (WITNESS, MATCHED):
            self.state[stage] = names_of(terms, vouched=stage == MATCHED)
        elif stage == MERGED:
            for report, quotes in self._quotes.items():
                self.note(LISTED, report, quotes)
        elif stage == AROUND:
            self.state[stage] = {term.id: digest(told(term)) for term in terms if term.senses}

    def finish(self, harvested: Harvest, prints: Mapping[str, bytes]) -> None:
        """Note the terms as they are in the end, their forms aside, and the reports and the files that they are of."""
        files: defaultdict[str, list[HarvestedFile]] = defaultdict(list)
        for file in harvested.files:
            files[file.report or ""].append(file)
        self.state |= {
            "program": program(whole=True),
            "terms": {term.id: digest(_without_forms(term)) for term in harvested.terms},
            "reports": dict(prints),
            "files": {report: digest(sorted(map(repr, those))) for report, those in files.items()},
        }

    def __iter__(self) -> Iterator[Note]:
        self._file.seek(0)
        for stage, report, size in self._places:
            yield stage, report, self._file.read(size)


class NotingDesk(Desk):
    """Does the work at another desk, and notes what comes of it."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self.folder = desk, desk.folder
        self.notes = Notes(desk.folder)
        self._ids: list[str] = []

    def keep(self, things: Iterable[T]) -> Sequence[T]:
        """Do as the other desk."""
        return self._desk.keep(things)

    def keep_over(self, work: Callable[[T], R], things: Sequence[T]) -> Sequence[R]:
        """Do as the other desk."""
        return self._desk.keep_over(work, things)

    def chained(self, parts: Sequence[Sequence[T]]) -> Any:
        """Do as the other desk."""
        return self._desk.chained(parts)

    def over(self, work: Callable[[T], R], things: Sequence[T], size: int = 8) -> Iterator[R]:
        """Do as the other desk."""
        return self._desk.over(work, things, size)

    def reports(self, parsed: Iterable[ParsedReport]) -> Sequence[ParsedReport]:
        """Keep the reports, and note them without their texts."""
        return self._desk.reports(map(self._noted, parsed))

    def _noted(self, parsed: ParsedReport) -> ParsedReport:
        self._ids.append(parsed.report.id)
        self.notes.note(LIGHT, parsed.report.id, without_text(parsed))
        return parsed

    def at_stage(self, stage: str, work: Callable[[T], R], things: Sequence[T]) -> Iterator[R]:
        """Note what comes of each report; the other desk begins at once."""
        results = zip(self._ids, self._desk.at_stage(stage, work, things), strict=True)
        if isinstance(work, Unquoted):
            self.notes.state[stage] = work.asked
            return self._unquoted(results)
        return (self._with_note(stage, *done) for done in results)

    def _with_note(self, stage: str, identity: str, result: R) -> R:
        self.notes.note(stage, identity, result)
        return result

    def _unquoted(self, results: Iterable[tuple[str, Any]]) -> Iterator[Any]:
        for identity, (counts, folded) in results:
            self.notes.note(UNQUOTED, identity, counts)
            self.notes.note(FOLDED, identity, folded)
            yield counts, folded

    def quoted(self, report: Report, inline: Inline) -> str:
        """Note what is printed."""
        return self.notes.quote(report.id, inline, super().quoted(report, inline))

    def known(self, stage: str, terms: Iterable[Term]) -> None:
        """Note what is asked of the terms later."""
        self.notes.know(stage, terms)

    def by_key(self, stage: str, keys: Sequence[object], made: Callable[[Sequence[int]], Sequence[R]]) -> Sequence[R]:
        """Note what belongs to each key."""
        results = made(range(len(keys)))
        self.notes.state[stage] = dict(zip(map(digest, keys), results, strict=True))
        return results

    def by_parts(
        self, stage: str, things: Mapping[str, Sequence[T]], made: Callable[..., list[list[int]]]
    ) -> Mapping[str, list[list[int]]]:
        """Note what was made of which parts."""
        results = self._desk.by_parts(stage, things, made)
        self.notes.state[stage] = {name: (list(map(digest, things[name])), found) for name, found in results.items()}
        return results


def without_text(parsed: ParsedReport) -> ParsedReport:
    """Return a report with everything but its text."""
    return replace(parsed, report=replace(parsed.report, text=""))


def _without_forms(term: Term) -> Term:
    return replace(term, variants=()) if term.variants else term


def names_of(terms: Iterable[Term], *, vouched: bool) -> dict[str, tuple[str, str, str, str, bool]]:
    """Return what a matcher knows of each folded name: the id, name, kind and status of its term, and whether it is
    vouched if that counts.
    """
    return {
        key: (term.id, term.name, term.kind, term.status, vouched and key in term.vouched)
        for term in terms
        for key in term.keys
    }


def told(term: Term) -> list[Any]:
    """Return what a judge is told of the explanations of a term."""
    notes = (NOTE, DECIDED)
    return [
        (sense.id, [(one.head, one.text, one.beside, one.evidence.kind in notes, one.source) for one in those])
        for sense in term.senses
        if (those := sense.definitions)
    ]


def digest(thing: object) -> bytes:
    """Return a digest of anything that consists of dataclasses, messages and what JSON knows."""
    return hashlib.blake2b(orjson.dumps(thing, default=_plain), digest_size=12).digest()


def _plain(thing: Any) -> Any:
    return sorted(thing) if isinstance(thing, (set, frozenset)) else repr(thing)
