"""Workbooks, as other programs read them."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from glossary_api.exports.formats import FORMATS
from glossary_api.exports.header import Header
from glossary_api.exports.xlsx import workbook
from glossary_api.model.things import Harvest
from glossary_api.queries.export import exported
from glossary_api.store.edition import Edition
from glossary_api.store.whole import documents
from glossary_api.store.writing import write_edition
from glossary_api.translation.rendering_files import read_renderings

ROWS = [["id", "source"], ["1", "00"], ["2", "=八+九"], ["3", " <a>&“b” "], ["4", ""]]


def test_a_second_library_reads_the_rows(seed: Edition) -> None:
    """The workbook has the cells of the CSV."""
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(exported(seed, FORMATS["xlsx"])))).worksheets[0]
    read = [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
    written = csv.reader(io.StringIO(b"".join(exported(seed, FORMATS["csv"])).decode(), newline=""))
    assert read == [*written]


def test_each_language_has_a_column_of_its_own(seed: Edition) -> None:
    """One row for each sense: its id, its name, its renderings."""
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(exported(seed, FORMATS["xlsx-languages"])))).worksheets[0]
    header, *rows = sheet.iter_rows(values_only=True)
    assert header == ("id", "zh-CN", "en")
    assert ("两新", "Two New") in [row[1:] for row in rows]


def test_every_cell_is_a_text() -> None:
    """Neither 00 nor what begins with = becomes something else."""
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(workbook(Header("0", "0"), ROWS)))).worksheets[0]
    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows()] == ROWS
    assert {cell.number_format for row in sheet.iter_rows() for cell in row} == {"@"}


@pytest.mark.parametrize(("formulas", "marked"), [(False, ["=八+九"]), (True, [])])
def test_formulas_are_marked_as_texts(formulas: bool, marked: list[str]) -> None:
    """What begins as a formula has the mark that keeps it a text when it is typed over, unless formulas are wanted."""
    header = Header("0", "0", formulas=formulas)
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(workbook(header, ROWS)))).worksheets[0]
    assert [cell.value for row in sheet.iter_rows() for cell in row if cell.quotePrefix] == marked


@pytest.mark.parametrize("name", ["csv", "tsv", "weblate", "xlsx", "xlsx-languages"])
@pytest.mark.parametrize("formulas", [False, True])
def test_formulas_come_back(rendered: Harvest, tmp_path: Path, name: str, formulas: bool) -> None:
    """A rendering that begins as a formula does is none in the file unless that is wanted, and comes back."""
    hostile = '=HYPERLINK("http://x","y")'
    write_edition(rendered, tmp_path / "glossary.db")
    (term,) = [one for one in documents(Edition.open(tmp_path / "glossary.db")) if one["name"] == "六个不发生"]
    (sense,) = term["senses"]
    sense["equivalents"] = [sense["equivalents"][0] | {"rendering": hostile, "note": "-1", "language": "en"}]
    format_ = FORMATS[name]
    path = tmp_path / f"x{format_.suffix}"
    path.write_bytes(b"".join(format_.write(Header("0", "0", language="en", formulas=formulas), [term])))
    (read,), problems = read_renderings(path)
    assert (read.rendering, problems) == (hostile, [])
    if format_.textual:
        separator = "\t" if name == "tsv" else ","
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline=""), delimiter=separator))
        assert any(cell[0] in "=-" for row in rows for cell in row if cell[1:]) == formulas


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.timeout(180)
def test_libreoffice_reads_the_texts(tmp_path: Path) -> None:
    """It keeps 00 and takes nothing for a formula."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"".join(workbook(Header("0", "0"), ROWS)))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    turn = ["soffice", home, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", path.name]
    subprocess.run(turn, cwd=tmp_path, check=True, capture_output=True, timeout=150)
    read = csv.reader(io.StringIO((tmp_path / "book.csv").read_text("utf-8"), newline=""))
    assert [*read] == ROWS
