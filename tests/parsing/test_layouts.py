from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glossary_api.errors import NotAReport
from glossary_api.model.words import EXPLAINER, GOVERNMENT_REPORT
from glossary_api.parsing.compilations import reports_in
from glossary_api.parsing.glossary_headings import is_heading
from glossary_api.text.folding import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.parsing.conftest import Parse

HEAD = (
    "政府工作报告\n——2031年1月8日在青禾县第十八届人民代表大会第四次会议上\n青禾县人民政府县长 林致远\n各位代表：\n"
    "现在，我代表青禾县人民政府报告工作。\n一、去年工作\n"
)
BODY = "我们推进“两清一改”①，落实“三个到户”②，建成“1+2+N”③体系。\n谢谢大家！\n"
CLEAR, VISIT, NET = "清河道、清路障，改造旧房", "宣讲到户、指导到户、回访到户", "1个中心、2个站、若干点"
NOTES = {"两清一改": CLEAR, "三个到户": VISIT, "1+2+N": NET}


def explained(parse_text: Parse, text: str) -> dict[str, str]:
    """What each note of a text explains and how."""
    return {term.name: term.definition.text for entry in parse_text(text).entries for term in entry.terms}


@pytest.mark.parametrize("parted", ["{} {}：{}", "{}　{}：{}", "{}  {}，是指{}", "{} {}——{}", "{}.{}：{}", "{}、{}:{}"])
def test_names_that_begin_with_a_digit(parse_text: Parse, parted: str) -> None:
    """A number before a name that begins with a digit numbers the note, whatever parts the two."""
    names = ["5G+智慧农业", "双清", "22条", "12366热线", "3A级厕所", "2+4", "1+22+3", "8分钟之内", "110联动"]
    notes = "\n".join(parted.format(n, name, "由有关部门开展的工作。") for n, name in enumerate(names, 1))
    assert list(explained(parse_text, f"{HEAD}{BODY}名词解释\n{notes}")) == names


def test_numbers_glued_to_names(parse_text: Parse) -> None:
    """Where every line begins with the number that is due the number is none of the name's digits."""
    notes = "14A级景区：甲的景区。\n2双清：乙的清理。\n35G网络：丙的网络。\n"
    assert list(explained(parse_text, f"{HEAD}{BODY}名词解释\n{notes}")) == ["4A级景区", "双清", "5G网络"]


def test_figures_are_no_number_of_a_note(parse_text: Parse) -> None:
    """A line of a note that begins with the figure that is due and an amount goes on with the note."""
    notes = "1 甲工程：投入\n2 500万元的工程。\n2 乙工程：另一工程。\n"
    assert list(explained(parse_text, f"{HEAD}{BODY}名词解释\n{notes}")) == ["甲工程", "乙工程"]


@pytest.mark.parametrize(
    "notes",
    [
        "注释\n①{0}。\n②{1}。\n③{2}。",
        "①{0}。\n②主要包括：{1}。\n③指{2}。",
        "注释：\n[1] {0}。\n[2] {1}。\n[3] {2}。",
        "［1］{0}。\n［2］{1}。\n［3］{2}。",
        "名词解释\n1.{0}。\n2.{1}。\n3.{2}。",
    ],
)
def test_notes_with_the_explanation_only(parse_text: Parse, notes: str) -> None:
    """A note without a name explains the quoted words that its mark stands behind."""
    text = HEAD + BODY + notes.format(*NOTES.values())
    if notes[0] in "注［" and "①" not in notes:
        text = text.replace("①", "［1］").replace("②", "［2］").replace("③", "［3］")
    found = explained(parse_text, text)
    assert list(found) == list(NOTES)
    assert [said.removeprefix("主要包括：") for said in found.values()] == list(NOTES.values())


def test_the_noun_behind_a_quotation_belongs_to_the_name(parse_text: Parse) -> None:
    """The mark of a note without a name may stand behind the noun of an undertaking that is quoted in part."""
    body = BODY.replace("“三个到户”②", "“三个到户”行动②")
    notes = "注释\n" + "".join(f"{sign}{said}。\n" for sign, said in zip("①②③", NOTES.values(), strict=True))
    assert list(explained(parse_text, f"{HEAD}{body}{notes}")) == ["两清一改", "“三个到户”行动", "1+2+N"]


def test_a_mark_without_quotation_names_nothing(parse_text: Parse) -> None:
    """Where no quoted phrase stands before the mark no name is made up."""
    body = BODY.replace("“", "").replace("”", "")
    assert explained(parse_text, f"{HEAD}{body}注释\n①{CLEAR}。\n②{VISIT}。\n③{NET}。") == {}


@pytest.mark.parametrize("numbers", [("1.", "2.", "3."), ("①", "②", "③"), ("", "", "")])
@pytest.mark.parametrize("second", ["三个到户 {}", "三个到户，{}", "三个到户是{}", "“三个到户”　{}"])
def test_a_note_without_separator(parse_text: Parse, numbers: tuple[str, str, str], second: str) -> None:
    """A note that begins with a name that the body quotes is a note of its own, without any colon."""
    lines = [f"两清一改：{CLEAR}。", second.format(VISIT + "。"), f"1+2+N：{NET}。"]
    notes = "\n".join(map("".join, zip(numbers, lines, strict=True)))
    assert explained(parse_text, f"{HEAD}{BODY}名词解释\n{notes}") == NOTES


