"""Find the one reader that knows a file, by what the file holds and never by its suffix."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from glossary_api.errors import ReadError, WrongFormat
from glossary_api.model.messages import Message
from glossary_api.model.things import Document
from glossary_api.reading.datasets import DataSet, numbered, read_data_set
from glossary_api.reading.docx import read_docx
from glossary_api.reading.html import looks_like_html, read_html
from glossary_api.reading.line_ends import mended
from glossary_api.reading.markdown import looks_like_markdown, read_markdown
from glossary_api.reading.pdf import is_pdf, read_pdf
from glossary_api.reading.plain_text import read_text
from glossary_api.reading.word.package import SIGNATURE, is_docx, opened

MAX_BYTES = 50_000_000
"""The largest file that is read; real reports with pictures stay below 5 MB."""

MAX_CHARACTERS = 20_000_000
"""The longest text that is handed on; real reports have 10,000 to 40,000 characters."""

MAX_LINES = 200_000
"""The most lines of a text that is handed on; real reports have fewer than 2,000."""


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One kind of file that is read."""

    name: str
    """As in `Document.format`."""
    recognises: Callable[[bytes], bool]
    """Whether a file with these bytes is of this kind; may raise ReadError for a damaged one."""
    read: Callable[[bytes], str]
    """The text of such a file; raises ReadError without a place."""


FORMATS = (
    FileFormat("docx", is_docx, read_docx),
    FileFormat("pdf", is_pdf, read_pdf),
    FileFormat("html", looks_like_html, read_html),
    FileFormat("markdown", looks_like_markdown, read_markdown),
    FileFormat("text", lambda data: True, lambda data: mended(read_text(data))),
)
"""In the order in which they are asked; text stands last, since it is known by nothing but what it is not."""


_WRITTEN = ("html", "markdown", "text")
"""The formats that a data set may be taken for."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A kind of file that is recognised in order to say what to do with it."""

    code: str
    """Of the message that says so."""
    signature: re.Pattern[bytes]
    """Matches at the beginning of the file."""
    remedy: str


_SAVE = "save-it-as-docx"
_UNPACK = "unpack-it-and-name-report-in-it"
_SCAN = "run-ocr"
FOREIGN = (
    Foreign(
        "encrypted-office-is-not-read",
        re.compile(rb"\xd0\xcf\x11\xe0(?s:.*)E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a"),
        "save-it-without-its-password",
    ),
    Foreign("old-word-is-not-read", re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), _SAVE),
    Foreign("rtf-is-not-read", re.compile(rb"\s*\{\\rtf"), _SAVE),
    Foreign(
        "word-xml-is-not-read",
        re.compile(rb"(?s:.{0,2000})(?:<\?mso-application|<w:wordDocument|<pkg:package)"),
        _SAVE,
    ),
    Foreign("web-archive-is-not-read", re.compile(rb"(?:MIME-Version:|From: <Saved by)"), "save-page-as-html"),
    Foreign("rar-is-not-read", re.compile(rb"Rar!\x1a\x07"), _UNPACK),
    Foreign("7-zip-is-not-read", re.compile(rb"7z\xbc\xaf\x27\x1c"), _UNPACK),
    Foreign("gzip-is-not-read", re.compile(rb"\x1f\x8b\x08"), _UNPACK),
    Foreign("tar-is-not-read", re.compile(rb"(?s:.{257})ustar"), _UNPACK),
    Foreign(
        "picture-is-not-read",
        re.compile(rb"\x89PNG\r|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|RIFF....WEBP|BM....\0\0\0\0", re.DOTALL),
        _SCAN,
    ),
    Foreign("sqlite-is-not-read", re.compile(rb"SQLite format 3\0"), "name-reports-it-was-made-of"),
)
"""In the order in which they are tried."""

# By a member that only this kind of zip has.
FOREIGN_ZIPS = (
    ("xl/workbook.xml", "excel-is-not-read", "save-text"),
    ("ppt/presentation.xml", "powerpoint-is-not-read", "save-text"),
    ("OFD.xml", "ofd-is-not-read", "convert-it-to-pdf-or-docx"),
    ("content.xml", "odt-is-not-read", _SAVE),
    ("META-INF/container.xml", "epub-is-not-read", _SAVE),
    ("", "zip-is-not-read", _UNPACK),
)


_FOLDERS = 2
"""How many of the folders that a file lies in go with its text: they may say whose report it is."""


def read(path: Path) -> Document:
    """Read one file with the one reader that knows it.

    Raises ReadError, in one line with the place and the remedy, for whatever keeps it from being read, and for a data
    set of several records.
    """
    documents = list(read_all(path))
    if len(documents) > 1:
        message = Message("holds-records-not-one-report", count=len(documents))
        raise ReadError(message, place=_printable(path), remedy="harvest-or-name-one")
    return documents[0]


