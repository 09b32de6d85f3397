from __future__ import annotations

import pytest

from glossary_api.parsing.parse import parse
from glossary_api.reading.markdown import looks_like_markdown, read_markdown
from glossary_api.reading.read import read_bytes

HEAD = "# 2031年政府工作报告\n\n**林致远**\n\n各位代表：\n\n推进“两清一改”[^1]，落实“三个到户”[^b]。\n\n"
CLEAR, VISIT = "清河道、清路障，改造旧房", "宣讲到户、指导到户、回访到户"
LAYOUTS = {
    "bold heads": "## 名词解释\n\n- **两清一改**：{0}。\n- **三个到户**：{1}。\n",
    "colon in bold": "### 附：名词解释\n\n* **两清一改：**{0}。\n* **三个到户：** {1}。\n",
    "numbered": "## 名词解释\n\n1. **两清一改**：{0}。\n2. **三个到户**：{1}。\n",
    "bold lines": "**名词解释**\n\n**两清一改**\n\n{0}。\n\n**三个到户**\n\n{1}。\n",
    "headings": "## 名词解释 ##\n\n### 两清一改\n{0}。\n\n### 三个到户\n{1}。\n",
    "quotation": "## 名词解释\n> **两清一改**——{0}。\n>\n> **三个到户**——{1}。\n",
    "quotation alone": "> 名词解释\n>\n> 两清一改：{0}。\n>\n> 三个到户：{1}。\n",
    "table": "## 名词解释\n\n| 序号 | 名词 | 解释 |\n|:--|:-:|---|\n"
    "| 1 | 两清一改 | {0}。|\n| 2 | **三个到户** | {1}。|\n",
    "breaks in another table": "| 实事 | 完成情况 |\n|---|---|\n"
    + "| 就业 | 已办<br>一件<br>两件 |\n" * 3
    + "\n**名词解释**\n\n**1.两清一改：**{0}。\n\n**2.三个到户：**{1}。\n",
    "open table": "## 名词解释\n\n名词 | 解释\n-|-\n两清一改 | {0}。\n三个到户 | {1}。\n",
    "underlined, with line ends": "名词解释\n---\n\n1. **两清一改**<br>{0}。\n2. **三个到户**<br>{1}。\n3. <br>\n",
    "definitions": "## 名词解释\n\n**两清一改**\n: {0}。\n\n**三个到户**\n: {1}。\n",
    "boxes with titles": "> [!info]- 名词解释\n\n> [!note]+ 两清一改\n> {0}。\n\n> [!tip|wide] 三个到户\n> {1}。\n",
    "definitions of pandoc": "## 名词解释\n\n**两清一改**\n  ~ {0}。\n\n**三个到户**\n  ~ {1}。\n",
    "items of a box": "> [!NOTE] 名词解释\n> - `两清一改`：{0}。\n> - `三个到户`：{1}。\n",
    "definitions of HTML": "## 名词解释\n\n<dl>\n<dt>两清一改</dt><dd>{0}。</dd>\n<dt>三个到户</dt><dd>{1}。</dd>\n",
    "tooltips of HTML": '<abbr title="{0}。">两清一改</abbr>和<abbr title="{1}。">三个到户</abbr>。\n',
    "abbreviations": "*[两清一改]: {0}。\n*[三个到户]: {1}。\n",
    "titles of links": '[两清一改](# "{0}。")和[三个到户]\n\n[三个到户]: # "{1}。"\n',
    "footnotes": "[^1]: 两清一改：{0}。\n[^b]: “三个到户”是指{1}。\n",
    "footnotes, explanation only": "## 注释\n\n[^1]: {0}。\n\n[^b]: {1}。\n",
}


@pytest.mark.parametrize("notes", LAYOUTS.values(), ids=LAYOUTS)
def test_layouts(notes: str) -> None:
    """Every way to set a glossary in Markdown gives its notes, without the signs that set it."""
    document = read_bytes((HEAD + notes.format(CLEAR, VISIT)).encode(), "report.md")
    found = [(term.name, term.definition.text) for entry in parse(document).entries for term in entry.terms]
    assert document.format == "markdown"
    assert found == [("两清一改", CLEAR), ("三个到户", VISIT)]


def test_signs_that_set_nothing_stay() -> None:
    """What looks like a sign of Markdown and sets nothing is printed."""
    assert read_markdown("# 甲\n2*3*4 a_b_c \\*乙\\* [丙](http://x) `丁`\n".encode()) == "甲\n2*3*4 a_b_c *乙* 丙 丁"


