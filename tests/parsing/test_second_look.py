"""What cannot be right as it was read is a question, and what can be right is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.parsing.conftest import Parse

REPORT = (
    "政府工作报告\n——2031年1月8日在青禾县第十八届人民代表大会第四次会议上\n各位代表：\n"
    "推行“甲一乙二”“丙网”，建设“丁坊戊巷”，办好“己庚”。\n谢谢大家！\n"
)
LIST = (
    "名词解释\n1.甲一乙二：甲事一件、乙事两件。\n2.丙网：第五代通信的网。\n3.丁坊戊巷：老坊和新巷。\n4.辛壬：辛和壬。\n"
    "5.己庚：己和庚两样。\n"
)


def doubts(parse_text: Parse, text: str) -> list[str]:
    """The codes of what is in doubt."""
    return [one.message.code for one in parse_text(text).findings if one.kind == "reading-in-doubt"]


@pytest.mark.parametrize(
    ("printed", "changed", "code"),
    [
        ("乙事两件。", "乙事两件9.己庚：己和庚两样。", "note-holds-another"),
        ("4.辛壬：辛和壬。\n", "", "note-follows-note"),
        ("老坊和新巷。", "老坊和新", "note-ends-within-a-sentence"),
        ("老坊和新巷。", "老坊│和新│巷。", "note-holds-drawn-lines"),
        ("老坊和新巷。", "老坊和新巷。，全部达标", "note-goes-on-within-a-sentence"),
        ("己和庚两样。\n", "己和庚两样。\n丙网\n", "these-look-like-notes-and-were-not-read"),
        ("谢谢大家！", "丁坊戊巷：\n老坊和新巷的总称。\n谢谢大家！", "these-look-like-notes-and-were-not-read"),
        ("：甲事一件", "：/甲事一件", "note-has-an-odd-name"),
        ("老坊和新巷。", "老坊和新巷。" * 400, "note-is-very-long"),
        ("：甲事一件", "：，甲事一件", "note-has-an-odd-name"),
        ("谢谢大家！", "丁坊戊巷：老坊和新巷的总称。\n谢谢大家！", "these-look-like-notes-and-were-not-read"),
        ("己和庚两样。\n", "己和庚两样。\n附件2\n丙网的建设\n己庚的建设\n", "these-look-like-notes-and-were-not-read"),
        ("老坊和新巷。", "老坊和新巷。 己庚：己和庚两样。", "note-holds-another"),
        ("4.辛壬：辛和壬。\n5.己庚", "4.辛壬：辛和壬。　　己庚", "note-holds-another"),
        ("4.辛壬：辛", "4.表4 辛壬：辛", "note-has-an-odd-name"),
        ("4.辛壬：辛", "4.县教育局：己庚：辛", "note-holds-another"),
        ("4.辛壬：辛和壬", "4.丁坊戊巷甲一乙二：辛和壬", "note-has-an-odd-name"),
        ("4.辛壬：辛和壬", "4.四丁坊戊巷：辛和壬", "note-has-an-odd-name"),
        ("甲事一件、乙事两件", "丁坊戊巷", "note-has-an-odd-name"),
        ("老坊和新巷。", "老坊和\n— 12 —\n新巷。", "note-goes-on-within-a-sentence"),
        ("老坊和新巷。", "老坊和新\n、中巷。", "note-goes-on-within-a-sentence"),
        ("老坊和新巷。", "老坊和新巷。\n全县干部都要记住这一件大事。", "note-alone-has-paragraphs"),
        ("4.辛壬：辛", "4.丁坊戊巷：辛", "several-notes-have-one-name"),
        ("“丙网”，建设“丁坊戊巷”，办好“己庚”", "好事", "text-has-few-names-of-notes"),
        ("老坊和新巷。", "老坊和\n          新巷。", "note-holds-drawn-lines"),
        ("谢谢大家！", "图1 丁坊戊巷：老坊和新巷的总称。\n谢谢大家！", "these-look-like-notes-and-were-not-read"),
        (
            "谢谢大家！",
            "建设新“丁坊戊巷”街。\n新“丁坊戊巷”街：老坊的总称。\n谢谢大家！",
            "these-look-like-notes-and-were-not-read",
        ),
        ("谢谢大家！", "（注：丁坊戊巷，老坊和新巷的总称。）\n谢谢大家！", "these-look-like-notes-and-were-not-read"),
    ],
)
def test_what_cannot_be_right(parse_text: Parse, printed: str, changed: str, code: str) -> None:
    """Each sign of a list that was misread is a finding, and the list without it has none."""
    assert doubts(parse_text, REPORT + LIST) == []
    assert code in doubts(parse_text, (REPORT + LIST).replace(printed, changed))


def test_names_cut_in_two(parse_text: Parse) -> None:
    """A name is cut off if the next line has the rest of what the report quotes."""
    rows = ["名词\t解释", "甲一乙\t甲事一件、乙事两件。", "二", "丙网\t第五代通信的网。", "己庚\t己和庚两样。"]
    assert "name-of-note-is-cut-off" in doubts(parse_text, f"{REPORT}名词解释\n" + "\n".join(rows) + "\n")


def test_sentences_cut_in_two(parse_text: Parse) -> None:
    """Many paragraphs that end within a sentence are one finding; headings that do are none."""
    cut = "我们坚持稳中求进，工业、农业和服务业都有新的进展，全县上下同心协力办成\n"
    assert doubts(parse_text, REPORT.replace("谢谢", cut * 12 + "谢谢")) == ["paragraphs-end-within-sentences"]
    headings = "".join(f"（{n}）{cut}办成了。\n" for n in "一二三四五六七八九十")
    assert doubts(parse_text, REPORT.replace("谢谢", headings + "谢谢")) == []


@pytest.mark.parametrize("brackets", ["（{}）", "[{}]", "〔{}〕"])
def test_explanations_in_brackets(parse_text: Parse, brackets: str) -> None:
    """Long texts in brackets behind several quoted words look like explanations that were not read."""
    said = brackets.format("供人就近办理各种事情的一处场所")
    names = ("甲乙厅", "丙丁屋", "戊己站")
    body = "".join(f"建设“{name}”{said}，方便群众。\n" for name in names)
    assert doubts(parse_text, REPORT.replace("谢谢", body + "谢谢")) == ["these-look-like-notes-and-were-not-read"]
    few = body.replace("丙丁屋", "甲乙厅")
    assert doubts(parse_text, REPORT.replace("谢谢", few + "谢谢")) == []


def test_parts_of_what_a_note_explains(parse_text: Parse) -> None:
    """A part of its name that a note takes up is no other note."""
    within = LIST.replace("5.己庚：己和庚两样", "5.己庚新区：分为两片。“己庚”：己和庚两样")
    assert doubts(parse_text, REPORT + within) == []


def test_sentences_below_a_heading_of_notes(parse_text: Parse) -> None:
    """A heading with sentences below it of which hardly any was read as a note was not understood, though one was."""
    said = "“甲一”指甲事一件；“乙二”指乙事两件，今年办完。\n丙网网络覆盖全县各个村庄和社区，方便群众上网。\n"
    said += "丁坊戊巷老坊和新巷位于县城的中心，今年全部改造。\n己庚己和庚两样事情由县里统一办理，年底完成。\n"
    kinds = [one.kind for one in parse_text(f"{REPORT}名词解释\n{said}").findings]
    assert "glossary-not-understood" in kinds
    assert "glossary-not-understood" not in [one.kind for one in parse_text(REPORT + LIST).findings]
