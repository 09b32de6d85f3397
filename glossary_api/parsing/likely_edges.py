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
from itertools import pairwise
from pathlib import Path
from typing import Any

from glossary_api.parsing.enumerations import Span
from glossary_api.parsing.list_edges import words
from glossary_api.text.everyday import verbs

_WEIGHTS = Path(__file__).with_name("likely_edges.json")
_LONGEST = 30
"""A longer stretch before the second item of a list is a sentence of its own."""
_SHORTEST = 2
_SURE = 0.93
"""Of the lists that were held back, 99 of 100 that are so sure begin where they should."""
_LIKELY = 0.6
"""So likely the best edge itself has to be where a verb before it has a share."""
_JOINING = "和与及"
"""Between two of these things there is no edge: what is joined is one item."""


def likely_first(plain: str, spans: list[Span], sure: float = _SURE) -> Span | None:
    """Return the first item of a list where it most likely begins; None where that is in doubt."""
    chances = _chances(plain, spans)
    best = max(chances, key=chances.__getitem__, default=0)
    chance = sum(chance for at, chance in chances.items() if at == best or _is_verb(plain, at, best, spans[1:]))
    return (best, spans[0][1]) if chances and chance >= sure and chances[best] >= min(sure, _LIKELY) else None


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
    lengths = [b - a for a, b in others]
    if not _SHORTEST <= end - start <= _LONGEST or min(lengths) < _SHORTEST:
        return {}
    initials = [plain[a] for a, _ in others]
    edges = [at for at in range(start, end - 1) if at == start or plain[at - 1] not in _JOINING]
    scores = {at: _score(plain, start, at, end, lengths, initials) for at in edges}
    best = max(scores.values())
    whole = sum(math.exp(score - best) for score in scores.values())
    return {at: math.exp(score - best) / whole for at, score in scores.items()}


def _score(plain: str, start: int, at: int, end: int, lengths: list[int], initials: list[str]) -> float:
    weights = _weights()
    return sum(weights.get(sign, 0.0) for sign in signs(plain, start, at, end, lengths, initials))


def signs(plain: str, start: int, at: int, end: int, lengths: list[int], initials: list[str]) -> Iterator[str]:
    """Yield what tells for or against an edge: the signs before it, behind it and across it, and what length is left.

    A letter says which of them it is; `likely_edges.json` tells the letters.
    """
    inside = at > start
    before = plain[max(start, at - 2) : at] if at - 1 > start else f"^{plain[start:at]}"
    yield f"l{before if inside else '^'}"
    yield f"m{plain[at - 1] if inside else '^'}"
    yield f"r{plain[at : at + 2]}"
    yield f"s{plain[at]}"
    yield f"x{plain[at - 1] if inside else ''}{plain[at] if inside else '^'}"
    mean = sum(lengths) / len(lengths)
    left = end - at
    yield f"d{max(-6, min(10, round(left - mean)))}{min(2, round(mean / 4))}"
    if len(lengths) > 1 and min(lengths) == max(lengths):
        yield f"e{max(-3, min(5, left - lengths[0]))}"
    alike = initials.count(plain[at])
    yield f"h{alike == len(initials):d}{0 < alike < len(initials):d}"


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