@pytest.mark.parametrize("heading", ["注释：\n", "【名词解释】\n", ""])
@pytest.mark.parametrize("signs", ["① ② ③", "［1］ ［2］ ［3］"])
def test_notes_after_each_chapter(parse_text: Parse, heading: str, signs: str) -> None:
    """The notes of every chapter are read where their numbers begin anew, and no text between them is a note."""
    first, second, third = signs.split()
    text = (
        f"{HEAD}推进“两清一改”{first}。\n各项工作有序推进“五化”{second}。\n{heading}{first}两清一改：{CLEAR}。\n"
        f"{second}五化：甲化、乙化、丙化、丁化、戊化。\n二、今年工作\n落实“三个到户”{first}、“1+2+N”{second}、“双清”{third}。\n"
        f"{heading}{first}三个到户：{VISIT}。\n{second}1+2+N：{NET}。\n{third}双清：清甲、清乙。\n"
    )
    found = explained(parse_text, text)
    assert found == NOTES | {"五化": "甲化、乙化、丙化、丁化、戊化", "双清": "清甲、清乙"}
    body = parse_text(text).body
    assert "二、今年工作" in "".join(text[a:b] for a, b in body)
    assert CLEAR not in "".join(text[a:b] for a, b in body)


NUMBERS = (
    *(
        "{i}-{n}：{d}。",
        "{i}- {n}：{d}。",
        "{i}：{n}：{d}。",
        "{i}/{n}：{d}。",
        "{i}——{n}：{d}。",
        "#{i} {n}：{d}。",
        "{z}. {n}：{d}。",
    ),
    *(
        "第{i}条 {n}：{d}。",
        "第{h}条　{n}：{d}。",
        "第{i}项：{n}：{d}。",
        "No.{i} {n}：{d}。",
        "词条{i}　{n}：{d}。",
        "名词{h}：{n}：{d}。",
    ),
    *(
        "{r}. {n}：{d}。",
        "{x}. {n}：{d}。",
        "{l}. {n}：{d}。",
        "{s}) {n}：{d}。",
        "{g}{n}：{d}。",
        "{k}{n}：{d}。",
        "{q}{n}：{d}。",
    ),
    *("<{i}>{n}：{d}。", "〈{i}〉{n}：{d}。", "｛{i}｝{n}：{d}。", "〖{i}〗{n}：{d}。", "[^{i}] {n}：{d}。"),
    *("注{h}：{n}：{d}。", "注{i} {n}：{d}。", "注[{i}] {n}：{d}。", "注{c}：{n}：{d}。", "（注{i}）{n}：{d}。"),
    *("➢ {n}：{d}。", "√ {n}：{d}。", "◎{n}：{d}。", "▪ {n}：{d}。"),
)
"""How notes may be numbered, or set off."""
HEADS = (
    *(
        "〖{n}〗{d}。",
        "［{n}］{d}。",
        "[{n}]：{d}。",
        "〔{n}〕{d}。",
        "<{n}>{d}。",
        "〈{n}〉：{d}。",
        "｛{n}｝{d}。",
        "「{n}」{d}。",
    ),
    *("{i}.【{n}】{d}。", "【{n}】\n{d}。", "◆{n}\n{d}。", "{n}：\n{d}。", "{i}. {n}\n{d}。", "{n}\n　　{d}。"),
    *(
        "{i}. 名词：{n}\n解释：{d}。",
        "{i}．名词：{n} 解释：{d}。",
        "名词：{n}；解释：{d}。",
        "名词{h}：{n}\n释义：{d}。",
    ),
    *("问：什么是“{n}”？\n答：{d}。", "什么是{n}？\n{d}。", "{i}.什么是“{n}”？\n{d}。"),
    *("{n}＝{d}。", "{n}→{d}。", "{i}. {n} - {d}。", "{n} | {d}。", "{n}　　{d}。", "{n}        {d}。"),
    *("{i}.“{n}”的含义是{d}。", "{i}.所谓“{n}”，就是{d}。", "{i}.{n}\n【报告原文】推进“{n}”。{m}【释义】{d}。"),
)
"""How names may be parted from what is said of them."""


@pytest.mark.parametrize("form", [*NUMBERS, *HEADS])
def test_forms_of_notes(parse_text: Parse, form: str) -> None:
    """However the notes are numbered, named and parted, each is read whole and exactly."""
    signs = {"c": "①②③", "h": "一二三", "r": "ⅠⅡⅢ", "l": "ABC", "s": "abc", "g": "㈠㈡㈢", "k": "❶❷❸", "q": "⒈⒉⒊"}
    notes = "\n".join(
        form.format(
            **{name: row[i] for name, row in signs.items()},
            **{"i": i + 1, "z": f"0{i + 1}", "x": "I" * (i + 1), "n": name, "d": said, "m": ""},
        )
        for i, (name, said) in enumerate(NOTES.items())
    )
    assert explained(parse_text, f"{HEAD}{BODY}名词解释\n{notes}\n") == NOTES


