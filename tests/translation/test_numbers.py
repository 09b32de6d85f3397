"""Numbers read from texts in several languages, and compared by what they are worth."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.translation.check import CheckedSegment, check
from glossary_api.translation.numbers.chinese_numbers import chinese_numbers_in
from glossary_api.translation.numbers.comparison import contradictions, numbers_in, year_of
from glossary_api.translation.numbers.english_numbers import english_numbers_in
from glossary_api.translation.numbers.number import ORDINAL, PLAIN, RATIO, TIMES, YEAR, Number
from tests.pace import paces

LANGUAGES = ["zh", "ja", "en", "fr", "de", "es", "ru", "ko", "it"]


def values(numbers: list[Number]) -> list[tuple[float, str]]:
    """Value and kind of each number that counts."""
    return [(round(float(number.value), 6), number.kind) for number in numbers if number.counts]


def differ(source: str, target: str, language: str = "en") -> bool:
    """Whether a target contradicts its source."""
    return bool(contradictions(chinese_numbers_in(source), numbers_in(target, language)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50亿元、4万亿元、1.5亿人", [(5e9, PLAIN), (4e12, PLAIN), (1.5e8, PLAIN)]),
        ("1亿2000万人，3500多万人", [(1.2e8, PLAIN), (3.5e7, PLAIN)]),
        ("六个目标、二十二项、三万五千个", [(6, PLAIN), (22, PLAIN), (35000, PLAIN)]),
        ("４０００万千瓦", [(4e7, PLAIN)]),
        ("三分之一、百分之五、八成以上", [(0.333333, RATIO), (0.05, RATIO), (0.8, RATIO)]),
        ("2—3%、5%左右、0.5个百分点", [(0.02, RATIO), (0.03, RATIO), (0.05, RATIO), (0.005, RATIO)]),
        ("坚持“九二共识”", [(1992, YEAR)]),
        ("2008—2012年，二〇一二年", [(2008, YEAR), (2012, YEAR), (2012, YEAR)]),
        ("“十四五”规划", [(14, ORDINAL), (5, PLAIN)]),
        ("增长3.5倍", [(3.5, TIMES)]),
        ("达10成以上、九成的人", [(10, PLAIN), (0.9, RATIO)]),  # ten tenths nobody says
        ("历时5年、三十年，1800元", [(5, PLAIN), (30, PLAIN), (1800, PLAIN)]),  # no years by name
        ("0个问题，1亿0万斤", [(1e8, PLAIN)]),
        ("第六个、一个、四川、两三个、5G、千方百计、12345热线、1+22+3", [(6, ORDINAL)]),
    ],
)
def test_what_chinese_states(text: str, expected: list[tuple[float, str]]) -> None:
    """Figures and Han numerals count where they say beyond doubt how many of something there are."""
    assert values(chinese_numbers_in(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100M, 50km, 50bn", [(1e8, PLAIN), (50, PLAIN), (5e10, PLAIN)]),
        ("the 2030s, in 2012", [(2030, YEAR), (2012, YEAR)]),
        ("1799 or 2200 people, in 1800 and 2199", [(1799, PLAIN), (2200, PLAIN), (1800, YEAR), (2199, YEAR)]),
        ("Twenty-two and twenty two", [(22, PLAIN), (22, PLAIN)]),
        ("one hundred and five, two thousand three hundred", [(105, PLAIN), (2300, PLAIN)]),
        ("1.2 million, a 4-trillion-yuan package", [(1.2e6, PLAIN), (4e12, PLAIN)]),
        (
            "2-3 percent, 0.5 percentage points, two-thirds",
            [(0.02, RATIO), (0.03, RATIO), (0.005, RATIO), (0.666667, RATIO)],
        ),
        ("the 14th, the third, the twenty-first, the fifth", [(14, ORDINAL), (21, ORDINAL), (5, ORDINAL)]),
        ("both, a dual dozen, one, hundreds of million", []),
        ("sixfold, tripled, for the sixth consecutive year", [(6, TIMES), (3, TIMES), (6, PLAIN)]),
        ("will triple a triple line", [(3, TIMES)]),
        ("5G, H7N9, COVID-19, 1+22+3", []),
        ("20 five-year plans", [(20, PLAIN), (5, PLAIN)]),
    ],
)
def test_what_english_states(text: str, expected: list[tuple[float, str]]) -> None:
    """Figures are read whole, with the letters and the words that belong to them."""
    assert values(numbers_in(text, "en-GB")) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "fr",
            "1 234,5 millions d’euros, de 2 à 3 %, six",
            [(1.2345e9, PLAIN), (0.02, RATIO), (0.03, RATIO), (6, PLAIN)],
        ),
        ("de", "1.234,5 Mrd. Yuan, drei Prozent, sechs", [(1.2345e12, PLAIN), (0.03, RATIO), (6, PLAIN)]),
        ("es", "3 mil millones, 5,5 por ciento, seis", [(3e9, PLAIN), (0.055, RATIO), (6, PLAIN)]),
        ("ru", "2,5 трлн, на 5,2 процента, шести", [(2.5e12, PLAIN), (0.052, RATIO), (6, PLAIN)]),
        (
            "ko",
            "3만 5000명, 1조 2000억 위안, 5.2%, 여섯 개",
            [(35000, PLAIN), (1.2e12, PLAIN), (0.052, RATIO), (6, PLAIN)],
        ),
        ("ja", "3万5千人、50億元、三分の一", [(35000, PLAIN), (5e9, PLAIN), (0.333333, RATIO)]),
        ("it", "sei 7 1.200 3,5", [(7, PLAIN)]),
    ],
)
def test_what_other_languages_state(language: str, text: str, expected: list[tuple[float, str]]) -> None:
    """Each language has its own signs, scales and words; of one that is not known only whole figures are sure."""
    assert values(numbers_in(text, language)) == expected


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("投资2800多亿元", "more than 280 billion yuan"),
        ("完成六个目标", "complete the sixth goal"),
        ("完成六个目标", "complete the goals"),
        ("抓两个方面", "both sides"),
        ("增长1.26倍", "a 126% increase"),
        ("增长1倍", "doubled"),
        ("产量翻两番", "quadruple the output"),
        ("33.5353万亿元", "33.5 trillion yuan"),
        ("300亩", "20 hectares"),
        ("1万亿斤粮食", "500 million metric tons of grain"),
        ("每斤提高0.11元", "by 0.22 yuan per kilogram"),
        ("新十年", "the new decade"),
        ("2—3亿人", "2 to 3 hundred million people"),
        ("“十二五”规划", "the 12th Five-Year Plan"),
        ("（六）发展事业", "6. Developing programs"),
        ("2024年的目标", "five goals"),
        ("一半以上的3个县", "over half of the three counties"),
    ],
)
def test_what_agrees(source: str, target: str) -> None:
    """However a number is written, rounded or converted, or if it is not said at all, nothing is contradicted."""
    assert not differ(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("投资2800多亿元", "more than 280 million yuan"),
        ("投资2800多亿元", "more than 2,800 billion yuan"),
        ("增长8.7%", "increased by 8.9%"),
        ("增长8.7%", "increased by 8.7 times"),
        ("2012年", "in 2011"),
        ("完成六个目标", "complete five goals"),
        ("300亩", "30 hectares"),
        ("4000万千瓦", "40 billion kilowatts"),
        ("“十二五”规划", "the 13th Five-Year Plan"),
        ("三分之一的县", "two-thirds of the counties"),
    ],
)
def test_what_differs(source: str, target: str) -> None:
    """Another scale, another percentage, another year, another count: each contradicts its source."""
    assert differ(source, target) == (source != "增长8.7%" or "%" in target)


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("fr", "50 milliards de yuans", "50 millions de yuans"),
        ("de", "50 Mrd. Yuan", "50 Mio. Yuan"),
        ("es", "50 mil millones de yuanes", "50 millones de yuanes"),
        ("ru", "50 млрд юаней", "50 млн юаней"),
        ("ja", "500億元", "500万元"),
        ("ko", "500억 위안", "500만 위안"),
    ],
)
def test_scales_are_told_apart_in_each_language(language: str, right: str, wrong: str) -> None:
    """An amount in its own scale agrees; in another it does not."""
    assert not differ("投入500亿元", right, language)
    assert differ("投入500亿元", wrong, language)


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        ("外资50亿美元", "US$5 billion", "5 billion yuan"),
        ("专项资金3000万元", "RMB30 million", "$30 million"),
        ("投资超千亿元", "over 100 billion yuan", "over 100 million yuan"),
        ("百亿级产业", "a 10-billion-yuan industry", "a 100-billion-yuan industry"),
        ("捐款200万港元", "$2 million", "US$2 million"),
        ("贷款1.5亿欧元", "150 million euros", "150 million U.S. dollars"),
        ("人民币100亿元的基金", "a 10-billion-yuan fund", "a 10-billion-dollar fund"),
        ("港币200万元、另有50万元", "HK$2 million and 500,000 dollars", "HK$2 million and 600,000 dollars"),
    ],
)
def test_currencies_are_told_apart(source: str, right: str, wrong: str) -> None:
    """The same amount in another currency contradicts its source; `$` may be of any country that has dollars."""
    assert not differ(source, right)
    assert differ(source, wrong)


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        ("造林30万亩", "20,000 hectares afforested", "300,000 hectares afforested"),
        ("120亿斤粮食", "6 million metric tons of grain", "12 billion kilograms of grain"),
        ("150公里", "93 miles", "150 miles"),
        ("3个月", "three months", "three years"),
        ("提高0.5个百分点", "0.5 percentage points", "0.5 percent"),
        ("工期18个月", "1.5 years", "2.5 years"),
        ("占全国的1/5", "one fifth of the total", "one sixth of the total"),
        ("十分之一", "one tenth", "one twentieth"),
        ("一半以上的项目", "over 50 percent of projects", "over 30 percent of projects"),
        ("下降一成半", "fell by 15 percent", "fell by 10 percent"),
        ("翻了两番", "quadrupled", "tripled"),
        ("增长100%", "doubled", "tripled"),
        ("是去年的3倍", "three times that of last year", "four times that of last year"),
        ("居全省第三位", "ranked third", "ranked second"),
        ("三是加大投入", "Third, we will invest more", "Fourth, we will invest more"),
        ("进入前十", "entered the top ten", "entered the top five"),
        ("二十届三中全会", "of the 20th Central Committee", "of the 19th Central Committee"),
        ("连续五年第一", "first for the fifth consecutive year", "first for the sixth consecutive year"),
        ("三至五年", "three to five years", "two to five years"),
    ],
)
def test_units_shares_multiples_and_places_are_told_apart(source: str, right: str, wrong: str) -> None:
    """What is converted or said otherwise agrees; another unit, share, multiple or place in an order does not."""
    assert not differ(source, right)
    assert differ(source, wrong)


@pytest.mark.parametrize(
    ("language", "source", "right", "wrong"),
    [
        ("fr", "二十二个项目", "vingt-deux projets", "vingt-trois projets"),
        ("fr", "九十五个县", "quatre-vingt-quinze districts", "quatre-vingt-cinq districts"),
        ("fr", "四分之三的村", "les trois quarts des villages", "les deux tiers des villages"),
        ("fr", "第十四次大会", "le 14e congrès", "le 15e congrès"),
        ("fr", "外资50亿美元", "5 milliards de dollars", "5 milliards de yuans"),
        ("de", "二十二个项目", "zweiundzwanzig Projekte", "dreiundzwanzig Projekte"),
        ("de", "三分之一的企业", "ein Drittel der Unternehmen", "ein Viertel der Unternehmen"),
        ("de", "第十四次大会", "der 14. Parteitag", "der 15. Parteitag"),
        ("de", "翻两番", "vervierfachte sich", "verdreifachte sich"),
        ("es", "三十五个项目", "treinta y cinco proyectos", "treinta y seis proyectos"),
        ("es", "四分之三的村", "tres cuartas partes de las aldeas", "dos terceras partes de las aldeas"),
        ("es", "第十四次大会", "el 14.º Congreso", "el 15.º Congreso"),
        ("ru", "二十二个项目", "двадцать два проекта", "двадцать три проекта"),
        ("ru", "四分之三的村", "три четверти деревень", "две трети деревень"),
        ("ru", "第十四次大会", "14-й съезд", "15-й съезд"),
        ("ko", "12个项目", "열두 개 프로젝트", "열세 개 프로젝트"),
        ("ko", "三分之一的企业", "기업의 3분의 1", "기업의 4분의 1"),
        ("ko", "第十四次大会", "제14차 대회", "제15차 대회"),
        ("ja", "八成以上的居民", "住民の8割以上", "住民の7割以上"),
        ("ja", "翻两番", "4倍になった", "3倍になった"),
        ("ja", "外资50亿美元", "50億ドル", "50億元"),
    ],
)
def test_each_language_joins_its_words(language: str, source: str, right: str, wrong: str) -> None:
    """Compound words, fractions, ordinals, multiples and currencies of each language are read and held apart."""
    assert not differ(source, right, language)
    assert differ(source, wrong, language)


def test_a_numeral_may_be_said_as_the_sum_of_its_parts() -> None:
    """The five tasks of 三去一降一补 contradict nothing, four would."""
    source = "落实三去一降一补"
    numbers = chinese_numbers_in(source, frozenset(range(2, len(source))))
    assert not contradictions(numbers, numbers_in("carry out the five tasks", "en"))
    assert contradictions(numbers, numbers_in("carry out the four tasks", "en"))


@given(
    st.text("0123456789.,一二三十百千万亿点分之成年%两个第“”五 -—million两hundredtwo,M倍", max_size=40),
    st.sampled_from(LANGUAGES),
)
def test_numbers_slice_back(text: str, language: str) -> None:
    """Whatever a text is, its numbers are spans of it in its order, and each agrees with itself."""
    numbers = numbers_in(text, language)
    assert all(0 <= one.start < one.end <= len(text) for one in numbers)
    assert [one.start for one in numbers] == sorted(one.start for one in numbers)
    assert all(one.agrees(one) and one.value >= Decimal(0) for one in numbers)
    assert contradictions(numbers, numbers) == []


@pytest.mark.parametrize(
    ("target", "expected"), [("in 2021", False), ("this year", False), ("in 2019", True), ("in 2020", True)]
)
def test_a_year_that_is_only_pointed_to(target: str, expected: bool) -> None:
    """What 今年 is, the date at the beginning of a text says; another year in its translation contradicts it."""
    texts = [("2021年3月5日", "March 5, 2021"), ("今年的目标", target)]
    findings = check([CheckedSegment(source, words, ()) for source, words in texts], "en")
    assert [finding.source[0].segment for finding in findings] == [1] * expected


def test_a_year_is_found_by_what_its_translation_mostly_says() -> None:
    """Without a date three segments have to agree."""
    said = [("去年", "in 2020"), ("今年", "in 2021"), ("明年", "in 2022"), ("去年", "in 2021")]
    segments = [(source, chinese_numbers_in(source), numbers_in(target, "en")) for source, target in said]
    assert year_of(segments) == 2021
    assert year_of(segments[:2]) is None


def test_what_names_a_year_of_its_own_does_not_vote() -> None:
    """Which year 今年 is cannot be told from segments that name another year beside it."""
    sentences = [("今年增长3%", "up 3 percent in 2021"), ("与2019年相比，今年增长3%", "up 3 percent over 2019")]
    votes = [(source, chinese_numbers_in(source), english_numbers_in(target)) for source, target in sentences]
    assert year_of([votes[0]] * 3 + [votes[1]] * 4) == 2021
    assert year_of([votes[1]] * 4) is None


@pytest.mark.parametrize("text", ["万亿" * 5000, "一点" * 5000, "翻了99999999999番", "5" + "—" * 60 + "x6"])
def test_numerals_without_end(text: str) -> None:
    """Runs of signs that no numeral has cost no more than their length, and are no error."""
    assert paces(lambda: chinese_numbers_in(text), attempts=2) < 20


def test_hundreds_without_end() -> None:
    """A hundred hundred is no number, however often it is repeated."""
    english_numbers_in("one " + "hundred " * 100 + "five")
