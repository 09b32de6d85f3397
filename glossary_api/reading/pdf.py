"""PDF files: the paragraphs of the text layer, without page numbers, running headers and hard line ends.

Raised numbers are footnote marks; notes at the feet of pages follow the body as a list.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import chain
from pathlib import Path
from typing import Any

from glossary_api.errors import ReadError
from glossary_api.reading.joining import NOTES_HEADING
from glossary_api.reading.pages import glyphs as interpreter
from glossary_api.reading.pages.assembly import text_lines
from glossary_api.reading.pages.columns import reading_order
from glossary_api.reading.pages.furniture import without_furniture
from glossary_api.reading.pages.layout import Glyph, set_lines
from glossary_api.reading.pages.notes import FootNotes
from glossary_api.reading.pages.paragraphs import main_size

PATIENCE_SECONDS = 2 * interpreter.SECONDS
"""How long a PDF is waited for, on a machine that has other things to do."""

LEAST_CHARACTERS = 20
"""The fewest characters per page, on average, of a text layer; a scan has a stamp or a page number at most."""

UNREADABLE_SHARE = 0.2
"""The greatest share of characters whose meaning the file does not tell."""

_HEADER = re.compile(rb"%PDF-[0-9]")
_HEAD_BYTES = 1024  # the standard lets the header stand this far into the file
_RUN_OCR = "run OCR and save the text as .docx or .txt"
_SAVE_AGAIN = "print it to a new PDF, or save the text as .docx or .txt"
_ERRORS = {
    "encrypted": ("is encrypted", "save it without its password"),
    "damaged": ("is a damaged PDF", "fetch or save it again"),
    "pages": (f"has more than {interpreter.MAX_PAGES:,} pages", "name one report per file"),
    "glyphs": (f"has more than {interpreter.MAX_GLYPHS:,} characters", "name one report per file"),
}


def is_pdf(data: bytes) -> bool:
    """Return whether a file begins with the header of a PDF, or with a little that a server put before it."""
    return _HEADER.match(data) is not None or (
        b"startxref" in data[-_HEAD_BYTES:] and _HEADER.search(data[:_HEAD_BYTES]) is not None
    )


def read_pdf(data: bytes) -> str:
    """Return the text of a PDF, its paragraphs parted by `\\n`.

    Raises ReadError when the file is damaged, encrypted, over a limit, or has no text layer.
    """
    answer = _interpreted(data)
    pages = [[Glyph(*glyph) for glyph in page["glyphs"]] for page in answer["pages"]]
    _check_text_layer(pages)
    lines = [set_lines(number, page) for number, page in enumerate(pages)]
    lines = without_furniture(lines, [page["height"] for page in answer["pages"]])
    rules = [[(left, foot, right, head) for left, foot, right, head in page["rules"]] for page in answer["pages"]]
    size = main_size(chain.from_iterable(lines))
    notes = FootNotes(size)
    areas = [notes.without(page, drawn) for page, drawn in zip(reading_order(lines, rules, size), rules, strict=True)]
    texts = text_lines(chain.from_iterable(areas))
    return "\n".join([*texts, NOTES_HEADING, *notes.texts] if notes.texts else texts)


def _interpreted(data: bytes) -> dict[str, Any]:
    """Return the interpreter's answer for a PDF. Raises ReadError for an error, and when it is ended by its limits."""
    limits = [str(interpreter.SECONDS), str(interpreter.MEMORY_BYTES)]
    command = [sys.executable, "-P", str(Path(interpreter.__file__)), *limits]  # -P: it imports no neighbour
    try:
        process = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise ReadError(f"takes more than {PATIENCE_SECONDS} seconds", remedy=_SAVE_AGAIN) from error
    if process.returncode < 0:
        within = f"{interpreter.SECONDS} seconds and {interpreter.MEMORY_BYTES:,} bytes of memory"
        raise ReadError(f"cannot be interpreted within {within}", remedy=_SAVE_AGAIN)
    if process.returncode:
        reason = process.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise ReadError(f"cannot be interpreted ({reason})", remedy=_SAVE_AGAIN)
    answer: dict[str, Any] = json.loads(process.stdout)
    if "error" in answer:
        message, remedy = _ERRORS[answer["error"]]
        raise ReadError(message, remedy=remedy)
    return answer


def _check_text_layer(pages: list[list[Glyph]]) -> None:
    characters = [glyph.character for glyph in chain.from_iterable(pages) if not glyph.character.isspace()]
    if len(characters) < LEAST_CHARACTERS * len(pages) or not pages:
        raise ReadError(f"has no text layer ({len(characters)} characters on {len(pages)} pages)", remedy=_RUN_OCR)
    unreadable = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in characters)
    if unreadable > UNREADABLE_SHARE * len(characters):
        raise ReadError("has a text layer that does not tell its characters", remedy=_RUN_OCR)
