"""A browser in front of a server: Debian's Chromium, driven by Playwright, and the seed behind gunicorn.

Whatever runs here is held to three things besides what a test says: no request leaves the machine, no page breaks its
own Content-Security-Policy, and the console stays free of errors.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, sync_playwright

Open = Callable[..., Page]
Watch = Callable[[BrowserContext], "Watched"]

FLAGS = (
    "--no-sandbox",  # Chromium refuses to run as root with it
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
LOOPBACK = {"127.0.0.1", "localhost"}
LOCAL = {"data", "blob", "about", "chrome-extension", "moz-extension"}
"""Schemes of addresses that are not asked for over the network."""
PATIENCE = 5_000
"""Milliseconds after which a test gives up on something that a reader would long have seen."""


@dataclass(slots=True)
class Watched:
    """What went on in a browser context."""

    requests: list[str] = field(default_factory=list)
    """The addresses of all requests, in order."""
    complaints: list[str] = field(default_factory=list)
    """Errors and warnings in the console, policy violations among them, and exceptions that nobody caught."""
    expected: list[str] = field(default_factory=list)
    """Regular expressions for complaints that the test provokes on purpose."""

    def outside(self) -> list[str]:
        """Requests that were meant to leave the machine."""
        parts = [(urlsplit(url), url) for url in self.requests]
        return [url for part, url in parts if part.scheme not in LOCAL and part.hostname not in LOOPBACK]

    def unexpected(self) -> list[str]:
        """Complaints that the test did not expect."""
        return [text for text in self.complaints if not any(re.search(wanted, text) for wanted in self.expected)]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; without one the test is skipped."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("Chromium is missing: apt-get install chromium fonts-noto-cjk")
    return path


@pytest.fixture(scope="session")
def server(chromium: str, seed_path: Path) -> Iterator[str]:
    """The root address of a server over the seed, with the slash at its end."""
    with serving(seed_path) as address:
        yield address


@contextmanager
def serving(edition: Path, **settings: str) -> Iterator[str]:
    """A server over an edition, with settings by variable; its root address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    command = [sys.executable, "-m", "glossary_api.cli", "serve", "--port", str(port), "--workers", "1"]
    environment = {**os.environ, "GLOSSARY_EDITION": str(edition), **settings}
    said = edition.with_name(f"{edition.stem}-{port}.log")
    with said.open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}/api/v1/healthz", process, said)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(url: str, process: subprocess.Popen[bytes], said: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, said.read_text("utf-8")
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise TimeoutError("the server does not answer")


# One driver for each file of tests: while it is there, the thread counts as running an event loop, which tests
# elsewhere could not do with.


@pytest.fixture(scope="module")
def playwright(chromium: str) -> Iterator[Playwright]:
    """Playwright, started."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(chromium: str, playwright: Playwright) -> Iterator[Browser]:
    """Chromium without a window."""
    browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def flags() -> tuple[str, ...]:
    """Chromium's flags, for tests that have to launch one of their own."""
    return FLAGS


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Watches a context; behind the test, fails for what it should not have done."""
    watched: list[Watched] = []

    def begin(context: BrowserContext) -> Watched:
        watched.append(record := Watched())
        context.on("request", lambda request: _note_request(record, request))
        context.on("console", lambda message: _note_message(record, message))
        context.on("weberror", lambda error: record.complaints.append(str(error.error)))
        return record

    yield begin
    assert [url for record in watched for url in record.outside()] == []
    assert [text for record in watched for text in record.unexpected()] == []


def _note_request(record: Watched, request: Request) -> None:
    record.requests.append(request.url)


def _note_message(record: Watched, message: ConsoleMessage) -> None:
    if message.type in ("error", "warning"):
        record.complaints.append(message.text)


@pytest.fixture
def open_page(browser: Browser, server: str, watch: Watch) -> Iterator[Open]:
    """Opens an address of the server in a context of its own; further arguments are those of `new_context`.

    What happens there is recorded in `page.context.watched`, a `Watched`.
    """
    contexts: list[BrowserContext] = []

    def opened(address: str | None = "/", **options: Any) -> Page:
        settings = {"base_url": server, "locale": "zh-CN", "viewport": {"width": 1280, "height": 800}} | options
        context = browser.new_context(**settings)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.watched = watch(context)  # type: ignore[attr-defined]  # a place of our own
        page = context.new_page()
        if address is not None:
            page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Open) -> Page:
    """A page in a context of its own, on which nothing has been opened yet; addresses count from the server's root."""
    return open_page(None)


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for screenshots: `GLOSSARY_ARTEFACTS`, or one that goes away."""
    named = os.environ.get("GLOSSARY_ARTEFACTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("shots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
