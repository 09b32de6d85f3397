"""What usages tell of their terms: the sense that each stands in, and the forms under which reports print them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from glossary_api.model import Definition, ParsedReport, Term, Usage, Variant
from glossary_api.text.divisions import SAME_PREFECTURE, distance
from glossary_api.text.folding import QUOTED_PART, QUOTES, fold_name, plain


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What a report has beside its slogans, by offset, and what its entries call what they define."""

    code: str | None
    entries_marked: Mapping[int, int]
    """From where a mark begins to the number of its entry."""
    expansions: Mapping[int, int]
    """From where a slogan begins to where its expansion begins."""
    heads: Mapping[int, str]
    """From where a definition begins to the folded name that it defines."""

    @classmethod
    def of(cls, parsed: ParsedReport) -> _Surroundings:
        """Read off a parsed report."""
        return cls(
            parsed.report.place_code,
            {mark.start: mark.entry for mark in parsed.marks if mark.entry is not None},
            {slogan.start: slogan.inline.start for slogan in parsed.slogans if slogan.inline},
            {term.definition.start: fold_name(term.name) for entry in parsed.entries for term in entry.terms},
        )


def resolved(usages: Iterable[Usage], terms: Iterable[Term], reports: Sequence[ParsedReport]) -> tuple[Usage, ...]:
    """The usages, each with the sense that a mark, an expansion beside it or a near place decides; else with None."""
    by_id = {term.id: term for term in terms}
    texts = {parsed.report.id: parsed.report.text for parsed in reports}
    around = {parsed.report.id: _Surroundings.of(parsed) for parsed in reports}
    return tuple(
        replace(usage, sense=_sense_of(usage, by_id[usage.match.term], texts[usage.report], around)) for usage in usages
    )


def _sense_of(usage: Usage, term: Term, text: str, around: Mapping[str, _Surroundings]) -> str | None:
    own = [
        (definition, sense.id)
        for sense in term.senses
        for definition in sense.definitions
        if definition.source.report == usage.report
    ]
    here = around[usage.report]
    marked = _entry_behind(text, usage.match.end, here.entries_marked)
    beside = next((begin for start, begin in _inside(usage, here.expansions)), None)
    for definition, sense in own:
        if (marked is not None and definition.source.entry == marked) or definition.source.start == beside:
            return sense
    return _nearest(usage, term, around)


def _entry_behind(text: str, end: int, entries_marked: Mapping[int, int]) -> int | None:
    """The entry of the mark right behind a span, closing quotation marks skipped."""
    while end < len(text) and text[end] in QUOTES:
        end += 1
    return entries_marked.get(end)


def _inside(usage: Usage, expansions: Mapping[int, int]) -> list[tuple[int, int]]:
    span = range(usage.match.start, usage.match.end)
    return [(start, expansions[start]) for start in span if start in expansions]


def _nearest(usage: Usage, term: Term, around: Mapping[str, _Surroundings]) -> str | None:
    """The only sense that the nearest place defines, up to the same prefecture, if it goes by the name used.

    “135”年度目标任务 is no use of what another place calls “135”工作体系, however near.
    """
    reach = [
        (min(_apart(definition, usage, term, around) for definition in sense.definitions), sense.id)
        for sense in term.senses
    ]
    closest = min((apart for apart, _ in reach), default=SAME_PREFECTURE + 1)
    nearest = [sense for apart, sense in reach if apart == closest <= SAME_PREFECTURE]
    return nearest[0] if len(nearest) == 1 else None


def _apart(definition: Definition, usage: Usage, term: Term, around: Mapping[str, _Surroundings]) -> int:
    """-1 for the report's own definition, else the distance of the places; too far if the names differ."""
    source = definition.source
    if source.report == usage.report:
        return -1
    there = around.get(source.report or "")
    head = there.heads.get(source.start or 0, term.key) if there else term.key
    if there is None or fold_name(usage.match.text) not in (head, term.key):
        return SAME_PREFECTURE + 1
    return distance(there.code, around[usage.report].code)


def with_variants(terms: Iterable[Term], reports: Sequence[ParsedReport], usages: Iterable[Usage]) -> tuple[Term, ...]:
    """The terms with every surface form under which the reports print them, in heads and in bodies."""
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
    """How a printed form differs from the name of its term; without a difference, whether it is quoted."""
    bare, name = (QUOTED_PART.sub(r"\1", text) for text in (form, term.name))
    if bare == name:
        return "quoted" if quoted or form != bare else "unquoted"
    if fold_name(bare) != fold_name(name):
        return "embedded" if len(fold_name(bare)) > len(fold_name(name)) else "short-form"
    return "numeral-style" if plain(bare) == bare else "traditional"
