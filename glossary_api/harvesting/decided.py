"""Let what people decided go before what the rules say, at each stage of a harvest.

What holds does not depend on the order in which the decisions are read, and a decision whose object is gone does
nothing until that comes back: it is listed among the doubts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from glossary_api.curation.decisions import Decision, Quoted, in_force
from glossary_api.errors import BadParameter
from glossary_api.harvesting.decided_renderings import OF_RENDERINGS, rendered
from glossary_api.harvesting.decided_terms import OF_TERMS, TermDecisions
from glossary_api.harvesting.merge import NameDecisions
from glossary_api.model.messages import Message
from glossary_api.model.things import Doubt, Harvest, ParsedReport, Report, Term, Usage
from glossary_api.model.words import EDITOR
from glossary_api.text.folding import fold_name
from glossary_api.text.places import Places
from glossary_api.text.printed_places import level_of

DANGLING = "dangling-decision"
"""The kind of doubt that lists a decision whose object is not there."""
_OF_USES = ("set-sense", "not-a-use")


class Decided:
    """The decisions that hold, as the stages of a harvest ask for them, in the order of the methods."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._decisions = in_force(decisions)
        self._applied: set[str] = {one.id for one in self._decisions if one.kind == "note"}
        self._laid: TermDecisions | None = None
        self._by_report: defaultdict[str, list[Decision]] = defaultdict(list)
        for one in self._of("correct-report"):
            self._by_report[one.fields["report"]].append(one)
        for one in self._of("not-an-error", *_OF_USES):
            self._by_report[one.fields["use"].report].append(one)

    def report(self, parsed: ParsedReport) -> ParsedReport:
        """Correct what is known of a report, and take out findings that are no errors."""
        for decision in self._about(parsed.report.id, "correct-report"):
            report = _corrected(parsed.report, decision.fields["field"], decision.fields["value"])
            self._note(decision, report is not None)
            parsed = replace(parsed, report=report or parsed.report)
        for decision in self._about(parsed.report.id, "not-an-error"):
            left = _without(parsed, decision.fields["finding"], decision.fields["use"])
            self._note(decision, left is not None)
            parsed = left or parsed
        return parsed

    @property
    def names(self) -> NameDecisions:
        """Return the pairs of names to join and to keep apart, by key, the latest first; of several decisions on a pair
        the last holds.
        """
        latest: dict[frozenset[str], tuple[str, tuple[str, str]]] = {}
        for decision in self._of("join-names", "keep-apart"):
            pair = (decision.term, fold_name(decision.fields["other"]))
            latest.pop(frozenset(pair), None)
            latest[frozenset(pair)] = decision.kind, pair
        ordered = list(reversed(latest.values()))
        joined = tuple(pair for kind, pair in ordered if kind == "join-names")
        return NameDecisions(joined, tuple(pair for kind, pair in ordered if kind == "keep-apart"))

    def terms(
        self, terms: Sequence[Term], reports: Sequence[ParsedReport], kind_of: Callable[[str], str]
    ) -> tuple[Term, ...]:
        """Apply the decisions about terms to the terms."""
        owners = {key: term.id for term in terms for key in term.keys}
        for decision in self._of("join-names", "keep-apart"):
            one, other = owners.get(decision.term), owners.get(fold_name(decision.fields["other"]))
            self._note(decision, None not in (one, other) and (one == other) == (decision.kind == "join-names"))
        laid = TermDecisions.of(terms, reports, kind_of)
        for decision in self._of(*OF_TERMS):
            self._note(decision, laid.lay(decision))
        self._laid = laid
        return laid.done()

    @property
    def concerns_uses(self) -> bool:
        """Tell whether `usages` changes anything."""
        return bool(self._of(*_OF_USES))

    def usages(self, usages: Sequence[Usage], parsed: ParsedReport) -> Sequence[Usage]:
        """Give uses in a report the senses that were decided, and leave out those that are none."""
        assert self._laid is not None, "terms come before their uses"
        decisions = self._about(parsed.report.id, *_OF_USES)
        found: list[Usage | None] = list(usages) if decisions else []
        for decision in decisions:
            key = self._laid.owners.get(decision.term)
            place = decision.fields["use"].span_in(parsed.report.text)
            if key is None or place is None:
                continue
            owner = self._laid.terms[key].id
            at = [number for number, use in enumerate(usages) if _is_at(use, owner, place)]
            sense = self._laid.sense_named(key, decision.fields["passage"]) if "passage" in decision.fields else None
            if len(at) != 1 or (sense is None and decision.kind == "set-sense"):
                continue
            found[at[0]] = None if decision.kind == "not-a-use" else replace(usages[at[0]], sense=sense)
            self._note(decision, True)
        return tuple(use for use in found if use is not None) if decisions else usages

    def finished(self, harvested: Harvest) -> Harvest:
        """Add the renderings that were decided on to the terms, and list the decisions whose object is not there."""
        by_key = {key: term.id for term in harvested.terms for key in term.keys}
        terms = {term.id: term for term in harvested.terms}
        for decision in self._of(*OF_RENDERINGS):
            owner = by_key.get(decision.term)
            changed = rendered(terms[owner], decision) if owner else None
            self._note(decision, changed is not None)
            if changed:
                terms[changed.id] = changed
        dangling = [_doubt(one) for one in self._decisions if one.id not in self._applied]
        return replace(harvested, terms=tuple(terms.values()), doubts=(*harvested.doubts, *dangling))

    def _of(self, *kinds: str) -> list[Decision]:
        return [one for one in self._decisions if one.kind in kinds]

    def _about(self, report: str, *kinds: str) -> list[Decision]:
        """Return the decisions of some kinds that are about a report or a passage of it."""
        return [one for one in self._by_report.get(report, ()) if one.kind in kinds]

    def _note(self, decision: Decision, is_there: bool) -> None:
        if is_there:
            self._applied.add(decision.id)


def _doubt(decision: Decision) -> Doubt:
    fields = decision.fields
    about = next(fields[name] for name in ("term", "report", "use", "decision") if name in fields)
    name = about.report if isinstance(about, Quoted) else about
    return Doubt(DANGLING, Message("decision-dangles", id=decision.id, kind=decision.kind, about=name), ())


def _corrected(report: Report, name: str, value: str) -> Report | None:
    """Return the report with a field corrected; None if the value means nothing, or the report has no such field."""
    guessed = (*(pair for pair in report.guessed if pair[0] != name), (name, EDITOR))
    if name == "place":
        try:
            place = Places(()).find(value)
        except BadParameter:
            return None
        level = level_of(place.code) if place.code else report.level
        return replace(report, place=place.name, place_code=place.code, level=level, guessed=guessed)
    if name == "year":
        return replace(report, year=int(value), guessed=guessed)
    changed: dict[str, Any] = {name: value}
    return replace(report, **changed, guessed=guessed) if hasattr(report, name) else None


def _without(parsed: ParsedReport, kind: str, passage: Quoted) -> ParsedReport | None:
    """Return the report without the findings of a kind that touch a passage; None if there are none."""
    place = passage.span_in(parsed.report.text)
    if place is None:
        return None
    start, end = place
    left = tuple(f for f in parsed.findings if f.kind != kind or f.end <= start or end <= f.start)
    return replace(parsed, findings=left) if left != parsed.findings else None


def _is_at(use: Usage, owner: str, place: tuple[int, int]) -> bool:
    start, end = place
    return use.match.term == owner and use.match.start < end and start < use.match.end
