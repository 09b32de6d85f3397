"""Questions: a name or id to find, and conditions on the properties of the term that is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from glossary_api.queries.reconcile.entities import TYPE

CANDIDATES = 5
"""How many candidates a query gets that does not say."""
MOST_CANDIDATES = 100
MOST_QUERIES = 1000
"""How many queries a batch may have."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Values of a property of which an entity should have one."""

    property: str
    """Id of an askable property."""
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """One question: which entity is meant?"""

    name: str | None = None
    """A name or an id."""
    conditions: tuple[Condition, ...] = ()
    typed: bool = True
    """Whether the types asked for, if any, have ours among them; else nothing fits."""
    limit: int = CANDIDATES


def of_version_0_2(query: Mapping[str, Any]) -> Query:
    """Return a checked query of version 0.2."""
    types = query.get("type", ())
    properties = query.get("properties", ())
    conditions = (Condition(item["pid"], _values(item["v"])) for item in properties)
    return Query(
        name=query["query"] if query.get("query", "").strip() else None,
        conditions=tuple(condition for condition in conditions if condition.values),
        typed=_has_ours([types] if isinstance(types, str) else types),
        limit=_limit(query),
    )


def _has_ours(types: Sequence[str]) -> bool:
    """Return whether no type or ours is asked for; OpenRefine sends an empty one for none."""
    asked = [name for name in types if name]
    return not asked or TYPE["id"] in asked


def _limit(query: Mapping[str, Any]) -> int:
    return min(int(query.get("limit", CANDIDATES)), MOST_CANDIDATES)


def _values(given: Any) -> tuple[str, ...]:
    """Return the values of a condition as strings; an entity stands for its id, an empty cell for nothing asked."""
    values = map(_value, given if isinstance(given, list) else [given])
    return tuple(value for value in values if value.strip())


def _value(given: Any) -> str:
    if isinstance(given, dict):
        return str(given["id"])
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, float) and given.is_integer():
        return str(int(given))
    return str(given)
