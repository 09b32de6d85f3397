"""The program as a server, on a real port: by `serve` and by gunicorn alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.running import ROOT, free_port, running

SCRIPT = "/static/swagger-ui/swagger-ui-bundle.js"
TERM = f"/api/v1/terms/{quote('六个不发生')}"


@pytest.mark.parametrize("how", ["serve", "gunicorn"])
def test_a_newcomer_looks_a_term_up(how: str, tmp_path: Path) -> None:
    """Without an edition the seed is harvested, and the term has definitions and usages from the right places."""
    port = free_port()
    commands = {
        "serve": [sys.executable, "-m", "glossary_api.cli", "serve", "--port", str(port)],
        "gunicorn": [
            sys.executable,
            "-m",
            "gunicorn",
            "--no-control-socket",
            "--bind",
            f"127.0.0.1:{port}",
            "wsgi:app",
        ],
    }
    with running(commands[how], tmp_path, port) as address:
        with urllib.request.urlopen(address + TERM, timeout=30) as answer:
            term = json.load(answer)
        with urllib.request.urlopen(f"{address}/", timeout=30) as answer:
            page = answer.read().decode()
        with urllib.request.urlopen(f"{address}{SCRIPT}", timeout=30) as answer:
            script = answer.read()
    definitions = [definition for sense in term["senses"] for definition in sense["definitions"]]
    assert {definition["source"]["place"] for definition in definitions} == {"太仓市", "昆山市"}
    assert {report["place"] for report in term["reports"]} == {"太仓市", "昆山市", "吴江区"}
    assert "<main" in page
    assert script == (ROOT / "glossary_api/web/page" / SCRIPT[1:]).read_bytes()  # large, and a file: sent whole


def test_gunicorn_says_what_is_wrong_with_an_edition(tmp_path: Path) -> None:
    """A corrupt edition stops gunicorn with one line that names the file and the remedy, and no traceback."""
    path = tmp_path / "corrupt.db"
    path.write_bytes(b"junk")
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--no-control-socket",
        "--bind",
        f"127.0.0.1:{free_port()}",
        "wsgi:app",
    ]
    environment = {**os.environ, "GLOSSARY_EDITION": str(path)}
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert sum(line.startswith(f"glossary-api: {path}") for line in result.stderr.splitlines()) == 1
