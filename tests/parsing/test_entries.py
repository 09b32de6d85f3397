from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.parsing.conftest import Parse

BODY = "政府工作报告\n各位代表：\n一、工作回顾\n我们落实“三张清单”①，城乡面貌持续改善。\n"


def heads(parse_text: Parse, notes: str) -> list[tuple[int | None, str, str]]:
    """Number, name and definition of each term of a glossary behind a short body."""
    return [
        (entry.number, term.name, term.definition.text)
        for entry in parse_text(BODY + notes).entries
        for term in entry.terms
    ]


def test_a_definition_that_names_lists(parse_text: Parse) -> None:
    """A definition on its own line may end in 清单, as the title of another annex does."""
    notes = "名词解释\n1.“三张清单”\n诉求清单、政策清单、办结清单\n2.链主\n产业链上的龙头企业。\n"
    assert heads(parse_text, notes) == [
        (1, "三张清单", "诉求清单、政策清单、办结清单"),
        (2, "链主", "产业链上的龙头企业"),
    ]


@pytest.mark.parametrize(
    "behind",
    [
        "附件2\n1.重点项目清单：甲、乙。\n",  # a numbered annex
        "2025年民生实事项目清单\n1.新建停车场：3处。\n2.改造老旧小区：4个。\n3.新增学位：500个。\n",  # numbers go on
        "责任编辑：某某\n打印本页\n",  # the foot of a web page
        "相关报道\n1.图解：一图看懂\n3.代表热议：账单暖心\n",  # links to other pages
        "\n20\n",  # a page number
        "云河市人民政府办公室\n2025年1月5日印发\n",  # the imprint
    ],
)
def test_what_stands_behind_the_list(parse_text: Parse, behind: str) -> None:
    """The list ends before whatever is no note of it."""
    notes = "名词解释\n1.“三张清单”：诉求清单、政策清单、办结清单。\n2.链主：龙头企业。\n"
    assert heads(parse_text, notes + behind) == heads(parse_text, notes)
    assert len(heads(parse_text, notes)) == 2


def test_heading_without_notes(parse_text: Parse) -> None:
    """A heading with nothing behind it, at the end of the text or before it, is no glossary and no error."""
    for notes in ("名词解释", "名词解释\n", "名词解释\n名词解释\n", "名词解释\n12\n"):
        parsed = parse_text(BODY + notes)
        assert (parsed.appendix, parsed.entries) == (None, ())


def test_table_of_contents(parse_text: Parse) -> None:
    """A table of contents names the glossary, and the glossary is still found at its place."""
    contents = "政府工作报告\n目录\n一、工作回顾\n二、今年任务\n名词解释\n"
    body = "各位代表：\n一、工作回顾\n甲乙丙丁。\n二、今年任务\n戊己庚辛。\n"
    parsed = parse_text(contents + body + "名词解释\n1.链主：龙头企业。\n2.小升规：成长为规上企业。\n")
    assert [entry.head for entry in parsed.entries] == ["链主", "小升规"]


def test_two_glossaries(parse_text: Parse) -> None:
    """Two lists with a heading are both read; the glossary is the one with more notes."""
    short, long = "名词解释\n1.甲乙：丙丁。\n", "注释\n1.链主：龙头企业。\n2.小升规：成长为规上企业。\n"
    for text in (BODY + short + long, BODY + long + short):
        parsed = parse_text(text)
        assert sorted(entry.head for entry in parsed.entries) == ["小升规", "甲乙", "链主"]
        assert parsed.appendix
        assert text[parsed.appendix.start :].startswith("注释")


def test_run_together(parse_text: Parse) -> None:
    """Notes that follow each other on one line are told apart if their numbers follow each other too."""
    notes = "名词解释\n1.“链主”：龙头企业。2.“小升规”：成长为规上企业。3.“双随机”：随机抽取。\n"
    assert [row[:2] for row in heads(parse_text, notes)] == [(1, "链主"), (2, "小升规"), (3, "双随机")]


def test_a_list_inside_a_note(parse_text: Parse) -> None:
    """A note may have a numbered list of its own, on lines of their own, and the outer list goes on behind it."""
    notes = "名词解释\n1.三项改革：包括\n（1）放权；\n（2）让利；\n（3）减税。\n2.链主：龙头企业。\n"
    assert heads(parse_text, notes) == [
        (1, "三项改革", "包括\n（1）放权；\n（2）让利；\n（3）减税"),
        (2, "链主", "龙头企业"),
    ]


def test_note_without_definition(parse_text: Parse) -> None:
    """A note that says nothing of its head has no term, and an editor is told where it stands."""
    parsed = parse_text(BODY + "名词解释\n1.链主：龙头企业。\n2.小升规\n3.双随机：随机抽取。\n")
    assert [(entry.number, len(entry.terms)) for entry in parsed.entries] == [(1, 1), (2, 0), (3, 1)]
    finding = next(finding for finding in parsed.findings if finding.kind == "entry-not-understood")
    assert parsed.report.text[finding.start : finding.end].startswith("2.小升规")


def test_endless_notes(parse_text: Parse) -> None:
    """A list ends before its note becomes a chapter, or before it has thousands of notes."""
    parsed = parse_text(BODY + "名词解释\n1.链主：龙头企业\n" + "我们要坚持到底，\n" * 2000)
    assert len(parsed.entries) == 1
    assert parsed.entries[0].end - parsed.entries[0].start <= 5000
    assert len(parse_text(BODY + "名词解释\n" + "1.链主：龙头企业。\n" * 2000).entries) == 1000


def test_endnotes_without_heading(parse_text: Parse) -> None:
    """Notes behind the text need no heading if the signs before them stand in the text as marks."""
    body = "政府工作报告\n各位代表：\n推进“三减”①改革，培育“链主”②企业。\n"
    notes = "①“三减”：减环节、减材料、减时限。\n②“链主”：龙头企业。\n"
    assert [entry.head for entry in parse_text(body + notes).entries] == ["“三减”", "“链主”"]
    unmarked = body.replace("①", "").replace("②", "")
    assert parse_text(unmarked + notes).appendix is None


def test_two_heads_that_their_definition_names_again(parse_text: Parse) -> None:
    """A head of two names is two terms where the definition says what each of them is."""
    note = "1.英才领航工程和“双百”计划：英才领航工程是指每年支持一批人才。“双百”计划是指开展百项合作、百人交流"
    [entry] = parse_text(f"名词解释\n{note}\n").entries
    assert [(term.name, term.definition.text) for term in entry.terms] == [
        ("英才领航工程", "每年支持一批人才"),
        ("“双百”计划", "开展百项合作、百人交流"),
    ]


def test_heads_that_share_a_text_by_what_they_count(parse_text: Parse) -> None:
    """Of several numerals in one head each has the clause that ends with what it counts."""
    note = "1.两个基地、两个枢纽：甲基地和乙基地，航运枢纽和面向东亚、南亚的航空枢纽"
    [entry] = parse_text(f"名词解释\n{note}\n").entries
    assert [term.definition.text for term in entry.terms] == [
        "甲基地和乙基地",
        "航运枢纽和面向东亚、南亚的航空枢纽",
    ]
