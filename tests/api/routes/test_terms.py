from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs, quote

import pytest

from glossary_api.store.edition import Edition

NAMES = ["1+22+3", "“135”工作体系", "三边", "产业/创新", "六个不发生", "十四五", "数据得地"]


def links(response: Any) -> dict[str, str]:
    """The addresses in the Link header below /api/v1, by relation."""
    pairs = re.findall(r'<([^>]*)>; rel="(\w+)"', response.headers["Link"])
    return {relation: address.removeprefix("/api/v1") for address, relation in pairs}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("六个不发生", "六个不发生"),
        (quote("六个不发生"), "六个不发生"),
        (quote("「六个不发生」"), "六个不发生"),
        (quote("六個不發生"), "六个不发生"),
        ("6个不发生", "六个不发生"),
        (quote("“135”工作体系"), "“135”工作体系"),
        ("1+22+3", "1+22+3"),
        ("1%2B22%2B3", "1+22+3"),
        ("产业/创新", "产业/创新"),
        (quote("产业/创新", safe=""), "产业/创新"),
        ("六个不发生%0A", "六个不发生"),
        ("%20六个不发生", "六个不发生"),
    ],
)
def test_show_term(ask: Any, edition: Edition, path: str, name: str) -> None:
    """Any spelling, encoded in any allowed way, gets the stored document byte for byte."""
    response = ask(f"/terms/{path}")
    assert (response.status_code, response.mimetype) == (200, "application/json")
    assert response.data == edition.term_document(name)


def test_chinese_is_not_escaped(ask: Any) -> None:
    """Answers are UTF-8 with Chinese as it is."""
    for path in ("/terms/三边", "/terms", "/terms/三边/usages", "/lookup?name=三边", "/reports"):
        text = ask(path).data.decode("utf-8")
        assert "\\u" not in text
        assert "市" in text or "边" in text


def test_no_such_term_names_the_nearest(ask: Any) -> None:
    """Who asks for part of a name is told the whole."""
    for path in ("/terms/六个不", "/terms/六个不/usages", "/lookup?name=六个不"):
        assert json.loads(ask(path).data)["nearest"] == ["六个不发生"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", NAMES),
        ("?kind=plan", ["十四五"]),
        ("?defined=false", ["1+22+3", "产业/创新", "十四五"]),
        ("?defined=true&kind=numeral", ["“135”工作体系", "三边", "六个不发生"]),
        ("?q=发生", ["六个不发生"]),
        ("?q=22%2B3", ["1+22+3"]),
        ("?q=1+22+3", ["1+22+3"]),  # a + that was not encoded is a space, and the words are there
        ("?report=shiqiao-2025&defined=true", ["“135”工作体系", "数据得地"]),
        ("?place=云溪&year=2024&kind=plan", ["十四五"]),
        ("?q=%22%20OR%20%22", []),
        ("?q=NEAR(", []),
        ("?limit=2", NAMES[:2]),
    ],
)
def test_list_terms(ask: Any, query: str, names: list[str]) -> None:
    """The list has the terms that fit, by name."""
    assert [item["name"] for item in json.loads(ask(f"/terms{query}").data)["items"]] == names


@pytest.mark.parametrize(
    ("path", "total"),
    [
        ("/terms?limit=1", 7),
        ("/terms?limit=3", 7),
        ("/terms?limit=1&defined=true&q=不 数", 0),
        ("/terms?limit=1&kind=quoted", 2),
        (f"/terms/{quote('数据得地')}/usages?limit=1", 3),
        (f"/terms/{quote('产业/创新', safe='')}/usages?limit=1", 1),
        ("/reports?limit=1", 3),
        ("/reports?limit=2&year=2025", 2),
    ],
)
def test_links_lead_through_the_list(ask: Any, path: str, total: int) -> None:
    """Following `next` from page to page meets every item once; the body, the head and the total agree."""
    items: list[Any] = []
    address: str | None = path
    while address is not None:
        response = ask(address)
        page = json.loads(response.data)
        found = links(response)
        assert response.headers["X-Total-Count"] == str(page["total"]) == str(total)
        assert ask(found["first"]).data == ask(path).data
        address = found.get("next")
        following = parse_qs(address.partition("?")[2])["cursor"] if address else [None]
        assert following == [page["next"]]
        items += page["items"]
    assert len(items) == total
    assert all(items.count(item) == 1 for item in items)


def test_list_usages(ask: Any) -> None:
    """Usages come with their context, of one report if asked."""
    page = json.loads(ask("/terms/1+22+3/usages").data)
    assert [(u["left"], u["text"], u["right"]) for u in page["items"]] == [
        ("完善“135”工作体系，建强“", "1+22+3", "”平台，点燃“产业/创新”双引擎。")
    ]
    assert json.loads(ask("/terms/六個不發生/usages?report=yunxi-2024").data)["total"] == 1
