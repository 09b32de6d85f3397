"""Definitions: all that a note says of its name, or the part of each of several.

A；B for “甲”“乙”, “甲”是A；“乙”是B, 前者A，后者B.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary_api.model.things import Passage
from glossary_api.parsing.lines import trimmed
from glossary_api.parsing.lists import ending_in_noun, enumerate_list
from glossary_api.parsing.numerals import Count, counts_in
from glossary_api.parsing.patterns import any_of
from glossary_api.text.folding import CIRCLED, CLOSING_QUOTES, OPENING_QUOTES

_IS = any_of("defining", "means", "means-barely", "that-is")
_LEADING = re.compile(rf"\s*,?\s*(?:(?:{_IS}|就是(?!说))\s*[:,]?|答:)\s*")
_PLACE = re.compile(r"[\[(]见?(?:报告)?第\s*\d{1,3}\s*[页段][^\])]{0,12}[\])][:,]?\s*")
"""Where the report says it, between a name and what is said of it: 甲（报告第3页第2段）指……."""
_STOPPED = re.compile(r"(?:--+|。)\s*")
_ENCLOSED = re.compile(r"\([^()\n]{4,}\)")
"""An explanation that brackets enclose as a whole: 甲乙（……）。"""
_OPEN, _CLOSE = OPENING_QUOTES + "《(", CLOSING_QUOTES + "》)"
ENCLOSING = re.compile(f"[{re.escape(_OPEN + _CLOSE)}]")
_FORMER = re.compile(rf"前者\s*(?:{_IS}|是|为|:)\s*")
_LATTER = re.compile(rf"[,;。]\s*后者\s*(?:{_IS}|是|为|:)\s*")
_PART_IS = rf"[\s,]*(?:{_IS}[:,]?|:\s*(?:{_IS}[:,]?)?|是|为|就是)\s*"


def parts_of(
    text: str, plain: str, names: list[tuple[int, int]], start: int, end: int, whole: Passage
) -> list[Passage] | None:
    """Return the part of the definition that each of several names has, if each has one."""
    return (
        named_parts(text, plain, names, start, end)
        or _positional_parts(text, plain, names, whole)
        or _counted_parts(text, plain, names, whole)
    )


def depths(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield each offset with how many quotes and brackets are open there; a bracket that never closes counts for
    nothing.
    """
    if not ENCLOSING.search(plain, start, end):  # most heads, in half the time
        yield from ((i, 0) for i in range(start, end))
        return
    depth = 0
    last = {opening: plain.rfind(closing, start, end) for opening, closing in zip(_OPEN, _CLOSE, strict=True)}
    for i in range(start, end):
        if plain[i] in _CLOSE and depth:
            depth -= 1
        yield i, depth
        depth += last.get(plain[i], -1) > i


def definition_at(text: str, plain: str, start: int, end: int) -> Passage | None:
    """Return the text without a page, 指, 是指, 即 before it and the final full stop; None if nothing is left."""
    line = trimmed(text, start, end)
    if line is None:
        return None
    start, end = line.start, line.end
    if place := _PLACE.match(plain, start, end):
        start = place.end()
    if stopped := _STOPPED.match(plain, start, end):
        start = stopped.end()
    if leading := _LEADING.match(plain, start, end):
        start = leading.end()
    while end > start and (plain[end - 1] in "。." or plain[end - 1].isspace()):
        end -= 1
    if _ENCLOSED.fullmatch(plain, start, end):
        start, end = start + 1, end - 1
    elif plain[end - 1] == ")" and plain.rfind("(", start, end) < 0:
        end = max(start, end - 1 - (plain[end - 2] == "。"))  # the note stands in brackets as a whole
    return Passage(text[start:end], start, end) if end > start else None


def named_parts(text: str, plain: str, names: list[tuple[int, int]], start: int, end: int) -> list[Passage] | None:
    """“两重”是指…；“两新”是指…: each name stands again before its own part; or 前者指…，后者指…."""
    begins: list[tuple[int, int]] = []
    if len(names) == 2 and (found := _FORMER.match(plain, start, end)) and (rest := _LATTER.search(plain, start, end)):
        former, latter = _part(text, plain, found.end(), rest.start()), _part(text, plain, rest.end(), end)
        return [former, latter] if former and latter else None
    for a, b in names:
        begin = _where_said(plain, begins[-1][1] if begins else start, end, plain[a:b])
        if begin is None:
            return None
        begins.append(begin)
    if begins[0][0] != start:
        return None
    ends = [*(begin for begin, _ in begins[1:]), end]
    parts = [_part(text, plain, said, stop) for (_, said), stop in zip(begins, ends, strict=True)]
    return [part for part in parts if part] if all(parts) else None