@pytest.mark.parametrize("title", ["（二）治理类", "二、治理类", "治理类"])
def test_titles_of_groups(parse_text: Parse, title: str) -> None:
    """A line that names a group of notes belongs to no note, and the list goes on behind it."""
    notes = [f"两清一改：{CLEAR}。", f"三个到户：{VISIT}。", f"1+2+N：{NET}。"]
    numbered = notes if title == "治理类" else [f"{n}.{note}" for n, note in enumerate(notes, 1)]
    first = title.replace("二", "一").replace("治理", "民生")
    text = "\n".join([first, *numbered[:2], title, numbered[2]])
    assert explained(parse_text, f"{HEAD}{BODY}名词解释\n{text}\n") == NOTES


@pytest.mark.parametrize(
    "label",
    [
        "小贴士：",
        "知识链接：",
        "【小贴士】",
        "（知识链接）",
        "名词卡片：",
        "新词解读：",
        "注：",
        "释义：",
        "延伸阅读｜",
        "名词解释——",
    ],
)
@pytest.mark.parametrize("note", ["{n}是指{d}。", "{n}：{d}。"])
def test_boxes(parse_text: Parse, label: str, note: str) -> None:
    """A box in the running text explains what its label says it does, or what the report quotes; the text goes on."""
    boxes = "\n".join(label + note.format(n=name, d=said) for name, said in NOTES.items())
    text = f"{HEAD}{BODY}{boxes}\n二、今年工作\n继续努力。\n"
    assert explained(parse_text, text) == NOTES
    assert "二、今年工作" in "".join(text[a:b] for a, b in parse_text(text).body)


def test_boxes_with_a_line_for_their_label(parse_text: Parse) -> None:
    """A label on a line of its own holds for the notes right below it, and a heading of the report is none."""
    boxes = "".join(f"小贴士\n{name}：{said}。\n" for name, said in NOTES.items())
    assert explained(parse_text, f"{HEAD}{BODY}{boxes}二、今年工作\n继续抓好“三个到户”。\n") == NOTES


@pytest.mark.parametrize(
    "box", ["小贴士：办理时间：周一至周五上午。", "注：统计口径：按不变价格计算。", "知识链接：见附件。"]
)
def test_boxes_that_explain_no_word_of_the_report(parse_text: Parse, box: str) -> None:
    """What a box tells of something that the report does not quote is no note."""
    assert explained(parse_text, f"{HEAD}{BODY}{box}\n") == {}


@pytest.mark.parametrize(
    "form", ["{name}：{said}。", "{n}.{name}：{said}。", "（注：{name}，指{said}。）", "“{name}”：{said}。"]
)
def test_notes_without_a_heading(parse_text: Parse, form: str) -> None:
    """Paragraphs that begin with words that the report quotes explain them, though nothing says that they do."""
    notes = "\n".join(form.format(n=n, name=name, said=NOTES[name]) for n, name in enumerate(NOTES, 1))
    assert explained(parse_text, f"{HEAD}{BODY}{notes}") == NOTES


def test_two_paragraphs_without_a_heading(parse_text: Parse) -> None:
    """Fewer than three of them may be sentences of the report."""
    assert not explained(parse_text, f"{HEAD}{BODY}两清一改：{CLEAR}。\n三个到户：{VISIT}。")


def test_nothing_behind_the_name(parse_text: Parse) -> None:
    """A numbered note that begins with words that the report quotes explains them, though nothing parts the two."""
    notes = "\n".join(f"{n}．{name}{said}。" for n, (name, said) in enumerate(NOTES.items(), 1))
    assert explained(parse_text, f"{HEAD}{BODY}名词解释\n{notes}") == NOTES


def test_a_stop_behind_the_name(parse_text: Parse) -> None:
    """A stop parts names and explanations where it does so in every note of a list."""
    notes = "\n".join(f"{n}．{name}。{said}。" for n, (name, said) in enumerate(NOTES.items(), 1))
    assert explained(parse_text, f"{HEAD}{BODY}名词解释\n{notes}") == NOTES


def test_a_box_of_notes_amid_the_speech(parse_text: Parse) -> None:
    """What is spoken behind the notes, up to the last words of the speaker, is running text as well."""
    notes = "".join(f"{name}：{said}。\n" for name, said in NOTES.items())
    parsed = parse_text(f"{HEAD}名词解释\n{notes}{BODY}附件\n项目“三个一批”\n")
    spoken = "".join(parsed.report.text[start:end] for start, end in parsed.body)
    assert "推进“两清一改”" in spoken
    assert "项目" not in spoken


def test_a_glossary_that_is_not_understood_is_named(parse_text: Parse) -> None:
    """A heading that says that words are explained, and no note that was understood, is a finding."""
    text = f"{HEAD}{BODY}名词解释\n甲乙丙丁\n戊己庚辛\n壬癸子丑\n"
    (finding,) = [one for one in parse_text(text).findings if one.kind == "glossary-not-understood"]
    assert text[finding.start : finding.end] == "名词解释"
    assert [one for one in parse_text(HEAD + BODY).findings if one.kind == "glossary-not-understood"] == []
    assert [one.kind for one in parse_text(f"{HEAD}{BODY}名词解释").findings if "①" not in str(one.message)]
    glued = f"{HEAD}{BODY}名词解释\n序号名词解释{'1甲乙丙丁戊己庚辛' * 20}\n"
    assert any(one.kind == "glossary-not-understood" for one in parse_text(glued).findings)


