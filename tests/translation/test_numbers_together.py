"""Numbers that belong together in one text, and those that stand for each other in two."""

from __future__ import annotations

from decimal import Decimal

import pytest

from glossary_api.translation.numbers.chinese_numbers import chinese_numbers_in
from glossary_api.translation.numbers.comparison import contradict, contradictions, numbers_in, without_counterpart
from glossary_api.translation.numbers.english_numbers import english_numbers_in
from glossary_api.translation.numbers.number import ORDINAL, PLAIN, RATIO, TIMES, YEAR, Number


def number(value: float, kind: str = PLAIN, step: float = 1, *, counts: bool = True) -> Number:
    """A number as printed somewhere."""
    return Number(Decimal(str(value)), 0, 1, counts, kind, Decimal(str(step)))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (number(5), number(6), True),
        (number(2012, YEAR), number(1000), True),  # a wrong figure of four
        (number(2012, YEAR), number(9999), True),
        (number(2012, YEAR), number(999), False),
        (number(2012, YEAR), number(10000), False),
        (number(2012, YEAR), number(0.5, RATIO), False),
        (number(2, TIMES), number(3), True),
        (number(2, TIMES), number(0.5, RATIO), True),
        (number(5), number(0.05, RATIO), False),
        (number(5), number(5, ORDINAL), False),
    ],
)
def test_what_may_stand_for_what(one: Number, other: Number, expected: bool) -> None:
    """Percentages stand for percentages and years for years, whichever text has which."""
    assert contradict(one, other) == contradict(other, one) == expected


def test_each_number_stands_for_one() -> None:
    """Of two that are the same, the one without a counterpart is contradicted by what stands there instead."""
    source, target = chinese_numbers_in("3个县、3个乡"), english_numbers_in("3 counties, 4 townships")
    [found] = contradictions(source, target)
    assert ([int(one.value) for one in found.missing], [int(one.value) for one in found.surplus]) == ([3], [4])


def test_a_number_may_be_said_again() -> None:
    """What a translation says twice contradicts nothing."""
    assert contradictions(chinese_numbers_in("3个县、5个乡"), english_numbers_in("3 counties, 3 of them")) == []


def test_the_same_value_goes_first() -> None:
    """A rounded number takes no counterpart that an exact one needs."""
    rounded, exact = number(20e6, step=1e7), number(21.4e6, step=1e5)
    others = [number(21e6, step=1e6), number(20e6, step=1e7)]
    assert without_counterpart([rounded, exact], others, once=True) == []


def test_the_same_kind_goes_first() -> None:
    """A share takes no counterpart of another kind, which an amount may need."""
    share, amount = number(0.5, RATIO, 0.1), number(0.52, step=0.01)
    others = [number(0.5, step=0.1), number(0.5, RATIO, 0.1)]
    assert without_counterpart([share, amount], others, once=True) == []


def test_what_counts_is_served_before_hints() -> None:
    """A mere hint takes no counterpart from what counts."""
    assert without_counterpart([number(5, counts=False), number(5)], [number(5)], once=True) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2 to 3 percent", [(0.02, RATIO, 0.01), (0.03, RATIO, 0.01)]),
        ("2, 3 and 4%", [(0.02, RATIO, 0.01), (0.03, RATIO, 0.01), (0.04, RATIO, 0.01)]),
        ("2 to 3 people", [(2, PLAIN, 1), (3, PLAIN, 1)]),
        ("1000 to 3%", [(10, RATIO, 0.01), (0.03, RATIO, 0.01)]),
        ("1001 to 3%", [(1001, PLAIN, 1), (0.03, RATIO, 0.01)]),  # no percentage
        ("2 people, 3 percent", [(2, PLAIN, 1), (0.03, RATIO, 0.01)]),
    ],
)
def test_a_percentage_belongs_to_both(text: str, found: list[tuple[float, str, float]]) -> None:
    """Of two linked numbers the first is what the second is."""
    numbers = english_numbers_in(text)
    assert [(float(one.value), one.kind, float(one.step)) for one in numbers] == found


@pytest.mark.parametrize(
    ("text", "also"), [("2 to 3 million", [2e6]), ("2nd to 3 million", []), ("2 people, 3 million", [])]
)
def test_a_scale_may_belong_to_both(text: str, also: list[float]) -> None:
    """The first of two linked numbers is two, or two million."""
    assert [float(value) for value in english_numbers_in(text)[0].also] == also


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1亿2000万亩", [1.2e8]),
        ("1万1万个", [1e4, 1e4]),
        ("5个3个", [5, 3]),
        ("1亿0万亩", [1e8, 0]),
        ("3万2千人", [3.2e4]),
    ],
)
def test_parts_of_one_number(text: str, values: list[float]) -> None:
    """Figures that adjoin are one number where each part is smaller than the scale of the one before it."""
    assert [float(one.value) for one in chinese_numbers_in(text)] == values


