from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from glossary_api.errors import EditionMissing
from glossary_api.model.things import Harvest
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.store.edition import Edition
from glossary_api.store.writing import write_edition

UNAVAILABLE = "urn:glossary:problem:edition-unavailable"


def test_health(ask: Any) -> None:
    """A service that can read its edition says so in one word."""
    assert ask("/healthz").data == b'{"status":"ok"}'


def test_readiness(ask: Any, edition: Edition) -> None:
    """A service that serves what was published last says so, with its hash and its age in seconds."""
    ready = json.loads(ask("/readyz").data)
    assert (ready["status"], ready["published"], ready["hash"]) == ("ready", "served", edition.hash)
    assert ready["age"] >= 0


@pytest.mark.parametrize(("content", "published"), [(None, "missing"), (b"", "refused"), (b"junk" * 99, "refused")])
def test_what_was_published_is_unfit(harvest: Harvest, tmp_path: Path, content: bytes | None, published: str) -> None:
    """An edition that is gone or garbage is told by readiness and status, while the one before is served on."""
    path = tmp_path / "glossary.db"
    write_edition(harvest, path)
    client = create_app(Settings(edition=path)).test_client()
    assert client.get("/api/v1/readyz").status_code == 200
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    answer = client.get("/api/v1/readyz")
    problem = answer.get_json()
    assert (answer.status_code, answer.mimetype, problem["type"]) == (503, "application/problem+json", UNAVAILABLE)
    assert str(tmp_path) not in answer.text
    status = client.get("/api/v1/status").get_json()["edition"]
    assert (status["published"], status["why"]) == (published, problem["detail"])
    assert client.get("/api/v1/healthz").status_code == client.get("/api/v1/terms/三边").status_code == 200


def test_status(ask: Any, edition: Edition) -> None:
    """The status names the edition, what it holds and what serves it."""
    status = json.loads(ask("/status").data)
    assert status["edition"]["hash"] == edition.hash
    assert status["counts"] == dict(edition.counts)
    assert {"program", "python", "sqlite"} <= status["versions"].keys()


def test_no_edition(tmp_path: Path) -> None:
    """Without an edition there is no application, and the error says how to get one."""
    with pytest.raises(EditionMissing, match="run `glossary-api harvest"):
        create_app(Settings(edition=tmp_path / "glossary.db"))


def test_two_applications(edition_path: Path) -> None:
    """One process can hold several applications."""
    apps = [create_app(Settings(edition=edition_path)) for _ in range(2)]
    assert [app.test_client().get("/api/v1/healthz").status_code for app in apps] == [200, 200]
