"""What 500 clients that drip cost everybody else: headers and bodies byte by byte, and answers read likewise.

    python -m tests.benchmarks.bench_slow_clients [KINDS]

Asked for, while there are 500 of a kind: health checks answered within 100 ms at the 95th percentile, and look-ups at
0.8 of the rate without them or faster. The rate that is judged is that in a second of the server's processor time, so
that a machine with other work gives the same figure; that of the clock is printed beside it. Whoever is given up by the
server comes again, so that there are always 500. The server is what `serve` starts, with one process; rounds with and
without them take turns.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import select
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path

from glossary_api.store.edition import Edition
from glossary_api.store.writing import write_edition
from tests.benchmarks.loopback import Latencies, asked, busy, one_by_one, served, under_load
from tests.benchmarks.synthetic import synthetic_harvest
from tests.running import free_port

CLIENTS = 500
MOST_MS, LEAST_RATE = 100.0, 0.8
ROUNDS, SECONDS, CHECKS = 4, 3.0, 100
_DRIP_SECONDS = 1.0
_HEALTH = asked("/api/v1/healthz")
_TO_ANNOTATE = b"POST /api/v1/annotate HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
BEGINNINGS = {
    "header": b"GET /api/v1/healthz HTTP/1.1\r\nX-Slow: ",
    "body": _TO_ANNOTATE + b"Content-Length: 5000\r\n\r\n",
    "reader": b"GET /api/v1/terms?limit=200 HTTP/1.1\r\nHost: a\r\n\r\n",
    "export": b"GET /api/v1/export/jsonl HTTP/1.1\r\nHost: a\r\n\r\n",
}
"""What a slow client of each kind sends at once; a byte a second is what it sends or reads from then on."""
READERS = ("reader", "export")


def main() -> int:
    """Print the figures; 1 if any falls short of what was asked for."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        edition, port = Path(folder) / "glossary.db", free_port()
        write_edition(synthetic_harvest(2000, 10_000), edition)
        opened = Edition.open(edition)
        names = [name for (name,) in opened.select("SELECT name FROM terms ORDER BY id")]
        opened.close()
        look_ups = [asked("/api/v1/lookup", {"name": name}) for name in names]
        command = [sys.executable, "-m", "glossary_api.cli", "serve", "--edition", str(edition)]
        with served([*command, "--port", str(port), "--workers", "1"], port) as server:
            under_load(port, look_ups, SECONDS)
            for kind in sys.argv[1:] or BEGINNINGS:
                missed += not _measured(kind, Rates(server, port, look_ups))
    return int(missed > 0)


@dataclass(frozen=True, slots=True)
class Rates:
    """What measures how many look-ups a server answers."""

    server: int
    port: int
    look_ups: Sequence[bytes]

    def measured(self) -> tuple[float, float]:
        """Look-ups in a second of the server's processor time, and in one of the clock."""
        before = busy(self.server)
        found = under_load(self.port, self.look_ups, SECONDS)
        return len(found.taken) / (busy(self.server) - before), found.rate


def _measured(kind: str, rates: Rates) -> bool:
    """Print what clients of a kind cost; whether that is as little as was asked for."""
    alone, beside, taken = [], [], list[float]()
    for _ in range(ROUNDS):
        alone.append(rates.measured())
        with slow_clients(rates.port, kind, CLIENTS):
            beside.append(rates.measured())
            taken += one_by_one(rates.port, [_HEALTH] * CHECKS).taken
    health = Latencies(taken, 0)
    share, by_clock = (statistics.median(b[n] / a[n] for a, b in zip(alone, beside, strict=True)) for n in range(2))
    of_clock = [statistics.median(one[1] for one in rounds) for rounds in (alone, beside)]
    print(
        f"{CLIENTS} × {kind:6}  health p50 {health.at(50):6.2f} ms  p95 {health.at(95):6.2f} ms  "
        f"max {health.at(100):6.2f} ms (p95 asked for ≤ {MOST_MS:.0f})  look-ups with them {share:.2f} of without "
        f"(asked for ≥ {LEAST_RATE}); by the clock {of_clock[1]:.0f} of {of_clock[0]:.0f} /s, {by_clock:.2f}",
        flush=True,
    )
    return health.at(95) <= MOST_MS and share >= LEAST_RATE


@contextmanager
def slow_clients(port: int, kind: str, number: int) -> Iterator[None]:
    """So many clients of a kind while the block runs, from a process of their own; it begins when all are served."""
    context = multiprocessing.get_context("fork")
    connected, stop = context.Event(), context.Event()
    dripping = context.Process(target=_drip, args=(port, kind, number, connected, stop), daemon=True)
    dripping.start()
    try:
        connected.wait(120)
        time.sleep(_DRIP_SECONDS)
        yield
    finally:
        stop.set()
        dripping.join(10)
        dripping.kill()


def _drip(port: int, kind: str, number: int, connected: Event, stop: Event) -> None:
    """Send or read a byte a second for each client; whoever was cut off comes again."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-1:])
    clients = []
    for _ in range(number):
        clients.append(slow_client(port, kind))
        if kind in READERS:  # who reads slowly has an answer: to ask for 500 at once is another matter
            select.select([clients[-1]], [], [], 10)
    connected.set()
    while not stop.wait(_DRIP_SECONDS):
        for place, client in enumerate(clients):
            if not dripped(client, kind):
                client.close()
                with contextlib.suppress(OSError):
                    clients[place] = slow_client(port, kind)


def slow_client(port: int, kind: str) -> socket.socket:
    """A client that has sent its beginning."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    client.connect(("127.0.0.1", port))
    client.sendall(BEGINNINGS[kind])
    client.setblocking(False)
    return client


def dripped(client: socket.socket, kind: str) -> bool:
    """Send or read one more byte; whether the server still listens."""
    try:
        if kind in READERS:
            return client.recv(1) != b""
        client.send(b"a")
        return client.recv(1, socket.MSG_PEEK) == b"never"  # an answer, or the end: it was given up
    except BlockingIOError:
        return True
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
