"""Add reports to an edition without harvesting anew those that it has.

The terms are merged, weighed and judged from what was noted of each report (`noting.py`), by the rules of any harvest;
texts are looked at only where something may be otherwise than before (`recalling.py`). What comes out is laid into a
copy of the edition (`store/addition.py`), which then is what a harvest of everything at once makes. Where that cannot
be followed to the last row everything is harvested.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from glossary_api.errors import EditionError
from glossary_api.harvesting.cache import ParseCache, opened, program
from glossary_api.harvesting.decided import Decided
from glossary_api.harvesting.desk import Desk, DiskDesk
from glossary_api.harvesting.equivalents import read_equivalents
from glossary_api.harvesting.gather import Gathered, Progress, gather
from glossary_api.harvesting.harvest import TYPICAL, rendered, seed_reports, settled, tables_of, with_names
from glossary_api.harvesting.in_bodies import BodyMatcher
from glossary_api.harvesting.intake import Work, taken_files
from glossary_api.harvesting.judging import Judge
from glossary_api.harvesting.noting import without_text
from glossary_api.harvesting.pile import pile_of
from glossary_api.harvesting.recalling import LostTrack, Recalled, RecallingDesk
from glossary_api.harvesting.rejudging import Rejudging
from glossary_api.harvesting.senses import heads, with_printed, with_surroundings
from glossary_api.harvesting.stages import AROUND, LIGHT, MATCHED
from glossary_api.harvesting.workers import Crew
from glossary_api.matching.names import Name
from glossary_api.matching.spotting import Spotter
from glossary_api.model.things import Harvest, Match, ParsedReport, Term, Usage
from glossary_api.reading.read import Request
from glossary_api.store.addition import Addition, ChangedUses, Place, add_to_edition
from glossary_api.store.edition import Edition, KeyOwner
from glossary_api.store.spaced_ranks import NoRoom
from glossary_api.text.folding import fold_name


@dataclass(frozen=True, slots=True)
class ToAdd:
    """Files to harvest, and how that is done."""

    paths: Sequence[Path]
    manifest: Path | None
    renderings: Sequence[Path]
    request: Request
    work: Work


def add_reports(
    edition: Path, pile: ToAdd, progress: Progress, checked: Callable[[Harvest], object]
) -> tuple[Harvest, str] | None:
    """Put an edition with further reports in place of the one that is there; return all that it has, usages and texts
    of old reports aside, and its hash. None if everything has to be harvested.

    It has if the edition was made by another program or is not that of the cache, if somebody may decide, if reports
    that it has are gone or are read otherwise, or if there is no room for what comes between. `checked` may raise an
    error before anything is written. Raises what a harvest raises, OSError and sqlite3.Error.
    """
    work = pile.work
    assert work.cache is not None, "without a cache nothing is noted"
    if not work.cache.exists() or not edition.exists():
        return None
    with Crew(work.jobs, work.cluster) as crew, opened(work.cache) as cache:
        base = _opened(edition)
        state = cache.state(base.hash) if base else None
        if base is None or state is None or state["program"] != program(whole=True):
            return None
        if work.is_edited and not cache.has_reports_of(base.hash):
            return None
        files = pile_of(pile.paths, pile.manifest)
        desk = DiskDesk(work.scratch, crew) if work.scratch else Desk()
        taken = taken_files(files.files.values(), pile.request, crew, cache, light=True)
        found = gather(files.files, files.rows, progress, taken, desk)
        if any(found.prints.get(report) != print_ for report, print_ in state["reports"].items()):
            return None
        tables = read_equivalents(tables_of(pile.renderings))
        try:
            with _all_kept():
                adding = _Adding(base, cache, state, found)
                harvested = adding.harvested(progress, tables, is_seed=list(files.files.values()) == seed_reports())
                checked(harvested)
                hash_ = add_to_edition(edition, adding.addition(harvested), partial(_attachments, base))
        except (NoRoom, LostTrack):
            return None
        cache.see(found.seen)
        cache.prune()
        adding.note(is_edited=work.is_edited)
        return replace(harvested, usages=_Kept(edition)), hash_


def _opened(edition: Path) -> Edition | None:
    try:
        return Edition.open(edition)
    except EditionError:  # of another version of the program
        return None


@contextmanager
def _all_kept() -> Iterator[None]:
    """Look for no garbage among what is made meanwhile: there is hardly any in very many things."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # else all of them would be looked at as soon as anything else is made
        gc.enable()


