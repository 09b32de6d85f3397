from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from glossary_api.queries.reconcile.said_otherwise import named_within
from glossary_api.store.edition import Edition


def test_a_phrase_is_looked_up_by_its_pieces(seed: Edition) -> None:
    """Finding the names in a phrase takes no look at every term of the edition."""
    plans: list[str] = []

    def explained(statement: str, given: Mapping[str, Any] | Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        plans.extend(row[3] for row in seed.select(f"EXPLAIN QUERY PLAN {statement}", given))
        return seed.select(statement, given)

    assert named_within(explained, "实施六个不发生等措施")
    assert not [plan for plan in plans if plan.startswith(("SCAN t", "SEARCH t USING INDEX"))]
