"""Pairs of source and target for machine translation: each source once, only what has a rendering.

A source of one sense is every form of the name, without quotation marks. Of a name with several senses that are
rendered differently, no plain source can be right: each sense has the name with its label behind it, as in
三大工程（昆山市）. When the terms were chosen by place, report or year and only one of the senses is defined there,
that one has the plain forms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from glossary_api.exports.cleaning import on_one_line, without_quotes
from glossary_api.exports.concepts import Concept, JsonObject, concepts
from glossary_api.exports.header import Header

LANGUAGE = "en"
"""The target language when none is asked for."""
_MOST_WORDS = 5
"""A machine puts a target in wherever its source stands: what is longer than that explains, and breaks sentences."""
MANUAL = """One target language (English unless `lang` says otherwise), one rendering for each source, the most
official. Only terms with a rendering are in it; their definitions, statuses, notes and glosses are not, nor are
renderings of more than five words, which explain rather than name (`--gloss` brings both). Sources are all forms
of a name, without quotation marks, and each is there once: a form that two terms share goes with the one that comes
first. Senses of one name that are rendered differently have their place behind the name, which no text will match:
choose the terms by `place`, `report` or `year`, and the sense that is defined there has the plain name."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A source, its target, and where they come from."""

    source: str
    target: str
    concept: Concept


def pairs(header: Header, terms: Iterable[JsonObject]) -> Iterator[Pair]:
    """Yield the pairs in the order of the terms."""
    language = header.language or LANGUAGE
    seen: set[str] = set()
    for term in terms:
        found = concepts(term)
        plain = _plain(found, header, language)
        for concept in found:
            rendering = concept.rendering(language)
            target = on_one_line(rendering["rendering"]) if rendering else ""
            if len(target.split()) > _MOST_WORDS and not header.gloss:
                continue
            for source in sources(concept, plain=concept in plain):
                if source and target and source not in seen:
                    seen.add(source)
                    yield Pair(source, target, concept)


def sources(concept: Concept, *, plain: bool) -> list[str]:
    """Return each form of a name once, without quotation marks; if not `plain`, with the label of the sense."""
    label = "" if plain or not concept.label else f"（{concept.label}）"
    return list(dict.fromkeys(bare + label for form in concept.forms() if (bare := without_quotes(form.text))))


def _plain(found: list[Concept], header: Header, language: str) -> list[Concept]:
    """Return the concepts that get the plain name: all if rendered alike, else the one that the choice decides."""
    rendered = (concept.rendering(language) for concept in found)
    if len({one["rendering"] if one else "" for one in rendered}) < 2:
        return found
    chosen = _conditions(header)
    fitting = [c for c in found if any(all(fits(d["source"]) for fits in chosen) for d in c.definitions)]
    return fitting if chosen and len(fitting) == 1 else []


def _conditions(header: Header) -> list[Callable[[JsonObject], bool]]:
    """Return what the terms were chosen by that a source of a definition fits or does not."""
    asked = header.filters
    known: dict[str, Callable[[JsonObject], bool]] = {
        "place": lambda source: source["place"] == asked["place"],
        "report": lambda source: source["report"] == asked["report"],
        "year": lambda source: str(source["year"]) == asked["year"],
    }
    return [fits for name, fits in known.items() if name in asked]
