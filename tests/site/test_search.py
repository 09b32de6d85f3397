from __future__ import annotations

from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from glossary_api.api.http.answers import edition_of
from glossary_api.model.things import Harvest
from glossary_api.queries import search
from glossary_api.site import search as search_page
from tests.site.conftest import ANEW, Open
from tests.site.reading import read


@pytest.mark.parametrize("name", ["五个清", "“五个清”", "5个清", "五個清", " 五个 清 "])
def test_a_name_leads_straight_to_its_term(client: FlaskClient, name: str) -> None:
    """Searching for any spelling of a name leads to the page of its term."""
    response = client.get("/search", query_string={"q": name, "lang": "en"})
    assert response.status_code == 302
    assert unquote(response.headers["Location"]) == "/terms/五个清?lang=en"


def test_search_finds_names_and_definitions(client: FlaskClient) -> None:
    """Searching for words of a definition lists the terms that it defines."""
    page = read(client.get("/search?q=底数清"))
    assert [element.text for element in page.find("a", class_="entry")] == ["五个清"]
    assert page.find("input", name="q")[0].attributes["value"] == "底数清"


def test_search_without_result_names_the_nearest(client: FlaskClient) -> None:
    """Searching for a misspelled name offers the right one."""
    page = read(client.get("/search?q=五个请"))
    assert "五个清" in [element.text for element in page.find("main")[0].find("a")]


def test_search_for_more_than_a_name_names_the_term(client: FlaskClient) -> None:
    """Searching for a name with words behind it offers the term of that name."""
    page = read(client.get("/search?q=五个清工作"))
    assert "五个清" in [element.text for element in page.find("ul", **{"aria-labelledby": "nearest"})[0].find("a")]


def test_search_finds_paragraphs(client: FlaskClient, harvest: Harvest) -> None:
    """Words that stand in a report's text lead to it: marked in the snippet, and by a fragment of the text itself."""
    passages = read(client.get("/search?q=布局")).find("section", **{"aria-labelledby": "passages"})[0]
    assert [mark.text for mark in passages.find("mark")] == ["布局"]
    (link,) = (element.attributes["href"] for element in passages.find("a"))
    address, _, words = unquote(link).partition("#:~:text=")
    assert address == "/reports/north-2024"
    assert words.startswith("布局")
    assert words in harvest.reports[0].report.text


def test_search_finds_readings_and_english(seen: Open) -> None:
    """Pinyin and words of a rendering find their term when they are sent, not only while they are typed."""
    for asked in ("liangzhong", "Two Major"):
        page = seen(f"/search?q={asked}&lang=en")
        assert "两重" in [node.text() for node in page.css("a.entry")], asked


def test_a_word_that_is_no_term_is_said_to_stand_in_paragraphs(seen: Open) -> None:
    """What no term has but paragraphs have is said plainly, with their number, and without look-alikes."""
    page = seen("/search?q=经济社会发展")
    said = page.css_first("[role=status]")
    assert said is not None
    assert "不是收录的术语" in said.text()
    assert page.css("section[aria-labelledby=passages] mark") != []
    assert page.css("ul[aria-labelledby=nearest] a") == []


def test_a_snippet_says_that_it_is_cut(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """An ellipsis stands where a paragraph goes on before or behind its snippet, and nowhere else."""
    monkeypatch.setattr(search, "SNIPPET", 8)
    monkeypatch.setattr(search, "_BEFORE", 2)
    passages = read(client.get("/search?q=布局", headers=ANEW)).find("section", **{"aria-labelledby": "passages"})[0]
    (words,) = (element.text for element in passages.find("p", lang="zh-Hans"))
    assert words == "…3”布局，三个早…"


def test_names_come_before_definitions(seed_app: Flask, seen: Open) -> None:
    """Terms with a form that has what was asked for come before those whose definitions do, and none comes twice."""
    names = [node.text() for node in seen("/search?q=服务").css("a.entry")]
    terms = [edition_of(seed_app).term(name) for name in names]
    named = [any("服务" in form for form in (one["name"], *(v["form"] for v in one["variants"]))) for one in terms]
    assert 1 < sum(named) < search_page.SUGGESTED
    assert named == sorted(named, reverse=True)
    assert not all(named)
    assert len(names) == len(set(names))