def test_parts_are_converted_together() -> None:
    """However it is printed, an area is as many hectares."""
    [parts], [whole] = chinese_numbers_in("1亿2000万亩"), chinese_numbers_in("12000万亩")
    assert parts.converted == whole.converted != ()


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("0.5 percentage points", {"point"}),
        ("0.5 percent", {"part"}),
        ("RMB5 billion", {"CNY"}),
        ("€5 billion", {"EUR"}),
        ("US$5 billion", {"USD"}),
        ("HK$5 billion", {"HKD"}),
        ("5 billion yuan", {"CNY"}),
        ("5 people", set()),
        ("1.5km", {"kilometer"}),
        ("5 long years", {"year"}),
        ("5 next year", set()),
        ("5 per month", set()),
    ],
)
def test_what_a_number_counts_by(text: str, measures: set[str]) -> None:
    """Points are told from percentages, and currencies by the words behind and the signs before."""
    assert numbers_in(text, "en")[0].measures == measures


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("5亿港元，3亿元", set()),
        ("5亿新台币，3亿元", set()),
        ("5亿澳门元，3亿元", set()),
        ("5亿港元，3亿人民币", {"CNY"}),
        ("5亿美元，3亿元", {"CNY"}),
        ("5个，3亿元", {"CNY"}),
    ],
)
def test_whose_yuan(text: str, measures: set[str]) -> None:
    """Beside Hong Kong's, Taiwan's or Macao's own, 元 may be any of them."""
    assert numbers_in(text, "zh")[-1].measures == measures


@pytest.mark.parametrize(
    ("language", "text", "value", "kind", "counts"),
    [
        ("fr", "le 3e congrès", 3, ORDINAL, False),
        ("fr", "le 4e congrès", 4, ORDINAL, True),
        ("de", "im Jahr 2199", 2199, YEAR, True),
        ("de", "insgesamt 2200", 2200, PLAIN, True),
        ("de", "einundzwanzig Projekte", 21, PLAIN, True),
        ("de", "neunundneunzig Projekte", 99, PLAIN, True),
        ("es", "treinta y nueve proyectos", 39, PLAIN, True),
        ("fr", "soixante-dix-neuf projets", 79, PLAIN, True),
        ("fr", "quatre-vingt-dix-sept projets", 97, PLAIN, True),
        ("fr", "dix-huit projets", 18, PLAIN, True),
        ("fr", "vingt et un projets", 21, PLAIN, True),
        ("fr", "un tiers des projets", 1 / 3, RATIO, True),
        ("de", "zwei Drittel der Dörfer", 2 / 3, RATIO, True),
        ("de", "am 99. Tag", 99, ORDINAL, True),
        ("de", "am 100. Tag", 100, PLAIN, True),
        ("de", "beide Seiten", 2, PLAIN, False),
        ("es", "medio año", 0.5, PLAIN, False),
        ("ko", "3만5천 명", 35000, PLAIN, True),
        ("de", "im Jahr 1800", 1800, YEAR, True),
        ("de", "insgesamt 1799", 1799, PLAIN, True),
        ("fr", "0 projet", 0, PLAIN, False),
        ("it", "0 progetti", 0, PLAIN, False),
        ("it", "1 progetto", 1, PLAIN, False),
        ("it", "2 progetti", 2, PLAIN, True),
    ],
)
def test_a_number_of_another_language(language: str, text: str, value: float, kind: str, counts: bool) -> None:
    """The third of something is no count, nor is every figure of four a year; words are joined."""
    assert [(float(one.value), one.kind, one.counts) for one in numbers_in(text, language)] == [(value, kind, counts)]


@pytest.mark.parametrize(
    ("language", "text"),
    [("es", "treinta y cien"), ("es", "cuarenta y treinta"), ("fr", "vingt dix")],
)
def test_numbers_of_their_own(language: str, text: str) -> None:
    """Only ones are joined to tens, and only by what joins them."""
    assert len(numbers_in(text, language)) == 2


def test_decimals_say_how_exact_a_number_is() -> None:
    """A tenth is the last digit of 3,5, and a tenth of a percent that of 3,5 %."""
    assert [float(one.step) for one in numbers_in("3,5 millions, 1,25 ; 3,5 %", "fr")] == [1e5, 0.01, 1e-3]
