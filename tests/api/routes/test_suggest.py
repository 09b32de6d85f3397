from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from typing import Any
from urllib.parse import quote, unquote

import pytest
from flask import Flask

SUGGESTIONS = "application/x-suggestions+json"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def names(answer: Any) -> list[tuple[str, str, str]]:
    """Name, match and way of every suggestion."""
    return [(item["name"], item["match"], item["by"]) for item in json.loads(answer.data)["items"]]


@pytest.mark.parametrize(
    ("q", "suggested"),
    [
        ("六", [("六个不发生", "prefix", "name")]),
        ("6个不发生", [("六个不发生", "exact", "name")]),
        ("得地", [("数据得地", "contained", "name")]),
        ("数剧得地", [("数据得地", "fuzzy", "name")]),
        ("没有这样的", []),
        ("“”", []),
    ],
)
def test_suggest_names(ask: Any, q: str, suggested: list[tuple[str, str, str]]) -> None:
    """Names come with how they fit what was typed."""
    answer = ask(f"/suggest?q={quote(q)}")
    assert names(answer) == suggested
    assert json.loads(answer.data)["q"] == q


def test_limit(ask: Any) -> None:
    """No more are suggested than was asked for."""
    assert len(names(ask("/suggest?q=1"))) == 2
    assert len(names(ask("/suggest?q=1&limit=1"))) == 1


@pytest.mark.parametrize(
    ("query", "headers"),
    [("&format=opensearch", {}), ("", {"Accept": SUGGESTIONS}), ("&format=opensearch", {"Accept": "*/*"})],
)
def test_opensearch_suggestions(app: Flask, ask: Any, query: str, headers: dict[str, str]) -> None:
    """Browsers get four lists of one length: names, words on them, addresses that lead to the terms."""
    answer = ask(f"/suggest?q=1{query}", headers=headers)
    assert answer.mimetype == SUGGESTIONS
    q, found, words, addresses = json.loads(answer.data)
    assert (q, found, words[1]) == ("1", ["“135”工作体系", "1+22+3"], "")
    assert words[0].startswith("云溪市 2024：1个中心")
    for name, address in zip(found, addresses, strict=True):
        path = unquote(address.removeprefix("http://localhost"))
        assert app.url_map.bind("localhost").match(path) == ("pages.term", {"name": name})


@pytest.mark.parametrize(
    "query", ["", "?q=", "?q=一&limit=0", "?q=一&limit=51", "?q=一&format=xml", "?q=" + "一" * 201]
)
def test_bad_questions(ask: Any, query: str) -> None:
    """A question that is missing, empty, too long or of another form is refused."""
    assert ask(f"/suggest{query}").status_code == 422


def test_description(app: Flask) -> None:
    """A browser finds from the head of any page what it needs to search here, and both of its addresses answer."""
    client = app.test_client()
    head = client.get("/").get_data(as_text=True)
    (link,) = re.findall(r'<link rel="search" type="application/opensearchdescription\+xml"[^>]* href="([^"]*)"', head)
    answer = client.get(link)
    assert answer.mimetype == "application/opensearchdescription+xml"
    root = ElementTree.fromstring(answer.data)
    assert root.tag == f"{OPENSEARCH}OpenSearchDescription"
    assert len(root.findtext(f"{OPENSEARCH}ShortName") or "") in range(1, 17)
    assert root.findtext(f"{OPENSEARCH}Description")
    addresses = {url.get("type"): url.get("template") or "" for url in root.iter(f"{OPENSEARCH}Url")}
    assert set(addresses) == {"text/html", SUGGESTIONS, "application/opensearchdescription+xml"}
    for kind, address in addresses.items():
        led = client.get(address.replace("{searchTerms}", quote("数据")), follow_redirects=True)
        assert (led.status_code, led.mimetype) == (200, kind)
    for image in root.iter(f"{OPENSEARCH}Image"):
        with client.get(image.text or "") as shown:
            assert shown.mimetype == image.get("type")
