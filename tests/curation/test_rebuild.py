"""A server that is running answers by a decision within seconds, from an edition that keeps all that it was made of."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from glossary_api.curation.tokens import create_token
from tests.running import ROOT, free_port, running

REPORT = """昆山市政府工作报告
——2031年1月8日在昆山市第二十届人民代表大会第三次会议上
各位代表：
一、去年回顾
落实“三个早”①，做好“两个一”②，推进“三个早”改革。
名词解释
①“三个早”：早谋划、早动手、早见效。
②“两个一”：一张网、一张图。
"""
ROW = "三个早,,en,Three Earlies,approved,project,\n"
PATIENCE = 60
"""Seconds, many more than a harvest of one report takes."""


def run(folder: Path, *words: str) -> None:
    """Run a command of the program in a folder."""
    command = [sys.executable, "-m", "glossary_api.cli", *words]
    subprocess.run(command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, capture_output=True)


def asked(address: str, body: dict[str, Any] | None = None, token: str = "") -> dict[str, Any]:
    """The JSON that a server answers."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(address, data, headers), timeout=30) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def waited(address: str, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first answer that holds."""
    end = time.monotonic() + PATIENCE
    while not holds(answer := asked(address)):
        assert time.monotonic() < end, answer
        time.sleep(0.1)
    return answer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an edition of one report and of renderings."""
    (tmp_path / "pile").mkdir()
    (tmp_path / "pile" / "kunshan-2031.txt").write_text(REPORT, "utf-8")
    (tmp_path / "own.csv").write_text("term,sense,language,rendering,status,source,note\n" + ROW, "utf-8")
    run(tmp_path, "harvest", "pile", "--renderings", "own.csv", "-o", "glossary.db", "--jobs", "1")
    return tmp_path


@pytest.mark.parametrize("server", ["serve", "gunicorn"])
def test_a_decision_is_served_within_seconds_and_nothing_is_lost(server: str, folder: Path) -> None:
    """A decision that is posted changes look-up and hash, keeps the renderings of the harvest, and can be undone."""
    token = create_token(folder / "tokens.json", "li", "decide")
    port = free_port()
    commands = {
        "serve": ["-m", "glossary_api.cli", "serve", "--port", str(port)],
        "gunicorn": ["-m", "gunicorn", "--no-control-socket", "-w", "2", "-b", f"127.0.0.1:{port}", "wsgi:app"],
    }
    with running([sys.executable, *commands[server]], folder, port) as root:
        api = f"{root}/api/v1"
        term, status = f"{api}/terms/{quote('三个早')}", f"{api}/status"
        before, first = asked(term), asked(status)["edition"]
        decided = asked(f"{api}/decisions", {"kind": "reject", "term": "三个早"}, token)
        rejected = waited(term, lambda answer: answer["status"] == "candidate")
        second = waited(status, lambda answer: answer["edition"] != first)["edition"]
        asked(f"{api}/decisions", {"kind": "undo", "decision": decided["id"]}, token)
        after = waited(term, lambda answer: answer["status"] == "established")
    assert [one["rendering"] for one in before["senses"][0]["equivalents"]] == ["Three Earlies"]
    assert rejected["senses"] == before["senses"]
    assert after == before
    assert first != second


def test_what_was_decided_before_a_server_stopped_is_made_up_for(folder: Path) -> None:
    """A server that starts with an edition older than the last decision makes it again by itself."""
    create_token(folder / "tokens.json", "li", "decide")
    run(folder, "decide", "reject", "三个早")
    port = free_port()
    with running([sys.executable, "-m", "glossary_api.cli", "serve", "--port", str(port)], folder, port) as root:
        waited(f"{root}/api/v1/terms/{quote('三个早')}", lambda answer: answer["status"] == "candidate")


def test_an_edition_of_the_seed_is_made_again_of_it(seed_path: Path, tmp_path: Path) -> None:
    """`add` without files makes an edition again of which nothing is remembered, if all its reports are of the seed."""
    (tmp_path / "glossary.db").write_bytes(seed_path.read_bytes())
    run(tmp_path, "decide", "reject", "六个不发生")
    run(tmp_path, "add", "-o", "glossary.db")
    found = subprocess.run(
        [sys.executable, "-m", "glossary_api.cli", "lookup", "--json", "六个不发生"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    assert json.loads(found.stdout)["status"] == "candidate"
