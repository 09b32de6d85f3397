from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime

import pytest

from glossary_api.errors import ReadError
from glossary_api.reading import workbooks
from glossary_api.reading.read import Request, documents_of, read_bytes
from tests.makers import workbook_of, zip_of

REPORT = "政府工作报告\n各位代表：\n" + "过去一年，我们迎难而上、奋力拼搏，“三减”成效明显。\n" * 20
TERMS = [("序号", "名词", "解释"), (1, "三减", "减税、减费、\n减租。"), (2, "5G+工业互联网", "两者的结合。")]


def test_records_of_a_workbook() -> None:
    """Each row is a report, whatever stands above the names of the columns; days and numbers read as they show."""
    rows: list[list[object]] = [["各地报告"], ["地区", "年份", "日期", "正文"]]
    rows += [[place, 2025, datetime(2025, 1, 8), REPORT + place] for place in ("苏州市", "昆山市")]
    one, other = documents_of(workbook_of({"表": rows}), "all.xlsx")
    assert [one.name, other.name] == ["all.xlsx#1", "all.xlsx#2"]  # type: ignore[union-attr]
    assert one.record == (("date", "2025-01-08"), ("place", "苏州市"), ("year", "2025"))  # type: ignore[union-attr]
    assert other.text == REPORT + "昆山市"  # type: ignore[union-attr]


def test_cells_read_as_a_sheet_shows_them() -> None:
    """Whole numbers have no point, line ends of other systems are one, rows and sheets without anything are nothing."""
    rows: list[list[object]] = [["年份", "正文"], [2025.0, f"{REPORT}甲_x000D_\n乙\r丙"], [None, None], ["", " "]]
    document = read_bytes(workbook_of({"空": [], "旧": [[None]], "表": rows}, hidden=["旧"]), "a.xlsx")
    assert document.record == (("year", "2025"),)
    assert document.text.endswith("\n甲\n乙\n丙")
    assert document.left_out == ()


def test_a_glossary_alone() -> None:
    """A sheet of terms and explanations is a glossary under its heading, each row on a line."""
    document = read_bytes(workbook_of({"Sheet1": TERMS}), "名词.xlsx")
    lines = document.text.split("\n")
    assert lines[:2] == ["名词解释", "序号\t名词\t解释"]
    assert lines[2:] == ["1\t三减\t减税、减费、 减租。", "2\t5G+工业互联网\t两者的结合。"]


def test_sheets_that_belong_to_no_report_are_counted() -> None:
    """Beside several reports a glossary belongs to none of them: it is counted, and so are hidden sheets."""
    rows = [["地区", "正文"], ["苏州市", REPORT], ["昆山市", REPORT + "完"]]
    first, _ = documents_of(workbook_of({"表": rows, "名词": TERMS, "旧": [["旧稿"]]}, hidden=["旧"]), "all.xlsx")
    [left] = [one for one in first.left_out if one.reason == "sheet"]  # type: ignore[union-attr]
    assert left.pieces == 2


def test_columns_that_a_person_names() -> None:
    """What is said of columns goes before what their names say; a column that is not there is refused."""
    data = workbook_of({"表": [["标题", "内容", "甲", "乙"], ["昆山市", "短", REPORT, "2024"]]})
    document = read_bytes(data, "a.xlsx", Request({"text": "甲", "place": "标题"}))
    assert (document.text, document.record) == (REPORT, (("place", "昆山市"), ("year", "2024")))
    csv = f"a,b\n昆山市,{REPORT!r}\n".encode()
    with pytest.raises(ReadError, match="has no column '地区'") as refused:
        read_bytes(csv, "a.csv", Request({"place": "地区"}))
    assert "a, b" in str(refused.value.remedy)


def test_columns_are_known_by_what_they_hold() -> None:
    """Columns whose names say nothing are years, addresses, days and places if all they hold is."""
    rows = [["甲", "乙", "丙", "丁", "戊", "己"]]
    for place, year in (("苏州市", "2024年"), ("昆山市", "2025")):
        rows.append([REPORT + place, year, "https://www.example.cn/1.html", f"{year[:4]}-01-08", place, "其他"])
    one, _ = documents_of(workbook_of({"表": rows}), "a.xlsx")
    said = {"address": "https://www.example.cn/1.html", "date": "2024-01-08", "place": "苏州市", "year": "2024年"}
    assert dict(one.record) == said  # type: ignore[union-attr]
    assert [(left.reason, left.characters) for left in one.left_out] == [("column", 2)]  # type: ignore[union-attr]


