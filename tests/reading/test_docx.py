from __future__ import annotations

from collections.abc import Callable

import pytest

from glossary_api.errors import ReadError
from glossary_api.reading.docx import read_docx
from tests.reading.conftest import word_file

Writer = Callable[..., bytes]


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of these runs, plain texts or XML."""
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run with this text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def sup(text: str) -> str:
    """A superscript run."""
    return r(text, '<w:vertAlign w:val="superscript"/>')


def field(code: str, result: str | None = None) -> str:
    """The runs of a field, with a result or without."""
    separate = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'{separate}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def box(*paragraphs: str) -> str:
    """A run with a text box, in the new form and in the old one, as Word writes both."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        f"{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


@pytest.mark.parametrize(
    ("body", "lines", "reason"),
    [
        (
            p("政府", "工作报告") + p() + p("各位代表："),
            ["政府工作报告", "", "各位代表："],
            "a line for each paragraph",
        ),
        (p('<w:r><w:t>两重 </w:t><w:t xml:space="preserve">两新 </w:t></w:r>'), ["两重两新 "], "white space not kept"),
        (p("<w:r><w:t>第一\n行</w:t></w:r>"), ["第一 行"], "a line end of the XML is no line end"),
        (
            p("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>"),
            ["甲\t乙", "丙"],
            "tab and line break",
        ),
        (p("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/></w:r>"), ["A-B"], "hyphens"),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F081"/></w:r>'), ["①"], "circled number of a symbol font"),
        (p('<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:char="2460"/></w:r>'), ["①"], "symbols"),
        (p("<w:ins>" + r("增加") + "</w:ins>", "留下"), ["增加留下"], "a tracked insertion is kept"),
        (p("<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>", "留下"), ["留下"], "a tracked deletion is dropped"),
        (p("<w:moveFrom>" + r("甲") + "</w:moveFrom><w:moveTo>" + r("乙") + "</w:moveTo>"), ["乙"], "moved text"),
        (p("甲", properties="<w:rPr><w:del/></w:rPr>") + p("乙"), ["甲乙"], "a deleted paragraph mark joins"),
        (p("甲", r("隐藏", "<w:vanish/>"), r("显示", '<w:vanish w:val="0"/>')), ["甲显示"], "hidden text"),
        (
            p("<w:hyperlink>" + r("链接") + "</w:hyperlink>", "<w:smartTag>" + r("标") + "</w:smartTag>"),
            ["链接标"],
            "wrappers",
        ),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + p("控件") + "</w:sdtContent></w:sdt>", ["控件"], "content control"),
        (p("<w:ruby><w:rt>" + r("yin") + "</w:rt><w:rubyBase>" + r("音") + "</w:rubyBase></w:ruby>"), ["音"], "ruby"),
        (p("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"), ["x=1"], "mathematics"),
        (p("甲", box(p("框一"), p("框二")), "乙") + p("丙"), ["甲乙", "框一", "框二", "丙"], "a text box, once"),
        (p('<w:r><w:commentReference w:id="1"/></w:r>', "正文"), ["正文"], "a comment"),
    ],
)
def test_prints_what_word_prints(body: str, lines: list[str], reason: str, word: Writer) -> None:
    """The text has what Word prints and nothing that it does not."""
    assert read_docx(word(body)).split("\n") == lines, reason


