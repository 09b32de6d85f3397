"""SKOS as Turtle, written node by node: a graph of all of them would not fit into a small machine's memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from glossary_api.exports import linked
from glossary_api.exports.concepts import JsonObject
from glossary_api.exports.header import Header
from glossary_api.exports.linked import PREFIXES, Node, QName, Text, Value

MANUAL = linked.MANUAL
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
"""Local parts of names that need no escape in Turtle."""
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile('["\\\\\u0000-\u001f\u007f]')


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the prefixes, then node after node."""
    for prefix, namespace in PREFIXES.items():
        yield f"@prefix {prefix}: <{namespace}> .\n".encode()
    for node in linked.nodes(header, terms):
        yield _written(node).encode()


def _written(node: Node) -> str:
    (name,) = node["@id"]
    properties = (f"{key} {', '.join(map(_value, values))}" for key, values in node.items() if key != "@id")
    return "\n" + _value(name) + " " + " ;\n    ".join(properties) + " .\n"


def _value(value: Value) -> str:
    match value:
        case QName(text=text):
            prefix, _, local = text.partition(":")
            return text if _LOCAL.fullmatch(local) else f"<{PREFIXES[prefix]}{local}>"
        case Text(text=text, language=language):
            return f'"{_SPECIAL.sub(_escape, text)}"{f"@{language}" if language else ""}'
    return str(value)


def _escape(found: re.Match[str]) -> str:
    return _ESCAPED.get(found[0]) or f"\\u{ord(found[0]):04X}"
