"""Tell which parsed reports are one and the same report: a second file of it is no second witness."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from glossary_api.model.things import ParsedReport
from glossary_api.text.folding import plain

_SENTENCE = 12
"""A shorter sentence is a phrase that any report may have."""
_WIDESPREAD = 6
"""A sentence of so many reports is a formula."""
_SHARED = 0.5
"""Two reports are one if so large a part of the sentences of the shorter one stands in the other."""
_STOPS = re.compile(r"[。！？；\n]")

_Digests = NDArray[np.uint64]
Told = tuple[str, tuple[str, int] | None, bytes]
"""Id, place and year if both are known, digests of the sentences."""


def origins_of(told: Sequence[Told]) -> Mapping[str, int]:
    """Return for the id of each report a number that it shares with the other files of the same report.

    One place and year have one report. Where a file does not say its place or its year, its sentences tell.
    """
    ids = [one for one, _, _ in told]
    parents = {id_: id_ for id_ in ids}
    sentences = [np.frombuffer(digests, np.uint64) for _, _, digests in told]
    for one, other in (*_of_one_place(told), *_alike(ids, sentences)):
        first, second = sorted((_root(parents, one), _root(parents, other)))
        parents[second] = first
    numbers = {root: number for number, root in enumerate(sorted({_root(parents, id_) for id_ in ids}))}
    return {id_: numbers[_root(parents, id_)] for id_ in ids}


def _root(parents: Mapping[str, str], id_: str) -> str:
    while parents[id_] != id_:
        id_ = parents[id_]
    return id_


def told_of(parsed: ParsedReport) -> Told:
    """Return what tells whether a report is the same as another."""
    report = parsed.report
    place = (report.place, report.year) if report.place and report.year else None
    return report.id, place, _sentences(parsed)


def _of_one_place(told: Sequence[Told]) -> Iterator[tuple[str, str]]:
    first: dict[tuple[str, int], str] = {}
    for id_, place, _ in told:
        if place:
            yield first.setdefault(place, id_), id_


def _alike(ids: Sequence[str], sentences: Sequence[_Digests]) -> Iterator[tuple[str, str]]:
    """Pairs of reports that have half of the sentences of the shorter one in common."""
    digests = np.concatenate([np.empty(0, np.uint64), *sentences])
    order = np.argsort(digests, kind="stable")
    holders = np.repeat(np.arange(len(ids)), [len(found) for found in sentences])[order]
    begins = np.flatnonzero(np.concatenate(([True], np.diff(digests[order]) != 0))) if len(order) else order
    sizes = np.diff([*begins, len(order)])
    few = (sizes > 1) & (sizes < _WIDESPREAD)
    groups = (holders[begin : begin + size].tolist() for begin, size in zip(begins[few], sizes[few], strict=True))
    shared = Counter(pair for group in groups for pair in combinations(group, 2))
    for (one, other), times in shared.items():
        if times >= _SHARED * min(len(sentences[one]), len(sentences[other])):
            yield ids[one], ids[other]


def _sentences(parsed: ParsedReport) -> bytes:
    """Return a number for each sentence of the body, each once."""
    squeezed = {"".join(piece.split()) for span in parsed.body for piece in _pieces(parsed.report.text, *span)}
    long = (piece.encode("utf-8", "surrogatepass") for piece in squeezed if len(piece) >= _SENTENCE)
    digests = {blake2b(piece, digest_size=8).digest() for piece in long}
    return b"".join(sorted(digests))


def _pieces(text: str, start: int, end: int) -> Iterator[str]:
    """Yield what stands between the stops of a span, in plain form, into which all of it is brought at once."""
    whole = plain(text[start:end])
    at = start
    for stop in _STOPS.finditer(text, start, end):
        yield whole[at - start : stop.start() - start]
        at = stop.end()
    yield whole[at - start :]
