"""Lists whose items carry figures: “双百工程”，培育100家甲、100个乙; 甲额达到1.2万亿元、乙户达到1.3万户，实现“双过万”.

Where a name counts round numbers, its items are those that have just these numbers in them; where it is a row of
figures or sizes, 321, 十百千, they are the amounts beside it that are these in turn; where it says what figures have
reached, its items are what the figures are of.
"""

from __future__ import annotations

import functools
import re

from glossary_api.model.things import Slogan
from glossary_api.parsing.enumerations import Span, split, split_last
from glossary_api.parsing.figure_rows import row_of_figures
from glossary_api.parsing.list_edges import first_of, goes, names, verb_at, words
from glossary_api.parsing.numerals import Counts, round_numbers
from glossary_api.parsing.patterns import compiled
from glossary_api.text.everyday import verbs
from glossary_api.text.folding import OPENING_QUOTES

_ANEW = tuple(f"{sign}{quote}" for sign in ",和、]" for quote in OPENING_QUOTES)
"""…100所，“双减”工作: here begins what is said of the name itself."""
_REACH = 300
_LONGEST_LINK = 16
_STOPS = re.compile(r"[。;!?\r\n]")
_BRACKET = re.compile(r"[)\r\n]")
_SENTENCE = re.compile(r"[。!?\r\n]")


def by_row(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """“321工程”，建甲3个、乙2个、丙1个: return the amounts beside a name that are its figures or sizes in turn.

    Where all sizes are one, 三百, it is just that number, since amounts of one size stand side by side by chance.
    """
    name = plain[slogan.start : slogan.end]
    numbers = round_numbers(name)
    if counts.is_open or (counts.form in ("words", "none") and not numbers):
        return []
    exact = len(set(numbers)) == 1
    for start, end in (_behind(plain, slogan.end), _before(plain, slogan.start)):
        for listing in (False, True):
            spans = row_of_figures(plain, start, end, counts, name, listing=listing, exact=exact)
            beside = spans and (start >= slogan.end or spans[-1][1] == end)
            shares = exact and any("%" in plain[a:b] for a, b in spans)
            if beside and not shares and name not in plain[slice(*spans[-1])]:
                return _without_verbs(plain, spans)
    return []


def _without_verbs(plain: str, spans: list[Span]) -> list[Span]:
    """培育10家甲，建设100个乙: return the items from their amounts on, if all begin with verbs and these, or the
    first has lost its verb to the words that lead to the list; else the first without adverbs.
    """
    amounts = [found.end("verbs") for span in spans if (found := _governed_amount().match(plain, *span))]
    if len(amounts) == len(spans):
        return [(at, b) for at, (_, b) in zip(amounts, spans, strict=True)]
    (start, end), *others = spans
    adverbs = compiled(f"{words('adverb')}*").match(plain, start, end)
    start = adverbs.end() if adverbs else start
    cut = [((found.end("verbs"), b) if (found := _governed_amount().match(plain, a, b)) else (a, b)) for a, b in others]
    kept = [span for span, whole in zip(cut, others, strict=True) if span == whole]
    verbal = any(plain[a : a + 2] in verbs() or verb_at(plain, a, b) for a, b in ((start, end), *kept))
    return [(start, end), *(others if verbal else cut)]


@functools.cache
def _governed_amount() -> re.Pattern[str]:
    """Return verbs and the amount right behind them."""
    return re.compile(f"(?P<verbs>(?:{words('leading', 'adverb')}|{words('verb', 'verb-or-noun')})*)[\\d十百千万]")


def _behind(plain: str, start: int) -> Span:
    """Return what the sentence says behind a name, its noun and what leads on; what brackets hold there."""
    limit = min(len(plain), start + _REACH)
    lead = _behind_name().match(plain, start)
    stop = (_BRACKET if lead and lead["bracket"] else _SENTENCE).search(plain, lead.end() if lead else start, limit)
    return (lead.end(), stop.start() if stop else limit) if lead else (0, 0)


def _before(plain: str, end: int) -> Span:
    """Return what the sentence says before a name, without what leads to it."""
    link = _row_before().search(plain, max(0, end - _LONGEST_LINK), end)
    stops = [stop.end() for stop in _SENTENCE.finditer(plain, max(0, end - _REACH), end)]
    return (stops[-1], link.start()) if stops and link else (0, 0)


@functools.cache
def _behind_name() -> re.Pattern[str]:
    """Return the noun that a name goes with, and what leads on from it."""
    return re.compile(rf"[^{OPENING_QUOTES},。;:!?(]{{0,16}}(?:[:,;]|(?P<bracket>\())?(?:{words('behind')})?")


@functools.cache
def _row_before() -> re.Pattern[str]:
    """Return what leads from a row of amounts to the name of them all."""
    verb = words("verb", "verb-or-noun")
    frame = "等?(?:为(?:[\u4e00-\u9fff]{2})?)?的?"
    return re.compile(rf"(?:,(?:{words('adverb')}*{verb}(?:[和与、]{verb})?)|{frame})[{OPENING_QUOTES}]$")


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
