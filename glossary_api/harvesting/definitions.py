"""Make definitions of what reports say of a name, and decide which of them say the same."""

from __future__ import annotations

from collections.abc import Sequence

from glossary_api.model import CountCheck, Definition, Entry, EntryTerm, Inline, Report, Sense, Source
from glossary_api.text.folding import fold_name

_SAME_TEXT = 80.0
"""Two definitions at least this alike (Levenshtein ratio, per cent) say the same."""
_SAME_PART = 95.0
"""So do two of which the longer holds the shorter to this degree …"""
_PART_LENGTH = 12
"""… if the shorter has at least this many folded characters."""


def noted(report: Report, entry: Entry, term: EntryTerm) -> Definition:
    """Make a definition of what an entry of an appendix says of one of its terms."""
    start, end = term.definition.start, term.definition.end
    source = Source("appendix", report.id, report.place, report.year, entry.number, entry.page, start, end)
    return Definition(term.definition.text, source, term.members, term.count_check)


def listed(report: Report, name: str, kind: str, inline: Inline) -> Definition:
    """Make a definition of the list that the running text gives beside a slogan of a kind."""
    start, end, members = inline.start, inline.end, inline.members
    source = Source("inline", report.id, report.place, report.year, None, None, start, end)
    counted = kind == "numeral"
    check = CountCheck("pass", len(members), len(members)) if counted else CountCheck("n/a", reason="no numeral counts")
    return Definition(report.text[start:end], source, members, check)


def senses_of(identity: str, definitions: Sequence[Definition]) -> list[Sense]:
    """Definitions that say the same make one sense; one that resembles several of them stays by itself."""
    groups: list[list[Definition]] = []
    for definition in definitions:
        alike = [group for group in groups if any(say_the_same(definition, other) for other in group)]
        if len(alike) == 1:
            alike[0].append(definition)
        else:
            groups.append([definition])
    return [Sense(f"{identity}-{number}", tuple(group)) for number, group in enumerate(groups, 1)]


def say_the_same(one: Definition, other: Definition) -> bool:
    """Whether two definitions give the same members, or nearly the same text, or one the other and more."""
    from rapidfuzz import fuzz  # compiled; only a harvest needs it

    members = [{fold_name(member.text) for member in definition.members} for definition in (one, other)]
    if all(members) and members[0] == members[1]:
        return True
    texts = sorted((fold_name(one.text), fold_name(other.text)), key=len)
    if fuzz.ratio(*texts) >= _SAME_TEXT:
        return True
    return len(texts[0]) >= _PART_LENGTH and fuzz.partial_ratio(*texts) >= _SAME_PART
