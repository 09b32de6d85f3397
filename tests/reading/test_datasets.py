from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from glossary_api.errors import ReadError
from glossary_api.model.things import Document
from glossary_api.model.words import RECORD_FIELDS
from glossary_api.reading.datasets import read_data_set
from glossary_api.reading.read import documents_of, read, read_all, read_bytes
from tests.makers import workbook_of

ONE = "政府工作报告\n各位代表：\n" + "过去一年，我们迎难而上、奋力拼搏，“三减”成效明显。\n" * 8
OTHER = "工作报告\r\n各位代表：\n" + '今年，我们要真抓实干，务求实效, "再上台阶"。\n' * 8


def table(names: list[str], *rows: list[str], sign: str = ",") -> bytes:
    """A table with the names of its columns on top."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sign).writerows([names, *rows])
    return out.getvalue().encode()


RECORDS = [
    {"省份": "安徽省", "年份": 2031, "标题": "工作报告", "正文": ONE},
    {"省份": "北京市", "年份": 2032, "正文": OTHER},
]
SAID = [
    (("place", "安徽省"), ("title", "工作报告"), ("year", "2031")),
    (("place", "北京市"), ("year", "2032")),
]
NAMES = ["省份", "年份", "标题", "正文"]
ROWS = [["安徽省", "2031", "工作报告", ONE], ["北京市", "2032", "", OTHER]]


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (table(NAMES, *ROWS), "csv"),
        (b"\xef\xbb\xbf" + table(NAMES, *ROWS), "csv"),
        (table(NAMES, *ROWS).decode().encode("gb18030"), "csv"),
        (table(NAMES, *ROWS, sign="\t"), "tsv"),
        (json.dumps(RECORDS, ensure_ascii=False).encode(), "json"),
        (json.dumps(RECORDS).encode(), "json"),
        (json.dumps([NAMES, *ROWS]).encode(), "json"),
        (table(["各地工作报告汇总", "", "", ""], NAMES, *ROWS), "csv"),
        (table(NAMES, *ROWS, sign="|"), "csv"),
        (json.dumps({"reports": RECORDS}, indent=1).encode(), "json"),
        ("\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS).encode() + b"\n\n", "jsonl"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_formats(data: bytes, format_: str) -> None:
    """Tables and JSON give each record's text exactly, and what its other fields say."""
    found = read_data_set(data)
    assert found is not None
    assert found.format == format_
    assert [record.text for record in found.records] == [ONE, OTHER]
    assert [record.said for record in found.records] == SAID
    assert {field for said in SAID for field, _ in said} <= set(RECORD_FIELDS)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (
            ["province", "year", "title", "source_url", "publish_date", "full_text"],
            "place year title address published",
        ),
        (["Title", "URL", "Content", "Date"], "title address date"),
        (["地区", "年度", "全文", "链接"], "place year address"),
        (["省", "市", "x", "正文"], "place"),
        (["甲", "乙", "丙"], ""),  # a long text under a name that tells nothing
    ],
)
def test_names_of_columns(names: list[str], said: str) -> None:
    """Columns are known by the names that data sets give them, and the text by its length where no name tells."""
    is_text = [name.lower() in ("full_text", "content", "全文", "正文", "丙") for name in names]
    found = read_data_set(table(names, [ONE * 3 if this else name for this, name in zip(is_text, names, strict=True)]))
    assert found is not None
    assert found.records[0].text == ONE * 3
    assert {field for field, _ in found.records[0].said} == set(said.split())


def test_the_finer_place() -> None:
    """Of a province and a city, the record is the city's."""
    found = read_data_set(table(["省份", "城市", "正文"], ["江苏省", "苏州市", ONE]))
    assert found is not None
    assert found.records[0].said == (("place", "苏州市"),)


@pytest.mark.parametrize(
    "data",
    [
        ONE.encode(),
        b"",
        "过去一年，发展, 创新, 都好\n各位代表\n".encode(),
        table(["file", "place", "year"], ["a.txt", "中国", "2031"]),  # no text
        table(["text", "kind"], ["三减", "term"], ["两新", "term"]),  # words, no texts
        table(["a", "b"], [ONE]),  # no table: rows of other lengths
        b"{not json",
        b"[1, 2, 3]",
        json.dumps({"a": 1}).encode(),
        b"<html><body>a, b</body></html>",
    ],
)
def test_other_files(data: bytes) -> None:
    """A text, a list of files and a damaged file are no data sets."""
    assert read_data_set(data) is None


