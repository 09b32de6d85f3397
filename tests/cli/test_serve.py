"""What `serve` sets for gunicorn, seen from outside."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

Start = Callable[..., tuple[str, "subprocess.Popen[str]"]]


@pytest.fixture
def start(edition_path: Path) -> Iterator[Start]:
    """Starts `serve` with settings; gives its address and its process."""
    servers: list[subprocess.Popen[str]] = []

    def start(**settings: str) -> tuple[str, subprocess.Popen[str]]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        environment = {**os.environ, "GLOSSARY_EDITION": str(edition_path), "GLOSSARY_WORKERS": "1", **settings}
        command = [sys.executable, "-m", "glossary_api.cli", "serve", "--port", str(port)]
        server = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        servers.append(server)
        address = f"http://127.0.0.1:{port}/api/v1"
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
                break
            except urllib.error.URLError:
                time.sleep(0.1)
        return address, server

    yield start
    for server in servers:
        if server.poll() is None:
            server.terminate()
        server.communicate(timeout=30)


def printed(server: subprocess.Popen[str]) -> list[str]:
    """What a server has printed, which it is told to stop for."""
    server.terminate()
    return server.communicate(timeout=30)[0].splitlines()


def test_requests_are_logged_if_wanted(start: Start) -> None:
    """With the setting, each request is one line, with status, size, microseconds and its id."""
    address, server = start(GLOSSARY_LOG_REQUESTS="on")
    asked = urllib.request.Request(f"{address}/terms", headers={"X-Request-ID": "mine"})
    urllib.request.urlopen(asked, timeout=30).close()
    (line,) = [line for line in printed(server) if "/api/v1/terms" in line]
    assert re.fullmatch(r'\[.+\] 127\.0\.0\.1 "GET /api/v1/terms HTTP/1\.1" 200 \d+ \d+ mine', line)


def test_requests_are_not_logged_unasked(start: Start) -> None:
    """Without the setting, nothing is printed for a request."""
    address, server = start()
    urllib.request.urlopen(f"{address}/terms", timeout=30).close()
    assert printed(server) == []


def test_chinese_fits_into_an_address(start: Start) -> None:
    """Questions as long as they may be reach the service, though each character takes nine bytes in an address."""
    address, _ = start()
    query = "&".join(f"{name}={quote('长' * 200)}" for name in ("q", "report"))
    with urllib.request.urlopen(f"{address}/terms?{query}", timeout=30) as answer:
        assert answer.status == 200