@pytest.mark.parametrize(
    "bracket",
    [
        "“两清一改”（{0}）",
        "“两清一改”[{0}]",
        "“两清一改”（即{0}）",
        "深化两清一改（{0}）",
        "“两清一改”(是指{0})",
        "“两清一改”〔{0}〕",
        "“两清一改”【{0}】",
        "“两清一改”（注：{0}）",
        "“两清一改”（名词解释：{0}）",
        "“两清一改”（{0}。）",
    ],
)
def test_explained_in_brackets(parse_text: Parse, bracket: str) -> None:
    """Brackets right behind a name explain it if they say so or list as many things as it counts."""
    (slogan,) = [one for one in parse_text(f"{HEAD}全面{bracket.format(CLEAR)}工作。\n").slogans if one.inline]
    assert slogan.text == "两清一改"
    assert slogan.inline
    assert [member.text for member in slogan.inline.members] == ["清河道", "清路障", "改造旧房"]


@pytest.mark.parametrize(
    "bracket",
    [
        "“两清一改”（责任单位：甲局、乙局、丙局）",
        "“两清一改”（见附件二第三页）",
        "“两清一改”（以下简称清改）",
        "“双清”（甲、乙、丙三镇）",
    ],
)
def test_brackets_that_explain_nothing(parse_text: Parse, bracket: str) -> None:
    """Other brackets explain nothing: who is in charge, where to look, another number of things."""
    assert [one for one in parse_text(f"{HEAD}全面{bracket}工作。\n").slogans if one.inline] == []


@pytest.mark.parametrize(
    "heading",
    [
        "名词解释（以出现先后为序）",
        "名词链接",
        "小贴士",
        "报告中的新名词",
        "附录：术语表",
        "专业术语解读",
        "相关知识点链接",
        "名词小百科",
        "缩略语表",
        "简称与缩略语",
        "术语和定义",
        "报告词典",
        "词解",
        "相关概念界定",
        "★名词解释★",
        "——名词解释——",
        "二、名词解释",
        "文中注释",
        "热词解读",
        "相关名词",
        "术语",
        "简要注释",
        "名词注脚",
        "◎名词解释◎",
        "新词速递",
        "有关用语",
        "资料：《政府工作报告》名词解释（按首字汉语拼音排列。首字为数字的随后依次排列）",
        "资料：名词解释（按报告中出现顺序排列）：",
    ],
)
def test_headings(heading: str) -> None:
    """A heading whose words say that words are explained is the heading of a glossary."""
    assert is_heading(plain(heading))


@pytest.mark.parametrize(
    "line",
    [
        "工作说明",
        "情况说明",
        "编制说明",
        "知识产权工作",
        "重要讲话精神",
        "一、去年工作",
        "预算说明",
        "做好政策解读",
        "目录",
    ],
)
def test_other_headings(line: str) -> None:
    """Other headings are not, though they say that something is explained."""
    assert not is_heading(line)


def test_two_reports_in_one_text() -> None:
    """Each report of a text begins at its title; a second salutation within a report begins none."""
    second = HEAD.replace("青禾", "白石").replace("2031", "2030")
    whole = HEAD + BODY + "各位代表：\n让我们努力。\n名词解释\n①两清一改：甲、乙、丙。\n" + second + BODY
    assert reports_in(plain(whole)) == (0, whole.index("政府工作报告\n——2030"))
    assert reports_in(plain(HEAD + BODY)) == (0,)


EXPLAINERS = {
    "statements": f"某条例政策解读\n“两清一改”是指{CLEAR}。所谓“三个到户”，就是{VISIT}。\n这里的“1+2+N”，即{NET}。\n",
    "untitled": f"记者走访\n“两清一改”是指{CLEAR}。\n所谓三个到户，就是{VISIT}。\n“1+2+N”指的是{NET}。\n",
    "word list": (
        f"读懂两会\n关键词：两清一改\n报告强调：推进两清一改。\n名词解释：两清一改是指{CLEAR}。\n关键词：三个到户\n"
        f"报告强调：落实。\n名词解释：{VISIT}。\n关键词：1+2+N\n名词解释：{NET}。\n"
    ),
    "bracketed labels": (
        f"读懂两会\n两清一改\n【报告原文】推进两清一改。\n【解读】{CLEAR}。\n“三个到户”\n【报告原文】落实。\n"
        f"【解读】“三个到户”指{VISIT}。\n1+2+N\n【解读】{NET}。\n"
    ),
    "labels in brackets": f"两会热词解读\n【热词】两清一改\n【解读】{CLEAR}。\n【热词】三个到户\n【解读】{VISIT}。\n"
    f"【热词】1+2+N\n【解读】{NET}。\n",
    "small dictionary": f"某报\n小词典\n两清一改：{CLEAR}。\n三个到户：{VISIT}。\n1+2+N：{NET}。\n",
    "questions": (
        f"问答\n1. 什么是“两清一改”？\n答：{CLEAR}。\n"
        f"2. “三个到户”是什么意思？\n{VISIT}。\n3、何谓“1+2+N”？\n指{NET}。\n"
    ),
    "labels before bars": f"热词速览\n热词1｜两清一改\n报告提到：推进。\n解读｜{CLEAR}。\n"
    f"热词2｜三个到户\n报告提到：落实。\n解读｜{VISIT}。\n热词3｜1+2+N\n报告提到：建成。\n解读｜{NET}。\n",
    "annex": f"附件2：名词解释\n1.两清一改：{CLEAR}。\n2.三个到户：{VISIT}。\n3.1+2+N：{NET}。\n",
}


