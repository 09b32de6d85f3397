"""PDF files: paragraphs and tables in reading order, without page numbers, running headers and hard line ends.

Columns are read one after the other. Raised numbers are footnote marks; notes at the feet of pages follow the body as a
list. Pages that are pictures are read by OCR where it is installed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from glossary_api.errors import ReadError
from glossary_api.reading import ocr
from glossary_api.reading.joining import NOTES_HEADING
from glossary_api.reading.pages import glyphs as interpreter
from glossary_api.reading.pages.assembly import text_lines
from glossary_api.reading.pages.columns import reading_order
from glossary_api.reading.pages.furniture import without_furniture
from glossary_api.reading.pages.grids import Rule
from glossary_api.reading.pages.layout import Glyph, SetLine, set_lines
from glossary_api.reading.pages.notes import FootNotes
from glossary_api.reading.pages.paragraphs import Printed, main_size
from glossary_api.reading.tally import Tally

PATIENCE_SECONDS = 2 * interpreter.SECONDS
"""How long a PDF is waited for, on a machine that has other things to do."""

LEAST_CHARACTERS = 20
"""The fewest characters per page, on average, of a text layer; a scan has a stamp or a page number at most."""

UNREADABLE_SHARE = 0.2
"""The greatest share of characters whose meaning the file does not tell."""

_HEADER = re.compile(rb"%PDF-[0-9]")
_HEAD_BYTES = 1024  # the standard lets the header stand this far into the file
_RUN_OCR = "run-ocr"
_SAVE_AGAIN = "print-again"
_ERRORS = {
    "encrypted": ("is-encrypted", "save-it-without-its-password"),
    "damaged": ("is-damaged-pdf", "fetch-or-save-it-again"),
    "pages": ("has-more-than-pages", "name-one-report-per-file"),
    "glyphs": ("has-more-than-characters", "name-one-report-per-file"),
}


def is_pdf(data: bytes) -> bool:
    """Return whether a file begins with the header of a PDF, or with a little that a server put before it."""
    return _HEADER.match(data) is not None or (
        b"startxref" in data[-_HEAD_BYTES:] and _HEADER.search(data[:_HEAD_BYTES]) is not None
    )


@dataclass(frozen=True, slots=True)
class PageContent:
    """The content of one page."""

    glyphs: Sequence[Glyph]
    height: float
    """In points."""
    rules: Sequence[Rule] = ()
    """The level and upright lines drawn on it."""


def read_pdf(data: bytes, tally: Tally) -> str:
    """Return the text of a PDF, its paragraphs parted by `\\n`, its rows of tables with tabs between the cells.

    Pages that are pictures are read by OCR where that is installed, else counted as left out. Raises ReadError when the
    file is damaged, encrypted, over a limit, or has no text.
    """
    answer = _interpreted(data)
    pages = [
        PageContent(
            [Glyph(*glyph) for glyph in page["glyphs"]],
            page["height"],
            [(left, foot, right, head) for left, foot, right, head in page["rules"]],
        )
        for page in answer["pages"]
    ]
    for page in answer["pages"]:
        for comment in page.get("comments", ()):
            tally.leave("comment", comment)
    pictures = [index for index, page in enumerate(pages) if answer["pages"][index]["picture"] and _is_bare(page)]
    recognised = ocr.recognised(data, [answer["pages"][index]["number"] for index in pictures])
    for index in pictures:
        number = answer["pages"][index]["number"]
        if number in recognised:
            pages[index] = PageContent(recognised[number], pages[index].height)
        else:
            tally.leave_page(number + 1)
    _check_text_layer(pages, bool(pictures))
    read_by_ocr = {index for index in pictures if answer["pages"][index]["number"] in recognised}
    return text_of_pages(pages, tally, read_by_ocr)


def text_of_pages(pages: Sequence[PageContent], tally: Tally, read_by_ocr: Set[int] = frozenset()) -> str:
    """Return the paragraphs and rows of tables that pages make, parted by `\\n`.

    `read_by_ocr` has the indexes of pages whose glyphs OCR made; the tally is told where their text stands.
    """
    set_pages = [set_lines(number, page.glyphs) for number, page in enumerate(pages)]
    lines = without_furniture(set_pages, [page.height for page in pages])
    tally.leave("furniture", _missing(set_pages, lines))
    rules = [page.rules for page in pages]
    notes = FootNotes(main_size(chain.from_iterable(lines)))
    areas = [
        notes.without(page, drawn) for page, drawn in zip(reading_order(lines, rules, notes.size), rules, strict=True)
    ]
    notes.number_through()
    printed = text_lines(chain.from_iterable(areas))
    if notes.printed:
        printed += [Printed(NOTES_HEADING), *notes.printed]
    start = 0
    for line in printed:
        if line.pages & read_by_ocr:
            tally.recognise(start, start + len(line.text))
        start += len(line.text) + 1
    return "\n".join(line.text for line in printed)


def _missing(before: Sequence[Sequence[SetLine]], after: Sequence[Sequence[SetLine]]) -> str:
    kept = {id(line) for line in chain.from_iterable(after)}
    return "".join(line.text for line in chain.from_iterable(before) if id(line) not in kept)


def _interpreted(data: bytes) -> dict[str, Any]:
    """Return the interpreter's answer for a PDF. Raises ReadError for an error, and when it is ended by its limits."""
    limits = [str(interpreter.SECONDS), str(interpreter.MEMORY_BYTES)]
    command = [sys.executable, "-P", str(Path(interpreter.__file__)), *limits]  # -P: it imports no neighbour
    try:
        process = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise ReadError("takes-more-than-seconds", remedy=_SAVE_AGAIN, count=PATIENCE_SECONDS) from error
    if process.returncode < 0:
        seconds, size = interpreter.SECONDS, interpreter.MEMORY_BYTES
        raise ReadError("cannot-be-interpreted-within", remedy=_SAVE_AGAIN, seconds=seconds, bytes=size)
    if process.returncode:
        reason = process.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise ReadError("cannot-be-interpreted", remedy=_SAVE_AGAIN, why=reason)
    answer: dict[str, Any] = json.loads(process.stdout)
    if "error" in answer:
        message, remedy = _ERRORS[answer["error"]]
        raise ReadError(message, remedy=remedy)
    return answer


def _is_bare(page: PageContent) -> bool:
    return sum(not glyph.character.isspace() for glyph in page.glyphs) < LEAST_CHARACTERS


def _check_text_layer(pages: Sequence[PageContent], has_pictures: bool) -> None:
    characters = [glyph.character for page in pages for glyph in page.glyphs if not glyph.character.isspace()]
    with_text = [page for page in pages if not _is_bare(page)]
    if len(characters) < LEAST_CHARACTERS * len(with_text) or not with_text:
        remedy = ocr.INSTALL if has_pictures and not ocr.is_installed() else _RUN_OCR
        raise ReadError("no-text-layer", remedy=remedy, count=len(characters), pages=len(pages))
    unreadable = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in characters)
    if unreadable > UNREADABLE_SHARE * len(characters):
        raise ReadError("unreadable-text-layer", remedy=_RUN_OCR)
