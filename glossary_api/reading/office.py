"""Files of word processors and their kin (.doc, .wps, .rtf, .odt), which LibreOffice turns into a .docx.

A .docx keeps what the file has of tables, notes, boxes and numbering, so that one reader prints them all. Nothing in a
file is run or fetched: macros are off, and links to elsewhere are not followed.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from glossary_api.errors import ReadError, WrongFormat
from glossary_api.reading.word.package import SIGNATURE

SECONDS = 90
"""How long LibreOffice may take for one file; real reports take two."""

MEMORY_BYTES = 6_000_000_000
"""How much address space it may take; an empty file takes 1.5 GB of it, and of memory 200 MB."""

MAX_OUTPUT_BYTES = 100_000_000
"""The largest .docx that it may write."""

INSTALL = "install-libreoffice"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML = re.compile(rb"(?s:.{0,2000}?)(?:<\?mso-application progid=\"Word|<w:wordDocument)")
_PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
# Macros never run, no link to elsewhere is followed, and no file asks anything.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
</item>
</oor:items>
"""


@dataclass(frozen=True, slots=True)
class OfficeKind:
    """A kind of file that LibreOffice reads for us."""

    name: str
    """As in `Document.format`."""
    recognises: Callable[[bytes], bool]
    filter: str
    """The part of LibreOffice that must read it: left to itself, it takes what is damaged for plain text."""
    becomes: str = "docx"
    """The suffix of what LibreOffice makes of it."""


def _has_stream(*names: str) -> Callable[[bytes], bool]:
    """Tell whether a file is a compound file of the old Office with a stream of one of these names."""
    written = [name.encode("utf-16-le") for name in names]
    return lambda data: data.startswith(_OLE) and any(name in data for name in written)


def _says(kind: str) -> Callable[[bytes], bool]:
    """Tell whether a file is a zip whose first member says that it is an OpenDocument file of this kind."""
    return lambda data: (
        data.startswith(SIGNATURE) and f"application/vnd.oasis.opendocument.{kind}".encode() in data[:200]
    )


OFFICE_KINDS = (
    OfficeKind("doc", _has_stream("WordDocument"), "MS Word 97"),
    OfficeKind("rtf", lambda data: data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"), "Rich Text Format"),
    OfficeKind("odt", _says("text"), "writer8"),
    OfficeKind("xml", lambda data: _XML.match(data) is not None, "MS Word 2003 XML"),
    OfficeKind("xls", _has_stream("Workbook", "Book"), "MS Excel 97", "xlsx"),
    OfficeKind("ods", _says("spreadsheet"), "calc8", "xlsx"),
)
"""In the order in which they are asked."""


def office_kind(data: bytes) -> OfficeKind | None:
    """Return the kind of which a file with these bytes is; None if LibreOffice is not needed for it."""
    return next((kind for kind in OFFICE_KINDS if kind.recognises(data)), None)


def is_there() -> bool:
    """Return whether LibreOffice is installed."""
    return program() is not None


def converted(data: bytes, kind: OfficeKind) -> bytes:
    """Return the .docx or .xlsx that LibreOffice makes of a file.

    Raises ReadError where LibreOffice is not installed, takes too long, or cannot open the file.
    """
    found, in_time = _made([data], kind)
    if not in_time and found[0] is None:
        raise ReadError("takes-libreoffice-more-than-seconds", remedy="open-in-word-and-save-as-docx", count=SECONDS)
    if found[0] is None:
        raise ReadError("cannot-be-opened-by-libreoffice", remedy="open-in-word-and-save-as-docx")
    return found[0]


def converted_together(files: Sequence[bytes], kind: OfficeKind) -> list[bytes | None]:
    """Return what LibreOffice makes of several files of a kind when it is started once, None for what it leaves undone.

    It takes two seconds to start and some tenths for a file. What it leaves undone `converted` says the reason for.
    """
    return _made(files, kind)[0] if files and is_there() else [None] * len(files)


def _made(files: Sequence[bytes], kind: OfficeKind) -> tuple[list[bytes | None], bool]:
    """Return what LibreOffice makes of each file, and whether it came to an end in time."""
    office = program()
    if office is None:
        raise WrongFormat("libreoffice-is-not-installed", remedy=INSTALL)
    with tempfile.TemporaryDirectory(prefix="glossary-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        sources = [folder / f"{number}.{kind.name}" for number, _ in enumerate(files)]
        for source, data in zip(sources, files, strict=True):
            source.write_bytes(data)
        in_time = _run([office, f"--infilter={kind.filter}", "--convert-to", kind.becomes], folder, sources)
        made = [folder / "made" / f"{source.stem}.{kind.becomes}" for source in sources]
        return [path.read_bytes() if path.is_file() else None for path in made], in_time


def _run(program: Sequence[str], folder: Path, sources: Sequence[Path]) -> bool:
    """Let LibreOffice convert files within limits of time, memory and output, and end all that it started.

    Return whether it ended by itself.
    """
    command = [*program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--outdir", str(folder / "made"), *map(str, sources)]
    limits = f"ulimit -v {MEMORY_BYTES // 1024}; ulimit -t {SECONDS}; ulimit -f {MAX_OUTPUT_BYTES // 512}"
    process = subprocess.Popen(
        ["/bin/sh", "-c", f'({limits}) 2>/dev/null && {limits}; exec "$@"', "sh", *command],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and every process of its session."""
    with contextlib.suppress(ProcessLookupError):  # all of them may have ended by themselves
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def program() -> str | None:
    """Return the path of LibreOffice; None where it is not installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