@pytest.mark.parametrize("text", EXPLAINERS.values(), ids=EXPLAINERS)
def test_explainers(parse_text: Parse, text: str) -> None:
    """A text that explains gives its explanations with exact edges, and nothing in it is a use."""
    parsed = parse_text(text)
    assert parsed.report.genre == EXPLAINER
    assert explained(parse_text, text) == NOTES
    assert parsed.body == ()


@pytest.mark.parametrize(
    "text",
    [
        "某县召开会议\n会议指出，“两清一改”是重要工作。我们要推进“三个到户”，就是要做好服务。\n",
        "政策解读\n所谓“六化”，就是要加强管理，落实责任。“双清”是指什么？我们一起来看。\n",
        "某县新闻\n“双清”是指清理河道和清理道路的专项工作。\n",
    ],
)
def test_texts_that_explain_nothing(parse_text: Parse, text: str) -> None:
    """Tasks, questions and a single sentence of definition make no explainer."""
    with pytest.raises(NotAReport):
        parse_text(text)


def test_a_title_that_could_be_a_heading(parse_text: Parse) -> None:
    """Sentences of definition count, where the title of an explainer could head a list and fewer lines are one."""
    text = f"读懂报告里的新名词\n所谓“两清一改”，就是{CLEAR}。“三个到户”是指{VISIT}。\n“1+2+N”是指{NET}。"
    assert explained(parse_text, text) == NOTES


@pytest.mark.parametrize("title", ["《德清县2031年政府工作报告》名词解释", "一图读懂2031年德清县政府工作报告名词"])
def test_place_and_year_of_an_explainer(parse_text: Parse, title: str) -> None:
    """The title of an explainer says of which place and year it is."""
    report = parse_text(f"{title}\n“两清一改”是指{CLEAR}。\n“三个到户”是指{VISIT}。\n“双百”是指百家企业。").report
    assert (report.place, report.year) == ("德清县", 2031)


def test_a_report_is_no_explainer(parse_text: Parse) -> None:
    """A report with a glossary stays a report."""
    assert parse_text(f"{HEAD}{BODY}名词解释\n①两清一改：{CLEAR}。\n").report.genre == GOVERNMENT_REPORT


@pytest.mark.parametrize("box", ["{}　{}。", "{}\n{}。", "{}：\n{}。"])
def test_boxes_that_say_nothing_of_themselves(parse_text: Parse, box: str) -> None:
    """A quoted word and what it means, parted by a blank or a line end, is a note where several words have one."""
    names = {"两清一改": CLEAR, "三个到户": VISIT, "双百": "百家企业、百个项目"}
    body = "".join(f"我们推进“{name}”工作。\n{box.format(name, said)}\n" for name, said in names.items())
    assert explained(parse_text, f"{HEAD}{body}谢谢大家！\n") == names
    assert explained(parse_text, f"{HEAD}{body.split('我们推进“双百”')[0]}谢谢大家！\n") == {}


@pytest.mark.parametrize("note", ["{}{}。", "{}\n——{}。", "{}\n释义：{}。", "“{}”即{}。"])
def test_a_separator_in_what_is_said(parse_text: Parse, note: str) -> None:
    """The name ends where the report's quotation of it does, though an explanation has a comma and 指 of its own."""
    said = NOTES | {"两清一改": "生产总值，指产品与服务的总和"}
    notes = "".join(note.format(*pair) + "\n" for pair in said.items())
    assert explained(parse_text, f"{HEAD}{BODY}名词解释\n{notes}") == said


def test_names_that_are_spoken_about(parse_text: Parse) -> None:
    """关于 before the name of every note is no part of it."""
    notes = "".join(f"（{n}）关于“{name}”。{said}。\n" for n, (name, said) in enumerate(NOTES.items(), 1))
    assert explained(parse_text, f"{HEAD}{BODY}名词解释\n{notes}") == NOTES


@pytest.mark.parametrize("note", ["问：什么是“{0}”？\n答：“{0}”是指{1}。", "“{0}”：{0}，即{1}。", "{0}：{0}：指{1}。"])
def test_names_said_again(parse_text: Parse, note: str) -> None:
    """A name that its explanation says again is no part of that, nor is the verb behind it."""
    notes = "".join(note.format(*pair) + "\n" for pair in NOTES.items())
    assert glossary(parse_text, notes) == NOTES


def test_a_stop_behind_a_name_without_number(parse_text: Parse) -> None:
    """A stop that parts a name from what it means is no part of either."""
    assert glossary(parse_text, "".join(f"{name}。{said}。\n" for name, said in NOTES.items())) == NOTES


def test_words_that_begin_with_that_is(parse_text: Parse) -> None:
    """即 before what is alike, 即办、帮办, belongs to a word; before one sign it says that a list follows."""
    notes = "1.三办：即办、帮办、代办。\n2.五育：即德、智、体、美、劳。\n3.快付：即采即付的做法。\n"
    assert list(glossary(parse_text, notes).values()) == ["即办、帮办、代办", "德、智、体、美、劳", "即采即付的做法"]


