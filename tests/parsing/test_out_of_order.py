"""Lists whose numbers are not those that are due, and what the notes of a list have beyond their first paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.parsing.conftest import Parse

HEAD = (
    "政府工作报告\n——2031年1月8日在青禾县第十八届人民代表大会第四次会议上\n青禾县人民政府县长 林致远\n各位代表：\n"
    "现在，我代表青禾县人民政府报告工作。\n一、去年工作\n"
)
BODY = "我们推进“两清一改”，落实“三个到户”，建成“1+2+N”体系，打造“两园一廊”。\n谢谢大家！\n"
NOTES = {
    "两清一改": "清河道、清路障，改造旧房",
    "三个到户": "宣讲到户、指导到户、回访到户",
    "1+2+N": "1个中心、2个站、若干点",
    "两园一廊": "科创园、物流园和滨河走廊",
}
MORE = "这项工作由县农业农村局牵头，已经覆盖全部乡镇。"


def explained(
    parse_text: Parse, lines: Iterable[str], *, quoted: bool = True, heading: str = "名词解释"
) -> dict[str, str]:
    """What each note of a list behind a report explains and how, one line end for any."""
    body = BODY if quoted else BODY.replace("“", "").replace("”", "")
    found = parse_text("\n".join([HEAD + body + heading, *lines, ""]))
    return {term.name: term.definition.text for entry in found.entries for term in entry.terms}


@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        ((4, 3, 2, 1), "down to one"),
        ((1, 2, 1, 2), "begun anew"),
        ((1, 1, 1, 1), "never counted"),
        ((7, 12, 15, 23), "those of pages"),
        ((1, 2, 5, 3), "out of order"),
    ],
)
def test_numbers(parse_text: Parse, numbers: tuple[int, ...], reason: str, quoted: bool) -> None:
    """A line begins a note, whatever its number, if the body has the name that it explains."""
    lines = [f"{number}.{name}：{said}。" for number, (name, said) in zip(numbers, NOTES.items(), strict=True)]
    assert explained(parse_text, lines, quoted=quoted) == NOTES


def test_a_list_of_its_own(parse_text: Parse) -> None:
    """A numbered line within a note begins none if the note has spoken of it, or the body does not know it."""
    lines = [
        "1.两清一改：清河道和清路障。",
        "1.清河道：清理河面。",
        "2.三个到户：三件事。",
        "1.宣讲：讲政策。",
        "3.1+2+N：体系。",
    ]
    assert list(explained(parse_text, lines)) == ["两清一改", "三个到户", "1+2+N"]


def test_a_misprint_of_a_number(parse_text: Parse) -> None:
    """2：甲 amid 1.乙 and 3.丙 is the note that is due; 2/3 is a figure."""
    lines = ["1.两清一改：甲。", "2：三个到户：乙。", "3.1+2+N：丙占\n4/5以上：丁。", "4.两园一廊：戊。"]
    assert list(explained(parse_text, lines)) == list(NOTES)


def test_a_name_behind_a_number_and_a_dot(parse_text: Parse) -> None:
    """Behind 1. and 2. the number of 3.1核2带 is 3, and that of a chapter 3.1 nowhere."""
    lines = ["1.两清一改：甲。", "2.三个到户：乙。", "3.1核 2带：丙。", "4.两园一廊：丁。"]
    assert list(explained(parse_text, lines)) == ["两清一改", "三个到户", "1核 2带", "两园一廊"]


@pytest.mark.parametrize(
    "form", ["{name}\n指{said}。\n{more}", "{n}.{name}\n{said}。\n{more}", "{n}.{name}：{said}。\n{more}"]
)
@pytest.mark.parametrize("quoted", [True, False])
def test_a_second_paragraph(parse_text: Parse, form: str, quoted: bool) -> None:
    """Where every note has a second paragraph the last one has it as well."""
    lines = [form.format(n=n, name=name, said=said, more=MORE) for n, (name, said) in enumerate(NOTES.items(), 1)]
    wanted = {name: f"{said}。\n{MORE.rstrip('。')}" for name, said in NOTES.items()}
    assert explained(parse_text, lines, quoted=quoted) == wanted


@pytest.mark.parametrize("verb", ["", "指"])
def test_a_second_paragraph_without_numbers(parse_text: Parse, verb: str) -> None:
    """The list goes on behind a paragraph without a name if the body quotes the next name, or a verb explains it."""
    lines = [f"{name}：{verb}{said}。\n{MORE}" for name, said in NOTES.items()]
    found = explained(parse_text, lines, quoted=not verb)
    assert found == {name: f"{said}。\n{MORE.rstrip('。')}" for name, said in NOTES.items()}


@pytest.mark.parametrize(
    "behind", ["以上报告，请予审议。", "（县政府办公室　年鉴科）", "二〇三一年一月", "抄送：县委办公室，县人大办公室。"]
)
@pytest.mark.parametrize("form", ["{n}.{name}：{said}。", "{name}　{said}。", "{name}\n{said}。"])
def test_lines_behind_the_list(parse_text: Parse, behind: str, form: str) -> None:
    """A signature, a day and a sentence to those who listen are no part of the last note, and no note."""
    lines = [form.format(n=n, name=name, said=said) for n, (name, said) in enumerate(NOTES.items(), 1)]
    assert explained(parse_text, [*lines, behind]) == NOTES


@pytest.mark.parametrize(
    "heading", ["**名词解释：**", "【名词解释：】", "解释和说明", "附：有关情况", "名词解释（Glossary）"]
)
def test_headings_that_nobody_knows(parse_text: Parse, heading: str) -> None:
    """A numbered list behind the speech is one of notes, whatever its heading, if the body quotes most names."""
    lines = [f"{n}.{name}：{said}。" for n, (name, said) in enumerate(NOTES.items(), 1)]
    assert explained(parse_text, lines, heading=heading) == NOTES


def test_public_works_are_no_notes(parse_text: Parse) -> None:
    """A numbered list whose names the body does not quote is none of notes, and one of works is not doubted."""
    lines = ["1.校园工程：新建学校两所。", "2.道路工程：改造道路三条。", "3.饮水工程：改造水厂一座。"]
    found = parse_text("\n".join([HEAD + BODY + "附：实事", *lines, ""]))
    assert found.entries == ()
    assert "reading-in-doubt" not in {finding.kind for finding in found.findings}


def test_a_list_without_heading_whose_names_are_not_quoted(parse_text: Parse) -> None:
    """A numbered list at the end whose names the body only says is doubted."""
    lines = [f"{n}.{name}：{said}。" for n, (name, said) in enumerate(NOTES.items(), 1)]
    body = "我们坚持稳中求进，各项工作都有新的进展。\n" * 20 + BODY.replace("“", "").replace("”", "")
    found = parse_text("\n".join([HEAD + body, *lines, ""]))
    codes = {finding.message.code for finding in found.findings if finding.kind == "reading-in-doubt"}
    assert codes == {"these-look-like-notes-and-were-not-read"}


def test_a_heading_among_the_names_of_annexes(parse_text: Parse) -> None:
    """名词解释 in the list of annexes that stands above them is not the heading of the notes."""
    lines = [f"{n}.{name}：{said}。" for n, (name, said) in enumerate(NOTES.items(), 1)]
    annexes = [
        "附件：1.实事项目",
        "2.名词解释",
        "附件1",
        "实事项目",
        "一、就业（2件）",
        "1.开展培训（牵头单位：人社局）。",
    ]
    assert explained(parse_text, [*annexes, "附件2", "名词解释", *lines], heading="") == NOTES


@pytest.mark.parametrize(
    "form",
    [
        "「{n}」{name}：{said}。",
        "——{name}：{said}。",
        "🔹{name}：{said}。",
        "{name}………………{said}。",
        "{name}......{said}。",
        "{name} / {said}。",
        "{name}（{n}）：{said}。",
        "{n}.{name}（liǎng qīng）：{said}。",
        "{n}.{name}（《报告》第3页第5行）：{said}。",
        "{n}.关于“{name}”的说明：{said}。",
        "{name}】即{said}。",
        "{name}\n: {said}。",
        "《{name}》：{said}。",
        "第{n}，{name}：{said}。",
    ],
)
def test_what_parts_name_and_explanation(parse_text: Parse, form: str) -> None:
    """Rare signs, and what stands behind a name and is none of it."""
    lines = [form.format(n=n, name=name, said=said) for n, (name, said) in enumerate(NOTES.items(), 1)]
    assert explained(parse_text, lines) == NOTES


@pytest.mark.parametrize(
    "notes",
    [
        "名词解释：" + "".join(f"{n}.{name}：{said}。" for n, (name, said) in enumerate(NOTES.items(), 1)),
        "谢谢。名词解释" + "".join(f"{n}.{name}：{said}。" for n, (name, said) in enumerate(NOTES.items(), 1)),
        "名词解释\n" + "；".join(f"“{name}”指{said}" for name, said in NOTES.items()) + "。",
        "（名词解释：" + "；".join(f"“{name}”指{said}" for name, said in NOTES.items()) + "。）",
    ],
    ids=["behind the heading", "a heading behind the speech", "one paragraph", "in brackets"],
)
def test_notes_that_run_on(parse_text: Parse, notes: str) -> None:
    """Notes may stand behind their heading, in one paragraph, in brackets."""
    assert explained(parse_text, [notes], heading="") == NOTES


@pytest.mark.parametrize(
    ("mark", "note"), [("[{}]", "{}. "), ("（{}）", "（{}）"), ("（见附注{}）", "附注{} "), ("（注{}）", "注{}：")]
)
def test_endnotes_with_the_explanation_only(parse_text: Parse, mark: str, note: str) -> None:
    """The mark in the text tells the name of an endnote, though its own number has another look."""
    body = BODY
    for n, name in enumerate(NOTES, 1):
        body = body.replace(f"“{name}”", f"“{name}”{mark.format(n)}")
    lines = [f"{note.format(n)}{said}。" for n, said in enumerate(NOTES.values(), 1)]
    found = parse_text("\n".join([HEAD + body, *lines, ""]))
    assert {term.name: term.definition.text for entry in found.entries for term in entry.terms} == NOTES


def test_an_endnote_that_begins_with_a_part_of_the_name(parse_text: Parse) -> None:
    """A note that says in turn what the parts of the name before its mark mean is one on the whole name."""
    notes = (
        "名词解释\n[1] “一主”指新型建材产业；“两辅”指农产品加工、轻工纺织产业。\n[2] 减轻学生作业负担和校外培训负担。\n"
    )
    parsed = parse_text(f"{HEAD}加快构建“一主两辅”[1]格局，推进“双减”[2]工作。\n{notes}")
    assert [term.name for entry in parsed.entries for term in entry.terms] == ["一主两辅", "双减"]


def test_marks_in_characters(parse_text: Parse) -> None:
    """［注一］ counts as ［注1］ does."""
    body = BODY
    for sign, name in zip("一二三四", NOTES, strict=True):
        body = body.replace(f"“{name}”", f"“{name}”［注{sign}］")
    lines = [f"［注{sign}］{said}。" for sign, said in zip("一二三四", NOTES.values(), strict=True)]
    found = parse_text("\n".join([HEAD + body, *lines, ""]))
    assert {term.name: term.definition.text for entry in found.entries for term in entry.terms} == NOTES


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["1.甲乙：丙丁。", "：戊己庚辛。"], "note-goes-on-within-a-sentence"),
        (["1.甲乙：丙丁。3"], "note-goes-on-within-a-sentence"),
        (["1.甲乙：丙丁（下转第3版）戊己。"], "note-goes-on-within-a-sentence"),
        (["1.甲乙：丙丁。", "Jia Yi: explained in another language."], "note-has-a-line-in-another-language"),
    ],
)
def test_notes_that_hold_what_is_none_of_theirs(parse_text: Parse, lines: list[str], code: str) -> None:
    """A note with a line without a name, or in another language, is doubted."""
    found = parse_text("\n".join([HEAD + BODY + "名词解释", *lines, "2.丙丁：戊己。", "3.庚辛：壬癸。", ""]))
    assert code in {finding.message.code for finding in found.findings}


@pytest.mark.parametrize("form", ["{name}指{said}", "●{name}：{said}；", "（{n}）{name}　{said}", "{n}.{name}\n{said}"])
def test_lists_behind_the_speech_that_are_not_read(parse_text: Parse, form: str) -> None:
    """Lines behind the speech that begin with names that it says are doubted if they were not read."""
    body = "我们坚持稳中求进，各项工作都有新的进展。\n" * 20 + BODY.replace("“", "").replace("”", "")
    lines = [form.format(n=n, name=name, said=said) for n, (name, said) in enumerate(NOTES.items(), 1)]
    found = parse_text("\n".join([HEAD + body, *lines, ""]))
    codes = {finding.message.code for finding in found.findings if finding.kind == "reading-in-doubt"}
    assert codes == {"these-look-like-notes-and-were-not-read"}


@pytest.mark.parametrize("stop", ["", "；"])
@pytest.mark.parametrize("form", ["{n}.{name}：{said}", "●{name}：{said}", "【{name}】{said}"])
def test_lists_without_stops(parse_text: Parse, form: str, stop: str) -> None:
    """Where no note ends with a stop the last one, too, is done with its line."""
    lines = [form.format(n=n, name=name, said=said) + stop for n, (name, said) in enumerate(NOTES.items(), 1)]
    found = explained(parse_text, [*lines, "县政府办公室整理，有不当之处请指出。"], quoted=False)
    assert {name: said.removesuffix("；") for name, said in found.items()} == NOTES


def test_a_note_that_holds_a_bullet(parse_text: Parse) -> None:
    """A note set off by a bullet that holds a line with the same bullet is doubted."""
    found = parse_text(f"{HEAD}{BODY}名词解释\n●两清一改：甲，\n●未知之名\n●三个到户：乙。\n")
    assert "note-holds-another" in {finding.message.code for finding in found.findings}


def test_a_list_whose_first_note_lost_its_number(parse_text: Parse) -> None:
    """The numbers of the others are no part of their names."""
    (first, said), *others = NOTES.items()
    lines = [f"{first}：{said}。", *(f"［{number}］{name}：{text}。" for number, (name, text) in enumerate(others, 2))]
    assert explained(parse_text, lines) == NOTES


def test_a_marker_on_a_line_of_its_own(parse_text: Parse) -> None:
    """The name may stand on the line below the marker."""
    lines = [line for number, note in enumerate(NOTES.items(), 1) for line in (f"［{number}］", "：".join(note) + "。")]
    assert explained(parse_text, lines) == NOTES


def test_signs_that_run_out(parse_text: Parse) -> None:
    """Behind the last number notes without one go on, if the report quotes their names."""
    signs = ["①", "②", "", ""]
    lines = [f"{sign}{name}：{said}。" for sign, (name, said) in zip(signs, NOTES.items(), strict=True)]
    assert explained(parse_text, lines) == NOTES


@pytest.mark.parametrize("stops", [3, 1])
def test_a_stop_behind_the_name(parse_text: Parse, stops: int) -> None:
    """Where most notes have a full stop behind their names, so has one of which that cannot be seen."""
    seen = [
        "“两清一改”。清河道、清路障，改造旧房。",
        "“三个到户”。宣讲、指导、回访到户。",
        "“两园一廊”。甲园、乙园、丙廊。",
    ]
    lines = [f"{number}.{note}" for number, note in enumerate([*seen[:stops], "四大产业。种茶、养鱼、采石、酿酒。"], 1)]
    assert ("四大产业" in explained(parse_text, lines)) == (stops == 3)
