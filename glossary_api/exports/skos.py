"""SKOS as Turtle and as JSON-LD 1.1: the same nodes, written one by one; a whole graph would fill the memory.

    urn:glossary:concept:<sense>        skos:Concept, with its definitions as literals and its renderings as labels
    urn:glossary:term:<term>            ontolex:LexicalEntry, that evokes the concepts of its senses
    urn:glossary:form:<term>            ontolex:Form: how it is written and read
    urn:glossary:definition:<sense>.1   oa:Annotation: where a definition stands, to the character
    urn:glossary:label:<sense>.1        skosxl:Label: status, source and note of a rendering
    urn:glossary:report:<report>        the report that defines

A node is a dict from compact names to lists of values: names of nodes, texts (with a language) and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import orjson

from glossary_api.exports.concepts import Concept, JsonObject, concepts, origin
from glossary_api.exports.header import SOURCE_LANGUAGE, Header

PREFIXES = {
    "dct": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "ontolex": "http://www.w3.org/ns/lemon/ontolex#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "concept": "urn:glossary:concept:",
    "definition": "urn:glossary:definition:",
    "form": "urn:glossary:form:",
    "label": "urn:glossary:label:",
    "report": "urn:glossary:report:",
    "scheme": "urn:glossary:scheme:",
    "term": "urn:glossary:term:",
}
MANUAL = """One concept for each sense, `urn:glossary:concept:` and the id of the sense; senses of one name have the
same preferred label. Definitions are literals of the concept; for each there is an annotation (Web Annotation) that
leads to its report, entry and characters. Renderings are labels: the most official of a language is preferred, the
others are alternative; status, source and note are those of a SKOS-XL label. Terms are lexical entries (OntoLex) that
have kind and pinyin and evoke their concepts. Types of variants and the reports that print them, members and count
checks of definitions, and the places where reports use a term are left out; the formats jsonl and sqlite hold them."""
_SCHEME = "scheme:terms"
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
"""Local parts of names that need no escape in Turtle."""
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile('["\\\\\u0000-\u001f\u007f]')


@dataclass(frozen=True, slots=True)
class QName:
    """The compact name of a node."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text, in a language if that is not empty."""

    text: str
    language: str = ""


Value = QName | Text | int
Node = dict[str, list[Value]]
"""From compact names of properties to values; `@id` and `a` are the name and the classes of the node."""


def nodes(header: Header, terms: Iterable[JsonObject]) -> Iterator[Node]:
    """Yield the nodes: the scheme first, the reports last."""
    yield {
        "@id": [QName(_SCHEME)],
        "a": [QName("skos:ConceptScheme")],
        "skos:prefLabel": [Text(header.title, "en")],
        "dct:title": [Text(header.title, "en")],
        "dct:description": [Text(header.selection, "en")],
        "dct:provenance": [Text(header.origin, "en")],
        "owl:versionInfo": [Text(header.edition)],
    }
    reports: dict[str, Node] = {}
    for term in terms:
        found = concepts(term)
        yield from _entry(term, found)
        for concept in found:
            yield _concept(concept)
            yield from _labels(concept)
            yield from _annotations(concept, reports)
    yield from (reports[id_] for id_ in sorted(reports))


def _entry(term: JsonObject, found: list[Concept]) -> Iterator[Node]:
    yield {
        "@id": [QName(f"term:{term['id']}")],
        "a": [QName("ontolex:LexicalEntry")],
        "rdfs:label": [Text(term["name"], SOURCE_LANGUAGE)],
        "dct:type": [Text(term["kind"])],
        "ontolex:canonicalForm": [QName(f"form:{term['id']}")],
        "ontolex:evokes": [QName(f"concept:{concept.id}") for concept in found],
    }
    yield _without_empty(
        {
            "@id": [QName(f"form:{term['id']}")],
            "a": [QName("ontolex:Form")],
            "ontolex:writtenRep": [Text(term["name"], SOURCE_LANGUAGE)],
            "ontolex:phoneticRep": [Text(term["pinyin"], "zh-Latn-pinyin")] if term["pinyin"] else [],
        }
    )


def _concept(concept: Concept) -> Node:
    labels = _label_names(concept)
    best = {one["language"]: number for number, one in reversed(list(enumerate(concept.equivalents)))}
    preferred = [number for number, one in enumerate(concept.equivalents) if best[one["language"]] == number]
    others = [number for number in range(len(labels)) if number not in preferred]
    rendered = [Text(one["rendering"], one["language"]) for one in concept.equivalents]
    forms = [Text(form.text, SOURCE_LANGUAGE) for form in concept.forms()]
    return _without_empty(
        {
            "@id": [QName(f"concept:{concept.id}")],
            "a": [QName("skos:Concept")],
            "skos:inScheme": [QName(_SCHEME)],
            "skos:topConceptOf": [QName(_SCHEME)],
            "skos:prefLabel": [forms[0], *(rendered[number] for number in preferred)],
            "skos:altLabel": [*forms[1:], *(rendered[number] for number in others)],
            "skosxl:prefLabel": [labels[number] for number in preferred],
            "skosxl:altLabel": [labels[number] for number in others],
            "skos:definition": [
                *(Text(definition["text"], SOURCE_LANGUAGE) for definition in concept.definitions),
                *(Text(one["definition"], one["language"]) for one in concept.equivalents if one["definition"]),
            ],
            "skos:scopeNote": [Text(concept.label, SOURCE_LANGUAGE)] if concept.label else [],
            "dct:identifier": [Text(concept.id)],
        }
    )


