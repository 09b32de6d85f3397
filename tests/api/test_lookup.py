from __future__ import annotations

import json
from typing import Any

import pytest

from glossary_api.store.lookup import Edition


@pytest.mark.parametrize(
    ("query", "name", "match_type", "ambiguous", "found"),
    [
        ("六个不发生", "六个不发生", "exact", False, "六个不发生"),
        ("6个不发生", "6个不发生", "variant", False, "六个不发生"),
        ("%E5%85%AD個不發生", "六個不發生", "folded", False, "六个不发生"),
        ("１３５工作体系", "１３５工作体系", "folded", True, "“135”工作体系"),
        ("1%2B22%2B3", "1+22+3", "exact", False, "1+22+3"),
        ("1+22+3", "1+22+3", "exact", False, "1+22+3"),  # as people write it: each + arrives as a space
        ("产业/创新", "产业/创新", "exact", False, "产业/创新"),
    ],
)
def test_look_up(
    ask: Any, edition: Edition, query: str, name: str, match_type: str, ambiguous: bool, found: str
) -> None:
    """A name gets the term, how it was recognised, and whether more than one meaning is left."""
    answer = json.loads(ask(f"/lookup?name={query}").data)
    assert answer == {"name": name, "match_type": match_type, "ambiguous": ambiguous, "term": edition.term(found)}


def test_spaces_do_not_count(ask: Any) -> None:
    """A space that means a space is dropped as in any name."""
    assert json.loads(ask("/lookup?name=六个+不发生").data)["term"]["name"] == "六个不发生"


def test_names_keep_their_characters(ask: Any) -> None:
    """A name with characters that JSON escapes comes back as it was asked."""
    answer = json.loads(ask("/lookup?name=%22三边%22").data)
    assert (answer["name"], answer["term"]["name"]) == ('"三边"', "三边")
