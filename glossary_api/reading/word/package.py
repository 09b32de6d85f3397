"""The parts of a .docx: members of a zip, unpacked within limits and parsed without entities or network."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from glossary_api.errors import ReadError

MAX_PART_BYTES = 30_000_000
"""The largest part that is unpacked; the text of a real report takes less than 3 MB."""

MAX_RATIO = 200
"""The most that a part above FREE_BYTES may grow when unpacked; real ones grow 5 to 60 times."""

FREE_BYTES = 1_000_000
"""A part up to this size is unpacked whatever its ratio."""

MAX_TAGS = 1_000_000
"""The most tags of a part, counted before a tree is built of them; the text of a real report has fewer than 100,000."""

SIGNATURE = b"PK\x03\x04"
"""The first bytes of a zip with anything in it."""

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMESPACE}}}"
"""The prefix of a WordprocessingML name, as lxml writes it."""

_STRICT_NAMESPACE = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MAIN_PART = re.compile(r"word/document\d*\.xml")
_DAMAGED = "open-and-save-as-docx"

Element = Any
"""An lxml element; lxml ships no types."""


class Package:
    """An opened .docx, or another zip of XML parts. Every failure of the zip or XML library becomes a ReadError."""

    def __init__(self, data: bytes, kind: str = ".docx", remedy: str = _DAMAGED) -> None:
        self._kind, self._remedy = kind, remedy
        self._zip = opened(data)
        self._members = {info.filename: info for info in self._zip.infolist()}

    def main(self) -> Element:
        """Return the root of the part with the text."""
        root = self.part(self.main_name())
        if root is None or root.find(f"{W}body") is None:
            raise ReadError("is-docx-without-text", remedy=_DAMAGED)
        return root

    def main_name(self) -> str:
        """Return the name of the part with the text. Raises ReadError if there is none."""
        names = sorted(filter(_MAIN_PART.fullmatch, self._members), key=lambda name: (len(name), name))
        if not names:
            raise ReadError("is-docx-without-text", remedy=_DAMAGED)
        return names[0]

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return list(self._members)

    def part(self, name: str) -> Element | None:
        """Return the root of a part, or None if the package has none of this name."""
        data = self.content(name)
        return None if data is None else _parsed(data, name, self._kind, self._remedy)

    def content(self, name: str) -> bytes | None:
        """Return the bytes of a part, or None if the package has none of this name."""
        info = self._members.get(name)
        return None if info is None else self._unpacked(info)

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        """Return the bytes of a member; its header is not believed."""
        allowed = min(MAX_PART_BYTES, max(FREE_BYTES, info.compress_size * MAX_RATIO))
        try:
            with self._zip.open(info) as member:
                data = member.read(allowed + 1)
        except Exception as error:  # damaged members raise errors of zipfile, zlib, lzma, struct and others
            raise ReadError(
                "is-damaged-package", remedy=self._remedy, kind=self._kind, name=info.filename, why=str(error)
            ) from error
        if len(data) > allowed:
            raise ReadError("unpacks-to-more-than", remedy=self._remedy, limit=allowed, name=info.filename)
        return data


def opened(data: bytes) -> zipfile.ZipFile:
    """Return a zip file over bytes. Raises ReadError if it is damaged."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except Exception as error:  # damaged directories raise errors of zipfile, struct, unicode and others
        raise ReadError("is-damaged-zip-or-docx-file", remedy="fetch-or-save-it-again", why=error) from error


def is_docx(data: bytes) -> bool:
    """Return whether these bytes are a zip with a Word text in it. Raises ReadError if the zip is damaged."""
    return data.startswith(SIGNATURE) and any(map(_MAIN_PART.fullmatch, opened(data).namelist()))


def _parsed(data: bytes, name: str, kind: str, remedy: str) -> Element:
    from lxml import etree  # type: ignore[import-untyped]  # heavy: only when a .docx is read

    if data.count(b"<") > MAX_TAGS:
        raise ReadError("part-has-more-than-tags", remedy="name-one-report-per-file", count=MAX_TAGS, name=name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data.replace(_STRICT_NAMESPACE, NAMESPACE.encode()), parser)
    except (etree.LxmlError, ValueError) as error:
        raise ReadError("is-damaged-package", remedy=remedy, kind=kind, name=name, why=str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise ReadError("package-with-document-type", remedy=remedy, kind=kind, name=name)
    return root
