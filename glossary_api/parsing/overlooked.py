"""Look through all that no note has for what begins as notes do, whatever sets them off.

A note names a word that stands elsewhere in the report, and a sign parts it from what it means. Paragraphs and
sentences of a report seldom begin so: how often by chance was counted on a thousand reports, for each sign. Where one
has more, notes were not read, of a layout that nobody thought of.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from glossary_api.model.things import Entry
from glossary_api.parsing.glossary_tables import is_of_tasks
from glossary_api.parsing.heads import is_label
from glossary_api.parsing.lines import BULLETS, Line, lines_of, trimmed
from glossary_api.parsing.markers import marker_at
from glossary_api.parsing.side_notes import QuotedNames
from glossary_api.parsing.table_rows import tables_in
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_OPENING, _CLOSING = f'{OPENING_QUOTES}《<【〖\\["*_', f'{CLOSING_QUOTES}》>】〗\\]"*_'
_PARTING = re.compile(r"\t|(?<=[\s。])(?=[^\w\s。;!?:,、()\[\]《》<>{}\"'“”‘’…—\-+~%.=/]\s?\w)")
"""What parts the pieces of a line: a tab, or a sign that is no stop."""
_SENTENCE = re.compile(r"(?<=[。;])\s*(?=\S)|(?<=\))(?=\S)")
_SIGNS = re.compile(rf"{BULLETS}[^\w\s{_OPENING}(]?\s*")
_NUMBER = re.compile(
    r"[^\w\s]{0,2}(?:第?\w?\d{1,3}条?|[a-z]|[ivx]{1,4}|[甲乙丙丁戊己庚辛壬癸]|[壹贰叁肆伍陆柒捌玖拾]{1,2}|[一二三四五六七八九十]{1,3}"
    r"|[㈠-㈩])(?:[^\w\s]{0,2}[\s、.:)]+|[^\w\s]{1,2})|[①-⑳㉑-㉟⑴-⒇][\s、.:)]*"
)
"""What may count notes: Q1, 壹、, §1, 第1条."""
_MEANS = r"(?:是指|指的是|系指|(?:即|指)(?![出导标定挥明向示着引日将便使时可数]))"
"""No 指导, 指标, 即将, with which other sentences begin."""
_SAID = re.compile(rf"{_MEANS}(?=\S)")
_NAMED = re.compile(
    rf"[{_OPENING}]{{0,2}}(?P<name>[^\s。;!?,:()|{_CLOSING}]{{2,24}}?|[^\s。;!?:,|]{{2,24}}?)(?P<shut>[{_CLOSING}]{{0,2}})"
    rf"(?:\s*(?P<sign>[^\w\s,、“”!?+%×\-.(){_CLOSING}]|(?<=\w)>|-(?!\d))[^\w\s“”《<【]{{0,5}}\s*|\s*(?P<bracket>\()(?=[^)]{{10}})"
    rf"|,?\s*(?:主要|一般|通常)?就?(?P<means>{_MEANS})(?=\S)|(?P<space>[ \u3000\xa0])[ \u3000\xa0]*|(?P<weak>[,、是])"
    rf"|(?<=(?P<closing>[{_CLOSING}]))(?=\w)(?!\w{{1,8}}(?::|,?{_MEANS})))"
)
_ALONE = re.compile(rf"[{_OPENING}]{{0,2}}(?P<name>[^\s。;!?:,|、]{{2,24}}?)[{_CLOSING}]{{0,2}}:?")
_WITHIN = re.compile(rf"[{OPENING_QUOTES}]\w[^{OPENING_QUOTES}]*[{CLOSING_QUOTES}]")
_BEHIND = re.compile(
    rf"[。.!;]\s?[—–\-─]{{1,4}}\s?[{OPENING_QUOTES}]?(?P<name>[^\s。;!?:,{_CLOSING}]{{2,24}})[{CLOSING_QUOTES}]?"
)
"""A name behind what is said of it: …的村庄。——“城中村”."""
_FIGURES = re.compile(
    rf"\W*(?:\d+年?|[一二三四五六七八九十]{{1,3}})\W*\Z|(?:.*[{OPENING_QUOTES}])?(?:十?[一二三四五六七八九]|十)五(?:[{CLOSING_QUOTES}]|\Z)|\(略\)"
)
"""A number, that of a heading too, a year, or the years of a plan."""
_SPOKEN = re.compile("代表")
_FOOTNOTE = re.compile(r"(?P<sign>([*＊※†‡§#])\2{0,9})\s*(?=[^\s*＊※†‡§#])")
_ENDS = tuple("。.!;)")
_LEAST_SAID = 10
"""Characters of the shortest explanation."""
_LEAST_NAME = 3
"""A name of fewer signs stands in any text."""
_LONGEST_ALONE = 18
"""A line of more characters is a heading."""
_SHOWN = 12
_PRINTED = 400
"""A name that stands again among so many characters of what may be its note need not stand elsewhere."""
_NEVER = 1000
_BY_CHANCE = {
    "alone": ((0, 3), (0, 3)),
    "means": ((0, 2), (2, 1)),
    "behind": ((1, 3), (1, 3)),
    "": ((4, _NEVER), (8, _NEVER)),
    " ": ((0, 3), (1, _NEVER)),
    ",": ((3, _NEVER), (2, _NEVER)),
    "、": ((1, _NEVER), (1, _NEVER)),
    "。": ((1, _NEVER), (1, _NEVER)),
    "”。": ((3, _NEVER), (3, _NEVER)),
    "是": ((1, 6), (2, _NEVER)),
    ":": ((1, 4), (3, _NEVER)),
    "·": ((1, 3), (1, 3)),
    "《": ((1, 3), (1, 4)),
    "(": ((1, 3), (1, 3)),
    "[": ((1, 3), (2, _NEVER)),
}
_SELDOM = ((0, 2), (1, 3))
"""How many quoted names, and how many others, stand before a sign where no note is, at the beginning of a paragraph and
within one; of all signs that are not said these.
"""


@dataclass(frozen=True, slots=True)
class Begun:
    """The beginning of what may be a note."""

    sign: str
    """What parts its name from the rest: empty for closing quotation marks."""
    leads: bool
    """Whether it begins a paragraph or a cell."""
    is_quoted: bool
    """Whether the report has its name in quotation marks, or quotation marks in its name."""
    name: Line


def overlooked(
    text: str, plain: str, entries: Sequence[Entry], inline: Collection[str], quoted: QuotedNames
) -> list[Line]:
    """Return what stands in no note and looks like one: its name, or how what it says begins; nothing if it is chance.

    What the report explains within its sentences, `inline`, is explained.
    """
    groups: defaultdict[tuple[str, bool], list[Begun]] = defaultdict(list)
    for one in _begun(plain, _free(text, plain, entries), quoted):
        if not any(name in one.name.text for name in inline):
            groups[one.sign, one.leads].append(one)
    alike = {"alone"} if any(_is_over(plain, one) for one in entries) else set()
    found = [one.name for key, group in groups.items() if key[0] in alike or _are_too_many(key, group) for one in group]
    return sorted(found, key=lambda line: line.start)


def _is_over(plain: str, entry: Entry) -> bool:
    """Tell whether the name of a note that has no number stands on a line of its own."""
    begins = (term.definition.start for term in entry.terms)
    return not entry.number and any("\n" in plain[entry.start + len(entry.head) : begin] for begin in begins)


def _are_too_many(key: tuple[str, bool], group: Sequence[Begun]) -> bool:
    """Tell whether more names stand before a sign than by chance."""
    sure = {one.name.text for one in group if one.is_quoted}
    others = {one.name.text for one in group} - sure
    most, most_others = _most(*key)
    return len(sure) > most or (len(others) > most_others and len(sure) + len(others) > most_others)


def _most(sign: str, leads: bool) -> tuple[int, int]:
    """Return how many quoted names, and how many others, stand before a sign by chance."""
    return _BY_CHANCE.get(sign, _SELDOM)[not leads]


def _begun(plain: str, pieces: Sequence[Line], quoted: QuotedNames) -> Iterator[Begun]:
    for i, piece in enumerate(pieces):
        below = pieces[i + 1] if i + 1 < len(pieces) else None
        if found := _nameless(plain, piece) or _alone(plain, piece, below, quoted) or _behind(plain, piece, quoted):
            yield found
            continue
        begin = piece.start
        for cut in [*_SENTENCE.finditer(plain, piece.start, piece.end), None]:
            end = cut.start() if cut else piece.end
            if one := _named(plain, begin, piece.end, begin == piece.start, quoted):
                yield one
            begin = cut.end() if cut else end


def _starts(plain: str, start: int, end: int) -> Iterator[int]:
    """Yield where the words of a piece may begin: behind its number, or behind a sign."""
    if number := _NUMBER.match(plain, start, end):
        yield number.end()
    if signs := _SIGNS.match(plain, start, end):
        yield signs.end()


def _nameless(plain: str, piece: Line) -> Begun | None:
    """Return a piece that says what something means and does not name it: ①是指……, ** ……."""
    begins = [at for at in _starts(plain, piece.start, piece.end) if _SAID.match(plain, at, piece.end)]
    if begins or _is_footnote(plain, piece):
        begin = begins[0] if begins else piece.start
        end = min(begin + _SHOWN, piece.end)
        return Begun("means", True, True, Line(plain[begin:end], begin, end))
    return None


def _is_footnote(plain: str, piece: Line) -> bool:
    """Tell whether a piece begins with a sign, **, that stands behind a word elsewhere."""
    found = _FOOTNOTE.match(plain, piece.start, piece.end)
    if found is None or not piece.text.endswith(_ENDS):
        return False
    sign = re.escape(found["sign"])
    return bool(re.search(rf"[\w{CLOSING_QUOTES}]{sign}(?!{sign[:2]})", plain[: piece.start]))


def _alone(plain: str, piece: Line, below: Line | None, quoted: QuotedNames) -> Begun | None:
    """Return a piece that is a name over a sentence."""
    if below is None or not below.text.endswith(_ENDS) or len(below.text) < _LEAST_SAID:
        return None
    if marker_at(plain, below.start, below.end):
        return None
    marker = marker_at(plain, piece.start, piece.end)
    if marker and marker.family.startswith("han"):
        return None  # the heading of a chapter
    for begin in _starts(plain, piece.start, piece.end):
        found = _ALONE.fullmatch(plain, begin, piece.end)
        if found and len(found["name"]) <= _LONGEST_ALONE and (level := _level(plain, piece, found, quoted)):
            return Begun("alone", True, level > 1, Line(found["name"], *found.span("name")))
    return None


def _behind(plain: str, piece: Line, quoted: QuotedNames) -> Begun | None:
    """Return the note whose name stands behind what it says."""
    stop = max(plain.rfind(sign, piece.start, piece.end) for sign in "。.!;")
    found = _BEHIND.fullmatch(plain, stop, piece.end) if stop >= piece.start + _LEAST_SAID else None
    if found and (level := _level(plain, piece, found, quoted)):
        return Begun("behind", True, level > 1, Line(found["name"], *found.span("name")))
    return None


def _named(plain: str, start: int, end: int, leads: bool, quoted: QuotedNames) -> Begun | None:
    """Return the note that a sentence or a paragraph may be: 甲：……, 《甲》……, 甲 / ……."""
    if not plain.startswith(_ENDS, end - 1):
        return None
    for begin in _starts(plain, start, end):
        found = _NAMED.match(plain, begin, end)
        if found is None or end - found.end() < _LEAST_SAID:
            continue
        signs = found.group("sign", "bracket", "space", "weak", "closing")
        sign = "means" if found["means"] else next(filter(None, signs), "").strip()
        sign = " " if found["space"] else "" if sign in CLOSING_QUOTES else sign
        sign = "”。" if sign == "。" and found["shut"] in tuple(CLOSING_QUOTES) else sign
        stop = min(end, start + _PRINTED)
        whole = Line(plain[start:stop], start, stop)
        if level := _level(plain, whole, found, quoted, others=_most(sign, leads)[1] < _NEVER):
            return Begun(sign, leads, level > 1, Line(found["name"], *found.span("name")))
    return None


def _level(plain: str, piece: Line, found: re.Match[str], quoted: QuotedNames, *, others: bool = True) -> int:
    """Return 2 if the report quotes a name outside a piece of it, or has it with the quotation marks that are in it, 1
    if it has the name there, which is looked for if `others` count, 0 if it has not, or it is none.
    """
    name = found["name"]
    is_quoted = quoted.has(name, piece.text)
    words = plain[found.start() : found.end("name") + 1]
    quotes = _WITHIN.search(words[:-1]) is not None and not _WITHIN.fullmatch(words)
    if not (is_quoted or quotes or others) or _FIGURES.match(name) or _SPOKEN.search(name) or is_label(name):
        return 0
    if is_quoted:
        return 2
    words = words[:-1] if quotes else name
    if len(words) < _LEAST_NAME or quoted.times(words) <= plain.count(words, piece.start, piece.end):
        return 0
    return 2 if quotes else 1


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
