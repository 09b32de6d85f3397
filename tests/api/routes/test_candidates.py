"""Candidates over HTTP: left out unless asked for, and said to be what they are."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from glossary_api.model.things import Evidence, Harvest
from glossary_api.model.words import CANDIDATE
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.store.writing import write_edition
from tests.api.conftest import Asker


@pytest.fixture
def ask(harvest: Harvest, document: dict[str, Any], tmp_path: Path) -> Asker:
    """Ask an application whose edition has 六个不发生 as a candidate."""
    terms = tuple(
        dataclasses.replace(term, status=CANDIDATE, evidence=Evidence("figure")) if term.name == "六个不发生" else term
        for term in harvest.terms
    )
    write_edition(dataclasses.replace(harvest, terms=terms), tmp_path / "edition.db")
    return Asker(create_app(Settings(edition=tmp_path / "edition.db")), document)


@pytest.mark.parametrize(
    ("query", "listed"),
    [("", False), ("?status=established", False), ("?status=candidate", True), ("?status=any", True)],
)
@pytest.mark.parametrize("path", ["/terms", "/reports/yunxi-2024/terms", "/export/jsonl"])
def test_status_of_a_list(ask: Asker, path: str, query: str, listed: bool) -> None:
    """Lists and exports have a candidate only where the caller asks for it."""
    assert ("六个不发生" in ask(path + query).get_data(as_text=True)) is listed


@pytest.mark.parametrize("path", ["/terms", "/reports/yunxi-2024/terms", "/export/csv"])
def test_a_status_that_is_none(ask: Asker, path: str) -> None:
    """Another word for a status is refused, with those that there are."""
    response = ask(f"{path}?status=good")
    assert response.status_code == 422
    assert "established, candidate, any" in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("more", "found"), [({}, []), ({"status": "any"}, ["candidate"]), ({"status": "candidate"}, ["candidate"])]
)
def test_status_of_a_match(ask: Asker, more: dict[str, str], found: list[str]) -> None:
    """A text is annotated with candidates only where the caller asks for them, and each says its status."""
    answer = json.loads(ask("/annotate", "POST", json={"text": "坚守六个不发生底线"} | more).data)
    assert [match["term"]["status"] for match in answer["matches"]] == found


@pytest.mark.parametrize("path", ["/terms/六个不发生", "/lookup?name=六个不发生"])
def test_a_candidate_answers_to_its_name(ask: Asker, path: str) -> None:
    """Who asks for a candidate by name gets it, with its status and the evidence."""
    answer = json.loads(ask(path).data)
    term = answer.get("term", answer)
    assert (term["status"], term["evidence"]["reason"]) == ("candidate", "figure")
