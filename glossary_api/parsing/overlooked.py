"""Look through all that no note has for what begins as notes do, whatever sets them off.

A note names a word that stands elsewhere in the report, and says in a sentence what it means. Of 700 reports without
notes three have a piece of text that does so by chance, so a piece or two tell of a layout that nobody thought of.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate

from glossary_api.model.things import Entry
from glossary_api.parsing.glossary_tables import is_of_tasks
from glossary_api.parsing.heads import is_label
from glossary_api.parsing.lines import BULLETS, Line, lines_of, trimmed
from glossary_api.parsing.markers import marker_at
from glossary_api.parsing.side_notes import QuotedNames
from glossary_api.parsing.table_rows import tables_in
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_OPENING, _CLOSING = f"{OPENING_QUOTES}【〖\"「", f"{CLOSING_QUOTES}】〗\"」"
_PARTING = re.compile(r"\t|(?<=[\s。])(?=[^\w\s。;!?:,、()\[\]《》<>{}\"'“”‘’…—\-+~%.=/]\s?\w)")
"""What parts the pieces of a line: a tab, or a sign that is no stop."""
_SIGNS = re.compile(rf"{BULLETS}[^\w\s{_OPENING}《(\[]?\s*")
_MEANS = r"(?:是指|指的是|系指|(?:即|指)(?![出导标定挥明向示着引日将便使时可数]))"
"""No 指导, 指标, 即将, with which other sentences begin."""
_SAID = re.compile(rf"{_MEANS}(?=\S)")
_NAMED = re.compile(
    rf"[{_OPENING}]?(?P<name>[^\s。;!?:,|]{{2,24}}?)[{_CLOSING}]?(?P<sign>\s*(?::|\||丨|=|--+|…{{1,6}})\s*"
    rf"|,?\s*(?:主要|一般|通常)?就?{_MEANS}(?=\S)|[ \u3000\xa0]+)"
)
_ALONE = re.compile(rf"[{_OPENING}]?(?P<name>[^\s。;!?:,|、]{{2,24}}?)[{_CLOSING}]?:?")
_WITHIN = re.compile(rf"[{OPENING_QUOTES}]\w[^{OPENING_QUOTES}]*[{CLOSING_QUOTES}]")
_FIGURES = re.compile(r"\W*\d+\W*")
_SPOKEN = re.compile("代表")
_COLON = re.compile(r"\s*:|,")
_FOOTNOTE = re.compile(r"(?P<sign>([*＊※†‡§#])\2{0,9})\s*(?=[^\s*＊※†‡§#])")
_ENDS = tuple("。.!;")
_LEAST_SAID = 10
"""Characters of the shortest explanation."""
_LEAST_NAME = 3
"""A name of fewer signs stands in any text."""
_LEAST_BEFORE_COLONS, _LEAST_UNQUOTED = 2, 5
"""So many quoted names before colons, and so many names that no quotation marks set off, are no chance."""
_SHOWN = 12


def overlooked(
    text: str, plain: str, entries: Sequence[Entry], inline: Collection[str], quoted: QuotedNames
) -> list[Line]:
    """Return what stands in no note and looks like one: its name, or how what it says begins; nothing if it is chance.

    What the report explains within its sentences, `inline`, is explained.
    """
    begun = list(_begun(plain, _free(text, plain, entries), quoted))
    begun = [one for one in begun if not any(name in one[0].text for name in inline)]
    sure = {line.text for line, is_quoted, before_colon in begun if is_quoted and not before_colon}
    before_colons = {line.text for line, is_quoted, before_colon in begun if is_quoted and before_colon}
    others = {line.text for line, is_quoted, _ in begun if not is_quoted}
    is_chance = (
        not sure
        and len(before_colons) < _LEAST_BEFORE_COLONS
        and len(others) + len(before_colons) < _LEAST_UNQUOTED
    )
    return [] if is_chance else [line for line, *_ in begun]


def _begun(plain: str, pieces: Sequence[Line], quoted: QuotedNames) -> Iterator[tuple[Line, bool, bool]]:
    """Yield the name with which a piece begins, or its first words if it says what something means and does not name
    it; whether the report sets the name off as one, and whether a colon or comma parts it from the rest.
    """
    for i, piece in enumerate(pieces):
        marker, signs = marker_at(plain, piece.start, piece.end), _SIGNS.match(plain, piece.start, piece.end)
        begin = marker.end if marker else signs.end() if signs else piece.start
        if (marker and marker.family.startswith("han")) or begin >= piece.end:
            continue
        if _SAID.match(plain, begin, piece.end) or _is_footnote(plain, piece):
            end = min(begin + _SHOWN, piece.end)
            yield Line(plain[begin:end], begin, end), True, False
            continue
        alone = _ALONE.fullmatch(plain, begin, piece.end)
        named = alone or _NAMED.match(plain, begin, piece.end)
        if named is None or _SPOKEN.search(named["name"]) or is_label(named["name"]):
            continue
        said = pieces[i + 1] if alone and i + 1 < len(pieces) else piece
        sign = "" if alone else named["sign"]
        is_said = said.text.endswith(_ENDS) and said.end - (said.start if alone else named.end()) >= _LEAST_SAID
        level = _level(plain, piece, (named.start(), named.end() - len(sign)), named["name"], quoted)
        if is_said and level and not (alone and marker_at(plain, said.start, said.end)):
            yield Line(named["name"], *named.span("name")), level > 1, bool(_COLON.match(sign))


def _is_footnote(plain: str, piece: Line) -> bool:
    """Tell whether a piece begins with a sign, **, that stands behind a word elsewhere."""
    found = _FOOTNOTE.match(plain, piece.start, piece.end)
    if found is None or not piece.text.endswith(_ENDS):
        return False
    sign = re.escape(found["sign"])
    return bool(re.search(rf"[\w{CLOSING_QUOTES}]{sign}(?!{sign[:2]})", plain[: piece.start]))


def _level(plain: str, piece: Line, printed: tuple[int, int], name: str, quoted: QuotedNames) -> int:
    """Return 2 if the report quotes a name outside a piece of it, or has it with the quotation marks that are in it, 1
    if it has the name there, 0 if it has not.
    """
    if _FIGURES.fullmatch(name):
        return 0
    if quoted.has(name, piece.text):
        return 2
    words = plain[slice(*printed)].rstrip(":")
    if len(words) == len(name) + 2:
        words = name
    is_there = plain.count(words) > plain.count(words, piece.start, piece.end)
    return 0 if not is_there else 2 if _WITHIN.search(words) else len(words) >= _LEAST_NAME


def _free(text: str, plain: str, entries: Sequence[Entry]) -> list[Line]:
    """Return the pieces of the lines of a text that neither the name of a note is in, nor what is said of it, nor a
    table of tasks.
    """
    tables = [(one.start, one.end) for one in tables_in(text, 0) if is_of_tasks(text, plain, one)]
    names = [(one.start, min(one.end, one.start + len(one.marker) + len(one.head) + 1)) for one in entries]
    said = [(term.definition.start, term.definition.end) for one in entries for term in one.terms]
    taken = sorted([*tables, *names, *said])
    starts, ends = [start for start, _ in taken], list(accumulate((end for _, end in taken), max))
    free = []
    for piece in (piece for line in lines_of(plain) for piece in _pieces(plain, line)):
        before = bisect_left(starts, piece.end) - 1
        if before < 0 or ends[before] <= piece.start:
            free.append(piece)
    return free


def _pieces(plain: str, line: Line) -> Iterator[Line]:
    """Yield what the cells and signs of a line part."""
    begin = line.start
    for parting in [*_PARTING.finditer(plain, line.start, line.end), None]:
        if piece := trimmed(plain, begin, parting.start() if parting else line.end):
            yield piece
        begin = parting.end() if parting else line.end
