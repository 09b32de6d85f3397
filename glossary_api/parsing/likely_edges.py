"""Tell where the first item of a list most likely begins, 推进|甲治理、乙预防, by weights learned from many reports.

`likely_edges.json` has a weight for the signs on either side of an edge and for how long an item is beside the others
of its list. What the rules of `list_edges.py` leave in doubt is taken from here only where one edge is far likelier
than all others.
"""

from __future__ import annotations

import functools
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from glossary_api.parsing.enumerations import Span
from glossary_api.parsing.list_edges import BRINGS_ABOUT, words
from glossary_api.parsing.whole_clauses import begins_with_verb
from glossary_api.text.everyday import common_words, is_made_of_words, verbs

_WEIGHTS = Path(__file__).with_name("likely_edges.json")
_LONGEST = 30
"""A longer stretch before the second item of a list is a sentence of its own."""
_SHORTEST = 2
SURE = 0.93
"""Of the lists that were held back, 99 of 100 that are so sure begin where they should."""
_LIKELY = 0.6
"""So likely the best edge itself has to be where a verb before it has a share."""
_DOUBTED, _HARDLY, _LIKELIER = 0.25, 0.15, 0.75
"""A first item begins elsewhere if it is no likelier than this to begin where a rule says, and so likely there."""
_JOINING = "和与及"
"""Between two of these things there is no edge: what is joined is one item."""


def likely_first(plain: str, spans: list[Span], sure: float = SURE) -> Span | None:
    """Return the first item of a list where it most likely begins; None where that is in doubt."""
    chances = _chances(plain, spans)
    best = max(chances, key=chances.__getitem__, default=0)
    chance = sum(chance for at, chance in chances.items() if at == best or _is_verb(plain, at, best, spans[1:]))
    return (best, spans[0][1]) if chances and chance >= sure and chances[best] >= min(sure, _LIKELY) else None


def likelier_first(plain: str, begin: int, spans: list[Span]) -> Span:
    """Return the first item with a verb that it was cut from, or without one that it was left with, where reports
    plainly speak for that: 运用|鼓励激励、容错纠错, 统筹建设|核心区、引领区. `begin` is where its clause begins.
    """
    (start, end), *others = spans
    chances = _chances(plain, [(begin, end), *others])
    best = max(chances, key=chances.__getitem__, default=start)
    verb = plain[min(best, start) : max(best, start)]
    if not (_verb().fullmatch(verb) or (best < start and verb in verbs())):
        return spans[0]
    verbal = sum(begins_with_verb(plain, a, b) for a, b in others)
    if best < start:
        fits = verbal > 0 or end - best in [b - a for a, b in others]
        surely = chances[best] >= _LIKELY and chances.get(start, 0) < _DOUBTED
    else:
        as_long = end - best >= min(b - a for a, b in others)
        fits = (
            as_long and 3 * verbal < len(others) and not BRINGS_ABOUT.search(plain[begin:start])
        )  # 打好|防范化解甲、乙、丙“三大攻坚战”
        surely = chances[best] >= _LIKELIER and chances.get(start, 0) < _HARDLY
    alike = all(plain.startswith(plain[start : start + 2], a) for a, _ in others)
    return (best, end) if fits and surely and not alike else spans[0]


def _is_verb(plain: str, start: int, end: int, others: list[Span]) -> bool:
    """Tell whether adverbs and verbs stand between two edges, and no other item begins with a verb.

    They belong to no item then, so that what speaks for the edge before them speaks for the one behind them.
    """
    governs = start < end and (plain[start:end] in verbs() or _governing().fullmatch(plain, start, end))
    return bool(governs) and not any(plain[a : a + 2] in verbs() for a, _ in others)


@functools.cache
def _governing() -> re.Pattern[str]:
    return re.compile(f"(?:{words('adverb', 'verb', 'leading')})+了?")


def ends_item(plain: str, start: int, end: int) -> bool:
    """Tell whether a verb at the end of an item, if one is there, ends items oftener than it governs a slogan."""
    verb = plain[max(start, end - 2) : end]
    return verb not in verbs() or _weights().get(f"g{verb}", -1.0) >= 0


def are_listed(words: list[str]) -> bool:
    """Tell whether reports list each of some words beside the next, so that they are a row without a sign as well."""
    return all(one + other in _rows() or other + one in _rows() for one, other in pairwise(words))


