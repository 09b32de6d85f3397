"""Questions of both versions in one form: names or ids to find, and conditions on the properties of what is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from glossary_api.queries.reconcile.entities import TYPE

ANY, ALL, NONE = QUANTIFIERS = ("any", "all", "none")
CANDIDATES = 5
"""How many candidates a query gets that does not say."""
MOST_CANDIDATES = 100
MOST_QUERIES = 1000
"""How many queries a batch may have."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What the values of a property should be."""

    property: str
    """Id of an askable property."""
    values: tuple[str, ...]
    quantifier: str = ANY
    """One of QUANTIFIERS: which of the values the entity should have."""
    required: bool = False
    """Whether an entity that does not meet the condition is no candidate."""


@dataclass(frozen=True, slots=True)
class Query:
    """One question: which entity is meant?"""

    names: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    """Names and ids of what is not meant."""
    conditions: tuple[Condition, ...] = ()
    typed: bool = True
    """Whether the types asked for, if any, have ours among them; else nothing fits."""
    limit: int = CANDIDATES


def of_version_0_2(query: Mapping[str, Any]) -> Query:
    """A checked query of version 0.2."""
    types = query.get("type", ())
    properties = query.get("properties", ())
    return Query(
        names=(query["query"],) if query.get("query", "").strip() else (),
        conditions=tuple(Condition(item["pid"], _values(item["v"])) for item in properties),
        typed=_has_ours([types] if isinstance(types, str) else types),
        limit=_limit(query),
    )


def of_version_1_0(query: Mapping[str, Any]) -> Query:
    """A checked query of the draft of version 1.0."""
    conditions = query["conditions"]
    return Query(
        names=_searched(conditions, ("name",)),
        ids=_searched(conditions, ("id",)),
        excluded=_searched(conditions, ("name", "id"), wanted=False),
        conditions=tuple(
            Condition(
                item["propertyId"],
                _values(item["propertyValue"]),
                item.get("matchQuantifier", ANY),
                item.get("required", False),
            )
            for item in conditions
            if item["matchType"] == "property"
        ),
        typed=_has_ours([query["type"]] if "type" in query else ()),
        limit=_limit(query),
    )


def _searched(
    conditions: Iterable[Mapping[str, Any]], kinds: tuple[str, ...], *, wanted: bool = True
) -> tuple[str, ...]:
    """The names or ids that conditions ask for, or, if not `wanted`, rule out."""
    asked = [item for item in conditions if item["matchType"] in kinds]
    found = [item for item in asked if (item.get("matchQuantifier") != NONE) == wanted]
    return tuple(value for item in found for value in _values(item["propertyValue"]) if value.strip())


def _has_ours(types: Sequence[str]) -> bool:
    """Whether no type or ours is asked for; OpenRefine sends an empty one for none."""
    asked = [name for name in types if name]
    return not asked or TYPE["id"] in asked


def _limit(query: Mapping[str, Any]) -> int:
    return min(int(query.get("limit", CANDIDATES)), MOST_CANDIDATES)


def _values(given: Any) -> tuple[str, ...]:
    """The values of a condition as strings; an entity stands for its id."""
    return tuple(map(_value, given)) if isinstance(given, list) else (_value(given),)


def _value(given: Any) -> str:
    if isinstance(given, dict):
        return str(given["id"])
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, float) and given.is_integer():
        return str(int(given))
    return str(given)
