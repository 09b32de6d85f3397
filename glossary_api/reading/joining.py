"""Lines of plain text: how superscripts, list items and table rows are printed."""

from __future__ import annotations

import re
from collections.abc import Iterable

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
"""The circled numbers 1 to 50, in order."""

NOTES_HEADING = "注释"
"""The line above the notes that a reader puts behind the body."""

SAYS_NOTES = re.compile(
    r"\W*(?:[^，。；：\s]{0,12}(?:名词|词语|术语|新词|热词)(?:解释|注释|释义|链接|解读)|注释|脚注|尾注|小词典|知识链接|小贴士)\W*"
)
"""A line that says that words are explained below it."""

_NUMBERS = re.compile(r"\s*[1-9１-９][0-9０-９]{0,2}(?:\s*[,，、]\s*[1-9１-９][0-9０-９]{0,2})*\s*", re.ASCII)
_NUMBER = re.compile(r"[0-9０-９]+")
_ROMAN = {
    tens + ones: 10 * len(tens) + number
    for tens in ("", "x", "xx")
    for number, ones in enumerate(["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"])
    if number
}
# m², km³, 10⁶: a metre with or without prefix that no other letter precedes, or the bare base ten. Behind any other
# word or number (ESG, AIC, 5G, 365) a raised number is a footnote mark, because a report has no other powers.
_METRE = re.compile(r"(?<![A-Za-z])[kKcCdDhHmMnμµ]?[mM]\Z")
_TEN = re.compile(r"(?<![0-9.])10\Z")
_OPEN_BRACKET = tuple("[［〔【(（")
_RAISED = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")


def superscript(raised: str, before: str) -> str:
    """Return the printed form of a raised text that stands behind `before` on its line.

    `12` and `xii` become `［12］`, `1,2` becomes `［1］［2］`; m and `2` become m²; `①`, `［1］`, `th` stand as they
    are, and so do digits inside brackets that are not raised themselves.
    """
    if _is_exponent(raised.strip(), before):
        return raised.strip().translate(_RAISED)
    if raised.strip() in _ROMAN:
        return mark(_ROMAN[raised.strip()])
    if _NUMBERS.fullmatch(raised) and not before.endswith(_OPEN_BRACKET):
        return "".join(mark(int(number)) for number in _NUMBER.findall(raised))
    return raised


def mark(number: int) -> str:
    """Return the footnote mark of a number, as every reader prints it."""
    return f"［{number}］"


def circled(number: int) -> str:
    """Return the circled form of a number; a footnote mark beyond 50, where there is none."""
    return CIRCLED[number - 1] if 1 <= number <= len(CIRCLED) else mark(number)


def _is_exponent(raised: str, before: str) -> bool:
    if _METRE.search(before):
        return raised in ("2", "3")
    return bool(_TEN.search(before)) and bool(re.fullmatch(r"[-−+]?[0-9]{1,2}", raised))


def numbered(marker: str, text: str) -> str:
    """Return the paragraph behind its marker, parted by a space where the two would run into one number or word."""
    last, first = marker[-1:], text[:1]
    runs_on = (last.isalnum() and last.isascii()) or (last == "." and first.isdigit())
    return f"{marker} {text}" if marker and runs_on else marker + text


LEAST_EXPLANATION = 8
"""The characters of the shortest explanation that is merged down; what is shorter is a category."""
DITTO = "〃"
"""The cell of a row into which the explanation of the row above is merged: what is above holds for it as well."""


def merged_cell(above: int, beside: Iterable[str]) -> list[str]:
    """Return the lines of a cell into which one of so many characters is merged from above.

    It is empty if it is short or beside a longer cell, as where one category stands for several rows.
    """
    longest = max(map(len, beside), default=0)
    return [DITTO] if 0 < longest < above >= LEAST_EXPLANATION else []


MAX_CELL_LINES = 5
"""The most lines of a cell of a single row; with a longer one the row is there for the layout and no table."""
NAME_AND_EXPLANATION = 2
LEAST_ROWS = 3
"""So many rows of like width are a table, however long its cells are."""


def joined_rows(rows: list[list[list[str]]]) -> list[str]:
    """Return the lines of a table: each row on one line, its cells parted by tabs.

    `rows` has the lines of each cell. Rows of a table that is there for the layout, which has few rows and long cells,
    stay as their lines are.
    """
    widths = {len(row) for row in rows}
    is_table = len(rows) >= LEAST_ROWS and len(widths) == 1 and widths != {1}
    rows = [one for row in rows for one in (rows_within(row) if len(rows) < LEAST_ROWS else [row])]
    return [line for row in rows for line in joined_row(row, None if is_table else MAX_CELL_LINES)]


def rows_within(cells: list[list[str]]) -> list[list[list[str]]]:
    """Return the rows that one holds, all names in one cell and all explanations, line by line, in the next."""
    filled = [[line for line in cell if line.strip()] for cell in cells]
    heights = {len(cell) for cell in filled}
    if len(filled) != NAME_AND_EXPLANATION or len(heights) != 1 or max(heights) < LEAST_ROWS:
        return [cells]
    names, said = filled
    is_paired = all(len(name) < len(what) for name, what in zip(names, said, strict=True))
    return [[[name], [what]] for name, what in zip(names, said, strict=True)] if is_paired else [cells]


def joined_row(cells: list[list[str]], most: int | None = MAX_CELL_LINES) -> list[str]:
    """Return the lines of one row of a table: its cells on one line, parted by tabs.

    If only one cell is filled, or one has more than `most` lines (None: any number), the lines stay as they are. Where
    any number may stand, a cell beside an empty first one goes on with the row above, and keeps its place.
    """
    cells = [[piece.strip() for line in cell for piece in line.splitlines() if piece.strip()] for cell in cells]
    filled = [cell for cell in cells if cell]
    goes_on = most is None and len(filled) == 1 and not cells[0]
    if (len(filled) < 2 and not goes_on) or (most is not None and max(map(len, filled)) > most):
        return [line for cell in filled for line in cell]
    return ["\t".join(" ".join(cell).replace("\t", " ") for cell in cells)]


class JoinedLine:
    """A line in the making. Raised pieces that touch are one mark: `1` and `2` make `［12］`."""

    def __init__(self) -> None:
        self._printed: list[str] = []
        self._raised: list[str] = []
        self._is_blank = True

    def __bool__(self) -> bool:
        """Return whether anything but white space was added."""
        return not self._is_blank

    def add(self, text: str, *, raised: bool = False) -> None:
        """Append a text, set as superscript or not."""
        self._is_blank = self._is_blank and not text.strip()
        if raised:
            self._raised.append(text)
        elif text:
            self.end_mark()
            self._printed.append(text)

    def end_mark(self) -> None:
        """Let what is raised next be a mark of its own."""
        if self._raised:
            raised, self._raised = "".join(self._raised), []
            self._printed.append(superscript(raised, self.tail()))

    def tail(self) -> str:
        """Return the last pieces that were added, but for those set as superscript."""
        return "".join(self._printed[-8:])

    def text(self) -> str:
        """Return everything added so far, as printed."""
        self.end_mark()
        return "".join(self._printed)
