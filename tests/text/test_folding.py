from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.settings import seed_folder
from glossary_api.text.folding import (
    QUOTES,
    Folded,
    core_of,
    fold,
    fold_long,
    fold_name,
    fold_short,
    fold_text,
    plain,
)

SIGNS = '⼀﹑、双²₂豈\ufe00六個个发發两兩二2十百千零〇〇四五１Ａa“”‘’「」"\n\r\t　\u200b ，,：：+＋—-①⑳Ⅱ𠀀é'
TEXT = st.one_of(st.text(max_size=60), st.text(alphabet=SIGNS, max_size=60))
SURROGATES = st.text(alphabet="\ud800\udc00一“", max_size=6)


@pytest.fixture(params=[fold, fold_short, fold_long], ids=["plain", "short", "long"])
def folding(request: pytest.FixtureRequest) -> Callable[[str], Folded]:
    """Each way to fold a text."""
    chosen: Callable[[str], Folded] = request.param
    return chosen


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("“两重”", "两重", "quotation marks are dropped"),
        ("「两重」", "『两重』", "of every shape"),
        ('"两重"', "＂两重＂", "straight ones too"),
        ("清“三欠”", "“清三欠”", "wherever they stand"),
        ("六个不发生", "6个不发生", "Han numerals are digits"),
        ("六個不發生", "六个不发生", "traditional characters are simplified"),
        ("兩重", "二重", "two is 两 and 二"),
        ("十个百万", "10个百万", "a number is a number"),
        ("二十二条", "22条", "with tens and ones"),
        ("一百零五项", "105项", "with a gap"),
        ("１３５工作体系", "135工作体系", "full width is half width"),
        ("１＋２２＋３", "1+22+3", "signs too"),
        ("ＥＳＧ", "esg", "letters are small"),
        ("数 据\t得\n地", "数据得地", "white space and a line end are dropped"),
        ("数据\u3000得\u00a0地", "数据得地", "ideographic and no-break space too"),
        ("数\u200c据得\ufeff地", "数据得地", "so are invisible characters"),
        ("A—B", "a－b", "a dash is a dash"),
        ("阿•甲", "阿·甲", "a middle dot is a middle dot"),
        ("二〇二五", "2025", "years are digits"),
        ("⼀带⼀路", "一带一路", "radicals are the characters that they look like"),
        ("更\uf9b5", "更例", "so are compatibility characters"),
        ("一\ufe00带一路", "一带一路", "a variation selector is invisible"),
        ("1﹢3", "1+3", "a plus sign is a plus sign"),
        ("1⁺3", "1+3", "raised too"),
        ("CO₂", "co2", "lowered figures are figures"),
        ("双随机、一公开", "双随机一公开", "the comma between counted items is dropped"),
        ("“双随机”、“一公开”", "“双随机”“一公开”", "between quotations too"),
        ("三农﹑三牧", "三农三牧", "of every shape"),
        ("放管服、一网通办", "放管服一网通办", "wherever a numeral begins behind it"),
        ("双随机 、 一公开", "双随机一公开", "white space may stand around it"),
        ("Aaz、三甲", "Aaz三甲", "any letter may stand before it"),
    ],
)
def test_equal(one: str, other: str, reason: str) -> None:
    """Spellings of one name have one key."""
    assert fold_name(one) == fold_name(other), reason


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("135", "十三五", "digits that count groups are no plan period"),
        ("145", "十四五", "nor here"),
        ("2+3", "1+2+3", "another form"),
        ("2+3", "23", "a plus sign is part of the name"),
        ("三边", "三边治理", "a longer name is another name"),
        ("第三方", "三方", "an ordinal is no count"),
        ("千万工程", "1000万工程", "bare multipliers are no number"),
        ("百村共富", "100村共富", "nor here"),
        ("①", "1", "a footnote mark is no figure"),
        ("Ⅱ", "2", "nor is a Roman numeral"),
        ("林长制", "田长制", "other words"),
        ("三农", "三农、三牧", "an enumeration is another name"),
        ("数据、要素", "数据要素", "a comma between words that count nothing parts them"),
        ("三十四、五", "三十四五", "nor is a comma between numerals dropped"),
        ("A、X", "AX", "nor one before letters"),
        ("《甲》、一乙", "《甲》一乙", "nor one behind what is no word"),
    ],
)
def test_apart(one: str, other: str, reason: str) -> None:
    """Names that mean different things have different keys."""
    assert fold_name(one) != fold_name(other), reason


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("十四五", "十45"),  # no well-formed numeral: sign by sign
        ("十", "10"),
        ("一千零五", "1005"),
        ("二十二三", "2十23"),
        ("二十三十", "2十3十"),  # no unit comes twice, nor a larger one behind
        ("零五十", "05十"),
        ("十零五", "15"),
        ("一百零零五", "1百005"),
        ("千方百计", "千方百计"),
        ("10万", "10万"),
        ("3十", "3十"),  # beside figures a run is no number
        ("甲\n\n乙", "甲\n乙"),  # a blank line stays a break
        ("甲\n  \n乙", "甲\n乙"),
        ("甲\n乙", "甲乙"),
        ("", ""),
        ("“”", ""),
    ],
)
def test_folded(folding: Callable[[str], Folded], text: str, folded: str) -> None:
    """Numerals fold as a whole where they are one, and a blank line keeps paragraphs apart."""
    assert folding(text).text == folded


