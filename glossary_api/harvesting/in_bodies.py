"""Find the terms in the bodies of the reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from glossary_api.harvesting.unquoted import Independent, UsesHere, uses_here
from glossary_api.matching.matcher import Matcher
from glossary_api.model.things import ParsedReport, Term, Usage
from glossary_api.model.words import STATUSES
from glossary_api.text.folding import fold_name


class BodyMatcher:
    """Finds every place in the body of a report where a term stands.

    Candidates are looked for by themselves: a quoted sentence does not hide the terms within.
    """

    def __init__(self, terms: Iterable[Term], others: Iterable[Term] = ()) -> None:
        """`others` are terms whose uses are not asked for: they keep from others the places where they stand."""
        terms, others = tuple(terms), tuple(others)
        self._owners = {key: term.id for term in terms for key in term.keys}
        everyone = (*terms, *others)
        self._matchers = {status: Matcher(term for term in everyone if term.status == status) for status in STATUSES}

    def __call__(self, parsed: ParsedReport, statuses: Collection[str] = STATUSES) -> tuple[Usage, ...]:
        """Return the usages of terms of some statuses by offset, the longer of two first, without senses."""
        matchers = [matcher for status, matcher in self._matchers.items() if status in statuses]
        found = [usage for matcher in matchers for usage in self._found(matcher, parsed)]
        return tuple(sorted(found, key=lambda usage: (usage.match.start, -usage.match.end)))

    def _found(self, matcher: Matcher, parsed: ParsedReport) -> Iterator[Usage]:
        for start, end in parsed.body:
            headings = [heading for heading in parsed.headings if start <= heading.start < end]
            for match in matcher.find(parsed.report.text, start, end):
                owner = self._owners.get(fold_name(match.text))
                if owner is None:
                    continue  # 一五 is a period of planning, and no 15
                while len(headings) > 1 and headings[1].start <= match.start:
                    headings.pop(0)
                near = headings[0].text if headings and headings[0].start <= match.start else None
                yield Usage(parsed.report.id, match if match.term == owner else replace(match, term=owner), near, None)


@dataclass(frozen=True, slots=True)
class Witness:
    """Says what a report does with the names that it uses."""

    matcher: BodyMatcher

    def __call__(self, parsed: ParsedReport) -> tuple[Independent, UsesHere]:
        """Return whose report it is, and what it does with each term."""
        return self.of_statuses(parsed, STATUSES)

    def of_statuses(self, parsed: ParsedReport, statuses: Collection[str]) -> tuple[Independent, UsesHere]:
        """Return the same of the terms of some statuses."""
        return uses_here(parsed, self.matcher(parsed, statuses))