@pytest.mark.parametrize("signs", ["壹贰叁", "❶❷❸", ["1\ufe0f\u20e3", "2\ufe0f\u20e3", "3\ufe0f\u20e3"]])
@pytest.mark.parametrize("colon", ["∶", "︰", "：："])
def test_rare_signs(parse_text: Parse, signs: Sequence[str], colon: str) -> None:
    """Han numerals of sums of money and figures on keys number notes; what looks like a colon is one."""
    numbers = [sign + "、" * (sign in "壹贰叁") for sign in signs]
    notes = "".join(f"{n}{name}{colon}{said}。\n" for n, (name, said) in zip(numbers, NOTES.items(), strict=True))
    assert glossary(parse_text, notes) == NOTES


def test_marks_in_brackets_behind_quotations(parse_text: Parse) -> None:
    """(1) right behind a quotation is the mark of a note that has the explanation only."""
    body = BODY.replace("①", "（1）").replace("②", "（2）").replace("③", "（3）")
    notes = "".join(f"（{n}）{said}。\n" for n, said in enumerate(NOTES.values(), 1))
    assert explained(parse_text, f"{HEAD}{body}注释\n{notes}") == NOTES


def test_numbered_lines_behind_a_short_heading(parse_text: Parse) -> None:
    """Where nothing is understood of what is numbered behind 注释 that is a finding."""
    found = parse_text(f"{HEAD}谢谢大家！\n注释\n（1）{CLEAR}。\n（2）{VISIT}。\n（3）{NET}。\n").findings
    assert "glossary-not-understood" in [one.kind for one in found]


def test_notes_in_another_file(parse_text: Parse) -> None:
    """A file with the notes that a report names and does not hold is a finding."""
    found = parse_text(f"{HEAD}谢谢大家！\n附件：\n- 2031年政府工作报告名词解释.docx\n").findings
    assert [one.message.code for one in found] == ["its-notes-are-in-another-file"]


def test_marks_that_say_note(parse_text: Parse) -> None:
    """(注1) in the text and 注1: behind it are a mark and its note, without any heading."""
    body = BODY.replace("①", "（注1）").replace("②", "（注2）").replace("③", "（注3）")
    notes = "".join(f"注{n}：{name}，指{said}。\n" for n, (name, said) in enumerate(NOTES.items(), 1))
    parsed = parse_text(f"{HEAD}{body}{notes}")
    assert {term.name: term.definition.text for entry in parsed.entries for term in entry.terms} == NOTES
    assert [mark.entry for mark in parsed.marks] == [1, 2, 3]


def glossary(parse_text: Parse, notes: str) -> dict[str, str]:
    """What the notes behind a report explain and how."""
    return explained(parse_text, f"{HEAD}{BODY}名词解释\n{notes}")


def test_names_over_several_paragraphs(parse_text: Parse) -> None:
    """A name on a line of its own has all paragraphs up to the next such line, where the report quotes each name."""
    notes = "".join(f"{name}\n{said}。\n由县里组织实施。\n" for name, said in NOTES.items())
    assert glossary(parse_text, notes) == {name: f"{said}。\n由县里组织实施" for name, said in NOTES.items()}


def test_the_last_of_names_over_paragraphs(parse_text: Parse) -> None:
    """The last note takes no more paragraphs than another one, and no line that is no sentence."""
    notes = "".join(f"{name}\n{said}。\n由县里组织实施。\n" for name, said in NOTES.items())
    assert glossary(parse_text, notes + "云河市人民政府\n") == glossary(parse_text, notes)


def test_numbers_in_levels(parse_text: Parse) -> None:
    """Numbers such as 2.1 count anew in each chapter, and a name that begins with a digit keeps it."""
    notes = f"1 乡村类\n1.1 两清一改：{CLEAR}。\n1.2 三个到户：{VISIT}。\n2 治理类\n2.1 1+2+N：{NET}。\n"
    assert glossary(parse_text, notes) == NOTES


def test_amounts_are_no_numbers_in_levels(parse_text: Parse) -> None:
    """A line that begins with 1.2 亿元 goes on with its note."""
    notes = f"1.1 两清一改：{CLEAR}，投入\n1.2 亿元。\n1.2 三个到户：{VISIT}。\n1.3 1+2+N：{NET}。\n"
    assert list(glossary(parse_text, notes)) == list(NOTES)


def test_names_in_another_language(parse_text: Parse) -> None:
    """What a name is called in another language behind it, in brackets, is no part of it; a year is."""
    notes = f"1.两清一改（Two Clear）：{CLEAR}。\n2.三个到户（3V）：{VISIT}。\n3.“1+2+N”（NET）：{NET}。\n"
    names = ["两清一改", "三个到户（3V）", "1+2+N", "TCV"]
    assert list(glossary(parse_text, notes + "4.TCV（两清三到）：改造。")) == names


@pytest.mark.parametrize("parting", ["，即", "：", "，是指"])
def test_notes_that_run_on_in_a_box(parse_text: Parse, parting: str) -> None:
    """Quoted names with a separator behind them part the notes that stand in one paragraph."""
    box = "；".join(f"“{name}”{parting}{said}" for name, said in NOTES.items())
    assert explained(parse_text, f"{HEAD}{BODY}名词解释：{box}。\n") == NOTES


