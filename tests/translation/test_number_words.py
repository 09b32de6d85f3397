"""The words by which a language says numbers, one by one."""

from __future__ import annotations

import pytest

from glossary_api.translation.numbers.chinese_numbers import chinese_numbers_in
from glossary_api.translation.numbers.english_numbers import english_numbers_in
from glossary_api.translation.numbers.number import ORDINAL, PLAIN, RATIO, TIMES, YEAR


def each(words: str, begin: int = 1) -> list[tuple[str, int]]:
    """Words and the numbers that they stand for, one after another."""
    return [(word, number) for number, word in enumerate(words.split(), begin)]


CARDINALS = each(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen",
    0,
)
TENS = [(word, 10 * number) for word, number in each("twenty thirty forty fifty sixty seventy eighty ninety", begin=2)]
ORDINALS = each(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth"
)
MONTHS = each("january february march april may june july august september october november december")
HINTS = [
    *((word, 1) for word in ("a", "an", "single", "once")),
    *((word, 2) for word in ("both", "dual", "double", "doubles", "twin", "twice", "pair", "bi")),
    *(("triple", 3), ("trio", 3), ("quadruple", 4), ("quintuple", 5)),
    *(("dozen", 12), ("dozens", 12), ("decade", 10), ("decades", 10)),
]
TIMES_OVER = [
    *(("doubled", 2), ("doubling", 2), ("tripled", 3), ("tripling", 3)),
    *(("quadrupled", 4), ("quadrupling", 4), ("quintupled", 5), ("quintupling", 5)),
    *((f"{word}fold", number) for word, number in CARDINALS if number),
]
SCALES = [("hundred", 100), ("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12)]
GLUED = [
    ("k", 1e3),
    *((letters, 1e6) for letters in ("m", "mn", "mln")),
    *((letters, 1e9) for letters in ("b", "bn")),
    *((letters, 1e12) for letters in ("tn", "trn")),
]
UNITS = "km kg cm mm ha kw mw gw kwh mwh gwh mbps gbps hz mhz ghz nm kv mu pm am tb gb mb"


@pytest.mark.parametrize(("word", "value"), [*CARDINALS, *TENS])
def test_english_cardinals(word: str, value: int) -> None:
    """Each counts, but nought and one, which are said of much that is not counted."""
    [number] = english_numbers_in(f"{word} tasks")
    assert (float(number.value), number.kind, number.counts) == (value, PLAIN, value > 1)


@pytest.mark.parametrize(("word", "value"), ORDINALS)
def test_english_ordinals(word: str, value: int) -> None:
    """Those that no enumeration begins with count."""
    [number] = english_numbers_in(f"the {word} task")
    assert (float(number.value), number.kind, number.counts) == (value, ORDINAL, value > 3)


@pytest.mark.parametrize(("word", "value"), [*HINTS, *MONTHS])
def test_english_hints(word: str, value: int) -> None:
    """Words that may stand for a number confirm one and contradict none."""
    [number] = english_numbers_in(word)
    assert (float(number.value), number.kind, number.counts) == (value, PLAIN, False)


@pytest.mark.parametrize(("word", "value"), TIMES_OVER)
def test_english_multiples(word: str, value: int) -> None:
    """Words that say how often as much something became."""
    [number] = english_numbers_in(word)
    assert (float(number.value), number.kind, number.counts) == (value, TIMES, True)


@pytest.mark.parametrize(("word", "value"), SCALES)
def test_english_scales(word: str, value: float) -> None:
    """Each multiplies what stands before it, and the last digit with it."""
    [number] = english_numbers_in(f"7 {word}")
    assert (float(number.value), float(number.step), number.kind) == (7 * value, value, PLAIN)


@pytest.mark.parametrize("word", ["million", "billion", "trillion"])
def test_english_plurals(word: str) -> None:
    """Seven millions are seven million."""
    assert english_numbers_in(f"7 {word}s")[0].value == english_numbers_in(f"7 {word}")[0].value


@pytest.mark.parametrize(("letters", "value"), GLUED)
def test_letters_multiply(letters: str, value: float) -> None:
    """What is glued to figures multiplies them, and may also be a unit."""
    [number] = english_numbers_in(f"7{letters}")
    assert [float(one) for one in (number.value, *number.also, number.step)] == [7 * value, 7, value]
    assert number.counts


@pytest.mark.parametrize("unit", UNITS.split())
def test_letters_count(unit: str) -> None:
    """Figures with a unit count; those with other letters are names."""
    assert [(float(number.value), number.counts) for number in english_numbers_in(f"7{unit}, 7x")] == [
        (7, True),
        (7, False),
    ]


@pytest.mark.parametrize(("word", "parts"), [*ORDINALS[2:], ("quarter", 4)])
def test_english_parts(word: str, parts: int) -> None:
    """Parts of a whole are the ordinals from the third on, and quarters."""
    [one] = english_numbers_in(f"one {word}")
    [several] = english_numbers_in(f"two {word}s")
    assert [round(float(number.value * parts), 6) for number in (one, several)] == [1, 2]
    assert (one.kind, several.kind, several.counts) == (RATIO, RATIO, True)


@pytest.mark.parametrize(
    ("text", "value", "kind", "counts"),
    [
        ("3兆円", 3e12, PLAIN, True),
        ("3万元", 3e4, PLAIN, True),
        ("3亿元", 3e8, PLAIN, True),
        ("三千元", 3000, PLAIN, True),
        ("三百元", 300, PLAIN, True),
        ("三十元", 30, PLAIN, True),
        ("两个", 2, PLAIN, True),
        ("俩个", 2, PLAIN, True),
        ("二〇〇五年", 2005, YEAR, True),
        ("每星期五场", 5, PLAIN, False),  # a day of the week
        ("每周五场", 5, PLAIN, False),
        ("初五个", 5, ORDINAL, True),
        ("前十", 10, PLAIN, True),
        ("目前十", 10, PLAIN, False),
        ("（六）发展", 6, ORDINAL, True),  # the heading of a text
        ("推进（六）发展", 6, PLAIN, False),
        ("六、发展", 6, ORDINAL, True),
        ("六是发展", 6, ORDINAL, True),
        ("十二点五个", 12.5, PLAIN, True),
        ("一万零五十个", 10050, PLAIN, True),
        ("3千瓦", 3, PLAIN, True),  # a unit, whose first sign multiplies nothing
        ("3兆瓦", 3, PLAIN, True),
        ("90后", 90, PLAIN, True),
        ("3月", 3, PLAIN, False),  # a date
        ("A3", 3, PLAIN, False),  # a name
        ("12345热线", 12345, PLAIN, False),
        ("翻三番", 8, TIMES, True),
        ("3周年", 3, ORDINAL, True),
        ("5世纪", 5, ORDINAL, True),
        ("5‰", 0.005, RATIO, True),
        ("千分之五", 0.005, RATIO, True),
        ("1/4", 0.25, RATIO, True),
        ("过半", 0.5, RATIO, True),
        ("成倍", 2, TIMES, False),
    ],
)
def test_a_chinese_number(text: str, value: float, kind: str, counts: bool) -> None:
    """The signs around a numeral say what it is, and whether it counts."""
    found = [(float(number.value), number.kind, number.counts) for number in chinese_numbers_in(text)]
    assert found == [(value, kind, counts)]


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("3亿元", 1e8),
        ("3.5亿元", 1e7),
        ("2800多万人", 1e4),
        ("二十个", 1),
        ("三万个", 1e4),
        ("12个", 1),
        ("1.25%", 1e-4),
    ],
)
def test_what_the_last_digit_is_worth(text: str, step: float) -> None:
    """A number is as exact as it is printed, its multiples included; 二十 is exact."""
    assert [float(number.step) for number in chinese_numbers_in(text)] == [step]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("两三个", [(2, False), (3, False)]),  # two or three: no one number
        ("一两个", [(2, False)]),
        ("三至五年", [(3, True), (5, True)]),
        ("一至五年", [(1, False), (5, True)]),
        ("3—5个", [(3, True), (5, True)]),
    ],
)
def test_chinese_numbers_side_by_side(text: str, found: list[tuple[int, bool]]) -> None:
    """Of a span both ends count, of a guess neither."""
    assert [(int(number.value), number.counts) for number in chinese_numbers_in(text)] == found
