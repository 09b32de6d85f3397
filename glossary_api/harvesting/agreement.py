"""Decide which definitions of a name give one meaning, in whatever order and words."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Sequence

from glossary_api.model.things import Definition
from glossary_api.model.words import DECIDED, NOTE, NUMERAL, QUOTED
from glossary_api.parsing.kinds import kind_of
from glossary_api.parsing.patterns import any_of
from glossary_api.text.folding import QUOTED_PART, QUOTES, core_of, fold_name, plain
from glossary_api.text.freedom import (
    FREE,
    RARE,
    freedom,
    is_layout,
    is_notion,
    is_own_work,
    without_own_work,
    without_sort,
)
from glossary_api.text.surroundings import stock_words

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
_PAIRS, _TRIPLES, _PAIRS_SHARED = 0.5, 0.4, 4
"""So do two definitions of such a name that share so much of the pairs of signs of the one with fewer, so much of its
runs of three, and so many pairs, the name and stock words aside …"""
_MOST_PAIRS, _MOST_SHARED = 0.7, 5
"""… or still more of the pairs, whatever runs of three …"""
_SOME_TRIPLES, _TRIPLES_SHARED = 0.25, 6
"""… or so much of the runs of three, if those are so many."""
_PAIRS_OF_LISTS, _TRIPLES_OF_LISTS = 0.65, 0.5
"""If both list things it takes so much: two lists are not the same for having words in common."""
_OWNED, _OWNED_SHARED = 0.2, 3
"""So do two notes on a notion, one of them with an owner before it, that share so many pairs of signs."""
_SIGNS_WITHIN, _PAIRS_WITHIN, _FEW_SIGNS = 0.7, 0.15, range(5, 31)
"""So do two notes on one name that is hardly coined twice, if so much of the signs of one stand in the other, and so
much of its pairs; of a long text that is chance."""
_HOME_YEARS = 3
"""So many years apart a place gives such a name for one thing."""
_LONG_STEM = 4
"""A notion of so many signs is one whatever works have its name: 数商兴农工程, 数商兴农行动."""
_SEVERAL_ITEMS, _LONG_ITEMS = 3, 12
"""So many things, which together have so many signs, do not stand in another definition by chance."""
_SAME_SIGNS = 0.75
"""So do two that have this share of their characters in common in whatever order, joining words and the name aside."""
_SAME_MEMBER = 0.75
"""Two members that have this share of their characters in common are one …"""
_SHORTER_MEMBER = 0.5
"""… and so are two of which the longer has the shorter, if that is at least so much of it."""
_JOINING = re.compile(any_of("wordings", "joining"))
_WORDS = re.compile(r"[^\W_]+")
_LATIN = re.compile("[a-z][a-z&/-]*[a-z]")


def grouped(definitions: Sequence[Definition], known: Sequence[Sequence[Definition]] = ()) -> list[list[Definition]]:
    """Return definitions in groups, one for each meaning: what says the same as two others makes one of all three.

    A list that says the same as notes of several meanings belongs to that of which something has just its words, and
    else to none of them. Notes, and groups that have one, come before lists, each in the order given. `known` are the
    groups of those that are there already: their notes are not held against each other again, for it does not matter
    in which order notes come.
    """
    groups = [notes for group in known if (notes := [one for one in group if _is_note(one)])]
    done = {id(one) for group in groups for one in group}
    for definition in sorted(definitions, key=lambda one: one.source.type == "inline"):
        if id(definition) in done:
            continue
        alike = _like(groups, definition, say_the_same)
        if not _is_note(definition) and sum(map(has_note, alike)) > 1:
            alike = _like(alike, definition, _has_the_words)
            alike = alike if sum(map(has_note, alike)) < 2 else [group for group in alike if not has_note(group)]
        others = [group for group in groups if all(group is not one for one in alike)]
        groups = [*others, [one for group in alike for one in group] + [definition]]
    order = {id(definition): place for place, definition in enumerate(definitions)}
    for group in groups:
        group.sort(key=lambda one: (one.source.type == "inline", order[id(one)]))
    return sorted(groups, key=lambda group: (not has_note(group), min(order[id(one)] for one in group)))


def _like(
    groups: Sequence[list[Definition]], definition: Definition, alike: Callable[[Definition, Definition], bool]
) -> list[list[Definition]]:
    """Return the groups in which something is like a definition."""
    return [group for group in groups if any(alike(definition, one) for one in group)]


def _has_the_words(one: Definition, other: Definition) -> bool:
    """Return whether two definitions have the same words, joining ones and the name aside."""
    return _bare(one) == _bare(other)


def has_note(group: Sequence[Definition]) -> bool:
    """Return whether one of the definitions was written to explain the name."""
    return any(_is_note(one) for one in group)


def is_in_latin(name: str) -> bool:
    """Return whether a name is an abbreviation in Latin letters, which has one meaning: R&D, PPP, Wi-Fi."""
    return _LATIN.fullmatch(fold_name(name)) is not None


def _is_note(definition: Definition) -> bool:
    return definition.evidence.kind in (NOTE, DECIDED)


def say_the_same(one: Definition, other: Definition) -> bool:
    """Decide whether two definitions give the same members or the same text, in whatever order, or one a bit more, or
    explain a name that means one thing wherever it is explained, or at its place.
    """
    from rapidfuzz import fuzz  # compiled; only a harvest needs it

    rules = (_explain_one_notion, _explain_at_home, _stand_together, _spell_out, _say_within)
    if any(rule(one, other) for rule in rules):
        return True
    members = [[fold_name(member.text) for member in definition.members] for definition in (one, other)]
    loose = all(freedom(each.head) != FREE for each in (one, other)) and not _are_owned_apart(one, other)
    if _names_all(one, other) or _names_all(other, one):
        return True
    if all(members) and (lead := _shared_lead([*members[0], *members[1]])) > 1:
        some, others = ([item[lead:] for item in items] for items in members)
        return _same_members(some, others, loose=True)
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
    if loose and _share_words(_words(one.text, one.head), _words(other.text, other.head), lists=all(members)):
        return True
    bare = [_bare(definition) for definition in (one, other)]
    return all(bare) and _in_common(*bare) >= _SAME_SIGNS


def _explain_one_notion(one: Definition, other: Definition) -> bool:
    """Return whether two notes are on one name that is a notion, whatever words they have.

    Experts word what such a name means in as many ways as there are notes, with hardly a word in common.
    """
    if not (_is_note(one) and _is_note(other)):
        return False
    if without_sort(one.head) != without_sort(other.head):
        heads = (one.head, other.head)
        works = all(map(is_own_work, heads)) and _is_long_notion(*set(map(_stem, heads)))
        return works or _explain_with_owner(one, other) or _explain_with_owner(other, one)
    if is_layout(core_of(one.head) or one.head):
        return False
    return _means_one_thing(one.head) and _means_one_thing(other.head)


def _is_long_notion(stem: str, *others: str) -> bool:
    """Return whether there is but one stem, which is a notion that hardly arises twice."""
    return not others and len(stem) >= _LONG_STEM and is_notion(stem) and freedom(stem) == RARE


def _explain_with_owner(one: Definition, other: Definition) -> bool:
    """Return whether a note says what a notion means, and another says so of it with an owner before it, of which the
    first speaks, too, or in some of its words: 增存挂钩 and 建设用地“增存挂钩”.
    """
    core = core_of(other.head)
    if core is None or without_sort(core) != without_sort(one.head) or not _means_one_thing(one.head):
        return False
    owner = fold_name(other.head.partition(core)[0].rstrip(QUOTES))
    if len(owner) > 1 and owner in fold_name(one.text):
        return True
    (pairs, _), (others, _) = _words(one.text, one.head), _words(other.text, other.head)
    return len(pairs & others) >= max(_OWNED_SHARED, _OWNED * min(len(pairs), len(others)))


@functools.lru_cache(maxsize=65536)
def _means_one_thing(head: str) -> bool:
    """Return whether a name is a notion, or has a number that counts nothing: 第三支柱, 退二进三."""
    idle = kind_of(plain(head)) == QUOTED and freedom(head) == RARE
    return is_notion(head) or (idle and not is_own_work(head))


def _names_all(one: Definition, other: Definition) -> bool:
    """Return whether a definition has each thing that another one of the name lists: any two or more of a name that is
    hardly coined twice, else some that together are long.
    """
    items, text = [fold_name(member.text) for member in other.members], fold_name(one.text)
    rare = all(freedom(definition.head) == RARE for definition in (one, other))
    same = without_sort(one.head) == without_sort(other.head)
    enough = (same and rare and len(items) > 1) or (len(items) >= _SEVERAL_ITEMS and _signs(items) >= _LONG_ITEMS)
    return enough and all(len(item) > 1 and item in text for item in items)


def _are_owned_apart(one: Definition, other: Definition) -> bool:
    """Return whether words before the cores of two names tell them apart: 林场“九进”、河湖“九进”."""
    owners = [head.partition(core_of(head) or head)[0].rstrip(QUOTES) for head in (one.head, other.head)]
    pairs = [{owner[at : at + 2] for at in range(len(owner) - 1)} for owner in owners]
    return all(pairs) and not (pairs[0] <= pairs[1] or pairs[1] <= pairs[0])


def _explain_at_home(one: Definition, other: Definition) -> bool:
    """Return whether two notes of one place are on one name that it hardly gives twice: “青桥”云、青桥系统."""
    if not (_is_note(one) and _is_note(other)) or not one.source.place or one.source.place != other.source.place:
        return False
    stem, cores = _stem(one.head), {_stem(core_of(head) or head) for head in (one.head, other.head)}
    if _is_long_notion(*cores) and not _are_owned_apart(one, other):
        return True
    if without_sort(one.head) == without_sort(other.head) and freedom(one.head) == RARE and not is_own_work(one.head):
        return 0 < abs((one.source.year or 0) - (other.source.year or 0)) <= _HOME_YEARS
    return stem == _stem(other.head) and freedom(stem) != FREE and kind_of(stem) != NUMERAL


def _behind_owner(head: str) -> str:
    """Return a name without what stands before its quoted core: “双沉”机制 of 医疗“双沉”机制."""
    core = core_of(head)
    return head if core is None else head[max(head.index(core) - 1, 0) :]


def _say_within(one: Definition, other: Definition) -> bool:
    """Return whether a note on a name that is hardly coined twice has most signs of another: 沼气池与改圈、改厕 and
    建沼气池，改建厕所、畜圈.
    """
    names = [_behind_owner(each.head) for each in (one, other)]
    same = len(set(map(without_sort, names))) == 1 and _is_note(one) and _is_note(other)
    if not same or any(freedom(name) != RARE or is_own_work(name) for name in names):
        return False
    signs = sorted((set(_bare(each)) for each in (one, other)), key=len)
    (pairs, _), (others, _) = _words(one.text, one.head), _words(other.text, other.head)
    shared = len(pairs & others) >= _PAIRS_WITHIN * min(len(pairs), len(others))
    return shared and len(signs[0]) in _FEW_SIGNS and len(signs[0] & signs[1]) >= _SIGNS_WITHIN * len(signs[0])


def _stand_together(one: Definition, other: Definition) -> bool:
    """Return whether a note and a list of one report are on one name that is hardly coined twice."""
    if one.source.report != other.source.report or _is_note(one) == _is_note(other):
        return False
    return fold_name(one.head) == fold_name(other.head) and freedom(one.head) == RARE


def _spell_out(one: Definition, other: Definition) -> bool:
    """Return whether two definitions of an abbreviation in Latin letters have a pair of signs in common."""
    if not (is_in_latin(one.head) and is_in_latin(other.head)):
        return False
    pairs = [_runs((fold_name(definition.text),), 2) for definition in (one, other)]
    return not pairs[0].isdisjoint(pairs[1])


def _stem(head: str) -> str:
    """Return a folded name without the noun of a work or of the sort of thing at its end."""
    return without_own_work(without_sort(head))


@functools.lru_cache(maxsize=4096)
def _words(text: str, head: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the pairs and the runs of three signs of a definition, its name and stock words aside."""
    bare = _unnamed(text, head)
    pieces = tuple(_WORDS.findall(stock_words().sub(" ", bare)))
    return _runs(pieces, 2), _runs(pieces, 3)