def read_all(path: Path) -> Iterator[Document]:
    """Read every document of a file: one, or as many as a data set has records.

    Raises ReadError, in one line with the place and the remedy, for whatever keeps the file from being read.
    """
    try:
        documents = documents_of(_bytes(path), os.fsencode(path.name).decode("utf-8", "replace"))
    except ReadError as error:
        raise type(error)(
            _on_one_line(error.message), place=_printable(path), remedy=error.remedy or ""
        ) from error.__cause__
    folder = "/".join(
        os.fsencode(part).decode("utf-8", "replace") for part in path.absolute().parent.parts[1:][-_FOLDERS:]
    )
    yield from (replace(document, folder=folder) for document in documents)


def read_bytes(data: bytes, name: str) -> Document:
    """Read the bytes of a file that goes by a name. Raises WrongFormat and ReadError without a place."""
    documents = documents_of(data, name)
    if len(documents) > 1:
        raise ReadError("holds-records-not-one-report", remedy="take-one-of-them", count=len(documents))
    return documents[0]


def documents_of(data: bytes, name: str) -> tuple[Document, ...]:
    """The documents in the bytes of a file, one or more. Raises WrongFormat and ReadError without a place."""
    if not data:
        raise ReadError("is-empty", remedy="fetch-or-save-it-again")
    _refuse_foreign(data)
    known = recognise(data)
    # The bytes of a zip or a .pdf may look like a table by chance; cells may hold pieces of web pages.
    if known.name in _WRITTEN and (found := read_data_set(data)) is not None:
        return _records(found, name)
    text = known.read(data)
    _check_extent(text)
    return (Document(name, text, hashlib.sha256(data).hexdigest(), known.name),)


def _records(found: DataSet, name: str) -> tuple[Document, ...]:
    """A document for each record that has a text."""
    if not found.records:
        raise ReadError("has-no-record-with-text", remedy="check-that-it-holds-reports")
    for text, _ in found.records:
        _check_extent(text)
    return tuple(
        Document(
            one, mended(text), hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), found.format, "", said
        )
        for one, (text, said) in zip(numbered(name, len(found.records)), found.records, strict=True)
    )


def recognise(data: bytes) -> FileFormat:
    """Return the format of a file with these bytes.

    Raises WrongFormat for a kind that is not read, ReadError for a damaged zip.
    """
    _refuse_foreign(data)
    return next(known for known in FORMATS if known.recognises(data))


def _refuse_foreign(data: bytes) -> None:
    for kind in FOREIGN:
        if kind.signature.match(data):
            raise WrongFormat(kind.code, remedy=kind.remedy)
    if data.startswith(SIGNATURE) and not is_docx(data):
        members = set(opened(data).namelist())
        code, remedy = next((code, remedy) for member, code, remedy in FOREIGN_ZIPS if not member or member in members)
        raise WrongFormat(code, remedy=remedy)


def _bytes(path: Path) -> bytes:
    """Return the content of a regular, non-empty file below MAX_BYTES."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadError("is-directory", remedy="name-files-in-it")
        if not stat.S_ISREG(status.st_mode):
            raise ReadError("is-no-regular-file", remedy="name-file-on-disk")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise ReadError("there-is-no-such-file", remedy="check-name") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError("cannot-be-read", remedy="check-name-and-its-permissions", why=reason) from error
    if len(data) > MAX_BYTES:
        raise ReadError("is-larger-than-bytes", remedy="save-text-alone-without-pictures", count=MAX_BYTES)
    return data


def _check_extent(text: str) -> None:
    if not text.strip():
        raise ReadError("holds-no-text", remedy="check-that-it-is-report")
    if len(text) > MAX_CHARACTERS:
        raise ReadError("has-more-than-characters", remedy="name-one-report-per-file", count=MAX_CHARACTERS)
    if max(text.count("\n"), text.count("\r")) >= MAX_LINES:
        raise ReadError("has-more-than-lines", remedy="name-one-report-per-file", count=MAX_LINES)


def _on_one_line(message: Message) -> Message:
    """Return a message without the line ends and control characters that a library or a member's name put into it."""
    values = {
        name: "".join(character if character.isprintable() else " " for character in value)
        if isinstance(value, str)
        else value
        for name, value in message.values.items()
    }
    return Message(message.code, **values)


def _printable(path: Path) -> str:
    """Return the path on one line, whatever its name holds."""
    return str(path) if str(path).isprintable() else ascii(str(path))
