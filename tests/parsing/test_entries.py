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


@pytest.mark.parametrize("link", ["即：", "是指：", "：即", "：即：", "：", "即", "，指"])
def test_however_what_is_said_of_each_head_is_led_in(parse_text: Parse, link: str) -> None:
    """The words and signs between the name that is said again and its part belong to neither."""
    note = f"1.“两稳”“三保”：“两稳”{link}稳就业、稳物价；“三保”{link}保水、保电、保路。"
    [entry] = parse_text(f"名词解释\n{note}\n").entries
    assert [term.definition.text for term in entry.terms] == ["稳就业、稳物价", "保水、保电、保路"]


def test_heads_that_share_a_text_by_what_they_count(parse_text: Parse) -> None:
    """Of several numerals in one head each has the clause that ends with what it counts."""
    note = "1.两个基地、两个枢纽：甲基地和乙基地，航运枢纽和面向东亚、南亚的航空枢纽"
    [entry] = parse_text(f"名词解释\n{note}\n").entries
    assert [term.definition.text for term in entry.terms] == [
        "甲基地和乙基地",
        "航运枢纽和面向东亚、南亚的航空枢纽",
    ]


@pytest.mark.parametrize(
    ("note", "parts"),
    [
        ("“两证合并”“一号通办”：将两本证合为一本。这一改革，方便了群众。", None),
        ("城东路、城西路RT改造：对城东路、城西路现有车道进行改造。RT即快速公交的简称。", None),
        ("五化同步、城乡相融：“五化”即甲化、乙化、丙化、丁化、戊化。“双园”即东园、西园。", None),
        ("四港三园、江桥：“四港”指甲港、乙港、丙港、丁港；“三园”指戊园、己园、庚园。", None),
        (
            "一湖两环、一湖两片：（1）一湖两环：环湖路、环湖网。（2）一湖两片：东片、西片。",
            ["环湖路、环湖网", "东片、西片"],
        ),
        ("“减”“增”：“减”，减轻作业负担；“增”，增加课后活动。", ["减轻作业负担", "增加课后活动"]),
        ("城市客厅、古城样板：城市客厅选址于东岸。古城样板选址于西岸。", ["城市客厅选址于东岸", "古城样板选址于西岸"]),
    ],
)
def test_sentences_and_heads(parse_text: Parse, note: str, parts: list[str] | None) -> None:
    """As many sentences as heads are parts only where each begins as its head; no head has what is said of another."""
    [entry] = parse_text(f"名词解释\n1.{note}\n").entries
    said = [term.definition.text for term in entry.terms]
    assert said == parts if parts else len(set(said)) == 1


SPACED = (
    "数字乡村 以县为单位建设的信息网络。",
    "“两清一改”工程 清理河道、清理沟渠，改造旧坊。",
    "“3060”+ N培育体系 到2030年培育60家企业和若干团队。",
    "农村“六清”先清河道，再清沟渠。",
    "“六字”工作法即看、听、问、想、写、做。",
    "“一湖两河”流域“四全”工作指截污、禁养、绿化、整治。",
)
NAMES = ("数字乡村", "“两清一改”工程", "“3060”+ N培育体系", "农村“六清”", "“六字”工作法", "“一湖两河”流域“四全”工作")


@pytest.mark.parametrize("number", ["{}.", ""])
def test_white_space_behind_the_names(parse_text: Parse, number: str) -> None:
    """White space or a closing quotation mark parts names from explanations where several notes have it so."""
    notes = "".join(f"{number.format(n)}{note}\n" for n, note in enumerate(SPACED, 1))
    entries = parse_text(f"{BODY}名词解释\n{notes}").entries
    assert [entry.head for entry in entries] == list(NAMES)


def test_white_space_in_one_note(parse_text: Parse) -> None:
    """White space within a single note parts nothing."""
    notes = "名词解释\n1.链主：龙头企业。\n2.我们一年来 办成了几件实事。\n"
    assert heads(parse_text, notes) == [(1, "链主", "龙头企业")]


def test_a_stop_and_a_colon_behind_the_name(parse_text: Parse) -> None:
    """甲。即：乙 is a name and its explanation."""
    notes = "名词解释\n1.三张清单。即：诉求清单、政策清单、办结清单。\n2.链主：龙头企业。\n"
    assert heads(parse_text, notes)[0] == (1, "三张清单", "诉求清单、政策清单、办结清单")


def test_notes_without_numbers_on_one_line(parse_text: Parse) -> None:
    """A quoted name and a colon behind a stop begin the next note."""
    notes = "名词解释\n“链主”：龙头企业。\n“三早”：早查、早改、早防。“三集中”：集中人、集中钱、集中物。\n"
    assert [name for _, name, _ in heads(parse_text, notes)] == ["链主", "三早", "三集中"]


def test_parts_of_a_name_without_numbers(parse_text: Parse) -> None:
    """A part of the name that its explanation takes up begins no note."""
    notes = "名词解释\n“链主”：龙头企业。\n“一核两翼”：城市布局。“一核”：老城。“两翼”：东城、西城。\n"
    assert [name for _, name, _ in heads(parse_text, notes)] == ["链主", "一核两翼"]


def test_a_number_glued_to_the_note_before_it(parse_text: Parse) -> None:
    """The number that the list lacks begins a note though no stop stands before it."""
    notes = "名词解释\n1.链主：龙头企业。\n2.双百：面积100平方公里3.三馆：文化馆、图书馆、博物馆。\n4.小升规：成长。\n"
    assert [number for number, _, _ in heads(parse_text, notes)] == [1, 2, 3, 4]


def test_circles_before_the_names(parse_text: Parse) -> None:
    """A circle printed as the Han zero belongs to no name."""
    notes = "名词解释\n〇链主：龙头企业。\n〇小升规：成长为规上企业。\n"
    assert [name for _, name, _ in heads(parse_text, notes)] == ["链主", "小升规"]


def test_white_space_and_a_verb_behind_the_name(parse_text: Parse) -> None:
    """A name ends where 指 follows it behind white space, although a colon stands later in the note."""
    note = "名词解释\n1.三大工程 指优先做的三件事，具体是：修路、架桥、通水。\n"
    assert heads(parse_text, note) == [(1, "三大工程", "优先做的三件事，具体是：修路、架桥、通水")]


def test_a_stop_behind_two_names(parse_text: Parse) -> None:
    """The full stop that ends the heads of a list is no part of an explanation that begins without 即."""
    note = "2.四个驱动、六个新的点。“四个驱动”即：甲、乙驱动。“六个新的点”即：在各处培育新的点。\n"
    found = heads(parse_text, f"落实“四个驱动、六个新的点”。\n名词解释\n1.链主。即：龙头企业。\n{note}")
    assert [definition[:1] for *_, definition in found] == ["龙", "“", "“"]


@pytest.mark.parametrize("first", [" （1）", " （一）", " ①", " 一是", "（1）", " ", "即："])
def test_the_first_of_several_points_behind_the_name(parse_text: Parse, first: str) -> None:
    """A name ends where the points that explain it begin, though none but their number or their label sets them off."""
    note = f"名词解释\n1.两环五射{first}两环：内环和外环；其他为五条放射线。\n2.链主：龙头企业，带动别人。\n"
    assert [name for _, name, _ in heads(parse_text, note)] == ["两环五射", "链主"]
