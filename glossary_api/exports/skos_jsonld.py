"""SKOS as JSON-LD 1.1: one graph, a node on each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from glossary_api.exports import linked
from glossary_api.exports.concepts import JsonObject
from glossary_api.exports.header import Header
from glossary_api.exports.linked import PREFIXES, Node, QName, Text, Value

MANUAL = linked.MANUAL


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the context, then node after node."""
    yield b'{"@context": ' + orjson.dumps(PREFIXES) + b',\n"@graph": ['
    comma = b"\n"
    for node in linked.nodes(header, terms):
        yield comma + orjson.dumps(_written(node))
        comma = b",\n"
    yield b"\n]}\n"


def _written(node: Node) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for key, values in node.items():
        names = [value.text for value in values if isinstance(value, QName)]
        match key:
            case "@id":
                written[key] = names[0]
            case "a":
                written["@type"] = names
            case _:
                written[key] = [_value(value) for value in values]
    return written


def _value(value: Value) -> Any:
    match value:
        case QName(text=text):
            return {"@id": text}
        case Text(text=text, language=language):
            return {"@value": text, "@language": language} if language else {"@value": text}
    return value
