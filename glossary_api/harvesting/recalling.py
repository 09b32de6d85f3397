"""Do the stages of a harvest for further reports alone, and recall what they made of the others.

A stage whose result of a report depends on nothing but the report is done once. One that looks for names is done anew
for the reports in which a name stands that leads elsewhere than before; of all others it cannot make anything else.
Established terms and candidates are looked for apart, so that a candidate changes nothing for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from glossary_api.harvesting.cache import ParseCache
from glossary_api.harvesting.desk import Desk
from glossary_api.harvesting.evidence import Unquoted
from glossary_api.harvesting.in_bodies import Witness
from glossary_api.harvesting.noting import Notes, digest, names_of
from glossary_api.harvesting.senses import Surroundings
from glossary_api.harvesting.stages import FOLDED, LISTED, MATCHED, UNQUOTED, WITNESS
from glossary_api.matching.names import Automaton
from glossary_api.model.things import Inline, ParsedReport, Report, Term
from glossary_api.text.folding import fold_text
from glossary_api.text.pinyin import pinyin_of

T = TypeVar("T")
R = TypeVar("R")


class LostTrack(Exception):
    """Something was noted of a term that is not among those that were noted; everything has to be harvested."""


class _Was(dict[str, str]):
    """The statuses of all terms that were noted."""

    def __missing__(self, term: str) -> str:
        raise LostTrack(term)


class Recalled:
    """Notes of the last harvest, and the reports that it had: as they were, and whole where that is needed."""

    def __init__(
        self, cache: ParseCache, state: Mapping[str, Any], light: Mapping[str, ParsedReport], text: Callable[[str], str]
    ) -> None:
        """`light` are the reports without their texts, by id, of which `text` returns one."""
        self._cache, self.state, self.light, self._text = cache, state, light, text
        self._where: dict[str, set[str]] = {}
        self.whole = lru_cache(maxsize=512)(self._whole)

    def _whole(self, identity: str) -> ParsedReport:
        """Return a report with its text."""
        parsed = self.light[identity]
        return replace(parsed, report=replace(parsed.report, text=self._text(identity)))

    def of(self, stage: str) -> dict[str, Any]:
        """Return what was noted of each report at a stage."""
        return dict(self._cache.notes(stage))

    def having(self, keys: Collection[str]) -> Mapping[str, Set[str]]:
        """Return for each of some folded names the ids of the reports in whose bodies its characters stand."""
        if missing := [key for key in keys if key not in self._where]:
            self._where |= {key: set() for key in missing}
            self._look(missing)
        return self._where

    def _look(self, keys: Iterable[str]) -> None:
        forms: defaultdict[str, set[str]] = defaultdict(set)
        for key in keys:
            for form in (key, fold_text(key).text):  # 十四五 stands for itself as a name, and is 十45 in a text
                forms[form].add(key)
        ordered = sorted(forms)
        machine = Automaton(ordered)
        for identity, text in self._cache.notes(FOLDED):
            if identity in self.light:
                for number in {number for _, _, number in machine.scan(text)}:
                    for key in forms[ordered[number]]:
                        self._where[key].add(identity)


class RecallingDesk(Desk):
    """In this process: does what is new, recalls what was done, and notes what is another thing than before."""

    def __init__(self, recalled: Recalled, reports: Sequence[ParsedReport], spoken: Mapping[str, str]) -> None:
        """`reports` are all, by id: those that are recalled without their texts. `spoken` has the pinyin of names."""
        self._spoken, self._quotes = spoken, recalled.of(LISTED)
        self._recalled, self._reports = recalled, reports
        self._names: dict[str, tuple[str, str, str, str, bool]] = {}
        self.notes = Notes()

    def whole(self, parsed: ParsedReport) -> ParsedReport:
        """Return a report with its text."""
        return self._recalled.whole(parsed.report.id) if parsed.report.id in self._recalled.light else parsed

    def known(self, stage: str, terms: Iterable[Term]) -> None:
        """Note what is asked of the terms later, and what they are called by now."""
        terms = tuple(terms)
        self.notes.know(stage, terms)
        if stage in (WITNESS, MATCHED):
            self._names = names_of(terms, vouched=stage == MATCHED)
        else:  # all that may be looked for later is looked for at once: other names than before, and those used now
            keys = {key for term in terms for key in term.keys}
            self._recalled.having((keys - self._recalled.state[MATCHED].keys()) | self._used(keys))

    def _used(self, keys: Iterable[str]) -> set[str]:
        """Return those of some folded names that stand in the new reports."""
        ordered = sorted(keys)
        machine, new = Automaton(ordered), [one for one in self._reports if one.report.id not in self._recalled.light]
        texts = (fold_text(one.report.text[start:end]).text for one in new for start, end in one.body)
        return {ordered[number] for text in texts for _, _, number in machine.scan(text)}

    def concerned(self, stage: str) -> Mapping[str, Set[str]]:
        """Return the reports that are recalled and in which a name stands that leads elsewhere now, by id, each with
        the statuses that terms of such names have or had.
        """
        before: Mapping[str, Any] = self._recalled.state[stage]
        found: defaultdict[str, set[str]] = defaultdict(set)
        changed = {key for key in before.keys() | self._names.keys() if before.get(key) != self._names.get(key)}
        having = self._recalled.having(changed)
        for key in changed:
            statuses = {names[key][3] for names in (before, self._names) if key in names}
            for identity in having[key]:
                found[identity] |= statuses
        return found

    def was(self, stage: str) -> Mapping[str, str]:
        """Return the status that each term had at a stage, by id."""
        return _Was({name[0]: name[3] for name in self._recalled.state[stage].values()})

    def at_stage(self, stage: str, work: Callable[[Any], R], things: Sequence[T]) -> Iterator[R]:
        """Do the work for what is new or concerned."""
        if isinstance(work, Unquoted):
            return self._unquoted(work)
        if isinstance(work, Witness):
            return self._witness(work)
        if isinstance(work, Surroundings):
            return self._around(stage, work, things)
        before = self._recalled.of(stage)
        return (
            before[parsed.report.id] if parsed.report.id in before else self._noted(stage, parsed, work(parsed))
            for parsed in self._reports
        )

    def _noted(self, stage: str, parsed: ParsedReport, result: R) -> R:
        self.notes.note(stage, parsed.report.id, result)
        return result

    def _unquoted(self, work: Unquoted) -> Iterator[Any]:
        """Look for names that were not looked for in the reports that have them."""
        now, before, known = work.asked, self._recalled.state[UNQUOTED], self._recalled.of(UNQUOTED)
        self.notes.state[UNQUOTED] = now
        fresh = {key: is_word for key, is_word in now.items() if before.get(key) != is_word}
        gone = {key for key, is_word in before.items() if now.get(key) != is_word}
        search, having = Unquoted.of(fresh), self._recalled.having(fresh.keys())
        where = {identity for key in fresh for identity in having[key]}
        for parsed in self._reports:
            identity = parsed.report.id
            if identity not in known:
                counts, folded = work(parsed)
                self.notes.note(FOLDED, identity, folded)
                yield self._noted(UNQUOTED, parsed, counts), folded
                continue
            counts = [one for one in known[identity] if one[0] not in gone] if gone else known[identity]
            if identity in where:
                counts = [*counts, *search(self.whole(parsed))[0]]
            if identity in where or len(counts) != len(known[identity]):
                self.notes.note(UNQUOTED, identity, counts)
            yield counts, ""

    def _witness(self, work: Witness) -> Iterator[Any]:
        """Gather anew what is done with the terms of a status of which a name leads elsewhere."""
        before, concerned, was = self._recalled.of(WITNESS), self.concerned(WITNESS), self.was(WITNESS)
        for parsed in self._reports:
            identity = parsed.report.id
            if identity not in before:
                yield self._noted(WITNESS, parsed, work(parsed))
            elif identity not in concerned:
                yield before[identity]
            else:
                statuses = concerned[identity]
                whose, uses = work.of_statuses(self.whole(parsed), statuses)
                left = {term: use for term, use in before[identity][1].items() if was[term] not in statuses}
                yield self._noted(WITNESS, parsed, (whose, left | uses))

    def _around(self, stage: str, work: Surroundings, found: Sequence[Any]) -> Iterator[Any]:
        """Look around names where their report defines others than before, or uses them otherwise."""
        before, concerned = self._recalled.of(stage), self.concerned(MATCHED)
        was, now = self.was(MATCHED), {name[0]: name[3] for name in self._names.values()}
        for at, parsed in enumerate(self._reports):
            identity = parsed.report.id
            places = [place for place, _ in before[identity][1]] if identity in before else None
            statuses = concerned.get(identity, ())
            terms = {place[0] for place in places or ()}
            same = places is not None and set(places) == set(work.defined.get(identity, ()))
            if same and not any(was.get(term) in statuses or now.get(term) in statuses for term in terms):
                yield before[identity]
            else:
                yield self._noted(stage, parsed, work(found[at]))

    def spoken(self, names: Sequence[str]) -> Iterator[str]:
        """Return how each name is spoken, if that is known without asking."""
        return (self._spoken.get(name) or pinyin_of(name) for name in names)

    def quoted(self, report: Report, inline: Inline) -> str:
        """Return what a report prints of a list, from its text or as it was noted."""
        if report.id in self._recalled.light:
            said: str = self._quotes[report.id][inline.start, inline.end]
            return said
        return self.notes.quote(report.id, inline, super().quoted(report, inline))

    def lazily(self, work: Callable[[ParsedReport], R], reports: Sequence[ParsedReport]) -> Sequence[R]:
        """Return what is made of a whole report when it is asked for by its position."""
        return _Lazily(work, reports, self.whole)

    def by_key(self, stage: str, keys: Sequence[object], made: Callable[[Sequence[int]], Sequence[R]]) -> Sequence[R]:
        """Make only what is not known."""
        before: Mapping[bytes, Any] = self._recalled.state.get(stage, {})
        digests = list(map(digest, keys))
        missing = [at for at, one in enumerate(digests) if one not in before]
        found = dict(before) | dict(zip((digests[at] for at in missing), made(missing), strict=True))
        self.notes.state[stage] = {one: found[one] for one in digests}
        return [found[one] for one in digests]

    def by_parts(
        self, stage: str, things: Mapping[str, Sequence[T]], made: Callable[..., list[list[int]]]
    ) -> Mapping[str, list[list[int]]]:
        """Make only what is not known, of things of which some parts are known with their groups."""
        before: Mapping[str, tuple[list[bytes], list[list[int]]]] = self._recalled.state[stage]
        noted = self.notes.state[stage] = {}
        for name, parts in things.items():
            digests, (known, groups) = list(map(digest, parts)), before.get(name, ([], []))
            if known != digests:
                places = {one: at for at, one in enumerate(digests)}
                is_more = len(places) == len(digests) and places.keys() >= set(known)
                groups = made(parts, [[places[known[at]] for at in group] for group in groups] if is_more else ())
            noted[name] = digests, groups
        return {name: groups for name, (_, groups) in noted.items()}


class _Lazily(Sequence[R]):
    """Things made of reports, each when it is asked for."""

    def __init__(
        self,
        work: Callable[[ParsedReport], R],
        reports: Sequence[ParsedReport],
        whole: Callable[[ParsedReport], ParsedReport],
    ) -> None:
        self._work, self._reports, self._whole = work, reports, whole

    def __len__(self) -> int:
        return len(self._reports)

    def __iter__(self) -> Iterator[R]:
        return map(self._work, self._reports)

    def __getitem__(self, at: Any) -> Any:
        return self._work(self._whole(self._reports[at]))