_BEFORE_PART = re.compile(rf"(?:其中,?)?[{OPENING_QUOTES}\"]?$")
_BEHIND_NAME = re.compile(rf"[{CLOSING_QUOTES}\"]?{_PART_IS}")


def _where_said(plain: str, start: int, end: int, name: str) -> tuple[int, int] | None:
    """Return the span of a name and the words behind it that begin what is said of it; None if nothing is."""
    at = plain.find(name, start, end)
    while at >= 0:
        said = _BEHIND_NAME.match(plain, at + len(name), end)
        if said and (before := _BEFORE_PART.search(plain, max(start, at - len("其中,“")), at)):
            return before.start(), said.end()
        at = plain.find(name, at + 1, end)
    return None


_REFERS_BACK = re.compile("这|该|此|上述|以上|[二两]者|其(?!中)")
_MARKED = re.compile(rf"\s*(?:[(]?\d{{1,2}}[).、]|[{CIRCLED}])?[{OPENING_QUOTES}]?")
_NAMED_BEHIND = re.compile(rf"[{CLOSING_QUOTES}]?\s*[,:]")


def _positional_parts(text: str, plain: str, names: list[tuple[int, int]], whole: Passage) -> list[Passage] | None:
    """A；B for “甲”“乙”: as many parts as heads, between semicolons or, where each begins as its head, full stops.

    A part that goes on with 这一改革 is about what was said before it, and one that begins as another head about that.
    """
    for sign in ";。":
        cuts = [i for i, depth in depths(plain, whole.start, whole.end) if depth == 0 and plain[i] == sign]
        if len(cuts) == len(names) - 1 and not any(_REFERS_BACK.match(plain, cut + 1) for cut in cuts):
            called = [plain[a:b] for a, b in names]
            begins = [_behind_mark(plain, at) for at in [whole.start, *(cut + 1 for cut in cuts)]]
            leads = [plain[at : at + 2] for at in begins]
            foreign = [lead for lead, name in zip(leads, called, strict=True) if lead not in name]
            if (foreign and sign == "。") or any(lead in name for lead in foreign for name in called):
                return None
            begins = [_behind_name(plain, at, name) for at, name in zip(begins, called, strict=True)]
            parts = [_part(text, plain, a, b) for a, b in zip(begins, [*cuts, whole.end], strict=True)]
            return [part for part in parts if part] if all(parts) else None
    return None


def _behind_mark(plain: str, start: int) -> int:
    """Return where a part begins behind its mark and the quotation mark of its name: （1）“甲”."""
    found = _MARKED.match(plain, start)
    return found.end() if found else start


def _behind_name(plain: str, start: int, name: str) -> int:
    """Return where a part begins behind its own name and a comma or colon, else with the quotation mark before it."""
    if plain.startswith(name, start) and (found := _NAMED_BEHIND.match(plain, start + len(name))):
        return found.end()
    return start - (plain[start - 1] in OPENING_QUOTES)


def _counted_parts(text: str, plain: str, names: list[tuple[int, int]], whole: Passage) -> list[Passage] | None:
    """A和B，C和D for “两甲”“两乙”: commas part what is said of each name if each part lists as much as it counts."""
    counted = [counts.counts[0] if (counts := counts_in(plain[a:b])).is_single else None for a, b in names]
    cuts = [i for i, depth in depths(plain, whole.start, whole.end) if depth == 0 and plain[i] == ","]
    begins, ends = [whole.start, *(cut + 1 for cut in cuts)], [*cuts, whole.end]
    if len(begins) != len(names) or not all(
        count and (count.number or 0) > 1 and _lists(plain, a, b, count)
        for a, b, count in zip(begins, ends, counted, strict=True)
    ):
        return None
    parts = [_part(text, plain, a, b) for a, b in zip(begins, ends, strict=True)]
    return [part for part in parts if part] if all(parts) else None


def _lists(plain: str, start: int, end: int, count: Count) -> bool:
    """Tell whether a stretch lists as many things as a numeral counts."""
    return bool(ending_in_noun(plain, start, end, count) or enumerate_list(plain, start, end, count.number))


def _part(text: str, plain: str, start: int, end: int) -> Passage | None:
    while end > start and (plain[end - 1] in ";,。" or plain[end - 1].isspace()):
        end -= 1
    return definition_at(text, plain, start, end)
