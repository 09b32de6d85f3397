"""The API against its own description: schemathesis asks what the document allows, and what it does not."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
EXAMPLES = 15
"""Per operation, phase and kind (what the document allows, what it does not): enough to meet every rule of it once."""


@pytest.fixture
def address(seed_path: Path) -> Iterator[str]:
    """The address of a server of the seed."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        gunicorn = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--limit-request-line", "8190"]
        server = subprocess.Popen(
            [*gunicorn, "--threads", "2", "--bind", f"fd://{listening.fileno()}", "wsgi:app"],
            cwd=ROOT,
            env={**os.environ, "GLOSSARY_EDITION": str(seed_path)},
            pass_fds=[listening.fileno()],
            stderr=subprocess.DEVNULL,
        )
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.terminate()
            server.wait(timeout=30)


@pytest.mark.timeout(300)
def test_the_api_is_what_its_document_says(address: str, tmp_path: Path) -> None:
    """Whatever is asked, of every operation, all checks of schemathesis hold: statuses, heads, bodies, refusals."""
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", f"{address}/api/v1/openapi.json"]
    options = ["--checks", "all", "--generation-deterministic", "--max-examples", str(EXAMPLES), "--no-color"]
    # In a folder of its own: it keeps notes where it runs. No proxy: the server is here.
    hooks = {"SCHEMATHESIS_HOOKS": "known_places", "PYTHONPATH": str(Path(__file__).parent)}
    environment = {**os.environ, **hooks, "NO_PROXY": "127.0.0.1", "COLUMNS": "160"}
    run = subprocess.run(
        [*command, *options], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout[-20_000:] + run.stderr
    assert " 0 selected" not in run.stdout
