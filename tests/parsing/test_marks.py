from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glossary_api.parsing.marks import read_marks
from glossary_api.text.folding import plain

if TYPE_CHECKING:
    from tests.parsing.conftest import Parse

BEFORE = "政府工作报告\n各位代表：\n一、工作回顾\n"
NOTES = "\n名词解释\n①“三减”：减环节、减材料、减时限。\n②链主：龙头企业。\n③“双培”：培育、培养。\n"
BRACKETED = NOTES.replace("①", "［1］").replace("②", "［2］").replace("③", "［3］")


@pytest.mark.parametrize(
    ("body", "notes", "marks"),
    [
        ("推进“三减”①改革，培育链主②企业。", NOTES, [("①", 1), ("②", 2)]),
        ("推进“三减①”改革。", NOTES, [("①", 1)]),  # inside the quotation marks
        ("推进“三减”［1］改革，培育链主［2］。", BRACKETED, [("［1］", 1), ("［2］", 2)]),
        ("推进“三减”[1]改革，培育链主〔2〕。", BRACKETED, [("[1]", 1), ("〔2〕", 2)]),  # of another shape than the note
        ("推进“三减”“双培”①改革。", NOTES, [("①", 1)]),  # one mark for two terms
        ("推进“三减”①③改革。", NOTES, [("①", 1), ("③", 3)]),  # two marks for one term
        ("推进“三减”⑨改革。", NOTES, [("⑨", None)]),  # an orphan
        ("主要是：①减环节；②减材料。③减时限。", NOTES, []),  # an enumeration in the running text
        ("① 减环节\n② 减材料\n", NOTES, []),  # another one, in lines of its own
        ("推进“三减”1改革，新增5个平台。", NOTES, [("1", 1)]),  # a bare figure, because the entry explains these words
        ("推进三减1改革，培育链主企业2家。", NOTES, [("1", 1)]),  # behind words without quotation marks
        ("推进“双培”1改革。", NOTES, []),  # the entry explains other words
        ("完成“三减”1.5万件。", NOTES, []),  # a figure of the text
        ("见［2024］5号文件。", BRACKETED, []),  # a year
        ("推进“三减”①改革。", "", [("①", None)]),  # a report without a glossary
        ("建成“三减”1万公里、“三减”1,200户。", NOTES, []),  # what is counted
        ("硫＠①增长，油?②治理。", "", []),  # debris of another encoding
    ],
)
def test_marks(parse_text: Parse, body: str, notes: str, marks: list[tuple[str, int | None]]) -> None:
    """A sign behind a word is a mark and belongs to the entry of its number; one that numbers an item is none."""
    parsed = parse_text(BEFORE + body + notes)
    assert [(mark.marker, mark.entry) for mark in parsed.marks] == marks
    assert all(parsed.report.text[mark.start : mark.end] == mark.marker for mark in parsed.marks)


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("推进“三减”①改革，培育链主②企业，实施“双培”③。", []),
        ("推进“三减”①改革，培育链主②企业。", ["unreferenced-entry"]),  # ③ is never referred to
        ("推进“三减”①改革，培育链主②企业，实施“双培”③，树立标杆④。", ["orphan-mark"]),
        ("推进三减1改革，培育链主2企业，双向培养率3提高。", []),  # 3 may be a mark, and stands behind other words
        ("推进三减1改革，培育链主2企业。", ["unreferenced-entry"]),
        ("推进三减改革。", []),  # a report that uses no marks refers to no entry at all
    ],
)
def test_findings(parse_text: Parse, body: str, kinds: list[str]) -> None:
    """Marks without entries are reported, and so are entries without marks where a report uses marks."""
    findings = parse_text(BEFORE + body + NOTES).findings
    assert [finding.kind for finding in findings] == kinds


@pytest.mark.parametrize(
    ("notes", "kinds"),
    [
        ("", ["marks-without-notes"]),  # the notes are elsewhere: that is one thing to look at
        (
            "\n名词解释\n①“三减”：减环节、减材料、减时限。\n③“双培”：培育、培养。\n",
            ["marks-without-notes"],
        ),  # one note is missing
        (NOTES, ["orphan-mark"]),  # the list is whole
        ("\n名词解释\n三减：减环节、减材料、减时限。\n链主：龙头企业。\n双培：培育、培养。\n", []),  # without numbers
    ],
)
def test_how_sure_an_orphan_is(parse_text: Parse, notes: str, kinds: list[str]) -> None:
    """A mark without a note is the author's fault only where all notes were found."""
    body = (
        "推进“三减”①改革，培育链主②企业，实施“双培”③。" if "②" not in notes else "推进“三减”①、链主②、“双培”③、标杆④。"
    )
    assert [finding.kind for finding in parse_text(BEFORE + body + notes).findings] == kinds


