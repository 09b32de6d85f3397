from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from glossary_api.queries.compare import compare
from glossary_api.queries.related import related
from glossary_api.queries.timeline import timeline
from glossary_api.store.edition import Edition

NAMES = ["六个不发生", "135工作体系", "数据得地", "三边", "1+22+3", "产业/创新", "十四五"]


@pytest.mark.parametrize("name", NAMES)
def test_any_spelling_reaches_what_is_known(ask: Any, edition: Edition, name: str) -> None:
    """Timeline, comparison and relations of a term are those of the store, headed by the term."""
    rank, document = edition.rank_of(name), edition.term(name)
    found = {
        "timeline": timeline(edition.select, rank),
        "compare": compare(document),
        "related": related(edition.select, rank, 20),
    }
    for what, expected in found.items():
        answer = json.loads(ask(f"/terms/{quote(name, safe='')}/{what}").data)
        assert answer.pop("term") == {key: document[key] for key in ("id", "name", "kind")}
        assert answer == expected


@pytest.mark.parametrize("what", ["timeline", "compare", "related"])
def test_no_such_term(ask: Any, what: str) -> None:
    """A name that nothing has gets the nearest."""
    response = ask(f"/terms/六个不/{what}")
    assert (response.status_code, json.loads(response.data)["nearest"]) == (404, ["六个不发生"])


def test_related_has_a_limit(ask: Any) -> None:
    """No more terms of a kind come than were asked for, and no limit is beyond bounds."""
    assert len(json.loads(ask("/terms/数据得地/related?limit=1").data)["co_used"]) == 1
    assert ask("/terms/数据得地/related?limit=101").status_code == 422
    assert ask("/terms/数据得地/timeline?limit=1").status_code == 422


def test_first_seen(ask: Any) -> None:
    """The timeline says in which report a term is first seen."""
    answer = json.loads(ask("/terms/數據得地/timeline").data)
    assert answer["first"] == {"report": {"id": "yunxi-2024", "place": "云溪市", "year": 2024}, "date": "2024-01-08"}
    assert [(year["year"], year["usages"]) for year in answer["years"]] == [(2024, 1), (2025, 2)]