def test_glossary_in_a_column() -> None:
    """Notes that stand in a column of their own follow the text under a heading."""
    data = workbook_of({"表": [["正文", "名词解释"], [REPORT.strip(), "1．三减：减税、减费、减租。"]]})
    assert read_bytes(data, "a.xlsx").text.split("\n")[-2:] == ["名词解释", "1．三减：减税、减费、减租。"]


def test_parquet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Parquet file is a data set, with the limits of one."""
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not there: pip install 'glossary-api[parquet]'")
    from pyarrow import parquet  # type: ignore[import-untyped]

    stream = io.BytesIO()
    columns = {"content": [REPORT], "province": ["江苏省"], "year": [2025], "day": [date(2025, 1, 8)]}
    parquet.write_table(pyarrow.table(columns), stream)
    document = read_bytes(stream.getvalue(), "a.parquet")
    assert (document.format, document.text) == ("parquet", REPORT)
    assert document.record == (("place", "江苏省"), ("year", "2025"))
    for limit, size, said in (("MAX_ROWS", 0, "more than 0 rows"), ("MAX_SHEET_BYTES", 9, "unpacks to more than 9")):
        with monkeypatch.context() as patch:
            patch.setattr(workbooks, limit, size)
            with pytest.raises(ReadError, match=said):
                read_bytes(stream.getvalue(), "a.parquet")
    with pytest.raises(ReadError, match="damaged Parquet"):
        read_bytes(b"PAR1" + bytes(50) + b"PAR1", "a.parquet")


def test_hostile_workbooks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that is damaged, or larger than any, is refused in one line."""
    with pytest.raises(ReadError, match="damaged Excel file"):
        read_bytes(zip_of({"xl/workbook.xml": b"<x/>"}), "a.xlsx")
    monkeypatch.setattr(workbooks, "MAX_ROWS", 3)
    with pytest.raises(ReadError, match="more than 3 rows"):
        read_bytes(workbook_of({"表": [["行"]] * 5}), "a.xlsx")
    monkeypatch.setattr(workbooks, "MAX_SHEET_BYTES", 100)
    with pytest.raises(ReadError, match="unpacks to more than 100 bytes"):
        read_bytes(workbook_of({"表": [["行"]]}), "a.xlsx")


def test_explanations_merged_down() -> None:
    """A cell into which an explanation is merged says so; comments are counted."""
    from openpyxl import Workbook
    from openpyxl.comments import Comment

    book, stream = Workbook(), io.BytesIO()
    sheet = book.create_sheet("名词", 0)
    for row in [("名词", "解释"), ("三减", "减税、减费、减租。"), ("两免", None), ("一改", "改造旧房。")]:
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    sheet["A4"].comment = Comment("请核对。", "某某")
    book.save(stream)
    document = read_bytes(stream.getvalue(), "a.xlsx")
    assert document.text.split("\n")[1:] == ["名词\t解释", "三减\t减税、减费、减租。", "两免\t〃", "一改\t改造旧房。"]
    assert [(one.reason, one.characters) for one in document.left_out] == [("comment", 4)]


@pytest.mark.parametrize("name", ["名词解释", "Sheet2"])
def test_a_glossary_without_a_header(name: str) -> None:
    """A sheet that is called 名词解释 needs no row that names its columns to go with the report."""
    rows = [(1, "三减", "减税、减费、减租。"), (2, "一改", "改造旧房。")]
    sheets: dict[str, list[Sequence[object]]] = {"表": [["地区", "正文"], ["苏州市", REPORT]], name: [*rows]}
    document = read_bytes(workbook_of(sheets), "a.xlsx")
    assert document.text.endswith("名词解释\n1\t三减\t减税、减费、减租。\n2\t一改\t改造旧房。") is (name == "名词解释")
    assert bool(document.left_out) is (name != "名词解释")
