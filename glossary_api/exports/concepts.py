"""Term documents cut into concepts: one for each sense, or one for a term without senses.

Most formats hold concepts and know nothing of terms that have several.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from glossary_api.text.bearing import OF_ITS_PLACE, OTHER_WHOLE
from glossary_api.text.folding import core_of, fold_name

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ConceptForm:
    """A way in which a term is written."""

    text: str
    printed: tuple[tuple[str, tuple[str, ...]], ...]
    """The types of variant that it is, each with the ids of the reports that print it so."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One meaning of a name."""

    id: str
    """Id of the sense, or of the term if it has none."""
    term: JsonObject
    """The whole term document."""
    definitions: tuple[JsonObject, ...]
    equivalents: tuple[JsonObject, ...]
    """By language, the most official first."""
    siblings: tuple[str, ...]
    """Ids of the other senses of the term."""
    label: str
    """The places that define it; empty for the only sense if it holds everywhere."""
    whole: str = ""
    """The longer name that it is the meaning of, where it is not shown to be that of the term's name."""

    @property
    def name(self) -> str:
        """Return the preferred form of the name."""
        name: str = self.whole or self.term["name"]
        return name

    def forms(self) -> list[ConceptForm]:
        """Return the preferred form, then every other one once; of a longer name only itself."""
        if self.whole:
            return [ConceptForm(self.whole, ())]
        printed: dict[str, list[tuple[str, tuple[str, ...]]]] = {self.name: []}
        for variant in self.term["variants"]:
            printed.setdefault(variant["form"], []).append((variant["type"], tuple(variant["reports"])))
        return [ConceptForm(text, tuple(types)) for text, types in printed.items()]

    def source_of(self, equivalent: Mapping[str, Any]) -> str:
        """Return the name that an equivalent renders: a part of the longer name, where it has none of its own."""
        name: str = equivalent.get("name") or self.term["name"]
        return self.name if fold_name(name) == fold_name(self.name) else name

    def rendering(self, language: str) -> JsonObject | None:
        """Return the most official equivalent in a language; None if there is none."""
        return next((one for one in self.equivalents if one["language"] == language), None)


def concepts(term: JsonObject) -> list[Concept]:
    """Return the concepts of a term document, in the order of its senses."""
    senses = term["senses"]
    if not senses:
        return [Concept(term["id"], term, (), tuple(term.get("equivalents", ())), (), "")]
    labels = _labels(senses)
    ids = [sense["id"] for sense in senses]
    return [
        Concept(
            id=sense["id"],
            term=term,
            definitions=tuple(sense["definitions"]),
            equivalents=tuple(sense["equivalents"]),
            siblings=tuple(id_ for id_ in ids if id_ != sense["id"]),
            label=labels[number],
            whole=_whole_of(sense),
        )
        for number, sense in enumerate(senses)
    ]


def in_language(terms: Iterable[JsonObject], language: str) -> Iterator[JsonObject]:
    """Yield the terms with the equivalents of one language only; untouched if `language` is empty."""
    if not language:
        yield from terms
        return
    for term in terms:
        senses = [sense | {"equivalents": _of(language, sense)} for sense in term["senses"]]
        own = {"equivalents": _of(language, term)} if "equivalents" in term else {}
        yield term | {"senses": senses} | own


def origin(definition: JsonObject) -> str:
    """Return where a definition is written, to the character: `kunshan-2024, entry 3, characters 120–140`, and where
    its report stands on the web, if that is known."""
    source = definition["source"]
    parts = [source["report"] or source["type"]]
    if source["entry"] is not None:
        parts.append(f"entry {source['entry']}")
    elif source["type"] != parts[0]:
        parts.append(source["type"])
    if source["start"] is not None:
        parts.append(f"characters {source['start']}–{source['end']}")
    if source["address"]:
        parts.append(source["address"])
    return ", ".join(parts)


def where(definition: JsonObject) -> str:
    """Return the source of a definition for people: `昆山市 2024`, or the report or type if no place is known."""
    source = definition["source"]
    place = source["place"] or source["report"] or source["type"]
    return f"{place} {source['year']}" if source["year"] is not None else str(place)


def _whole_of(sense: JsonObject) -> str:
    """Return the longer name that a sense is the meaning of, empty if it is that of the term's name."""
    head: str = sense["definitions"][0].get("head", "")
    longer = sense.get("refused") == OTHER_WHOLE or (sense.get("refused") == OF_ITS_PLACE and core_of(head))
    return head if longer else ""


def _of(language: str, rendered: Mapping[str, Any]) -> list[JsonObject]:
    return [one for one in rendered["equivalents"] if one["language"] == language]


def _labels(senses: list[JsonObject]) -> list[str]:
    """Return what tells each sense from others: its places, and its number where two share them."""
    if len(senses) < 2 and senses[0].get("refused") is None:
        return [""]
    places = ["、".join(dict.fromkeys(_place(one) for one in sense["definitions"])) for sense in senses]
    return [
        place if place and places.count(place) == 1 else f"{place}{'·' if place else ''}{number}"
        for number, place in enumerate(places, 1)
    ]


def _place(definition: JsonObject) -> str:
    source = definition["source"]
    return str(source["place"] or source["report"] or "")
