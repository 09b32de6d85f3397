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
from glossary_api.queries.export import exported
from glossary_api.store.edition import Edition

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
