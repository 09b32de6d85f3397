"""Archives (.zip, .tar, .gz and kin): the files in them, within limits, and nothing ever written to disk."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from glossary_api.errors import ReadError
from glossary_api.reading.word.package import FREE_BYTES, MAX_RATIO, SIGNATURE, opened

MAX_MEMBERS = 2_000
"""The most files of an archive."""

MAX_MEMBER_BYTES = 50_000_000
"""The largest file in an archive that is read."""

MAX_TOTAL_BYTES = 300_000_000
"""How much an archive may unpack to."""

_DIVIDE = "unpack-it-and-name-reports-in-it"
_DAMAGED = "fetch-again-or-unpack-it"
_PACKED = ((b"\x1f\x8b\x08", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ\0", lzma.open))
_EMPTY_ZIP = b"PK\x05\x06"
_OWN = re.compile(r"(?:^|/)(?:\.[^/]*|__MACOSX/.*|Thumbs\.db|desktop\.ini)$", re.IGNORECASE)
"""What systems put into archives for themselves, and hidden files."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its bytes, or why they cannot be had."""

    name: str
    """With its folders, parted by `/`."""
    data: bytes = b""
    refusal: ReadError | None = None


def is_archive(data: bytes) -> bool:
    """Return whether these bytes are an archive; of a zip that is a document of its own kind, others must say so."""
    return data.startswith((SIGNATURE, _EMPTY_ZIP, *(mark for mark, _ in _PACKED))) or _is_tar(data)


def members(data: bytes, name: str) -> Iterator[Member]:
    """Yield the files of an archive of this name, sorted by theirs.

    Raises ReadError when the archive is damaged, or unpacks to more than the limits allow.
    """
    try:
        if data.startswith((SIGNATURE, _EMPTY_ZIP)):
            yield from _of_zip(data)
            return
        for mark, library in _PACKED:
            if data.startswith(mark):
                with library(io.BytesIO(data)) as file:
                    data = _limited(file.read(_allowed(len(data), MAX_TOTAL_BYTES) + 1), len(data), MAX_TOTAL_BYTES)
                if not _is_tar(data):
                    yield Member(PurePosixPath(name).stem or name, data)
                    return
        yield from _of_tar(data)
    except (OSError, EOFError, lzma.LZMAError, zlib.error, tarfile.TarError, ValueError) as error:
        raise ReadError("is-damaged-archive", remedy=_DAMAGED, why=error) from error


def _is_tar(data: bytes) -> bool:
    return data[257:262] == b"ustar"


def _of_zip(data: bytes) -> Iterator[Member]:
    with opened(data) as package:
        named = {_decoded(info): info for info in package.infolist() if not info.is_dir()}
        files = [(name, named[name]) for name in sorted(named) if not _OWN.search(name)]
        _check_count(len(files), sum(info.file_size for _, info in files))
        for name, info in files:
            try:
                yield Member(name, _unpacked(package, info, name))
            except ReadError as error:
                yield Member(name, refusal=error)


def _unpacked(package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    _check_path(name)
    if info.flag_bits & 1:
        raise ReadError("is-locked-with-password", remedy="unpack-archive-and-name-report")
    try:
        with package.open(info) as member:
            return _limited(member.read(_allowed(info.compress_size) + 1), info.compress_size)
    except Exception as error:  # damaged members raise errors of zipfile, zlib, lzma, struct and others
        raise ReadError("is-damaged-in-its-archive", remedy=_DAMAGED, why=error) from error


def _of_tar(data: bytes) -> Iterator[Member]:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as package:
        entries: list[tarfile.TarInfo] = []
        for entry in package:
            if not entry.isdir() and not _OWN.search(entry.name):
                entries.append(entry)
                _check_count(len(entries), 0)
        for entry in sorted(entries, key=lambda entry: entry.name):
            yield _tar_member(package, entry)


def _tar_member(package: tarfile.TarFile, entry: tarfile.TarInfo) -> Member:
    try:
        _check_path(entry.name)
        file = package.extractfile(entry) if entry.isreg() else None
        if file is None:
            raise ReadError("is-link-or-device-no-file", remedy="put-file-itself-into-archive")
        return Member(entry.name, _limited(file.read(MAX_MEMBER_BYTES + 1), MAX_MEMBER_BYTES))
    except ReadError as error:
        return Member(entry.name, refusal=error)


def _decoded(info: zipfile.ZipInfo) -> str:
    """Return the name of a member: what names no encoding is UTF-8 if it can be, else GB18030, as Windows writes it."""
    if info.flag_bits & 0x800:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return info.filename


def _check_path(name: str) -> None:
    if name.startswith("/") or ".." in PurePosixPath(name).parts or "\0" in name:
        raise ReadError("has-name-that-leads-out", remedy="unpack-it-only-if-trusted")


def _check_count(count: int, total: int) -> None:
    if count > MAX_MEMBERS:
        raise ReadError("is-archive-of-more-than-files", remedy=_DIVIDE, count=MAX_MEMBERS)
    if total > MAX_TOTAL_BYTES:
        raise ReadError("unpacks-to-more-than-bytes", remedy=_DIVIDE, count=MAX_TOTAL_BYTES)


def _allowed(packed: int, most: int = MAX_MEMBER_BYTES) -> int:
    return min(most, max(FREE_BYTES, packed * MAX_RATIO))


def _limited(data: bytes, packed: int, most: int = MAX_MEMBER_BYTES) -> bytes:
    """Return the bytes as they are. Raises ReadError when there are more than their packed size allows."""
    if len(data) > (allowed := _allowed(packed, most)):
        raise ReadError("unpacks-to-more-than-its-size-allows", remedy=_DIVIDE, count=allowed)
    return data