def test_records_are_documents(tmp_path: Path) -> None:
    """Each record is a document with a name, a digest of its own and the folder of its file; `read` takes one only."""
    path = tmp_path / "云南省" / "all.csv"
    path.parent.mkdir()
    path.write_bytes(table(NAMES, *ROWS))
    one, other = (document for document in read_all(path) if isinstance(document, Document))
    assert (one.name, other.name) == ("all.csv#1", "all.csv#2")
    assert (one.text, other.text) == (ONE, OTHER)
    assert one.sha256 != other.sha256
    assert one.folder.rsplit("/", 1)[-1] == "云南省"
    with pytest.raises(ReadError, match="2 records"):
        read(path)
    with pytest.raises(ReadError, match="2 records"):
        read_bytes(path.read_bytes(), "all.csv")


def test_a_record_alone(tmp_path: Path) -> None:
    """A file with one record is one document under its own name."""
    path = tmp_path / "one.csv"
    path.write_bytes(table(NAMES, ROWS[0]))
    assert (read(path).name, read(path).text, read(path).record) == ("one.csv", ONE, SAID[0])


def test_records_without_texts_are_left_out() -> None:
    """A record whose text is empty is no document."""
    found = read_data_set(table(NAMES, *ROWS, ["云南省", "2033", "", " "]))
    assert found is not None
    assert len(found.records) == 2


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(ONE.splitlines()).encode(),
        repr(ONE.splitlines()).encode(),
        json.dumps({"code": 0, "data": {"list": [{"content": ONE}]}}).encode(),
        json.dumps({"rows": [{"content": ONE, "year": 2031}], "total": 1}).encode(),
        json.dumps({"安徽2031": {"meta": {"year": 2031}, "report": {"content": ONE}}}).encode(),
    ],
)
def test_what_programs_write(data: bytes) -> None:
    """A list of paragraphs, and a list of records however deep it stands, give the text."""
    document = read_bytes(data, "a")
    assert document.format == "json"
    assert document.text.strip() == ONE.strip()


def test_a_record_is_no_list_of_what_stands_beside_its_text() -> None:
    """A list of terms in a record with a report is that record's notes."""
    notes = [{"term": "三清一改", "meaning": "清河道"}, {"term": "四个到户", "meaning": "宣讲到户"}]
    document = read_bytes(json.dumps({"place": "A", "text": ONE, "glossary": notes}).encode(), "a")
    assert document.text.endswith("名词解释\n三清一改：清河道\n四个到户：宣讲到户")


def test_words_and_their_meanings_by_name() -> None:
    """Notes may be a record of words and what each means, and `--map` may say where in a record a column stands."""
    notes = {"三清一改": "清河道", "四个到户": "宣讲到户"}
    record = {"meta": {"region": "A"}, "body": {"content": ONE, "名词解释": notes}}
    found = read_data_set(json.dumps([record]).encode(), {"text": "body.content", "place": "meta.region"})
    assert found
    assert found.records[0].notes == "三清一改：清河道\n四个到户：宣讲到户"
    assert found.records[0].said == (("place", "A"),)


def test_a_table_of_terms_says_whose_they_are() -> None:
    """Place and year that all rows of a glossary have in common are those of its report."""
    rows = [["三清一改", "清河道", "北京市", "2031"], ["四个到户", "宣讲到户", "北京市", "2031"]]
    found = read_data_set(table(["名词", "解释", "地区", "年份"], *rows))
    assert found
    assert found.records[0].said == (("place", "北京市"), ("year", "2031"))


def test_records_as_python_prints_them() -> None:
    """A list of records that Python printed is one as JSON is."""
    found = read_data_set(repr(RECORDS).encode())
    assert found
    assert [record.text for record in found.records] == [ONE, OTHER]


def test_a_damaged_line_is_a_row_that_is_counted() -> None:
    """Of records a line those before a line that was cut short are read, and that one is counted."""
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in [*RECORDS, RECORDS[0]])
    found = read_data_set(lines[:-50].encode())
    assert found
    assert len(found.records) == 2
    assert [left.reason for left in found.records[0].left_out] == ["row"]


def test_records_under_names_of_their_own() -> None:
    """Of an object whose values are records with long texts each value is one."""
    found = read_data_set(json.dumps({"甲": {"text": ONE, "place": {"city": "合肥市"}}, "乙": {"text": ONE}}).encode())
    assert found is not None
    assert [(record.text, record.said) for record in found.records] == [(ONE, (("place", "合肥市"),)), (ONE, ())]


