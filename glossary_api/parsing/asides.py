"""Doubt a list behind the beginning of a definition: another one may be meant, of what is done before, or by what."""

from __future__ import annotations

import re

from glossary_api.model.things import Passage
from glossary_api.parsing.enumerations import Span, tally_of
from glossary_api.parsing.lists import AT_ONCE

_LEAST_SHARE = 0.2
"""A list that fills less of a definition than this, and does not say its own number, may count something else."""
_CIRCUMSTANCE = re.compile("后,|.(?:的基础上|的前提下|时),")
_EXAMPLES = re.compile("等[^,;。\\d两二双]{0,8}[,;]")
_FIGURE = re.compile(r"\d")
_BY_WHICH = ("按照", "根据", "依照", "依据", "遵照")


def is_aside(plain: str, spans: list[Span], definition: Passage, thing: str) -> bool:
    """Tell whether a list behind the beginning fills so little of the definition that another one may be meant."""
    begin, end = spans[0][0], spans[-1][1]
    if thing and len(spans) > 2 and all(thing[0] in plain[a:b] for a, b in spans):
        return False  # wherever they stand, all of them say what is counted
    if _CIRCUMSTANCE.match(plain, end - 1, definition.end):
        return True  # 依次做出甲意见、乙意见后，…: what is done before
    two = len(spans) == 2
    if two and plain.startswith(",", end) and plain.endswith(_BY_WHICH, definition.start, begin):
        return True  # 按照甲权限和乙程序，…: by what it is done
    if two and _EXAMPLES.match(plain, end, definition.end):
        return True  # 平时用作甲、乙等功能，…: two examples on the way
    clause = next((i for i in range(end, definition.end) if plain[i] in ",;。"), definition.end)
    attribute = plain.startswith("的", end)
    if two and begin > definition.start and attribute and clause < definition.end:
        return True  # 借鉴甲、乙的模式，建立…: two things on the way to another
    amounts = all(_FIGURE.search(plain, *span) for span in spans)
    if attribute and "," in plain[definition.start : begin] and not amounts:
        return True  # …，打造甲、乙、丙的体系: what the last of several clauses says of its object
    if begin - definition.start <= AT_ONCE:
        return False
    return end - begin < _LEAST_SHARE * (definition.end - definition.start) and not tally_of(plain, begin, clause)
