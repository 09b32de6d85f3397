"""The embedded script on a page of another origin, whose policy allows it by its hash and nothing else."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import serving
from tests.browser.extension.conftest import tooltip, wait_until

Open = Callable[..., Page]

TEXT = "坚决落实“六个不发生”要求，抓好“两个确立”建设。再说“六个不发生”。"
BODY = (
    "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>x</title>"
    f"<main><p id=p>{TEXT}</p></main><aside>“六个不发生”</aside>"
)
MARKED = (
    "[...(CSS.highlights.get('glossary-api-term') ?? [])]"
    ".map((r) => r.startContainer.data.slice(r.startOffset, r.endOffset))"
)


class Elsewhere(ThreadingHTTPServer):
    """A site on a port, and so an origin, of its own: it has one page, and a copy of the script."""

    html = ""
    policy = ""
    script = b""

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"http://127.0.0.1:{self.server_port}/"


class _Answering(BaseHTTPRequestHandler):
    server: Elsewhere

    def log_message(self, *words: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer with the script where that is asked for, else with the page."""
        is_script = self.path == "/embed.js"
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if is_script else "text/html; charset=utf-8")
        if self.server.policy:
            self.send_header("Content-Security-Policy", self.server.policy)
        self.end_headers()
        self.wfile.write(self.server.script if is_script else self.server.html.encode())


@pytest.fixture(scope="module")
def server(chromium: str, seed_path: Path) -> Iterator[str]:
    """A server that lets every site read it."""
    with serving(seed_path, GLOSSARY_CORS="*") as address:
        yield address


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Elsewhere]:
    """The other site."""
    site = Elsewhere(("127.0.0.1", 0), _Answering)
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield site
    site.shutdown()
    thread.join()
    site.server_close()


@pytest.fixture
def embedded(open_page: Open, server: str, elsewhere: Elsewhere) -> Callable[..., Page]:
    """Opens a page of another origin with the script in it, with these attributes."""
    with urlopen(f"{server}embed.json", timeout=30) as answer:
        said = json.load(answer)
    policy = "; ".join(["default-src 'none'", *(f"{name} {value}" for name, value in said["policy"].items())])

    def opened(attributes: str = "") -> Page:
        page = open_page(None)
        elsewhere.html = BODY + said["html"].replace(" defer>", f" defer {attributes}>")
        elsewhere.policy = f"{policy}; img-src 'self'"
        page.goto(elsewhere.address)
        return page

    return opened


def wait_for(page: Page, wanted: list[str]) -> None:
    """Wait until exactly these names are marked, in any order."""
    end = time.monotonic() + 30
    while sorted(found := page.evaluate(MARKED)) != sorted(wanted):
        assert time.monotonic() < end, f"marked are {found}, not {wanted}"
        time.sleep(0.05)


def requests(page: Page, path: str) -> list[str]:
    """The requests so far whose address contains `path`."""
    context: Any = page.context
    return [url for url in context.watched.requests if path in url]


def point(page: Page) -> None:
    """Rest the pointer on the first name of the paragraph."""
    place = page.evaluate(
        "() => { const r = document.createRange(), t = document.getElementById('p').firstChild;"
        " r.setStart(t, 6); r.setEnd(t, 9); const b = r.getBoundingClientRect();"
        " return [b.x + b.width / 2, b.y + b.height / 2]; }"
    )
    page.mouse.move(place[0] - 40, place[1] + 60)
    page.mouse.move(*place)


def test_terms_are_marked_and_explained(embedded: Callable[..., Page]) -> None:
    """Explained terms are marked on a strict page of another origin, by the pack alone, and the tooltip opens."""
    page = embedded()
    wait_for(page, ["六个不发生"] * 3)
    point(page)
    expect(page.locator("glossary-tooltip")).to_be_attached()
    assert len(requests(page, "/export/termpack")) == 1
    assert requests(page, "/annotate") == []
    assert page.context.cookies() == []


def test_attributes_choose(embedded: Callable[..., Page]) -> None:
    """Unexplained terms too, first use only, within a selector: as the attributes say, later text included."""
    page = embedded('data-rest data-first data-selector="main" data-kinds="numeral"')
    wait_for(page, ["六个不发生", "两个确立"])
    page.evaluate("document.querySelector('aside').append('又说“两新”')")
    page.evaluate("document.querySelector('main').append('还有“两新”')")
    wait_for(page, ["六个不发生", "两个确立", "两新"])


def test_the_server_may_look(embedded: Callable[..., Page]) -> None:
    """With `data-mode=server` the text is sent and no pack fetched; the same terms are marked."""
    page = embedded("data-mode=server")
    wait_for(page, ["六个不发生"] * 3)
    assert requests(page, "/export/termpack") == []
    assert len(requests(page, "/annotate")) == 1


@pytest.mark.parametrize(("attributes", "words"), [('data-lang="en"', "See the whole entry"), ("", "查看词条")])
def test_the_tooltip_speaks_a_language(embedded: Callable[..., Page], attributes: str, words: str) -> None:
    """The words of the tooltip are in the language that the script is told, else in that of the page."""
    page = embedded(attributes)
    wait_for(page, ["六个不发生"] * 3)
    point(page)
    wait_until(lambda: (shown := tooltip(page)) and words in shown.text)


def test_a_copy_of_the_script_asks_the_server_it_is_told(
    embedded: Callable[..., Page], server: str, elsewhere: Elsewhere
) -> None:
    """A copy on the other site asks the server of `data-server`, and only the kinds of `data-kinds` are marked."""
    with urlopen(f"{server}embed.js", timeout=30) as answer:
        elsewhere.script = answer.read()
    page = embedded()
    wait_for(page, ["六个不发生"] * 3)
    elsewhere.html = elsewhere.html.replace(f"{server}embed.js", "/embed.js")
    told = f' defer data-server="{server}" data-kinds="quoted" '
    elsewhere.html = elsewhere.html.replace(" defer ", told).replace("再说", "推进“数据得地”，再说")
    page.goto(elsewhere.address)
    wait_for(page, ["数据得地"])
    assert len(requests(page, f"{server}api/v1/export/termpack")) == 2


def test_keys_lead_from_term_to_term(embedded: Callable[..., Page]) -> None:
    """Alt+Shift+G opens the next term's tooltip, Escape closes it."""
    page = embedded()
    wait_for(page, ["六个不发生"] * 3)
    page.keyboard.press("Alt+Shift+G")
    expect(page.locator("glossary-tooltip")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("glossary-tooltip")).not_to_be_focused()


def test_a_card_shows_in_a_frame_of_another_site(open_page: Open, server: str, elsewhere: Elsewhere) -> None:
    """A page of another origin may frame the card of a term."""
    page = open_page(None)
    elsewhere.policy = ""
    elsewhere.html = f'<!doctype html><meta charset=utf-8><iframe src="{server}terms/六个不发生/card"></iframe>'
    page.goto(elsewhere.address)
    expect(page.frame_locator("iframe").get_by_role("heading")).to_contain_text("六个不发生")
