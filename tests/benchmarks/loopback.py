"""Servers on the loopback interface, and a client that costs next to nothing, for benchmarks over HTTP."""

from __future__ import annotations

import multiprocessing
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.running import ROOT

_CORES = sorted(os.sched_getaffinity(0))
_CLIENTS = 2


@dataclass(frozen=True, slots=True)
class Latencies:
    """How long requests took, in seconds, and how many were answered in a second."""

    taken: Sequence[float]
    rate: float

    def at(self, percent: float) -> float:
        """Milliseconds within which so many per cent of the requests were answered."""
        return sorted(self.taken)[min(len(self.taken) - 1, int(len(self.taken) * percent / 100))] * 1000

    def __str__(self) -> str:
        return (
            f"{self.rate:8.0f} /s   p50 {self.at(50):6.2f} ms   p95 {self.at(95):6.2f} ms   p99 {self.at(99):6.2f} ms"
            f"   max {self.at(100):6.2f} ms"
        )


@contextmanager
def served(command: Sequence[str], port: int, environment: Mapping[str, str] | None = None) -> Iterator[int]:
    """A server while the block runs, on the first core alone, ready to answer; its process."""
    server = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, _CORES[:1]),
    )
    try:
        _wait_for(port, server)
        yield server.pid
    finally:
        server.terminate()
        server.wait()


def gunicorn(app: str, port: int, workers: int = 1) -> list[str]:
    """The command that serves a WSGI application with sync workers."""
    options = ["--workers", str(workers), "--worker-class", "sync", "--log-level", "warning", "--no-control-socket"]
    return [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *options, app]


def busy(pid: int) -> float:
    """The seconds of processor time that a process and its children have had."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    ticks = 0
    for one in (str(pid), *children):
        ticks += sum(map(int, Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def asked(path: str, query: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None) -> bytes:
    """A GET request as it goes over the wire."""
    target = quote(path) + ("?" + "&".join(f"{name}={quote(value)}" for name, value in query.items()) if query else "")
    lines = [f"GET {target} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def ask(port: int, request: bytes) -> bytes:
    """The whole answer to a request, head and body."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request)
        parts = []
        while part := connection.recv(1 << 18):
            parts.append(part)
    return b"".join(parts)


def one_by_one(port: int, requests: Sequence[bytes], status: int = 200) -> Latencies:
    """Ask one request after another, from the last core."""
    begun = time.perf_counter()
    taken = [_timed(port, request, status) for request in requests]
    return Latencies(taken, len(requests) / (time.perf_counter() - begun))


def under_load(port: int, requests: Sequence[bytes], seconds: float, status: int = 200) -> Latencies:
    """Ask as fast as the server answers, from two clients on the last core, for so many seconds."""
    with multiprocessing.get_context("fork").Pool(_CLIENTS) as pool:
        shares = [(port, requests[number::_CLIENTS] or requests, seconds, status) for number in range(_CLIENTS)]
        taken = pool.starmap(_press, shares)
    return Latencies([each for share in taken for each in share], sum(map(len, taken)) / seconds)


def quiet(idle: float = 0.95, patience: float = 600) -> None:
    """Wait until all cores are idle for a second, but for so little; say so if they never are."""
    until = time.monotonic() + patience
    while (free := _idle(1.0)) < idle:
        if time.monotonic() > until:
            print(f"the machine is busy ({free:.0%} idle): the figures below are worse than they need be")
            return


def _idle(seconds: float) -> float:
    """The share of the processors' time that nobody used in the coming seconds."""
    before = _ticks()
    time.sleep(seconds)
    passed = [after - earlier for earlier, after in zip(before, _ticks(), strict=True)]
    return passed[3] / sum(passed)


def _ticks() -> list[int]:
    return [int(number) for number in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]


def _press(port: int, requests: Sequence[bytes], seconds: float, status: int) -> list[float]:
    os.sched_setaffinity(0, _CORES[-1:])
    taken: list[float] = []
    until = time.perf_counter() + seconds
    while True:
        for request in requests:
            if time.perf_counter() > until:
                return taken
            taken.append(_timed(port, request, status))


def _timed(port: int, request: bytes, status: int) -> float:
    begun = time.perf_counter()
    answer = ask(port, request)
    taken = time.perf_counter() - begun
    assert answer.startswith(b"HTTP/1.1 %d " % status), answer[:300]
    return taken


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert server.poll() is None, "the server has ended"
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    raise TimeoutError("the server does not answer")
