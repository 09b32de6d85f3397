"""Judge whether an explanation given in one place bears on a use of the name in another.

A report explains its own words. Elsewhere the same name may stand for other things: 三大工程 are other works in every
city, while 数据得地 hardly arises twice. So how much evidence it takes depends on how freely such names are coined, how
far away the explanation was given, how long before, and what stands around the use.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import starmap

from glossary_api.model.words import NATIONAL, PROVINCE
from glossary_api.text.folding import CIRCLED, CLOSING_QUOTES, QUOTES, core_of, fold_name, plain
from glossary_api.text.freedom import (
    FREE,
    RARE,
    SHORT,
    begins_with_number,
    counts_twice,
    freedom,
    freest,
    goes_on_as_work,
    is_but_a_sort,
    is_but_core,
    is_core,
    is_figures,
    is_generic,
    is_notion,
    is_of,
    is_own_work,
    is_short_for,
    without_own_work,
    without_sort,
)
from glossary_api.text.freedom import patterns as patterns_of_names
from glossary_api.text.places import ELSEWHERE, SAME_PLACE, SAME_PREFECTURE
from glossary_api.text.standing import (
    ABOUT,
    SOON,
    WIDE,
    YEARS,
    SenseStanding,
    apart_of,
    holds_for_the_nation,
    is_long_after,
    is_of_province,
    is_passing,
    is_too_late,
    is_too_long_ago,
    standings,
    whenever,
)
from glossary_api.text.surroundings import (
    GivenMeaning,
    NameUse,
    goes_on_alike,
    has_another_owner,
    has_same_neighbour,
    is_narrowed,
    is_of_another_field,
    is_within,
    lists_other_things,
    names_its_place,
    patterns,
    speaks_alike,
    stands_listed,
    stock_words,
    word_lists,
)

OWN, MARKED, SAME_WORDS, SAME_WHOLE, NEAR, AGREED, PARTICULAR = TAKEN = (
    "own",
    "marked",
    "same-words",
    "same-whole",
    "near",
    "agreed",
    "particular",
)
"""Why an explanation is taken: the report's own; its mark or list stands there; like words around; the whole name
stands there; its place is near; several provinces, the nation or an editor say so; the name is too particular to arise
twice."""
LATER, LONG_AGO, OF_ITS_PLACE, OTHER_WHOLE, OTHER_WORDS, COMMON_NAME, NEARER = REFUSED = (
    "later",
    "long-ago",
    "of-its-place",
    "other-whole",
    "other-words",
    "common-name",
    "nearer",
)
"""Why it is not: said in a later year; too long before; it speaks of its own place or of a document of that; said of a
longer name; the use has another owner; such names are coined anew everywhere; something nearer explains the use."""

_STRENGTH = {MARKED: 9, OWN: 8, SAME_WHOLE: 7, SAME_WORDS: 6, NEAR: 4, AGREED: 2, PARTICULAR: 2}
_DECISIVE = NEAR
"""From this strength on what is weaker is not taken beside it."""

_MARK = re.compile(rf"[{CLOSING_QUOTES}]*(?:(?P<circled>[{CIRCLED}])|[\[［〔【]\s*(?P<number>\d{{1,3}})\s*[\]］〕】])")


def judged(senses: Sequence[Sequence[GivenMeaning]], use: NameUse) -> list[list[str]]:
    """Return one of TAKEN or REFUSED for each explanation of each sense: why it says what the use means, or not."""
    firm = [[_marked(each, use) for each in sense] for sense in senses]
    if any(code for sense in firm for code in sense):
        return [[code or NEARER for code in sense] for sense in firm]
    both = zip(senses, standings(senses, use), strict=True)
    return weighed([[verdict(each, standing, use) for each in sense] for sense, standing in both])


def weighed(verdicts: list[list[str]]) -> list[list[str]]:
    """Return verdicts on the explanations of each sense so that none that is weak stands beside a decisive one."""
    best = max((_STRENGTH.get(code, 0) for sense in verdicts for code in sense), default=0)
    strong = [any(_STRENGTH.get(code, 0) == best for code in sense) for sense in verdicts]
    if best < _STRENGTH[_DECISIVE]:
        return verdicts
    return [
        [code if chosen or code in REFUSED else NEARER for code in sense]
        for sense, chosen in zip(verdicts, strong, strict=True)
    ]


def one_by_one(sense: Sequence[GivenMeaning], use: NameUse) -> Callable[[GivenMeaning], str] | None:
    """Return what says of an explanation of the only sense of a name what `judged` says, without a look at the others.

    None where these have a say: where a use has surroundings, or a longer name is explained.
    """
    if use.left is not None or use.right is not None or any(core_of(each.head or use.name) for each in sense):
        return None
    (standing,) = standings([sense], use)
    return lambda each: verdict(each, standing, use)


def taken(senses: Sequence[Sequence[GivenMeaning]], use: NameUse) -> list[bool]:
    """Tell of each sense whether `judged` takes one of its explanations; looks at no more of them than that needs."""
    firm = [any(_marked(each, use) == MARKED for each in sense) for sense in senses]
    if any(firm):
        return firm
    strengths = [_strength(*one, use) for one in zip(senses, standings(senses, use), strict=True)]
    best = max(strengths, default=0)
    return [strength >= (best if best >= _STRENGTH[_DECISIVE] else 1) for strength in strengths]


def _strength(sense: Sequence[GivenMeaning], standing: SenseStanding, use: NameUse) -> int:
    """Return the strength of the best verdict on a sense; where it is the only sense, of one that takes it."""
    enough = 1 if standing.senses == 1 else _STRENGTH[SAME_WHOLE]  # nothing but OWN is stronger, and that comes first
    best = 0
    for each in sorted(sense, key=lambda each: not _is_of_own_report(each, use)):
        if best < enough:
            best = max(best, _STRENGTH.get(verdict(each, standing, use), 0))
    return best


def are_as_good(before: Sequence[Sequence[GivenMeaning]], now: Sequence[Sequence[GivenMeaning]], use: NameUse) -> bool:
    """Tell without a look at what stands around a use that `taken` says the same of senses before and now.

    It does where explanations were added or left out that say nothing of it, for they were given too long after it, and
    that change nothing in how a sense stands: others of it are on the same names, and of enough provinces.
    """
    if len(before) != len(now) or use.year is None or is_notion(use.name):
        return False
    first = use.year + (max(SOON, ABOUT) if len(now) > 1 else YEARS[RARE])
    return all(starmap(partial(_differ_by_later, use, first), zip(before, now, strict=True)))


def _differ_by_later(use: NameUse, first: int, before: Sequence[GivenMeaning], now: Sequence[GivenMeaning]) -> bool:
    """Tell whether what one of two lists has more was given after the first year, and changes no standing."""
    if before == now:
        return True
    both = set(before) & set(now)
    names = {each.head for each in both}
    return len({each.code[:2] for each in both if each.place and each.code}) >= WIDE and all(
        each.head in names and each.year is not None and each.year > first and not _is_of_own_report(each, use)
        for each in {*before, *now} - both
    )


def _marked(explanation: GivenMeaning, use: NameUse) -> str | None:
    """Return MARKED if a footnote mark leads from the use to the explanation, or if its list stands right there."""
    if use.right is None or use.left is None:
        return None
    if not is_long_after(explanation, use) and stands_listed(explanation.text, use):
        return MARKED
    if explanation.report is None or explanation.report != use.report:
        return None
    mark = _MARK.match(use.right)
    if mark and explanation.note and explanation.entry is not None:
        number = int(mark["number"]) if mark["number"] else CIRCLED.index(mark["circled"]) + 1
        return MARKED if number == explanation.entry else None
    beside = explanation.text and explanation.text in (use.left + use.right)
    return MARKED if beside and not explanation.note else None


def verdict(explanation: GivenMeaning, standing: SenseStanding, use: NameUse) -> str:
    """Return one of TAKEN or REFUSED for an explanation by itself, given how its sense stands among all of its name."""
    explanation = whenever(explanation, use, standing)
    if _is_of_own_report(explanation, use):
        foreign = not explanation.note and freedom(use.name) == FREE and has_another_owner(explanation, use)
        return OTHER_WORDS if foreign else OWN
    if standing.senses == 1 and is_by_editor(explanation):
        return AGREED
    name = explanation.head or use.name
    if is_too_late(explanation, standing, use):
        return LATER
    asked, use = use, _of_core(use, name)
    if other := _is_of_another(explanation, standing, use, asked):
        return other
    whole = name != use.name and is_core(use.name, name) and not (use.left is None and is_but_a_sort(use.name, name))
    if _speaks_of_its_place(explanation, use, of_core=whole):
        return OF_ITS_PLACE if _is_placed(use) else OTHER_WHOLE
    if use.left and lists_other_things(explanation, use):
        return OTHER_WORDS
    if whole:
        return _of_whole(explanation, standing, use, name)
    free = freest(use.name, name)
    same = free == RARE and fold_name(use.name) == fold_name(name)
    core = core_of(name)
    alike = same and core is not None and not (standing.rivalled and freedom(core) != RARE)
    code = _elsewhere(explanation, standing, use, free, SAME_WHOLE if alike else "")
    return SAME_WHOLE if same and standing.senses > 1 and code in (NEAR, AGREED, PARTICULAR) else code


def _is_of_another(explanation: GivenMeaning, standing: SenseStanding, use: NameUse, asked: NameUse) -> str | None:
    """Return why an explanation is of another name than a use, or of the core of what is asked, narrowed otherwise."""
    name = explanation.head or use.name
    works = is_own_work(use.name) and is_own_work(name) and apart_of(explanation, use) == ELSEWHERE
    if works and not is_of(name, use.name) and not is_core(use.name, name):
        return OTHER_WHOLE
    if standing.senses == 1 or (is_figures(use.name) and apart_of(explanation, use) == SAME_PLACE):
        return None
    if _is_another(name, use.name):
        return OTHER_WHOLE
    narrowed = use is not asked and _narrows_otherwise(asked.name, explanation, use)
    return OTHER_WORDS if narrowed else None


@functools.lru_cache(maxsize=65536)
def _is_another(head: str, name: str) -> bool:
    """Return whether an explained name is not that of a use, though both lead to one term: 双百行动 and 双百工程."""
    return freest(name, head) != RARE and not is_of(head, name) and not is_core(name, head)


def _narrows_otherwise(whole: str, explanation: GivenMeaning, use: NameUse) -> bool:
    """Return whether a whole name has words around its core, which is that of the use, that an explanation lacks."""
    if freedom(use.name) == RARE:
        return False
    before, _, behind = whole.partition(core_of(whole) or whole)
    rest = stock_words().sub("", without_own_work(without_sort(plain(behind).strip(QUOTES))))
    matter = plain("".join((explanation.text, explanation.head, *explanation.beside)))
    lacks = len(rest) > 1 and not any(rest[at : at + 2] in matter for at in range(len(rest) - 1))
    return lacks or has_another_owner(explanation, replace(use, left=before))


def _of_whole(explanation: GivenMeaning, standing: SenseStanding, use: NameUse, name: str) -> str:
    """Return the verdict on what is said of a whole name, of which the use has the core."""
    if use.left is not None and use.right is not None:
        if is_within(name, use):
            free = freedom(name)
            mere = free == SHORT and standing.senses > 1 and is_but_core(name)
            return _elsewhere(explanation, standing, use, free, SAME_WHOLE if free != FREE and not mere else "")
        if goes_on_alike(name, use):
            if apart_of(explanation, use) == SAME_PLACE:
                return SAME_WHOLE
            return SAME_WHOLE if freedom(use.name) != FREE and not is_narrowed(name, use) else OTHER_WHOLE
        if freedom(use.name) != FREE and speaks_alike(explanation, use):
            return SAME_WORDS
    if standing.senses == 1 and explanation.note and apart_of(explanation, use) == SAME_PLACE:
        return _elsewhere(explanation, standing, use, freedom(use.name))
    if use.left is None and standing.foremost and explanation.note:
        return AGREED
    free = freedom(use.name)
    known = free == RARE or (standing.spread > 1 and explanation.note and not goes_on_as_work(use))
    lone = standing.senses == 1 and known and not is_narrowed(name, use)
    return _elsewhere(explanation, standing, use, free) if lone else OTHER_WHOLE


def _of_core(use: NameUse, name: str) -> NameUse:
    """Return the use of a whole name as one of its core, if that is the name, or the core of it: “护苗”专项行动."""
    core = core_of(use.name)
    if core is None:
        return use
    cores = (fold_name(name), fold_name(core_of(name) or ""))
    if fold_name(use.name) == cores[0] or fold_name(core) not in cores:
        return use
    before, _, behind = use.name.partition(core)
    return replace(use, name=core, left=(use.left or "") + before, right=behind + (use.right or ""))


def _speaks_of_its_place(explanation: GivenMeaning, use: NameUse, *, of_core: bool) -> bool:
    """Return whether an explanation says what its own place does, and the use is of another province.

    Where the use is, is asked only of a whole name: a core may be that of many.
    """
    return apart_of(explanation, use) == ELSEWHERE and (of_core or _is_placed(use)) and names_its_place(explanation)


def _is_of_own_report(explanation: GivenMeaning, use: NameUse) -> bool:
    """Return whether the use stands in the report of the explanation; where no report is named, place and year tell."""
    if use.report is not None:
        return explanation.report == use.report
    return use.year is not None and use.year == explanation.year and apart_of(explanation, use) == SAME_PLACE


def _elsewhere(explanation: GivenMeaning, standing: SenseStanding, use: NameUse, free: int, alike: str = "") -> str:
    """Return the verdict on what another report says of just this name."""
    if free == FREE and has_another_owner(explanation, use):
        return OTHER_WORDS
    apart = apart_of(explanation, use)
    strange = free == FREE and not explanation.note and apart != SAME_PLACE and is_generic(use.name)
    lone = free == RARE and standing.senses == 1  # what stands around cannot change the verdict then
    far = apart == ELSEWHERE and (free == FREE or (not explanation.note and standing.rivalled))  # each may have its own
    told = explanation._replace(beside=()) if far else explanation
    if not lone and not strange and (explanation.note or not far) and speaks_alike(told, use):
        return SAME_WORDS
    if strange and not standing.settled and not (standing.spread > 1 and has_same_neighbour(explanation, use)):
        return COMMON_NAME  # the list that one place has beside a number and a noun
    if free == SHORT and is_of_another_field(explanation, use):
        return OTHER_WORDS
    if is_too_long_ago(explanation, use, free, agreed=standing.spread > 1):
        return LONG_AGO
    return alike or _by_place(explanation, standing, use, free)


def _by_place(explanation: GivenMeaning, standing: SenseStanding, use: NameUse, free: int) -> str:
    """Return the verdict by where else, and by how many, the name is explained."""
    apart = apart_of(explanation, use)
    if is_passing(explanation, standing, use, free):
        return COMMON_NAME
    if apart == SAME_PLACE or (apart == SAME_PREFECTURE and (free == RARE or (free == SHORT and explanation.note))):
        return NEAR
    only, several = standing.senses == 1, standing.spread > 1
    everywhere = only and (
        not _is_placed(use)
        or (free == SHORT and explanation.note)
        or (standing.spread >= WIDE and not is_generic(use.name))
    )
    is_just = is_of(explanation.head or use.name, use.name)
    if only and several and free == RARE and is_just:
        return AGREED  # whether it is settled or not
    settled = is_just and standing.settled
    if not settled and free == RARE and (standing.agreement.settled is not None or standing.agreement.is_of_many):
        return COMMON_NAME
    alike = several and only and has_same_neighbour(explanation, use)
    if settled or alike or (several and (free == RARE or everywhere)):
        return AGREED
    if only and holds_for_the_nation(explanation, use):
        return AGREED
    name = explanation.head or use.name
    told = explanation.note or (free == RARE and not standing.rivalled)
    notion = told and (is_notion(name) or is_short_for(name, explanation.text))
    nearby = free == SHORT and explanation.note and is_of_province(explanation, use) and not counts_twice(use.name)
    if (free == RARE and (only or notion)) or (only and (notion or nearby)):
        return PARTICULAR  # a name of several senses is not
    counted = begins_with_number(use.name)
    if free == SHORT and has_same_neighbour(explanation, use):
        return SAME_WORDS
    return AGREED if free == SHORT and counted and only and is_official(explanation) else COMMON_NAME


def is_by_editor(explanation: GivenMeaning) -> bool:
    """Tell whether no report gives it: a person who knows the name says what it means."""
    return explanation.note and explanation.report is None


def is_official(explanation: GivenMeaning) -> bool:
    """Return whether the nation says it, or a province that writes to explain it."""
    return explanation.level == NATIONAL or (explanation.level == PROVINCE and explanation.note)


def _is_placed(use: NameUse) -> bool:
    return use.place is not None or use.code is not None


def signs() -> dict[str, str | list[str]]:
    """Return all patterns and words by which uses are judged, by name, for those who judge in another language."""
    both = patterns_of_names() | patterns()
    return {name: one.pattern for name, one in both.items()} | {"fields": word_lists()["fields"]}