class _Adding:
    """The harvest of further reports, beside those that an edition has."""

    def __init__(self, base: Edition, cache: ParseCache, state: Mapping[str, Any], found: Gathered) -> None:
        self._base, self._cache, self._state, self._found = base, cache, state, found
        light = dict(cache.notes(LIGHT))
        new = (with_names(one) for one in found.without(light))
        self._new = {one.report.id: one for one in new}
        self._reports = [light.get(one) or self._new[one] for one in sorted(found.prints)]
        spoken = dict(base.select("SELECT name, pinyin FROM terms"))
        self._desk = RecallingDesk(Recalled(cache, state, light, self._text), self._reports, spoken)
        self._usages: dict[str, ChangedUses] = {}
        """What goes and what comes, by report."""
        self._touched: set[str] = set()
        """Ids of the terms of which that is so."""
        for one in self._new.values():
            self._desk.notes.note(LIGHT, one.report.id, without_text(one))

    def harvested(self, progress: Progress, tables: Sequence[Any], *, is_seed: bool) -> Harvest:
        """Do what a harvest does; return what an edition has of it but the usages of old reports and the forms."""
        decided = Decided()
        terms, doubts = settled(self._reports, progress, decided, self._desk)
        matcher = BodyMatcher(terms)
        found = _Found(self._reports, self._desk.whole, matcher)
        concerned = self._desk.concerned(MATCHED)
        terms = with_surroundings(terms, found, self._desk)
        self._desk.known(AROUND, terms)
        self._judge(terms, matcher, concerned)
        failures = tuple(sorted(self._found.failures, key=lambda failure: failure.path))
        files = tuple(self._found.files)
        harvested = Harvest(tuple(self._reports), terms, (), doubts, failures, files=files)
        return decided.finished(rendered(harvested, (), tables, is_seed=is_seed))

    def _judge(self, terms: Sequence[Term], matcher: BodyMatcher, concerned: Mapping[str, Set[str]]) -> None:
        """Find the usages that are others than in the edition, or have another sense."""
        titles = {one.report.id: without_text(one).report for one in self._reports}
        judge, was = Judge(terms, titles), self._desk.was(MATCHED)
        states = self._state[AROUND], self._desk.notes.state[AROUND]
        anew = Rejudging(judge, terms, *states).concerned(self._base, titles, self._new.keys())
        using: defaultdict[str, dict[Place, Usage]] = defaultdict(dict)
        for use in _usages_of(self._base, terms={term for term, _ in anew}):
            if (use.match.term, use.report) in anew:
                using[use.report][_place(use)] = use
        for parsed in self._reports:
            report, statuses = parsed.report.id, concerned.get(parsed.report.id, set())
            if report in self._new:
                self._usages[report] = ChangedUses((), judge((parsed, matcher(parsed))))
                self._touched |= {usage.match.term for usage in self._usages[report].come}
            elif statuses or report in using:
                whole, old = self._desk.whole(parsed), self._before(report) if statuses else using[report]
                again = {
                    place: use for place, use in old.items() if was[place[0]] in statuses or place in using[report]
                }
                found = [replace(use, sense=None) for use in again.values() if was[use.match.term] not in statuses]
                found += matcher(whole, statuses) if statuses else ()
                same: list[Usage] = []
                other: list[Usage] = []
                for use in found:
                    before = old.get(_place(use))
                    if before and (use.match.term, report) not in anew and replace(before, sense=None) == use:
                        same.append(before)
                    else:
                        other.append(use)
                self._compare(report, again, [*same, *judge((whole, other))])

    def _compare(self, report: str, before: Mapping[Place, Usage], now: Iterable[Usage]) -> None:
        """Keep what is otherwise now with the usages of a report."""
        found = {_place(usage): usage for usage in now}
        gone = [place for place, usage in before.items() if found.get(place) != usage]
        come = [usage for place, usage in found.items() if before.get(place) != usage]
        if gone or come:
            self._usages[report] = ChangedUses(gone, come)
            self._touched |= {place[0] for place in gone} | {usage.match.term for usage in come}

    def _before(self, report: str) -> dict[Place, Usage]:
        """Return the usages that the edition has of a report."""
        return {_place(usage): usage for usage in _usages_of(self._base, report)}

    def addition(self, harvested: Harvest) -> Addition:
        """Return what is other than in the edition."""
        self._desk.notes.finish(harvested, self._found.prints)
        before, now = (state["terms"] for state in (self._state, self._desk.notes.state))
        concerned = {term for term in before.keys() | now.keys() if before.get(term) != now.get(term)} | self._touched
        terms = self._with_forms([term for term in harvested.terms if term.id in concerned])
        files, refiled = self._state["files"], self._desk.notes.state["files"]
        return Addition(
            self._base.hash,
            replace(harvested, terms=terms),
            self._new.keys(),
            {report for report in self._state["reports"] if files.get(report) != refiled.get(report)},
            concerned & before.keys(),
            self._usages,
            set(_members(harvested.terms)),
        )

    def _with_forms(self, terms: Sequence[Term]) -> tuple[Term, ...]:
        """Return terms with the forms under which they are printed."""
        asked = """SELECT DISTINCT t.id, coalesce(u.text, t.name), u.quoted, r.id
                   FROM terms t JOIN usages u ON u.term = t.rank JOIN reports r ON r.rank = u.report
                   WHERE t.id IN (SELECT value FROM json_each(?))"""
        ids = orjson.dumps([term.id for term in terms]).decode()
        gone = {(place[0], report) for report, uses in self._usages.items() for place in uses.gone}
        old = (
            (form, bool(quoted), report)
            for term, form, quoted, report in self._base.select(asked, (ids,))
            if (term, report) not in gone
        )
        left = (use for report in {one for _, one in gone} for use in self._left(report, gone))
        come = (usage for uses in self._usages.values() for usage in uses.come)
        new = ((usage.match.text, usage.match.quoted, usage.report) for usage in chain(left, come))
        return with_printed(terms, chain(heads(self._reports), old, new))

    def _left(self, report: str, gone: Set[tuple[str, str]]) -> Iterator[Usage]:
        """Yield the usages that stay of terms some of whose usages in a report go."""
        places = set(self._usages[report].gone)
        for place, usage in self._before(report).items():
            if (place[0], report) in gone and place not in places:
                yield usage

    def note(self, *, is_edited: bool) -> None:
        """Keep what is to be known when further reports are added, and the new ones if somebody may decide."""
        self._cache.keep_notes(self._desk.notes, self._desk.notes.state, all_=False)
        if is_edited:
            self._cache.keep_more_reports(self._found.without(self._state["reports"]))

    def _text(self, report: str) -> str:
        text: str = self._base.select("SELECT unpacked(text) FROM reports WHERE id = ?", (report,))[0][0]
        return text


