from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from selectolax.lexbor import LexborHTMLParser, LexborNode
from werkzeug.test import TestResponse

from glossary_api.model.messages import CHINESE, ENGLISH
from glossary_api.queries.finding_kinds import OF_AN_EDITION
from glossary_api.queries.findings import concerns
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.site.page import all_words
from glossary_api.store.edition import Edition
from tests.site.conftest import ANEW

HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def troubled_app(troubled_path: Path) -> Flask:
    """The app over an edition in which everything can be found."""
    return create_app(Settings(edition=troubled_path))


def _asked(app: Flask, query: str = "", status: int = 200) -> TestResponse:
    response = app.test_client().get(f"/findings{query}")
    assert response.status_code == status
    return response


def _items(response: TestResponse) -> list[LexborNode]:
    return LexborHTMLParser(response.text).css("ol.found > li")


def _kind(item: LexborNode) -> str:
    heading = item.css_first(".what > b")
    assert heading is not None
    return heading.text()


def _name(kind: str, language: str) -> str:
    words = all_words()[f"found_kind_{kind}"][language]
    assert isinstance(words, str)
    return words


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_found_is_on_the_page(troubled_app: Flask, troubled: Edition, language: str) -> None:
    """Each finding of the edition is listed, in order, with its kind and its message in the language of the page."""
    items = _items(_asked(troubled_app, f"?lang={language}"))
    expected = concerns(troubled, limit=200).items
    assert [_kind(item) for item in items] == [_name(one["kind"], language) for one in expected]
    for item, one in zip(items, expected, strict=True):
        assert one["message"].said(CHINESE if language == "zh" else ENGLISH) in item.text()


def test_each_passage_leads_to_its_place(troubled_app: Flask) -> None:
    """The link of each passage leads to an element of the report's page that begins with exactly these words."""
    links = [link for item in _items(_asked(troubled_app)) for link in item.css(".passage > a")]
    assert (
        len(links)
        == len(OF_AN_EDITION) - len({"open-merge", "not-understood", "bare-pages", "unread notes", "doubted"}) + 1
    )
    for link in links:
        address, _, anchor = (link.attributes["href"] or "").partition("#")
        report = LexborHTMLParser(troubled_app.test_client().get(address).text)
        target = report.css_first(f'[id="{anchor}"]')
        assert target is not None, anchor
        assert link.text().startswith(target.text()[:3]), anchor


def test_counts_lead_to_their_kind(troubled_app: Flask) -> None:
    """At the top stands how many there are of each kind, and each number leads to as many."""
    page = LexborHTMLParser(_asked(troubled_app).text)
    links = page.css(".kinds a")
    assert len(links) == 1 + len(OF_AN_EDITION)
    for link in links:
        number = link.css_first("b")
        assert number is not None
        found = _items(troubled_app.test_client().get(link.attributes["href"] or ""))
        assert len(found) == int(number.text())


def test_a_wrong_count_is_explained(troubled_app: Flask) -> None:
    """A count mismatch says what is promised, what is counted, and which members."""
    (item,) = _items(_asked(troubled_app, "?kind=count-mismatch"))
    assert "名称说有 5 项，数出 3 项" in item.text()
    assert [member.text() for member in item.css("ol.members > li")][:2] == ["底数清", "责任清"]


def test_filters(troubled_app: Flask) -> None:
    """Place, year and report narrow the list, and what a form leaves empty is not asked for."""
    everything = len(_items(_asked(troubled_app)))
    assert len(_items(_asked(troubled_app, "?place=昆山&year=&kind="))) == everything - 1  # a file has no place
    assert len(_items(_asked(troubled_app, "?year=2032"))) == 3
    only = LexborHTMLParser(_asked(troubled_app, "?report=kunshan-2032&lang=en").text)
    switch = [link.attributes["href"] or "" for link in only.css("header a[hreflang]")]
    assert any("report=kunshan-2032" in address for address in switch)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", "没有叫“昆山县”的地方；是不是指：昆山市"),
        ("en", "no place '昆山县' is known; did you mean 昆山市"),
    ],
)
def test_an_unknown_place(troubled_app: Flask, lang: str, words: str) -> None:
    """A place that is not known is told on the page, in its language, with those near it; the form keeps it."""
    page = LexborHTMLParser(_asked(troubled_app, f"?place=昆山县&lang={lang}", 422).text)
    (refusal,) = page.css(".refusal")
    assert words in refusal.text()
    assert [field.attributes["value"] for field in page.css("input[name=place]")] == ["昆山县"]
    assert page.css("ol.found > li") == []


@pytest.mark.parametrize("query", ["?kind=nothing", "?year=zero", "?page=2", "?page=x"])
def test_what_cannot_be_asked_for(troubled_app: Flask, query: str) -> None:
    """An address that no form and no link of ours makes ends on a page that says so."""
    assert HAN.search(LexborHTMLParser(_asked(troubled_app, query, 400).text).css_first("h1").text())  # type: ignore[union-attr]  # every page has one


def test_empty(app: Flask, troubled_app: Flask) -> None:
    """Where nothing is found the page says so, and, where filters are to blame, how to remove them."""
    nothing = _asked(troubled_app, "?year=1999")
    assert _items(nothing) == []
    assert "这样筛选没有结果" in nothing.text
    assert "去掉筛选" in nothing.text
    assert "没有发现这样的问题" in _asked(app, "?lang=zh").text or _items(_asked(app))


def test_long_lists_are_paged(troubled_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list is cut into pages that lead to each other, and together they have everything once."""
    everything = [item.text() for item in _items(_asked(troubled_app))]
    monkeypatch.setattr("glossary_api.site.findings.SHOWN", 3)
    met: list[str] = []
    address = "/findings"
    while address:
        response = troubled_app.test_client().get(address, headers=ANEW)
        met += [item.text() for item in _items(response)]
        following = LexborHTMLParser(response.text).css_first("a[rel=next]")
        address = (following.attributes["href"] or "") if following else ""
    assert met == everything
