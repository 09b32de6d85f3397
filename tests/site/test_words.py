"""The language of a page: by its address, or by what the browser prefers; and what caches are told of that."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from tests.site.reading import read


@pytest.mark.parametrize(
    ("accepted", "shown"),
    [
        (None, "zh-Hans"),  # as crawlers ask
        ("*", "zh-Hans"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("en-GB,en;q=0.9,zh-CN;q=0.8", "en"),
        ("zh;q=0.2,en;q=0.7", "en"),
        ("fr-FR,fr;q=0.9", "en"),  # neither is there: English is read by more who read no Chinese
    ],
)
def test_the_browser_chooses_where_the_address_says_nothing(client: FlaskClient, accepted: str, shown: str) -> None:
    """A page without `lang` is in the language that the browser prefers, says so, and varies by it."""
    answer = client.get("/terms/五个清", headers={"Accept-Language": accepted} if accepted else {})
    assert read(answer).find("html")[0].attributes["lang"] == shown
    assert answer.headers["Content-Language"] == shown
    assert "Accept-Language" in answer.vary


def test_the_address_outdoes_the_browser(client: FlaskClient) -> None:
    """`lang=zh` is Chinese whatever the browser prefers, its links keep that, and the answer varies by nothing."""
    answer = client.get("/?lang=zh", headers={"Accept-Language": "en"})
    page = read(answer)
    assert page.find("html")[0].attributes["lang"] == "zh-Hans"
    inner = [e for e in page.find("a") if not e.attributes["href"].startswith(("#", "/api/"))]
    assert [e.text for e in inner if "lang=zh" not in e.attributes["href"]] == ["English"]
    assert "Accept-Language" not in answer.vary


def test_languages_are_told_apart_by_caches(client: FlaskClient) -> None:
    """A browser that has the Chinese page and now asks in English gets the English one, no 304."""
    chinese = client.get("/", headers={"Accept-Language": "zh"})
    known = {"If-None-Match": chinese.headers["ETag"]}
    assert client.get("/", headers={"Accept-Language": "zh", **known}).status_code == 304
    again = client.get("/", headers={"Accept-Language": "en", **known})
    assert again.status_code == 200
    assert "Work Report Glossary" in again.text


def test_links_leave_the_choice_to_the_browser(client: FlaskClient) -> None:
    """Links of a page whose address names no language name none, but for those that change it."""
    page = LexborHTMLParser(client.get("/", headers={"Accept-Language": "en"}).text)
    hrefs = [link.attributes["href"] or "" for link in page.css("a")]
    assert [href for href in hrefs if "lang=" in href] == ["/?lang=zh"]
    alternates = {link.attributes["hreflang"]: link.attributes["href"] for link in page.css("link[rel=alternate]")}
    assert alternates == {"zh-Hans": "/?lang=zh", "en": "/?lang=en", "x-default": "/"}


def test_a_card_follows_the_browser_too(client: FlaskClient) -> None:
    """The card of a term, framed by another site, is in the language of its reader, and leads to a page in it."""
    answer = client.get("/terms/五个清/card", headers={"Accept-Language": "en"})
    assert read(answer).find("html")[0].attributes["lang"] == "en"
    assert "Accept-Language" in answer.vary
    assert "lang=" not in read(answer).find("a")[-1].attributes["href"]
