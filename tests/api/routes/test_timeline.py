from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from glossary_api.queries.timeline import timeline
from glossary_api.store.edition import Edition


@pytest.mark.parametrize("name", ["六个不发生", "135工作体系", "数据得地", "三边", "1+22+3", "产业/创新", "十四五"])
def test_any_spelling_reaches_what_is_known(ask: Any, edition: Edition, name: str) -> None:
    """The timeline of a term is that of the edition, headed by the term."""
    document = edition.term(name)
    answer = json.loads(ask(f"/terms/{quote(name, safe='')}/timeline").data)
    assert answer.pop("term") == {key: document[key] for key in ("id", "name", "kind")}
    assert answer == timeline(edition, edition.rank_of(name))


def test_no_such_term(ask: Any) -> None:
    """A name that nothing has gets the nearest."""
    response = ask("/terms/六个不/timeline")
    assert (response.status_code, json.loads(response.data)["nearest"]) == (404, ["六个不发生"])


def test_it_has_no_limit(ask: Any) -> None:
    """A timeline is whole."""
    assert ask("/terms/数据得地/timeline?limit=1").status_code == 422


def test_first_seen(ask: Any) -> None:
    """The timeline says in which report a term is first seen."""
    answer = json.loads(ask("/terms/數據得地/timeline").data)
    assert answer["first"] == {"report": {"id": "yunxi-2024", "place": "云溪市", "year": 2024}, "date": "2024-01-08"}
    assert [(year["year"], year["usages"]) for year in answer["years"]] == [(2024, 1), (2025, 2)]
