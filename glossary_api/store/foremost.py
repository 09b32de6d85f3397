"""Choose the best few of what a term has: a document shows these, and lists of their own have all.

A name that the whole country uses is explained in hundreds of reports and used in thousands. Nobody reads them all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from statistics import median_high
from typing import Any

from glossary_api.model.things import Definition, Report, Sense, Term
from glossary_api.model.words import DECIDED, LEVELS, LISTED, NOTE
from glossary_api.store.shapes import AppearanceDocument
from glossary_api.text.folding import core_of, fold_name
from glossary_api.text.freedom import (
    FREE,
    RARE,
    SHORT,
    begins_with_number,
    freedom,
    is_generic,
    is_notion,
    is_own_work,
    without_own_work,
    without_sort,
)
from glossary_api.text.surroundings import GivenMeaning, names_its_place, runs_of, speaks_of_the_nation

SENSES, DEFINITIONS, REPORTS = 10, 5, 50
"""How many senses, definitions of each and reports the document of a term shows at most."""
VOUCHING = 10
"""How many of the reports that say the same a definition names: hundreds of definitions would each name hundreds."""
NEARBY = 20
"""How many definitions are added for a place at most, the nearest first."""
_BRIEF, _LENGTHY = 3, 3
"""A definition that is so many times as short as most, or as long, is not the best one."""
_SEVERAL, _WIDELY = 2, 3
"""So many provinces show that a name, and one that is coined by anybody, is no place's own."""
_WORD = 2
"""A name of so many signs without a number is a word that any report may use in a sense of its own."""
_NOTES_COMPARED = 3, 30
"""Of so many notes and more one may stand alone among so many."""
_WE = re.compile("我[省市区县州旗]")
_USES_ELSEWHERE = 5
"""So many reports of other provinces use a name widely."""


def foremost_senses(term: Term) -> list[Sense]:
    """Return the senses that are shown, in their order: all with renderings, then those with most definitions.

    Renderings are curated, so they are few, and nothing else in an edition has them.
    """
    ordered = sorted(term.senses, key=lambda sense: (not sense.equivalents, -len(sense.definitions)))
    return _kept(term.senses, ordered, max(SENSES, sum(bool(sense.equivalents) for sense in term.senses)))


def headline(term: Term, reports: Mapping[str, Report], using: Collection[str] = ()) -> tuple[Definition | None, bool]:
    """Return what is said of a term where there is room for one definition, and whether it holds everywhere.

    It does if a person says so, or if the name has one sense, which two provinces or the nation and one give it, and
    is coined: what one place lists for 双下降 or 三大战略 another does not mean. Nothing is said of a name that most of
    the reports `using` it do not have from where the definition is, if that may be another thing there.
    """
    shown = [(_is_general(sense, reports), sense) for sense in term.senses if sense.definitions]
    if not shown:
        return None, False
    is_general, sense = max(shown, key=lambda one: (one[0], len(one[1].definitions)))
    said = _ordered(sense.definitions, reports, term.key)[0]
    if _is_of_few(term, sense, said, reports) and _is_used_elsewhere(sense, reports, using):
        return None, False
    alone, widely = len(shown) == 1, len(_provinces(sense, reports)) >= _WIDELY
    coined = freedom(term.name) != FREE or (widely and not is_generic(term.name))
    return said, is_general and alone and coined


def _is_of_few(term: Term, sense: Sense, said: Definition, reports: Mapping[str, Report]) -> bool:
    """Return whether elsewhere the name may stand for another thing than the best definition of a sense says.

    It may if such names are coined anew everywhere, or mean several things; or one province alone gives a list, the
    meaning of a longer name, its own sense of an ordinary word, or what it does itself.
    """
    provinces = _provinces(sense, reports)
    if None in provinces or (term.key.isascii() and term.key.isalpha()):
        return False
    free, alone = freedom(term.name), len(term.senses) == 1
    explained = alone and all(map(_is_note, sense.definitions))
    several = _WIDELY if free == FREE and not explained else _SEVERAL
    foremost = 2 * len(sense.definitions) >= sum(len(one.definitions) for one in term.senses)
    if len(provinces) >= several and foremost:
        return False
    name = fold_name(term.name)
    longer = fold_name(said.head) != name and _is_of_longer(said, term.key)
    if free == FREE or (not alone and (free == SHORT or is_own_work(term.name))):
        return not (alone and _is_note(said) and speaks_of_the_nation(said.text)) or longer
    if len(provinces) >= several:
        return False
    twice = free != RARE and not is_notion(term.name)
    own = names_its_place(given_meaning(said, reports)) if twice else _says_what_we_do(said)
    own = own and not speaks_of_the_nation(said.text)
    word = len(name) <= _WORD and not begins_with_number(term.name)
    return said.evidence.kind == LISTED or own or word or longer


def _says_what_we_do(definition: Definition) -> bool:
    """Return whether a definition says by name, or as 我市, what its place does: what one city plans is no notion."""
    place = (definition.source.place or "")[:2]
    return _WE.search(definition.text) is not None or (len(place) > 1 and place in definition.text)


