"""TMX 1.4b: each rendering as a translation unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glossary_api.exports.concepts import Concept, JsonObject, concepts, origin
from glossary_api.exports.header import PROGRAM, SOURCE_LANGUAGE, Header
from glossary_api.exports.markup import LANG, Markup

MANUAL = """A translation unit for each rendering of each sense, in all languages unless `lang` names one. Only terms
with a rendering are in it. Definitions stand in notes, each with its source; status, note and source of the
rendering, kind, other forms and what tells senses of one name apart in properties of those names. Everything else is
left out."""


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the document in pieces."""
    with Markup() as markup, markup.element("tmx", {"version": "1.4"}):
        with markup.element("header", _head(header)):
            for sentence in (header.title, header.origin, header.selection):
                markup.leaf("note", sentence)
        with markup.element("body"):
            for term in terms:
                for concept in concepts(term):
                    for number, equivalent in enumerate(concept.equivalents, 1):
                        _unit(markup, concept, equivalent, number)
                yield from markup.taken()
    yield markup.rest()


def _head(header: Header) -> dict[str, str]:
    return {
        "creationtool": PROGRAM,
        "creationtoolversion": header.program,
        "segtype": "phrase",
        "o-tmf": PROGRAM,
        "adminlang": "en",
        "srclang": SOURCE_LANGUAGE,
        "datatype": "plaintext",
    }


def _unit(markup: Markup, concept: Concept, equivalent: JsonObject, number: int) -> None:
    with markup.element("tu", {"tuid": f"{concept.id}.{number}"}):
        for definition in concept.definitions:
            markup.leaf("note", f"{definition['text']} ({origin(definition)})", {LANG: SOURCE_LANGUAGE})
        for kind, value in _properties(concept, equivalent):
            markup.leaf("prop", value, {"type": kind})
        for language, text in (
            (SOURCE_LANGUAGE, concept.source_of(equivalent)),
            (equivalent["language"], equivalent["rendering"]),
        ):
            with markup.element("tuv", {LANG: language}):
                markup.leaf("seg", text)


def _properties(concept: Concept, equivalent: JsonObject) -> Iterator[tuple[str, str]]:
    yield "kind", concept.term["kind"]
    if concept.label:
        yield "sense", concept.label
    yield from (("variant", form.text) for form in concept.forms()[1:])
    yield from ((name, equivalent[name]) for name in ("status", "source", "note") if equivalent[name])
