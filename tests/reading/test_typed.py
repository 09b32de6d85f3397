"""Plain text with the signs of mail programs, editors, typists and wikis."""

from __future__ import annotations

import pytest

from glossary_api.reading.read import read_bytes
from glossary_api.reading.typed import as_typed

BODY = ["政府工作报告", "各位代表：", "推进“两清一改”{}，落实“三个到户”{}，建成“1+2+N”{}体系。", "谢谢大家！"]
SAID = ("清河道、清路障", "宣讲到户、指导到户", "1个中心、2个站")


def marked(signs: tuple[str, ...]) -> str:
    """A report whose notes are marked by these signs."""
    return "\n".join([*BODY, *("{}" + said + "。" for said in SAID)]).format(*signs, *signs)


@pytest.mark.parametrize("signs", [("¹", "²", "³"), ("*", "**", "***"), ("†", "‡", "§"), ("[a]", "[b]", "[c]")])
def test_signs_of_notes(signs: tuple[str, ...]) -> None:
    """Signs that stand behind quotations and before lines are printed as marks."""
    assert as_typed(marked(signs)) == marked(("［1］", "［2］", "［3］"))


@pytest.mark.parametrize(
    "text",
    ["面积12 m²、“万里”²\n² 甲\n乙", "* 甲\n* 乙\n“丙”*", "“甲”*、“乙”**\n* 丙", "5 > 3\n甲 > 乙", "1 甲\n2 乙\n3 丙"],
)
def test_signs_that_mark_nothing(text: str) -> None:
    """A power, an item, a sign without its note, a comparison and a short list stay as they are."""
    assert as_typed(text) == text


def test_stars_of_messages() -> None:
    """The stars by which messages set names in bold type are none of them."""
    assert as_typed("*两清一改*：甲。\n*三个到户*：乙。") == "两清一改：甲。\n三个到户：乙。"


def test_what_is_answered() -> None:
    """The signs before the lines of a message that is answered are none of them."""
    lines = marked(("①", "②", "③")).split("\n")
    assert as_typed("请查收。\n" + "\n".join(f"> {line}" for line in lines)) == "\n".join(["请查收。", *lines])


@pytest.mark.parametrize("form", ["{:6d}\t{}", "{} {}", "{}: {}"])
def test_numbers_of_lines(form: str) -> None:
    """The numbers that an editor prints before all lines are none of them."""
    lines = [*marked(("①", "②", "③")).split("\n"), "甲", "乙"]
    assert as_typed("\n".join(form.format(n, line) for n, line in enumerate(lines, 1))) == "\n".join(lines)


WIKI = (
    "{{Header\n| title = 政府工作报告\n| year = 2031\n}}\n'''政府工作报告'''\n各位代表：\n== 一、去年工作 ==\n"
    "推进[[农业|农村]]“两清一改”<ref>清河道、清路障。</ref>，"
    "落实“三个到户”<ref name=\"b\">宣讲到户、''指导到户''。</ref>。\n"
    "[[File:a.jpg|缩略图]]\n== 注释 ==\n<references/>\n[[Category:报告]]\n"
)


def test_pages_of_a_wiki() -> None:
    """References are notes, links and bold type keep their words, templates are counted."""
    document = read_bytes(WIKI.encode(), "report.wiki")
    assert document.format == "wikitext"
    assert document.text.split("\n") == [
        *("", "政府工作报告", "各位代表：", "一、去年工作"),
        "推进农村“两清一改”［1］，落实“三个到户”［2］。",
        *("", "注释", "［1］清河道、清路障。", "［2］宣讲到户、指导到户。"),
    ]
    assert {one.reason for one in document.left_out} == {"part", "picture"}


def test_lists_of_a_wiki() -> None:
    """Items of lists have no signs of a wiki."""
    text = "政府工作报告\n各位代表：\n== 名词解释 ==\n* '''两清一改'''：清河道。\n* '''三个到户'''：宣讲到户。\n"
    assert read_bytes(text.encode(), "a.txt").text.endswith("名词解释\n两清一改：清河道。\n三个到户：宣讲到户。")


@pytest.mark.parametrize("text", ["政府工作报告\n====\n各位代表", "甲 == 乙\n'''引用'''", "各位代表：\n“'''”"])
def test_text_that_is_no_wiki(text: str) -> None:
    """One sign of a wiki may be chance."""
    assert read_bytes(text.encode(), "a.txt").format != "wikitext"


@pytest.mark.parametrize("sign", ["<ref>", "<ref name=", "{{", "[[", "'''", "\n== 甲 ==", "<!--", "> ", "“甲”*\n* "])
def test_hostile_signs(sign: str) -> None:
    """A hundred thousand signs that nothing closes take no longer than a text does."""
    read_bytes(("政府工作报告\n== 甲 ==\n'''乙'''\n" + sign * 100_000).encode(), "a.txt")


def test_codes_of_forums() -> None:
    """Codes that set type are no text, and an item of a list has a bullet; brackets of other texts stand."""
    codes = "[b]名词解释[/b]\n[list=1]\n[*][color=Red]两清一改[/color]：清河道。\n[*][b]三个到户[/b]：宣讲。\n[/list]"
    assert as_typed(codes).split("\n") == ["名词解释", "", "● 两清一改：清河道。", "● 三个到户：宣讲。", ""]
    assert as_typed("[b]甲[/b]和[链接]") == "[b]甲[/b]和[链接]"


def test_stars_behind_a_noun() -> None:
    """A star may stand behind the noun of a quotation, “甲”计划*."""
    text = as_typed("推进“甲”计划*，办好“乙”**和“丙”***。\n* “甲”计划：甲事。\n** 乙：乙事。\n*** 丙：丙事。")
    assert text.split("\n") == [
        "推进“甲”计划［1］，办好“乙”［2］和“丙”［3］。",
        "［1］“甲”计划：甲事。",
        "［2］乙：乙事。",
        "［3］丙：丙事。",
    ]