def test_a_part_of_the_name_begins_no_note(parse_text: Parse) -> None:
    """What a note says of a part of its own name, though it is quoted, is no other note."""
    body = f"{HEAD}打造“一体两翼”，建强“两翼”。\n谢谢大家！\n"
    found = parse_text(f"{body}名词解释：“一体两翼”：一体是县城；“两翼”，即东乡和西乡。\n")
    assert [entry.head for entry in found.entries] == ["“一体两翼”"]


def test_explanations_in_brackets_in_a_list(parse_text: Parse) -> None:
    """Brackets that enclose the whole of an explanation are no part of it."""
    notes = "".join(f"{n}.{name}（{said}）。\n" for n, (name, said) in enumerate(NOTES.items(), 1))
    assert glossary(parse_text, notes) == NOTES


def test_signs_that_have_no_look(parse_text: Parse) -> None:
    """A heading with signs of no width in it is still one."""
    notes = "".join(f"{n}.{name}：{said}。\n" for n, (name, said) in enumerate(NOTES.items(), 1))
    assert explained(parse_text, f"{HEAD}{BODY}名\u200b词解\u200d释\n{notes}") == NOTES


def test_answers_of_several_sentences(parse_text: Parse) -> None:
    """An answer goes on up to the end of its line, or to the next question in it."""
    text = f"热词问答\n问：什么是“两清一改”？答：{CLEAR}。今年做完。问：什么是“三个到户”？答：{VISIT}。\n完\n"
    assert explained(parse_text, text) == {"两清一改": f"{CLEAR}。今年做完", "三个到户": VISIT}


@pytest.mark.parametrize(
    "question",
    [
        "问：“{}”怎么理解？",
        "问：怎样理解“{}”？",
        "问：报告中提到的“{}”是什么意思？",
        "报告里提到的“{}”指什么？",
        "“{}”包括哪些人？",
        "2. “{}”是什么意思？",
    ],
)
def test_questions_in_many_words(parse_text: Parse, question: str) -> None:
    """A page of questions may ask in different words what a name means."""
    text = f"热词问答\n问：什么是“两清一改”？\n答：{CLEAR}。\n{question.format('三个到户')}\n答：{VISIT}。\n"
    assert explained(parse_text, text) == {"两清一改": CLEAR, "三个到户": VISIT}


@pytest.mark.parametrize(
    "heading", ["现将有关名词解释如下：", "为便于审议，现将报告中的部分名词说明如下：", "【提示】文中词语说明如下"]
)
def test_a_heading_that_leads_on(parse_text: Parse, heading: str) -> None:
    """A heading may say that the notes follow, before the report as well as behind it."""
    notes = f"{heading}\n* 两清一改 —— {CLEAR}。\n* 三个到户 —— {VISIT}。\n"
    said = {"两清一改": CLEAR, "三个到户": VISIT}
    assert [explained(parse_text, text) for text in (f"{notes}\n{HEAD}{BODY}", f"{HEAD}{BODY}{notes}")] == [said, said]


def test_letters_in_brackets(parse_text: Parse) -> None:
    """Letters in brackets number notes as those with one bracket do."""
    assert glossary(parse_text, f"（a）两清一改：{CLEAR}。\n（b）三个到户：{VISIT}。\n（c）1+2+N：{NET}。\n") == NOTES


def test_groups_of_names_above_their_explanations(parse_text: Parse) -> None:
    """Numbered titles of groups are no names where names and explanations have lines in turn below them."""
    (one, two, three) = (f"{name}\n{said}。\n" for name, said in NOTES.items())
    assert glossary(parse_text, f"一、民生方面\n{one}{two}二、其他方面\n{three}") == NOTES


def test_boxes_of_names_above_their_explanations(parse_text: Parse) -> None:
    """A box may have several names, each with its explanation below it."""
    box = "".join(f"{name}\n{said}。\n" for name, said in NOTES.items())
    assert explained(parse_text, f"{HEAD}{BODY}链接\n{box}二、今年工作\n继续推进。\n") == NOTES


def test_cards_in_the_text(parse_text: Parse) -> None:
    """A box in the text with a word and below it what it means is a note, the word quoted in the box or not."""
    speech = "政府工作报告\n各位代表：\n推进“两免三缓”，办好{}。\n"
    cards = "小贴士\n“两免三缓”\n免租金、免费用，缓缴三种费用。\n小贴士\n{}\n供水、道路、电力等进山。\n"
    behind = "我们增长3.1%，主要指标保持在合理区间，“两免三缓”覆盖全县。\n"
    for name in ("山区“五进山”", "“五进山”"):
        found = parse_text(speech.format(name) + cards.format(name) + behind).entries
        names = [term.name for entry in found for term in entry.terms]
        assert names == ["两免三缓", name if name[0] != "“" else "五进山"]


def test_goals_are_no_names(parse_text: Parse) -> None:
    """A sentence that says what is to be reached is no note, though it stands behind one."""
    text = "政府工作报告\n各位代表：\n绘好“两图一表”。\n小词条\n两图一表：现状图、地图，需求表。\n"
    text += "今年的主要预期目标是：产值增长5%左右，收入同步增长。\n小词条\n“三送”：送书、送药、送戏。\n推进“三送”。\n"
    assert [term.name for entry in parse_text(text).entries for term in entry.terms] == ["两图一表", "三送"]


