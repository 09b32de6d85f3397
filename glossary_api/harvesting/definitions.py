"""Make definitions of what reports say of a name, and senses of those that say the same.

A note of an appendix is written to explain a name. A list in running text merely stands beside it: that it has as many
items as the name counts is why it was taken, and proves nothing. It is corroborated once another report says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from glossary_api.harvesting.agreement import grouped, has_note, is_in_latin
from glossary_api.harvesting.unquoted import Uses
from glossary_api.model.messages import Message
from glossary_api.model.things import (
    CountCheck,
    Definition,
    DefinitionEvidence,
    Entry,
    EntryTerm,
    Inline,
    Report,
    Sense,
    Source,
    Term,
)
from glossary_api.model.words import CORROBORATED, DECIDED, LISTED, NOTE, NUMERAL
from glossary_api.text.freedom import FREE, freedom

_WIDELY = 20
"""So many reports use a name widely, and know what it means …"""
_SELDOM = 0.1
"""… if a smaller share of them has a list beside it."""


def noted(report: Report, entry: Entry, term: EntryTerm) -> Definition:
    """Make a definition of what an entry of an appendix says of one of its terms."""
    start, end = term.definition.start, term.definition.end
    numbers, ocr = (entry.number, entry.page), _by_ocr(report, start, end)
    source = Source("appendix", report.id, report.place, report.year, *numbers, start, end, report.address, ocr)
    evidence = DefinitionEvidence(NOTE, (report.id,))
    return Definition(term.definition.text, source, term.members, term.count_check, term.name, evidence)


def listed(report: Report, name: str, kind: str, inline: Inline, said: str) -> Definition:
    """Make a definition of the list that the running text gives beside a slogan of a kind, in the words `said`."""
    start, end, members = inline.start, inline.end, inline.members
    ocr = _by_ocr(report, start, end)
    source = Source("inline", report.id, report.place, report.year, None, None, start, end, report.address, ocr)
    if kind == "numeral":
        check = CountCheck("n/a", len(members), len(members), Message("list-found-by-number"))
    else:
        check = CountCheck("n/a", reason=Message("no-numeral-counts"))
    return Definition(said, source, members, check, name, DefinitionEvidence(LISTED, (report.id,)))


def _by_ocr(report: Report, start: int, end: int) -> bool:
    return any(begin < end and start < behind for begin, behind in report.ocr)


def without_stray_lists(terms: Iterable[Term], uses: Mapping[str, Uses]) -> tuple[Term, ...]:
    """Return the terms without the lists that single reports have beside a name that many use and hardly any lists.

    三农 in a hundred reports is not what one of them lists before it. Names that are coined freely keep their lists,
    which are those of their places. What stands before an abbreviation in Latin letters and has no word of its note
    is something else.
    """
    return tuple(_without_stray(term, uses.get(term.id)) for term in terms)


def _without_stray(term: Term, uses: Uses | None) -> Term:
    unexplained = [sense for sense in term.senses if not has_note(sense.definitions) and not sense.equivalents]
    if is_in_latin(term.name) and len(unexplained) < len(term.senses):
        return replace(term, senses=tuple(sense for sense in term.senses if sense not in unexplained))
    if uses is None or not unexplained or term.kind != NUMERAL or freedom(term.name) == FREE:
        return term
    using = len(uses.quoted | uses.bare)
    listing = len({(one.source.place, one.source.year) for sense in unexplained for one in sense.definitions})
    if using < _WIDELY or listing >= _SELDOM * using:
        return term
    stray = [sense for sense in unexplained if all(one.evidence.kind == LISTED for one in sense.definitions)]
    return replace(term, senses=tuple(sense for sense in term.senses if sense not in stray))


def groups_of(definitions: Sequence[Definition], known: Sequence[Sequence[int]] = ()) -> list[list[int]]:
    """Return definitions by their positions, those together that say the same, as `grouped` orders them.

    `known` are the groups of some of them.
    """
    places = {id(one): at for at, one in enumerate(definitions)}
    before = [[definitions[at] for at in group] for group in known]
    return [[places[id(one)] for one in group] for group in grouped(definitions, before)]


def senses_of(identity: str, definitions: Sequence[Definition], groups: Iterable[Sequence[int]]) -> list[Sense]:
    """Make a sense of each group of definitions, given by their positions.

    Lists that another report confirms are marked as corroborated.
    """
    return numbered_senses(identity, ([definitions[at] for at in group] for group in groups))


def numbered_senses(identity: str, groups: Iterable[Sequence[Definition]]) -> list[Sense]:
    """Return a sense for each group of definitions, in the order given, each with the reports that confirm it."""
    return [Sense(f"{identity}-{number}", _vouched(group)) for number, group in enumerate(groups, 1)]


def _vouched(group: Sequence[Definition]) -> tuple[Definition, ...]:
    """Return the definitions of a sense, each with the reports that say the same."""
    reports = tuple(sorted({one.source.report for one in group if one.source.report}))
    # One report in two files confirms nothing: place and year tell reports apart.
    origins = {(one.source.place, one.source.year) for one in group}
    return tuple(_vouched_for(one, reports, len(origins) > 1 or has_note(group)) for one in group)


def _vouched_for(definition: Definition, reports: tuple[str, ...], confirmed: bool) -> Definition:
    if definition.evidence.kind in (NOTE, DECIDED) or not confirmed:
        return replace(definition, evidence=DefinitionEvidence(definition.evidence.kind, reports))
    check = definition.count_check
    if check.found is not None:
        check = CountCheck("pass", check.expected, check.found)
    return replace(definition, evidence=DefinitionEvidence(CORROBORATED, reports), count_check=check)
