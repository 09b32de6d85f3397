from __future__ import annotations

import re
from itertools import groupby
from typing import Any

import pytest
from flask import Flask

from glossary_api.api.http.answers import edition_of
from glossary_api.queries.report_glossary.compile import compile_glossary
from glossary_api.site.web_files import STATIC
from tests.site.conftest import Open

REPORTS = ("huqiu-2025", "kunshan-2024", "wujiang-2025")
LABELS = {"same-place": "same place", "same-prefecture": "same prefecture", "elsewhere": "elsewhere"}


def _squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("report", REPORTS)
def test_the_sheet_is_the_compiled_glossary(seed_app: Flask, seen: Open, report: str) -> None:
    """The three parts have the entries of the compiled glossary in its order, each with all its definitions."""
    compiled = compile_glossary(edition_of(seed_app), report)
    page = seen(f"/reports/{report}/glossary")
    for part in ("own", "borrowed"):
        items = page.css(f"section[aria-labelledby={part}] > ol > li")
        assert [_squeezed(item.css_first("h3").text()) for item in items] == [  # type: ignore[union-attr]
            _squeezed(entry["term"]["name"]) for entry in compiled[part]
        ]
        for item, entry in zip(items, compiled[part], strict=True):
            texts = [text for sense in entry["senses"] for text, _ in groupby(d["text"] for d in sense["definitions"])]
            assert [quote.text() for quote in item.css("blockquote")] == texts
            assert len(item.css(".source")) == sum(len(sense["definitions"]) for sense in entry["senses"])
    names = [link.text() for link in page.css("section[aria-labelledby=undefined] a")]
    assert names == [entry["term"]["name"] for entry in compiled["undefined"]]


@pytest.mark.parametrize("report", REPORTS)
def test_what_is_borrowed_says_so_and_why(seed_app: Flask, seen: Open, report: str) -> None:
    """Every borrowed definition carries a label, every borrowed sense its reasons in the language of the page."""
    compiled = compile_glossary(edition_of(seed_app), report)
    entries = compiled["borrowed"]
    assert entries
    english = seen(f"/reports/{report}/glossary?lang=en").css("section[aria-labelledby=borrowed] li")
    chinese = seen(f"/reports/{report}/glossary").css("section[aria-labelledby=borrowed] li")
    for entry, in_english, in_chinese in zip(entries, english, chinese, strict=True):
        labels = [LABELS[d["label"]] for sense in entry["senses"] for d in sense["definitions"]]
        assert [tag.text() for tag in in_english.css(".source .tag")] == labels
        for sense, why in zip(entry["senses"], in_english.css(".why"), strict=True):
            assert why.text() == "; ".join(reason["text"] for reason in sense["why"]) + "."
        assert all(not re.search("[a-z]{3}", _without_names(why.text(), entry)) for why in in_chinese.css(".why"))


def _without_names(text: str, entry: dict[str, Any]) -> str:
    for sense in entry["senses"]:
        for definition in sense["definitions"]:
            text = text.replace(definition["source"]["place"] or "", "")
    return text


def test_paper_shows_the_glossary_alone() -> None:
    """In print there is a page size, nothing that only a screen needs, and no entry that breaks across pages."""
    style = (STATIC / "site.css").read_text("utf-8")
    assert re.search(r"@page \{ size: A4;", style)
    printed = style.split("@media print")[1]
    hidden = ",".join(re.findall(r"([^{}]*)\{ display: none; \}", printed))
    assert {".top", ".filters", ".cite", "[data-print]"} <= {name.strip() for name in hidden.split(",")}
    assert re.search(r"\.sheet-entries > li[^{}]*\{ break-inside: avoid", printed)
