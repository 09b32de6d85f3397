from __future__ import annotations

from collections.abc import Callable

import pytest

from glossary_api.reading.counters import FORMS
from glossary_api.reading.docx import read_docx

Writer = Callable[..., bytes]


def level(index: int, form: str, text: str, *, start: int = 1, more: str = "") -> str:
    """A level of an outline."""
    inside = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}'
    return f'<w:lvl w:ilvl="{index}">{inside}</w:lvl>'


def outline(name: int, *levels: str) -> str:
    """An outline of these levels."""
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def listed(name: int, outline_name: int, overrides: str = "") -> str:
    """A list that uses an outline."""
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{outline_name}"/>{overrides}</w:num>'


def item(text: str, name: int | None, depth: int = 0, style: str = "") -> str:
    """A paragraph of a list."""
    number = "" if name is None else f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{name}"/></w:numPr>'
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{number}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("decimal", {1: "1", 10: "10", 101: "101"}),
        ("decimalZero", {1: "01", 10: "10"}),
        ("decimalFullWidth", {1: "１", 12: "１２"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 50: "㊿", 51: "51"}),
        ("decimalEnclosedCircleChinese", {11: "⑪"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇"}),
        ("decimalEnclosedFullstop", {1: "⒈"}),
        ("ideographEnclosedCircle", {10: "㊉"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一"}),
        (
            "chineseCountingThousand",
            {100: "一百", 101: "一百零一", 110: "一百一十", 1001: "一千零一", 2020: "二千零二十"},
        ),
        ("japaneseCounting", {12: "十二"}),
        ("ideographDigital", {1: "一", 10: "一〇", 24: "二四"}),
        ("chineseLegalSimplified", {1: "壹", 12: "拾贰"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("upperRoman", {4: "IV", 1994: "MCMXCIV", 4000: "4000"}),
        ("lowerRoman", {9: "ix"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA"}),
        ("lowerLetter", {2: "b", 10**9: "1000000000"}),
        ("numberInDash", {3: "- 3 -"}),
        ("cardinalText", {7: "7"}),
    ],
)
def test_forms(form: str, printed: dict[int, str]) -> None:
    """A number is printed as Word prints it in this format, and in digits where the format has no sign for it."""
    assert {number: FORMS.get(form, str)(number) for number in printed} == printed


def test_every_form_prints_any_number() -> None:
    """No form fails for zero, negative or huge numbers, nor blows them up."""
    for form in FORMS.values():
        assert all(len(form(number)) < 40 for number in (-5, 0, 99, 9999, 10000, 10**9))


@pytest.mark.parametrize(
    ("form", "pattern", "text", "line"),
    [
        ("chineseCounting", "%1、", "2024年工作回顾", "一、2024年工作回顾"),
        ("chineseCounting", "（%1）", "聚力抓项目", "（一）聚力抓项目"),
        ("decimal", "%1.", "“两重”：指……", "1.“两重”：指……"),
        ("decimal", "%1.", "2025年10件实事", "1. 2025年10件实事"),
        ("decimal", "%1", "两重", "1 两重"),
        ("decimalEnclosedCircleChinese", "%1", "两重：指……", "①两重：指……"),
        ("decimal", "［%1］", "两重", "［1］两重"),
        ("none", "附件", "名词解释", "附件名词解释"),
        ("bullet", "\uf0b7", "两重", "两重"),
    ],
)
def test_marker_as_typed_by_hand(form: str, pattern: str, text: str, line: str, word: Writer) -> None:
    """A marker stands before its paragraph without a space unless the two would run into one number or word."""
    numbering = outline(5, level(0, form, pattern)) + listed(1, 5)
    assert read_docx(word(item(text, 1), numbering=numbering)) == line


def test_levels_count_and_restart(word: Writer) -> None:
    """Deeper levels begin anew below each outer item, and print the outer numbers in their form or as digits."""
    levels = (
        level(0, "chineseCounting", "%1、"),
        level(1, "decimal", "%1.%2.", more="<w:isLgl/>"),
        level(2, "lowerLetter", "%2%3)", more='<w:suff w:val="space"/>'),
        level(3, "decimal", "(%4)", more='<w:lvlRestart w:val="0"/>'),
    )
    body = "".join(item("项", 1, depth) for depth in (0, 1, 1, 2, 3, 2, 0, 1, 3))
    assert read_docx(word(body, numbering=outline(1, *levels) + listed(1, 1))).split("\n") == [
        "一、项",
        "1.1.项",
        "1.2.项",
        "2a) 项",
        "(1)项",
        "2b) 项",
        "二、项",
        "2.1.项",
        "(2)项",
    ]


def test_lists_share_and_override(word: Writer) -> None:
    """Lists of one outline count on, a list with a start of its own begins there once, and list 0 is none."""
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    replaced = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1.")}</w:lvlOverride>'
    numbering = (
        outline(1, level(0, "decimal", "%1."))
        + listed(1, 1)
        + listed(2, 1)
        + listed(3, 1, override)
        + listed(4, 1, replaced)
    )
    body = item("甲", 1) + item("乙", 2) + item("丙", 3) + item("丁", 3) + item("戊", 0) + item("己", 4) + item("庚", 9)
    assert read_docx(word(body, numbering=numbering)).split("\n") == [
        "1.甲",
        "2.乙",
        "5.丙",
        "6.丁",
        "戊",
        "G.己",
        "庚",
    ]


def test_numbering_by_style(word: Writer) -> None:
    """A style numbers its paragraphs, on the level that names it, and so do the styles based on it."""
    styles = (
        '<w:style w:styleId="One"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Two"><w:basedOn w:val="One"/></w:style>'
        '<w:style w:styleId="Plain"><w:basedOn w:val="One"/>'
        '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    )
    levels = (
        level(0, "chineseCounting", "%1、", more='<w:pStyle w:val="One"/>'),
        level(1, "chineseCounting", "（%2）", more='<w:pStyle w:val="Two"/>'),
    )
    body = "".join(item("节", None, style=style) for style in ("One", "Two", "Two", "One", "Plain", "Two"))
    assert read_docx(word(body, styles=styles, numbering=outline(3, *levels) + listed(1, 3))).split("\n") == [
        "一、节",
        "（一）节",
        "（二）节",
        "二、节",
        "节",
        "（一）节",
    ]


def test_outline_that_links_to_a_style(word: Writer) -> None:
    """An outline may leave its levels to the list that a style names; a circle of links has none."""
    styles = '<w:style w:styleId="S"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    link = '<w:numStyleLink w:val="S"/>'
    numbering = outline(1, link) + outline(2, level(0, "decimal", "%1、")) + listed(1, 1) + listed(2, 2)
    assert read_docx(word(item("甲", 1), styles=styles, numbering=numbering)) == "1、甲"
    assert (
        read_docx(word(item("甲", 1), styles=styles, numbering=outline(2, link) + listed(1, 2) + listed(2, 2))) == "甲"
    )


def test_deleted_items_do_not_count(word: Writer) -> None:
    """A paragraph whose mark is deleted joins the next one and takes no number."""
    deleted = item("甲", 1).replace("</w:pPr>", "<w:rPr><w:del/></w:rPr></w:pPr>")
    numbering = outline(1, level(0, "decimal", "%1.")) + listed(1, 1)
    assert read_docx(word(deleted + item("乙", 1) + item("丙", 1), numbering=numbering)) == "1.甲乙\n2.丙"


def test_hostile_numbers(word: Writer) -> None:
    """Levels, starts and patterns that no word processor writes are read without an error."""
    numbering = (
        outline(1, level(99, "decimal", "%1."), level(0, "decimal", "%9%1" * 1000, start=10**8))
        + outline(2, '<w:lvl w:ilvl="x"><w:start w:val="many"/></w:lvl>')
        + listed(1, 1, '<w:lvlOverride w:ilvl="-3"><w:startOverride w:val="9999999999999"/></w:lvlOverride>')
        + listed(2, 2)
        + listed(3, 77)
    )
    body = "".join(item("甲", name, depth) for name in (1, 2, 3) for depth in (0, 8, -1, 500))
    assert len(read_docx(word(body, numbering=numbering))) < 1000
