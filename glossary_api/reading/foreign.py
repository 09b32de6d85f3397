"""Kinds of files that are recognised in order to say what to do with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from glossary_api.errors import WrongFormat
from glossary_api.reading.word.package import SIGNATURE, opened


@dataclass(frozen=True, slots=True)
class Foreign:
    """A kind of file that is not read."""

    code: str
    """Of the message that says so."""
    signature: re.Pattern[bytes]
    """Matches at the beginning of the file."""
    remedy: str


_SAVE = "save-it-as-docx"
_UNPACK = "unpack-it-and-name-report-in-it"
_SCAN = "run-ocr"
_TEXT = "save-text"
_BILINGUAL = "take-it-over-or-check-it"
_XML_HEAD = r"(?:\xef\xbb\xbf)?(?s:.{0,2000}?)"
FOREIGN = (
    Foreign(
        "encrypted-office-is-not-read",
        re.compile(rb"\xd0\xcf\x11\xe0(?s:.*)E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a"),
        "save-it-without-its-password",
    ),
    Foreign(
        "powerpoint-is-not-read",
        re.compile(rb"\xd0\xcf\x11\xe0(?s:.*)P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0 \0D\0o\0c"),
        _TEXT,
    ),
    Foreign(
        "old-office-is-not-read",
        re.compile(
            rb"\xd0\xcf\x11\xe0(?!(?s:.*)(?:W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0|W\0o\0r\0k\0b\0o\0o\0k\0|B\0o\0o\0k\0))"
        ),
        "open-in-word-and-save-as-docx",
    ),
    Foreign("word-xml-is-not-read", re.compile(rb"(?s:.{0,2000})<pkg:package"), _SAVE),
    Foreign("tmx-is-not-read", re.compile(_XML_HEAD.encode() + rb"<tmx\b"), _BILINGUAL),
    Foreign(
        "xliff-is-not-read",
        re.compile(_XML_HEAD.encode() + rb"<(?:[a-z]+:)?xliff\b"),
        _BILINGUAL,
    ),
    Foreign(
        "po-is-not-read",
        re.compile(rb"(?:\xef\xbb\xbf)?(?:(?:#[^\n]*)?\r?\n){0,200}(?:msgctxt [^\n]+\n)?msgid \"[^\n]*\n(?:\"|msgstr)"),
        _BILINGUAL,
    ),
    Foreign(
        "mailbox-is-not-read",
        re.compile(rb"From [^\s@]+@\S+ [A-Z][a-z]{2} [A-Z][a-z]{2} [^\n]*\n[A-Za-z-]+:"),
        "save-each-letter",
    ),
    Foreign("rar-is-not-read", re.compile(rb"Rar!\x1a\x07"), _UNPACK),
    Foreign("7-zip-is-not-read", re.compile(rb"7z\xbc\xaf\x27\x1c"), _UNPACK),
    Foreign(
        "picture-is-not-read",
        re.compile(rb"\x89PNG\r|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|RIFF....WEBP|BM....\0\0\0\0", re.DOTALL),
        _SCAN,
    ),
    Foreign("sqlite-is-not-read", re.compile(rb"SQLite format 3\0"), "name-reports-it-was-made-of"),
)
"""In the order in which they are tried."""

FOREIGN_TEXTS = (
    Foreign("xml-is-not-read", re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s"), _TEXT),
    Foreign(
        "latex-is-not-read", re.compile(rb"(?m)(?s:.{0,2000}?)^[ \t]*\\(?:documentclass|begin\{document\})"), _TEXT
    ),
)
"""What would pass for plain text, though most of its signs are none."""

FOREIGN_ZIPS = (
    ("ppt/presentation.xml", "powerpoint-is-not-read", _TEXT),
    ("META-INF/container.xml", "epub-is-not-read", _SAVE),
    ("Index/Document.iwa", "iwork-is-not-read", "export-it-from-iwork"),
    ("content.xml", "opendocument-without-text-is-not-read", _TEXT),
)
"""By a member that only this kind of zip has."""
_OPEN_DOCUMENT = re.compile(rb"opendocument\.(?:text|spreadsheet)")


def refuse_foreign(data: bytes, kinds: Sequence[Foreign] = FOREIGN) -> None:
    """Raise WrongFormat for the bytes of a file of a kind that is not read, ReadError for a damaged zip."""
    for kind in kinds:
        if kind.signature.match(data):
            raise WrongFormat(kind.code, remedy=kind.remedy)
    if data.startswith(SIGNATURE) and not _OPEN_DOCUMENT.search(data[:200]):
        members = set(opened(data).namelist())
        for member, code, remedy in FOREIGN_ZIPS:
            if member in members:
                raise WrongFormat(code, remedy=remedy)
