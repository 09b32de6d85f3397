"""The lists of terms, reports and usages: their orders, and what they are narrowed by."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.site.conftest import Open


def _texts(page: object, selector: str) -> list[str]:
    return [node.text(strip=True) for node in page.css(selector)]  # type: ignore[attr-defined]  # a parsed page


def test_terms_stand_in_the_order_of_their_readings(seen: Open) -> None:
    """A letter leaves the terms whose reading begins with it; all letters together have all terms."""
    letters = seen("/terms").css(".letters a")
    total = sum(
        int(re.findall(r"\d+", _texts(seen(a.attributes["href"] or ""), "main > p.quiet")[0])[0]) for a in letters
    )
    assert f"共 {total} 个" in _texts(seen("/terms"), "main > p.quiet")[0]


def test_terms_stand_in_the_order_of_their_use(seen: Open) -> None:
    """By use, and by the earliest year, which heads the terms."""
    years = [int(re.findall(r"\d+", words)[0]) for words in _texts(seen("/terms?sort=first"), "h2.lesser")]
    assert years == sorted(years) != []
    assert _texts(seen("/terms?sort=use"), "a.entry") != _texts(seen("/terms"), "a.entry")


def test_a_filter_that_does_not_apply_is_named(seen: Open) -> None:
    """A filter that there is not, a letter in another order and a parameter of no such name are said to be ignored."""
    assert "nonsense" in _texts(seen("/terms?show=nonsense&lang=en"), "[role=status]")[0]
    assert "Pinyin" in _texts(seen("/terms?sort=use&letter=A&lang=en"), "[role=status]")[0]
    assert "place" in _texts(seen("/terms?place=昆山&lang=en"), "[role=status]")[0]
    assert not _texts(seen("/terms?letter=L&page=1"), "[role=status]")


def test_reports_by_place_and_year(seen: Open) -> None:
    """Reports stand below their province, or the latest first; a place and a year leave those of both."""
    assert _texts(seen("/reports"), "h2.lesser") == ["江苏省"]
    assert _texts(seen("/reports?sort=year"), "h2.lesser") == ["2025 年", "2024 年"]
    assert _texts(seen("/reports?place=昆山&year=2024"), "a.entry") == ["昆山市2024 年"]
    assert _texts(seen("/reports?place=昆山&year=2025"), "a.entry") == []
    assert len(_texts(seen("/reports?genre=政府工作报告"), "a.entry")) == 5


def test_usages_come_in_order_of_time(seen: Open) -> None:
    """Usages of earlier years stand first, and a year or a place leaves its own."""
    years = [int(re.findall(r"\d{4}", words)[0]) for words in _texts(seen("/terms/数据得地/usages"), "h2.lesser")]
    assert years == sorted(years)
    for year in set(years):
        heads = _texts(seen(f"/terms/数据得地/usages?year={year}"), "h2.lesser")
        assert {str(year) in head for head in heads} == {True}
    assert _texts(seen("/terms/数据得地/usages?place=吴江区"), "h2.lesser") == ["吴江区2025 年"]


def test_a_single_usage_can_be_cited(seen: Open) -> None:
    """Each usage leads to a page that shows it alone and cites its words, with the address that opens at them."""
    listed = seen("/terms/数据得地/usages?lang=en")
    address = listed.css(".kwic .cite-one")[0].attributes["href"] or ""
    alone = seen(address)
    (usage,) = alone.css('.kwic a[href*="#u"]')
    anchor = (usage.attributes["href"] or "").partition("#")[2]
    (cited,) = alone.css("details.cite[open]")
    assert anchor in cited.text()
    assert "数据得地" in cited.css("p")[0].text()
    assert "政府工作报告" in cited.css("pre")[0].text()
    boxes = [page.css("details.cite pre")[0].text() for page in (alone, seen("/terms/数据得地"))]
    keys = {re.findall(r"\{(\S+),", box)[0] for box in boxes}
    assert len(keys) == 2  # reference managers keep them apart by it


@pytest.mark.parametrize(("at", "status"), [("1", 404), ("x", 400), ("", 400), ("9" * 40, 400)])
def test_a_place_where_the_term_does_not_stand_is_refused(seed_app: Flask, at: str, status: int) -> None:
    """An offset at which the term does not stand is no page, and what is no number is refused."""
    answer = seed_app.test_client().get("/terms/数据得地/usages", query_string={"report": "wujiang-2025", "at": at})
    assert answer.status_code == status


def test_letters_stand_in_the_order_of_the_terms(seen: Open) -> None:
    """The letters to choose from, digits and signs among them, come in the order in which the terms do."""
    page = seen("/terms")
    assert _texts(page, ".letters a")[0] == "#"
    assert not _texts(page, "a.entry")[0].isalpha()
