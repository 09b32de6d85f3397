"""Say in a few bits all that decides whether an explanation says what a name means where no text stands around it.

Most of what `bearing.py` looks at is the same for whoever asks: it is worked out when an edition is written. What is
left is how far away the asker is, how many years lie between, and how those who explain the name agree. So each
combination of these has to be judged once, by `bearing.py`, for all names.
"""

from __future__ import annotations

from glossary_api.text.bearing import is_by_editor, is_official
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
)
from glossary_api.text.standing import is_of_the_nation
from glossary_api.text.surroundings import GivenMeaning, names_its_place

OF_WHOLE, HAS_CORE = 1, 2
"""Bits that are looked at one by one: a longer name is explained, of which the name is the core; the explained name has
a core."""


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