@pytest.mark.parametrize(
    ("body", "slogans"),
    [
        ("推进“三减”①改革。", ["三减"]),
        ("推进“三减①”改革。", ["三减"]),  # the mark is no part of the phrase
        ("培育链主②企业。", ["链主"]),  # the mark vouches for unquoted words
        ("培育链主企业。", []),  # nothing vouches for them
        ("培育企业②。", []),  # the entry explains other words
        ("推进“三减改革”，深化三减改革。", ["三减改革", "三减改革"]),  # an earlier quotation vouches
        ("推进“三减”，深化三减。", ["三减"]),  # not for so short a phrase
        ("深化三减改革，推进“三减改革”。", ["三减改革"]),  # and not for what stands before it
        ("推进“三减改革”，深化十三减改革。", ["三减改革"]),  # nor for a part of another numeral
        ("推进“放管服改革”，深化放管服改革。", ["放管服改革"]),  # nor where nothing is counted
    ],
)
def test_slogans(parse_text: Parse, body: str, slogans: list[str]) -> None:
    """A phrase is a slogan where quotation marks, a mark or an earlier quotation vouch for it."""
    parsed = parse_text(BEFORE + body + NOTES)
    assert [slogan.text for slogan in parsed.slogans] == slogans
    assert all(parsed.report.text[slogan.start : slogan.end] == slogan.text for slogan in parsed.slogans)


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        ("实施“双引领”计划。", "“双引领”计划"),
        ("完善“135”工作体系建设。", "“135”工作体系"),
        ("推进“三减”改革。", None),  # no noun of an undertaking
        ("实施“双引领”，计划三年完成。", None),  # the comma ends the name
        ("实现“四个百亿”年度目标任务。", "“四个百亿”年度目标任务"),
        ("完善“双引领”科技创新体系建设。", "“双引领”科技创新体系"),
        ("完成“双引领”时期的战略任务。", None),  # words that say more of something else
        ("立足“双引领”战略地位。", None),
        ("开展“双引领”专项治理。", None),
        ("重构“双引领”的发展模式。", None),
        ("优化“双引领”政策取向。", None),
    ],
)
def test_names_that_run_on(parse_text: Parse, body: str, whole: str | None) -> None:
    """The noun of an undertaking right behind a quotation belongs to the name."""
    [slogan] = parse_text(BEFORE + body).slogans
    assert (slogan.whole and slogan.whole.text) == whole


def test_names_that_an_entry_gives_in_full(parse_text: Parse) -> None:
    """Words before a quotation belong to the name where an entry has them."""
    notes = "\n名词解释\n1.安全生产“六化”：甲、乙、丙、丁、戊、己。\n2.清“三欠”：清欠账、清欠款、清欠薪。\n"
    parsed = parse_text(BEFORE + "推进安全生产“六化”建设，开展清“三欠”行动，完善“六化”机制。" + notes)
    assert [slogan.whole.text for slogan in parsed.slogans if slogan.whole][:2] == ["安全生产“六化”", "清“三欠”"]


def test_lone_quotation_marks(parse_text: Parse) -> None:
    """A quotation mark without a partner is reported at its place."""
    parsed = parse_text(BEFORE + "推进“三减改革。")
    [finding] = parsed.findings
    assert (finding.kind, parsed.report.text[finding.start : finding.end]) == ("lone-quotation-mark", "“")


@pytest.mark.parametrize("body", ["办好“中国’99博览会”。", "过去五年的’98抗洪。", "在Xi’an举办。"])
def test_apostrophes(parse_text: Parse, body: str) -> None:
    """A sign that leaves letters or figures out is no quotation mark without a partner."""
    assert parse_text(BEFORE + body).findings == ()


def test_the_items_of_an_enumeration_are_no_marks() -> None:
    """②, due behind an item ① of its line, numbers an item even without a stop before it."""
    text = "重点抓好：①扩大投资②促进消费③稳定就业。推行“三单”①制度。"
    marks, _ = read_marks(text, plain(text), ((0, len(text)),), ())
    assert [(mark.marker, mark.start) for mark in marks] == [("①", text.rindex("①"))]
