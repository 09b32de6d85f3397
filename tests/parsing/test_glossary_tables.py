"""Glossaries in tables, as the readers print them: a row a line, cells parted by tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.parsing.conftest import Parse

REPORT = "政府工作报告\n各位代表：\n推行“甲一乙二”“5G+丙网”。\n"


def _rows(*rows: str) -> str:
    return "\n".join(row.replace("|", "\t") for row in rows)


def _terms(parse_text: Parse, glossary: str) -> list[tuple[int | None, int | None, str, str]]:
    return [
        (entry.number, entry.page, term.name, term.definition.text)
        for entry in parse_text(f"{REPORT}{glossary}").entries
        for term in entry.terms
    ]


CARDS = [
    (None, None, "甲一乙二", "甲事一件、乙事两件，办完为止"),
    (None, None, "5G+丙网", "丙网和第五代通信，覆盖全县"),
]
MORE = [(None, None, "丁事", "丁事的总称"), (None, None, "戊事", "戊事的总称")]
TWO = [(None, None, "甲一乙二", "甲事一件、乙事两件"), (None, None, "5G+丙网", "丙网和第五代通信")]


@pytest.mark.parametrize(
    ("glossary", "terms"),
    [
        (("名词|解释", "甲一乙二|甲事一件、乙事两件。", "5G+丙网|是指丙网和第五代通信。"), TWO),
        (("名词|解释|名词|解释", "甲一乙二|甲事一件、乙事两件。|5G+丙网|丙网和第五代通信。"), TWO),
        (
            ("序号|名词|页码|释义", "1|甲一乙二|第3页|甲事一件、乙事两件。", "2|5G+丙网|第4页|丙网和第五代通信。"),
            [(1, 3, "甲一乙二", "甲事一件、乙事两件"), (2, 4, "5G+丙网", "丙网和第五代通信")],
        ),
        (("类别|术语|含义", "民生|甲一乙二|甲事一件、乙事两件。", "|5G+丙网|丙网和第五代通信。"), TWO),
        (("名词|解释", "甲一乙二；5G+丙网|甲事一件、乙事两件；丙网和第五代通信。"), TWO),
        (("名词解释\n甲事一件、乙事两件。|甲一乙二", "丙网和第五代通信。|5G+丙网"), TWO),
        (
            (
                "填报单位：县政府办|日期：2031年1月",
                "名词|解释",
                "甲一乙二|甲事一件、乙事两件。",
                "5G+丙网|丙网和第五代通信。",
            ),
            TWO,
        ),
        (("名词解释", "甲一乙二|5G+丙网", "甲事一件、乙事两件，办完为止。|丙网和第五代通信，覆盖全县。"), CARDS),
        (
            (
                "名词解释",
                "甲一乙二 甲事一件、乙事两件。|5G+丙网 丙网和第五代通信。",
                "丁事 丁事的总称。|戊事 戊事的总称。",
            ),
            [*TWO, *MORE],
        ),
        (("名词|解释", "甲一乙二 One Two|甲事一件、乙事两件。", "5G+丙网 Net of C|丙网和第五代通信。"), TWO),
        (("No.|Term|Definition", "|★甲一乙二|甲事一件、乙事两件。", "|5G+丙网|丙网和第五代通信。"), TWO),
        (  # the header stands again on the next page
            ("名词|解释", "甲一乙二|甲事一件、乙事两件。", "名词|解释", "5G+丙网|丙网和第五代通信。"),
            TWO,
        ),
    ],
)
def test_a_header_says_what_the_columns_have(
    parse_text: Parse, glossary: tuple[str, ...], terms: list[tuple[int | None, int | None, str, str]]
) -> None:
    """Terms, explanations, numbers and pages are read from the columns that the header names; it is no term itself."""
    assert _terms(parse_text, _rows(*glossary)) == terms


def test_a_heading_makes_a_table_without_header_a_glossary(parse_text: Parse) -> None:
    """Behind the heading of a glossary the columns are known by what stands in them."""
    rows = _rows("1|甲一乙二|甲事一件、乙事两件。", "2|20条|二十条措施。", "3|5G+丙网|丙网和第五代通信。")
    assert [(number, name) for number, _, name, _ in _terms(parse_text, f"名词解释\n{rows}")] == [
        (1, "甲一乙二"),
        (2, "20条"),
        (3, "5G+丙网"),
    ]


def test_a_page_behind_the_name(parse_text: Parse) -> None:
    """A page in brackets behind the name in its cell is the page of the note."""
    rows = _rows("甲一乙二 （第3页）|甲事一件、乙事两件。", "5G+丙网（P4）|丙网和第五代通信。")
    assert [(page, name) for _, page, name, _ in _terms(parse_text, f"名词解释\n{rows}")] == [
        (3, "甲一乙二"),
        (4, "5G+丙网"),
    ]


def test_a_short_row_that_goes_on(parse_text: Parse) -> None:
    """A row of one sentence goes on with the explanation above it, however short; one of a word groups the rows."""
    rows = _rows("甲一乙二|甲事一件、乙事两件。", "|由县里牵头。", "通信类", "5G+丙网|丙网和第五代通信。")
    assert [said for *_, said in _terms(parse_text, f"名词解释\n名词\t解释\n{rows}")] == [
        "甲事一件、乙事两件。\n\t由县里牵头",
        "丙网和第五代通信",
    ]


def test_a_note_in_every_cell(parse_text: Parse) -> None:
    """A table may be no more than notes set side by side, each with its number and name in its cell."""
    cells = ("1.甲一乙二：甲事一件、乙事两件。", "2.丙：丙网。", "3.丁：第五代通信。", "4.5G+丙网：丙网和第五代通信。")
    rows = f"名词解释\n{cells[0]}\t{cells[1]}\n{cells[2]}\t{cells[3]}"
    found = _terms(parse_text, rows)
    assert [(number, name) for number, _, name, _ in found] == [(1, "甲一乙二"), (2, "丙"), (3, "丁"), (4, "5G+丙网")]


def test_a_header_of_unknown_words(parse_text: Parse) -> None:
    """The first row is the header where it has a word and all others have a sentence; else it is a note."""
    rows = ["甲一乙二|甲事一件、乙事两件，由两个部门办理。", "5G+丙网|丙网和第五代通信，由通信部门建设。"]
    long, short = _rows("何词|何谓", *rows), _rows("何词|何谓", *rows, "丁戊|丁和戊。")
    names = [[name for _, _, name, _ in _terms(parse_text, f"名词解释\n{table}")] for table in (long, short)]
    assert names == [["甲一乙二", "5G+丙网"], ["何词", "甲一乙二", "5G+丙网", "丁戊"]]


def test_any_other_table_is_no_glossary(parse_text: Parse) -> None:
    """A table of projects or figures, with or without a header, explains nothing."""
    assert _terms(parse_text, _rows("项目|投资|责任单位", "甲桥|3亿元|交通局", "乙路|5亿元|住建局")) == []
    assert _terms(parse_text, _rows("甲桥|3亿元|交通局", "乙路|5亿元|住建局")) == []


def test_a_table_of_what_the_report_quotes(parse_text: Parse) -> None:
    """A table with heads of any words is a glossary if the report quotes the names in all of its rows."""
    rows = _rows("说法|什么意思", "甲一乙二|甲事一件、乙事两件。", "5G+丙网|丙网和第五代通信。", "三丁|丁事三件。")
    assert [name for *_, name, _ in _terms(parse_text, f"推行“三丁”。\n{rows}")] == ["甲一乙二", "5G+丙网", "三丁"]
    assert _terms(parse_text, rows) == []


def test_an_explanation_goes_on_in_a_row_of_its_own(parse_text: Parse) -> None:
    """A row without a term goes on with what the row before it explains: nothing of the table is lost."""
    (entry,) = parse_text(REPORT + _rows("名词|解释", "甲一乙二|甲事一件、", "|乙事两件。")).entries
    assert entry.terms[0].definition.text.startswith("甲事一件、")
    assert entry.terms[0].definition.text.endswith("乙事两件")


def test_a_term_without_explanation_is_named(parse_text: Parse) -> None:
    """A row whose explanation is empty is kept as an entry, and a finding says so."""
    parsed = parse_text(REPORT + _rows("名词|解释", "甲一乙二|", "5G+丙网|丙网和第五代通信。"))
    assert [entry.head for entry in parsed.entries] == ["甲一乙二", "5G+丙网"]
    assert [finding.kind for finding in parsed.findings if finding.kind == "entry-not-understood"] != []


@pytest.mark.parametrize(
    "glossary",
    [
        "名词解释\n【甲一乙二】甲事一件、乙事两件。\n【5G+丙网】丙网和第五代通信。",
        "名词解释\n甲一乙二\n甲事一件、乙事两件。\n5G+丙网\n丙网和第五代通信。",
        "名词解释\n★ 甲一乙二：甲事一件、乙事两件。\n★ 5G+丙网：丙网和第五代通信。",
        "名词解释（以出现先后为序）\n[注1]甲一乙二：甲事一件、乙事两件。\n[注2]5G+丙网：丙网和第五代通信。",
        "报告中的新名词\n*1 甲一乙二：甲事一件、乙事两件。\n*2 5G+丙网：丙网和第五代通信。",
        "名词解释：甲一乙二是指甲事一件、乙事两件。\n继续推进。\n名词解释：5G+丙网是指丙网和第五代通信。",
    ],
)
def test_plain_layouts(parse_text: Parse, glossary: str) -> None:
    """Brackets, a line of its own, a star, a marker with 注 and a label set a name off as well as a number does."""
    assert [(name, said) for _, _, name, said in _terms(parse_text, glossary)] == [one[2:] for one in TWO]


def test_notes_may_stand_before_the_report(parse_text: Parse) -> None:
    """A glossary above the title is read, and the body is what stands below the salutation."""
    glossary = "名词解释\n①甲一乙二：甲事一件、乙事两件。\n②5G+丙网：丙网和第五代通信。\n"
    parsed = parse_text(f"{glossary}{REPORT}")
    assert [entry.number for entry in parsed.entries] == [1, 2]
    assert "推行" in parsed.report.text[slice(*parsed.body[0])]


def test_side_notes_are_no_body(parse_text: Parse) -> None:
    """What stands in a note within the text is its explanation, not running text of the report."""
    parsed = parse_text(f"{REPORT}名词解释：甲一乙二是指甲事一件。\n继续推进。\n")
    text = "".join(parsed.report.text[start:end] for start, end in parsed.body)
    assert "甲事一件" not in text
    assert "继续推进" in text


@pytest.mark.parametrize(
    "glossary",
    [
        ("名词|解释", "甲一乙二|甲事一件、", "乙事两件。", "5G+丙网|丙网和第五代通信。"),
        ("名词|解释", "甲一乙二|甲事一件、", "|乙事两件。", "5G+丙网|丙网和第五代通信。"),
    ],
)
def test_an_explanation_goes_on_in_the_next_row(parse_text: Parse, glossary: tuple[str, ...]) -> None:
    """A row that has nothing but text goes on with what is unfinished above it, and the table goes on behind it."""
    found = {name: "".join(said.split()) for _, _, name, said in _terms(parse_text, _rows(*glossary))}
    assert found == {name: said for _, _, name, said in TWO}


def test_titles_of_groups_are_no_text(parse_text: Parse) -> None:
    """A row with the title of a group, merged over all columns, belongs to no explanation."""
    rows = _rows("名词|解释", "一、民生类", "甲一乙二|甲事一件、乙事两件。", "二、治理类", "5G+丙网|丙网和第五代通信。")
    assert _terms(parse_text, rows) == TWO


@pytest.mark.parametrize("marks", ["1.|2.", "①|②", "（1）|（2）"])
def test_numbers_in_the_cells_of_names(parse_text: Parse, marks: str) -> None:
    """Where the cells of the names begin with their numbers these are no part of the names."""
    one, two = marks.split("|")
    rows = f"名词\t解释\n{one}甲一乙二\t甲事一件、乙事两件。\n{two}“5G+丙网”\t丙网和第五代通信。"
    assert _terms(parse_text, rows) == [(1, *TWO[0][1:]), (2, *TWO[1][1:])]


def test_names_that_begin_with_figures_keep_them(parse_text: Parse) -> None:
    """Figures that do not count the rows belong to the names."""
    rows = _rows("名词|解释", "5G+丙网|丙网和第五代通信。", "3.2+4|三件事。", "1号工程|一项工程。")
    assert [name for _, _, name, _ in _terms(parse_text, rows)] == ["5G+丙网", "3.2+4", "1号工程"]


def test_a_table_on_its_side(parse_text: Parse) -> None:
    """A table whose first column says what its rows have gives a note for each further column."""
    rows = _rows("名词|甲一乙二|5G+丙网", "解释|甲事一件、乙事两件。|丙网和第五代通信。")
    assert _terms(parse_text, f"名词解释\n{rows}") == TWO


def test_tables_that_are_drawn(parse_text: Parse) -> None:
    """Lines drawn around cells part them, and are no rows."""
    rows = "┌───┬───┐\n│甲一乙二│甲事一件、乙事两件。│\n├───┼───┤\n│5G+丙网│丙网和第五代通信。│\n└───┴───┘"
    assert _terms(parse_text, f"名词解释\n{rows}") == TWO


def test_another_table_before_the_glossary(parse_text: Parse) -> None:
    """A table of figures above the heading of the glossary is neither read as one nor in its way."""
    figures = _rows("指标|数值|说明", "总产值|5亿元|增长", "财政收入|1亿元|增长")
    glossary = _rows("序号|名词|解释", "1|甲一乙二|甲事一件、乙事两件。", "2|5G+丙网|丙网和第五代通信。")
    assert [name for _, _, name, _ in _terms(parse_text, f"{figures}\n附件2 名词解释\n{glossary}")] == [
        "甲一乙二",
        "5G+丙网",
    ]


def test_a_whole_note_in_a_cell(parse_text: Parse) -> None:
    """Name and explanation in one cell, 甲：……, behind a number are a note."""
    rows = _rows("序号|名词解释", "1|甲一乙二：甲事一件、乙事两件。", "2|5G+丙网：丙网和第五代通信。")
    assert _terms(parse_text, f"名词解释\n{rows}\n") == [(1, *TWO[0][1:]), (2, *TWO[1][1:])]


def test_a_column_of_what_the_report_says(parse_text: Parse) -> None:
    """Where the notes are whole in the last column, the words of the report before them are no names."""
    rows = ("序号|报告原文|名词解释", "1|推行“甲一乙二”，见成效|甲一乙二：甲事一件、乙事两件。")
    more = ("2|建成“5G+丙网”|“5G+丙网”：丙网和第五代通信。",)
    assert _terms(parse_text, "名词解释\n" + _rows(*rows, *more)) == [(n, *term[1:]) for n, term in enumerate(TWO, 1)]


@pytest.mark.parametrize("ditto", ["〃", "同上"])
def test_an_explanation_of_several_names(parse_text: Parse, ditto: str) -> None:
    """A cell that is merged with the one above, or says the same, explains the name of its row as well."""
    rows = _rows("名词|解释", "甲一乙二|甲事一件、乙事两件。", f"“5G+丙网”|{ditto}")
    said = "甲事一件、乙事两件"
    assert _terms(parse_text, rows) == [(None, None, "甲一乙二", said), (None, None, "5G+丙网", said)]


def test_a_name_alone_in_its_row(parse_text: Parse) -> None:
    """A row with nothing but a name that the report quotes is named, one with a title of a group is none."""
    rows = _rows("名词|解释", "甲一乙二|甲事一件、乙事两件。", "网络类", "5G+丙网", "丁|丁事。")
    found = parse_text(f"{REPORT}{rows}")
    unread = [finding.message.values["marker"] for finding in found.findings if finding.kind == "entry-not-understood"]
    assert unread == ["5G+丙网"]


def test_a_heading_within_the_table(parse_text: Parse) -> None:
    """A heading that a reader takes for the first row is the heading of the table."""
    rows = _rows("|名词解释|", "名词|解释|页码", "甲一乙二|甲事一件、乙事两件。|3", "5G+丙网|丙网和第五代通信。|4")
    assert _terms(parse_text, rows) == [(None, page, *term[2:]) for page, term in enumerate(TWO, 3)]


def test_an_explanation_left_of_several_names(parse_text: Parse) -> None:
    """Explanations may stand left of their names, and numbers behind both; what is merged is said of each name."""
    rows = _rows(
        "释义|词语|序号", "甲事一件、乙事两件。|甲一乙二|1", "〃|三丁|2", "民生类", "丙网和第五代通信。|5G+丙网|3"
    )
    said = "甲事一件、乙事两件"
    found = [(name, what) for _, _, name, what in _terms(parse_text, rows)]
    assert found == [("甲一乙二", said), ("三丁", said), ("5G+丙网", "丙网和第五代通信")]


def test_the_head_of_a_page_within_a_table(parse_text: Parse) -> None:
    """A word of the page between two parts of a table, 续表, is no part of an explanation that is left of its name."""
    rows = _rows("解释|名词", "甲事一件、乙事两件。|甲一乙二", "续表", "解释|名词", "丙网和第五代通信。|5G+丙网")
    assert _terms(parse_text, rows) == TWO


def test_a_sentence_parted_by_its_name(parse_text: Parse) -> None:
    """Of an explanation whose parts have the name between them nothing is said but that it was not understood."""
    more = "以及由县里各个部门分头办理的乙事两件，一共三件。"
    rows = _rows("解释|名词", "甲事一件、|甲一乙二", more, "丙网和第五代通信。|5G+丙网")
    parsed = parse_text(REPORT + rows)
    assert [term.name for entry in parsed.entries for term in entry.terms] == ["5G+丙网"]
    assert "entry-not-understood" in [finding.kind for finding in parsed.findings]


def test_a_name_beside_several_rows(parse_text: Parse) -> None:
    """Rows beside a name that is merged down are paragraphs of one explanation, whatever colons they have."""
    rows = _rows("甲一乙二|“甲”：甲事一件。", "|“乙”：乙事两件。", "5G+丙网|丙网：第五代通信。", "三丁|丁事三件。")
    found = [(name, "".join(said.split())) for _, _, name, said in _terms(parse_text, f"名词解释\n{rows}")]
    assert found == [
        ("甲一乙二", "“甲”：甲事一件。“乙”：乙事两件"),
        ("5G+丙网", "丙网：第五代通信"),
        ("三丁", "丁事三件"),
    ]


def test_a_table_on_its_side_in_parts(parse_text: Parse) -> None:
    """A table on its side may have its rows again with other names, as where the page is narrow."""
    rows = _rows("名词|甲一乙二", "解释|甲事一件、乙事两件。", "名词|5G+丙网", "解释|丙网和第五代通信。")
    assert _terms(parse_text, f"名词解释\n{rows}") == TWO


def test_names_that_are_numbered_down_their_columns(parse_text: Parse) -> None:
    """The numbers in the cells of names may count down one column of names and go on in the next."""
    rows = _rows("名词|解释|名词|解释", "1 甲|甲事。|3 丙|丙事。", "2 乙|乙事。|4 丁|丁事。")
    assert sorted((number, name) for number, _, name, _ in _terms(parse_text, rows)) == [
        (1, "甲"),
        (2, "乙"),
        (3, "丙"),
        (4, "丁"),
    ]


@pytest.mark.parametrize("header", ["", "部分|名词解释\n"])
def test_several_notes_in_a_cell(parse_text: Parse, header: str) -> None:
    """A cell may have all notes on a chapter, numbered anew in each; a list within one of them belongs to it."""
    rows = (
        "第一部分|1.甲一乙二：甲事一件、乙事两件。 2.【三丁】 （1）丁事。 （2）戊事。",
        "第二部分|1.丙：丙网。 2.“己”：己事。",
    )
    found = _terms(parse_text, "名词解释\n" + _rows(header.strip(), *rows).lstrip())
    assert [(number, name) for number, _, name, _ in found] == [(1, "甲一乙二"), (2, "三丁"), (1, "丙"), (2, "己")]


def test_a_line_in_a_name(parse_text: Parse) -> None:
    """Where tabs part the cells of a row a line in one of them parts none."""
    rows = _rows("名词|解释", "甲一乙二|甲事一件、乙事两件。") + "\nA|B岗制\t两人的制度。"
    assert _terms(parse_text, rows)[1] == (None, None, "A|B岗制", "两人的制度")


def test_a_row_of_which_nothing_was_read(parse_text: Parse) -> None:
    """A row that may explain something, and has its cells elsewhere than all others, is named."""
    rows = ("页码|名词|释义", "3|甲一乙二|甲事一件、乙事两件，由两个部门办理。")
    odd = "5G+丙网是指丙网和第五代通信，由通信部门建设。|4"
    found = [parse_text(REPORT + _rows(*rows, *more)).findings for more in ((), (odd,))]
    named = [[one.kind for one in findings if one.kind == "entry-not-understood"] for findings in found]
    assert named == [[], ["entry-not-understood"]]


def test_lines_drawn_around_no_cell(parse_text: Parse) -> None:
    """Lines that are drawn around single cells are no table of names and explanations."""
    assert _terms(parse_text, "名词解释\n\n|\n甲业\n、\n|\n") == []


@pytest.mark.parametrize("last", ["责任单位", "牵头单位及完成时限", "总投资（万元）"])
def test_tables_of_tasks(parse_text: Parse, last: str) -> None:
    """A table that says who does what the report quotes explains none of it, unless a column is said to do so."""
    quoted = REPORT.replace("“甲", "“三丁”“四戊”“甲")
    said = ("县工业局，各镇；年底前。", "县农业局，各村；长期坚持。", "县交通局、县水利局；三月底。")
    names = ("甲一乙二", "三丁", "四戊")
    rows = [f"{n}|{name}|{who}" for n, name, who in zip((1, 2, 3), names, said, strict=True)]
    assert parse_text(quoted + _rows(f"序号|重点工作|{last}", *rows)).entries == ()
    named = parse_text(quoted + _rows("序号|名词|解释", *rows)).entries
    assert [entry.terms[0].name for entry in named] == [*names]


def test_a_heading_in_a_row(parse_text: Parse) -> None:
    """Columns of a page that stand beside each other are no glossary, though a heading of one stands in a row."""
    rows = (
        "过去一年，面对复杂形势|名词解释",
        "和艰巨的任务，全县上下|甲一乙二：甲事一件、乙事两件。",
        "同心、|丙：丙网。",
    )
    assert _terms(parse_text, _rows("一、二〇三〇年工作回顾|名词解释", *rows)) == []


def test_the_end_of_a_page_within_a_row(parse_text: Parse) -> None:
    """The number of a page and the heading over the rest of a table are no part of the note before them."""
    rows = (
        "名词|解释",
        "甲一乙二|甲事一件、",
        "— 21 —",
        "名词解释（续）",
        "名词|解释",
        "|乙事两件。",
        "5G+丙网|丙网。",
    )
    found = parse_text(REPORT + _rows(*rows))
    assert [[term.name for term in entry.terms] for entry in found.entries] == [[], ["5G+丙网"]]
    assert "entry-not-understood" in [one.kind for one in found.findings]
