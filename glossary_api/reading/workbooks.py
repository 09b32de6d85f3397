"""Workbooks (.xlsx) and Parquet files: their tables as rows of text."""

from __future__ import annotations

import functools
import html
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from glossary_api.errors import ReadError, WrongFormat
from glossary_api.model.messages import Message
from glossary_api.reading.joining import SAYS_NOTES, joined_rows, merged_cell
from glossary_api.reading.tally import Tally
from glossary_api.reading.word.package import SIGNATURE, opened

MAX_SHEET_BYTES = 200_000_000
"""How much the parts of a workbook may unpack to; the text of a thousand reports takes less than 50 MB."""

MAX_ROWS, MAX_COLUMNS = 100_000, 200
"""How many rows are read of a sheet, and how many columns at most."""

HEADER_ROWS = 4
"""Among how many rows of a sheet the names of its columns are looked for: a title may stand above them."""

_DAMAGED = "open-in-excel-and-save-again"
_COMMENTS = re.compile(r"xl/(?:threadedComments/threadedComment|comments/?comment|comments)\d*\.xml")
_TEXT = re.compile(rb"<(?:t|text)(?:\s[^<>]*)?>([^<]*)</")
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_LONGEST_COLUMN = 3
"""Columns beyond ZZ are not read."""
_TERM = re.compile(r"(?:名词|词条|术语|名称|词语|概念|关键词)(?:名称)?")
_EXPLANATION = re.compile(r"(?:名词|词语|术语)?(?:解释|释义|说明|含义|定义|注释|解读|内容)(?:说明)?")


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """A sheet of a workbook with its rows that hold anything, each as wide as it is filled."""

    name: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def is_glossary(self) -> bool:
        """Tell whether its first row, or the first below a title, names a column of terms and one of explanations,
        名词 and 解释, or its own name says that it has them and each row has a short text before a longer one.
        """
        below = next((at for at, row in enumerate(self.rows[:HEADER_ROWS]) if sum(map(bool, row)) > 1), 0)
        names = ["".join(name.split()) for name in self.rows[below]] if self.rows else []
        if any(map(_TERM.fullmatch, names)) and any(map(_EXPLANATION.fullmatch, names)):
            return True
        rows = self.rows[below:]
        pairs = [row[-2:] for row in rows if len(row) in (2, 3)]
        return SAYS_NOTES.fullmatch(self.name) is not None and all(
            len(rows) == len(pairs) > 1 and 0 < len(name) < len(said) for name, said in pairs
        )

    @property
    def text(self) -> str:
        """Return the cells as they stand, a row a line."""
        return "\n".join("\t".join(row) for row in self.rows)

    def lines(self) -> list[str]:
        """Return the rows as lines of text, cells parted by tabs."""
        return joined_rows([[cell.split("\n") for cell in row] for row in self.rows])


def is_workbook(data: bytes) -> bool:
    """Return whether these bytes are a zip with a workbook in it. Raises ReadError if the zip is damaged."""
    return data.startswith(SIGNATURE) and "xl/workbook.xml" in opened(data).namelist()


def is_parquet(data: bytes) -> bool:
    """Return whether these bytes are a Parquet file."""
    return data.startswith(b"PAR1") and data.endswith(b"PAR1")


def read_workbook(data: bytes, tally: Tally) -> list[WorkbookSheet]:
    """Return the visible sheets of a workbook that hold anything; the others, and pictures, are counted.

    Raises ReadError for one that is damaged or over a limit.
    """
    from openpyxl import load_workbook  # heavy: only when a workbook is read

    with opened(data) as package:
        if sum(info.file_size for info in package.infolist()) > MAX_SHEET_BYTES:
            raise ReadError("unpacks-to-more-than-bytes", remedy="divide-it-into-several-files", count=MAX_SHEET_BYTES)
        for name in package.namelist():
            if name.startswith("xl/media/"):
                tally.leave("picture")
            elif _COMMENTS.fullmatch(name):
                tally.leave("comment", "\n".join(_texts(package.read(name))))
    try:
        with closing(load_workbook(io.BytesIO(data), read_only=True, data_only=True)) as book:
            return list(_sheets(book, data, tally))
    except ReadError:
        raise
    except Exception as error:  # damaged workbooks raise errors of zipfile, XML, KeyError and others
        raise ReadError("is-damaged-excel-file", remedy=_DAMAGED, why=error) from error


