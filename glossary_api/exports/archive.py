"""A zip archive written as a stream, the same bytes for the same members whenever and wherever it is written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip archive knows, for all members: an edition has no date."""
_READABLE = 0o644 << 16
_UNIX = 3
_ENOUGH = 64 * 1024


class Archive:
    """An archive whose bytes are taken away while it is written; `end` completes it."""

    def __init__(self, comment: str = "") -> None:
        """Begin an archive; `comment` is what it says of itself."""
        self._sink = _Sink()
        self._zip = zipfile.ZipFile(self._sink, "w", zipfile.ZIP_DEFLATED)
        self._zip.comment = comment.encode()

    @contextmanager
    def member(self, name: str) -> Iterator[IO[bytes]]:
        """Yield a file of the archive, to write to; one at a time."""
        about = zipfile.ZipInfo(name, _BEGINNING)
        about.compress_type, about.external_attr, about.create_system = zipfile.ZIP_DEFLATED, _READABLE, _UNIX
        with self._zip.open(about, "w", force_zip64=False) as file:
            yield file

    def add(self, name: str, content: bytes) -> None:
        """Add a file to the archive."""
        with self.member(name) as file:
            file.write(content)

    def taken(self) -> Iterator[bytes]:
        """Yield what has been written since it was last taken, if that is worth a piece."""
        if len(self._sink.written) >= _ENOUGH:
            yield self._sink.take()

    def end(self) -> bytes:
        """Return the rest, with the list of members."""
        self._zip.close()
        return self._sink.take()


class _Sink(io.RawIOBase):
    """A file that cannot seek, so that the archive never goes back to what has been taken away."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]  # whatever is a buffer
        self.written += piece
        return len(piece)

    def take(self) -> bytes:
        taken = bytes(self.written)
        self.written.clear()
        return taken
