"""Choose the best few of what a term has: a document shows these, and lists of their own have all.

A name that the whole country uses is explained in hundreds of reports and used in thousands. Nobody reads them all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from glossary_api.model.things import Definition, Report, Sense, Term
from glossary_api.model.words import LEVELS, NOTE
from glossary_api.store.shapes import AppearanceDocument
from glossary_api.text.bearing import FREE, freedom

SENSES, DEFINITIONS, REPORTS = 10, 5, 50
"""How many senses, definitions of each and reports the document of a term shows at most."""
NEARBY = 20
"""How many definitions are added for a place at most, the nearest first."""


def foremost_senses(term: Term) -> list[Sense]:
    """Return the senses that are shown, in their order: all with renderings, then those with most definitions.

    Renderings are curated, so they are few, and nothing else in an edition has them.
    """
    ordered = sorted(term.senses, key=lambda sense: (not sense.equivalents, -len(sense.definitions)))
    return _kept(term.senses, ordered, max(SENSES, sum(bool(sense.equivalents) for sense in term.senses)))


def headline(term: Term, reports: Mapping[str, Report]) -> tuple[Definition | None, bool]:
    """Return what is said of a term where there is room for one definition, and whether it holds everywhere.

    It does if a person says so, or if the name has one sense, which two provinces or the nation and one give it, and
    is coined: what one place lists for 双下降 or 三大战略 another does not mean.
    """
    shown = [(_is_general(sense, reports), sense) for sense in term.senses if sense.definitions]
    if not shown:
        return None, False
    is_general, sense = max(shown, key=lambda one: (one[0], len(one[1].definitions)))
    said = min(sense.definitions, key=lambda one: _rank(one, reports))
    return said, is_general and len(shown) == 1 and freedom(term.name) != FREE


def _is_general(sense: Sense, reports: Mapping[str, Report]) -> bool:
    return (
        any(one.source.report is None for one in sense.definitions)
        or len({_province(one, reports) for one in sense.definitions}) > 1
    )


def _province(definition: Definition, reports: Mapping[str, Report]) -> str | None:
    report = reports.get(definition.source.report or "")
    return report.place_code[:2] if report and report.place_code else definition.source.place


def foremost_definitions(sense: Sense, reports: Mapping[str, Report]) -> list[Definition]:
    """Return the definitions that are shown, in their order.

    Notes come before lists, the nation before provinces and those before counties, the latest first; and one of each
    province before a second one, so that it shows how widely the sense is shared.
    """
    if len(sense.definitions) <= DEFINITIONS:
        return list(sense.definitions)
    ordered = sorted(sense.definitions, key=lambda one: _rank(one, reports))
    of_province: defaultdict[str | None, int] = defaultdict(int)
    turns: list[tuple[int, int, Definition]] = []
    for one in ordered:
        province = _province(one, reports)
        turns.append((of_province[province], len(turns), one))
        of_province[province] += 1
    best = [one for _, _, one in sorted(turns, key=lambda turn: turn[:2])]
    return _kept(sense.definitions, best, DEFINITIONS)


def _rank(definition: Definition, reports: Mapping[str, Report]) -> tuple[bool, int, int]:
    report = reports.get(definition.source.report or "")
    level = LEVELS.index(report.level) if report and report.level in LEVELS else len(LEVELS)
    return definition.evidence.kind != NOTE, level, -(definition.source.year or 0)


def foremost_reports(reports: Sequence[AppearanceDocument]) -> list[AppearanceDocument]:
    """Return the reports that are shown, by id as before: those that define the term, then those that use it most."""
    return _kept(reports, sorted(reports, key=lambda one: (not one["defines"], -one["usages"])), REPORTS)


def _kept(everything: Sequence[Any], best: Sequence[Any], most: int) -> list[Any]:
    if len(everything) <= most:
        return list(everything)
    chosen = {id(one) for one in best[:most]}
    return [one for one in everything if id(one) in chosen]