@pytest.mark.parametrize(
    ("text", "folded", "starts", "ends"),
    [
        ("甲 \n\n 乙", "甲\n乙", [0, 1, 5], [1, 5, 6]),
        ("\n\n六化\n", "\n6化", [0, 2, 3], [2, 3, 4]),  # what ends a text is none of its beginning
        ("“\n\n”六化“", "\n6化", [0, 4, 5], [4, 5, 6]),
        ("双甲、一乙", "双甲1乙", [0, 1, 3, 4], [1, 2, 4, 5]),  # a dropped comma shifts nothing
    ],
)
def test_offsets_lead_back_to_the_source(
    folding: Callable[[str], Folded], text: str, folded: str, starts: list[int], ends: list[int]
) -> None:
    """The sign of a blank line leads back to the line feeds and what was dropped around them, others to themselves."""
    found = folding(text)
    assert (found.text, [*found.starts], [*found.ends]) == (folded, starts, ends)


@given(TEXT)
def test_idempotent(text: str) -> None:
    """Folding what is folded changes nothing."""
    assert fold_name(fold_name(text)) == fold_name(text)


@given(st.one_of(TEXT, SURROGATES))
def test_all_ways_agree(text: str) -> None:
    """The fast ways give what the plain one gives, text and map, and agree on the kinds of the characters."""
    slow, short, long = fold(text), fold_short(text), fold_long(text)
    for fast in (short, long):
        assert fast.text == slow.text
        assert (list(fast.starts), list(fast.ends)) == (list(slow.starts), list(slow.ends))
    assert short.kinds == long.kinds
    assert len(short.kinds) == len(text)


def test_all_ways_agree_on_real_reports() -> None:
    """So they do on whole reports."""
    for path in sorted((seed_folder() / "reports").glob("*.txt")):
        text = Path(path).read_text("utf-8")
        slow = fold(text)
        for fast in (fold_text(text), fold_short(text), fold_long(text)):
            assert (fast.text, list(fast.starts), list(fast.ends)) == (slow.text, list(slow.starts), list(slow.ends))


@given(TEXT)
def test_map(text: str) -> None:
    """The map never runs backwards, stays in the text, and every origin folds to what came of it."""
    folded = fold(text)
    starts, ends = list(folded.starts), list(folded.ends)
    assert len(folded.text) == len(starts) == len(ends)
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(starts, ends, strict=True))
    for span in set(zip(starts, ends, strict=True)):
        whole = "".join(c for c, at in zip(folded.text, zip(starts, ends, strict=True), strict=True) if at == span)
        # 十 folds by itself to 10, but not beside figures
        assert fold(text[span[0] : span[1]]).text in (whole, "10" if whole == "十" else whole)


