"""Servers that follow a place where editions are published: `publish` and `serve --follow`, with real processes."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossary_api.cli.main import main
from glossary_api.model.things import Harvest
from glossary_api.store.edition import Edition
from glossary_api.store.publication import CURRENT, publish_edition
from glossary_api.store.writing import write_edition

_PATIENCE = 60


@contextmanager
def node(place: Path, edition: Path) -> Iterator[str]:
    """A server with two processes that follows a place; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "glossary_api.cli", "serve", "--port", str(port), "--follow", str(place)]
    environment = {**os.environ, "GLOSSARY_EDITION": str(edition), "GLOSSARY_FOLLOW_SECONDS": "1"}
    server = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
    try:
        yield f"http://127.0.0.1:{port}/api/v1"
    finally:
        server.terminate()
        server.communicate(timeout=30)


def serves(address: str, wanted: str) -> bool:
    """Whether a server comes to serve an edition within the time that it may take."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if served(address) == wanted:
            return True
        time.sleep(0.2)
    return False


def served(address: str) -> str | None:
    """The edition that a server serves; None if it does not answer."""
    try:
        with urllib.request.urlopen(f"{address}/status", timeout=10) as answer:
            found: str = json.load(answer)["edition"]["hash"]
            return found
    except (urllib.error.URLError, ConnectionError):
        return None


def test_publishing_says_what_it_did(edition_path: Path, tmp_path: Path) -> None:
    """`publish` names the edition and the place; without an edition it says so in one line."""
    said = CliRunner().invoke(main, ["publish", str(tmp_path / "to"), "--edition", str(edition_path)])
    hash_ = Edition.open(edition_path).hash
    assert (said.exit_code, said.output) == (0, f"edition {hash_[:12]} published at {tmp_path / 'to'}\n")
    refused = CliRunner().invoke(main, ["publish", str(tmp_path / "to"), "--edition", str(tmp_path / "none.db")])
    assert (refused.exit_code, len(refused.stderr.splitlines())) == (1, 1)


def test_a_server_that_can_fetch_nothing_does_not_start(tmp_path: Path) -> None:
    """Without an edition of its own and with nothing published, `serve --follow` ends in one line."""
    words = ["serve", "--follow", str(tmp_path), "--edition", str(tmp_path / "node.db")]
    refused = CliRunner().invoke(main, words)
    assert (refused.exit_code, "nothing is published there" in refused.stderr) == (1, True)


@pytest.mark.slow
def test_servers_follow_what_is_published(harvest: Harvest, tmp_path: Path) -> None:
    """Two servers fetch the edition, take up the next one, and keep it when what comes then is damaged or gone."""
    paths = [tmp_path / name for name in ("one.db", "two.db", "three.db")]
    for number, path in enumerate(paths):
        write_edition(replace(harvest, failures=harvest.failures * number), path)
    place = tmp_path / "published"
    first = publish_edition(paths[0], str(place)).hash
    with node(place, tmp_path / "a.db") as one, node(place, tmp_path / "b.db") as other:
        assert serves(one, first)
        assert serves(other, first)
        second = publish_edition(paths[1], str(place)).hash
        assert serves(one, second)
        assert serves(other, second)
        third = publish_edition(paths[2], str(place))
        (place / third.name).write_bytes(b"")
        time.sleep(3)
        (place / CURRENT).unlink()
        time.sleep(3)
        assert served(one) == served(other) == second