@pytest.mark.parametrize(
    ("runs", "line", "reason"),
    [
        (["“两重”", sup("1")], "“两重”［1］", "a raised number is a mark"),
        (["“两重”", sup("1"), sup("2")], "“两重”［12］", "the digits of one mark in two runs"),
        (["“两重”", sup("1,2")], "“两重”［1］［2］", "two marks"),
        (["“两重”", sup("①")], "“两重”①", "a circled mark stands"),
        (["“两重”", sup("[1]")], "“两重”[1]", "a bracketed mark stands"),
        (["“两重”", sup("［"), sup("1"), sup("］")], "“两重”［1］", "a bracketed mark in three runs"),
        (["“两重”［", sup("1"), "］"], "“两重”［1］", "a raised number in brackets that are not raised"),
        (["绿化100万m", sup("2"), "。"], "绿化100万m²。", "a square metre"),
        (["蓄水3亿m", sup("3")], "蓄水3亿m³", "a cubic metre"),
        (["50km", sup("2")], "50km²", "a unit with prefix"),
        (["ESG", sup("2")], "ESG［2］", "a mark behind Latin letters"),
        (["IBM", sup("2")], "IBM［2］", "letters that only end like a unit"),
        (["应急365", sup("4")], "应急365［4］", "a mark behind a number"),
        (["10", sup("-6")], "10⁻⁶", "a power of ten"),
        (["1", sup("st")], "1st", "raised letters stand"),
        (["“两重”", sup("2025")], "“两重”2025", "a year is no mark"),
    ],
)
def test_superscripts(runs: list[str], line: str, reason: str, word: Writer) -> None:
    """Raised numbers become marks, raised exponents stay exponents."""
    assert read_docx(word(p(*runs))) == line, reason


def test_superscript_by_style(word: Writer) -> None:
    """A run is raised, or hidden, if the style of the run or of its paragraph, or an ancestor of it, says so."""
    styles = (
        '<w:style w:styleId="Base"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:styleId="Mark"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:styleId="Gone" w:type="paragraph"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="Round"><w:basedOn w:val="Round"/></w:style>'
    )
    body = p("“两新”", r("3", '<w:rStyle w:val="Mark"/>'), r("。", '<w:rStyle w:val="Round"/>'))
    assert (
        read_docx(word(body + p("看不见", properties='<w:pStyle w:val="Gone"/>'), styles=styles)) == "“两新”［3］。\n"
    )


def test_notes_follow_the_body(word: Writer) -> None:
    """Footnotes and endnotes are numbered together in the order of their references and listed behind the body, each on
    a line of its own."""
    reference = '<w:r><w:{kind}noteReference w:id="{id}"/></w:r>'
    body = p("“两新”", reference.format(kind="end", id=2)) + p(
        "“两重”", reference.format(kind="foot", id=7), "与三农", reference.format(kind="foot", id=3)
    )
    note = '<w:{kind}note w:id="{id}">{text}</w:{kind}note>'
    footnotes = (
        note.format(kind="foot", id=-1, text=p("separator"))
        + note.format(
            kind="foot", id=3, text=p("<w:r><w:footnoteRef/></w:r>", " 三农：农业、农村、农民。") + p("第二段。")
        )
        + note.format(kind="foot", id=7, text=p("两重：重大战略实施和重点领域安全能力建设。"))
    )
    text = read_docx(
        word(body, footnotes=footnotes, endnotes=note.format(kind="end", id=2, text=p("两新：更新与换新。")))
    )
    assert text.split("\n") == [
        "“两新”［1］",
        "“两重”［2］与三农［3］",
        "注释",
        "［1］两新：更新与换新。",
        "［2］两重：重大战略实施和重点领域安全能力建设。",
        "［3］三农：农业、农村、农民。 第二段。",
    ]


def test_note_with_its_own_mark(word: Writer) -> None:
    """A note that carries a mark of its own is not numbered, and the mark is printed once."""
    reference = '<w:r><w:footnoteReference w:id="1" w:customMarkFollows="1"/><w:t>①</w:t></w:r>'
    text = read_docx(word(p("两重", reference), footnotes=f'<w:footnote w:id="1">{p("①两重：指……")}</w:footnote>'))
    assert text == "两重①\n注释\n①两重：指……"