@pytest.mark.parametrize(
    "text",
    [
        "各位代表：\n- 甲\n- 乙\n",
        "甲|乙|丙\n",
        "# 只有一个井号\n",
        "*注：甲\n*1 乙\n",
        "---\n甲\n---\n\n乙\n",
    ],
)
def test_plain_text_is_no_markdown(text: str) -> None:
    """Text with a dash, a bar or a single sign is plain text."""
    assert not looks_like_markdown(text.encode())


def test_front_matter_speaks_where_the_text_is_silent() -> None:
    """Title, address and the day that a title names come from the head of a file; the day of its making is no other."""
    head = (
        "---\ntitle: 青禾县政府工作报告（2031年1月8日 林致远）\nsource: https://a.example.cn/1\ndate: 2031-02-01\n---\n"
    )
    report = parse(read_bytes(f"{head}\n各位代表：\n\n**一、工作回顾**\n\n**二、安排**\n".encode(), "1.md")).report
    assert (report.place, report.date, report.speaker) == ("青禾县", "2031-01-08", "林致远")


def test_front_matter_alone_tells_that_a_text_is_markdown() -> None:
    """A text that has no other sign of Markdown is read without its front matter, which names place and title."""
    head = "---\nsource: https://a.example.cn/1\ntitle: 青禾县2031年政府工作报告\n---\n"
    document = read_bytes(f"{head}\n各位代表：\n\n现在，我代表县人民政府向大会报告工作。\n".encode(), "1.md")
    report = parse(document).report
    assert (report.place, report.year, report.title) == ("青禾县", 2031, "青禾县2031年政府工作报告")
    assert "source" not in document.text


def test_front_matter_tells_the_address() -> None:
    """The address at the head of a file is that of its record."""
    head = b"---\nsource: 'https://a.example.cn/1'\ntags: [a, b]\n---\n# A\n\n## B\n"
    assert read_bytes(head, "1.md").record == (("address", "https://a.example.cn/1"),)


def test_bold_type_over_several_lines() -> None:
    """The signs of bold type are no text where it begins on one line and ends on another."""
    assert read_markdown("**甲\n乙**\n\n**丙**\n".encode()) == "甲\n乙\n\n丙"


def test_links_between_notes() -> None:
    """A link to another note shows the words that are given for it, or else its name."""
    assert "推进“甲”和“乙”。" in read_markdown((HEAD + "推进“[[词条/甲|甲]]”和“[[乙]]”。\n").encode())


def test_a_box_of_several_lines() -> None:
    """What a box with a title says is one line below it, however many the source has; other quotations keep theirs."""
    lines = read_markdown((HEAD + "> [!info]- 甲\n> 甲事，\n> 乙事。\n\n> 丙事，\n> 丁事。\n").encode()).split("\n")
    assert lines[lines.index("甲") + 1] == "甲事， 乙事。"
    assert "丙事，" in lines


def test_notes_where_their_marks_stand() -> None:
    """^[…] is a note like any other."""
    text = HEAD.replace("[^1]", f"^[两清一改：{CLEAR}。]").replace("[^b]", f"^[三个到户：{VISIT}。]")
    found = parse(read_bytes(text.encode(), "report.md")).entries
    assert [term.definition.text for entry in found for term in entry.terms] == [CLEAR, VISIT]


def test_targets_of_links_below_the_text() -> None:
    """Where a link leads is not printed, be it said below the text; its title explains the words of the link."""
    text = HEAD + "办好[“三办”][1]和[“四改”][b]。\n\n[1]: https://a.example.cn/1 '三办专题'\n"
    text += f"[b]: #b '{VISIT}。'\n[甲]: 乙事\n"
    lines = read_markdown(text.encode()).split("\n")
    assert "办好“三办”和“四改”。" in lines
    assert lines[-3:] == ["[甲]: 乙事", "注释", f"“四改”：{VISIT}。"]


def test_what_a_word_means_over_several_lines() -> None:
    """A definition below its word is one line, however it is wrapped, and a word keeps nothing of its highlight."""
    source = "---\ntitle: 政府工作报告\n---\n推行==甲乙==。\n\n甲乙\n:   甲和乙两样\n    事情。\n"
    assert read_markdown(source.encode()).split("\n")[-4:] == ["推行甲乙。", "", "甲乙", "甲和乙两样事情。"]
