"""Which year a text is of, and which years it only points to."""

from __future__ import annotations

import pytest

from glossary_api.translation.numbers.chinese_numbers import chinese_numbers_in
from glossary_api.translation.numbers.comparison import numbers_in, year_of, years_pointed_to
from glossary_api.translation.numbers.number import YEAR


def year(*segments: tuple[str, str]) -> int | None:
    """The year of a text, given as segments with their translations."""
    return year_of((source, chinese_numbers_in(source), numbers_in(target, "en")) for source, target in segments)


@pytest.mark.parametrize(
    ("word", "pointed"),
    [("前年", 2019), ("去年", 2020), ("上年", 2020), ("上一年", 2020), ("今年", 2021), ("本年", 2021), ("明年", 2022)],
)
def test_where_a_word_points(word: str, pointed: int) -> None:
    """Each word is so many years before or after, and a year where it stands."""
    [found] = years_pointed_to(f"与{word}相比", 2021)
    assert (int(found.value), found.kind, found.counts) == (pointed, YEAR, True)
    assert (found.start, found.end) == (1, 1 + len(word))


@pytest.mark.parametrize("text", ["以前年份", "证明年龄", "本年代", "去年度", "文明年", "年年"])
def test_what_points_to_no_year(text: str) -> None:
    """Signs that only look like such a word point nowhere."""
    assert years_pointed_to(text, 2021) == []


@pytest.mark.parametrize(("before", "expected"), [(7, 2021), (8, None)])
def test_a_date_counts_at_the_beginning(before: int, expected: int | None) -> None:
    """The day has to be named in one of the first eight segments."""
    assert year(*[("各位代表：", "Deputies,")] * before, ("2021年3月5日", "March 5, 2021")) == expected


def test_two_dates_say_nothing() -> None:
    """Of texts that name days of several years the translation decides."""
    dates = [("2020年3月5日", "March 5, 2020"), ("2021年3月5日", "March 5, 2021")]
    assert year(*dates) is None
    assert year(*dates, *[("今年", "in 2022")] * 3) == 2022


@pytest.mark.parametrize(("others", "expected"), [(3, 2021), (4, None)])
def test_most_segments_have_to_agree(others: int, expected: int | None) -> None:
    """Seven of ten are enough, seven of eleven are not."""
    assert year(*[("今年", "in 2021")] * 7, *[("今年", "in 2020")] * others) == expected


@pytest.mark.parametrize("segment", [("今年和去年", "in 2021"), ("今年", "from 2020 to 2021"), ("", "in 2021")])
def test_what_is_not_clear_does_not_vote(segment: tuple[str, str]) -> None:
    """A segment has a vote if it points to one year, beside one in its translation."""
    assert year(*[segment] * 5) is None
