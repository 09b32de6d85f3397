"""Say in a few bits all that decides whether an explanation says what a name means where no text stands around it.

Most of what `bearing.py` looks at is the same for whoever asks: it is worked out when an edition is written. What is
left is how far away the asker is, how many years lie between, and how those who explain the name agree. So each
combination of these has to be judged once, by `bearing.py`, for all names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from glossary_api.text.bearing import is_by_editor, is_of_the_nation, is_official, verdict, weighed
from glossary_api.text.folding import core_of, fold_name
from glossary_api.text.freedom import (
    RARE,
    begins_with_number,
    counts_twice,
    freedom,
    freest,
    is_but_a_sort,
    is_core,
    is_figures,
    is_generic,
    is_notion,
    is_number_of_measures,
    is_of,
    is_own_work,
    is_short_for,
    standings,
)
from glossary_api.text.places import ELSEWHERE, SAME_PLACE, distance
from glossary_api.text.surroundings import GivenMeaning, NameUse, names_its_place

_FIRST = 1, 2, 4
OF_WHOLE, HAS_CORE, SAME_NAME = _FIRST
"""Bits that are looked at one by one: a longer name is explained, of which the name is the core; the explained name has
a core; it is this name."""
_YEARS = 12
"""No rule tells more years from so many."""
_NO_YEARS = _YEARS + 1
_SPREAD = 3
"""Nor more provinces from so many."""
_KEPT = 100_000
"""How many combinations are kept at most."""


class Sketch(NamedTuple):
    """An explanation as far as it is needed to choose and to judge it."""

    number: int
    """Which one it is among all of its name."""
    given: GivenMeaning
    """Without its texts."""
    traits: int


Near = int
"""How far from a use an explanation was given, as `distance` says, and OF_PROVINCE if it is of the same province."""
OF_PROVINCE = 4


def nearest_of(explanation: GivenMeaning, place: str | None, code: str | None) -> Near:
    """Return how near an explanation is to a place."""
    other = explanation.code
    if other is None or code is None:
        return SAME_PLACE if explanation.place is not None and explanation.place == place else ELSEWHERE
    return OF_PROVINCE | distance(other, code) if other[:2] == code[:2] else ELSEWHERE


def traits_of(explanation: GivenMeaning, name: str) -> int | None:
    """Return what of an explanation of a name is the same for all uses without a text around them.

    None if that is more: an editor gives it, or the name has a core by which it is known.
    """
    if core_of(name) is not None or is_by_editor(explanation):
        return None
    head = explanation.head or name
    core, free = core_of(head), freedom(name)
    whole = head != name and is_core(name, head)
    bits = (
        whole and not is_but_a_sort(name, head),
        core is not None,
        fold_name(head) == fold_name(name),
        core is not None and freedom(core) == RARE,
        *(bool(number & bit) for number in (free, freest(name, head)) for bit in (1, 2)),
        *(
            is_one(name)
            for is_one in (is_generic, is_notion, is_own_work, is_figures, counts_twice, begins_with_number)
        ),
        is_own_work(head),
        is_number_of_measures(head),
        is_of(head, name),
        is_core(name, head),
        is_notion(head) or is_short_for(head, explanation.text),
        explanation.note,
        is_official(explanation),
        is_of_the_nation(explanation),
        names_its_place(explanation),
    )
    return sum(1 << at for at, bit in enumerate(bits) if bit)


class PlainJudge:
    """Judges explanations of a name, by sense, as `bearing.judged` does a use without a text around it."""

    def __init__(
        self,
        senses: Sequence[Sequence[Sketch]],
        near: Sequence[Sequence[Near]],
        use: NameUse,
        read: Callable[[int], GivenMeaning],
    ) -> None:
        """Take sketches and how near they are to the use; `read` returns the explanation with a number whole."""
        self._senses, self._near, self._use, self._read = senses, near, use, read
        self._standings = standings([[one.given for one in sense] for sense in senses], use)
        alone, placeless = len(senses) == 1, use.place is None and use.code is None
        self._signs = [min(one.spread, _SPREAD) << 2 | alone << 1 | placeless for one in self._standings]
        self._more: dict[int, int] = {}

    def is_by_each(self) -> bool:
        """Tell whether the explanations of the only sense are judged each by itself, as `bearing.one_by_one` says."""
        return len(self._senses) == 1 and not any(one.traits & HAS_CORE for one in self._senses[0])

    def all(self) -> list[list[str]]:
        """Return the verdict on each explanation of each sense."""
        return weighed([[self.verdict(at, i) for i in range(len(sense))] for at, sense in enumerate(self._senses)])

    def verdict(self, sense: int, at: int) -> str:
        """Return the verdict on one of the explanations of a sense before the others have a say."""
        one, year = self._senses[sense][at], self._use.year
        if year is None or one.given.year is None:
            years = _NO_YEARS
        elif not -_YEARS <= (years := one.given.year - year) <= _YEARS:
            years = _YEARS if years > 0 else -_YEARS
        key = ((one.traits << 5 | years + _YEARS) << 3 | self._near[sense][at]) << 4 | self._signs[sense]
        found = _verdicts.get(key)
        if found == _DEPENDS:
            found = _depending.get((key, self._more_of(sense)))
        return self._judged(sense, one, key) if found is None else found

    def _judged(self, sense: int, one: Sketch, key: int) -> str:
        """Judge an explanation, and keep the verdict for all that are like it."""
        standing = standings(self._standings[0].agreement.senses, self._use)[sense]
        found = verdict(self._read(one.number), standing, self._use)
        if len(_verdicts) + len(_depending) >= _KEPT:
            _verdicts.clear()
            _depending.clear()
        if _AGREEMENT.isdisjoint(vars(standing.agreement)):  # none of it was asked for
            _verdicts[key] = found
        else:
            _verdicts[key], _depending[key, self._more_of(sense)] = _DEPENDS, found
        return found

    def _more_of(self, sense: int) -> int:
        """Return how a sense stands among all, as far as that takes a look at all of them."""
        if sense not in self._more:
            standing = self._standings[sense]
            longer = any(one.traits & OF_WHOLE for one in self._senses[sense])
            settled = standing.agreement.settled is None, standing.settled
            bits = (*settled, standing.rivalled, longer and standing.foremost)
            self._more[sense] = sum([1 << at for at, bit in enumerate(bits) if bit])
        return self._more[sense]


_verdicts: dict[int, str] = {}
_depending: dict[tuple[int, int], str] = {}
"""Verdicts by all that they depend on: in the first without a look at who agrees with whom."""
_DEPENDS = ""
"""What the first has of those in the second."""
_AGREEMENT = frozenset(("settled", "foremost", "named"))
"""The attributes of an agreement that it works out when they are asked for."""