@pytest.mark.parametrize(
    ("body", "lines", "reason"),
    [
        (p("见", field("REF a", "第三章")), ["见第三章"], "a result is printed, an instruction is not"),
        (p("见第", field("PAGEREF a", "3"), "页"), ["见第3页"], "nor is the page of another place left out"),
        (p("第", field("PAGE", "3"), "页"), ["第页"], "a page number is not"),
        (p("共", f'<w:fldSimple w:instr=" NUMPAGES ">{r("30")}</w:fldSimple>', "页"), ["共页"], "nor in short form"),
        (p(field(r"EQ \o\ac(○,12)"), "两重"), ["⑫两重"], "a number that Word sets into a circle"),
        (p(field(r"eq \o\ac(○,51)"), "两重"), ["［51］两重"], "a number beyond the circled ones"),
        (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "正文"), ["正文"], "an open field hides nothing"),
    ],
)
def test_fields(body: str, lines: list[str], reason: str, word: Writer) -> None:
    """Fields print their results, and page furniture is left out."""
    assert read_docx(word(body)).split("\n") == lines, reason


def test_table_of_contents(word: Writer) -> None:
    """A table of contents is left out with its lines, and the heading behind it is not."""
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = p("目录") + p(begin, separate, "一、回顾 1") + p("二、任务 9") + p("三、建设 12", end) + p("一、回顾")
    assert [line for line in read_docx(word(body)).split("\n") if line] == ["目录", "一、回顾"]


def test_tables(word: Writer) -> None:
    """A row is a line with its cells parted by tabs, however long they are where three rows or more are alike; a table
    for the layout is as many lines as it has.
    """

    def table(*rows: list[str]) -> str:
        cells = ["".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows]
        return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"

    deleted = f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('删')}</w:tc></w:tr></w:tbl>"
    body = table([p("名词"), p("解释")], [p("两重"), p("甲") + p("乙")]) + deleted + table([p("全文") + p("在此")])
    assert read_docx(word(body)).split("\n") == ["名词\t解释", "两重\t甲 乙", "全文", "在此"]
    long = [p(str(number)) for number in range(7)]
    assert read_docx(word(table([p("边"), "".join(long)]))).split("\n") == ["边", *"0123456"]
    beside = table([table([p("两重"), p("甲")]) + p(), table([p("两新"), p("乙")]) + p()])
    assert read_docx(word(beside)).split("\n") == ["两重\t甲", "两新\t乙"]
    rows = table([p("名词"), p("解释")], [p("甲"), "".join(long)], [p("乙"), p("丙")])
    assert read_docx(word(rows)).split("\n") == ["名词\t解释", "甲\t0 1 2 3 4 5 6", "乙\t丙"]


def test_strict_documents_and_other_names(word: Writer, rezipped: Callable[..., bytes]) -> None:
    """A document in the strict namespace, or in a part of another number, is read like any other."""
    strict = {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    }
    assert read_docx(rezipped(word(p("正文")), strict)) == "正文"
    assert read_docx(rezipped(word(p("正文")), {}, {"word/document.xml": "word/document2.xml"})) == "正文"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (b"</w:body>", b"", "damaged .docx"),
        (b"<w:body>", b"<w:bodies>", "damaged .docx"),
        (b"<w:body></w:body>", b"", "without a text"),
        (b"<w:document", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document', "document type"),
        (b"<w:document", b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><w:document', "document type"),
    ],
)
def test_damaged_documents(
    before: bytes, after: bytes, message: str, word: Writer, rezipped: Callable[..., bytes]
) -> None:
    """Broken XML, a document without body, and any document type are errors that name the part or the matter."""
    with pytest.raises(ReadError, match=message):
        read_docx(rezipped(word(""), {before: after}))


def test_a_cell_below_a_merged_one() -> None:
    """Where the first cell of a row is empty, the other one keeps its place: it goes on with the row above."""
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = [("甲", "一。"), ("乙", "二。"), ("", "三。")]
    table = "".join(f"<w:tr>{''.join(map(cell.format, row))}</w:tr>" for row in rows)
    assert read_docx(word_file(f"<w:tbl>{table}</w:tbl>")) == "甲\t一。\n乙\t二。\n\t三。"