def test_works_are_no_notes(parse_text: Parse) -> None:
    """A list of the year's works explains nothing, though the report quotes its names."""
    lines = "".join(
        f"{n}.“{name}”：新建站点{n}0个，年底前完工。\n" for n, name in enumerate(("清泉", "三送", "两廊"), 1)
    )
    text = "政府工作报告\n各位代表：\n推进“清泉”“三送”“两廊”。\n谢谢大家！\n附件\n{}\n" + lines
    assert parse_text(text.format("2031年民生实事项目清单")).entries == ()
    assert len(parse_text(text.format("部分说法")).entries) == 3


def test_notes_of_chapters_that_count_on(parse_text: Parse) -> None:
    """The notes behind a chapter may count on from those behind the chapter before."""
    text = (
        "政府工作报告\n各位代表：\n推进“甲一”〔1〕，办好“乙二”〔2〕。\n〔1〕甲一——甲事一件。\n〔2〕乙二——乙事两件。\n"
    )
    text += (
        "二、明年的工作\n推进“丙三”〔3〕，办好“丁四”〔4〕。\n〔3〕丙三——丙事三件。\n〔4〕丁四——丁事四件。\n谢谢大家！\n"
    )
    assert [entry.number for entry in parse_text(text).entries] == [1, 2, 3, 4]


@pytest.mark.parametrize("where", ["（略）", "（另行印发）", "（另附）"])
def test_notes_that_are_elsewhere(parse_text: Parse, where: str) -> None:
    """A line that says that the notes are printed elsewhere is no heading, and that is said."""
    text = f"政府工作报告\n各位代表：\n推进“三送”。\n附件：1.主要指标{where}\n　　2.名词解释{where}\n"
    report = parse_text(text + "分送：县委各常委，县人大常委会。联系人：县府办。\n")
    assert report.entries == ()
    assert [one.message.code for one in report.findings] == ["its-notes-are-in-another-file"]


def test_questions_on_names_with_a_quotation(parse_text: Parse) -> None:
    """A question may ask for a name that has a quotation in it."""
    text = "政府工作报告\n各位代表：\n推进果园“四改”，办好“三长”。\n热词问答\n"
    text += "一、问：报告中提到的“三长”是什么意思？\n答：甲长、乙长、丙长。\n"
    text += "二、问：报告中提到的果园“四改”是什么意思？\n答：改种、改水、改树、改肥。\n"
    assert [term.name for entry in parse_text(text).entries for term in entry.terms] == ["三长", "果园“四改”"]


def test_boxes_set_off_by_signs(parse_text: Parse) -> None:
    """A sign sets off the names of boxes, of which a quotation may be but the beginning."""
    names = {"两清一改": CLEAR, "三个到户": VISIT, "“双百”行动": "百家企业、百个项目"}
    body = "".join(
        f"我们推进{name if '”' in name else f'“{name}”'}工作。\n\U0001f4a1 {name}\n{said}。\n"
        for name, said in names.items()
    )
    assert explained(parse_text, f"{HEAD}{body}谢谢大家！\n") == names


def test_two_notes_in_a_row(parse_text: Parse) -> None:
    """A table without header may have two notes in each row, the last row one."""
    said = [CLEAR, VISIT, "一个中心和两个站，若干点"]
    names = dict(zip(NOTES, (f"由全县统一组织{one}" for one in said), strict=True))
    cells = [cell for name, what in names.items() for cell in (name, f"{what}。")]
    rows = "\n".join("\t".join(row) for row in (cells[:4], [*cells[4:], "", ""]))
    assert explained(parse_text, f"{HEAD}{BODY}名词解释\n{rows}\n") == names


def test_a_stop_behind_a_name_with_a_quotation(parse_text: Parse) -> None:
    """A full stop parts names from explanations though some have quotation marks within."""
    names = {"“双百”行动": "百家企业、百个项目一起上", **NOTES}
    notes = "".join(f"注{n}　{name}。{said}。\n" for n, (name, said) in enumerate(names.items(), 1))
    body = BODY.replace("我们", "我们开展“双百”行动，")
    assert explained(parse_text, f"{HEAD}{body}名词解释\n{notes}") == names


def test_a_bar_that_is_a_character(parse_text: Parse) -> None:
    """The character that looks like a bar parts names from explanations as a bar does."""
    notes = "".join(f"0{n} “{name}”丨{said}。\n" for n, (name, said) in enumerate(NOTES.items(), 1))
    assert explained(parse_text, f"{HEAD}{BODY}名词解释\n{notes}") == NOTES


def test_a_comma_behind_a_name_with_a_quotation(parse_text: Parse) -> None:
    """A comma parts a name with a quotation in it from its explanation, if the report has it so."""
    body = "我们压减“三减”经费①，推行青禾“六一”②，落实“三个到户”③。\n谢谢大家！\n"
    names = {"“三减”经费": "县里的各项公务开支", "青禾“六一”": "统一品种和种苗", "三个到户": VISIT}
    notes = "".join(f"{sign}{name}，{said}。\n" for sign, (name, said) in zip("①②③", names.items(), strict=True))
    assert explained(parse_text, f"{HEAD}{body}注释\n{notes}") == names
