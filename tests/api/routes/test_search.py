from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

import pytest

from glossary_api.store.edition import Edition


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=发生", ["name", "definition", "context", "context"]),
        ("q=發生", ["name", "definition", "context", "context"]),
        ("q=推进", ["context"]),
        ("q=推进数据", ["context"]),
        ("q=推进数据得地试点", ["context"]),
        ("q=得地 推广", ["context"]),
        ("q=22%2B3", ["name", "context"]),
        ("q=数据&where=definition", ["definition"]),
        ("q=数据&year=2024", ["name", "definition", "context"]),
        ("q=数据&report=linjiang-2025", ["name", "context"]),
        ("q=数据&place=石桥&kind=quoted", ["name", "context"]),
        ("q=数据&place=石桥&kind=numeral", []),
        ("q=规划&defined=false", ["context"]),
        ("q=规划&kind=plan&defined=true", []),
        ("q=！", []),
    ],
)
def test_search(ask: Any, query: str, found: list[str]) -> None:
    """A search finds the names, definitions and paragraphs with all its words that its filters let pass."""
    answer = json.loads(ask(f"/search?{query}").data)
    assert [item["field"] for item in answer["items"]] == found
    assert (answer["total"], answer["complete"], answer["next"]) == (len(found), True, None)


def test_hits_stand_in_the_snippet(ask: Any, edition: Edition) -> None:
    """Hits cut what was asked for out of the snippet, and the snippet is a slice of its report."""
    for item in json.loads(ask("/search?q=数据").data)["items"]:
        assert [item["text"][hit["start"] : hit["end"]] for hit in item["hits"]] == ["数据"]
        if item["report"] is not None:
            text = edition.report_text(item["report"]["id"])
            assert text[item["start"] : item["end"]] == item["text"]


def test_snippets_are_plain_text(ask: Any) -> None:
    """A snippet is what stands in the report and nothing around the hits."""
    (item,) = json.loads(ask("/search?q=推进").data)["items"]
    assert item["text"] == "严守「6个不发生」，推进数据得地试点。"


def test_links_lead_through_what_was_found(ask: Any) -> None:
    """Following `next` meets every item once, and the head agrees with the body."""
    whole = json.loads(ask("/search?q=数据").data)["items"]
    met, address = [], "/search?q=数据&limit=2"
    while address:
        answer = ask(address)
        page = json.loads(answer.data)
        assert answer.headers["X-Total-Count"] == str(page["total"]) == str(len(whole))
        met += page["items"]
        found = re.search(r'</api/v1([^>]*)>; rel="next"', answer.headers["Link"])
        assert (found is None) == (page["next"] is None)
        address = found[1] if found else ""
    assert met == whole


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=",
        "q=一&where=heading",
        "q=一&limit=201",
        "q=一&kind=x",
        "q=一&cursor=terms.5LiA",
        "q=" + quote("一" * 201),
    ],
)
def test_bad_questions(ask: Any, query: str) -> None:
    """A search for nothing, or with a filter or a cursor that there is not, is refused."""
    assert ask(f"/search?{query}").status_code == 422
