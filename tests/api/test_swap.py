"""Editions that are swapped under load: a real server of several processes and threads, and no answer of two halves."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from glossary_api.matching.names import names_of
from glossary_api.matching.spotting import Spotter
from glossary_api.model.things import Harvest
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.store.writing import write_edition

SWAPS = 50
PAUSE = 0.06
"""Seconds between two swaps: time for some answers from each edition."""
CLIENTS = 4
TEXT = json.dumps({"text": "坚守“六个不发生”底线，推进数据得地，完善“135”工作体系、“三边”整治。", "gloss": "every"})
QUESTIONS = (
    ("POST", "/api/v1/annotate", TEXT.encode()),
    ("GET", f"/api/v1/terms/{quote('六个不发生')}", None),
    ("GET", "/api/v1/terms?limit=200", None),
    ("GET", f"/api/v1/lookup?name={quote('数据得地')}", None),
    ("GET", f"/api/v1/terms/{quote('六个不发生')}/usages", None),
    ("GET", "/api/v1/reports/yunxi-2024/terms", None),
)

Answer = tuple[str | None, bytes]
"""Tag and body: with the tag, an answer says which edition it is from."""


@dataclass(slots=True)
class Load:
    """Clients that ask all the time, and what they saw."""

    port: int
    expected: dict[tuple[str, str], set[Answer]]
    """By method and address, what an edition answers to it: one answer for each edition."""
    seen: Counter[tuple[str, Answer]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def ask(self) -> None:
        """Ask every question in turn until told to stop."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while not self.stop.is_set():
            for method, address, body in QUESTIONS:
                try:
                    status, answer = asked(connection, method, address, body)
                except (OSError, http.client.HTTPException) as error:
                    self.wrong.append(f"{method} {address}: {error!r}")
                    connection.close()
                    continue
                if status != 200 or answer not in self.expected[method, address]:
                    self.wrong.append(f"{method} {address}: {status} {answer!r}")
                self.seen[address, answer] += 1
        connection.close()


def asked(connection: http.client.HTTPConnection, method: str, address: str, body: bytes | None) -> tuple[int, Answer]:
    """Status, tag and body of the answer to a question."""
    connection.request(method, address, body, {"Content-Type": "application/json"} if body else {})
    response = connection.getresponse()
    return response.status, (response.headers["ETag"], response.read())


@pytest.fixture
def editions(harvest: Harvest, tmp_path: Path) -> list[Path]:
    """Two editions that answer every question differently, one with its automata and one without."""
    paths = [tmp_path / "one.db", tmp_path / "other.db"]
    renamed = {"不发生": "不出现", "以数据": "凭数据"}
    changed = tuple(
        replace(
            term,
            senses=tuple(
                replace(sense, definitions=tuple(replace(d, text=_renamed(d.text, renamed)) for d in sense.definitions))
                for sense in term.senses
            ),
        )
        for term in harvest.terms
        if term.name != "三边"
    )
    kept = {term.id for term in changed}
    usages = tuple(u for u in harvest.usages if u.match.term in kept and u.match.text != "6个不发生")
    write_edition(harvest, paths[0], Spotter.of(names_of(harvest.terms)).pack())
    write_edition(replace(harvest, terms=changed, usages=usages[1:], doubts=()), paths[1])
    return paths


def _renamed(text: str, names: dict[str, str]) -> str:
    for one, other in names.items():
        text = text.replace(one, other)
    return text


def answers_of(edition: Path, port: int) -> dict[tuple[str, str], Answer]:
    """What an edition answers to each question at 127.0.0.1 and the port."""
    client = create_app(Settings(edition=edition)).test_client()
    answers = {}
    for method, address, body in QUESTIONS:
        given: dict[str, Any] = {"data": body, "content_type": "application/json"} if body else {}
        answer = client.open(address, f"http://127.0.0.1:{port}", method=method, **given)
        answers[method, address] = (answer.headers.get("ETag"), answer.data)
    return answers


def put(edition: Path, place: Path) -> None:
    """Publish an edition as the harvest does: written beside its place, then renamed into it."""
    shutil.copyfile(edition, beside := place.with_suffix(".new"))
    os.replace(beside, place)


@pytest.fixture
def server(editions: list[Path], tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """Port and edition of a server of two processes with threads, as `serve` starts it."""
    served = tmp_path / "served.db"
    put(editions[0], served)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "glossary_api.cli", "serve", "--edition", str(served), "--port", str(port)]
    process = subprocess.Popen([*command, "--workers", "2"], stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(300):
            assert process.poll() is None, process.communicate()[1]
            with socket.socket() as knocking:
                if knocking.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port, served
    finally:
        process.send_signal(signal.SIGINT)
        try:
            complaints = process.communicate(timeout=30)[1]
        finally:
            process.kill()
    assert "Traceback" not in complaints
    assert "rror" not in complaints


@pytest.mark.timeout(90)
def test_swapped_under_load(editions: list[Path], server: tuple[int, Path]) -> None:
    """While 50 editions are put in place, every answer comes, and wholly from one edition; then all from the last."""
    port, served = server
    by_edition = [answers_of(edition, port) for edition in editions]
    questions = list(by_edition[0])
    assert all(by_edition[0][question] != by_edition[1][question] for question in questions)
    load = Load(port, {question: {answers[question] for answers in by_edition} for question in questions})
    clients = [threading.Thread(target=load.ask) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for number in range(1, SWAPS + 1):
        put(editions[number % 2], served)
        time.sleep(PAUSE)
    load.stop.set()
    for client in clients:
        client.join()
    assert load.wrong == []
    for method, address in questions:
        assert all(load.seen[address, answers[method, address]] for answers in by_edition), (
            f"{address}: one edition only"
        )
    connections = [http.client.HTTPConnection("127.0.0.1", port, timeout=30) for _ in range(8)]
    for method, address, body in QUESTIONS:
        answers = {asked(connection, method, address, body) for connection in connections}
        assert answers == {(200, by_edition[SWAPS % 2][method, address])}
    for connection in connections:
        connection.close()
