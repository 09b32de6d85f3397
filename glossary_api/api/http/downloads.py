"""Make a file once for all who want it, and have the server send it as each of them takes it.

A file of an edition never changes. Were it made while it is sent, a slow reader would keep a thread for as long, or be
cut off, come again and have it made anew: some hundred of them would stop the server.
"""

from __future__ import annotations

import logging
import os
import tempfile
import threading
import weakref
from collections import deque
from collections.abc import Iterable, Iterator
from typing import IO, Any, cast

from werkzeug.wsgi import ClosingIterator, wrap_file

from glossary_api.api.http.answers import EDITION
from glossary_api.api.http.refusals import TooManyFiles
from glossary_api.store.edition import Edition

Answer = tuple[str, list[tuple[str, str]], Iterable[bytes]]
"""Status line, headers and body."""

_log = logging.getLogger(__name__)

MOST_BYTES = 512 * 2**20
"""How much the files of an edition take on the disk before no other is made; those count that are still being sent."""
_AT_HAND = 16
"""How many files, the last ones made, are kept for those who want them later."""
_AWAITED = 3
"""How many requests may wait for files that are not there, one of which is made at a time: each keeps a thread."""


class OpenFile:
    """An open file, which is closed as soon as nobody has it any more."""

    def __init__(self, file: IO[bytes]) -> None:
        self.fileno = file.fileno
        self.size = os.fstat(file.fileno()).st_size
        weakref.finalize(self, file.close)

    def part(self, environ: dict[str, Any], start: int, end: int) -> Iterable[bytes]:
        """Return the body of an answer: a part of the file. Those who share one may read it from the same place only.

        Servers that send files by themselves begin where the file stands, and leave it there.
        """
        os.lseek(self.fileno(), start, os.SEEK_SET)
        return wrap_file(environ, cast("IO[bytes]", _Part(self, start, end)))


class _Part:
    """A part of a file, which any number may read."""

    def __init__(self, file: OpenFile, start: int, end: int) -> None:
        self._file, self._start, self._end = file, start, end

    def fileno(self) -> int:
        """Return the number of the file."""
        return self._file.fileno()

    def read(self, size: int) -> bytes:
        """Return the bytes that come next, none at the end."""
        piece = os.pread(self.fileno(), min(size, self._end - self._start), self._start)
        self._start += len(piece)
        return piece


class Downloads:
    """Has the files that were made of an edition; to be had from `Edition.once`, so that they go with it.

    They have no name on the disk, so that nothing is left of them when a process is killed.
    """

    def __init__(self, edition: Edition) -> None:
        """Take an edition, as `Edition.once` gives it; nothing of it is read or held."""
        self._there: weakref.WeakValueDictionary[str, OpenFile] = weakref.WeakValueDictionary()
        self._at_hand: deque[OpenFile] = deque(maxlen=_AT_HAND)
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(_AWAITED)

    def file(self, name: str, pieces: Iterable[bytes]) -> OpenFile:
        """Return the file of a name, made of the pieces unless it is there. Raises TooManyFiles."""
        known = self._there.get(name)
        if known is not None:
            return known
        if not self._places.acquire(blocking=False):
            raise TooManyFiles
        try:
            with self._lock:
                return self._there.get(name) or self._made(name, pieces)
        finally:
            self._places.release()

    def _made(self, name: str, pieces: Iterable[bytes]) -> OpenFile:
        while sum(file.size for file in self._there.values()) > MOST_BYTES:
            if not self._at_hand:
                raise TooManyFiles
            self._at_hand.popleft()
        written = tempfile.TemporaryFile()  # noqa: SIM115  # closed by OpenFile
        try:
            written.writelines(pieces)
            written.flush()
        except BaseException:
            written.close()
            raise
        made = self._there[name] = OpenFile(written)
        self._at_hand.append(made)
        return made


def begun(environ: dict[str, Any], answer: Answer, id_: str) -> Answer:
    """Return a streamed answer with its body in a file if it has an ETag, else with its first piece made.

    What fails in the making can still be said. `id_` is that of the request, for the log.
    """
    status, headers, body = answer
    etag = dict(headers).get("ETag")
    if status == "200 OK" and etag is not None:
        file = environ[EDITION].once(Downloads).file(etag, body)
        getattr(body, "close", int)()
        return status, [*headers, ("Content-Length", str(file.size))], file.part(environ, 0, file.size)
    pieces = iter(body)
    first = next(pieces, b"")
    rest = _rest(first, pieces, environ["PATH_INFO"], id_)
    return status, headers, ClosingIterator(rest, getattr(body, "close", None))


def _rest(first: bytes, pieces: Iterator[bytes], path: str, id_: str) -> Iterator[bytes]:
    """Yield a body; what fails within breaks the connection off, which says that it is not whole, and is logged."""
    try:
        yield first
        yield from pieces
    except Exception:
        printed = path.encode("latin-1").decode("utf-8", "replace")
        _log.exception("%s %s was broken off", id_, printed, extra={"request_id": id_})
        raise
