"""Answers that are the same for an edition, and asked for twice, are kept for whoever asks the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from glossary_api.curation.tokens import tokens_beside
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.store.edition import Edition, Found

SAME = {"X-Request-ID": "the-same"}
ADDRESSES = ("/api/v1/terms/三边", "/api/v1/lookup?name=三边&place=云溪", "/api/v1/terms?limit=2", "/terms/三边")


def refuse(*_: object) -> None:
    """Stand in for whatever looks something up."""
    raise AssertionError("looked up again")


@pytest.mark.parametrize("headers", [{}, {"Accept-Encoding": "gzip"}, {"Accept-Language": "en"}])
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_same_is_not_looked_up_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch, address: str, headers: dict[str, str]
) -> None:
    """The third answer is the first one to the last header, and nothing is looked up for it."""
    client = app.test_client()
    first, _ = (client.get(address, headers=SAME | headers) for _ in range(2))
    monkeypatch.setattr("glossary_api.store.opening.Connections.rows", refuse)
    monkeypatch.setattr(Edition, "found", refuse)
    third = client.get(address, headers=SAME | headers)
    assert (third.status_code, third.data) == (200, first.data)
    assert sorted(third.headers) == sorted(first.headers)


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_one_caller_may_is_not_another_s(app: Flask, address: str) -> None:
    """Leave for a script of another origin, compression and language are each caller's own."""
    client = app.test_client()
    plain, _ = (client.get(address, headers=SAME) for _ in range(2))
    client.get(address, headers={"Origin": "chrome-extension://abcdefgh", "Accept-Encoding": "gzip"})
    again = client.get(address, headers=SAME)
    assert sorted(again.headers) == sorted(plain.headers)
    assert client.get(address, headers={"Accept-Encoding": "gzip"}).headers.get("Content-Encoding") in (None, "gzip")
    english, chinese = (client.get("/terms/三边", headers={"Accept-Language": one}).text for one in ("en", "zh"))
    assert ('lang="en"' in english, 'lang="zh' in chinese) == (True, True)


def test_a_conditional_question_is_answered_as_ever(app: Flask) -> None:
    """Whoever has what is kept gets a 304 for it, a page as well as a document."""
    client = app.test_client()
    for address in ADDRESSES:
        known, _ = (client.get(address).headers["ETag"] for _ in range(2))
        assert client.get(address, headers={"If-None-Match": known}).status_code == 304


def test_pages_vary_by_cookie_from_the_first_token_on(edition_path: Path, tmp_path: Path) -> None:
    """What was kept while nobody could edit is not shown as soon as somebody can."""
    log = tmp_path / "decisions.jsonl"
    client = create_app(Settings(edition=edition_path, decisions=str(log))).test_client()
    before, _ = (client.get("/terms/三边").headers["Vary"] for _ in range(2))
    tokens_beside(log).write_text("")
    assert "Cookie" not in before
    assert "Cookie" in client.get("/terms/三边").headers["Vary"]


def test_errors_are_not_kept(app: Flask) -> None:
    """An error has the id of its own request."""
    client = app.test_client()
    ids = [
        json.loads(client.get("/api/v1/terms/无此词", headers={"X-Request-ID": id_}).data)["request_id"]
        for id_ in ("a", "b")
    ]
    assert ids == ["a", "b"]


def test_who_has_a_cookie_or_a_token_gets_an_answer_of_their_own(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """What may be for one person alone is neither kept nor answered with what is."""
    looked_up: list[str] = []
    find = Edition.find

    def counting(edition: Edition, name: str) -> Found:
        looked_up.append(name)
        return find(edition, name)

    monkeypatch.setattr(Edition, "find", counting)
    client, editor = app.test_client(), app.test_client()
    editor.set_cookie("glossary_session", "of somebody")
    made = []
    for asking, headers in (
        (client, {}),
        (client, {}),
        (client, {"Authorization": "None"}),
        (editor, {}),
        (client, {}),
    ):
        asking.get("/terms/三边", headers=headers)
        made.append(len(looked_up))
    assert made == [1, 2, 3, 4, 4]
