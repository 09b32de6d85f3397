"""Read off usages in which sense each stands, what surrounds the terms, and the forms under which they are printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from glossary_api.model.things import Definition, ParsedReport, Term, Usage, Variant
from glossary_api.model.words import DECIDED, NAME_HERE, NOTE
from glossary_api.store.documents import context
from glossary_api.text.bearing import AROUND, TAKEN, GivenMeaning, NameUse, judged
from glossary_api.text.folding import QUOTED_PART, QUOTES, fold_name, plain

_BESIDE = 24
"""How many characters of what stands on each side of a name a definition keeps …"""
_USES_KEPT = 3
"""… and of how many uses."""


@dataclass(frozen=True, slots=True)
class _Leads:
    """The signs in a report that lead from a use to its explanation, by offset."""

    entries_marked: Mapping[int, int]
    """From where a mark begins to the number of its entry."""
    expansions: Mapping[int, int]
    """From where a slogan begins to where its expansion begins."""

    @classmethod
    def of(cls, parsed: ParsedReport) -> _Leads:
        """Read off a parsed report."""
        return cls(
            {mark.start: mark.entry for mark in parsed.marks if mark.entry is not None},
            {slogan.start: slogan.inline.start for slogan in parsed.slogans if slogan.inline},
        )

    def source_of(self, usage: Usage, text: str) -> tuple[int | None, int | None]:
        """Number of the entry and start of the list that stand at a use; None for what does not."""
        beside = next((self.expansions[at] for at in _span(usage) if at in self.expansions), None)
        return _entry_behind(text, usage.match.end, self.entries_marked), beside


def with_surroundings(
    terms: Iterable[Term], usages: Iterable[Usage], reports: Sequence[ParsedReport]
) -> tuple[Term, ...]:
    """Give each definition what stands around the name where its report uses it, at its own mark or list if it has."""
    texts = {parsed.report.id: parsed.report.text for parsed in reports}
    leads = {parsed.report.id: _Leads.of(parsed) for parsed in reports}
    used: defaultdict[tuple[str, str], list[Usage]] = defaultdict(list)
    for usage in usages:
        used[usage.match.term, usage.report].append(usage)

    def placed(term: Term, definition: Definition) -> Definition:
        report = definition.source.report or ""
        uses = used.get((term.id, report), [])
        own = [use for use in uses if _leads_to(definition, *leads[report].source_of(use, texts[report]))]
        loose = [use for use in uses if leads[report].source_of(use, texts[report]) == (None, None)]
        kept = (own or loose)[:_USES_KEPT]
        return replace(definition, beside=tuple(_around(texts[report], use) for use in kept))

    return tuple(
        replace(
            term,
            senses=tuple(
                replace(sense, definitions=tuple(placed(term, definition) for definition in sense.definitions))
                for sense in term.senses
            ),
        )
        for term in terms
    )


def _leads_to(definition: Definition, entry: int | None, start: int | None) -> bool:
    source = definition.source
    return (entry is not None and source.entry == entry) or (start is not None and source.start == start)


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


def resolved(usages: Iterable[Usage], terms: Iterable[Term], reports: Sequence[ParsedReport]) -> tuple[Usage, ...]:
    """Give each usage the one sense that the evidence speaks for; None if it speaks for none, or for several."""
    judge, usages = _Judge(terms, reports), list(usages)
    # Term by term, so that what was worked out of the explanations of a term is at hand for its next use.
    order = sorted(range(len(usages)), key=lambda at: usages[at].match.term)
    found = {at: judge.sense_of(usages[at]) for at in order}
    return tuple(replace(usage, sense=found[at]) for at, usage in enumerate(usages))


class _Judge:
    """Decides in which sense the reports use the terms."""

    def __init__(self, terms: Iterable[Term], reports: Sequence[ParsedReport]) -> None:
        self._reports = {parsed.report.id: parsed.report for parsed in reports}
        self._leads = {parsed.report.id: _Leads.of(parsed) for parsed in reports}
        self._senses = {term.id: term.senses for term in terms if term.senses}
        self._known = {
            id_: [[self._explanation(one) for one in sense.definitions] for sense in senses]
            for id_, senses in self._senses.items()
        }

    def sense_of(self, usage: Usage) -> str | None:
        """Return the sense that a mark, a list beside the use or what is known of its explanations decides."""
        senses, report = self._senses.get(usage.match.term, ()), self._reports[usage.report]
        if not senses:
            return None
        found = self._leads[report.id].source_of(usage, report.text)
        for sense in senses:
            if any(one.source.report == report.id and _leads_to(one, *found) for one in sense.definitions):
                return sense.id
        left, right = context(report.text, usage.match.start, usage.match.end, AROUND)
        use = NameUse(usage.match.text, left, right, report.id, report.place, report.place_code, report.year)
        verdicts = judged(self._known[usage.match.term], use)
        taken = [sense.id for sense, codes in zip(senses, verdicts, strict=True) if set(codes) & set(TAKEN)]
        return taken[0] if len(taken) == 1 else None

    def _explanation(self, definition: Definition) -> GivenMeaning:
        source = definition.source
        report = self._reports.get(source.report or "")
        return GivenMeaning(
            definition.head,
            definition.text,
            definition.beside,
            definition.evidence.kind in (NOTE, DECIDED),
            source.entry,
            source.report,
            source.place,
            report.place_code if report else None,
            report.level if report else None,
            source.year,
        )


def with_variants(terms: Iterable[Term], reports: Sequence[ParsedReport], usages: Iterable[Usage]) -> tuple[Term, ...]:
    """Return the terms with every surface form under which the reports print them, in heads and in bodies."""
    printed: defaultdict[str, defaultdict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    by_key = {key: term for term in terms for key in term.keys}
    for parsed in reports:
        for entry in parsed.entries:
            for term in entry.terms:
                owner = by_key[fold_name(term.name)]
                quoted = entry.head != term.name
                printed[owner.id][term.name, _type(owner, term.name, quoted)].add(parsed.report.id)
    for usage in usages:
        owner = by_key[fold_name(usage.match.text)]
        printed[owner.id][usage.match.text, _type(owner, usage.match.text, usage.match.quoted)].add(usage.report)
    return tuple(
        replace(
            term,
            variants=tuple(
                Variant(form, kind, tuple(sorted(ids))) for (form, kind), ids in sorted(printed[term.id].items())
            ),
        )
        for term in terms
    )


def _type(term: Term, form: str, quoted: bool) -> str:
    """Return how a printed form differs from the name of its term; without a difference, whether it is quoted."""
    bare, name = (QUOTED_PART.sub(r"\1", text) for text in (form, term.name))
    if bare == name:
        return "quoted" if quoted or form != bare else "unquoted"
    if fold_name(bare) != fold_name(name):
        return "embedded" if len(fold_name(bare)) > len(fold_name(name)) else "short-form"
    return "numeral-style" if plain(bare) == bare else "traditional"
