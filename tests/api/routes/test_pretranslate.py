from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from glossary_api.api.routes import pretranslate
from glossary_api.settings import Settings
from glossary_api.site.app import create_app

PLACE = "虎丘区"
TEXT = "落实“三名工程”，以三名工程带动“两重”项目。"


@pytest.fixture
def app(seed_path: Path) -> Flask:
    """The application that serves the seed, whose terms have curated renderings."""
    return create_app(Settings(edition=seed_path))


def prepared(ask: Any, text: str, **more: str) -> Any:
    """The answer to a text."""
    answer = ask("/pretranslate", "POST", json={"text": text, "language": "en", **more})
    assert answer.status_code == 200, answer.text
    return json.loads(answer.data)


def test_the_first_use_has_the_gloss_and_later_ones_the_short_form(ask: Any) -> None:
    """Spans slice back, and a machine translation glossary has each form of the text once."""
    answer = prepared(ask, TEXT, place=PLACE)
    first, second, other = answer["matches"]
    assert all(TEXT[match["start"] : match["end"]] == match["text"] for match in answer["matches"])
    assert first["rendering"].startswith(f"{second['rendering']} (")
    assert [match["first"] for match in answer["matches"]] == [True, False, True]
    assert answer["glossary"] == {"三名工程": second["rendering"], "两重": other["rendering"].partition(" (")[0]}
    assert first["status"] == "proposed"
    assert first["sense"]
    assert answer["prompt"].count("\n三名工程 = ") == 1


@pytest.mark.parametrize(("gloss", "brackets"), [("first", [1, 0, 1]), ("every", [1, 1, 1]), ("none", [0, 0, 0])])
def test_the_gloss_is_where_it_is_wanted(ask: Any, gloss: str, brackets: list[int]) -> None:
    """The first use, every use or none says what it means."""
    matches = prepared(ask, TEXT, place=PLACE, gloss=gloss)["matches"]
    assert [match["rendering"].count("(") for match in matches] == brackets


def test_homographs_are_listed_with_what_they_may_be(ask: Any) -> None:
    """A name of two senses between which nothing decides has no rendering and is not in the glossary."""
    answer = prepared(ask, "落实“三大工程”。")
    (ambiguous,) = answer["ambiguous"]
    assert answer["glossary"] == {}
    assert [match["rendering"] for match in answer["matches"]] == [None]
    assert len({candidate["sense"] for candidate in ambiguous["candidates"]}) == 2
    assert "三大工程 = Three Major Projects" in answer["prompt"]


@pytest.mark.parametrize(("place", "rendering"), [(None, None), ("云溪市", "135 System"), ("石桥县", "135 Work")])
def test_a_place_decides_between_homographs(rendered_path: Path, place: str | None, rendering: str | None) -> None:
    """With the place of a report, a name has the rendering of the sense that it has there."""
    client = create_app(Settings(edition=rendered_path)).test_client()
    body = {"text": "推进“135”工作体系。", "language": "en"} | ({"place": place} if place else {})
    answer = client.post("/api/v1/pretranslate", json=body).get_json()
    assert list(answer["glossary"].values()) == ([rendering] if rendering else [])
    assert bool(answer["ambiguous"]) == (rendering is None)


def test_what_has_no_rendering_is_listed(ask: Any) -> None:
    """In a language that nobody has rendered anything in, every term is without a rendering."""
    answer = prepared(ask, TEXT, language="eo")
    assert [one["text"] for one in answer["unrendered"]] == ["三名工程", "两重"]
    assert (answer["glossary"], answer["ambiguous"]) == ({}, [])
    assert all(match["rendering"] is None for match in answer["matches"])


def test_a_text_without_terms(ask: Any) -> None:
    """Nothing is found in it, and the prompt says so."""
    answer = prepared(ask, "")
    assert (answer["matches"], answer["glossary"], answer["unrendered"]) == ([], {}, [])
    assert "None of the terms" in answer["prompt"]


def test_a_whole_report_is_prepared(ask: Any) -> None:
    """Every match of a report either is locked, ambiguous or unrendered, and the same question has the same answer."""
    text = next((Path(__file__).parents[3] / "seed" / "reports").glob("*.txt")).read_text("utf-8")
    answer = prepared(ask, text)
    assert answer == prepared(ask, text)
    left_out = {one["term"]["id"] for one in (*answer["ambiguous"], *answer["unrendered"])}
    assert len(answer["matches"]) > 100
    assert {match["term"]["id"] for match in answer["matches"] if match["rendering"] is None} == left_out


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({"language": "en"}, 422, "/text"),
        ({"text": "甲"}, 422, "/language"),
        ({"text": "甲", "language": "en", "gloss": "all"}, 422, "/gloss"),
        ({"text": "甲", "language": "en", "date": "2025-02-30"}, 422, "/date"),
        ({"text": "甲" * (pretranslate.LONGEST_TEXT + 1), "language": "en"}, 413, "/text"),
    ],
)
def test_what_cannot_be_is_refused_by_its_pointer(ask: Any, body: dict[str, Any], status: int, pointer: str) -> None:
    """Wrong, missing and oversized fields are named."""
    answer = ask("/pretranslate", "POST", json=body)
    assert answer.status_code == status
    assert [error["pointer"] for error in json.loads(answer.data)["errors"]] == [pointer]