class _Kept(Collection[Usage]):
    """The usages of an edition, read when they are gone through."""

    def __init__(self, edition: Path) -> None:
        self._edition = Edition.open(edition)

    def __len__(self) -> int:
        return self._edition.counts["usages"]

    def __iter__(self) -> Iterator[Usage]:
        for report in self._edition.title_blocks:
            yield from _usages_of(self._edition, report)

    def __contains__(self, thing: object) -> bool:
        return any(thing == usage for usage in self)


class _Found(Sequence[tuple[ParsedReport, Sequence[Usage]]]):
    """Reports with their usages, each found when it is asked for."""

    def __init__(
        self,
        reports: Sequence[ParsedReport],
        whole: Callable[[ParsedReport], ParsedReport],
        matcher: BodyMatcher,
    ) -> None:
        self._reports, self._whole, self._matcher = reports, whole, matcher
        self._known: dict[int, tuple[ParsedReport, Sequence[Usage]]] = {}

    def __len__(self) -> int:
        return len(self._reports)

    def __getitem__(self, at: Any) -> Any:
        if at not in self._known:
            parsed = self._whole(self._reports[at])
            self._known[at] = parsed, self._matcher(parsed)
        return self._known[at]


def _usages_of(edition: Edition, report: str | None = None, terms: Collection[str] = ()) -> Iterator[Usage]:
    """Yield the usages of a report, or of some terms."""
    asked = f"""SELECT r.id, t.id, u.start, u."end", coalesce(u.text, t.name), u.match_type, u.quoted, s.heading,
                u.sense FROM usages u JOIN reports r ON r.rank = u.report JOIN terms t ON t.rank = u.term
                JOIN sections s ON s.rank = u.section
                WHERE {"t.id IN (SELECT value FROM json_each(?))" if report is None else "r.id = ?"}"""
    among = orjson.dumps(sorted(terms)).decode() if report is None else report
    for of, term, start, end, text, kind, quoted, heading, sense in edition.select(asked, (among,)):
        yield Usage(of, Match(term, start, end, text, kind, bool(quoted)), heading, sense)


def _place(usage: Usage) -> Place:
    return usage.match.term, usage.match.start, usage.match.end


def _members(terms: Iterable[Term]) -> Iterator[tuple[str, str]]:
    """Yield the ids of the terms that list another term among their members, and of this."""
    owners = {key: term.id for term in terms for key in term.keys}
    for term in terms:
        for definition in (one for sense in term.senses for one in sense.definitions):
            for member in definition.members:
                if (owner := owners.get(fold_name(member.text), term.id)) != term.id:
                    yield term.id, owner


def _attachments(base: Edition, names: Sequence[KeyOwner]) -> Mapping[str, bytes]:
    texts = [text for (text,) in base.select("SELECT unpacked(text) FROM reports ORDER BY rank LIMIT ?", (TYPICAL,))]
    return Spotter.of((Name(*one) for one in names), texts).pack()
