"""Say whether those who explain a name agree on what it means: where a use of it stands, or everywhere.

How many it takes was read off some thousand notes of real reports, each held against what others say of its name: for
names that anybody coins a note of the same province, unless it is but a number and a noun, is as good as the place's
own, and so are notes of a few provinces where nobody says another thing; a single note from elsewhere is not.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from glossary_api.text.folding import core_of, fold_name
from glossary_api.text.freedom import (
    FREE,
    RARE,
    SHORT,
    freedom,
    is_but_a_sort,
    is_generic,
    without_own_work,
    without_sort,
)
from glossary_api.text.surroundings import GivenMeaning, NameUse

ABOUT = 3
"""So many years before and after a use, those who explain its name tell whether they agree."""
_ABOUT_GENERIC = 2
"""So many where it is but a number and a noun, and its own province decides."""
_HERE = {(FREE, False): (1, 3), (FREE, True): (3, 4), (SHORT, False): (2, 3), (SHORT, True): (3, 4)}
"""So many places of its province have to say by notes what a name, generic or not, means there: fewer if nobody there
says another thing, else twice as many as do. Of a FREE one it is enough if the province says so …"""
_EVERYWHERE = {(FREE, False): (3, 4), (FREE, True): (4, 4), (SHORT, False): (2, 4), (SHORT, True): (3, 4)}
"""… or so many provinces, if the use's own says no other thing."""


@dataclass(frozen=True)
class Agreement:
    """How far those who explain a name agree, seen from a use; worked out when it is first asked for."""

    senses: Sequence[Sequence[GivenMeaning]]
    use: NameUse

    @functools.cached_property
    def settled(self) -> int | None:
        """Return which sense notes on just this name, written about then, agree on, in its province or everywhere."""
        return _settled(self.senses, self.use)

    @functools.cached_property
    def named(self) -> list[bool]:
        """Tell of each sense whether it is that of just this name."""
        key = fold_name(self.use.name)
        return [any(fold_name(each.head or self.use.name) == key for each in sense) for sense in self.senses]


@dataclass(frozen=True)
class SenseStanding:
    """How a sense stands among all of its name, seen from a use."""

    agreement: Agreement
    at: int
    """Which of the senses it is."""
    senses: int

    @functools.cached_property
    def spread(self) -> int:
        """Return how many provinces, the nation among them, have places that say the same; of the use's own each."""
        return _spread(self.agreement.senses[self.at], self.agreement.use)

    @property
    def settled(self) -> bool:
        """Tell whether this sense is the one that is settled."""
        return self.agreement.settled == self.at

    @property
    def rivalled(self) -> bool:
        """Tell whether another sense is that of just this name, too."""
        return sum(self.agreement.named) > self.agreement.named[self.at]


def _settled(senses: Sequence[Sequence[GivenMeaning]], use: NameUse) -> int | None:
    """Return which sense of a name that is not RARE is settled, where the use is or everywhere; None for none."""
    use = replace(use, name=core_of(use.name) or use.name)
    free, generic = freedom(use.name), is_generic(use.name)
    if free == RARE:
        return None
    told = [[each for each in sense if _tells_of(each, use, ABOUT)] for sense in senses]
    widely = _foremost([{province_of(each) for each in those} for those in told], _EVERYWHERE[free, generic])
    if widely is not None and not any(each.note for each in told[widely]):
        widely = None
    years = _ABOUT_GENERIC if generic else ABOUT
    here = [[each for each in those if _is_note_of(each, use) and _tells_of(each, use, years)] for those in told]
    if not any(here):
        return widely
    longer = [[each for each in sense if _is_note_of(each, use) and _is_longer(each, use, years)] for sense in senses]
    both = list(zip(here, longer, strict=True))
    places = [{each.place for each in (*notes, *more)} if notes else set() for notes, more in both]
    nearby = _foremost(places, _HERE[free, generic])
    if nearby is None and free == FREE:
        nearby = _by_province([[*notes, *more] for notes, more in both], use)
    return widely if nearby is None and widely is not None and here[widely] else nearby


def _by_province(here: Sequence[Sequence[GivenMeaning]], use: NameUse) -> int | None:
    """Return the only sense that notes of a province give, those on longer names counted, if it is the province itself
    that says it or is asked.
    """
    only = [at for at, notes in enumerate(here) if notes]
    codes = [use.code, *(each.code for notes in here for each in notes)]
    return only[0] if len(only) == 1 and any((code or "").endswith("0000") for code in codes) else None


def _foremost(givers: Sequence[Collection[str | None]], needed: tuple[int, int]) -> int | None:
    """Return which sense so many give: the first number if nobody gives another, else the second and twice the rest."""
    most = max(map(len, givers), default=0)
    rest = sum(map(len, givers)) - most
    return [len(one) for one in givers].index(most) if most >= max(needed[rest > 0], 2 * rest) else None


def _is_note_of(explanation: GivenMeaning, use: NameUse) -> bool:
    """Return whether an explanation is a note of the province of a use."""
    return explanation.note and is_of_province(explanation, use)


def is_of_province(explanation: GivenMeaning, use: NameUse) -> bool:
    """Return whether an explanation is of the province of a use."""
    return use.code is not None and explanation.code is not None and explanation.code[:2] == use.code[:2]


def _tells_of(explanation: GivenMeaning, use: NameUse, years: int) -> bool:
    """Return whether a report explains just the name of a use, so many years before or after at most."""
    if explanation.report is None or explanation.report == use.report:
        return False
    return _years_apart(explanation, use) <= years and is_of(explanation.head or use.name, use.name)


def _is_longer(explanation: GivenMeaning, use: NameUse, years: int) -> bool:
    """Return whether an explanation is of a longer name around that of a use, as many years before or after at most."""
    near = _years_apart(explanation, use) <= years
    return near and fold_name(core_of(explanation.head) or "") == fold_name(use.name)


def _years_apart(explanation: GivenMeaning, use: NameUse) -> int:
    if use.year is None or explanation.year is None:
        return 0
    return abs(use.year - explanation.year)


@functools.lru_cache(maxsize=65536)
def is_of(head: str, name: str) -> bool:
    """Return whether an explained name is just this one, the noun of the sort of thing that it is aside."""
    core = core_of(head) or ""
    sort = is_but_a_sort(name, head) or is_but_a_sort(head, name)
    return fold_name(head) == fold_name(name) or sort or (fold_name(core) == fold_name(name) and is_but_core(head))


@functools.lru_cache(maxsize=65536)
def is_but_core(whole: str) -> bool:
    """Return whether a whole name is its core and the noun of a work or of the sort of thing that it is."""
    return without_own_work(without_sort(whole)) == fold_name(core_of(whole) or "")


def _spread(sense: Sequence[GivenMeaning], use: NameUse) -> int:
    """Return how many provinces, the nation among them, have places that say the same.

    Each place of the province where the name is used counts, unless anybody coins such names: several say what it means
    thereabouts.
    """
    province = use.code[:2] if use.code and freedom(use.name) != FREE else None
    return len({each.place if province_of(each) == province else province_of(each) for each in sense if each.place})


def province_of(explanation: GivenMeaning) -> str:
    """Return the first two digits of the code of a place, which are its province's; its name where it has none."""
    return explanation.code[:2] if explanation.code else explanation.place or ""
