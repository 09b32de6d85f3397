"""Decide in which sense the reports use the terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress

from glossary_api.harvesting.senses import Leads, leads_to
from glossary_api.model.things import ParsedReport, Report, Sense, Term, Usage
from glossary_api.store.foremost import DEFINITIONS, NEARBY, foremost_definitions, foremost_senses, given_meaning
from glossary_api.text.bearing import are_as_good, taken
from glossary_api.text.surroundings import AROUND, GivenMeaning, NameUse, context

_FEW = 40
"""So many explanations of a term are all looked at for each of its uses; of more, those that a look-up shows too."""


@dataclass(slots=True)
class _Known:
    """The explanations of a term."""

    senses: Sequence[Sense]
    shown: Mapping[str, list[GivenMeaning]]
    """By sense: what is looked at for every use."""
    near: Mapping[str, list[tuple[str, str, GivenMeaning]]] = field(default_factory=dict)
    """The others, by province, each with the code of its place and its sense."""
    own: Mapping[str, list[tuple[str, GivenMeaning]]] = field(default_factory=dict)
    """The others, by report."""
    said: Sequence[tuple[str, GivenMeaning]] = ()
    """All of them that say their year, where not all are shown."""
    _then: dict[int, list[tuple[str, GivenMeaning]]] = field(default_factory=dict)
    """Those of about a year, once it was asked for."""
    _around: dict[str, list[tuple[str, GivenMeaning]]] = field(default_factory=dict)
    """Those nearest to a place, alike."""

    def at(self, report: Report) -> Mapping[str, list[GivenMeaning]]:
        """Return by sense what bears on a use in a report: beside what is shown its own, and what is said near it."""
        code = report.place_code
        more = list(self.own.get(report.id, ()))
        if code:
            more += [one for one in self._near_to(code) if one[1].report != report.id]
        if report.year is not None:
            more += self._of_about(report.year)
        if not more:
            return self.shown
        found = {sense: list(those) for sense, those in self.shown.items()}
        for sense, meaning in more:
            if not any(meaning is one for one in found.setdefault(sense, [])):
                found[sense].append(meaning)
        return found

    def _near_to(self, code: str) -> list[tuple[str, GivenMeaning]]:
        if code not in self._around:
            near = sorted(self.near.get(code[:2], ()), key=lambda one: (one[0] != code, one[0][:4] != code[:4]))
            self._around[code] = [one[1:] for one in near[:NEARBY]]
        return self._around[code]

    def _of_about(self, year: int) -> list[tuple[str, GivenMeaning]]:
        if year not in self._then:
            apart = sorted(self.said, key=lambda one: (abs((one[1].year or 0) - year), one[1].year or 0))
            self._then[year] = apart[:DEFINITIONS]
        return self._then[year]


class Judge:
    """Decides in which sense a report uses the terms: the one that the evidence speaks for."""

    def __init__(self, terms: Iterable[Term], reports: Mapping[str, Report]) -> None:
        """`reports` has of each, by id, where it is from; its text is not asked for."""
        self._known = {term.id: _known(term, reports) for term in terms if term.senses}
        self._wider: dict[str, bool] = {}
        """Whether what is shown of a term is more than another judge had, by id."""

    def __call__(self, found: tuple[ParsedReport, Sequence[Usage]]) -> tuple[Usage, ...]:
        """Give each usage of a report its sense; None if the evidence speaks for none, or for several."""
        parsed, usages = found
        leads, report = Leads.of(parsed), parsed.report
        at_hand: dict[str, Mapping[str, list[GivenMeaning]]] = {}
        senses = (self._sense_of(usage, report, leads, at_hand) for usage in usages)
        pairs = zip(usages, senses, strict=True)
        return tuple(Usage(one.report, one.match, one.heading, sense) if sense else one for one, sense in pairs)

    def confirms(self, before: Judge, term: str, report: Report, name: str, sense: str | None) -> bool:
        """Tell without a look at it that a use in a report has the sense, or none, that another judge gave it.

        It has where both have the same at hand, or as good as the same. Where there is one sense, and more speaks for
        it than before, every use that had it has it still: no explanation takes a use from its own sense.
        """
        was, now = before._known.get(term), self._known.get(term)
        if was is None or now is None:
            return False
        had, has = was.at(report), now.at(report)
        if had == has:
            return True
        use, those = NameUse(name, report=report.id, year=report.year), list(has)
        if had.keys() == has.keys() and are_as_good([had[one] for one in those], list(has.values()), use):
            return True
        if sense is None or len(now.senses) > 1:
            return False
        if had is not was.shown or has is not now.shown:
            return _is_within(had, has)
        if term not in self._wider:
            self._wider[term] = _is_within(had, has)
        return self._wider[term]

    def _sense_of(
        self, usage: Usage, report: Report, leads: Leads, at_hand: dict[str, Mapping[str, list[GivenMeaning]]]
    ) -> str | None:
        """Return the sense that a mark, a list beside the use or what is known of its explanations decides."""
        term = usage.match.term
        known = self._known.get(term)
        if known is None:
            return None
        source = leads.source_of(usage, report.text)
        if source != (None, None):
            for sense in known.senses:
                sources = (one.source for one in sense.definitions)
                if any(one.report == report.id and leads_to(one.entry, one.start, *source) for one in sources):
                    return sense.id
        if term not in at_hand:
            at_hand[term] = known.at(report)
        left, right = context(report.text, usage.match.start, usage.match.end, AROUND)
        use = NameUse(usage.match.text, left, right, report.id, report.place, report.place_code, report.year)
        found = list(compress(at_hand[term], taken(list(at_hand[term].values()), use)))
        return found[0] if len(found) == 1 else None


def _is_within(some: Mapping[str, list[GivenMeaning]], others: Mapping[str, list[GivenMeaning]]) -> bool:
    return all(set(meanings) <= set(others.get(sense, ())) for sense, meanings in some.items())


def _known(term: Term, reports: Mapping[str, Report]) -> _Known:
    everything = {sense.id: [given_meaning(one, reports) for one in sense.definitions] for sense in term.senses}
    if sum(map(len, everything.values())) <= _FEW:
        return _Known(term.senses, everything)
    chosen = {sense.id: {id(one) for one in foremost_definitions(sense, reports)} for sense in foremost_senses(term)}
    shown: dict[str, list[GivenMeaning]] = {}
    near: defaultdict[str, list[tuple[str, str, GivenMeaning]]] = defaultdict(list)
    own: defaultdict[str, list[tuple[str, GivenMeaning]]] = defaultdict(list)
    for sense in term.senses:
        for definition, given in zip(reversed(sense.definitions), reversed(everything[sense.id]), strict=True):
            if id(definition) in chosen.get(sense.id, ()):
                shown.setdefault(sense.id, []).append(given)
                continue
            own[given.report or ""].append((sense.id, given))
            if given.code:
                near[given.code[:2]].append((given.code, sense.id, given))
    said = [(sense.id, one) for sense in term.senses for one in everything[sense.id] if one.year is not None]
    return _Known(term.senses, shown, near, own, said)