def _is_used_elsewhere(sense: Sense, reports: Mapping[str, Report], using: Collection[str]) -> bool:
    """Return whether most of the reports that use a name are of provinces that do not give it this sense."""
    own = _provinces(sense, reports)
    others = sum(_province_of(reports[id_]) not in own for id_ in using)
    return others >= _USES_ELSEWHERE and 2 * others > len(using)


def _is_of_longer(definition: Definition, name: str) -> bool:
    """Return whether a definition explains a longer name, the sort of thing aside: “甲乙”规划未达标指标 of 甲乙."""
    return without_own_work(without_sort(definition.head)) != without_own_work(without_sort(name))


def _is_general(sense: Sense, reports: Mapping[str, Report]) -> bool:
    return (
        any(one.source.report is None for one in sense.definitions)
        or len({_province(one, reports) for one in sense.definitions}) > 1
    )


def _provinces(sense: Sense, reports: Mapping[str, Report]) -> set[str | None]:
    """Return the provinces that give a sense; None among them if a person does."""
    return {(_province(one, reports) or "") if one.source.report else None for one in sense.definitions}


def _province(definition: Definition, reports: Mapping[str, Report]) -> str | None:
    report = reports.get(definition.source.report or "")
    return _province_of(report) if report else definition.source.place


def _province_of(report: Report) -> str | None:
    return report.place_code[:2] if report.place_code else report.place


def given_meaning(definition: Definition, reports: Mapping[str, Report]) -> GivenMeaning:
    """Reduce a definition to what a judge of explanations has to know of it."""
    source = definition.source
    report = reports.get(source.report or "")
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


def foremost_definitions(sense: Sense, reports: Mapping[str, Report]) -> list[Definition]:
    """Return the definitions that are shown, in their order.

    The best come first, as in a headline; and one of each province before a second one, so that it shows how widely
    the sense is shared.
    """
    if len(sense.definitions) <= DEFINITIONS:
        return list(sense.definitions)
    of_province: defaultdict[str | None, int] = defaultdict(int)
    turns: list[tuple[int, int, Definition]] = []
    for one in _ordered(sense.definitions, reports):
        province = _province(one, reports)
        turns.append((of_province[province], len(turns), one))
        of_province[province] += 1
    best = [one for _, _, one in sorted(turns, key=lambda turn: turn[:2])]
    return _kept(sense.definitions, best, DEFINITIONS)


def _ordered(
    definitions: Sequence[Definition], reports: Mapping[str, Report], name: str | None = None
) -> list[Definition]:
    """Return definitions of one sense, best first.

    Notes come before lists, those of just the name before those of a longer one, those that hold anywhere before those
    of what a place does, those that share words with others before a remark that stands alone, those about as long as
    most before others, the nation before provinces and those before counties, the latest first.
    """
    alone = _standing_alone(definitions)
    lengths = [len(one.text) for one in definitions if _is_note(one)]
    usual = median_high(lengths) if lengths else None

    def rank(one: Definition) -> tuple[bool, bool, bool, bool, bool, int, int]:
        report = reports.get(one.source.report or "")
        return (
            not _is_note(one),
            name is not None and _is_of_longer(one, name),
            names_its_place(given_meaning(one, reports)),
            id(one) in alone,
            usual is not None and not usual / _BRIEF <= len(one.text) <= usual * _LENGTHY,
            LEVELS.index(report.level) if report and report.level in LEVELS else len(LEVELS),
            -(one.source.year or 0),
        )

    return sorted(definitions, key=rank)


def _standing_alone(definitions: Sequence[Definition]) -> set[int]:
    """Return the notes without a run of signs in common with any of the first few others, by identity; None for all."""
    notes = [one for one in definitions if _is_note(one)]
    if len(notes) < _NOTES_COMPARED[0]:
        return set()
    runs = [runs_of((_unnamed(one),))[1] for one in notes]
    others = list(enumerate(runs))[: _NOTES_COMPARED[1]]
    alone = {
        id(one)
        for at, one in enumerate(notes)
        if all(at == other or runs[at].isdisjoint(those) for other, those in others)
    }
    return alone if len(alone) < len(notes) else set()


def _unnamed(definition: Definition) -> str:
    """Return the text of a definition without the name that it explains."""
    return definition.text.replace(core_of(definition.head) or definition.head, "，")


def _is_note(definition: Definition) -> bool:
    return definition.evidence.kind in (NOTE, DECIDED)


def foremost_reports(reports: Sequence[AppearanceDocument]) -> list[AppearanceDocument]:
    """Return the reports that are shown, by id as before: those that define the term, then those that use it most."""
    return _kept(reports, sorted(reports, key=lambda one: (not one["defines"], -one["usages"])), REPORTS)


def _kept(everything: Sequence[Any], best: Sequence[Any], most: int) -> list[Any]:
    if len(everything) <= most:
        return list(everything)
    chosen = {id(one) for one in best[:most]}
    return [one for one in everything if id(one) in chosen]
