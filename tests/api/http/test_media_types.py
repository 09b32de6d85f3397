from __future__ import annotations

import json
from typing import Any

import pytest

SEVERAL = "/reports/yunxi-2024/glossary"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/json, text/markdown", "application/json"),
        ("text/markdown, application/json", "application/json"),
        ("text/markdown, application/json;q=0.5", "text/markdown"),
        ("text/*", "text/markdown"),
        (BROWSER, "text/html"),
        (WORD, WORD),
        ("image/png, text/html;q=0.1", "text/html"),
    ],
)
def test_accept(ask: Any, accept: str | None, media_type: str) -> None:
    """The caller gets what it likes best, JSON where it does not mind, and is told that it could choose."""
    answer = ask(SEVERAL, headers={"Accept": accept} if accept else {})
    assert (answer.status_code, answer.mimetype) == (200, media_type)
    assert "Accept" in answer.headers["Vary"].split(", ")


@pytest.mark.parametrize(
    ("word", "media_type"),
    [("json", "application/json"), ("markdown", "text/markdown"), ("html", "text/html"), ("docx", WORD)],
)
def test_format(ask: Any, word: str, media_type: str) -> None:
    """`format` decides whatever is accepted, for those who can give an address only."""
    assert ask(f"{SEVERAL}?format={word}", headers={"Accept": "image/png"}).mimetype == media_type


def test_unknown_format(ask: Any) -> None:
    """A format that there is not is a bad parameter, named with the others; elsewhere `format` is none."""
    errors = json.loads(ask(f"{SEVERAL}?format=pdf&x=1").data)["errors"]
    assert [error["parameter"] for error in errors] == ["format", "x"]
    assert "docx" in errors[0]["detail"]
    assert ask("/terms?format=json").status_code == 422


@pytest.mark.parametrize("path", ["/terms", "/terms/三边", "/lookup?name=三边", SEVERAL])
@pytest.mark.parametrize("accept", ["image/png", "application/xml", "application/json;q=0"])
def test_nothing_acceptable(ask: Any, path: str, accept: str) -> None:
    """Who accepts nothing that there is gets 406 with what there is, and a problem document all the same."""
    answer = ask(path, headers={"Accept": accept})
    assert answer.status_code == 406
    assert "application/json" in json.loads(answer.data)["offered"]


def test_one_representation_does_not_vary(ask: Any) -> None:
    """An answer that can be had in one way only does not depend on Accept, and does not say so."""
    assert "Accept" not in ask("/terms/三边").headers.get("Vary", "").split(", ")


def test_each_representation_has_its_own_tag(ask: Any) -> None:
    """The tags of all representations differ; one gets 304 for its own and not for another."""
    accepts = ["application/json", "text/markdown", "text/html", WORD]
    tags = {accept: ask(SEVERAL, headers={"Accept": accept}).headers["ETag"] for accept in accepts}
    assert len(set(tags.values())) == len(accepts)
    for accept in accepts:
        for other, tag in tags.items():
            answer = ask(SEVERAL, headers={"Accept": accept, "If-None-Match": tag})
            assert answer.status_code == (304 if accept == other else 200)
