"""Make definitions of what reports say of a name, and decide which of them say the same.

A note of an appendix is written to explain a name. A list in running text merely stands beside it: that it has as many
items as the name counts is why it was taken, and proves nothing. It is corroborated once another report says the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from glossary_api.model.messages import Message
from glossary_api.model.things import (
    CountCheck,
    Definition,
    DefinitionEvidence,
    Entry,
    EntryTerm,
    Inline,
    Report,
    Sense,
    Source,
)
from glossary_api.model.words import CORROBORATED, DECIDED, LISTED, NOTE
from glossary_api.parsing.patterns import any_of
from glossary_api.text.abridging import quoted
from glossary_api.text.bearing import FREE, freedom
from glossary_api.text.folding import QUOTED_PART, core_of, fold_name

_SAME_TEXT = 80.0
"""Two definitions at least this alike (Levenshtein ratio, per cent) say the same."""
_SAME_PART = 95.0
"""So do two of which the longer holds the shorter to this degree …"""
_PART_LENGTH = 12
"""… if the shorter has at least this many folded characters."""
_SAME_SIGNS = 0.75
"""So do two that have this share of their characters in common in whatever order, joining words and the name aside."""
_SAME_MEMBER = 0.75
"""Two members that have this share of their characters in common are one …"""
_SHORTER_MEMBER = 0.5
"""… and so are two of which the longer begins or ends with the shorter, if that is at least so much of it."""
_JOINING = re.compile(any_of("wordings", "joining"))


def noted(report: Report, entry: Entry, term: EntryTerm) -> Definition:
    """Make a definition of what an entry of an appendix says of one of its terms."""
    start, end = term.definition.start, term.definition.end
    numbers, ocr = (entry.number, entry.page), _by_ocr(report, start, end)
    source = Source("appendix", report.id, report.place, report.year, *numbers, start, end, report.address, ocr)
    evidence = DefinitionEvidence(NOTE, (report.id,))
    return Definition(term.definition.text, source, term.members, term.count_check, term.name, evidence)


def listed(report: Report, name: str, kind: str, inline: Inline) -> Definition:
    """Make a definition of the list that the running text gives beside a slogan of a kind."""
    start, end, members = inline.start, inline.end, inline.members
    ocr = _by_ocr(report, start, end)
    source = Source("inline", report.id, report.place, report.year, None, None, start, end, report.address, ocr)
    if kind == "numeral":
        check = CountCheck("n/a", len(members), len(members), Message("list-found-by-number"))
    else:
        check = CountCheck("n/a", reason=Message("no-numeral-counts"))
    return Definition(
        quoted(report.text, inline), source, members, check, name, DefinitionEvidence(LISTED, (report.id,))
    )


def _by_ocr(report: Report, start: int, end: int) -> bool:
    return any(begin < end and start < behind for begin, behind in report.ocr)


def senses_of(identity: str, definitions: Sequence[Definition]) -> list[Sense]:
    """Make one sense of definitions that say the same; one that resembles several senses stays by itself.

    Notes, and senses that have one, come before lists, each in the order given. Lists that another report confirms are
    marked as corroborated.
    """
    groups: list[list[Definition]] = []
    for definition in sorted(definitions, key=lambda one: one.source.type == "inline"):
        alike = [group for group in groups if any(say_the_same(definition, other) for other in group)]
        if len(alike) == 1:
            alike[0].append(definition)
        else:
            groups.append([definition])
    order = {id(definition): place for place, definition in enumerate(definitions)}
    groups.sort(key=lambda group: (not _has_note(group), min(order[id(definition)] for definition in group)))
    return numbered_senses(identity, groups)


def numbered_senses(identity: str, groups: Iterable[Sequence[Definition]]) -> list[Sense]:
    """Return a sense for each group of definitions, in the order given, each with the reports that confirm it."""
    return [Sense(f"{identity}-{number}", _vouched(group)) for number, group in enumerate(groups, 1)]


def _vouched(group: Sequence[Definition]) -> tuple[Definition, ...]:
    """Return the definitions of a sense, each with the reports that say the same."""
    reports = tuple(sorted({one.source.report for one in group if one.source.report}))
    # One report in two files confirms nothing: place and year tell reports apart.
    origins = {(one.source.place, one.source.year) for one in group}
    return tuple(_vouched_for(one, reports, len(origins) > 1 or _has_note(group)) for one in group)


def _has_note(group: Iterable[Definition]) -> bool:
    return any(one.evidence.kind in (NOTE, DECIDED) for one in group)


def _vouched_for(definition: Definition, reports: tuple[str, ...], confirmed: bool) -> Definition:
    if definition.evidence.kind in (NOTE, DECIDED) or not confirmed:
        return replace(definition, evidence=DefinitionEvidence(definition.evidence.kind, reports))
    check = definition.count_check
    if check.found is not None:
        check = CountCheck("pass", check.expected, check.found)
    return replace(definition, evidence=DefinitionEvidence(CORROBORATED, reports), count_check=check)


def say_the_same(one: Definition, other: Definition) -> bool:
    """Decide whether two definitions give the same members or the same text, in whatever order, or one a bit more."""
    from rapidfuzz import fuzz  # compiled; only a harvest needs it

    members = [[fold_name(member.text) for member in definition.members] for definition in (one, other)]
    loose = all(freedom(definition.head) != FREE for definition in (one, other))
    if all(members) and _same_members(members[0], members[1], loose):
        return True
    texts = sorted((fold_name(one.text), fold_name(other.text)), key=len)
    if fuzz.ratio(*texts) >= _SAME_TEXT:
        return True
    if len(texts[0]) >= _PART_LENGTH and fuzz.partial_ratio(*texts) >= _SAME_PART:
        return True
    bare = [_bare(definition) for definition in (one, other)]
    return all(bare) and _in_common(*bare) >= _SAME_SIGNS


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