def test_semicolons_part_cells() -> None:
    """A table whose cells semicolons part is read as one with commas."""
    assert read_bytes(table(["地区", "正文"], ["安徽省", ONE], sign=";"), "a").record == (("place", "安徽省"),)


def test_a_list_of_other_things_is_no_text() -> None:
    """A text that only looks like a printed list stays as it is."""
    assert read_data_set(b"['a', 1, open('x')]") is None
    assert read_data_set("['甲', '乙".encode()) is None


def test_a_row_a_paragraph() -> None:
    """Rows that each have one paragraph make a record for all that have place and year in common."""
    rows = [
        [place, year, str(number), line]
        for place, year, text in (("安徽省", "2031", ONE), ("北京市", "2032", OTHER))
        for number, line in enumerate((text * 2).split("\n"), 1)
    ]
    found = read_data_set(table(["地区", "年份", "序号", "段落"], *rows))
    assert found is not None
    assert [record.text for record in found.records] == [ONE * 2, OTHER * 2]
    assert [dict(record.said) for record in found.records] == [
        {"place": "安徽省", "year": "2031"},
        {"place": "北京市", "year": "2032"},
    ]


def test_one_column_of_paragraphs() -> None:
    """The quotation marks of a table of one column are no part of its paragraphs."""
    found = read_data_set("\n".join(["段落", *(f'"{line}"' for line in ONE.strip().split("\n"))]).encode())
    assert found is not None
    assert found.records[0].text == ONE.strip()


def test_no_row_of_names() -> None:
    """Where the first row has a long text like all others it is a record."""
    long = [["安徽省", "2031", ONE * 3], ["北京市", "2032", OTHER * 3]]
    found = read_data_set(table(*long))
    assert found is not None
    assert [record.text for record in found.records] == [ONE * 3, OTHER * 3]


def test_words_and_their_meanings_in_json() -> None:
    """A list of words with what they mean stands behind the text as notes."""
    record = {"text": ONE, "glossary": [{"term": "三减", "definition": "减环节、减材料、减时限。"}]}
    document = read_bytes(json.dumps([record], ensure_ascii=False).encode(), "a.json")
    assert document.text == f"{ONE}\n名词解释\n三减：减环节、减材料、减时限。"


@pytest.mark.parametrize(
    "notes",
    [
        "<ol><li>三减：减环节、减材料。</li></ol>",
        {"三减": "减环节、减材料。"},
        "<p>1. 三减：</p><p>减环节、减材料。</p>",
    ],
)
def test_notes_of_a_record_are_read_by_themselves(notes: object) -> None:
    """Text and notes may each be a piece of a web page or not; the names of their columns may say so."""
    html = "".join(f"<p>{line}</p>" for line in ONE.split("\n"))
    said = json.dumps([{"appendix_html": notes, "content_text": html}]).encode()
    lines = read_bytes(said, "a.json").text.split("\n")
    behind = lines[lines.index("名词解释") + 1 :]
    assert lines[:2] == ["政府工作报告", "各位代表："]
    assert "".join(behind).removeprefix("1.").strip() == "三减：减环节、减材料。"


def test_a_table_of_terms_is_a_glossary() -> None:
    """Rows of terms and what they mean are one text with a heading, though none of them is long."""
    document = read_bytes("名词,解释\n三清一改,清河道、清垃圾、清路障\n四个到户,宣讲到户\n".encode(), "附件.csv")
    assert document.text.split("\n") == [
        "名词解释",
        "名词\t解释",
        "三清一改\t清河道、清垃圾、清路障",
        "四个到户\t宣讲到户",
    ]


def test_a_text_in_blocks() -> None:
    """The blocks of an editor are the paragraphs of one text, whatever kind each is of."""
    kinds = ["p", "h2", "li"]
    blocks = [{"type": kinds[at % 3], "text": line} for at, line in enumerate((ONE * 2).strip().splitlines())]
    document = read_bytes(json.dumps({"title": "A", "paragraphs": blocks}).encode(), "a")
    assert (document.text.strip(), dict(document.record)) == ((ONE * 2).strip(), {"title": "A"})


def test_other_json_is_no_text() -> None:
    """JSON in which nothing is a report is not read as if its signs were a text."""
    with pytest.raises(ReadError, match="JSON"):
        read_bytes(json.dumps({"名词": {"三清一改": "清河道"}}).encode(), "a.json")