def _runs(pieces: Sequence[str], length: int) -> frozenset[str]:
    return frozenset(piece[at : at + length] for piece in pieces for at in range(len(piece) - length + 1))


def _share_words(
    one: tuple[frozenset[str], frozenset[str]], other: tuple[frozenset[str], frozenset[str]], *, lists: bool
) -> bool:
    """Tell whether two definitions have enough runs of signs in common."""
    (pairs, of_pairs), (triples, of_triples) = (
        (len(some & others), min(len(some), len(others)) or 1) for some, others in zip(one, other, strict=True)
    )
    least = (_PAIRS_OF_LISTS, _TRIPLES_OF_LISTS) if lists else (_PAIRS, _TRIPLES)
    much = pairs >= max(_PAIRS_SHARED, least[0] * of_pairs) and triples >= least[1] * of_triples
    more = not lists and pairs >= max(_MOST_SHARED, _MOST_PAIRS * of_pairs)
    return much or more or triples >= max(_TRIPLES_SHARED, _SOME_TRIPLES * of_triples)


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


def _shared_lead(items: Sequence[str]) -> int:
    """Return how many signs all items begin with: 统一, which tells nothing of what is meant."""
    first, last = min(items), max(items)
    return next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))


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
    part = shorter in longer
    return _in_common(one, other) >= _SAME_MEMBER or (part and len(shorter) >= _SHORTER_MEMBER * len(longer))


def _in_common(one: str, other: str) -> float:
    """Return the share of characters that two texts have in common, whatever their order."""
    shared = (Counter(one) & Counter(other)).total()
    return 2 * shared / (len(one) + len(other))


def _bare(definition: Definition) -> str:
    """Return the folded text without joining words and without the name that it explains."""
    return _JOINING.sub("", _unnamed(definition.text, definition.head))


def _unnamed(text: str, head: str) -> str:
    folded = fold_name(QUOTED_PART.sub(r"\1", text))
    for name in (head, core_of(head) or ""):
        folded = folded.replace(fold_name(name), "") if name else folded
    return folded
