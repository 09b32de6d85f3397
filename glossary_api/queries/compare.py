"""Definitions of one term side by side: how far they agree, and where each departs from the one nearest to all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated, TypedDict

from glossary_api.store.documents import JsonObject
from glossary_api.store.edition import Edition
from glossary_api.store.shapes import End, PassageDocument, SourceDocument, SpanDocument, Start, TermNameDocument
from glossary_api.text.folding import Folded, fold_name, fold_text

MOST = 50
"""How many definitions are compared at most: each is held against each."""
_GAP = 1
"""So many equal characters between two differences do not part them: a single 的 in common is chance."""


class SharedMemberDocument(PassageDocument):
    """A member of a definition; offsets count in the report."""

    shared: Annotated[int, "How many of the definitions list it."]


class ThereDocument(SpanDocument):
    """The same place in the reference definition."""

    text: Annotated[str, "What stands there; empty for something added."]


class DifferenceDocument(TypedDict):
    """A passage where a definition departs from the reference; offsets count code points of the definition."""

    kind: Annotated[str, "What is the matter.", ("replaced", "added", "missing")]
    start: Start
    end: End
    text: Annotated[str, "What stands there; empty for something missing."]
    reference: Annotated[ThereDocument, "The same place in the reference."]


class ComparedDocument(TypedDict):
    """A definition beside the others."""

    sense: Annotated[str, "Id of the sense that it belongs to."]
    text: Annotated[str, "The definition; it begins at `source.start` of its report."]
    source: Annotated[SourceDocument, "Where it is written."]
    agreement: Annotated[float | None, "Agreement with the others on average; null without any."]
    members: Annotated[list[SharedMemberDocument], "The things that the numeral of the name counts."]
    differences: Annotated[list[DifferenceDocument], "Where it departs from the reference, in order."]


class ComparisonDocument(TypedDict):
    """The definitions of a term side by side."""

    term: Annotated[TermNameDocument, "The term."]
    agreement: Annotated[
        float | None,
        "Share of characters that two definitions have in common in the same order, on average over all pairs; spelling"
        " is folded as in names. Null with fewer than two.",
    ]
    reference: Annotated[int | None, "Index of the definition that agrees most with the others; null without any."]
    definitions: Annotated[list[ComparedDocument], f"The definitions, sense by sense; the first {MOST} of more."]
    total: Annotated[int, "How many definitions the term has."]


def compared(edition: Edition, name: str) -> JsonObject:
    """Return `compare` of the first definitions of a term, sense by sense, and how many there are: `total`.

    Raises TermNotFound with the nearest names.
    """
    page = edition.definitions(name, MOST)
    senses = [{"id": definition["sense"], "definitions": [definition]} for definition in page.items]
    return compare({"senses": senses}) | {"total": page.total}


def compare(document: JsonObject) -> JsonObject:
    """Return what the definitions of a term document have in common.

    That is a `ComparisonDocument` without its term and its total.
    """
    found = [(sense["id"], definition) for sense in document["senses"] for definition in sense["definitions"]]
    folded = [fold_text(definition["text"]) for _, definition in found]
    agreements = _agreements([each.text for each in folded])
    reference = max(range(len(found)), key=lambda n: (agreements[n] or 0.0, -n), default=None)
    shared = Counter(key for _, definition in found for key in {fold_name(m["text"]) for m in definition["members"]})
    definitions = []
    for number, (sense, definition) in enumerate(found):
        differences: list[JsonObject] = []
        if reference is not None and reference != number:
            texts = (found[reference][1]["text"], definition["text"])
            differences = list(_differences(texts, folded[reference], folded[number]))
        definitions.append(_definition(sense, definition, agreements[number], shared) | {"differences": differences})
    known = [agreement for agreement in agreements if agreement is not None]
    return {
        "agreement": round(sum(known) / len(known), 4) if known else None,
        "reference": reference,
        "definitions": definitions,
    }


def _definition(sense: str, definition: JsonObject, agreement: float | None, shared: Counter[str]) -> JsonObject:
    return {
        "sense": sense,
        "text": definition["text"],
        "source": definition["source"],
        "agreement": None if agreement is None else round(agreement, 4),
        "members": [member | {"shared": shared[fold_name(member["text"])]} for member in definition["members"]],
    }


def _agreements(texts: Sequence[str]) -> list[float | None]:
    """Return how far each text agrees with the others on average; the average of these is that of all pairs."""
    if len(texts) < 2:
        return [None] * len(texts)
    import numpy as np
    from rapidfuzz import fuzz, process  # compiled; only comparisons need it

    ratios = process.cdist(texts, texts, scorer=fuzz.ratio, dtype=np.float64) / 100
    return [(total - 1) / (len(texts) - 1) for total in ratios.sum(axis=0).tolist()]


def _differences(texts: tuple[str, str], reference: Folded, other: Folded) -> Iterator[JsonObject]:
    """Return where the second text departs from the first; the folded forms are what is compared."""
    for (r_start, r_end), (o_start, o_end) in _departures(reference.text, other.text):
        kind = "missing" if o_start == o_end else "added" if r_start == r_end else "replaced"
        start, end = _printed(other, o_start, o_end, len(texts[1]))
        r_first, r_last = _printed(reference, r_start, r_end, len(texts[0]))
        there = {"start": r_first, "end": r_last, "text": texts[0][r_first:r_last]}
        yield {"kind": kind, "start": start, "end": end, "text": texts[1][start:end], "reference": there}


def _departures(reference: str, other: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return spans in both texts that differ, those that hardly anything parts made one."""
    from rapidfuzz.distance import Indel

    found: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for step in Indel.opcodes(reference, other):
        if step.tag == "equal":
            continue
        spans = (step.src_start, step.src_end), (step.dest_start, step.dest_end)
        if found and spans[0][0] - found[-1][0][1] <= _GAP and spans[1][0] - found[-1][1][1] <= _GAP:
            (r_start, _), (o_start, _) = found.pop()
            spans = (r_start, spans[0][1]), (o_start, spans[1][1])
        found.append(spans)
    return found


def _printed(folded: Folded, start: int, end: int, length: int) -> tuple[int, int]:
    """Return a span of the folded text in the text as printed; an empty one stands where it would begin."""
    if start < end:
        return folded.source_span(start, end)
    at = folded.starts[start] if start < len(folded.text) else length
    return at, at
