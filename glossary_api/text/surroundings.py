"""Judge many uses of one name: what stands around most of them cannot change the verdict, and is not looked at.

What surroundings can do is done by words that they share with an explanation, by the words right beside the name, and
by an owner or a field before it. A use that has none of these is judged as one without surroundings, once for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from glossary_api.text.bearing import (
    GivenMeaning,
    NameUse,
    field_before,
    is_core,
    judged,
    neighbours,
    neighbours_of,
    owner_before,
    runs_around,
    runs_of,
)
from glossary_api.text.folding import core_of
from glossary_api.text.freedom import FREE, RARE, SHORT, freedom

Verdicts = Sequence[Sequence[str]]


class TermJudge:
    """Judges uses of a name by what its senses are explained with."""

    def __init__(self, senses: Sequence[Sequence[GivenMeaning]]) -> None:
        """Take the explanations of each sense, as `judged` does."""
        self._senses = senses
        self._heads = {one.head for sense in senses for one in sense if one.head}
        self._alone: dict[NameUse, Verdicts] = {}

    def judged(self, use: NameUse) -> Verdicts:
        """Return what `bearing.judged` returns."""
        if use.left is None or use.right is None or self._may_matter(use, use.left, use.right):
            return judged(self._senses, use)
        alone = replace(use, left="", right="")
        if alone not in self._alone:
            self._alone[alone] = judged(self._senses, alone)
        return self._alone[alone]

    def _may_matter(self, use: NameUse, left: str, right: str) -> bool:
        """Return whether the surroundings of a use may change the verdict."""
        free = freedom(use.name)
        if use.report is not None or core_of(use.name) is not None:
            return True
        if any(is_core(use.name, head) for head in self._heads):
            return True
        if (free == FREE and len(owner_before(left)) > 1) or (free == SHORT and field_before(left)):
            return True
        if free == RARE and len(self._senses) == 1 and use.year is None:
            return False
        if not all(map(frozenset.isdisjoint, self._runs, runs_around(left, right))):
            return True
        return (free != RARE or use.year is not None) and not self._neighbours.isdisjoint(neighbours(left, right))

    @cached_property
    def _runs(self) -> tuple[frozenset[str], frozenset[str]]:
        found = [runs_of((one.text, *one.beside)) for sense in self._senses for one in sense]
        longer, shorter = (frozenset().union(*runs) for runs in zip(*found, strict=True))
        return longer, shorter

    @cached_property
    def _neighbours(self) -> frozenset[tuple[str, str]]:
        return frozenset(pair for sense in self._senses for one in sense for pair in neighbours_of(one))
