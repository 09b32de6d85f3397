"""Definitions of a term side by side, with marks where one departs from the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from glossary_api.queries.compare import compare
from glossary_api.store.documents import JsonObject

MOST = 8
"""How many different definitions are compared."""
ALIKE = 0.5
"""From which agreement on the marks help; below it nearly everything would be marked."""

Run = tuple[Literal["same", "added", "missing"], str]
"""A piece of a definition: as the reference has it, only here, or only in the reference."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A definition beside the reference."""

    sense: int
    """Number of the sense that it belongs to, from 1."""
    source: JsonObject
    is_reference: bool
    agreement: int
    """Percentage of characters in common with the others, on average."""
    runs: tuple[Run, ...]
    alone: tuple[str, ...]
    """Members that no other of the definitions lists; none where hardly anything agrees."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Different definitions of a term side by side, and how far they agree."""

    agreement: int
    """Percentage of characters in common, on average over all pairs."""
    definitions: tuple[Compared, ...]
    """The reference, from which the others are told apart, first."""
    left_out: int
    """How many different definitions are not among them."""

    @property
    def has_marks(self) -> bool:
        """Return whether any definition is near enough to the reference to be marked."""
        return any(kind != "same" for version in self.definitions for kind, _ in version.runs)


def comparison(document: JsonObject) -> Comparison | None:
    """Return the different definitions of a term document compared; None if there are fewer than two."""
    senses = _different(document["senses"])
    found = compare({"senses": senses[:MOST]})
    if found["agreement"] is None:
        return None
    order = {sense["id"]: number for number, sense in enumerate(document["senses"], 1)}
    made = [
        _compared(definition, order[definition["sense"]], number == found["reference"])
        for number, definition in enumerate(found["definitions"])
    ]
    made.sort(key=lambda definition: not definition.is_reference)
    return Comparison(_percent(found["agreement"]), tuple(made), len(senses[MOST:]))


def _different(senses: Sequence[JsonObject]) -> list[JsonObject]:
    """Return each different text of a sense as a sense of its own, with the first definition that has it."""
    texts = {(s["id"], d["text"]): {"id": s["id"], "definitions": [d]} for s in senses for d in s["definitions"][::-1]}
    order = [(s["id"], d["text"]) for s in senses for d in s["definitions"]]
    return [texts[key] for key in dict.fromkeys(order)]


def _compared(definition: JsonObject, sense: int, is_reference: bool) -> Compared:
    shared = definition["members"] if len(definition["members"]) > 1 else []
    alike = definition["agreement"] >= ALIKE
    differences = definition["differences"] if alike else []
    return Compared(
        sense=sense,
        source=definition["source"],
        is_reference=is_reference,
        agreement=_percent(definition["agreement"]),
        runs=tuple(_runs(definition["text"], differences)),
        alone=tuple(member["text"] for member in shared if alike and member["shared"] == 1),
    )


def _runs(text: str, differences: Sequence[JsonObject]) -> Iterator[Run]:
    done = 0
    for difference in differences:
        if done < difference["start"]:
            yield "same", text[done : difference["start"]]
        if difference["reference"]["text"]:
            yield "missing", difference["reference"]["text"]
        if difference["text"]:
            yield "added", difference["text"]
        done = difference["end"]
    if done < len(text):
        yield "same", text[done:]


def _percent(share: float) -> int:
    return round(share * 100)
