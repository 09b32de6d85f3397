"""The API against its own description: schemathesis asks what the document allows, and what it does not."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from glossary_api.curation.decision_log import read_log
from glossary_api.curation.tokens import create_token

ROOT = Path(__file__).parents[3]
EXAMPLES = 15
"""Per operation, phase and kind (what the document allows, what it does not): enough to meet every rule of it once."""


@contextmanager
def served(edition: Path, log: Path) -> Iterator[str]:
    """A server of an edition and a log of decisions; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        # Lines of any length: what gunicorn says to a longer one is no answer of ours.
        gunicorn = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--limit-request-line", "0"]
        server = subprocess.Popen(
            [*gunicorn, "--threads", "2", "--bind", f"fd://{listening.fileno()}", "wsgi:app"],
            cwd=ROOT,
            env={**os.environ, "GLOSSARY_EDITION": str(edition), "GLOSSARY_DECISIONS": str(log)},
            pass_fds=[listening.fileno()],
            stderr=subprocess.DEVNULL,
        )
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def tried(address: str, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """A run of schemathesis with all checks, whose failures it prints."""
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", f"{address}/api/v1/openapi.json"]
    options = ["--checks", "all", "--generation-deterministic", "--max-examples", str(EXAMPLES), "--no-color"]
    # In a folder of its own: it keeps notes where it runs. No proxy: the server is here.
    hooks = {"SCHEMATHESIS_HOOKS": "known_places", "PYTHONPATH": str(Path(__file__).parent)}
    environment = {**os.environ, **hooks, "NO_PROXY": "127.0.0.1", "COLUMNS": "160"}
    # Schemathesis waits ten seconds for the document, whose examples are made when it is first asked for.
    urllib.request.urlopen(command[-1], timeout=120).close()
    return subprocess.run(
        [*command, *options, *more], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.timeout(300)
def test_the_api_is_what_its_document_says(seed_path: Path, tmp_path: Path) -> None:
    """Whatever is asked, of every operation, all checks of schemathesis hold: statuses, heads, bodies, refusals."""
    with served(seed_path, tmp_path / "decisions.jsonl") as address:
        run = tried(address, tmp_path)
    assert run.returncode == 0, run.stdout[-20_000:] + run.stderr
    assert " 0 selected" not in run.stdout


@pytest.mark.timeout(300)
def test_decisions_are_what_their_document_says(seed_path: Path, tmp_path: Path) -> None:
    """With a token, too, whatever is decided: what the document allows is taken down, and nothing else."""
    edition = tmp_path / "own.db"
    edition.write_bytes(seed_path.read_bytes())
    token = create_token(tmp_path / "tokens.json", "li", "decide")
    with served(edition, tmp_path / "decisions.jsonl") as address:
        of_editors = ["--include-path-regex", "decision|history", "--phases", "examples,coverage,fuzzing"]  # no links
        run = tried(address, tmp_path, "-H", f"Authorization: Bearer {token}", *of_editors)
    assert run.returncode == 0, run.stdout[-20_000:] + run.stderr
    assert len({one.kind for one in read_log(tmp_path / "decisions.jsonl")}) > 2
