"""Decide which definitions of a name give one meaning, in whatever order and words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from glossary_api.model.things import Definition
from glossary_api.model.words import DECIDED, NOTE
from glossary_api.parsing.patterns import any_of
from glossary_api.text.bearing import FREE, freedom, is_notion, without_sort
from glossary_api.text.folding import QUOTED_PART, core_of, fold_name

_SAME_TEXT = 80.0
"""Two definitions at least this alike (Levenshtein ratio, per cent) say the same."""
_SAME_PART = 95.0
"""So do two of which the longer holds the shorter to this degree …"""
_PART_LENGTH = 12
"""… if the shorter has at least this many folded characters."""
_BEGINNING = 8
"""So do two of which the longer begins with the shorter, if that has at least so many folded characters."""
_RUN, _COVERED = 4, 0.5
"""So do two notes on a name that is not coined freely, if runs of that length in both make so much of the shorter."""
_SAME_SIGNS = 0.75
"""So do two that have this share of their characters in common in whatever order, joining words and the name aside."""
_SAME_MEMBER = 0.75
"""Two members that have this share of their characters in common are one …"""
_SHORTER_MEMBER = 0.5
"""… and so are two of which the longer begins or ends with the shorter, if that is at least so much of it."""
_JOINING = re.compile(any_of("wordings", "joining"))


def grouped(definitions: Sequence[Definition]) -> list[list[Definition]]:
    """Return definitions in groups, one for each meaning: what says the same as two others makes one of all three.

    A list does so only where not both others are explained by notes; else it stays by itself. Notes, and groups that
    have one, come before lists, each in the order given.
    """
    groups: list[list[Definition]] = []
    for definition in sorted(definitions, key=lambda one: one.source.type == "inline"):
        alike, others = _parted(groups, definition)
        if _is_note(definition) or sum(map(has_note, alike)) < 2:
            groups = [*others, [one for group in alike for one in group] + [definition]]
        else:
            groups.append([definition])
    order = {id(definition): place for place, definition in enumerate(definitions)}
    for group in groups:
        group.sort(key=lambda one: (one.source.type == "inline", order[id(one)]))
    return sorted(groups, key=lambda group: (not has_note(group), min(order[id(one)] for one in group)))


def _parted(groups: list[list[Definition]], definition: Definition) -> tuple[list[list[Definition]], ...]:
    """Return the groups in which something says the same as a definition, and the others."""
    parts: tuple[list[list[Definition]], ...] = ([], [])
    for group in groups:
        parts[not any(say_the_same(definition, one) for one in group)].append(group)
    return parts


def has_note(group: Sequence[Definition]) -> bool:
    """Return whether one of the definitions was written to explain the name."""
    return any(_is_note(one) for one in group)


def _is_note(definition: Definition) -> bool:
    return definition.evidence.kind in (NOTE, DECIDED)


def say_the_same(one: Definition, other: Definition) -> bool:
    """Decide whether two definitions give the same members or the same text, in whatever order, or one a bit more, or
    explain a name that means one thing wherever it is explained.
    """
    from rapidfuzz import fuzz  # compiled; only a harvest needs it

    if _explain_one_notion(one, other):
        return True
    members = [[fold_name(member.text) for member in definition.members] for definition in (one, other)]
    loose = all(freedom(definition.head) != FREE for definition in (one, other))
    if all(members) and (_same_members(members[0], members[1], loose) or _abbreviate(*sorted(members, key=_signs))):
        return True
    texts = sorted((fold_name(one.text), fold_name(other.text)), key=len)
    if fuzz.ratio(*texts) >= _SAME_TEXT:
        return True
    if len(texts[0]) >= _PART_LENGTH and fuzz.partial_ratio(*texts) >= _SAME_PART:
        return True
    if len(texts[0]) >= _BEGINNING and texts[1].startswith(texts[0]):
        return True
    notes = loose and all(definition.source.type == "appendix" for definition in (one, other))
    if notes and _covered(*texts) >= _COVERED:
        return True
    bare = [_bare(definition) for definition in (one, other)]
    return all(bare) and _in_common(*bare) >= _SAME_SIGNS


def _explain_one_notion(one: Definition, other: Definition) -> bool:
    """Return whether two notes are on one name that is a notion, whatever words they have.

    Experts word what such a name means in as many ways as there are notes, with hardly a word in common.
    """
    if not (_is_note(one) and _is_note(other)) or without_sort(one.head) != without_sort(other.head):
        return False
    if any(definition.members and without_sort(definition.head).startswith("1") for definition in (one, other)):
        return False
    return is_notion(one.head) and is_notion(other.head)


def _covered(shorter: str, longer: str) -> float:
    """Return the share of a text that runs of another text cover."""
    starts = [at for at in range(len(shorter) - _RUN + 1) if shorter[at : at + _RUN] in longer]
    return len({at + step for at in starts for step in range(_RUN)}) / max(len(shorter), 1)


def _same_members(some: Sequence[str], others: Sequence[str], loose: bool) -> bool:
    """Tell whether two lists name the same things; two thirds of them are enough where the name is not coined freely.

    What is short, as in 省、市、县, has to agree in full.
    """
    left = list(others)
    for member in some:
        twin = next((candidate for candidate in left if _one_thing(member, candidate)), None)
        if twin is not None:
            left.remove(twin)
    most, found = max(len(some), len(others)), len(others) - len(left)
    long = all(len(member) > 1 for member in (*some, *others))
    return found == most or (loose and long and most > 2 and 3 * found >= 2 * most)


def _abbreviate(short: Sequence[str], whole: Sequence[str]) -> bool:
    """Tell whether each item of one list stands within one of the other's own: 横琴、前海 of 横琴合作区、前海合作区."""
    left = list(whole)
    for item in short:
        if (longer := next((other for other in left if len(item) > 1 and item in other), None)) is None:
            return False
        left.remove(longer)
    return not left


def _signs(members: Sequence[str]) -> int:
    return sum(map(len, members))


def _one_thing(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if not shorter:
        return False
    part = longer.startswith(shorter) or longer.endswith(shorter)
    return _in_common(one, other) >= _SAME_MEMBER or (part and len(shorter) >= _SHORTER_MEMBER * len(longer))


def _in_common(one: str, other: str) -> float:
    """Return the share of characters that two texts have in common, whatever their order."""
    shared = (Counter(one) & Counter(other)).total()
    return 2 * shared / (len(one) + len(other))


def _bare(definition: Definition) -> str:
    """Return the folded text without joining words and without the name that it explains."""
    text = fold_name(QUOTED_PART.sub(r"\1", definition.text))
    for name in (definition.head, core_of(definition.head) or ""):
        text = text.replace(fold_name(name), "") if name else text
    return _JOINING.sub("", text)
