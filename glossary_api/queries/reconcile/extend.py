"""Data extension: the values of properties of terms, as many and as seen from where the settings say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from glossary_api.errors import BadParameter
from glossary_api.model.messages import CHINESE
from glossary_api.queries.rank import Asked, Ranking, meant
from glossary_api.queries.reconcile.entities import PROPERTIES, JsonObject, Value, document_for
from glossary_api.store.edition import Edition
from glossary_api.text.surroundings import NameUse

MOST_IDS = 1000
"""How many entities a query may extend."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Something that a caller can say of how a property is to be fetched."""

    id: str
    type: str
    """`number`, `text` or `checkbox`, as the specification has them."""
    name: str
    default: str | float | bool
    help: str


SETTINGS = (
    Setting("limit", "number", "最多几个值", 0, "0 表示全部"),
    Setting("place", "text", "从哪里看", "", "地方全称、简称或六位代码；只取在那里成立的解释"),
    Setting("source", "checkbox", "注明出处", False, "在解释后面写明出自哪份报告"),
)
"""Every setting; `place` and `source` say something of definitions only."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A property to fetch, with its settings understood."""

    id: str
    limit: int
    """How many values at most; 0 for all."""
    asked: Asked
    """Where definitions have to hold."""
    sources: bool
    """Whether definitions name their reports."""

    @classmethod
    def of(cls, property_id: str, settings: Mapping[str, Any], edition: Edition) -> Fetched:
        """Understand settings; unknown ones are let pass. Raises BadParameter, named after the setting."""
        place = settings.get("place") or None
        if place is not None and not isinstance(place, str):
            raise BadParameter("place", "must-be-string")
        named = edition.places.find(place) if place else None
        asked = Asked(named.name, named.code) if named else Asked()
        return cls(property_id, _whole(settings.get("limit")), asked, _checked(settings.get("source")))


def extended(edition: Edition, ids: Iterable[str], properties: Sequence[Fetched]) -> dict[str, list[list[Value]]]:
    """Return by entity id the values of each of the properties, in order; none for an id that no entity has."""
    ids = list(dict.fromkeys(ids))
    terms, asked = edition.terms_with(ids), {wanted.id for wanted in properties}
    rows: dict[str, list[list[Value]]] = {}
    for id_ in ids:
        document = document_for(edition, terms[id_], asked) if id_ in terms else None
        rows[id_] = [_values(document, wanted, edition) if document else [] for wanted in properties]
    return rows


def typed(values: Iterable[Value]) -> list[JsonObject]:
    """Return values as the protocol writes them: `{"str": …}` or `{"int": …}`."""
    return [{"int": value} if isinstance(value, int) else {"str": value} for value in values]


def _values(document: JsonObject, wanted: Fetched, edition: Edition) -> list[Value]:
    if wanted.id in _EXPLAINING:
        values = _EXPLAINING[wanted.id](document, wanted, edition)
    else:
        values = PROPERTIES[wanted.id].values(document)
    distinct = list(dict.fromkeys(values))
    return distinct[: wanted.limit] if wanted.limit else distinct


def _definitions(document: JsonObject, wanted: Fetched, edition: Edition) -> Iterable[Value]:
    """Return the definitions that hold there, those of the best sense first; of one sense the nearest first."""
    for ranked in _ranking(document, wanted, edition).senses:
        nearest = ranked.definition
        for definition in [nearest, *(other for other in ranked.sense["definitions"] if other is not nearest)]:
            yield definition["text"] + (_origin(definition["source"]) if wanted.sources else "")


def _elsewhere(document: JsonObject, wanted: Fetched, edition: Edition) -> Iterable[Value]:
    """Return what is not shown to be meant at the place asked for, each with the reason."""
    for refused in _ranking(document, wanted, edition).elsewhere:
        definition = refused.ranked.definition
        origin = _origin(definition["source"]) if wanted.sources else ""
        yield f"{definition['text']}{origin}〔{refused.reason.text.said(CHINESE)}〕"


def _ranking(document: JsonObject, wanted: Fetched, edition: Edition) -> Ranking:
    asked = wanted.asked
    use = NameUse(document["name"], place=asked.place, code=asked.code)
    return meant(document["senses"], use, asked, edition.title_blocks)


def _origin(source: JsonObject) -> str:
    return f"（{source['place'] or source['report'] or '审定'}{source['year'] or ''}）"


_EXPLAINING = {"definition": _definitions, "elsewhere": _elsewhere}


def _whole(given: Any) -> int:
    """Return the setting `limit`; forms send numbers as strings, empty ones for none."""
    if given in (None, ""):
        return 0
    number = float(given) if isinstance(given, int | float) and not isinstance(given, bool) else _parsed(given)
    if number is None or not number.is_integer() or not 0 <= number <= 10**6:
        raise BadParameter("limit", "must-be-whole-number")
    return int(number)


def _parsed(given: Any) -> float | None:
    return float(given) if isinstance(given, str) and given.isascii() and given.isdigit() else None


def _checked(given: Any) -> bool:
    """Return the setting `source`; forms send `on` or `true`, or nothing at all."""
    if given in (None, "", "false", "off", "0") or given is False:
        return False
    if given in ("true", "on", "1") or given is True:
        return True
    raise BadParameter("source", "must-be-true-or-false")
