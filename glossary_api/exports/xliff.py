"""XLIFF 2.1 with its glossary module: one unit for each sense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glossary_api.exports.concepts import Concept, JsonObject, concepts, origin
from glossary_api.exports.header import SOURCE_LANGUAGE, Header
from glossary_api.exports.markup import Markup
from glossary_api.exports.pairs import LANGUAGE
from glossary_api.model.words import APPROVED, OFFICIAL, PROPOSED

CORE = "urn:oasis:names:tc:xliff:document:2.0"
GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
STATES = {OFFICIAL: "final", APPROVED: "reviewed", PROPOSED: "translated"}
MANUAL = """One target language (English unless `lang` says otherwise). A unit for each sense, its id the id of the
sense, with the name as source and the most official rendering as target; the state of the segment is `final` for an
official rendering, `reviewed` for an approved and `translated` for a proposed one. The glossary of the unit has all
renderings and definitions with their sources, a further entry for each definition after the first. Notes have kind,
pinyin, other forms, what tells senses of one name apart, and the status of each rendering and the note on it. Reports
that print a form, members and count checks of definitions, and the places where reports use a term are left out."""


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the document in pieces. The units stand in a group, since a group may be empty and a file may not."""
    language = header.language or LANGUAGE
    attributes = {"version": "2.1", "srcLang": SOURCE_LANGUAGE, "trgLang": language}
    with (
        Markup({None: CORE, "gls": GLOSSARY}) as markup,
        markup.element(_core("xliff"), attributes),
        markup.element(_core("file"), {"id": "glossary"}),
    ):
        with markup.element(_core("notes")):
            for sentence in (header.title, header.origin, header.selection):
                markup.leaf(_core("note"), sentence)
        with markup.element(_core("group"), {"id": "terms"}):
            for term in terms:
                for concept in concepts(term):
                    _unit(markup, concept, language)
                yield from markup.taken()
    yield markup.rest()


def _unit(markup: Markup, concept: Concept, language: str) -> None:
    rendered = [one for one in concept.equivalents if one["language"] == language]
    with markup.element(_core("unit"), {"id": concept.id}):
        if rendered or concept.definitions:
            _glossary(markup, concept, rendered)
        with markup.element(_core("notes")):
            for category, text in _notes(concept, rendered):
                markup.leaf(_core("note"), text, {"category": category})
        state = STATES[rendered[0]["status"]] if rendered else "initial"
        with markup.element(_core("segment"), {"state": state}):
            markup.leaf(_core("source"), concept.source_of(rendered[0]) if rendered else concept.name)
            if rendered:
                markup.leaf(_core("target"), rendered[0]["rendering"])


def _glossary(markup: Markup, concept: Concept, rendered: list[JsonObject]) -> None:
    with markup.element(_glossed("glossary")):
        for number, definition in enumerate(concept.definitions or (None,)):
            with markup.element(_glossed("glossEntry"), {"id": f"{concept.id}.{number + 1}"}):
                markup.leaf(_glossed("term"), concept.name)
                for one in rendered if number == 0 else ():
                    markup.leaf(_glossed("translation"), one["rendering"], {"source": one["source"]})
                if definition is not None:
                    markup.leaf(_glossed("definition"), definition["text"], {"source": origin(definition)})


def _notes(concept: Concept, rendered: list[JsonObject]) -> Iterator[tuple[str, str]]:
    yield "kind", concept.term["kind"]
    if concept.term["pinyin"]:
        yield "pinyin", concept.term["pinyin"]
    if concept.label:
        yield "sense", concept.label
    yield from (("variant", form.text) for form in concept.forms()[1:])
    for one in rendered:
        yield "rendering", f"{one['rendering']} ({one['status']}){': ' if one['note'] else ''}{one['note']}"


def _core(name: str) -> str:
    return f"{{{CORE}}}{name}"


def _glossed(name: str) -> str:
    return f"{{{GLOSSARY}}}{name}"
