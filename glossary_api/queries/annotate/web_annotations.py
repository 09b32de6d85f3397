"""Matches as W3C Web Annotations: a collection with one page of annotations.

The target of each is the text, named by its digest (RFC 6920), with the selectors of the match; the bodies are the
term and each sense that the match has. What the vocabulary of the W3C has no word for is said in terms of our own.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from glossary_api.text.parentheses import with_gloss

JsonObject = dict[str, Any]

_TEXT = {"type": "string"}
_NUMBER = {"type": "integer"}


def _object(title: str, **properties: JsonObject) -> JsonObject:
    """Return a JSON Schema that names all that such an object has: by those generated clients tell answers apart."""
    kind = {"type": "string", "enum": [title.removeprefix("Web")]}
    described = {name.replace("__", ":"): schema for name, schema in properties.items()} | {"type": kind}
    return {"title": title, "type": "object", "required": [*described], "properties": described}


_ANNOTATION = _object(
    "WebAnnotation",
    id=_TEXT,
    motivation=_TEXT,
    glossary__match_type=_TEXT,
    body={"type": "array", "items": {"type": "object"}},
    target={"type": "object"},
)
_PAGE = _object("AnnotationPage", id=_TEXT, startIndex=_NUMBER, items={"type": "array", "items": _ANNOTATION})
_COLLECTION = _object(
    "AnnotationCollection", id=_TEXT, label=_TEXT, total=_NUMBER, glossary__edition=_TEXT, first=_PAGE, last=_TEXT
)
SCHEMA: JsonObject = _COLLECTION | {
    "description": "An AnnotationCollection of the W3C Web Annotation Data Model with its one page.",
    "required": ["@context", *_COLLECTION["required"]],
    "properties": {"@context": {}, **_COLLECTION["properties"]},
}
"""What the OpenAPI document says of a collection."""

MEDIA_TYPE = "application/ld+json"
CONTEXT = ("http://www.w3.org/ns/anno.jsonld", {"glossary": "urn:glossary:vocabulary:"})


def collection(
    text: str, matches: Sequence[Mapping[str, Any]], edition: str, address: Callable[[str], str]
) -> JsonObject:
    """Return the matches in a text as an AnnotationCollection. `address` gives the IRI of a term by its name."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
    source, name = f"ni:///sha-256;{digest}", f"urn:glossary:annotations:{edition}:{digest}"
    page = {
        "id": f"{name}:1",
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": [_annotation(name, source, match, address) for match in matches],
    }
    return {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": "Terms in the text",
        "total": len(matches),
        "glossary:edition": edition,
        "first": page,
        "last": page["id"],
    }


def _annotation(name: str, source: str, match: Mapping[str, Any], address: Callable[[str], str]) -> JsonObject:
    position = match["selector"][0]
    return {
        "id": f"{name}:{position['start']}-{position['end']}",
        "type": "Annotation",
        "motivation": "identifying",
        "glossary:match_type": match["match_type"],
        "body": list(_bodies(match, address)),
        "target": {"source": source, "selector": match["selector"]},
    }


def _bodies(match: Mapping[str, Any], address: Callable[[str], str]) -> Iterator[JsonObject]:
    term = match["term"]
    yield {
        "type": "SpecificResource",
        "purpose": "identifying",
        "source": {"id": address(term["name"]), "glossary:term": term["id"], "glossary:name": term["name"]},
    }
    for sense in match["senses"] or ():
        yield _textual(sense["definition"], "zh-Hans", "describing") | {
            "glossary:sense": sense["id"],
            "glossary:score": sense["score"],
            "glossary:why": [why["text"] for why in sense["why"]],
            "glossary:source": {
                f"glossary:{name}": value for name, value in sense["source"].items() if value is not None
            },
        }
    for equivalent in match["equivalents"] or ():
        yield _textual(with_gloss(equivalent["rendering"], equivalent["gloss"]), equivalent["language"], None) | {
            "glossary:status": equivalent["status"],
            "glossary:sense": equivalent["sense"],
        }


def _textual(value: str, language: str, purpose: str | None) -> JsonObject:
    body = {"type": "TextualBody", "value": value, "format": "text/plain", "language": language}
    return body if purpose is None else body | {"purpose": purpose}
