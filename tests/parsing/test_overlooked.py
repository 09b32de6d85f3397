"""What begins as notes do and was not read is said, and what other paragraphs begin with is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.parsing.conftest import Parse

TITLE = "政府工作报告\n——2031年1月8日在青禾县第十八届人民代表大会第四次会议上\n"
SPEECH = (
    "各位代表：\n一、去年工作\n推行甲乙联办，建设丙丁工坊，一批企业落户。\n二、今年工作\n（一）办好戊己驿站。新建十处。\n"
    "（二）落实庚辛清单。办好十件实事。\n谢谢大家！\n"
)
NAMES = ("甲乙联办", "丙丁工坊", "戊己驿站", "庚辛清单")
SAID = "由县里统一办理各类事项，方便群众和企业的做法。"
CODE = "these-look-like-notes-and-were-not-read"


def doubts(parse_text: Parse, text: str) -> list[str]:
    """The codes of what is in doubt."""
    return [one.message.code for one in parse_text(text).findings if one.kind == "reading-in-doubt"]


@pytest.mark.parametrize(
    "form",
    [
        *("{}>>{}\n", "{} = {}\n", "§ {} → {}\n", "Q1 {} / {}\n", "《{}》{}\n", "<{}>{}\n", "{}\n{}\n", "▷ {} {}\n"),
        "_{}_；{}\n",
    ],
)
def test_signs_that_nobody_thought_of(parse_text: Parse, form: str) -> None:
    """Whatever sign parts names from explanations, four of them are doubted."""
    notes = "".join(form.format(name, SAID) for name in NAMES)
    assert CODE in doubts(parse_text, TITLE + SPEECH.replace("谢谢", notes + "谢谢"))
    assert doubts(parse_text, TITLE + SPEECH) == []


@pytest.mark.parametrize("form", ["{}——“{}”\n", "{}--{}\n"])
def test_names_behind_what_is_said_of_them(parse_text: Parse, form: str) -> None:
    """Names that stand behind their explanations are doubted as those before them are."""
    notes = "".join(form.format(SAID, name) for name in NAMES)
    assert CODE in doubts(parse_text, TITLE + SPEECH.replace("谢谢", notes + "谢谢"))


def test_names_before_the_title(parse_text: Parse) -> None:
    """Notes above the title are looked at as those below it are."""
    notes = "".join(f"{name} → {SAID}\n" for name in NAMES)
    assert CODE in doubts(parse_text, notes + TITLE + SPEECH)


@pytest.mark.parametrize("signs", [("①", "②"), ("1.", "2.")])
def test_explanations_without_a_name(parse_text: Parse, signs: tuple[str, str]) -> None:
    """Lines that say what something means, and do not name it, are explanations of something."""
    notes = "".join(f"{sign}是指{SAID}\n" for sign in signs)
    assert CODE in doubts(parse_text, f"{TITLE}{SPEECH}备查\n以上说法的含义：\n{notes}")


def test_signs_of_footnotes(parse_text: Parse) -> None:
    """A line that begins with the sign that stands behind a word of the text is a footnote."""
    marked = SPEECH.replace("联办，", "联办＊，").replace("工坊，", "工坊＊＊，")
    assert CODE in doubts(parse_text, f"{TITLE}{marked}＊ {SAID}\n＊＊ {SAID}\n")


def test_one_more_of_those_that_were_read(parse_text: Parse) -> None:
    """Where names stand above what they mean, one that nobody quotes does so too."""
    speech = (
        SPEECH.replace("甲乙联办", "“甲乙联办”").replace("丙丁工坊", "“丙丁工坊”").replace("戊己驿站", "“戊己驿站”")
    )
    notes = "".join(f"{name}\n{SAID}\n" for name in NAMES)
    found = parse_text(TITLE + speech.replace("谢谢", notes + "谢谢"))
    assert [term.name for entry in found.entries for term in entry.terms] == [*NAMES[:3]]
    assert [one.message.values["names"] for one in found.findings if one.message.code == CODE] == ["庚辛清单"]


@pytest.mark.parametrize(
    "lines",
    [
        "推行甲乙联办。全县都要行动起来，把事情办好。\n",
        "“十四五”时期主要目标\n全县都要行动起来，把各项事情办好办实。\n全面完成“十四五”时期主要目标任务。\n",
        "（三）丙丁工坊\n全县都要行动起来，把各项事情办好办实。\n",
        "指导企业用好政策，即将出台新的十条措施。\n指标全部完成，指向明确，全县都要行动起来。\n",
    ],
)
def test_what_other_paragraphs_begin_with(parse_text: Parse, lines: str) -> None:
    """Tasks, headings and plans are no notes, though what they begin with stands elsewhere."""
    assert doubts(parse_text, TITLE + SPEECH.replace("谢谢", lines + "谢谢")) == []


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("1.甲乙 工坊。由县里统一办理。\n", "name-of-note-is-cut-off"),
        ("1.戊己站：由县里办理；丙丁工坊，指由村里办理的事项。\n", "note-holds-another"),
        ("1.提到的“戊己站：由县里统一办理。\n", "note-has-an-odd-name"),
        ("1.戊己站：由县里统一办理。· 3 ·\n", "note-goes-on-within-a-sentence"),
    ],
)
def test_notes_cut_at_the_wrong_place(parse_text: Parse, note: str, code: str) -> None:
    """The rest of a name, another note, half of its quotation marks and a page number are said."""
    far = "我们迎难而上，办成了一批大事要事，全县上下都有了新的气象，人民生活有了新的改善。" * 10
    speech = f"{TITLE}各位代表：\n建设“甲乙”工坊和丙丁工坊，办好“戊己站”。\n{far}\n谢谢大家！\n名词解释\n"
    assert code in doubts(parse_text, speech + note + "2.戊己站：由村里统一办理。\n")
