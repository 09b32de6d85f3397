"""The extension in a browser, as a reader gets it: from the archive that the server gives.

All that the browser asks for goes through one proxy, loopback included. It answers for made-up sites with the pages of
a test, lets through what is meant for the glossary's server, refuses everything else, and writes down what it saw:
what is not in its list has not been sent.
"""

from __future__ import annotations

import http.client
import io
import shutil
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright, Worker

Answer = tuple[int, dict[str, str], bytes]
HTML = "text/html; charset=utf-8"
PATIENCE = 6.0
"""Seconds after which a test gives up on something that a reader would long have seen."""
PAGE = "<!doctype html><html lang=zh-Hans><meta charset=utf-8><title>页面</title>"
GONE = {"transfer-encoding", "connection", "content-encoding", "content-length"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that the proxy saw."""

    method: str
    url: str
    headers: dict[str, str]
    body: str
    status: int


class Proxy(ThreadingHTTPServer):
    """Everything that a browser can reach."""

    daemon_threads = True

    def __init__(self, server: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.server = urlsplit(server).netloc
        self.pages: dict[str, Answer] = {}
        """What is at an address."""
        self.seen: list[Seen] = []

    @contextmanager
    def running(self) -> Iterator[None]:
        """Answer, for as long as this is open."""
        thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield
        self.shutdown()
        thread.join()
        self.server_close()

    def serve(self, html: str, url: str = "http://news.example/", **headers: str) -> str:
        """Put a page at an address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[url] = (200, {"content-type": HTML, **named}, (PAGE + html).encode())
        return url

    def asked(self, path: str = "/api/") -> list[Seen]:
        """What the glossary's server was asked for below a path, in order."""
        return [one for one in self.seen if urlsplit(one.url).netloc == self.server and path in one.url]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Proxy

    def log_message(self, *words: object) -> None:
        """Say nothing."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        status, headers, content = self._found(body)
        headers_seen = {name.lower(): value for name, value in self.headers.items()}
        self.server.seen.append(Seen(self.command, self.path, headers_seen, body.decode("utf-8", "replace"), status))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _found(self, body: bytes) -> Answer:
        if self.path in self.server.pages:
            return self.server.pages[self.path]
        parts = urlsplit(self.path)
        if parts.path == "/favicon.ico":
            return 204, {}, b""
        if parts.netloc != self.server.server:
            return 502, {}, b"there is nothing here"
        sent = {name.lower(): value for name, value in self.headers.items() if not name.lower().startswith("proxy")}
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        with closing(http.client.HTTPConnection(self.server.server, timeout=30)) as upstream:
            upstream.request(self.command, address, body, sent | {"accept-encoding": "identity"})
            answer = upstream.getresponse()
            headers = {name: value for name, value in answer.getheaders() if name.lower() not in GONE}
            return answer.status, headers, answer.read()

    def __getattr__(self, name: str) -> Callable[[], None]:
        """What to do for any method, refused ones included."""
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)


@pytest.fixture(scope="module")
def proxy(server: str) -> Iterator[Proxy]:
    """The proxy, with nothing but the glossary's server behind it."""
    proxy = Proxy(server)
    with proxy.running():
        yield proxy


@pytest.fixture(scope="session")
def unpacked(server: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """By language the folder that the archive of the server was unpacked into.

    The one for `en` has everything. Debian's Chromium comes in English; to see the other words, those for `zh` leave
    English out, so that their default language is taken.
    """
    with urlopen(f"{server}extension.zip", timeout=30) as answer:
        archive = zipfile.ZipFile(io.BytesIO(answer.read()))
    folders = {language: tmp_path_factory.mktemp("extension") / language for language in ("zh", "en")}
    for folder in folders.values():
        archive.extractall(folder)
    shutil.rmtree(folders["zh"] / "_locales" / "en")
    return folders


@dataclass(slots=True)
class Reader:
    """A browser with the extension in it, and who reads with it."""

    context: BrowserContext
    proxy: Proxy
    background: Worker
    complaints: list[str] = field(default_factory=list)
    """Exceptions that nobody caught, and errors in the console."""

    @property
    def id(self) -> str:
        """The extension's id in this browser."""
        return urlsplit(self.background.url).netloc

    def open(self, html: str, url: str = "http://news.example/", **headers: str) -> Page:
        """Open a page with this content; `headers` with `_` for `-`."""
        page = self.context.new_page()
        page.goto(self.proxy.serve(html, url, **headers))
        return page

    def own(self, path: str) -> Page:
        """Open a page of the extension."""
        page = self.context.new_page()
        page.goto(f"chrome-extension://{self.id}/{path}")
        return page

    def choose(self, **settings: Any) -> None:
        """Have these settings, else the usual ones, but for terms without an explanation: they are marked."""
        chosen = {"rest": True, **settings}
        self.background.evaluate("settings => chrome.storage.local.set({ settings })", chosen)

    def kept(self, key: str) -> Any:
        """What the extension has in its storage."""
        return self.background.evaluate("async key => (await chrome.storage.local.get(key))[key]", key)

    def state(self, page: Page) -> dict[str, Any]:
        """What the extension knows of a page; empty where it does not read it."""
        page.bring_to_front()
        said = self.background.evaluate(
            "async () => { const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });"
            " return chrome.tabs.sendMessage(tab.id, { tell: 'state' }, { frameId: 0 }).catch(() => null); }"
        )
        return cast("dict[str, Any]", said or {})

    def terms(self, page: Page) -> dict[str, int]:
        """The terms of a page, frames included, and how often each was found."""
        return {one["term"]: one["count"] for one in self.state(page).get("terms") or []}

    def count(self, page: Page) -> int:
        """How many places of a page are marked, frames included."""
        return sum(one["count"] for one in self.state(page).get("terms") or [])

    def command(self, name: str) -> None:
        """Press the keys of a command on the page that is in front."""
        self.background.evaluate(
            "async name => { const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });"
            " chrome.commands.onCommand.dispatch(name, tab); }",
            name,
        )

    def badge(self, page: Page) -> str:
        """What stands on the extension's button."""
        page.bring_to_front()
        return cast(
            "str",
            self.background.evaluate(
                "async () => { const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });"
                " return chrome.action.getBadgeText({ tabId: tab.id }); }"
            ),
        )


@pytest.fixture(scope="module")
def launch(
    chromium: str, playwright: Playwright, flags: tuple[str, ...], unpacked: dict[str, Path], tmp_path_factory: Any
) -> Iterator[Callable[..., Reader]]:
    """Starts a browser with the extension behind a proxy; further arguments are those of Playwright."""
    contexts: list[BrowserContext] = []

    def launched(proxy: Proxy, language: str = "zh", **options: Any) -> Reader:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"),
            executable_path=chromium,
            ignore_default_args=["--disable-extensions"],
            args=[
                *flags,
                f"--disable-extensions-except={unpacked[language]}",
                f"--load-extension={unpacked[language]}",
                f"--proxy-server=127.0.0.1:{proxy.server_port}",
                "--proxy-bypass-list=<-loopback>",
            ],
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE * 1000)
        background = context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")
        reader = Reader(context, proxy, background)
        context.on("weberror", lambda error: _complain(reader, str(error.error)))
        context.on("console", lambda message: _complain(reader, message.text) if message.type == "error" else None)
        return reader

    yield launched
    for context in contexts:
        context.close()


def _complain(reader: Reader, what: str) -> None:
    reader.complaints.append(what)


@pytest.fixture(scope="module")
def _one_reader(launch: Callable[..., Reader], proxy: Proxy) -> Reader:
    return launch(proxy)


@pytest.fixture
def reader(_one_reader: Reader) -> Iterator[Reader]:
    """A reader with the usual settings, a fresh pack and no page open; behind the test, nothing may have gone wrong."""
    reader = _one_reader
    reader.choose()
    wait_until(lambda: _has_pack(reader))
    reader.proxy.seen.clear()
    reader.complaints.clear()
    yield reader
    for page in reader.context.pages[1:]:
        page.close()
    assert reader.complaints == []


def _has_pack(reader: Reader) -> bool:
    """Whether the pack of the server that the extension was packed for is there."""
    state, packed = reader.kept("pack") or {}, reader.kept("packed")
    return bool(packed) and state.get("root") == packed["server"] and "edition" in state


def wait_until(holds: Callable[[], object], patience: float = PATIENCE) -> Any:
    """Wait until something is true, and give what it is."""
    end = time.monotonic() + patience
    while not (found := holds()):
        assert time.monotonic() < end, "it did not come to hold"
        time.sleep(0.03)
    return found


def marked(page: Page) -> list[str]:
    """The pieces of text that are marked on a page, in the order of their marking."""
    ranges = "[...(CSS.highlights.get('glossary-api-term') ?? [])]"
    text = "range => range.startContainer.data.slice(range.startOffset, range.endOffset)"
    return cast("list[str]", page.evaluate(f"{ranges}.map({text})"))


def wait_for_marks(page: Page, *pieces: str) -> None:
    """Wait until exactly these pieces of text are marked, in any order."""
    wanted = sorted(pieces)
    end = time.monotonic() + PATIENCE
    while (found := sorted(marked(page))) != wanted:
        assert time.monotonic() < end, f"marked are {found}, not {wanted}"
        time.sleep(0.03)


@dataclass(frozen=True, slots=True)
class Tooltip:
    """The tooltip that is open on a page."""

    text: str
    box: dict[str, float]
    """`{left, top, right, bottom}` in the viewport."""


def tooltip(page: Page) -> Tooltip | None:
    """The tooltip, which stands in a closed shadow tree; None if there is none to be seen."""
    session = page.context.new_cdp_session(page)
    try:
        root = session.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
        return next((found for node in _panels(root) if (found := _read(session, node))), None)
    finally:
        session.detach()


def _panels(node: dict[str, Any]) -> Iterator[int]:
    for shadow in node.get("shadowRoots", []):
        if shadow.get("shadowRootType") == "closed":
            yield from (child["nodeId"] for child in shadow.get("children", []) if child["nodeName"] != "STYLE")
    for child in (*node.get("children", []), *node.get("shadowRoots", [])):
        yield from _panels(child)


def _read(session: CDPSession, node: int) -> Tooltip | None:
    handle = session.send("DOM.resolveNode", {"nodeId": node})["object"]["objectId"]
    look = """function () {
      const { left, top, right, bottom, width } = this.getBoundingClientRect();
      return width ? { text: this.innerText, box: { left, top, right, bottom } } : null;
    }"""
    said = session.send(
        "Runtime.callFunctionOn", {"objectId": handle, "functionDeclaration": look, "returnByValue": True}
    )
    value = said["result"].get("value")
    return Tooltip(value["text"], value["box"]) if value else None
