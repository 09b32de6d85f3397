"""Lists whose items carry figures: “双百工程”，培育100家甲、100个乙; 甲额达到1.2万亿元、乙户达到1.3万户，实现“双过万”.

Where a name counts round numbers, its items are those that have just these numbers in them; where it says what figures
have reached, its items are what the figures are of.
"""

from __future__ import annotations

import functools
import re

from glossary_api.model.things import Slogan
from glossary_api.parsing.enumerations import Span, conjunctions, outside, split, split_last
from glossary_api.parsing.list_edges import first_of, goes, names, words
from glossary_api.parsing.numerals import Counts, round_numbers
from glossary_api.parsing.patterns import compiled
from glossary_api.text.folding import OPENING_QUOTES

_ANEW = tuple(f"{sign}{quote}" for sign in ",和、]" for quote in OPENING_QUOTES)
"""…100所，“双减”工作: here begins what is said of the name itself."""
_REACH = 300
_STOPS = re.compile(r"[。;!?\r\n]")
_MEASURE = r"(?:[万亿]?(?:元|吨|亩)|[万亿](?!人|户|个|家|只|头|株|辆|台|件))(?![\u4e00-\u9fff]{0,2}级)"


def by_figures(plain: str, slogan: Slogan) -> list[Span]:
    """Return the items behind a name that counts round numbers: 十百千, “双百”, 3个100万; empty if they are others."""
    name = plain[slogan.start : slogan.end]
    figures = [] if "百亿" in name or "千亿" in name else [_round(number) for number in round_numbers(name)]
    if len(figures) < 2:
        return []
    limit = min(len(plain), slogan.end + _REACH)
    end = next((at for at, _ in outside(plain, slogan.end, limit, _STOPS.pattern)), limit)
    clauses = split(plain, slogan.end + 1, end, ",")
    pieces = [piece for clause in clauses for item in split(plain, *clause, "、") for piece in _parts(plain, item)]
    holding = [number for number, (a, b) in enumerate(pieces) if any(f.search(plain, a, b) for f in figures)]
    if len(holding) != len(figures) or holding[-1] - holding[0] != len(holding) - 1:
        return []
    spans = [pieces[number] for number in holding]
    found = [figure.search(plain, *span) for figure, span in zip(figures, spans, strict=True)]
    if not all(found) or any(
        "等" in plain[a : match.start()] for (a, _), match in zip(spans, found, strict=True) if match
    ):
        return []  # 甲厂、乙厂等100个项目: they are some of them
    closing = next(b for a, b in clauses if a <= spans[-1][0] < b)
    spans[-1] = (spans[-1][0], closing)  # 100个甲、乙和丙: what has no figure of its own belongs to the last
    starts = [match.start() for match in found if match]
    adverbs = compiled(f"即?{words('adverb')}*").match(plain, *spans[0])
    at_figure = any(a == start for (a, _), start in zip(spans[1:], starts[1:], strict=True))
    spans[0] = (starts[0] if at_figure or not adverbs else adverbs.end(), spans[0][1])
    if all(_governing().fullmatch(plain, a, at) for (a, _), at in zip(spans, starts, strict=True)):
        return [(at, b) for (_, b), at in zip(spans, starts, strict=True)]
    return [_up_to_amount(plain, span, match) for span, match in zip(spans, found, strict=True) if match]


@functools.cache
def _round(number: int) -> re.Pattern[str]:
    sizes = ((10**8, "亿"), (10**4, "万"))
    said = "|".join((str(number), *(f"{number // size}{sign}" for size, sign in sizes if number % size == 0)))
    return re.compile(rf"(?<![\d.])(?:{said})(?![\d.%])")


def _parts(plain: str, item: Span) -> list[Span]:
    """Return an item, or the two parts of it that a conjunction joins, if each has a figure."""
    cuts = list(conjunctions(plain, *item))
    parts = [(item[0], cuts[0][0]), (cuts[0][1], item[1])] if len(cuts) == 1 else []
    return parts if parts and all(re.search(r"\d", plain[a:b]) for a, b in parts) else [item]


@functools.cache
def _governing() -> re.Pattern[str]:
    return re.compile(f"即?(?:{words('adverb')}|{words('verb', 'verb-or-noun')})*")


def _up_to_amount(plain: str, span: Span, figure: re.Match[str]) -> Span:
    """Return an item up to its figure where it says first what is counted: 投入100亿元 of 投入100亿元支持甲业."""
    begins = _governing().fullmatch(plain, span[0], figure.start())
    measure = compiled(_MEASURE).match(plain, figure.end(), span[1])
    return (span[0], measure.end()) if measure and not begins else span


@functools.cache
def _reaching() -> re.Pattern[str]:
    """Return what leads from figures to the name of what they have reached."""
    return re.compile(rf"(?:,(?:{words('adverb')}|全部|均|双双)*{words('reaching')})?[{OPENING_QUOTES}]?$")


@functools.cache
def _amount() -> re.Pattern[str]:
    return re.compile(f"{words('amount')}$")


def _amount_in(plain: str, item: Span) -> re.Match[str] | None:
    """Return the figure at the end of an item that says before it what the figure is of."""
    return _amount().search(plain, item[0] + 2, item[1])


def by_amounts(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """Return what the figures before a name are of: 甲额达到1.2万亿元、乙户达到1.3万户，实现“双过万”."""
    noun = counts.counts[0].noun if counts.is_single else ""
    if not goes(noun) and not compiled(words("reached")).match(noun):
        return []
    link = _reaching().search(plain, max(0, slogan.start - 16), slogan.start)
    if not link or plain[slogan.start - 2 : slogan.start] in _ANEW:
        return []
    stops = [found.end() for found in _STOPS.finditer(plain, max(0, link.start() - _REACH), link.start())]
    clauses = split(plain, stops[-1] if stops else max(0, link.start() - _REACH), link.start(), ",")
    if not clauses:
        return []
    rows = [split_last(plain, split(plain, *clauses[-1], "、"))]
    if not any(_amount_in(plain, clause) for clause in clauses[: -counts.total]):
        rows.append(clauses[-counts.total :])
    for items in rows:
        amounts = [_amount_in(plain, item) for item in items]
        if len(items) == counts.total and all(amounts):
            spans = [(a, amount.start()) for (a, _), amount in zip(items, amounts, strict=True) if amount]
            first = first_of(plain, spans)
            spans = [first, *spans[1:]] if first else []
            return spans if names(plain, spans) else []
    return []
