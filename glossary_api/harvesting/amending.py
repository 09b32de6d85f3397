"""Lay decisions to an edition that is served, within seconds, by harvesting anew only the terms they are about.

Of the reports that have one of their names, as the cache keeps them, everything is left out that is about other terms;
then they are merged, weighed, matched and judged as in any harvest. The next whole harvest says the same of these terms
and puts right what else their change brings about: how often other terms are used, which names emerge. Of a report that
is corrected the terms that it defines are harvested anew; what merely counts it follows.

    python -m glossary_api.harvesting.amending

does it for the edition and the log of the settings in the environment; it ends with 1 if a harvest is needed.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import orjson

from glossary_api.curation.decision_log import read_log, version_of
from glossary_api.curation.decisions import ABOUT_DECISIONS, NAMES, Decision, in_force
from glossary_api.errors import GlossaryError
from glossary_api.harvesting.cache import cache_of, kept_report, opened
from glossary_api.harvesting.decided import Decided
from glossary_api.harvesting.desk import Desk, DiskDesk
from glossary_api.harvesting.equivalents import read_equivalents, resolve, with_equivalents
from glossary_api.harvesting.evidence import approved
from glossary_api.harvesting.harvest import (
    TYPICAL,
    beside,
    build,
    national_equivalents,
    remembered,
    seed_equivalents,
    tables_of,
    with_names,
)
from glossary_api.harvesting.workers import Crew, cores
from glossary_api.matching.names import Automaton, Name
from glossary_api.matching.spotting import Spotter
from glossary_api.model.things import Entry, Evidence, Harvest, ParsedReport, Slogan, Term
from glossary_api.model.words import CANDIDATE, CURATED_TERM, EMERGING, REJECTED, VOUCHED
from glossary_api.settings import Settings
from glossary_api.store.amendment import Amendment, amend_edition
from glossary_api.store.edition import Edition, KeyOwner
from glossary_api.store.kept import keep_only, keep_present
from glossary_api.store.spaced_ranks import NoRoom
from glossary_api.text.folding import core_of, fold_name

_OF_REPORTS = ("correct-report", "not-an-error")
_ALONE = 100
"""So many reports are done by this process: others would take longer to begin."""
_TOGETHER = 200
"""Reports whose texts are looked at together."""
_ROUNDS = 5
"""How often names may lead to further names that the reports print around or within them."""


def amend(edition: Path, log: Sequence[Decision], keep: int = 0) -> bool:
    """Put in place of an edition one with the decisions that were added to the log since; tell whether that was done.

    It is not if it cannot be: the cache does not keep the reports of the edition, or the log is another one; then a
    harvest is needed. So many of the editions before it are kept. Raises GlossaryError, OSError or sqlite3.Error.
    """
    base = Edition.open(edition)
    said = dict(base.select("SELECT name, value FROM meta"))
    before = _since(log, said.get("decisions", ""))
    cache = cache_of(edition)
    if before is None or not cache.exists():
        return False
    with opened(cache) as kept:
        if not kept.has_reports_of(said.get("harvested", base.hash)):
            return False
        change = _Change.between(before, log)
        if not change.is_any:
            return True
        titles = kept.titles()
    pile = remembered(edition)
    renderings = list(map(Path, pile["renderings"])) or beside(map(Path, pile["paths"]))
    amendment = _Amending(base, cache, change, log, titles).done(renderings)
    if keep:
        keep_present(edition)
    try:
        made = amend_edition(edition, amendment, partial(_attachments, base))
    except NoRoom:
        return False
    if keep:
        keep_only(edition, keep, made)
    return True


def _since(log: Sequence[Decision], version: str) -> Sequence[Decision] | None:
    """Return the decisions up to a version; None if the log does not have it."""
    if version == version_of(()):
        return ()
    at = next((at for at, one in enumerate(log, 1) if one.id == version), None)
    return None if at is None else log[:at]


@dataclass(frozen=True, slots=True)
class _Change:
    """The things that decisions are about which hold now and did not before, or the other way round."""

    names: frozenset[str]
    """As people wrote them."""
    before: Sequence[Decision]
    reports: frozenset[str]
    """Ids of those that decisions are about."""
    corrected: frozenset[str]
    """Those of them of which a place or a year, or the like, changes."""

    @classmethod
    def between(cls, before: Sequence[Decision], after: Sequence[Decision]) -> _Change:
        """Compare what holds."""
        one, other = ({held.id: held for held in in_force(log) if held.kind != "note"} for log in (before, after))
        changed = [(one | other)[id_] for id_ in one.keys() ^ other.keys()]
        about = [held for held in changed if held.kind in _OF_REPORTS]
        return cls(
            frozenset(held.fields[name] for held in changed for name in NAMES if name in held.fields),
            before,
            frozenset(_report_of(held) for held in about),
            frozenset(_report_of(held) for held in about if held.kind == "correct-report"),
        )

    @property
    def is_any(self) -> bool:
        """Tell whether anything changes."""
        return bool(self.names or self.reports)


def _report_of(decision: Decision) -> str:
    report: str = decision.fields["report"] if "report" in decision.fields else decision.fields["use"].report
    return report


class _Amending:
    """The harvest of the terms that a change is about."""

    def __init__(
        self, base: Edition, cache: Path, change: _Change, log: Sequence[Decision], titles: Sequence[ParsedReport]
    ) -> None:
        self._base, self._cache, self._change, self._log, self._titles = base, cache, change, log, titles
        self._keys = {key for name in change.names if (key := fold_name(name))}
        for report in change.corrected:
            rows = base.select(
                """SELECT k.key FROM reports r JOIN definitions d ON d.report = r.rank JOIN keys k ON k.term = d.term
                   WHERE r.id = ?""",
                (report,),
            )
            self._keys |= {key for (key,) in rows}
        self._terms: dict[str, int] = {}
        """The ranks of the terms of the edition that have any of the keys, by id."""
        self._with_owners()

    def done(self, renderings: Iterable[Path]) -> Amendment:
        """Harvest; return what is put in place of what."""
        before, now = Decided(self._change.before), Decided(self._log)
        changed = sorted(self._change.reports & self._known())
        having = self._having()
        with Crew(1 if len(having) <= _ALONE else cores()) as crew:
            desk = Desk() if crew.alone else DiskDesk(self._base.path.parent, crew)
            made = self._harvested(self._about(having, desk), desk, renderings)
            return Amendment(
                self._base.hash,
                [before.report(parsed) for parsed in self._titles],
                list(self._terms),
                replace(made, reports=[now.report(parsed) for parsed in self._titles], decisions=version_of(self._log)),
                [now.report(with_names(kept_report(self._cache, report))) for report in changed],
            )

    def _harvested(self, reports: Sequence[ParsedReport], desk: Desk, renderings: Iterable[Path]) -> Harvest:
        """Do as `harvest` does with what is about these terms; the usages are in memory."""
        decided = Decided(self._relevant())
        made = build(reports, decided=decided, desk=desk, emerging=self._unmarked(), others=tuple(self._others()))
        rows = read_equivalents([*tables_of(renderings), *seed_equivalents(), *national_equivalents()])
        terms = approved(with_equivalents(made.terms, resolve((), made.terms, optional=rows)))
        return decided.finished(replace(made, terms=terms, usages=tuple(made.usages), doubts=()))

    def _known(self) -> set[str]:
        return {parsed.report.id for parsed in self._titles}

    def _with_owners(self) -> None:
        """Take in the terms that have any of the keys, with all their keys."""
        asked = """SELECT t.id, t.rank, o.key FROM keys k JOIN terms t ON t.rank = k.term JOIN keys o ON o.term = t.rank
                   WHERE k.key IN (SELECT value FROM json_each(?))"""
        for identity, rank, key in self._base.select(asked, (orjson.dumps(sorted(self._keys)).decode(),)):
            self._terms[identity] = rank
            self._keys.add(key)

    def _about(self, having: Collection[str], desk: Desk) -> Sequence[ParsedReport]:
        """Return what is about these terms in the reports that have them; names may lead to further terms."""
        for _ in range(_ROUNDS):
            reports = desk.keep(desk.over(_Reduced(self._cache, frozenset(self._keys)), sorted(having)))
            further = {key for parsed in reports for key in _keys_of(parsed)} - self._keys
            if not further:
                break
            self._keys |= further
            self._with_owners()
            having = self._having()
        return reports

    def _having(self) -> set[str]:
        """Return the ids of the reports that use or define one of the terms, or have one of its printed forms."""
        ranks = orjson.dumps(list(self._terms.values())).decode()
        asked = """SELECT r.id FROM appearances a JOIN reports r ON r.rank = a.report
                   WHERE a.term IN (SELECT value FROM json_each(?))"""
        found = {identity for (identity,) in self._base.select(asked, (ranks,))}
        asked = """SELECT form FROM variants WHERE term IN (SELECT value FROM json_each(?1))
                   UNION SELECT name FROM terms WHERE rank IN (SELECT value FROM json_each(?1))"""
        printed = {*self._change.names, *(form for (form,) in self._base.select(asked, (ranks,)))}
        forms = {_close(form) for one in printed for form in (one, core_of(one)) if form}
        ids = list(self._base.title_blocks)
        for first in range(0, len(ids), _TOGETHER):
            asked = "SELECT id, unpacked(text) FROM reports WHERE id IN (SELECT value FROM json_each(?))"
            for identity, text in self._base.select(asked, (orjson.dumps(ids[first : first + _TOGETHER]).decode(),)):
                if identity not in found and any(form in close for close in [_close(text)] for form in forms):
                    found.add(identity)
        return found & self._known() | self._change.corrected & self._known()

    def _relevant(self) -> list[Decision]:
        """Return the decisions about these terms and about reports, and those about these decisions."""
        about = {
            one.id
            for one in self._log
            if one.kind in _OF_REPORTS
            or not self._keys.isdisjoint(fold_name(one.fields[name]) for name in NAMES if name in one.fields)
        }
        return [one for one in self._log if one.id in about or one.kind in ABOUT_DECISIONS]

    def _unmarked(self) -> Callable[..., tuple[Term, ...]]:
        """Return what adds to merged terms those of the edition that no report marks as names."""
        held = [term for rank in self._terms.values() if (term := self._candidate(rank))]

        def added(terms: Iterable[Term], *_: object) -> tuple[Term, ...]:
            terms = tuple(terms)
            known = {key for term in terms for key in term.keys}
            return tuple(sorted((*terms, *(one for one in held if one.key not in known)), key=lambda one: one.key))

        return added

    def _candidate(self, rank: int) -> Term | None:
        """Return a term as a candidate that emerged; None for one that an editor made of a name."""
        asked = "SELECT id, name, key, kind, pinyin, unpacked_document(document) FROM terms WHERE rank = ?"
        identity, name, key, kind, pinyin, document = self._base.select(asked, (rank,))[0]
        evidence = Evidence(**orjson.loads(document)["evidence"])
        if evidence.reason == CURATED_TERM and not evidence.places:
            return None
        if evidence.reason in (CURATED_TERM, REJECTED):
            evidence = replace(evidence, reason=EMERGING)
        return Term(identity, name, key, kind, pinyin, (), (), (key,), status=CANDIDATE, evidence=evidence)

    def _others(self) -> Iterator[Term]:
        """Yield the terms whose names have one of these within: where they stand, these do not."""
        within = Automaton(sorted(self._keys))
        for key, identity, kind, unquoted, status in self._base.key_owners():
            if identity not in self._terms and within.scan(key):
                vouched = frozenset([key] if unquoted == VOUCHED else ())
                yield Term(identity, key, key, kind, "", (), (), (key,), vouched=vouched, status=status)


@dataclass(frozen=True, slots=True)
class _Reduced:
    """Takes a report from the cache with no entries and slogans but those that are about some keys."""

    cache: Path
    keys: Collection[str]

    def __call__(self, identity: str) -> ParsedReport:
        parsed = kept_report(self.cache, identity)
        entries = (self._entry(entry) for entry in parsed.entries)
        slogans = tuple(slogan for slogan in parsed.slogans if not _keys_of_slogan(slogan).isdisjoint(self.keys))
        return replace(parsed, entries=tuple(entry for entry in entries if entry.terms), slogans=slogans, findings=())

    def _entry(self, entry: Entry) -> Entry:
        terms = tuple(term for term in entry.terms if not _keys_in(term.name).isdisjoint(self.keys))
        return replace(entry, terms=terms)


def _keys_of(parsed: ParsedReport) -> Iterator[str]:
    for entry in parsed.entries:
        for term in entry.terms:
            yield from _keys_in(term.name)
    for slogan in parsed.slogans:
        yield from _keys_of_slogan(slogan)


def _keys_of_slogan(slogan: Slogan) -> set[str]:
    return _keys_in(slogan.text) | (_keys_in(slogan.whole.text) if slogan.whole else set())


def _keys_in(name: str) -> set[str]:
    """Return the keys of a name and of the quoted core in it."""
    return {key for one in (name, core_of(name) or "") if (key := fold_name(one))}


def _close(text: str) -> str:
    """Return a text without white space, which may stand within a printed name."""
    return "".join(text.split())


def _attachments(base: Edition, names: Sequence[KeyOwner]) -> Mapping[str, bytes]:
    texts = [text for (text,) in base.select("SELECT unpacked(text) FROM reports ORDER BY rank LIMIT ?", (TYPICAL,))]
    return Spotter.of((Name(*one) for one in names), texts).pack()


def main() -> int:
    """Amend the edition of the settings; 0 if that was done, 1 if a harvest is needed."""
    settings = Settings.from_environment()
    try:
        return 0 if amend(settings.edition, read_log(settings.decision_log), settings.keep or 0) else 1
    except (GlossaryError, OSError, sqlite3.Error) as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