@given(TEXT)
def test_what_is_dropped(text: str) -> None:
    """Between two neighbours there is nothing but white space, quotation marks, the invisible and a dropped comma."""
    folded = fold(text)
    gaps = [text[a:b] for a, b in zip([0, *folded.ends], [*folded.starts, len(text)], strict=True) if a < b]
    assert all(fold(plain(gap)).text.strip("\n、") == "" for gap in gaps)


@given(TEXT, st.data())
def test_source_span(text: str, data: st.DataObject) -> None:
    """The source of a stretch of folded text folds to at least that stretch."""
    folded = fold(text)
    if folded.text:
        start = data.draw(st.integers(0, len(folded.text) - 1))
        end = data.draw(st.integers(start + 1, len(folded.text)))
        begin, stop = folded.source_span(start, end)
        assert begin == folded.starts[start]
        assert stop == folded.ends[end - 1]


@given(TEXT)
def test_plain_keeps_its_length(text: str) -> None:
    """The plain form has a character for each character, twice made is once made, and white space stays."""
    assert len(plain(text)) == len(text)
    assert plain(plain(text)) == plain(text)
    assert [c.isspace() for c in plain(text)] == [c.isspace() for c in text]


def test_plain_is_the_same_for_long_texts() -> None:
    """Each of all characters there are becomes in a report what it becomes alone."""
    signs = [chr(code) for code in range(sys.maxunicode + 1)]
    assert plain("".join(signs)) == "".join(map(plain, signs))


@pytest.mark.parametrize(
    ("printed", "form"),
    [
        ("（ＡＢＣ：１，２）", "(abc:1,2)"),
        ("發展—規劃", "发展-规划"),
        ("①〔1〕、。“”", "①〔1〕、。“”"),
        ("ＡZ～", "az~"),
    ],
)
def test_plain(printed: str, form: str) -> None:
    """Patterns may be written for half-width signs, small letters and simplified characters."""
    assert plain(printed) == form


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("安全生产“六化”", "六化"),
        ("“135”工作体系", "135"),
        ("清‘三欠’", "三欠"),
        ("“两重”", None),  # the whole is quoted
        ("“两重”“两新”", None),  # more than one
        ("“十大”工程", None),  # a number of what stands behind it
        ("云溪“三年”行动", None),
        ("云溪“三年行动”", "三年行动"),
        ("稳增长“18条”", "18条"),  # names a paper by its measures
        ("3个“三年行动”", None),  # a quoted part that is counted itself
        ("“1+2+‘三区’”布局", None),  # a part added to others
        ("“互联网”+政务服务", None),
        ("“互联网+”行动", "互联网+"),
        ("林长制", None),
        ("", None),
    ],
)
def test_core(name: str, core: str | None) -> None:
    """The core of a longer name is its one quoted part."""
    assert core_of(name) == core


@given(st.text(alphabet="一二三两〇零四五六七八九", min_size=1, max_size=8))
def test_bare_numerals(run: str) -> None:
    """Han numerals without a unit are digits one by one."""
    assert re.fullmatch(r"[0-9]+", fold(run).text)
    assert len(fold(run).text) == len(run)


@given(st.integers(1, 9999))
def test_numbers(number: int) -> None:
    """A number as it is written out in Han numerals has the key of its figures; a period of planning has not."""
    assert fold_name(written(number)) == ("十五" if number == 15 else str(number))


def written(number: int) -> str:
    """A number below ten thousand in Han numerals: 一千零五, 二十二, 十."""
    digits = "零一二三四五六七八九"
    out = ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure, rest = number // unit % 10, number % unit
        if figure:
            out += digits[figure] + sign
        elif out and rest and not out.endswith("零"):
            out += "零"
    return out.removeprefix("一") if 10 <= number < 20 else out


def test_quotes_are_all_dropped() -> None:
    """No quotation mark that this package knows survives folding."""
    assert fold(QUOTES).text == ""


def test_periods_of_planning_stay_apart() -> None:
    """The first and the tenth five-year plan have keys of their own, in whatever quotation marks."""
    assert len({fold_name(name) for name in ("一五", "十五", "15")}) == 3
    assert fold_name("“一五”") == fold_name("一五")
