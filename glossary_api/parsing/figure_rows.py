"""Members of a name that is a row of figures, each the amount of one of them: 1个甲、5个乙、25个丙 for 1525.

The amounts have to be the figures of the name in its order, without a rest: by chance they hardly are.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from glossary_api.parsing.enumerations import Span, conjunctions, quoted_inside, split
from glossary_api.parsing.list_edges import first_of
from glossary_api.parsing.numerals import Counts, round_numbers, value_of
from glossary_api.parsing.patterns import any_of
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_NUMERALS = "一二两三四五六七八九"
_ZEROS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_AMOUNT = re.compile(
    rf"(?<![\d.a-z{_NUMERALS}十百千万亿])(?!(?<=\d[,:])\d{{3}})[{OPENING_QUOTES}]?"
    rf"(?:(?P<figure>\d+)(?:\.\d+)?|(?P<han>(?:[{_NUMERALS}]?十[{_NUMERALS}]?|[{_NUMERALS}])(?![{_NUMERALS}十]|批)|(?=[百千万])))\s?"
    rf"(?P<size>[百千万亿]*)[{CLOSING_QUOTES}]?(?=[%\u4e00-\u9fff]|(?<=[万亿])$)(?![月日号届]|世纪)(?!(?<=\d{{4}})年)"
)
_SHARE_OF = re.compile("%(?=的)")
_SHORTEST, _LONGEST, _MOST = 3, 8, 60
"""Figures of a row, of which two would be any two amounts; pieces of a definition that are looked at."""
_EXPLAINED = re.compile(f":|包括|分别|{any_of('defining', 'means', 'that-is')}")
"""Behind such a word the things are listed: the amount alone is no member."""
_NEAR = 4
_LEAD = re.compile(
    rf".*(?:{any_of('defining', 'means', 'that-is')}):?|{any_of('wordings', 'opening')}"
    r"|在全[国省市县区州](?:范围内)?|[^,;。]{0,4}?\d{4}(?:[-—至]+\d{4})?年[起底末初]?(?!\d)"
)
"""What leads up to all members: words that say what is meant, or by when."""
_OF_THINGS = re.compile(
    rf"[{OPENING_QUOTES}](?P<quoted>\d+)[{CLOSING_QUOTES}]|(?<![\d.])(?P<n>\d+|十[一二三四五六七八九]?|[{_NUMERALS}])"
    r"\s?(?:个(?!工作日|月|小时)|[项家条大类种张支名所座处套部场件户])"
)
_MEASURED = re.compile("小时|年|分钟|个月|天|周|%|成|倍")
"""Of two amounts both have to be of such a kind: 5+2, 5天甲、2小时乙."""


def row_of_figures(
    plain: str, start: int, end: int, counts: Counts, name: str = "", *, listing: bool = False, exact: bool = False
) -> list[Span]:
    """Return the clauses whose amounts are the figures of a name in turn; empty if there are none.

    A `name` of round numbers is read as it is: 十百千, which counts nothing by itself, and 双百. Where the clauses may
    be `listing` what they count, 做强甲、乙2个产业，建设3个园区，…, they are three or more. With `exact` an amount is
    a round number of the name, and not only of its size.
    """
    wanted, between = ("".join(f"{each}|" for each in round_numbers(name)), "|") if exact else _wanted(counts, name)
    for signs in (",;。", ",;。、", ";。") if wanted else ():
        if signs == ";。" and "、" in plain[start:end]:
            break  # 坚持“三个甲”，乙、丙、丁；…: what is counted is listed
        pieces, amounts = _pieces(plain, start, end, signs)
        for first in range(len(pieces)):
            chain = _in_turn(amounts[first:], wanted, between)
            if len(chain) > 1 + listing and (spans := _members(plain, pieces, first, chain, end, listing)):
                return spans
    return []


@functools.lru_cache(maxsize=8)  # asked for twice, first without and then with lists
def _pieces(plain: str, start: int, end: int, signs: str) -> tuple[list[Span], list[list[re.Match[str]]]]:
    """Return the pieces that signs cut from a stretch, and the amounts of each."""
    pieces = [part for piece in split(plain, start, end, signs) for part in _parts(plain, piece)][:_MOST]
    return pieces, [list(_AMOUNT.finditer(plain, *piece)) for piece in pieces]


def _wanted(counts: Counts, name: str) -> tuple[str, str]:
    """Return the figures of a name, or the zeros of its round numbers, and what ends each if that is known."""
    rounds = [] if set(name) & set("0亿") else round_numbers(name)
    if rounds and (rounds[0] == rounds[-1] > 10 or counts.form == "none"):
        return "".join(f"0{len(str(number)) - 1}|" for number in rounds), "|"
    labels = [count.label for count in counts.counts]
    figures = "".join(labels)
    fits = (2 if counts.form == "plus" else _SHORTEST) <= len(figures) <= _LONGEST
    if counts.is_open or counts.form not in ("plus", "digits") or not fits:
        return "", ""
    return ("".join(f"{label}|" for label in labels), "|") if counts.form == "plus" else (figures, "")


def _parts(plain: str, piece: Span) -> Iterator[Span]:
    """Yield a piece, or the two parts of it that a conjunction joins if each has an amount."""
    listed = any(sign in plain[slice(*piece)] for sign in "、,")
    cuts = [] if listed else list(conjunctions(plain, *piece))
    parts = [(piece[0], cuts[0][0]), (cuts[0][1], piece[1])] if len(cuts) == 1 else []
    yield from parts if parts and all(_AMOUNT.search(plain, *part) for part in parts) else [piece]


def _in_turn(amounts: Sequence[Sequence[re.Match[str]]], wanted: str, between: str) -> list[re.Match[str]]:
    """Return an amount of each of the first pieces whose figures are those wanted, one behind the other."""
    for amount in amounts[0] if amounts else ():
        for figures in _said(amount):
            if wanted == (said := figures + between):
                return [amount]
            if wanted.startswith(said) and (rest := _in_turn(amounts[1:], wanted[len(said) :], between)):
                return [amount, *rest]
    return []


def _said(amount: re.Match[str]) -> Iterator[str]:
    """Yield how the figures of an amount may stand in a name, 60 or 6 of 60家, and its zeros, 02 of 500名."""
    figure, size = amount["figure"] or str((amount["han"] and value_of(amount["han"])) or ""), amount["size"]
    if figure:
        yield from dict.fromkeys((figure, figure.rstrip("0")))
        yield f"0{len(figure) - 1}"
        yield f"0{len(figure) - 1 + sum(_ZEROS[sign] for sign in size)}"
    elif size:
        yield f"0{_ZEROS[size[0]]}"
    yield f"{figure or 1}{'0' * sum(_ZEROS[sign] for sign in size)}"


def _members(
    plain: str, pieces: Sequence[Span], first: int, chain: Sequence[re.Match[str]], end: int, listing: bool
) -> list[Span]:
    """Return the pieces with the amounts, the first without what leads up to all, the last with what belongs to it."""
    spans = list(pieces[first : first + len(chain)])
    if plain.startswith("以及", spans[-1][0]):
        spans[-1] = (spans[-1][0] + len("以及"), spans[-1][1])
    closing = first + len(chain) - 1
    while closing + 1 < len(pieces) and plain[pieces[closing][1]] == "、":
        closing += 1  # 10个甲、100种乙、丙和丁: what has no amount of its own
        if _AMOUNT.search(plain, *pieces[closing]):
            return []
    spans[-1] = (spans[-1][0], pieces[closing][1])
    before = first and plain[pieces[first - 1][1]] in "、和与及"
    rounds = all(re.fullmatch("10+", found["figure"] or "") for found in chain)
    begun = all(found.start() == a and not found["figure"] for (a, _), found in zip(spans, chain, strict=True))
    measured = len(chain) > 2 or rounds or begun or all(_MEASURED.match(plain, found.end()) for found in chain)
    if before or not measured or _EXPLAINED.search(plain, chain[0].end(), min(end, spans[-1][1] + _NEAR)):
        return []  # 甲、乙等2个商圈: the number closes a list
    leads = [plain[a : found.start()] for (a, _), found in zip(spans, chain, strict=True)]
    if not listing and any("等" in lead or "、" in lead for lead in leads):
        return []
    opening = _LEAD.match(plain, spans[0][0], chain[0].start())
    spans[0] = (opening.end() if opening else spans[0][0], spans[0][1])
    begin = first_of(plain, spans) if not all(leads[1:]) else spans[0]
    if begin is None:
        return []
    begin = (chain[0].start(), begin[1]) if not any(leads[1:]) else begin
    of = _SHARE_OF.match(plain, chain[-1].end(), end)
    return [begin, *spans[1:-1], (spans[-1][0], of.end() if of else spans[-1][1])]


def amounts_of(plain: str, start: int, end: int, counts: Counts, phrase: str) -> list[Span]:
    """Return the clauses with the amounts of a name, which may list things as well if it counts nothing else; or those
    of a quotation, “千村甲、万村乙” for 千万.
    """
    if len(counts.counts) > 1:
        return []
    row = row_of_figures(plain, start, end, counts, phrase)
    if row or counts.counts:
        return row
    quoted = (row_of_figures(plain, *inner, counts, phrase) for inner in quoted_inside(plain, start, end))
    return next(filter(None, quoted), []) or row_of_figures(plain, start, end, counts, phrase, listing=True)


def are_amounts(plain: str, row: list[Span], counts: Counts, phrase: str = "") -> bool:
    """Tell whether the figures of a name are amounts of its members, 50% and 80% for 5080, 30个甲 for a 3.

    They count things where each stands before what counts things, 2个甲、5个乙 for 25, or is a round number, 双百.
    """
    said = [found["quoted"] or found["n"] for a, b in row if (found := _OF_THINGS.search(plain, a, b))]
    numbers = "".join(number if number.isdigit() else str(value_of(number)) for number in said)
    figures = bool(numbers) and numbers == "".join(count.label for count in counts.counts)
    rounds = round_numbers(phrase)
    rounded = len(rounds) == len(row) and all(str(n) in plain[a:b] for n, (a, b) in zip(rounds, row, strict=True))
    unsaid = not any(map(str.isdigit, plain[row[0][0] : row[-1][1]])) and bool(rounds)
    return not (figures or rounded or unsaid)
