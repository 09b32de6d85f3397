from __future__ import annotations

import json

import pytest

from glossary_api.reading.line_ends import mended
from glossary_api.reading.read import read_bytes

PARAGRAPHS = [
    "政府工作报告",
    "——2031年1月8日在青禾县第十八届人民代表大会第四次会议上",
    "青禾县人民政府县长 林致远",
    "各位代表：",
    "现在，我代表青禾县人民政府，向大会报告工作，请予审议，并请政协委员和其他列席会议的同志提出意见和建议。",
    "一、去年工作",
    "一年来，我们扎实推进“两清一改”①，全面落实“三个到户”②，城乡面貌持续改善，群众获得感明显增强，各项事业全面进步。",
    "产业发展稳中有进，新增规模以上工业企业十二家，技术改造投资增长百分之十五，农产品加工转化率进一步提高。",
    "二、今年任务",
    "继续抓好“两清一改”，让“三个到户”成为常态，办好教育、医疗、养老等民生实事，守住安全生产和生态环境的底线。",
    "各位代表！让我们携手奋进，为建设更加美好的青禾县而努力奋斗。谢谢大家！",
    "名词解释",
    "①两清一改：清河道、清路障，改造旧房，由乡镇组织实施、群众共同参与的人居环境整治行动，每年集中开展两次。",
    "②三个到户：政策宣讲到户、技术指导到户、服务回访到户，由包村干部和农技人员负责落实的一项便民服务制度。",
]
TEXT = "\n".join(PARAGRAPHS)


def cut(width: int, indent: str = "") -> str:
    """The paragraphs as an old editor cuts them."""
    lines = (indent + one for one in PARAGRAPHS)
    return "\n".join(line[i : i + width] for line in lines for i in range(0, len(line), width))


@pytest.mark.parametrize("width", [20, 26, 34, 38])
@pytest.mark.parametrize("indent", ["", "　　", "    "])
def test_lines_cut_at_a_width_are_joined(width: int, indent: str) -> None:
    """A text that was cut after so many characters has its paragraphs again."""
    assert [line.strip() for line in mended(cut(width, indent)).split("\n")] == PARAGRAPHS


def test_a_page_that_ends_within_a_paragraph() -> None:
    """The number of a page between two pieces of a sentence is left out and counted; one between paragraphs stays."""
    half, other = PARAGRAPHS[-1][:30], PARAGRAPHS[-1][30:]
    document = read_bytes(f"{TEXT}\n- 7 -\n{half}\n— 8 —\n\n{other}\n".encode(), "a.txt")
    assert document.text == f"{TEXT}\n- 7 -\n{PARAGRAPHS[-1]}\n"
    assert [(left.reason, left.characters) for left in document.left_out] == [("furniture", 3)]


def test_characters_as_web_pages_write_them() -> None:
    """Where a program left many of them in a text, they are the characters that they stand for."""
    assert mended(TEXT.replace("“", "&ldquo;").replace("”", "&rdquo;")) == TEXT
    assert mended("甲&amp;乙") == "甲&amp;乙"


def test_words_of_letters_keep_their_space() -> None:
    """A line end between two words of letters stands for a space, any other for nothing."""
    line = "本县与合作方共同举办，活动名称为 open"
    lines = [
        line,
        "data，参加者踊跃，气氛热烈而有序。",
        "群众普遍反映良好，希望以后每年都能举办一",
        "次，并扩大规模。",
    ] * 6
    joined = mended("\n".join(one.ljust(0) for one in lines))
    assert "open data，参加者" in joined
    assert "举办一次" in joined


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "\n".join(["春眠不觉晓，处处闻啼鸟。", "夜来风雨声，花落知多少。"] * 8),
        "\n".join(f"第{n}项工程由有关单位负责实施并按期完成建设。" for n in "一二三四五六七八九"),
        "\n".join(f"青禾县某乡镇重点项目名称第{n}号" for n in range(10, 40)),
        "",
        "\n\n",
    ],
)
def test_other_lines_stay(text: str) -> None:
    """Paragraphs, verses, sentences of one length and lists of names are left as they are."""
    assert mended(text) == text


NOTES_BEGIN = PARAGRAPHS.index("名词解释")


@pytest.mark.parametrize("between", ["", " ", "  ", "\u3000\u3000", "\\n"])
def test_lost_line_ends(between: str) -> None:
    """A text without line ends has its salutation, its chapters and its notes on lines of their own."""
    lines = [line.strip() for line in mended(between.join(PARAGRAPHS)).split("\n")]
    assert [line for line in lines if line in PARAGRAPHS[NOTES_BEGIN:]] == PARAGRAPHS[NOTES_BEGIN:]
    assert "各位代表：" in lines
    assert any(line.startswith("二、今年任务") for line in lines)


def test_records_without_line_ends() -> None:
    """The text of a record is mended as that of a file is."""
    data = json.dumps([{"title": "政府工作报告", "content": "".join(PARAGRAPHS)}], ensure_ascii=False).encode()
    document = read_bytes(data, "reports.json")
    assert "\n名词解释\n①两清一改" in document.text


@pytest.mark.parametrize("text", [cut(26), "".join(PARAGRAPHS)])
def test_nothing_but_white_space_changes(text: str) -> None:
    """Mending moves line ends and loses no character."""
    assert "".join(mended(text).split()) == "".join(text.split())
