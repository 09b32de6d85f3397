"""Made-up reports: what emerges is what many places begin to write in one year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from glossary_api.harvesting.emerging import Emerging, emerging
from glossary_api.harvesting.harvest import build
from glossary_api.model.things import Document, ParsedReport
from glossary_api.parsing.parse import parse

FRAMES = ("布局{}。", "鼓励{}先行。", "让{}扩容。", "围绕{}招商。", "抢占{}赛道。", "瞄准{}，找准方向。")
"""What stands around a name: as varied as around any word."""


def _report(number: int, year: int, text: str) -> ParsedReport:
    parsed = parse(Document(f"{number}-{year}.txt", f"政府工作报告\n各位代表：\n{text}", f"{number:064}", "text"))
    return replace(parsed, report=replace(parsed.report, year=year, place=f"第{number}县", place_code=None))


def _pile(now: str, before: str = "平常之事照办。", places: int = 6) -> list[ParsedReport]:
    """Reports of six places in two years; `now` stands in those of the second, in ever other surroundings."""
    written = [FRAMES[number % 6].format(now) + FRAMES[(number + 1) % 6].format(now) for number in range(places)]
    second = [_report(number, 2025, text) for number, text in enumerate(written)]
    return second + [_report(number, 2024, before) for number in range(6)]


def _names(pile: list[ParsedReport]) -> list[str]:
    return [found.name for found in emerging(pile)]


def test_a_name_that_many_places_begin_to_use_emerges() -> None:
    """What six places write in a year and none wrote before is found, whole, with its year and its places."""
    (found,) = emerging(_pile("云层经济"))
    assert (found.name, found.year, found.places, found.earlier) == ("云层经济", 2025, 6, 0)


def test_what_was_always_written_does_not_emerge() -> None:
    """A name that the reports of the year before use as much is none that emerges, however frequent it is."""
    assert _names(_pile("云层经济", before="布局云层经济。")) == []


def test_few_places_are_not_many() -> None:
    """What three places write is not found."""
    assert _names(_pile("云层经济", places=3)) == []


def test_a_piece_of_a_name_is_none() -> None:
    """A longer name is found whole, and no part of it."""
    assert _names(_pile("云层新型经济")) == ["云层新型经济"]


def test_a_fixed_phrase_around_a_piece_shows_that_it_is_none() -> None:
    """A piece that always has the same neighbour is no name, for its edge is none."""
    assert all(name != "云层经" for name in _names(_pile("云层经济")))


def test_a_verb_that_governs_a_name_is_no_part_of_it() -> None:
    """发展 before a name may govern any name: neither does it belong to the name nor hide its edge."""
    assert _names(_pile("发展云层经济")) == ["云层经济"]


def test_a_predicate_is_no_name() -> None:
    """What says how something goes, or what is done with it, is not found, however many begin to write it."""
    assert _names(_pile("能力持续增强")) == []
    assert _names(_pile("云层任务")) == []


def test_a_name_begins_where_a_word_does() -> None:
    """A piece that begins with the end of a word or with a measure word is not found."""
    assert all(not name.startswith("级") for name in _names(_pile("3级云层景区")))
    assert all(not name.startswith("业") for name in _names(_pile("产业云层经济")))


@pytest.mark.parametrize("turn", [1, 5, 7])
def test_the_order_of_the_reports_does_not_matter(turn: int) -> None:
    """The same reports in another order give the same names."""
    pile = _pile("云层经济")
    assert emerging(pile[turn:] + pile[:turn]) == emerging(pile)


def test_without_earlier_reports_nothing_is_new() -> None:
    """Where there is no earlier year to compare with, nothing emerges."""
    found: list[Emerging] = emerging([one for one in _pile("云层经济") if one.report.year == 2025])
    assert found == []


def test_what_emerges_is_a_candidate() -> None:
    """A name that emerges is a candidate that says why and is never offered; one that is a term already stays that."""
    harvested = build(_pile("云层经济"))
    (cloud,) = [term for term in harvested.terms if term.name == "云层经济"]
    assert (cloud.status, cloud.evidence.reason) == ("candidate", "emerging")
    (cloud,) = [
        term
        for term in build([*_pile("云层经济"), _report(9, 2025, "推行“云层经济”行动。")]).terms
        if term.name == "云层经济"
    ]
    assert cloud.evidence.reason != "emerging"