def _label_names(concept: Concept) -> list[Value]:
    return [QName(f"label:{concept.id}.{number}") for number, _ in enumerate(concept.equivalents, 1)]


def _labels(concept: Concept) -> Iterator[Node]:
    for name, one in zip(_label_names(concept), concept.equivalents, strict=True):
        yield _without_empty(
            {
                "@id": [name],
                "a": [QName("skosxl:Label")],
                "skosxl:literalForm": [Text(one["rendering"], one["language"])],
                "dct:type": [Text(one["status"])],
                "dct:source": [Text(one["source"])] if one["source"] else [],
                "skos:note": [Text(one["note"])] if one["note"] else [],
            }
        )


def _annotations(concept: Concept, reports: dict[str, Node]) -> Iterator[Node]:
    """Yield where each definition stands; the reports are added to `reports`, for the end."""
    for number, definition in enumerate(concept.definitions, 1):
        source = definition["source"]
        name = f"definition:{concept.id}.{number}"
        selectors = list(_selectors(name, definition))
        yield {
            "@id": [QName(name)],
            "a": [QName("oa:Annotation")],
            "oa:motivatedBy": [QName("oa:describing")],
            "oa:hasBody": [QName(f"concept:{concept.id}")],
            "oa:hasTarget": [QName(f"{name}.target")],
        }
        yield _without_empty(
            {
                "@id": [QName(f"{name}.target")],
                "a": [QName("oa:SpecificResource")],
                "oa:hasSource": [_named(source["report"])] if source["report"] is not None else [],
                "oa:hasSelector": [selector["@id"][0] for selector in selectors],
                "dct:bibliographicCitation": [Text(origin(definition), "en")],
            }
        )
        yield from selectors
        if source["report"] is not None:
            reports.setdefault(source["report"], _report(source))


def _selectors(name: str, definition: JsonObject) -> Iterator[Node]:
    """Yield the text that is meant, and between which characters it stands."""
    source = definition["source"]
    yield {
        "@id": [QName(f"{name}.quote")],
        "a": [QName("oa:TextQuoteSelector")],
        "oa:exact": [Text(definition["text"])],
    }
    if source["start"] is not None:
        yield {
            "@id": [QName(f"{name}.position")],
            "a": [QName("oa:TextPositionSelector")],
            "oa:start": [source["start"]],
            "oa:end": [source["end"]],
        }


def _named(report: str) -> QName:
    return QName(f"report:{quote(report, safe='')}")


def _report(source: JsonObject) -> Node:
    year = source["year"]
    return _without_empty(
        {
            "@id": [_named(source["report"])],
            "a": [QName("dct:BibliographicResource")],
            "dct:identifier": [Text(source["report"])],
            "dct:spatial": [Text(source["place"], SOURCE_LANGUAGE)] if source["place"] else [],
            "dct:date": [Text(str(year))] if year is not None else [],
            "dct:source": [Text(source["address"])] if source["address"] else [],
        }
    )


def _without_empty(node: dict[str, Any]) -> Node:
    return {name: values for name, values in node.items() if values}


def _turtle(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the prefixes, then node after node."""
    for prefix, namespace in PREFIXES.items():
        yield f"@prefix {prefix}: <{namespace}> .\n".encode()
    for node in nodes(header, terms):
        yield _in_turtle(node).encode()


def _in_turtle(node: Node) -> str:
    (name,) = node["@id"]
    properties = (f"{key} {', '.join(map(_turtle_value, values))}" for key, values in node.items() if key != "@id")
    return "\n" + _turtle_value(name) + " " + " ;\n    ".join(properties) + " .\n"


def _turtle_value(value: Value) -> str:
    match value:
        case QName(text=text):
            prefix, _, local = text.partition(":")
            return text if _LOCAL.fullmatch(local) else f"<{PREFIXES[prefix]}{local}>"
        case Text(text=text, language=language):
            return f'"{_SPECIAL.sub(_escape, text)}"{f"@{language}" if language else ""}'
    return str(value)


def _escape(found: re.Match[str]) -> str:
    return _ESCAPED.get(found[0]) or f"\\u{ord(found[0]):04X}"


def _json_ld(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the context, then node after node."""
    yield b'{"@context": ' + orjson.dumps(PREFIXES) + b',\n"@graph": ['
    comma = b"\n"
    for node in nodes(header, terms):
        yield comma + orjson.dumps(_in_json(node))
        comma = b",\n"
    yield b"\n]}\n"


def _in_json(node: Node) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for key, values in node.items():
        names = [value.text for value in values if isinstance(value, QName)]
        match key:
            case "@id":
                written[key] = names[0]
            case "a":
                written["@type"] = names
            case _:
                written[key] = [_json_value(value) for value in values]
    return written


def _json_value(value: Value) -> Any:
    match value:
        case QName(text=text):
            return {"@id": text}
        case Text(text=text, language=language):
            return {"@value": text, "@language": language} if language else {"@value": text}
    return value


@dataclass(frozen=True, slots=True)
class Serialisation:
    """A way to write the nodes as bytes."""

    write: Callable[[Header, Iterable[JsonObject]], Iterator[bytes]]
    MANUAL: str = MANUAL


TURTLE, JSON_LD = Serialisation(_turtle), Serialisation(_json_ld)
