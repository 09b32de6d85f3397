"""Hostile pages beside the extension, and hostile packs in it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.request import urlopen

import pytest

from .conftest import Reader, marked, tooltip, wait_for_marks, wait_until

EVIL = "<img src=http://evil.example/seen onerror=document.title=1><b>"
TERM, DEFINED, READING = "六个不发生", "不能发生政治性事件", "liù gè bù fā shēng"
PAGE = f"<p>{TERM}</p>"


@pytest.fixture
def hostile_pack(reader: Reader, server: str) -> Iterator[None]:
    """The pack of a server on which everything that may be shown of a term has markup in it."""
    address = f"{server}api/v1/export/termpack"
    with urlopen(address, timeout=30) as answer:
        good = answer.read().decode()
    assert DEFINED in good
    assert READING in good
    evil = good.replace(DEFINED, EVIL + DEFINED).replace(READING, EVIL + READING)
    own = reader.own("options/options.html")
    try:
        reader.proxy.pages[address] = (200, {"etag": '"evil"', "access-control-allow-origin": "*"}, evil.encode())
        assert own.evaluate("() => chrome.runtime.sendMessage({ ask: 'renew' })")["problem"] is None
        own.close()
        yield
    finally:
        del reader.proxy.pages[address]
        own = reader.own("options/options.html")
        assert own.evaluate("() => chrome.runtime.sendMessage({ ask: 'renew' })")["problem"] is None


@pytest.mark.usefixtures("hostile_pack")
def test_text_of_a_pack_is_never_markup(reader: Reader) -> None:
    """What a pack says of a term is shown as it is written, and loads and runs nothing."""
    page = reader.open(PAGE)
    wait_for_marks(page, TERM)
    reader.command("next-term")
    shown = wait_until(lambda: tooltip(page))
    assert shown.text.count(EVIL) == 2
    page.wait_for_timeout(200)
    assert [one.url for one in reader.proxy.seen if "evil.example" in one.url] == []
    assert page.title() == "页面"


def test_a_page_cannot_ask_the_extension(reader: Reader) -> None:
    """Scripts of a page have no way to its background, and what they post or dispatch is no command."""
    page = reader.open(PAGE)
    wait_for_marks(page, TERM)
    assert page.evaluate("typeof globalThis.chrome?.runtime?.sendMessage") == "undefined"
    page.evaluate(
        "for (const said of [{ tell: 'next-term' }, { ask: 'find', text: '三名工程' }]) {"
        "  postMessage(said, '*'); dispatchEvent(new CustomEvent('message', { detail: said }));"
        "}"
    )
    page.wait_for_timeout(300)
    assert tooltip(page) is None
    assert marked(page) == [TERM]