def _texts(part: bytes) -> list[str]:
    """Return the texts of a part of a workbook."""
    return [html.unescape(text.decode("utf-8", "replace")) for text in _TEXT.findall(part)]


def _sheets(book: Any, data: bytes, tally: Tally) -> Iterator[WorkbookSheet]:
    for sheet in book.worksheets:
        merged = _merged_down(data, sheet._worksheet_path)
        rows = tuple(_rows(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), merged))
        if sheet.sheet_state != "visible":
            if rows:
                tally.leave("sheet", WorkbookSheet(sheet.title, rows).text)
        elif rows:
            yield WorkbookSheet(sheet.title, rows)


def _merged_down(data: bytes, part: str) -> dict[tuple[int, int], int]:
    """Return the cells of a sheet that go on in rows below, by row and column from 0, with the number of these rows."""
    with opened(data) as package:
        found = _MERGED.findall(package.read(part.lstrip("/")))
    merged = {}
    for column, first, last_column, last in found[:MAX_ROWS]:
        if column == last_column and len(column) < _LONGEST_COLUMN:
            number = functools.reduce(lambda so_far, sign: 26 * so_far + sign - ord("A") + 1, column, 0) - 1
            merged[int(first) - 1, number] = int(last) - int(first)
    return merged


def _rows(rows: Iterable[Sequence[object]], merged: Mapping[tuple[int, int], int]) -> Iterator[tuple[str, ...]]:
    above: dict[int, tuple[int, int]] = {}  # by column, the last row of a merged cell and how long it is
    for number, row in enumerate(rows):
        if number >= MAX_ROWS:
            raise ReadError("has-more-than-rows", remedy="divide-it-into-several-files", count=MAX_ROWS)
        cells = [_printed(cell) for cell in row]
        for column, (last, length) in above.items():
            if number <= last and column < len(cells) and not cells[column]:
                cells[column] = "".join(merged_cell(length, cells))
        for column, cell in enumerate(cells) if merged else ():
            if (number, column) in merged:
                above[column] = number + merged[number, column], len(cell)
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield tuple(cells)


def _printed(cell: object) -> str:
    """Return the text of a cell as a sheet shows it: days without the hour, whole numbers without a point."""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).replace("\r\n", "\n").replace("_x000D_", "").replace("\r", "\n")


def read_parquet(data: bytes) -> list[dict[str, object]]:
    """Return the rows of a Parquet file. Raises ReadError if it is damaged, too large, or pyarrow is not installed."""
    try:
        from pyarrow import lib, parquet  # type: ignore[import-untyped]  # an extra, and heavy
    except ImportError as error:
        remedy = Message("install-pyarrow")
        raise WrongFormat("parquet-needs-pyarrow", remedy=remedy) from error
    try:
        file = parquet.ParquetFile(io.BytesIO(data))
        if file.metadata.num_rows > MAX_ROWS:
            raise ReadError("has-more-than-rows", remedy="divide-it-into-several-files", count=MAX_ROWS)
        size = sum(file.metadata.row_group(number).total_byte_size for number in range(file.num_row_groups))
        if size > MAX_SHEET_BYTES:
            raise ReadError("unpacks-to-more-than-bytes", remedy="divide-it-into-several-files", count=MAX_SHEET_BYTES)
        rows: list[dict[str, object]] = file.read().to_pylist()
    except (lib.ArrowException, OSError, ValueError) as error:
        raise ReadError("is-damaged-parquet-file", remedy="save-again-or-as-jsonl", why=error) from error
    return rows
