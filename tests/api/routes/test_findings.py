from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from glossary_api.queries.finding_kinds import OF_AN_EDITION
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.store.edition import Edition
from tests.api.conftest import Asker

HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def ask_troubled(troubled_path: Path, document: dict[str, Any]) -> Asker:
    """Ask the application over an edition in which everything can be found."""
    return Asker(create_app(Settings(edition=troubled_path)), document)


def _answer(ask: Asker, query: str = "") -> dict[str, Any]:
    response = ask(f"/findings{query}")
    assert response.status_code == 200
    answer: dict[str, Any] = json.loads(response.data)
    return answer


def test_findings(ask_troubled: Asker) -> None:
    """Every kind of finding is answered, counted, and said in English and in Chinese."""
    answer = _answer(ask_troubled)
    assert answer["counts"].keys() == set(OF_AN_EDITION)
    assert sum(answer["counts"].values()) == answer["total"] == len(answer["items"])
    assert 0 not in answer["counts"].values()
    for item in answer["items"]:
        assert HAN.search(item["message"]["zh-Hans"]), item["message"]
        assert item["message"]["zh-Hans"] != item["message"]["en"]


def test_an_edition_without_findings(ask: Asker, edition: Edition) -> None:
    """What no report of a year has is an empty list, with all counts at nothing."""
    answer = _answer(ask, "?year=1999")
    assert (answer["items"], answer["total"], answer["next"]) == ([], 0, None)
    assert set(answer["counts"].values()) == {0}
    assert _answer(ask)["counts"]["open-question"] == len(edition.doubts())


def test_findings_are_filtered_and_paged(ask_troubled: Asker) -> None:
    """Filters narrow the list, a page leads on to the next."""
    assert {item["kind"] for item in _answer(ask_troubled, "?kind=orphan-mark&place=昆山")["items"]} == {"orphan-mark"}
    first = ask_troubled("/findings?limit=1&year=2032")
    (second,) = re.findall(r'<(?:/api/v1)([^>]+)>; rel="next"', first.headers["Link"])
    (following,) = json.loads(ask_troubled(second).data)["items"]
    assert following["kind"] == "contradicting-definition"


@pytest.mark.parametrize("query", ["?kind=x", "?cursor=x", "?report=", "?year=0", "?place=", "?level=x", "?more=1"])
def test_what_cannot_be_asked_for(ask: Asker, query: str) -> None:
    """Unknown parameters and values that they cannot have are refused."""
    assert ask(f"/findings{query}").status_code == 422
