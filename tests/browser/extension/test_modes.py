"""Where terms are looked for, and what is sent for it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from .conftest import Proxy, Reader, Seen, tooltip, wait_for_marks, wait_until

REPORTS = Path(__file__).parents[3] / "seed" / "reports"
SECRET = "只有本页才有的一句话甲乙丙"
BROWSERS_OWN = re.compile(r"^(http://)?[a-z.]+\.(google|googleapis)\.com[:/]")
"""What Chromium asks for by itself: updates, accounts."""
TEXT = f"<p>{SECRET}，落实“六个不发生”，推进五社联动。</p>"
SPELLINGS = [SECRET, quote(SECRET), SECRET.encode("unicode_escape").decode(), "不发生", quote("不发生"), "五社联动"]
"""Ways in which the text of the page could be in a request."""


@pytest.fixture
def elsewhere(reader: Reader) -> Callable[[int, str], str]:
    """Puts an answer of another server at the address where packs are; gives the root of that server."""

    def answered(status: int, body: str) -> str:
        headers = {"content-type": "application/json", "access-control-allow-origin": "*"}
        for path in ("export/termpack", "status", "annotate"):
            reader.proxy.pages[f"http://other.example/api/v1/{path}"] = (status, headers, body.encode())
        return "http://other.example/"

    return answered


def _sent(proxy: Proxy) -> list[tuple[str, str]]:
    return [(one.method, one.url.partition("/api/v1/")[2]) for one in proxy.asked()]


def test_private_mode_sends_no_text(launch: Callable[..., Reader], server: str) -> None:
    """From the first start, through a page with frames, later text, tooltips and commands, nothing of the page is sent:

    all that goes out is the pages themselves and one request for the pack.
    """
    proxy = Proxy(server)
    with proxy.running():
        reader = launch(proxy)
        wait_until(lambda: (reader.kept("pack") or {}).get("edition"))
        proxy.serve(TEXT, "http://news.example/inner")
        page = reader.open(f"{TEXT}<iframe src=/inner></iframe>")
        wait_until(lambda: reader.count(page) == 4)
        page.evaluate("text => document.body.append(text)", f"{SECRET}，“六个不发生”")
        wait_until(lambda: reader.count(page) == 5)
        reader.command("next-term")
        wait_until(lambda: tooltip(page))
        reader.context.close()
        assert _sent(proxy) == [("GET", "export/termpack")]
        ours = {f"http://news.example{path}" for path in ("/", "/inner", "/favicon.ico")}
        asked = {one.url for one in proxy.seen if not BROWSERS_OWN.search(one.url)}
        assert asked - ours == {f"{server}api/v1/export/termpack"}
        for seen in (one for one in proxy.seen if one.url not in ours):
            assert [one for one in SPELLINGS if one in seen.url + seen.body + json.dumps(seen.headers)] == []
            assert "cookie" not in seen.headers
            assert "news.example" not in seen.headers.get("referer", "") + seen.headers.get("origin", "")


def test_the_background_itself_keeps_text_in_private_mode(reader: Reader) -> None:
    """The one function that sends text of a page refuses in private mode, whoever calls it."""
    page = reader.own("options/options.html")
    refused = page.evaluate(
        "async () => { const { sendText } = await import('/background/server.js');"
        " const { loadSettings } = await import('/settings.js');"
        " return sendText(await loadSettings(), '五社联动').catch((error) => error.code); }"
    )
    assert refused == "kept-private"
    assert _sent(reader.proxy) == []


def test_server_mode_asks_the_server(reader: Reader) -> None:
    """In server mode the server finds the same terms, and says what they mean."""
    reader.choose(mode="server")
    page = reader.open(TEXT)
    wait_for_marks(page, "六个不发生", "五社联动")
    [asked] = [one for one in reader.proxy.asked() if one.method == "POST"]
    assert SECRET in json.loads(asked.body)["text"]
    reader.command("next-term")
    shown = wait_until(lambda: tooltip(page))
    assert "计数相符" in shown.text
    assert _sent(reader.proxy)[-1] == ("GET", f"lookup?name={quote('六个不发生')}")


def test_both_modes_mark_the_same(reader: Reader) -> None:
    """A whole report is marked alike in both modes."""
    text = (REPORTS / "kunshan-2024.txt").read_text("utf-8")
    found = []
    for mode in ("private", "server"):
        reader.choose(mode=mode)
        page = reader.open("".join(f"<p>{line}</p>" for line in text.splitlines()))
        _wait_for(reader, page, 50)
        page.wait_for_timeout(300)
        found.append(reader.terms(page))
        page.close()
    assert found[0] == found[1]


def _wait_for(reader: Reader, page: Page, count: int) -> None:
    wait_until(lambda: reader.count(page) > count)


def _wait_for_problem(reader: Reader, page: Page) -> None:
    wait_until(lambda: reader.state(page).get("problem"))


def test_the_pack_is_renewed_by_its_tag(reader: Reader) -> None:
    """The pack is asked for with the tag of the one that is there, and comes again only if it is another."""
    before = reader.kept("pack")
    state = reader.own("options/options.html").evaluate("() => chrome.runtime.sendMessage({ ask: 'renew' })")
    asked = [one for one in reader.proxy.asked() if one.method == "GET"]
    assert {(one.status, bool(one.headers.get("if-none-match"))) for one in asked} == {(304, True)}
    assert state["checked"] > before["checked"]
    assert {**state, "checked": 0, "tried": 0} == {**before, "checked": 0, "tried": 0}


def test_the_pack_outlives_the_background(reader: Reader) -> None:
    """A background that was stopped and started again marks from the pack on the shelf, without a request."""
    session = reader.context.new_cdp_session(reader.context.pages[0])
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    page = reader.open(TEXT)
    wait_for_marks(page, "六个不发生", "五社联动")
    assert _sent(reader.proxy) == []


@pytest.mark.parametrize(
    ("status", "body", "problem"),
    [
        (502, "", "refused"),
        (404, "{}", "no_glossary"),
        (200, "<html>登录</html>", "bad_pack"),
        (200, '{"format": "termpack", "version": 99, "terms": [\n]}', "other_version"),
    ],
)
def test_what_goes_wrong_is_said(
    reader: Reader, elsewhere: Callable[[int, str], str], status: int, body: str, problem: str
) -> None:
    """A server that gives no pack leaves the page as it is; the button and the pop-up say what is the matter."""
    reader.choose(server=elsewhere(status, body))
    page = reader.open(TEXT)
    wait_until(lambda: (reader.state(page).get("problem") or {}).get("code") == problem)
    wait_until(lambda: reader.badge(page) == "!")
    assert reader.terms(page) == {}


def test_a_server_that_fails_is_left_alone(reader: Reader, elsewhere: Callable[[int, str], str]) -> None:
    """Pages do not ask again and again a server that has just failed; a reader who asks is heard."""
    reader.choose(server=elsewhere(500, ""))
    for number in range(3):
        page = reader.open(TEXT, f"http://news.example/{number}")
        _wait_for_problem(reader, page)
    assert len(_at(reader.proxy, "other.example")) <= 2
    reader.own("options/options.html").evaluate("() => chrome.runtime.sendMessage({ ask: 'renew' })")
    assert len(_at(reader.proxy, "other.example")) <= 3


def _at(proxy: Proxy, host: str) -> list[Seen]:
    return [one for one in proxy.seen if f"//{host}/" in one.url]


def test_a_broken_pack_does_not_replace_a_good_one(reader: Reader, server: str) -> None:
    """If the server gives something else than a pack, the one that is there stays in use, and the fault is noted."""
    address = f"{server}api/v1/export/termpack"
    reader.proxy.pages[address] = (200, {"content-type": "text/html", "access-control-allow-origin": "*"}, b"<html>")
    try:
        own = reader.own("options/options.html")
        state = own.evaluate("() => chrome.runtime.sendMessage({ ask: 'renew' })")
    finally:
        del reader.proxy.pages[address]
    assert state["problem"]["code"] == "bad_pack"
    assert state["terms"] > 100
    kept = "async () => (await (await caches.open('packs')).keys()).map(({ url }) => url)"
    assert reader.background.evaluate(kept) == [address]
    page = reader.open(TEXT)
    wait_for_marks(page, "六个不发生", "五社联动")
    assert own.evaluate("() => chrome.runtime.sendMessage({ ask: 'renew' })")["problem"] is None
