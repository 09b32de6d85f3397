from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from glossary_api.reading.pdf import read_pdf
from glossary_api.reading.tally import Tally

Canvas = Any
FONT = "STSong-Light"
NAMES = ("三清一改", "5G+工业互联网", "12345热线", "“两重”“两新”", "1+22+3", "20条", "四个到户", "3D打印")
SAYING = "围绕重点领域组织实施的专项工作，由有关部门分工负责、按季调度、年底考核，结果向社会公布，接受群众监督。"
EXPLAINED = [(str(n), name, f"第{n}类：{SAYING * (1 + n % 3)}") for n, name in enumerate(NAMES * 3, 1)]
HEADER = ("序号", "名词", "解释")
PARAGRAPH = (
    "我们坚持稳中求进，工业、农业、服务业都有新的进展，全县上下同心协力，办成了一批实事，群众的获得感进一步增强。"
)


def style(**more: Any) -> Any:
    """How paragraphs are set: in a Chinese font, 12 points."""
    from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return ParagraphStyle("s", **({"fontName": FONT, "wordWrap": "CJK", "fontSize": 12, "leading": 18} | more))


def lines_of(data: bytes) -> list[str]:
    """The lines that a PDF is read as."""
    return read_pdf(data, Tally()).split("\n")


def table(
    rows: Sequence[Sequence[str]], widths: Sequence[float], *, ruled: bool, cut: bool, padding: float = 3
) -> bytes:
    """A page of text, then a table over several pages: its header is printed again on each, or else rows are cut."""
    from reportlab.lib import colors  # type: ignore[import-untyped]
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate  # type: ignore[import-untyped]

    cells = [[Paragraph(cell, style()) for cell in row] for row in rows]
    look: list[Any] = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), padding)]
    look += [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if ruled else []
    made = LongTable(cells, colWidths=widths, repeatRows=0 if cut else 1, style=look, splitInRow=int(cut))
    stream = io.BytesIO()
    heading = [Paragraph(text, style(firstLineIndent=24)) for text in [*[PARAGRAPH * 2] * 6, "名词解释"]]
    SimpleDocTemplate(stream, topMargin=60, bottomMargin=60).build([*heading, made])
    return stream.getvalue()


def page(*pieces: Callable[[Canvas], None]) -> bytes:
    """A PDF of one page on which each piece draws."""
    from reportlab.pdfgen.canvas import Canvas as Drawing  # type: ignore[import-untyped]

    style()
    stream = io.BytesIO()
    canvas = Drawing(stream, pagesize=(595, 842))
    for piece in pieces:
        piece(canvas)
    canvas.save()
    return stream.getvalue()


def set_at(left: float, top: float, *lines: str, size: float = 12, leading: float = 18) -> Callable[[Canvas], None]:
    """Lines, the first with its baseline at `top`."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, size)
        for place, line in enumerate(lines):
            canvas.drawString(left, top - leading * place, line)

    return draw


def raised(left: float, baseline: float, mark: str) -> Callable[[Canvas], None]:
    """A raised mark behind a line."""
    return set_at(left, baseline + 5, mark, size=6)


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize(("cut", "padding"), [(True, 3), (False, 3), (False, 0)])
def test_tables_over_pages(ruled: bool, cut: bool, padding: float) -> None:
    """A table is read row by row: a cut row is whole again, and the header that is printed again is left out."""
    lines = lines_of(table([HEADER, *EXPLAINED], (40, 110, 260), ruled=ruled, cut=cut, padding=padding))
    assert lines[lines.index("名词解释") + 1 :] == ["\t".join(row) for row in (HEADER, *EXPLAINED)]


@pytest.mark.parametrize("ruled", [True, False])
def test_two_columns_of_a_table(ruled: bool) -> None:
    """A table without numbers has its rows where an explanation ended and a name stands beside the next one."""
    rows = [("名词", "解释"), *((name, said) for _, name, said in EXPLAINED)]
    lines = lines_of(table(rows, (110, 300), ruled=ruled, cut=False))
    assert lines[lines.index("名词解释") + 1 :] == ["\t".join(row) for row in rows]


def test_merged_cells() -> None:
    """A cell that spans several rows of a ruled table has its text in the first of them."""
    from reportlab.lib import colors
    from reportlab.platypus import SimpleDocTemplate
    from reportlab.platypus import Table as Grid

    style()
    rows = [
        ["类别", "名词", "解释"],
        ["民生类", "三清一改", "清河道。"],
        ["", "四个到户", "宣讲到户。"],
        ["产业类", "20条", "二十条措施。"],
    ]
    look = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("SPAN", (0, 1), (0, 2)), ("FONT", (0, 0), (-1, -1), FONT)]
    stream = io.BytesIO()
    SimpleDocTemplate(stream).build([Grid(rows, colWidths=(80, 100, 200), style=look)])
    assert lines_of(stream.getvalue()) == ["\t".join(row) for row in rows]


@pytest.mark.parametrize("columns", [2, 3])
def test_columns(columns: int) -> None:
    """Columns are read one after the other, below a title of the whole width; paragraphs go on in the next one."""
    from reportlab.platypus import (
        BaseDocTemplate,
        Frame,
        NextPageTemplate,
        PageTemplate,
        Paragraph,
    )

    texts = [f"第{n}段：{PARAGRAPH * (1 + n % 3)}" for n in range(40)]
    width = (470 - 20 * (columns - 1)) / columns
    frames = [Frame(60 + n * (width + 20), 60, width, 600, 0, 0, 0, 0) for n in range(columns)]
    first = PageTemplate("first", [Frame(60, 680, 470, 100, 0, 0, 0, 0), *frames])
    stream = io.BytesIO()
    document = BaseDocTemplate(stream, pageTemplates=[first, PageTemplate("next", frames)])
    title = "政府工作报告——2025年1月8日在青禾县第十八届人民代表大会第四次会议上"
    body = [Paragraph(text, style(fontSize=10, firstLineIndent=20, alignment=4)) for text in texts]
    document.build([NextPageTemplate("next"), Paragraph(title, style(fontSize=12, spaceAfter=80)), *body])
    assert lines_of(stream.getvalue()) == [title, *texts]


def test_notes_in_the_margin() -> None:
    """A smaller, narrow column beside the text is a note: it follows the paragraph that it stands beside."""
    text = [PARAGRAPH[:25]] * 12
    note = set_at(450, 680, "名词解释：三清", "一改，指清河道、", "清垃圾、清路", "障。", size=9, leading=14)
    lines = lines_of(page(set_at(60, 690, *text, PARAGRAPH[25:40] + "。"), note))
    assert lines == [PARAGRAPH[:25] * 12 + PARAGRAPH[25:40] + "。", "名词解释：三清一改，指清河道、清垃圾、清路障。"]


@pytest.mark.parametrize(
    ("size", "number", "gap", "line", "reason"),
    [
        (9, 9, 30, False, "smaller than the text"),
        (9, 12, 30, False, "with a number as large as the text"),
        (12, 12, 60, False, "as large as the text, behind a gap"),
        (12, 12, 30, True, "as large as the text, below a drawn line"),
    ],
)
def test_notes_at_the_foot(size: float, number: float, gap: float, line: bool, reason: str) -> None:
    """Notes at the foot of a page are known by the marks of the page, and printed as marks are."""
    text = set_at(60, 700, *[PARAGRAPH[:35]] * 6)
    foot = 700 - 18 * 5 - gap

    def drawn(canvas: Canvas) -> None:
        if line:
            canvas.line(60, foot + 20, 200, foot + 20)

    notes = [
        piece
        for place, name in enumerate(("12345热线：指政务服务热线。", "三清一改：指清河道、清垃圾。"))
        for piece in (
            set_at(60, foot - 18 * place, str(place + 1), size=number),
            set_at(60 + 9, foot - 18 * place, name, size=size),
        )
    ]
    marks = raised(60 + 12 * 35, 700, "1"), raised(60 + 12 * 35, 700 - 18 * 5, "2")
    lines = lines_of(page(text, *marks, drawn, *notes))
    assert lines[-3:] == ["注释", "［1］12345热线：指政务服务热线。", "［2］三清一改：指清河道、清垃圾。"], reason


def test_lists_and_signatures_are_no_tables() -> None:
    """Markers that stand apart, and names with a gap in them, make no table."""
    items = [set_at(60, 700 - 18 * n, f"{n + 1}.") for n in range(5)]
    items += [set_at(96, 700 - 18 * n, "推进高质量发展的工作。") for n in range(5)]
    lines = lines_of(page(*items, set_at(300, 560, "青禾县人民政府　　林致远", "2025年1月8日")))
    assert not any("\t" in line for line in lines)


def test_header_of_two_pages() -> None:
    """A header that stands on both pages of a file of two is left out."""
    from reportlab.pdfgen.canvas import Canvas as Drawing

    style()
    stream = io.BytesIO()
    canvas = Drawing(stream, pagesize=(595, 842))
    for number in range(2):
        set_at(60, 800, "某市人民代表大会会议文件", size=10)(canvas)
        set_at(60, 700, f"第{number}页的正文，与别的页不同。", *[PARAGRAPH[:35]] * 5)(canvas)
        canvas.showPage()
    canvas.save()
    assert "会议文件" not in "".join(lines_of(stream.getvalue()))


def test_header_that_stands_lower_on_the_first_page() -> None:
    """A header is left out though the first page has a larger margin above it."""
    from reportlab.pdfgen.canvas import Canvas as Drawing

    style()
    stream = io.BytesIO()
    canvas = Drawing(stream, pagesize=(595, 842))
    for number in range(3):
        set_at(60, 800 if number else 794, "某市人民代表大会会议文件", size=10)(canvas)
        set_at(60, 700, f"第{number}页的正文，与别的页不同。", *[PARAGRAPH[:35]] * 5)(canvas)
        canvas.showPage()
    canvas.save()
    assert "会议文件" not in "".join(lines_of(stream.getvalue()))


def test_a_heading_on_top_of_the_right_column() -> None:
    """A line that stands a little above the left column, on the right of the white, heads the right one."""
    left = [f"第{n:02}行的文字从这一边排到那一边为止就换行" for n in range(1, 13)]
    right = [f"另{n:02}行的文字从这一边排到那一边为止就换行" for n in range(1, 12)]
    text = "".join(
        lines_of(page(set_at(60, 776, *left, size=11), set_at(310, 780, "名词解释"), set_at(310, 758, *right, size=11)))
    )
    assert text.index(left[-1]) < text.index("名词解释") < text.index(right[0])


def test_short_lines_of_a_narrow_column() -> None:
    """A heading that fills half of a narrow column does not run on into the paragraph below it."""
    full = ["我们坚持稳中求进，工业农业服务业", "都有新的进展，全县上下同心协力办", "成了一批实事。"]
    lines = [*full, "", *full, "", "一、二〇二四年回顾", *full, "", *full]
    assert "一、二〇二四年回顾" in lines_of(page(set_at(60, 780, *lines, size=11)))


@pytest.mark.parametrize("shift", [0, 7])
def test_columns_of_unlike_length(shift: int) -> None:
    """Two columns are read one after the other where their lines stand at different heights, or one ends early."""
    full = [f"第{n:02}行的文字从这一边排到那一边为止就换行" for n in range(1, 21)]
    other = [f"另{n:02}行的文字从这一边排到那一边为止就换行" for n in range(1, 7)]
    short = ["二、今年工作", *other[:3], "短行。", *other[3:], "名词解释", "谢谢大家！"]
    lines = lines_of(page(set_at(60, 780, *full, size=11), set_at(310, 780 - shift, *short, size=11)))
    text = "".join(lines)
    assert text.index(full[-1]) < text.index("二、今年工作") < text.index(other[0]) < text.index("谢谢大家！")
    assert "\t" not in text


def test_notes_that_begin_anew_on_each_page() -> None:
    """Notes whose numbers begin anew on each page are numbered through, and so are their marks."""

    def drawn(canvas: Canvas) -> None:
        for place, (text, note) in enumerate((("“甲乙”", "甲和乙。"), ("“丙丁”", "丙和丁。"))):
            if place:
                canvas.showPage()
            for piece in (
                set_at(60, 700, *[PARAGRAPH[:35]] * 5, text),
                raised(60 + 12 * 4, 700 - 18 * 5, "1"),
                set_at(60, 100, "1", size=9),
                set_at(69, 100, note, size=9),
            ):
                piece(canvas)

    lines = lines_of(page(drawn))
    assert [line[-7:] for line in lines if "”［" in line] == ["“甲乙”［1］", "“丙丁”［2］"]
    assert lines[-3:] == ["注释", "［1］甲和乙。", "［2］丙和丁。"]


def test_an_explanation_merged_down() -> None:
    """A cell of a ruled table into which an explanation is merged says so."""
    from reportlab.lib import colors
    from reportlab.platypus import SimpleDocTemplate
    from reportlab.platypus import Table as Grid

    style()
    said = "到户服务与片区站点的统称。"
    rows = [["名词", "解释"], ["四个到户", said], ["1+3+N", ""], ["20条", "二十条措施。"]]
    look = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("SPAN", (1, 1), (1, 2)), ("FONT", (0, 0), (-1, -1), FONT)]
    stream = io.BytesIO()
    SimpleDocTemplate(stream).build([Grid(rows, colWidths=(100, 200), style=look)])
    assert lines_of(stream.getvalue()) == ["名词\t解释", f"四个到户\t{said}", "1+3+N\t〃", "20条\t二十条措施。"]


@pytest.mark.parametrize("gap", [0, 4])
def test_names_longer_than_their_explanations(gap: float) -> None:
    """A line of a name that fills its column goes on in the next line, though no explanation stands beside it."""
    rows = [
        (("农村人", "居环境", "行动"), ("清河道、清路障，改造旧房，", "三年内完成。")),
        (("便民服", "务"), ("宣讲到户、指导到户。",)),
        (("产业布", "局"), ("科创园、物流园和滨河走廊。",)),
    ]
    pieces, top = [set_at(60, 700, "名词"), set_at(140, 700, "解释")], 682.0
    for name, said in rows:
        pieces += [set_at(60, top, *name), set_at(140, top, *said)]
        top -= 18 * max(len(name), len(said)) + gap
    wanted = [f"{''.join(name)}\t{''.join(said)}" for name, said in rows]
    assert lines_of(page(*pieces)) == ["名词\t解释", *wanted]


def test_what_readers_wrote_on_a_page() -> None:
    """The notes that somebody stuck to a page are counted."""
    tally = Tally()

    def stick(canvas: Canvas) -> None:
        canvas.textAnnotation("两清一改：清河道。", Rect=[100, 600, 120, 620])

    read_pdf(page(set_at(60, 700, *[PARAGRAPH[:30]] * 3), stick), tally)
    assert [(one.reason, one.characters) for one in tally.left_out()] == [("comment", 9)]


def test_the_last_row_alone_on_its_page() -> None:
    """A single ruled row with the columns of the table on the page before is its last row."""
    rows = [HEADER, *EXPLAINED]
    for count in range(3, len(rows)):
        lines = lines_of(table(rows[:count], (40, 110, 260), ruled=True, cut=False))
        assert lines[lines.index("名词解释") + 1 :] == ["\t".join(row) for row in rows[:count]]


@pytest.mark.parametrize("ruled", [True, False])
def test_names_at_the_middle_of_what_explains_them(ruled: bool) -> None:
    """Rows that stand apart, by lines or by white, are rows though names and explanations share no line."""
    names = ["两清一改", "三个到户", "四网合一"]
    said = [f"第{n}项由各有关单位按照职责分工负责组织实施、按" for n in names]

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        canvas.drawString(72, 780, "名词")
        canvas.drawString(180, 780, "解释")
        for row, (name, first) in enumerate(zip(names, said, strict=True)):
            top = 740 - 60 * row
            canvas.drawString(72, top - 9, name)
            canvas.drawString(180, top, first)
            canvas.drawString(180, top - 18, "季调度考核。")
            if ruled:
                canvas.line(72, top + 24, 500, top + 24)

    assert lines_of(page(draw))[-3:] == [f"{n}\t{first}季调度考核。" for n, first in zip(names, said, strict=True)]


def test_paragraphs_that_are_set_in() -> None:
    """Lines that all stand as far from the margin are one paragraph as long as they are full and end no sentence."""
    body = [PARAGRAPH[at : at + 37] for at in range(0, 37, 37)] * 12
    inner = ["由各有关单位按照职责分工负责组织实施并且按照季度进行调度到年底再来考", "核的一项专门工作。"]
    lines = lines_of(page(set_at(72, 780, *body), set_at(72, 540, "甲一乙二"), set_at(72 + 30, 520, *inner)))
    assert "".join(inner) in lines


def test_names_at_the_middle_of_rows_that_touch() -> None:
    """Where nothing parts the rows, the name at the middle of each tells how high it is."""
    sizes = {"两清一改": 2, "三个到户": 4, "四网合一": 3, "五进社区": 1}
    said = {
        name: [f"第{at}行由各有关单位按照职责分工负责组织实施" for at in range(1, n)] + ["到年底考核。"]
        for name, n in sizes.items()
    }
    pieces, top = [set_at(72, 780, "名词"), set_at(180, 780, "解释")], 765.0
    for name, lines in said.items():
        pieces += [set_at(180, top, *lines, leading=15), set_at(72, top - 7.5 * (len(lines) - 1), name)]
        top -= 15 * len(lines)
    assert lines_of(page(*pieces))[-4:] == [f"{name}\t{''.join(lines)}" for name, lines in said.items()]


def test_notes_that_find_no_room_on_their_page() -> None:
    """Notes below a drawn line go on, and begin, on the page behind that of their mark, as large as the text."""

    def drawn(canvas: Canvas) -> None:
        pages = (
            (("1", "2"), ("1甲乙：甲和乙两件事情，由县里统", "")),
            ((), ("一办理。", "2丙丁：丙和丁。")),
        )
        for number, (marks, notes) in enumerate(pages):
            if number:
                canvas.showPage()
            set_at(60, 700, *[PARAGRAPH[:35]] * 6)(canvas)
            for place, sign in enumerate(marks):
                raised(60 + 12 * 35, 700 - 18 * 5 * place, sign)(canvas)
            canvas.line(60, 120, 200, 120)
            set_at(60, 100, *notes)(canvas)

    lines = lines_of(page(drawn))
    assert lines[-3:] == ["注释", "［1］甲乙：甲和乙两件事情，由县里统一办理。", "［2］丙丁：丙和丁。"]
