"""Say how an explanation stands, seen from a use: among all who explain the name, and in time.

How many have to agree where a use stands, or everywhere, and how many years what one says holds, was read off some
thousand explanations of real reports, each held against what others say of its name: for names that anybody coins a
note of the same province, unless it is but a number and a noun, is as good as the place's own, and so are notes of a
few provinces where nobody says another thing; a single note from elsewhere is not.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from glossary_api.text.folding import core_of, fold_name
from glossary_api.text.freedom import (
    FREE,
    RARE,
    SHORT,
    begins_with_number,
    freedom,
    freest,
    is_generic,
    is_notion,
    is_number_of_measures,
    is_of,
    is_own_work,
)
from glossary_api.text.places import SAME_PLACE, distance
from glossary_api.text.surroundings import (
    GivenMeaning,
    NameUse,
    has_same_neighbour,
    speaks_alike,
    speaks_of_the_nation,
)

ABOUT = 3
"""So many years before and after a use, those who explain its name tell whether they agree."""
_ABOUT_GENERIC = 2
"""So many where it is but a number and a noun, and its own province decides."""
_HERE = {
    (FREE, False): (1, 3),
    (FREE, True): (3, 4),
    (SHORT, False): (2, 3),
    (SHORT, True): (3, 4),
    (RARE, False): (2, 3),
}
"""So many places of its province have to say by notes what a name, generic or not, means there: fewer if nobody there
says another thing, else twice as many as do. Of a FREE one it is enough if the province says so …"""
_EVERYWHERE = {
    (FREE, False): (3, 4),
    (FREE, True): (4, 4),
    (SHORT, False): (2, 4),
    (SHORT, True): (3, 4),
    (RARE, False): (2, 3),
}
"""… or so many provinces, if the use's own says no other thing."""
_OF_A_YEAR = 2
"""So many places of a province that say the same, one of them in the year of a use, settle a name whatever it is."""
_FEW_SENSES = 2
"""Of more senses that several say each, a rare name may have any elsewhere."""
_WIDELY = 3
"""So many, and twice as many as say another thing, tell what a name means of which nobody knows where it stands."""
YEARS = {FREE: 2, SHORT: 5, RARE: 10}
"""How many years after it was given an explanation of such a name still holds elsewhere, and for FREE ones at home."""
WIDE = 3
_WIDE_YEARS = {FREE: 4, SHORT: 5, RARE: 10}
"""So many years before or after, where places of three provinces say the same and nobody says another thing."""
_GRACE, SOON = 1, 3
"""So many years later an explanation of a RARE name may come: what a city does one winter another explains the next.
So may a note of the same place; it may come in some more, if the name is not FREE."""


