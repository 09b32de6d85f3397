"""Read off usages what surrounds the terms, what leads from a use to its sense, and the forms that are printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from sys import intern

from glossary_api.harvesting.desk import Desk
from glossary_api.harvesting.stages import AROUND
from glossary_api.model.things import Definition, ParsedReport, Term, Usage, Variant
from glossary_api.model.words import NAME_HERE
from glossary_api.text.folding import QUOTED_PART, QUOTES, fold_name, plain
from glossary_api.text.surroundings import context

_BESIDE = 24
"""How many characters of what stands on each side of a name a definition keeps …"""
_USES_KEPT = 3
"""… and of how many uses."""


@dataclass(frozen=True, slots=True)
class Leads:
    """Hold what in a report leads from a use to its explanation, by offset."""

    entries_marked: Mapping[int, int]
    """From where a mark begins to the number of its entry."""
    expansions: Mapping[int, int]
    """From where a slogan begins to where its expansion begins."""

    @classmethod
    def of(cls, parsed: ParsedReport) -> Leads:
        """Read off a parsed report."""
        return cls(
            {mark.start: mark.entry for mark in parsed.marks if mark.entry is not None},
            {slogan.start: slogan.inline.start for slogan in parsed.slogans if slogan.inline},
        )

    def source_of(self, usage: Usage, text: str) -> tuple[int | None, int | None]:
        """Number of the entry and start of the list that stand at a use; None for what does not."""
        beside = next((self.expansions[at] for at in _span(usage) if at in self.expansions), None)
        return _entry_behind(text, usage.match.end, self.entries_marked), beside


Found = Sequence[tuple[ParsedReport, Sequence[Usage]]]
"""Reports, each with its usages in the order of its text."""
_Place = tuple[str, int | None, int | None]
"""Term, entry and start of a definition."""


def with_surroundings(terms: Iterable[Term], found: Found, desk: Desk) -> tuple[Term, ...]:
    """Give each definition what stands around the name where its report uses it, at its own mark or list if it has."""
    terms = tuple(terms)
    defined: defaultdict[str, set[_Place]] = defaultdict(set)
    for term in terms:
        for source in (definition.source for sense in term.senses for definition in sense.definitions):
            defined[source.report or ""].add((term.id, source.entry, source.start))
    around = {
        (report, *place): beside
        for report, places in desk.at_stage(AROUND, Surroundings(defined), found)
        for place, beside in places
    }

    def placed(term: Term, definition: Definition) -> Definition:
        source = definition.source
        return replace(definition, beside=around.get((source.report or "", term.id, source.entry, source.start), ()))

    def surrounded(term: Term) -> Term:
        senses = (
            replace(sense, definitions=tuple(placed(term, definition) for definition in sense.definitions))
            for sense in term.senses
        )
        return replace(term, senses=tuple(senses)) if term.senses else term

    return tuple(map(surrounded, terms))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Finds what stands around the names that a report itself defines."""

    defined: Mapping[str, Collection[_Place]]

    def __call__(self, found: tuple[ParsedReport, Sequence[Usage]]) -> tuple[str, list[tuple[_Place, tuple[str, ...]]]]:
        """Return the id of a report and what stands around the name of each of its definitions."""
        parsed, usages = found
        here = self.defined.get(parsed.report.id, ())
        wanted = {term for term, _, _ in here}
        used: defaultdict[str, list[Usage]] = defaultdict(list)
        for usage in usages:
            if usage.match.term in wanted:
                used[usage.match.term].append(usage)
        leads, text = Leads.of(parsed), parsed.report.text
        return parsed.report.id, [(place, self._beside(place, used[place[0]], leads, text)) for place in here]

    @staticmethod
    def _beside(place: _Place, uses: Sequence[Usage], leads: Leads, text: str) -> tuple[str, ...]:
        own = [use for use in uses if leads_to(place[1], place[2], *leads.source_of(use, text))]
        loose = [use for use in uses if leads.source_of(use, text) == (None, None)]
        return tuple(_around(text, use) for use in (own or loose)[:_USES_KEPT])


def leads_to(own_entry: int | None, own_start: int | None, entry: int | None, start: int | None) -> bool:
    """Tell whether a definition with an entry and a start is the one that a use leads to by the other two."""
    return (entry is not None and own_entry == entry) or (start is not None and own_start == start)


def _around(text: str, usage: Usage) -> str:
    left, right = context(text, usage.match.start, usage.match.end, _BESIDE)
    return f"{left}{NAME_HERE}{right}"


def _entry_behind(text: str, end: int, entries_marked: Mapping[int, int]) -> int | None:
    """Return the entry of the mark right behind a span, closing quotation marks skipped."""
    while end < len(text) and text[end] in QUOTES:
        end += 1
    return entries_marked.get(end)


def _span(usage: Usage) -> range:
    return range(usage.match.start, usage.match.end)


Print = tuple[str, bool, str]
"""A printed form, whether it is quoted, and the id of a report."""


def with_variants(terms: Iterable[Term], reports: Iterable[ParsedReport], usages: Iterable[Usage]) -> tuple[Term, ...]:
    """Return the terms with every surface form under which the reports print them, in heads and in bodies."""
    used = ((usage.match.text, usage.match.quoted, usage.report) for usage in usages)
    return with_printed(terms, chain(heads(reports), used))


def heads(reports: Iterable[ParsedReport]) -> Iterator[Print]:
    """Yield the names of the entries of reports."""
    for parsed in reports:
        for entry in parsed.entries:
            yield from ((term.name, entry.head != term.name, parsed.report.id) for term in entry.terms)


def with_printed(terms: Iterable[Term], prints: Iterable[Print]) -> tuple[Term, ...]:
    """Return the terms with the forms under which they are printed; those of other terms are passed over."""
    printed: defaultdict[str, defaultdict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    terms = tuple(terms)
    by_key = {key: term for term in terms for key in term.keys}
    for form, quoted, report in prints:
        if owner := by_key.get(_folded(form)):
            printed[owner.id][intern(form), _type(owner.name, form, quoted)].add(report)
    ids = {id_: id_ for forms in printed.values() for reports in forms.values() for id_ in reports}
    return tuple(
        replace(
            term,
            variants=tuple(
                Variant(form, kind, tuple(ids[id_] for id_ in sorted(having)))
                for (form, kind), having in sorted(printed[term.id].items())
            ),
        )
        for term in terms
    )


_folded = lru_cache(maxsize=65536)(fold_name)


@lru_cache(maxsize=65536)
def _type(of: str, form: str, quoted: bool) -> str:
    """Return how a printed form differs from the name of its term; without a difference, whether it is quoted."""
    bare, name = (QUOTED_PART.sub(r"\1", text) for text in (form, of))
    if bare == name:
        return "quoted" if quoted or form != bare else "unquoted"
    if fold_name(bare) != fold_name(name):
        return "embedded" if len(fold_name(bare)) > len(fold_name(name)) else "short-form"
    return "numeral-style" if plain(bare) == bare else "traditional"