COMMENTED = (
    '<w:p><w:r><w:t>推进“</w:t></w:r><w:commentRangeStart w:id="{0}"/><w:r><w:t>{1}</w:t></w:r><w:commentRangeEnd '
    'w:id="{0}"/><w:r><w:commentReference w:id="{0}"/></w:r><w:r><w:t>”。</w:t></w:r></w:p>'
)
COMMENT = '<w:comment w:id="{}"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:comment>'


def commented(*said: str) -> list[str]:
    """The lines of a file in which a comment stands at each of several quoted words."""
    body = "".join(COMMENTED.format(number, f"{'甲乙丙丁'[number]}项工程") for number, _ in enumerate(said))
    comments = "".join(COMMENT.format(number, text) for number, text in enumerate(said))
    return read_docx(word_file(body, comments=comments)).split("\n")


def test_comments_that_explain_are_notes() -> None:
    """Comments at quoted words that say what these mean are printed as notes."""
    explanation = "指修路、架桥、通水的工程。"
    assert commented(explanation, explanation)[2:] == [
        "注释",
        f"［1］甲项工程：{explanation}",
        f"［2］乙项工程：{explanation}",
    ]


def test_comments_to_the_authors_are_no_notes() -> None:
    """Comments that say what is to be done with the text are not printed."""
    assert commented("请交通局再核对一遍这个数字。", "这句建议移到第二部分去。") == [
        "推进“甲项工程”。",
        "推进“乙项工程”。",
    ]


def test_one_comment_is_no_list_of_notes() -> None:
    """A single comment is a remark, whatever it says."""
    assert commented("指修路、架桥、通水的工程。") == ["推进“甲项工程”。"]


def test_explanations_merged_down(word: Callable[..., bytes]) -> None:
    """A cell into which an explanation is merged says so; a category that is merged down stands once."""
    said, shorter = "清河道、清路障，改造旧房。", "宣讲到户、指导到户。"
    merge = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', "<w:tcPr><w:vMerge/></w:tcPr>"

    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc>{properties}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    rows = [
        [cell("民生", merge[0]), cell("两清"), cell(said, merge[0])],
        [cell("", merge[1]), cell("一改"), cell("", merge[1])],
        [cell("民生"), cell("到户"), cell(shorter)],
        [cell("民生"), cell("未说"), cell("")],
    ]
    table = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    assert read_docx(word(f"<w:tbl>{table}</w:tbl>")).split("\n") == [
        f"民生\t两清\t{said}",
        "\t一改\t〃",
        f"民生\t到户\t{shorter}",
        "民生\t未说\t",
    ]


def test_all_names_in_one_cell_and_all_explanations_in_the_next(word: Callable[..., bytes]) -> None:
    """They are the rows that they look like."""
    cells = [["两清", "一改", "到户"], ["清河道、清路障。", "改造旧房。", "宣讲到户。"]]
    row = "".join(
        f"<w:tc>{''.join(f'<w:p><w:r><w:t>{line}</w:t></w:r></w:p>' for line in cell)}</w:tc>" for cell in cells
    )
    lines = read_docx(word(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>")).split("\n")
    assert lines == ["\t".join(pair) for pair in zip(*cells, strict=True)]


def test_comments_at_words_with_a_quotation() -> None:
    """A comment may be attached to a word with a quotation in it, 门前“甲项”."""
    words = "门前“甲项”", "“乙项”工程"
    body = "".join(COMMENTED.replace("“", "").replace("”", "").format(*one) for one in enumerate(words))
    comments = "".join(COMMENT.format(number, "指修路、架桥、通水的工程。") for number in range(2))
    lines = read_docx(word_file(body, comments=comments)).split("\n")
    assert [line.partition("：")[0] for line in lines[3:]] == ["［1］门前“甲项”", "［2］“乙项”工程"]
