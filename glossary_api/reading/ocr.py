"""Read pages that are pictures: RapidOCR in a process of its own, if the extra `ocr` is installed.

Its lines become glyphs as PDFium tells them, so that columns, tables and paragraphs are found alike.
"""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from glossary_api.errors import ReadError
from glossary_api.reading.joining import CIRCLED
from glossary_api.reading.pages import scans
from glossary_api.reading.pages.layout import Glyph

INSTALL = "install-ocr"
"""The remedy where a page is a picture and nothing can read it."""

MAX_PAGES = 200
"""The most pages of one file that are read by OCR."""

_SIZES = 0.2  # as a share: how much the size of lines is misjudged that are set alike
_GROWN = 0.85  # in em: by how much the box of a short line is wider than the line
_LONG = 8  # from how many em on a line tells the size of its text
_SHOULDER = 0.38  # in em: how far above the baseline the middle of a line is

_UNOPENED = re.compile(r"[0-9A-Z+.%]{1,8}$|(?<=“)[\u4e00-\u9fff]{1,12}$")  # what a ’ closes whose ‘ is not there

_CIRCLED = re.compile(r"([①-⑩])(?:(?<=⑩)0(?=[“\u4e00-\u9fff]))?")
_CIRCLED_TWICE = re.compile("[①-⑩]{2}")  # what may be read for one that is not known
_LAST_KNOWN = 10
_BETWEEN_YEARS = re.compile(r"(?<=\d{4})一(?=\d{4}|$)")  # 2021—2023, read as 一

_BY_CHINESE = r"[\u4e00-\u9fff，。、；：！？“”‘’《》（）【】…]"
_NARROW = re.compile(rf"(?<={_BY_CHINESE})[:;!?,()]|[:;!?,()](?={_BY_CHINESE})")
_WIDE = str.maketrans(":;!?,()", "：；！？，（）")
_TWICE = re.compile("([：；！？，])\\1")  # as wide and as narrow, for one sign
_OPENING, _CLOSING = "“‘《（【", "，。、；：！？”’》）】"
_HALF = 0.5  # in em: how much of a sign at the edge of a line is blank

Line = tuple[str, float, float, float, float]
"""A recognised line: text, left, right, foot, head, in points."""


def is_installed() -> bool:
    """Return whether pages can be read by OCR."""
    return all(find_spec(name) for name in ("rapidocr", "onnxruntime"))


def recognised(data: bytes, numbers: Sequence[int]) -> dict[int, list[Glyph]]:
    """Return the glyphs of pages of a PDF that OCR can read, by number from 0; nothing where it is not installed.

    Raises ReadError when the pages are too many or take more than the time or memory allowed.
    """
    if not numbers or not is_installed():
        return {}
    if len(numbers) > MAX_PAGES:
        raise ReadError("has-more-than-pages-that-are-pictures", remedy="name-one-report-per-file", count=MAX_PAGES)
    command = [sys.executable, "-P", str(Path(scans.__file__)), *map(str, numbers)]
    patience = scans.SECONDS * (len(numbers) + 1)
    try:
        process = subprocess.run(command, input=data, capture_output=True, timeout=patience, check=False)
    except subprocess.TimeoutExpired as error:
        raise ReadError("takes-ocr-more-than-seconds", remedy="name-fewer-pages-per-file", count=patience) from error
    if process.returncode:
        reason = process.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise ReadError("cannot-be-read-by-ocr-within", remedy="run-ocr", count=scans.SECONDS, reason=reason)
    pages: dict[str, list[Line]] = json.loads(process.stdout)
    counted = CountedNotes()
    return {int(number): glyphs_of(list(counted.mended(lines))) for number, lines in pages.items() if lines}


class CountedNotes:
    """The circled numbers that lines begin with, from page to page: the recogniser knows none above ⑩.

    Only a list that has come to ⑩ number by number goes on: a mark of the text may begin a line, too.
    """

    def __init__(self) -> None:
        self._last = 0
        self._in_a_row = 0

    def mended(self, lines: Iterable[Line]) -> Iterator[Line]:
        """Yield the lines, those behind ⑩ with the number that is due where ① or its last digit was read for it."""
        for text, *place in lines:
            found = _CIRCLED.match(text)
            number = CIRCLED.index(found[1]) + 1 if found else 0
            if self._last >= _LAST_KNOWN <= self._in_a_row and number in (1, (self._last + 1) % 10):
                number = self._last + 1
                found = _CIRCLED_TWICE.match(text) or found
            if found and number <= len(CIRCLED):
                self._in_a_row = self._in_a_row + 1 if number == self._last + 1 else 1
                self._last = number
                text = CIRCLED[number - 1] + text[found.end() :]
            yield as_printed(text), *place  # type: ignore[misc]


def as_printed(text: str) -> str:
    """Return a line with the signs that printers set: Chinese punctuation as wide as the characters beside it, dashes
    between years. The recogniser takes them for their look-alikes.
    """
    wide = _NARROW.sub(lambda sign: sign[0].translate(_WIDE), text)
    return _BETWEEN_YEARS.sub("—", _TWICE.sub(r"\1", wide))


def glyphs_of(lines: Sequence[Line]) -> list[Glyph]:
    """Return the characters of lines, spread over each line by their widths, of one size where lines are set alike."""
    lines = list(_with_opening_quotes(lines))
    lines = [_with_blanks(line) for line in lines]
    long = [line for line in lines if _ems(line[0]) >= _LONG]
    usual = statistics.median([(right - left) / _ems(text) for text, left, right, _, _ in long] or [0.0])
    usual_height = statistics.median([head - foot for *_, foot, head in long] or [0.0])
    glyphs: list[Glyph] = []
    for text, left, right, foot, head in lines:
        width = (right - left) / _ems(text)
        is_usual = abs(width - usual) <= max(_SIZES, _GROWN / _ems(text)) * usual
        is_usual |= abs(head - foot - usual_height) <= _SIZES * usual_height  # long words stretch justified lines
        size = usual if is_usual else round(min(width, head - foot), 1)
        baseline = (foot + head) / 2 - _SHOULDER * size
        for character in text:
            end = left + width * _ems(character)
            glyphs.append(Glyph(character, left, end, baseline, size))
            left = end
    return glyphs


def _with_blanks(line: Line) -> Line:
    """Return a line with the blank halves of the signs at its edges: the recogniser tells where the ink is."""
    text, left, right, foot, head = line
    before, after = _HALF * text.startswith(tuple(_OPENING)), _HALF * text.endswith(tuple(_CLOSING))
    em = (right - left) / max(1.0, _ems(text) - before - after)
    return text, left - before * em, right + after * em, foot, head


def _with_opening_quotes(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines with the ‘ that the recogniser loses beside other signs: “十个百万’项目”, 空间3+N’体系."""
    opened = 0
    for text, left, right, foot, head in lines:
        made = ""
        for sign in text:
            if sign == "’" and not opened and (closed := _UNOPENED.search(made)):
                made = f"{made[: closed.start()]}‘{closed[0]}"
            elif sign in "‘’":
                opened = max(0, opened + (1 if sign == "‘" else -1))
            made += sign
        yield made, left, right, foot, head


def _ems(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text) or 1.0
