"""Terms as the entities of reconciliation: their type, their properties, and the values of these.

An entity is a term; its identifier is the term's, which depends on the folded name alone and is the same wherever
this program serves the name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from glossary_api.store.documents import attributed
from glossary_api.store.edition import Edition
from glossary_api.store.opening import Stored
from glossary_api.store.whole import completed
from glossary_api.text.captions import captions

JsonObject = dict[str, Any]
Value = str | int

TYPE = {"id": "term", "name": "术语", "description": "政府工作报告里的提法与名词"}
"""The one type there is."""
TYPE_NAME = {name: TYPE[name] for name in ("id", "name")}
KIND_NAMES = captions("kind")
IDENTIFIER_SPACE = "urn:glossary:term:"
SCHEMA_SPACE = "http://www.w3.org/2004/02/skos/core#Concept"
_DESCRIPTION = 100
"""Characters of a description; more of a definition is for the preview."""
_KINDS = "，".join(f"{kind} {name}" for kind, name in KIND_NAMES.items())
_UNDEFINED = "所收报告都没有解释"


@dataclass(frozen=True, slots=True)
class Property:
    """Something that a term has values of."""

    id: str
    name: str
    description: str
    values: Callable[[JsonObject], Iterable[Value]]
    """From the term document to the values, in the order of the document; the same value may come twice."""

    def document(self) -> JsonObject:
        """Return `{"id","name","description"}`."""
        return {"id": self.id, "name": self.name, "description": self.description}


def _of_reports(name: str) -> Callable[[JsonObject], Iterable[Value]]:
    return lambda document: [report[name] for report in document["reports"] if report[name] is not None]


def _definitions(document: JsonObject) -> list[str]:
    return [definition["text"] for sense in document["senses"] for definition in sense["definitions"]]


def _equivalents(document: JsonObject) -> list[str]:
    """Return renderings in English, as far as any are recorded: of the term, then of its senses."""
    found = [*document["equivalents"], *(item for sense in document["senses"] for item in sense["equivalents"])]
    return [item["rendering"] for item in found if item["language"].partition("-")[0] == "en"]


PROPERTIES: Mapping[str, Property] = {
    found.id: found
    for found in (
        Property("place", "地方", "使用或解释该提法的报告属于哪些地方", _of_reports("place")),
        Property("year", "年份", "这些报告的年份", _of_reports("year")),
        Property("kind", "类别", _KINDS, lambda document: [document["kind"]]),
        Property("report", "报告", "使用或解释该提法的报告的编号", _of_reports("id")),
        Property("definition", "解释", "报告里的解释，原文", _definitions),
        Property("elsewhere", "别处的解释", "未必同指一事的解释，附原因", _definitions),
        Property("pinyin", "拼音", "名称的读音", lambda document: [document["pinyin"]] if document["pinyin"] else []),
        Property("variants", "写法", "名称的各种写法", lambda document: [v["form"] for v in document["variants"]]),
        Property("english", "英文", "英文对应词，有则列出", _equivalents),
    )
}
"""Every property, by id: each can be asked for in a query and fetched for an entity."""

_SINGLE = frozenset(("kind", "pinyin", "variants", "english"))
"""Properties whose values the stored document has all."""


def document_of(term: Stored) -> JsonObject:
    """Return the term document, parsed."""
    document: JsonObject = orjson.loads(term.document)
    return document


def document_for(edition: Edition, term: Stored, properties: Iterable[str]) -> JsonObject:
    """Return the term document with all values of some properties; the stored one may have but the best few."""
    document = document_of(term)
    return document if _SINGLE.issuperset(properties) else completed(edition, document)


def entity(id_: str, name: str, definition: str | None) -> JsonObject:
    """Return `{"id","name","description"}`; the description is the beginning of the first definition."""
    if definition is None:
        return {"id": id_, "name": name, "description": _UNDEFINED}
    short = definition if len(definition) <= _DESCRIPTION else definition[: _DESCRIPTION - 1] + "…"
    return {"id": id_, "name": name, "description": short}


def entity_of(term: Stored) -> JsonObject:
    """Return the entity of a stored term, as `entity` does."""
    return entity(term.id, term.name, attributed(orjson.loads(term.summary)))
