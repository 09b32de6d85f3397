"""A gunicorn worker that slow clients cannot hold: threads get whole requests, and the loop sends what is not taken.

gunicorn's own thread worker gives a thread to each connection from its first byte on, so that as many clients as it has
threads stop it by sending a byte a second. Here one loop gathers requests and sends answers, for all connections at
once, and closes those that take too long.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import selectors
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from glossary_api.errors import TookTooLong
from glossary_api.serving.patient_socket import Budget, PatientSocket

HEAD_SECONDS = 10
"""How long request line and headers may take."""
BODY_SECONDS = 20
"""How long a body may take, besides what it may at the slowest pace."""
SLOWEST = 10_000
"""Bytes a second below which a body or the reading of an answer is given up in the end."""
READ_SECONDS = 30
"""How long a client may take nothing of an answer."""
LINGER_SECONDS = 2
"""How long bytes of a refused request are thrown away, so that the client reads the refusal before it is cut off."""
MEMORY = 256 * 2**20
"""Bytes of requests and answers that a process keeps for its clients."""
PROCESSOR_SECONDS = 30
"""How long a request may keep a processor busy; a million characters to annotate take two."""
_NO_SNIFFING = b"X-Content-Type-Options: nosniff\r\n"
_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n" + _NO_SNIFFING + b"Content-Length: 0\r\n\r\n"
_SWEEP_SECONDS = 0.25


class _Refusing:
    """A socket for the answers that gunicorn gives by itself, to what is no request."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def sendall(self, data: bytes) -> None:
        """Send an answer, and say that it is what it says."""
        self._client.sendall(data.replace(b"\r\n", b"\r\n" + _NO_SNIFFING, 1))


