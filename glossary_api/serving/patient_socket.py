"""A socket that never keeps a thread waiting for a slow client, save one that sends more than may be kept for it."""

from __future__ import annotations

import errno
import os
import select
import socket
import threading
from collections import deque
from typing import Any

from glossary_api.serving.request_bytes import RequestBytes

MOST_AHEAD = 2**20
"""Bytes of an answer in pieces, such as an export, that are kept for a reader before its thread waits for it."""
STALL_SECONDS = 10
"""How long a thread waits for a reader that takes nothing."""
_PIECE = 2**16
_AT_ONCE = 2**20
_GO_AHEAD = b"HTTP/1.1 100 Continue\r\n\r\n"


class Budget:
    """The memory that all connections of a process may use together, and the threads that may wait for readers."""

    def __init__(self, size: int, waiting: int) -> None:
        self._lock = threading.Lock()
        self._left = size
        self.waiting = threading.BoundedSemaphore(waiting)

    def take(self, size: int) -> bool:
        """Take so many bytes of it; return whether there are as many."""
        with self._lock:
            if size > self._left:
                return False
            self._left -= size
            return True

    def give(self, size: int) -> None:
        """Give back what was taken."""
        with self._lock:
            self._left += size


class _InFile:
    """A part of a file that is sent; who gave the file may close it, and is held so that it counts as being sent."""

    def __init__(self, file: Any, start: int, count: int) -> None:
        self._given, self._file, self._start = file, os.dup(file.fileno()), start
        self.count = count
        """How many bytes of it are left."""

    def push(self, client: socket.socket) -> int:
        """Send as much as the kernel takes, but no more than others can wait for; return how much. Raises OSError."""
        try:
            sent = os.sendfile(client.fileno(), self._file, self._start, min(self.count, _AT_ONCE))
        except BlockingIOError:
            return 0
        if not sent:
            raise OSError(errno.EIO, "the file has become shorter")
        self._start += sent
        self.count -= sent
        return sent

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)


class PatientSocket:
    """A client's socket as gunicorn's threads see it: they read what has come already, and write without waiting.

    While a thread answers, only that thread uses it; at all other times only the loop does. `fill` and `flush` are the
    loop's.
    """

    def __init__(self, client: socket.socket, budget: Budget) -> None:
        client.setblocking(False)
        self._client = client
        self._budget = budget
        self._held = 0
        self._unsent: deque[memoryview | _InFile] = deque()
        self._ahead = 0
        """Bytes of answers that are kept for the reader in memory."""
        self.sent = 0
        """Bytes of answers that the reader has taken of what was kept, or stands in a file."""
        self._went_ahead = False
        self.request = RequestBytes()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def fill(self) -> bool:
        """Read what has come, and tell the client to go on if it waits for that; return False at its end.

        Raises OSError; MemoryError where nothing more may be kept.
        """
        data = self._client.recv(_PIECE)
        if not self._budget.take(len(data)):
            raise MemoryError
        self._held += len(data)
        self.request.data += data
        if not self.request.is_whole() and self.request.wants_go_ahead and not self._went_ahead:
            self._went_ahead = True
            self._client.send(_GO_AHEAD)
        return bool(data)

    def again(self, data: bytes) -> None:
        """Begin another request with the bytes that came behind the last one."""
        self.request, self._went_ahead = RequestBytes(data + self.request.data), False
        self._budget.give(self._held - len(self.request.data))
        self._held = len(self.request.data)

    def flush(self) -> bool:
        """Send what can be sent at once; return whether that was all. Raises OSError."""
        while self._unsent:
            piece = self._unsent[0]
            if isinstance(piece, _InFile):
                self.sent += piece.push(self._client)
                if piece.count:
                    return False
                piece.close()
            else:
                sent = self._push(piece)
                self.sent += sent
                self._account(-sent)
                if sent < len(piece):
                    self._unsent[0] = piece[sent:]
                    return False
            self._unsent.popleft()
        return True

    def discard(self) -> bool:
        """Throw away what has come; return False at its end. Raises OSError."""
        return bool(self._client.recv(_PIECE))

    def tell(self, data: bytes) -> None:
        """Send a last word, as far as the client takes it at once. Raises OSError."""
        self._client.send(data)

    def shut(self) -> None:
        """Close it and let go of what was kept for it."""
        for piece in self._unsent:
            if isinstance(piece, _InFile):
                piece.close()
        self._unsent.clear()
        self._budget.give(self._held + self._ahead)
        self._held = self._ahead = 0
        self._client.close()

    def recv(self, size: int, flags: int = 0) -> bytes:
        """Return what has come of the request; nothing behind its end, as if the client had closed."""
        data = bytes(self.request.data[:size])
        del self.request.data[:size]
        return data

    def send(self, data: bytes, flags: int = 0) -> int:
        """Send or keep all of it; a second `100 Continue` is left out."""
        if not (data == _GO_AHEAD and self._went_ahead):
            self.sendall(data)
        return len(data)

    def sendall(self, data: bytes, flags: int = 0) -> None:
        """Send what the client takes at once and keep the rest.

        Raises OSError where a reader takes nothing for too long, or where too many are waited for already.
        """
        if self._ahead > MOST_AHEAD:
            self._wait_for_reader()
        rest = memoryview(data)
        if not self._unsent:
            rest = rest[self._push(rest) :]
        if rest:
            if not self._budget.take(len(rest)):
                raise OSError(errno.EPIPE, "too much is kept for slow readers")
            self._ahead += len(rest)
            self._unsent.append(memoryview(bytes(rest)))

    def sendfile(self, file: Any, offset: int, count: int) -> int:
        """Send or keep a part of a file, which takes no memory: what is not sent at once is read when it is."""
        self._unsent.append(_InFile(file, offset, count))
        self.flush()
        return count

    def setblocking(self, flag: bool) -> None:
        """Do nothing: it never blocks."""

    def settimeout(self, seconds: float | None) -> None:
        """Do nothing: it never blocks."""

    def gettimeout(self) -> float | None:
        """Return that it never blocks."""
        return 0.0

    def _wait_for_reader(self) -> None:
        if not self._budget.waiting.acquire(blocking=False):
            raise OSError(errno.EPIPE, "too many readers are slow")
        try:
            while self._ahead > MOST_AHEAD:
                poller = select.poll()
                poller.register(self._client, select.POLLOUT)
                if not poller.poll(1000 * STALL_SECONDS):
                    raise OSError(errno.EPIPE, "the reader takes nothing")
                self.flush()
        finally:
            self._budget.waiting.release()

    def _push(self, data: memoryview) -> int:
        """Send as much as the kernel takes, and return how much that was."""
        done = 0
        while done < len(data):
            try:
                done += self._client.send(data[done:])
            except BlockingIOError:
                break
        return done

    def _account(self, change: int) -> None:
        self._ahead += change
        self._budget.give(-change)
