"""Tell which usages of an edition may have another sense once further reports explain their terms, without a look at
what stands around them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import orjson

from glossary_api.harvesting.judging import Judge
from glossary_api.harvesting.noting import digest, told
from glossary_api.model.things import Report, Term
from glossary_api.store.edition import Edition


class Rejudging:
    """Compares what a judge knows of the terms with what the judge knew who judged the usages of an edition."""

    def __init__(
        self, judge: Judge, terms: Sequence[Term], before: Mapping[str, bytes], now: Mapping[str, bytes]
    ) -> None:
        """`before` and `now` are digests of what is `told` of each term that is explained, by id."""
        self._judge, self._before = judge, before
        self._anew = {term for term in before.keys() | now.keys() if before.get(term) != now.get(term)}
        self._terms = [term for term in terms if term.id in self._anew and term.id in before]

    def concerned(self, base: Edition, titles: Mapping[str, Report], new: Collection[str]) -> set[tuple[str, str]]:
        """Return the ids of terms and reports of the usages that are to be judged anew; `new` are reports that were
        added to the edition, and `titles` all, without their texts.
        """
        less = [_without(term, new) for term in self._terms]
        judge = Judge([term for term in less if digest(told(term)) == self._before[term.id]], titles)
        asked = """SELECT DISTINCT t.id, r.id, coalesce(u.text, t.name), u.sense FROM terms t
                   JOIN usages u ON u.term = t.rank JOIN reports r ON r.rank = u.report
                   WHERE t.id IN (SELECT value FROM json_each(?))"""
        return {
            (term, report)
            for term, report, *use in base.select(asked, (orjson.dumps(sorted(self._anew)).decode(),))
            if not self._judge.confirms(judge, term, titles[report], *use)
        }


def _without(term: Term, reports: Collection[str]) -> Term:
    """Return a term without what some reports say of it."""
    senses = (
        replace(sense, definitions=tuple(one for one in sense.definitions if one.source.report not in reports))
        for sense in term.senses
    )
    return replace(term, senses=tuple(sense for sense in senses if sense.definitions))
