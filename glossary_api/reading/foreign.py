"""Kinds of files that are recognised in order to say what to do with them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from glossary_api.errors import WrongFormat
from glossary_api.reading.word.package import SIGNATURE, opened


@dataclass(frozen=True, slots=True)
class Foreign:
    """A kind of file that is not read."""

    name: str
    signature: re.Pattern[bytes]
    """Matches at the beginning of the file."""
    remedy: str


_SAVE = "save it as .docx"
_UNPACK = "unpack it and name the report in it"
_SCAN = "run OCR and save the text as .docx or .txt"
_BILINGUAL = "take it over with `glossary-api import` or hold it against an edition with `glossary-api check`"
_XML_HEAD = r"(?:\xef\xbb\xbf)?(?s:.{0,2000}?)"
FOREIGN = (
    Foreign(
        "an encrypted Office file",
        re.compile(rb"\xd0\xcf\x11\xe0(?s:.*)E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a"),
        "save it without its password",
    ),
    Foreign(
        "a PowerPoint file",
        re.compile(rb"\xd0\xcf\x11\xe0(?s:.*)P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0 \0D\0o\0c"),
        "save the text as .docx or .txt",
    ),
    Foreign(
        "an old Office file of another kind than .doc, .wps and .xls",
        re.compile(
            rb"\xd0\xcf\x11\xe0(?!(?s:.*)(?:W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0|W\0o\0r\0k\0b\0o\0o\0k\0|B\0o\0o\0k\0))"
        ),
        "open it in Word or WPS and save it as .docx",
    ),
    Foreign("a Word file saved as one XML", re.compile(rb"(?s:.{0,2000})<pkg:package"), _SAVE),
    Foreign("a translation memory (.tmx)", re.compile(_XML_HEAD.encode() + rb"<tmx\b"), _BILINGUAL),
    Foreign(
        "a file of translations (.xliff, .sdlxliff)",
        re.compile(_XML_HEAD.encode() + rb"<(?:[a-z]+:)?xliff\b"),
        _BILINGUAL,
    ),
    Foreign(
        "a file of translations (.po)",
        re.compile(rb"(?:\xef\xbb\xbf)?(?:(?:#[^\n]*)?\r?\n){0,200}(?:msgctxt [^\n]+\n)?msgid \"[^\n]*\n(?:\"|msgstr)"),
        _BILINGUAL,
    ),
    Foreign("a RAR archive", re.compile(rb"Rar!\x1a\x07"), _UNPACK),
    Foreign("a 7-Zip archive", re.compile(rb"7z\xbc\xaf\x27\x1c"), _UNPACK),
    Foreign(
        "a picture",
        re.compile(rb"\x89PNG\r|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|RIFF....WEBP|BM....\0\0\0\0", re.DOTALL),
        _SCAN,
    ),
    Foreign("an SQLite database", re.compile(rb"SQLite format 3\0"), "name the reports it was made of"),
)
"""In the order in which they are tried."""

FOREIGN_ZIPS = (
    ("ppt/presentation.xml", "a PowerPoint file", "save the text as .docx or .txt"),
    ("META-INF/container.xml", "an EPUB book", _SAVE),
    ("content.xml", "an OpenDocument file that holds no text", "save the text as .docx or .txt"),
)
"""By a member that only this kind of zip has."""
_OPEN_DOCUMENT = re.compile(rb"opendocument\.(?:text|spreadsheet)")


def refuse_foreign(data: bytes) -> None:
    """Raise WrongFormat for the bytes of a file of a kind that is not read, ReadError for a damaged zip."""
    for kind in FOREIGN:
        if kind.signature.match(data):
            raise WrongFormat(f"is {kind.name}, which is not read", remedy=kind.remedy)
    if data.startswith(SIGNATURE) and not _OPEN_DOCUMENT.search(data[:200]):
        members = set(opened(data).namelist())
        for member, name, remedy in FOREIGN_ZIPS:
            if member in members:
                raise WrongFormat(f"is {name}, which is not read", remedy=remedy)
