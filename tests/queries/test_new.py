from __future__ import annotations

import hashlib

import pytest

from glossary_api.errors import ReportNotFound
from glossary_api.model.things import Document
from glossary_api.parsing.parse import parse
from glossary_api.queries.new import new_in_report, new_in_text
from glossary_api.store.edition import Edition


def _text(body: str) -> Document:
    return Document("甲县2025.txt", body, hashlib.sha256(body.encode()).hexdigest(), "text")


def test_a_slogan_of_an_earlier_report_is_not_new(edition: Edition) -> None:
    """A report of 2025 does not coin what one of 2024 uses; what it says of its own slogans comes with them."""
    found = {slogan.name: slogan.explanation for slogan in new_in_report(edition, "linjiang-2025")}
    assert found == {"三边": "山边、水边、路边"}


def test_the_first_report_coins_all_that_it_quotes(edition: Edition) -> None:
    """In the earliest report every quoted phrase is new, and later reports that use it are counted."""
    found = {slogan.name: slogan.reports for slogan in new_in_report(edition, "yunxi-2024")}
    assert set(found) == {"六个不发生", "十四五"}
    assert found["六个不发生"] == 1


def test_a_slogan_stands_where_the_report_first_quotes_it(edition: Edition) -> None:
    """The span of a new slogan is that of its text in the report."""
    text = edition.report_text("linjiang-2025")
    assert all(text[new.start : new.end] == new.name for new in new_in_report(edition, "linjiang-2025"))


def test_a_missing_report_is_named(edition: Edition) -> None:
    """A report that the edition does not have is refused."""
    with pytest.raises(ReportNotFound):
        new_in_report(edition, "nowhere-2025")


def test_a_text_is_held_against_the_whole_edition(edition: Edition) -> None:
    """What no report has is new in a text, in the order in which it stands, each once; what one has is not."""
    body = "甲县2025年政府工作报告\n各位代表：\n推行“七网三环”，坚守“六个不发生”，做强“两翼四柱”，推进“七网三环”。\n"
    found = [slogan.name for slogan in new_in_text(edition, parse(_text(body)))]
    assert found == ["七网三环", "两翼四柱"]
