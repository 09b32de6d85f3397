"""Find the one reader that knows a file, by what the file holds and never by its suffix."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from glossary_api.errors import ReadError, WrongFormat
from glossary_api.model.messages import Message
from glossary_api.model.things import Document, Failure
from glossary_api.reading.archives import Member, is_archive, members
from glossary_api.reading.datasets import DataSet, numbered, read_data_set, read_sheets, refuse_json, with_notes
from glossary_api.reading.docx import read_docx
from glossary_api.reading.drawn import undrawn
from glossary_api.reading.foreign import FOREIGN_TEXTS, refuse_foreign
from glossary_api.reading.html import looks_like_html, read_html
from glossary_api.reading.joining import NOTES_HEADING
from glossary_api.reading.line_ends import mended, without_page_numbers
from glossary_api.reading.markdown import looks_like_markdown, printed_of, read_markdown
from glossary_api.reading.ofd import is_ofd, read_ofd
from glossary_api.reading.office import OFFICE_KINDS, OfficeKind, converted, converted_together, office_kind
from glossary_api.reading.page_feet import without_feet
from glossary_api.reading.pdf import is_pdf, read_pdf
from glossary_api.reading.plain_text import read_text
from glossary_api.reading.tally import Tally
from glossary_api.reading.typed import as_typed
from glossary_api.reading.web_archive import is_letter, is_mime, mime_parts, read_mime
from glossary_api.reading.wikitext import looks_like_wikitext, read_wikitext
from glossary_api.reading.word.package import is_docx
from glossary_api.reading.workbooks import is_parquet, is_workbook, read_workbook

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
    read: Callable[[bytes, Tally], str]
    """The text of such a file, what it leaves out counted; raises ReadError without a place."""


FORMATS = (
    FileFormat("docx", is_docx, read_docx),
    *(FileFormat(kind.name, kind.recognises, read_docx) for kind in OFFICE_KINDS if kind.becomes == "docx"),
    FileFormat("ofd", is_ofd, read_ofd),
    FileFormat("pdf", is_pdf, read_pdf),
    FileFormat("mht", is_mime, read_mime),
    FileFormat("html", looks_like_html, read_html),
    FileFormat("wikitext", looks_like_wikitext, read_wikitext),
    FileFormat("markdown", looks_like_markdown, read_markdown),
    FileFormat("text", lambda data: True, lambda data, tally: _plain_text(data, tally)),
)
"""In the order in which they are asked; text stands last, since it is known by nothing but what it is not."""


_WRITTEN = ("html", "wikitext", "markdown", "text")
"""The formats that a data set may be taken for."""


_LOCK, _LARGEST_LOCK = re.compile(r"(?:^|[/\\!])(?:~\$|\.~lock\.)[^/\\!]*$"), 1000
"""What Word and LibreOffice lay beside a document that is open, ~$report.docx: it has the name of who opened it."""
_FOLDERS = 2
"""How many of the folders that a file lies in go with its text: they may say whose report it is."""


@dataclass(frozen=True, slots=True)
class Request:
    """The way in which files are to be read."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """What a person says of the columns of data sets: field and column."""
    programs: bool = True
    """Whether other programs may be run on a file: LibreOffice."""
    ready: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """What LibreOffice has made of files already, by the SHA-256 of each (`with_ready`)."""


AS_IT_STANDS = Request()
"""Nothing is said of columns, and every program may be run."""


def with_ready(request: Request, paths: Sequence[Path]) -> Request:
    """Return the request with what LibreOffice makes of those of some files that need it, started once for each kind.

    A file that cannot be read or converted is left to `read_all`, which says why.
    """
    found: defaultdict[OfficeKind, list[bytes]] = defaultdict(list)
    for path in paths if request.programs else ():
        with suppress(ReadError):
            data = _bytes(path)
            if kind := office_kind(data):
                found[kind].append(data)
    ready: dict[str, bytes] = {}
    for kind, files in found.items():
        made = converted_together(files, kind) if len(files) > 1 else ()
        ready |= {hashlib.sha256(data).hexdigest(): one for data, one in zip(files, made, strict=False) if one}
    return replace(request, ready=ready) if ready else request


def read(path: Path, request: Request = AS_IT_STANDS) -> Document:
    """Read one file with the one reader that knows it.

    Raises ReadError, in one line with the place and the remedy, for whatever keeps it from being read, and for a data
    set of several records or an archive of several files.
    """
    try:
        return _only(list(read_all(path, request)))
    except _Several as error:
        raise ReadError(error.message, place=printable_path(path), remedy=error.remedy or "") from None


def read_all(path: Path, request: Request = AS_IT_STANDS) -> Iterator[Document | Failure]:
    """Read every document of a file: one, as many as a data set has records, or as many as an archive has files.

    What in an archive is not read comes as a Failure. Raises ReadError, in one line with the place and the remedy, for
    whatever keeps the file itself from being read.
    """
    name = printable_name(path.name)
    folders = [printable_name(part) for part in path.absolute().parent.parts[1:]]
    try:
        for found in documents_of(_bytes(path), name, request):
            if isinstance(found, Document):
                inner = [folder for folder in found.folder.split("/") if folder]
                yield replace(found, folder="/".join([*folders, *inner][-_FOLDERS:]))
            else:
                yield Failure(f"{printable_path(path)}{found.path.removeprefix(name)}", _on_one_line(found.message))
    except ReadError as error:
        raise type(error)(
            _on_one_line(error.message), place=printable_path(path), remedy=error.remedy or ""
        ) from error.__cause__


def read_bytes(data: bytes, name: str, request: Request = AS_IT_STANDS) -> Document:
    """Read the bytes of a file that goes by a name. Raises WrongFormat and ReadError without a place."""
    return _only(list(documents_of(data, name, request)))


class _Several(ReadError):
    """A file holds more than one document."""


def _only(found: Sequence[Document | Failure]) -> Document:
    documents = [one for one in found if isinstance(one, Document)]
    if len(documents) == 1:
        return documents[0]
    if not documents:
        raise _Several("holds-no-report-that-can-be-read", remedy="unpack-it-and-name-report-in-it", why=_first(found))
    code = "holds-files-not-one-report" if documents[0].container else "holds-records-not-one-report"
    raise _Several(code, remedy="harvest-or-name-one", count=len(documents))


def _first(found: Sequence[Document | Failure]) -> Message:
    return next((one.message for one in found if isinstance(one, Failure)), Message("is-empty"))


def documents_of(data: bytes, name: str, request: Request = AS_IT_STANDS) -> Iterator[Document | Failure]:
    """Yield the documents in the bytes of a file, and a Failure for what in an archive is not read.

    Raises WrongFormat and ReadError without a place.
    """
    if not data:
        raise ReadError("is-empty", remedy="fetch-or-save-it-again")
    refuse_foreign(data)
    if _LOCK.search(name) and len(data) < _LARGEST_LOCK:
        raise WrongFormat("is-lock-of-an-open-document", remedy="close-document-or-leave-it-out")
    if not _is_packed(data):
        yield from _documents(data, name, request)
        return
    packed = list(packed_in(data, name))
    if not packed:
        raise ReadError("holds-no-files", remedy="check-that-it-holds-reports")
    for member in packed:
        yield from _of_member(member, name, request)


def _of_member(member: Member, container: str, request: Request) -> Iterator[Document | Failure]:
    """Yield what a file in an archive holds: an archive in an archive is opened, and one in that one is not."""
    name = f"{container}!{_plain(member.name)}"
    folder = "/".join([*(PurePosixPath(part).stem for part in container.split("!")), *member.name.split("/")[:-1]])
    try:
        if member.refusal:
            raise member.refusal
        if "!" in container and member.data and _is_packed(member.data):
            raise ReadError("is-archive-in-archive-in-archive", remedy="unpack-it-and-name-report-in-it")
        for found in documents_of(member.data, name, request):
            if isinstance(found, Document) and not found.container:
                found = replace(found, folder=folder, container=container)
            yield found
    except ReadError as error:
        yield Failure(name, error.advice)


def packed_in(data: bytes, name: str) -> Iterator[Member]:
    """Yield the files that an archive or a letter holds. Raises ReadError for a damaged one."""
    if is_letter(data):
        yield from (Member(own or "text", content) for own, content in mime_parts(data))
    else:
        yield from members(data, name)


def _is_packed(data: bytes) -> bool:
    """Tell whether a file is an archive, or a letter with files, and no document that is packed as an archive."""
    if is_mime(data):
        return is_letter(data)
    return is_archive(data) and not (is_docx(data) or is_workbook(data) or is_ofd(data) or office_kind(data))


def _documents(data: bytes, name: str, request: Request) -> Iterator[Document]:
    """Yield the one document of a file, or those of its records."""
    tally = Tally()
    known = recognise(data)
    found = _table(data, known, request, tally)
    if isinstance(found, DataSet):
        yield from _records(found, name)
        return
    if found is not None:
        format_, text = "xlsx", found
    else:
        format_, text = known.name, known.read(_converted(data, office_kind(data), request), tally)
    _check_extent(text)
    yield Document(
        name,
        text,
        hashlib.sha256(data).hexdigest(),
        format_,
        left_out=tally.left_out(),
        unread=tally.unread(text),
        ocr=tuple(tally.recognised),
        bare_pages=tuple(tally.bare_pages),
        record=tuple(sorted(tally.said.items())),
    )


def _table(data: bytes, known: FileFormat, request: Request, tally: Tally) -> DataSet | str | None:
    """Return the data set that a file is, or the text of a workbook that is none; None for any other file."""
    kind = office_kind(data)
    if kind and kind.becomes == "xlsx":
        data = _converted(data, kind, request)
    if is_workbook(data):
        return read_sheets(read_workbook(data, tally), request.columns, tally)
    # The bytes of a zip or a .pdf may look like a table by chance; cells may hold pieces of web pages.
    if is_parquet(data) or (kind is None and known.name in _WRITTEN):
        return read_data_set(data, request.columns)
    return None


def _converted(data: bytes, kind: OfficeKind | None, request: Request) -> bytes:
    """Return the file as LibreOffice converts it, where it is of a kind that needs this."""
    if kind and not request.programs:
        raise WrongFormat("is-of-kind-that-is-not-read-here", remedy="save-it-as-docx")
    if kind is None:
        return data
    return request.ready.get(hashlib.sha256(data).hexdigest()) or converted(data, kind)


def _records(found: DataSet, name: str) -> Iterator[Document]:
    """Yield a document for each record that has a text; a text that is a piece of a web page is read as one."""
    if not found.records:
        raise ReadError("has-no-record-with-text", remedy="check-that-it-holds-reports")
    for one, record in zip(numbered(name, len(found.records)), found.records, strict=True):
        tally = Tally()
        text = with_notes(_piece(record.text, tally), _piece(record.notes, tally))
        _check_extent(text)
        left_out = (*tally.left_out(), *record.left_out)
        source = with_notes(record.text, record.notes).encode("utf-8", "surrogatepass")
        digest = hashlib.sha256(source).hexdigest()
        unread = (*tally.unread(text), *record.unread)
        yield Document(one, mended(text), digest, found.format, record=record.said, left_out=left_out, unread=unread)


def _piece(text: str, tally: Tally) -> str:
    """Return a text, or what is printed of it if it is a piece of a web page or in Markdown."""
    source = text.encode("utf-8", "surrogatepass")
    if looks_like_html(source):
        return read_html(source, tally)
    return printed_of(text, tally) if looks_like_markdown(source) else text


def recognise(data: bytes) -> FileFormat:
    """Return the format of a file with these bytes.

    Raises WrongFormat for a kind that is not read, ReadError for a damaged zip.
    """
    refuse_foreign(data)
    return next(known for known in FORMATS if known.recognises(data))


def _plain_text(data: bytes, tally: Tally) -> str:
    refuse_foreign(data, FOREIGN_TEXTS)
    text = read_text(data)
    refuse_json(text)
    text, notes = without_feet(as_typed(text), tally)
    text = without_page_numbers(mended(undrawn(text)), tally)
    return "\n".join([text, NOTES_HEADING, *notes]) if notes else text


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
        name: _on_one_line(value) if isinstance(value, Message) else _plain(value) if isinstance(value, str) else value
        for name, value in message.values.items()
    }
    return Message(message.code, **values)


def _plain(text: str) -> str:
    """Return a text without line ends and control characters."""
    return "".join(character if character.isprintable() else " " for character in text)


def printable_name(name: str) -> str:
    """Return the name of a file or folder as documents have it; it need not be UTF-8."""
    return os.fsencode(name).decode("utf-8", "replace")


def printable_path(path: Path) -> str:
    """Return the path on one line, whatever its name holds."""
    return str(path) if str(path).isprintable() else ascii(str(path))