def test_notes_as_json_in_a_cell() -> None:
    """Words and their meanings that stand as JSON in the cell of a table are notes behind the text."""
    notes = json.dumps(
        [{"name": "三清一改", "desc": "清河道"}, {"name": "四个到户", "desc": "宣讲到户"}], ensure_ascii=False
    )
    document = read_bytes(table(["正文", "名词解释"], [ONE, notes]), "a")
    assert document.text.endswith("名词解释\n三清一改：清河道\n四个到户：宣讲到户")


def test_a_web_page_in_one_line_is_no_table() -> None:
    """The semicolons of entities do not part the cells of a table."""
    links = '<a href="/a">A</a>' * 24
    data = f"<html><body><div>{links} &gt; 报告</div><p>{'甲' * 410}。</p></body></html>".encode()
    assert read_bytes(data, "a.html").format == "html"


def test_terms_of_several_places() -> None:
    """A table of terms with a column of places is a list for each of them."""
    rows = [("苏州市", "三减", "减税。"), ("昆山市", "一改", "改造旧房。"), ("苏州市", "两免", "免费、免租。")]
    table = "地区,术语,解释\n" + "".join(",".join(row) + "\n" for row in rows)
    one, other = documents_of(table.encode(), "a.csv")
    assert isinstance(one, Document)
    assert isinstance(other, Document)
    assert (one.record, other.record) == ((("place", "苏州市"),), (("place", "昆山市"),))
    assert [line.split("\t")[1] for line in one.text.split("\n")[2:]] == ["三减", "两免"]


def test_remarks_above_a_table() -> None:
    """Lines that say where a table comes from are no part of it."""
    (document,) = documents_of(b"# source: a\n# taken: b\n" + table(NAMES, ROWS[0]), "all.csv")
    assert (document.format, document.text) == ("csv", ONE)  # type: ignore[union-attr]


def test_notes_beside_their_paragraphs() -> None:
    """Where each row has a paragraph those with a note have it in another column."""
    rows = [
        [line, "三减：减事、减费、减时。" if "三减" in line and not at else ""]
        for at, line in enumerate(ONE.split("\n")[2:])
    ]
    rows = [["政府工作报告", ""], ["各位代表：", ""], *rows]
    (document,) = documents_of(table(["段落", "注释"], *rows), "all.csv")
    assert document.text.endswith("\n名词解释\n三减：减事、减费、减时。")  # type: ignore[union-attr]


def test_rows_that_say_what_they_are() -> None:
    """A column that tells paragraphs from notes does not part the text of one report."""
    lines = [*ONE.split("\n")[:-1], "名词解释", "1.三减：减事、减费、减时。"]
    rows = [
        [str(at), "note" if "解释" in line or "三减：" in line else "para", line] for at, line in enumerate(lines, 1)
    ]
    (document,) = documents_of(table(["id", "type", "text"], *rows), "all.csv")
    assert document.text == "\n".join(lines)  # type: ignore[union-attr]


def test_a_sheet_on_its_side() -> None:
    """Rows of a field and what it says are one record."""
    rows: list[list[object]] = [
        ["标题", "工作报告"],
        ["地区", "安徽省"],
        ["年份", 2031],
        ["正文", ONE],
        ["名词解释", "三减：减事、减费、减时。"],
    ]
    document = read_bytes(workbook_of({"报告": rows}), "报告.xlsx")
    assert dict(document.record) == {"title": "工作报告", "place": "安徽省", "year": "2031"}
    assert document.text == f"{ONE}\n名词解释\n三减：减事、减费、减时。"


def test_texts_in_markdown() -> None:
    """A text of a record that is in Markdown is read as that."""
    record = {
        "地区": "安徽省",
        "正文": f"{ONE}\n## 名词解释\n\n- **三减**：减事、减费、减时。\n- **四增**：增收、增产。",
    }
    (document,) = documents_of(json.dumps([record]).encode(), "all.json")
    assert document.text.endswith("名词解释\n\n三减：减事、减费、减时。\n四增：增收、增产。")  # type: ignore[union-attr]


@pytest.mark.parametrize("names", [("正文_1", "正文_2"), ("正文", "正文（续）"), ("content1", "content2")])
def test_a_text_in_several_columns(names: tuple[str, str]) -> None:
    """Numbered columns of a text are one, wherever it was cut."""
    rows = [["安徽省", ONE[:60], ONE[60:]], ["北京市", ONE, ""]]
    found = list(documents_of(table(["省份", *names], *rows), "all.csv"))
    assert [document.text for document in found] == [ONE, ONE]  # type: ignore[union-attr]


