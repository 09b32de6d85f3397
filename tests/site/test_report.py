from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from selectolax.lexbor import LexborHTMLParser

from glossary_api.api.http.answers import edition_of
from glossary_api.model.messages import Message
from glossary_api.store.edition import Edition
from tests.site.conftest import ANEW, Open

REPORTS = ("huqiu-2025", "kunshan-2024", "taicang-2024", "wujiang-2025", "zhangjiagang-2025")


@pytest.fixture(scope="module")
def edition(seed_app: Flask) -> Edition:
    """The seed's edition."""
    return edition_of(seed_app)


def _statements(app: Flask, edition: Edition, address: str) -> int:
    """How many statements an answer takes."""
    asked: list[str] = []
    select = edition.select

    def counting(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
        asked.append(statement)
        return select(statement, *parameters)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(edition, "select", counting)
        assert app.test_client().get(address, headers=ANEW).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", ["/reports/{}", "/reports/{}/glossary"])
def test_a_report_takes_as_many_statements_as_any(seed_app: Flask, edition: Edition, address: str) -> None:
    """However many terms a report has, its pages ask the edition the same small number of questions."""
    counts = {report: len(edition.report_terms(report)["used"]) for report in REPORTS}
    assert len(set(counts.values())) > 1
    taken = {_statements(seed_app, edition, address.format(report)) for report in REPORTS}
    assert len(taken) == 1
    assert taken.pop() < 12


def test_marks_say_whose_they_are(seen: Open, edition: Edition) -> None:
    """Each mark of a report's text names its term, and the text says from where and when it is to be understood."""
    for report in REPORTS:
        text = seen(f"/reports/{report}").css_first("section.text")
        block = edition.title_blocks[report]
        assert text is not None
        assert text.attributes["data-report"] == report
        assert text.attributes["data-place"] == block["place"]
        assert text.attributes["data-place-code"] == block["place_code"]
        assert text.attributes["data-date"] == f"{block['year']}-12-31"
        for mark in text.css("a.term"):
            name = mark.attributes["data-term"]
            assert name is not None
            assert edition.found(name) is not None
            assert mark.attributes["title"]


def test_a_mark_without_known_sense_says_the_nearest(seen: Open, edition: Edition) -> None:
    """What a mark's title says is the definition that a look-up from the report's place and year would put first."""
    from glossary_api.queries.rank import rank
    from glossary_api.queries.report_glossary.compile import asked_by

    compared = 0
    for report in REPORTS:
        asked = asked_by(edition.report(report))
        titles = {
            a.attributes["data-term"]: a.attributes["title"]
            for a in seen(f"/reports/{report}").css("a.term:not(.bare)")
        }
        for name, title in titles.items():
            senses = edition.term(str(name))["senses"]
            if len(senses) == 1:
                best = rank(senses, asked, edition.title_blocks).senses[0].definition["text"]
                assert title is not None
                assert best.startswith(title.removesuffix("…"))
                compared += 1
    assert compared > 30


def test_findings_can_be_linked_to(serve: Any, harvest: Any) -> None:
    """What there is to look at in a report has an anchor of its own in the text."""
    import dataclasses

    from glossary_api.model.things import Finding

    north, south = harvest.reports
    at = north.report.text.index("底数清")
    found = dataclasses.replace(
        north, findings=(Finding("count-mismatch", Message("miscount", expected=9, found=3), at, at + 11),)
    )
    client = serve(dataclasses.replace(harvest, reports=(found, south))).test_client()
    page = LexborHTMLParser(client.get("/reports/north-2024").text)
    anchor = page.css_first(f"#f{at}")
    assert anchor is not None
    assert anchor.text() == north.report.text[at : at + 11]


def test_what_a_report_coins_is_listed(seed_app: Flask) -> None:
    """A report lists the slogans that no earlier report has; the earliest has nothing to compare with."""
    client = seed_app.test_client()
    later = LexborHTMLParser(client.get("/reports/wujiang-2025").text).css("ul[aria-labelledby=coined] a")
    assert len(later) > 5
    assert "六个不发生" not in {link.text() for link in later}
    assert not LexborHTMLParser(client.get("/reports/kunshan-2024").text).css("ul[aria-labelledby=coined]")


def test_only_explained_terms_are_marked(seen: Open) -> None:
    """A report has the terms marked that are explained; its one switch leads to all of them, and back."""
    page = seen("/reports/wujiang-2025")
    assert page.css("section.text a.term") == page.css("section.text a.term:not(.bare)") != []
    (more,) = page.css(".switch a")
    every = seen(more.attributes["href"] or "")
    others = every.css("section.text a.bare")
    assert str(len(others)) in more.text()
    assert [mark.id for mark in others if page.css_first(f"#{mark.id}") is None] == []
    (fewer,) = every.css(".switch a")
    assert fewer.attributes["href"] == "/reports/wujiang-2025#text"