class Connection(TConn):  # type: ignore[misc]  # gunicorn ships no types
    """A connection, and what it waits for."""

    def __init__(self, cfg: Any, client: socket.socket, address: Any, server: Any, budget: Budget) -> None:
        super().__init__(cfg, client, address, server)
        self.sock = PatientSocket(client, budget)
        self.data_ready = True  # else a thread would wait for it
        self.stays = False
        """Whether another request may come behind the one that is answered."""
        self.awaits: Callable[[Connection], None] | None = None
        """What the loop does when it is ready."""
        self.begun = time.monotonic()
        """When it was accepted, or the first byte of this request came."""

    def idles(self) -> bool:
        """Return whether nothing of a request has come."""
        return not self.sock.request.data


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """Threads that answer, and a loop that reads and writes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.budget = Budget(MEMORY, max(self.cfg.threads // 2, 1))
        self.waiting: set[Connection] = set()
        """Connections that are in the poller."""
        self._swept = 0.0
        self._watch = threading.Lock()
        self._answering: dict[int, float] = {}
        """For each thread that answers, how much time of a processor it may have had by then."""

    def accept(self, listener: Any) -> None:
        """Take a connection; where there are as many as there may be, the one that has waited longest gives way."""
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self._make_room()
            return
        connection = Connection(self.cfg, client, address, listener.getsockname(), self.budget)
        self.nr_conns += 1
        if self.nr_conns >= self.worker_connections - 1:
            self._make_room()
        self._wait(connection, time.monotonic() + HEAD_SECONDS, self._read)
        self._read(connection)  # mostly the request is there already

    def handle(self, conn: Connection) -> Any:
        """Answer a request in a thread, which may not keep a processor busy for ever."""
        thread = threading.get_ident()
        with self._watch:
            self._answering[thread] = _busy(thread) + PROCESSOR_SECONDS
        try:
            return super().handle(conn)
        finally:
            try:
                with self._watch:
                    self._answering.pop(thread, None)
            except TookTooLong:  # it comes too late, when all is answered
                pass

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Any) -> None:
        """Refuse what is no request."""
        super().handle_error(req, _Refusing(client), addr, exc)

    def finish_request(self, connection: Connection, answered: Future[bool]) -> None:
        """Send the rest of an answer."""
        connection.stays = not answered.cancelled() and answered.exception() is None and answered.result()
        self._wait(connection, time.monotonic() + READ_SECONDS, self._write, selectors.EVENT_WRITE)
        self._write(connection)

    def murder_keepalived(self, force: bool = False) -> None:
        """Close what has waited too long."""
        now = time.monotonic()
        if force or now - self._swept > _SWEEP_SECONDS:
            self._swept = now
            for connection in [one for one in self.waiting if force or one.timeout < now]:
                self._give_up(connection)
            self._stop_the_endless()

    def _stop_the_endless(self) -> None:
        """Raise TookTooLong in threads that have been busy too long; again where that is caught."""
        with self._watch:
            for thread, until in self._answering.items():
                if _busy(thread) > until:
                    self._answering[thread] = until + PROCESSOR_SECONDS
                    _raise_in(thread, TookTooLong)

    def _cap_keepalive(self, deadline: float) -> None:
        for connection in self.waiting:
            connection.timeout = min(connection.timeout, deadline)

    def _read(self, connection: Connection) -> None:
        idle = connection.idles()
        try:
            goes_on = connection.sock.fill()
        except BlockingIOError:
            return
        except (OSError, MemoryError):
            goes_on = False
        if not goes_on:
            self._drop(connection)
        elif connection.sock.request.is_whole():
            self._leave(connection)
            self.enqueue_req(connection)
        else:
            if idle:
                connection.begun = time.monotonic()
            seconds: float = BODY_SECONDS if connection.sock.request.has_head else 0
            seconds += HEAD_SECONDS + connection.sock.request.expected / SLOWEST
            connection.timeout = connection.begun + seconds

    def _write(self, connection: Connection) -> None:
        before = connection.sock.sent
        try:
            sent = connection.sock.flush()
        except (OSError, ValueError):
            self._drop(connection)
            return
        if not sent:
            connection.timeout += (connection.sock.sent - before) / SLOWEST
            return
        self._leave(connection)
        now = time.monotonic()
        if connection.stays:
            connection.sock.again(connection.parser.unreader.take_buffered())
            if connection.sock.request.is_whole():
                self.enqueue_req(connection)
            else:
                self._wait(connection, now + self.cfg.keepalive, self._read)
        elif connection.sock.request.is_cut:
            with contextlib.suppress(OSError):
                connection.sock.shutdown(socket.SHUT_WR)
            self._wait(connection, now + LINGER_SECONDS, self._discard)
        else:
            self._drop(connection)

    def _discard(self, connection: Connection) -> None:
        try:
            goes_on = connection.sock.discard()
        except BlockingIOError:
            return
        except OSError:
            goes_on = False
        if not goes_on:
            self._drop(connection)

    def _wait(
        self,
        connection: Connection,
        until: float,
        step: Callable[[Connection], None],
        event: int = selectors.EVENT_READ,
    ) -> None:
        """Have the loop call a step whenever the connection is ready for it."""
        connection.timeout = until if self.alive else min(until, time.monotonic() + LINGER_SECONDS)
        connection.awaits = step
        self.waiting.add(connection)
        with contextlib.suppress(OSError, ValueError, KeyError):  # closed meanwhile: the step finds out
            self.poller.register(connection.sock, event, lambda _: step(connection))

    def _leave(self, connection: Connection) -> None:
        self.waiting.discard(connection)
        with contextlib.suppress(OSError, ValueError, KeyError):
            self.poller.unregister(connection.sock)

    def _drop(self, connection: Connection) -> None:
        self._leave(connection)
        self.nr_conns -= 1
        connection.sock.shut()

    def _give_up(self, connection: Connection) -> None:
        if connection.awaits == self._read and not connection.idles():
            with contextlib.suppress(OSError):
                connection.sock.tell(_TOO_SLOW)
        self._drop(connection)

    def _make_room(self) -> None:
        """Close the connection whose time ends first."""
        if self.waiting:
            self._give_up(min(self.waiting, key=lambda connection: connection.timeout))


def _busy(thread: int) -> float:
    """Return the seconds of processor time that a thread has had; none where the system does not say."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return 0.0
    return time.clock_gettime(time.pthread_getcpuclockid(thread))


def _raise_in(thread: int, error: type[Exception]) -> None:
    """Have an error raised in a thread when it comes to its next step.

    It is never taken back: until another one is raised, CPython 3.11 would look for it at each step of all threads, a
    third slower, and never come to an end where they are traced.
    """
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))