@pytest.mark.parametrize("overlap", [0, 20])
def test_chunks_of_a_text(overlap: int) -> None:
    """Chunks that were cut anywhere are one text, what two of them have in common once in it."""
    text = (ONE * 3).replace("过去一年", "过去{}年")
    text = text.format(*range(11, 11 + text.count("{}"))) + "两清：清河道、清路障。"
    chunks = [text[max(0, at - overlap) : at + 70] for at in range(0, len(text), 70)]
    lines = [json.dumps({"chunk_id": at, "text": chunk}, ensure_ascii=False) for at, chunk in enumerate(chunks)]
    (document,) = documents_of("\n".join(lines).encode(), "chunks.jsonl")
    assert document.text == text  # type: ignore[union-attr]


def test_a_title_above_a_sheet_of_notes() -> None:
    """A sheet of words and what each means goes with the one text though a title stands above its columns."""
    notes: list[list[object]] = [["青禾县2031年名词解释"], ["序号", "名词", "解释"], [1, "三减", "减事、减费、减时。"]]
    report: list[list[object]] = [["地区", "正文"], ["安徽省", ONE]]
    document = read_bytes(workbook_of({"报告": report, "附件": notes}), "报告.xlsx")
    assert document.text.endswith("1\t三减\t减事、减费、减时。")
    assert document.left_out == ()


def test_a_text_in_sections() -> None:
    """Sections with headings and paragraphs are one text."""
    lines = ONE.split("\n")[2:-1]
    sections = [
        {"heading": "一、回顾", "paragraphs": lines},
        {"heading": "二、打算", "paragraphs": ["各位代表！", *lines]},
    ]
    whole = {
        "meta": {"地区": "安徽省", "年份": "2031"},
        "sections": sections,
        "glossary": {"三减": "减事、减费、减时。"},
    }
    (document,) = documents_of(json.dumps(whole).encode(), "a.json")
    assert isinstance(document, Document)
    assert document.text.split("\n")[-3:] == [lines[-1], "名词解释", "三减：减事、减费、减时。"]
    assert dict(document.record)["place"] == "安徽省"


TEXT = ONE + ONE.replace("各位代表：", "我们：")


def test_notes_beside_the_paragraphs_of_a_text() -> None:
    """Notes that stand beside paragraphs follow the text with their marks."""
    paragraphs: list[dict[str, object]] = [{"type": "p", "text": line, "notes": []} for line in TEXT.split("\n")[:-1]]
    paragraphs[2]["notes"] = [{"mark": "[1]", "text": "三减：减事、减费、减时。"}]
    (document,) = documents_of(json.dumps({"paragraphs": paragraphs}).encode(), "a.json")
    assert document.text == f"{TEXT}名词解释\n[1]三减：减事、减费、减时。"  # type: ignore[union-attr]


def test_notes_among_attachments() -> None:
    """The one text among the attachments of a record that begins with the heading of notes is its notes."""
    files: list[object] = [
        {"name": "附件1.xlsx", "text": "指标\t目标"},
        {"name": "附件2.docx", "text": "名词解释\n1. 三减：减事。"},
    ]
    (document,) = documents_of(json.dumps([{"html": TEXT, "attachments": files}]).encode(), "a.json")
    assert document.text == f"{TEXT}\n名词解释\n1. 三减：减事。"  # type: ignore[union-attr]


def test_notes_beside_paragraphs() -> None:
    """A column of notes beside the paragraphs of one report is read, by its name in brackets; others are counted."""
    lines = [
        "政府工作报告",
        "各位代表：",
        "推行“甲乙”。" + ONE[20:],
        "建设“丙丁”。" + ONE[20:],
        "办好实事。",
        "谢谢大家！",
    ]
    notes = ["", "", "【甲乙】甲和乙。", "【丙丁】丙和丁。", "", ""]
    rows = [[str(at), line, note, "已核"] for at, (line, note) in enumerate(zip(lines, notes, strict=True), 1)]
    found = read_data_set(table(["序号", "段落", "备注（名词）", "核对情况"], *rows))
    assert found is not None
    (record,) = found.records
    assert record.notes == "【甲乙】甲和乙。\n【丙丁】丙和丁。"
    assert [(one.reason, one.characters) for one in record.left_out] == [("column", 12)]
