"""Tell which parsed reports are one and the same report: a second file of it is no second witness."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from glossary_api.model.things import ParsedReport
from glossary_api.text.folding import plain

_SENTENCE = 12
"""A shorter sentence is a phrase that any report may have."""
_WIDESPREAD = 6
"""A sentence of so many reports is a formula."""
_SHARED = 0.5
"""Two reports are one if so large a part of the sentences of the shorter one stands in the other."""
_STOPS = re.compile(r"[。！？；\n]")
_SPACE = re.compile(r"\s+")


def origins_of(reports: Sequence[ParsedReport]) -> Mapping[str, int]:
    """Return for the id of each report a number that it shares with the other files of the same report.

    One place and year have one report. Where a file does not say its place or its year, its sentences tell.
    """
    ids = [parsed.report.id for parsed in reports]
    parents = {id_: id_ for id_ in ids}
    for one, other in _same(reports):
        first, second = sorted((_root(parents, one), _root(parents, other)))
        parents[second] = first
    numbers = {root: number for number, root in enumerate(sorted({_root(parents, id_) for id_ in ids}))}
    return {id_: numbers[_root(parents, id_)] for id_ in ids}


def _root(parents: Mapping[str, str], id_: str) -> str:
    while parents[id_] != id_:
        id_ = parents[id_]
    return id_


def _same(reports: Sequence[ParsedReport]) -> Iterator[tuple[str, str]]:
    first: dict[tuple[str, int], str] = {}
    for parsed in reports:
        report = parsed.report
        if report.place and report.year:
            yield first.setdefault((report.place, report.year), report.id), report.id
    sentences = {parsed.report.id: _sentences(parsed) for parsed in reports}
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for id_, found in sentences.items():
        for sentence in found:
            holders[sentence].append(id_)
    shared = Counter(pair for ids in holders.values() if 1 < len(ids) < _WIDESPREAD for pair in combinations(ids, 2))
    for (one, other), times in shared.items():
        if times >= _SHARED * min(len(sentences[one]), len(sentences[other])):
            yield one, other


def _sentences(parsed: ParsedReport) -> set[str]:
    pieces = (piece for start, end in parsed.body for piece in _STOPS.split(parsed.report.text[start:end]))
    squeezed = (_SPACE.sub("", plain(piece)) for piece in pieces)
    return {piece for piece in squeezed if len(piece) >= _SENTENCE}
