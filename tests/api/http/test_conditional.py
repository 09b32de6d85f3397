from __future__ import annotations

import os
import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.http import parse_date

from glossary_api.api.http.answers import edition_of
from glossary_api.model.things import Harvest
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
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


@pytest.mark.parametrize("known", ['"other"', "", "nonsense"])
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
    edition_of(app).close()
    assert ask("/terms/三边", headers={"If-None-Match": tag}).status_code == 304
    assert ask("/terms/十四五").status_code == 503


def test_other_edition(ask: Any, harvest: Harvest, tmp_path: Path) -> None:
    """An edition with other content has other tags, one with the same content the same."""

    def tag(harvest: Harvest) -> str:
        write_edition(harvest, tmp_path / "glossary.db")
        client = create_app(Settings(edition=tmp_path / "glossary.db")).test_client()
        return client.get("/api/v1/terms/三边").headers["ETag"]

    assert tag(harvest) == ask("/terms/三边").headers["ETag"]
    assert tag(replace(harvest, doubts=())) != ask("/terms/三边").headers["ETag"]


def test_any_tag(ask: Any) -> None:
    """A star gets 304 for what there is, and the error for what there is not."""
    assert ask("/terms/三边", headers={"If-None-Match": "*"}).status_code == 304
    assert ask("/terms/四边", headers={"If-None-Match": "*"}).status_code == 404


@pytest.mark.parametrize("accept", ["application/json, text/plain, */*", "text/html;q=0.1, */*;q=0.5", "*/*", ""])
def test_unchanged_whatever_is_accepted(ask: Any, accept: str) -> None:
    """The tag of an answer that has one representation only is known under every Accept that takes it."""
    tag = ask("/terms/三边", headers={"Accept": accept}).headers["ETag"]
    assert tag == ask("/terms/三边").headers["ETag"]
    assert ask("/terms/三边", headers={"Accept": accept, "If-None-Match": tag}).status_code == 304


def test_unchanged_since(ask: Any) -> None:
    """The very date of the edition asks again too, where no tag is given, as a later one may be of one rolled back."""
    date = ask("/terms/三边").headers["Last-Modified"]
    assert parse_date(date) is not None
    later, earlier = "Fri, 01 Jan 2100 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"
    for since, status in ((date, 304), (later, 200), (earlier, 200), ("yesterday", 200)):
        assert ask("/terms/三边", headers={"If-Modified-Since": since}).status_code == status
    assert ask("/terms/三边", headers={"If-Modified-Since": date, "If-None-Match": '"x"'}).status_code == 200
    assert ask("/terms/四边", headers={"If-Modified-Since": later}).status_code == 404


def test_a_roll_back_is_news(harvest: Harvest, tmp_path: Path) -> None:
    """Who has an answer of an edition that was taken back gets the one of the older edition, by tag and by date."""
    editions = [tmp_path / "old.db", tmp_path / "new.db"]
    write_edition(harvest, editions[0])
    write_edition(replace(harvest, doubts=()), editions[1])
    served = tmp_path / "glossary.db"
    client: FlaskClient | None = None
    kept: dict[str, str] = {}
    for edition, age in ((editions[0], 1000), (editions[1], 500), (editions[0], 1000)):
        shutil.copyfile(edition, tmp_path / "copy")
        os.utime(tmp_path / "copy", (time.time() - age,) * 2)
        os.replace(tmp_path / "copy", served)
        client = client or create_app(Settings(edition=served)).test_client()
        for name in kept:
            assert client.get("/api/v1/findings", headers={name: kept[name]}).status_code == 200
        headers = client.get("/api/v1/findings").headers
        kept = {"If-Modified-Since": headers["Last-Modified"], "If-None-Match": headers["ETag"]}


def test_unchanged_says_what_the_answer_says(ask: Any) -> None:
    """A 304 has the tag, the date, the caching and the leave to read of the 200, and nothing about a body."""
    whole = ask("/terms/三边")
    for asked in ({"If-None-Match": whole.headers["ETag"]}, {"If-Modified-Since": whole.headers["Last-Modified"]}):
        answer = ask("/terms/三边", headers=asked)
        for name in ("ETag", "Last-Modified", "Cache-Control"):
            assert answer.headers[name] == whole.headers[name]
        assert not [name for name, _ in answer.headers if name.startswith("Content-")]


def test_nothing_is_sniffed(ask: Any) -> None:
    """Every answer, an error and a 304 too, says once that it is what it says."""
    tag = ask("/terms/三边").headers["ETag"]
    answers = (ask("/terms/三边"), ask("/nothing"), ask("/terms/三边", headers={"If-None-Match": tag}))
    assert [answer.headers.getlist("X-Content-Type-Options") for answer in answers] == [["nosniff"]] * 3


def test_posts_have_no_tag(ask: Any) -> None:
    """What a POST answers is no representation of its address, so that it has nothing to ask again by."""
    answer = ask("/lookup", "POST", json={"names": ["三边"]})
    assert answer.status_code == 200
    assert not {"ETag", "Last-Modified"} & set(dict(answer.headers))


def test_errors_have_no_tag(ask: Any) -> None:
    """What is no answer has no tag that could be kept."""
    for path in ("/terms/四边", "/terms?limit=0", "/nothing"):
        assert "ETag" not in ask(path).headers