def _chances(plain: str, spans: list[Span]) -> dict[int, float]:
    """Map each place where the first item of a list could begin to how likely it does; empty if nothing is known."""
    (start, end), *others = spans
    if not _SHORTEST <= end - start <= _LONGEST or min(b - a for a, b in others) < _SHORTEST:
        return {}
    seen = Others.of([plain[a:b] for a, b in others])
    edges = [at for at in range(start, end - 1) if at == start or plain[at - 1] not in _JOINING]
    scores = {at: _score(plain, start, at, end, seen) for at in edges}
    best = max(scores.values())
    whole = sum(math.exp(score - best) for score in scores.values())
    return {at: math.exp(score - best) / whole for at, score in scores.items()}


@dataclass(frozen=True, slots=True)
class Others:
    """Say what all items of a list but the first are like: lengths in signs, first and last signs, verbs."""

    lengths: list[int]
    initials: list[str]
    last: str
    """The sign that all end with; empty if they end with several."""
    verbal: str
    """How many begin with a verb: n none, s some, a all."""

    @classmethod
    def of(cls, texts: list[str]) -> Others:
        """Return what some items are like."""
        ends = {text[-1] for text in texts}
        verbs = sum(begins_with_verb(text, 0, len(text)) for text in texts)
        verbal = "n" if not verbs else "a" if verbs == len(texts) else "s"
        return cls(list(map(len, texts)), [text[0] for text in texts], ends.pop() if len(ends) == 1 else "", verbal)


def _score(plain: str, start: int, at: int, end: int, others: Others) -> float:
    weights = _weights()
    return sum(weights.get(sign, 0.0) for sign in signs(plain, start, at, end, others))


def signs(plain: str, start: int, at: int, end: int, others: Others) -> Iterator[str]:
    """Yield what tells for or against an edge: the signs before it, behind it and across it, what length is left, and
    whether what is left is built as the other items are.

    A letter says which of them it is; `likely_edges.json` tells the letters.
    """
    lengths, initials = others.lengths, others.initials
    inside = at > start
    before = plain[max(start, at - 2) : at] if at - 1 > start else f"^{plain[start:at]}"
    yield f"l{before if inside else '^'}"
    yield f"m{plain[at - 1] if inside else '^'}"
    yield f"r{plain[at : at + 2]}"
    yield f"s{plain[at]}"
    yield f"x{plain[at - 1] if inside else ''}{plain[at] if inside else '^'}"
    mean = sum(lengths) / len(lengths)
    left = end - at
    longer = max(-6, min(10, round(left - mean)))
    yield f"d{longer}{min(2, round(mean / 4))}"
    if len(lengths) > 1 and min(lengths) == max(lengths):
        yield f"e{max(-3, min(5, left - lengths[0]))}"
    alike = initials.count(plain[at])
    yield f"h{alike == len(initials):d}{0 < alike < len(initials):d}"
    yield f"v{others.verbal}{begins_with_verb(plain, at, end):d}"
    yield f"b{others.verbal}{ends_with_verb(plain, start, at):d}"
    if others.last == plain[end - 1]:
        yield f"f{longer}"
    known = common_words()
    crossed = inside and (plain[at - 1 : at + 1] in known or plain[at - 1 : at + 2] in known)
    crossed = crossed or (at - 1 > start and plain[at - 2 : at + 1] in known)
    yield f"c{crossed:d}{plain[at : at + 2] in known:d}{not inside or plain[max(start, at - 2) : at] in known:d}"
    yield f"w{is_made_of_words(plain[at:end]):d}{not inside or is_made_of_words(plain[start:at]):d}"


def ends_with_verb(plain: str, start: int, end: int) -> bool:
    """Tell whether a stretch ends with a verb of two signs, or a word that may be one."""
    return end - start > 1 and (plain[end - 2 : end] in verbs() or bool(_verbs().fullmatch(plain, end - 2, end)))


@functools.cache
def _verb() -> re.Pattern[str]:
    return re.compile(f"{words('adverb')}*(?:{words('verb', 'verb-or-noun')})+")


@functools.cache
def _verbs() -> re.Pattern[str]:
    return re.compile(words("verb", "verb-or-noun"))


@functools.cache
def _weights() -> Mapping[str, float]:
    classes: dict[str, str] = _learned()["weights"]
    return {sign: float(weight) for weight, signs in classes.items() for sign in signs.split(" ")}


@functools.cache
def _rows() -> frozenset[str]:
    rows: str = _learned()["rows"]
    return frozenset(rows.split(" "))


@functools.cache
def _learned() -> dict[str, Any]:
    learned: dict[str, Any] = json.loads(_WEIGHTS.read_text("utf-8"))
    return learned