@dataclass(frozen=True)
class Agreement:
    """How far those who explain a name agree, seen from a use; worked out when it is first asked for."""

    senses: Sequence[Sequence[GivenMeaning]]
    use: NameUse
    _spreads: dict[int, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    @functools.cached_property
    def settled(self) -> int | None:
        """Return which sense those who explain just this name about then agree on, in its province or everywhere."""
        return _settled(self.senses, self.use)

    @functools.cached_property
    def foremost(self) -> int | None:
        """Return which sense of a name that is not coined by anybody most provinces give, written about then, those on
        longer names around it counted.
        """
        if freedom(self.use.name) == FREE:
            return None
        told = [
            {
                province_of(each)
                for each in _about(sense, self.use, ABOUT)
                if _is_longer(each, self.use) or _tells_of(each, self.use)
            }
            for sense in self.senses
        ]
        return _foremost(told, (_WIDELY, _WIDELY))

    @functools.cached_property
    def is_of_many(self) -> bool:
        """Tell whether several say so of more than two senses, so that others may mean any of them."""
        return sum(self.spread(at) > 1 for at in range(len(self.senses))) > _FEW_SENSES

    def spread(self, at: int) -> int:
        """Return how many provinces, the nation among them, have places that say the same; of the use's own each."""
        if at not in self._spreads:
            self._spreads[at] = _spread(self.senses[at], self.use)
        return self._spreads[at]

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

    @property
    def spread(self) -> int:
        """Return how many provinces, the nation among them, have places that say the same; of the use's own each."""
        return self.agreement.spread(self.at)

    @property
    def settled(self) -> bool:
        """Tell whether this sense is the one that is settled."""
        return self.agreement.settled == self.at

    @property
    def foremost(self) -> bool:
        """Tell whether this sense is the one that most provinces give, longer names counted."""
        return self.agreement.foremost == self.at

    @property
    def rivalled(self) -> bool:
        """Tell whether another sense is that of just this name, too."""
        return sum(self.agreement.named) > self.agreement.named[self.at]


def standings(senses: Sequence[Sequence[GivenMeaning]], use: NameUse) -> list[SenseStanding]:
    """Return how each sense of a name stands among all, seen from a use."""
    agreement = Agreement(senses, use)
    return [SenseStanding(agreement, at, len(senses)) for at in range(len(senses))]


def _settled(senses: Sequence[Sequence[GivenMeaning]], use: NameUse) -> int | None:
    """Return which sense of a name is settled, where the use is or everywhere; None for none."""
    by_year = _by_year(senses, use)
    return _by_notes(senses, use) if by_year is None else by_year


def _by_year(senses: Sequence[Sequence[GivenMeaning]], use: NameUse) -> int | None:
    """Return which sense places of the province of a use give, one of them in its year, while none gives another one
    about then: what a province does in a year its places list alike.
    """
    there = [
        [each for each in _about(sense, use, ABOUT) if is_of_province(each, use) and _tells_of(each, use)]
        for sense in senses
    ]
    only = [at for at, those in enumerate(there) if those]
    if len(only) != 1 or use.year is None:
        return None
    those = there[only[0]]
    several = len({each.place for each in those}) >= _OF_A_YEAR
    return only[0] if several and any(each.year == use.year for each in those) else None


def _by_notes(senses: Sequence[Sequence[GivenMeaning]], use: NameUse) -> int | None:
    """Return which sense notes settle, where the use is or everywhere."""
    name = core_of(use.name) or use.name
    free, generic = freedom(name), is_generic(name)
    use = use if name == use.name else replace(use, name=name)
    then = [_about(sense, use, ABOUT) for sense in senses]
    told = [[each for each in those if _tells_of(each, use)] for those in then]
    widely = _foremost([{province_of(each) for each in those} for those in told], _EVERYWHERE[free, generic])
    if widely is not None and not any(each.note for each in told[widely]):
        widely = None
    years = _ABOUT_GENERIC if generic else ABOUT
    here = [[each for each in _about(those, use, years) if _is_note_of(each, use)] for those in told]
    if not any(here):
        return widely
    of_longer = [[each for each in those if _is_note_of(each, use) and _is_longer(each, use)] for those in then]
    longer = [_about(those, use, years) for those in of_longer]
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


def _about(sense: Sequence[GivenMeaning], use: NameUse, years: int) -> Sequence[GivenMeaning]:
    """Return the explanations that were given so many years before or after a use at most, as far as both say when."""
    year = use.year
    if year is None:
        return sense
    return [each for each in sense if each.year is None or -years <= each.year - year <= years]


def _tells_of(explanation: GivenMeaning, use: NameUse) -> bool:
    """Return whether a report, not that of the use, explains just its name."""
    report = explanation.report
    return report is not None and report != use.report and is_of(explanation.head or use.name, use.name)


def _is_longer(explanation: GivenMeaning, use: NameUse) -> bool:
    """Return whether an explanation is of a longer name around that of a use."""
    return fold_name(core_of(explanation.head) or "") == fold_name(use.name)


def _spread(sense: Sequence[GivenMeaning], use: NameUse) -> int:
    """Return how many provinces, the nation among them, have places that say the same.

    Each place of the province where the name is used counts, unless anybody coins such names: several say what it means
    thereabouts.
    """
    province = use.code[:2] if use.code and freedom(use.name) != FREE else None
    placed = [(each.place, each.code[:2] if each.code else each.place) for each in sense if each.place]
    return len({place if whose == province else whose for place, whose in placed})


def province_of(explanation: GivenMeaning) -> str:
    """Return the first two digits of the code of a place, which are its province's; its name where it has none."""
    return explanation.code[:2] if explanation.code else explanation.place or ""


def whenever(explanation: GivenMeaning, use: NameUse, standing: SenseStanding) -> GivenMeaning:
    """Return an explanation without its year where that does not matter: it is of just this name, which is a notion, or
    which places of three provinces explain alike in these years and nobody otherwise, or which has a settled sense.
    """
    if use.year is None or explanation.year is None or explanation.year == use.year:
        return explanation
    if fold_name(explanation.head or use.name) != fold_name(use.name):
        return explanation
    years = abs(use.year - explanation.year)
    free = freedom(use.name)  # what takes longer to tell is asked last
    soon = standing.senses == 1 and years <= _WIDE_YEARS[free]
    if (
        (soon and (standing.spread >= WIDE or holds_for_the_nation(explanation, use)))
        or (is_notion(use.name) and (free == RARE or years <= YEARS[RARE]))
        or (years <= ABOUT and standing.settled)
    ):
        return explanation._replace(year=None)
    return explanation


def is_too_late(explanation: GivenMeaning, standing: SenseStanding, use: NameUse) -> bool:
    """Return whether an explanation was given after the use, and nothing shows that it held already.

    A note that gives the only sense of a name shows it, if the name is hardly coined twice or several explain it so:
    reports explain what was long said when the first reader asks.
    """
    if use.year is None or explanation.year is None or explanation.year <= use.year:
        return False
    name = explanation.head or use.name
    if is_number_of_measures(name):
        return True
    free, lone = freest(use.name, name), standing.senses == 1 and explanation.note
    if lone and (free == RARE or standing.spread > 1):
        return explanation.year > use.year + _years(explanation, use, free, agreed=standing.spread > 1)
    if lone and free == SHORT and is_of_province(explanation, use):
        return explanation.year > use.year + SOON
    at_home = apart_of(explanation, use) == SAME_PLACE and fold_name(name) == fold_name(use.name)
    if at_home and freedom(use.name) != FREE:
        return explanation.year > use.year + SOON
    alike = at_home and (explanation.note or speaks_alike(explanation, use) or has_same_neighbour(explanation, use))
    return explanation.year > use.year + _GRACE or (freedom(use.name) != RARE and not alike)


def is_too_long_ago(explanation: GivenMeaning, use: NameUse, free: int, *, agreed: bool) -> bool:
    """Return whether too many years lie between an explanation and the use, before or after."""
    if use.year is None or explanation.year is None or (free == RARE and agreed):
        return False
    return abs(use.year - explanation.year) > _years(explanation, use, free, agreed=agreed)


def _years(explanation: GivenMeaning, use: NameUse, free: int, *, agreed: bool) -> int:
    """Return for how many years an explanation holds: of what counts, and of a work, one alone does not for long."""
    own = is_own_work(use.name) or (begins_with_number(use.name) and not is_notion(use.name))
    brief = free == RARE and own and not agreed and not is_of_province(explanation, use)
    return ABOUT if brief else YEARS[free]


def is_passing(explanation: GivenMeaning, standing: SenseStanding, use: NameUse, free: int) -> bool:
    """Return whether an explanation is a list beside a name that others list otherwise, which held then and there.

    At its place it holds for a year, elsewhere, where several have it, in its year; a number and a noun not even so.
    """
    if explanation.note or standing.settled or not standing.rivalled or use.year is None or explanation.year is None:
        return False
    years = abs(use.year - explanation.year)
    if apart_of(explanation, use) == SAME_PLACE:
        return years > {FREE: 0 if is_generic(use.name) else 1, SHORT: 1, RARE: ABOUT}[free]
    return free == RARE and (years > 0 or standing.spread < WIDE)


def is_long_after(explanation: GivenMeaning, use: NameUse) -> bool:
    """Return whether an explanation was given so long after the use that it cannot settle its name."""
    return use.year is not None and explanation.year is not None and explanation.year > use.year + ABOUT


def holds_for_the_nation(explanation: GivenMeaning, use: NameUse) -> bool:
    """Return whether a note says what the nation means by a name, which in a text is more than a number and a noun."""
    return is_of_the_nation(explanation) and (use.left is None or not is_generic(use.name))


def is_of_the_nation(explanation: GivenMeaning) -> bool:
    """Return whether a note says what the nation or its party means or does."""
    return explanation.note and speaks_of_the_nation(explanation.text)


def apart_of(explanation: GivenMeaning, use: NameUse) -> int:
    """Return how far apart an explanation and the use are, as `places.distance` does."""
    if explanation.code is None or use.code is None:
        same = explanation.place is not None and explanation.place == use.place
        return SAME_PLACE if same else distance(None, None)
    return distance(explanation.code, use.code)
