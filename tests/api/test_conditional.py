from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from glossary_api.api.app import create_app
from glossary_api.model import Harvest
from glossary_api.settings import Settings
from glossary_api.store.writing import write_edition

PATHS = [
    "/terms/三边",
    "/terms",
    "/terms?limit=2",
    "/lookup?name=三边",
    "/reports",
    "/reports/yunxi-2024",
    "/terms/三边/usages",
]


@pytest.mark.parametrize("path", PATHS)
def test_unchanged(ask: Any, path: str) -> None:
    """Who has the answer gets 304 with the same tag and no body, for HEAD too."""
    tag = ask(path).headers["ETag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        for method in ("GET", "HEAD"):
            response = ask(path, method, {"If-None-Match": known})
            assert (response.status_code, response.data, response.headers["ETag"]) == (304, b"", tag)
            assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("known", ['"other"', "", "*", "nonsense"])
def test_unknown_tag(ask: Any, known: str) -> None:
    """Any other tag gets the answer."""
    assert ask("/terms/三边", headers={"If-None-Match": known}).status_code == 200


def test_tags_are_strong_and_distinct(ask: Any) -> None:
    """Different addresses have different strong tags, the same address always the same one."""
    tags = [ask(path).headers["ETag"] for path in PATHS]
    assert len(set(tags)) == len(PATHS)
    assert all(tag.startswith('"') for tag in tags)
    assert tags == [ask(path).headers["ETag"] for path in PATHS]


def test_unchanged_asks_nothing(app: Flask, ask: Any) -> None:
    """A 304 comes without touching the edition."""
    tag = ask("/terms/三边").headers["ETag"]
    app.extensions["glossary_edition"].close()
    assert ask("/terms/三边", headers={"If-None-Match": tag}).status_code == 304
    assert ask("/terms/三边").status_code == 503


def test_other_edition(ask: Any, harvest: Harvest, tmp_path: Path) -> None:
    """An edition with other content has other tags, one with the same content the same."""

    def tag(harvest: Harvest) -> str:
        write_edition(harvest, tmp_path / "glossary.db")
        client = create_app(Settings(edition=tmp_path / "glossary.db")).test_client()
        return client.get("/api/v1/terms/三边").headers["ETag"]

    assert tag(harvest) == ask("/terms/三边").headers["ETag"]
    assert tag(replace(harvest, doubts=())) != ask("/terms/三边").headers["ETag"]


def test_errors_have_no_tag(ask: Any) -> None:
    """What is no answer has no tag that could be kept."""
    for path in ("/terms/四边", "/terms?limit=0", "/nothing"):
        assert "ETag" not in ask(path).headers
