from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from glossary_api.errors import EditionMissing
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.store.edition import Edition


def test_health(ask: Any) -> None:
    """A service that can read its edition says so in one word."""
    assert ask("/healthz").data == b'{"status":"ok"}'


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
