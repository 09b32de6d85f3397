"""A real server for half an hour: mixed load, swaps, killed workers, slow clients and decisions, all at once.

    python -m tests.benchmarks.bench_soak [--quick] [--minutes N]

Asked for: no unintended error, and at the end the memory of the process that was never killed within 5 % of what it was
after five minutes. In the two minutes of `--quick` a process still warms up: its memory is printed, not judged.
Intended are the ends of connections to a worker within moments after it was killed, and exports that are put off, with
`Retry-After`, because others are being made; how many is printed. An answer with a status that its
question does not have, a connection that breaks at any other time, a traceback in the log, a decision that is lost: all
are unintended.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import itertools
import json
import os
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from glossary_api.curation.decision_log import read_log
from glossary_api.curation.tokens import create_token
from glossary_api.harvesting.harvest import seed_reports
from tests.benchmarks.bench_slow_clients import BEGINNINGS, dripped, slow_client
from tests.running import ROOT, free_port

MOST_GROWTH = 0.05
WORKERS, CLIENTS, SLOW_CLIENTS = 2, 4, 60
_PAUSE = 0.05
"""Seconds between two questions of a client: the server has other things to do."""
_SWAP_SECONDS, _KILL_SECONDS, _DECIDE_SECONDS, _LOOK_SECONDS = 7.0, 45.0, 60.0, 2.0
_CUT_SECONDS = 3.0
"""For how long after a kill a connection may break: it was the killed worker's."""
_TEXT = "".join(path.read_text("utf-8") for path in seed_reports())[:20_000]
_QUESTIONS: tuple[tuple[str, str, Any, int], ...] = (
    ("GET", f"/api/v1/terms/{quote('六个不发生')}", None, 200),
    ("GET", f"/api/v1/lookup?name={quote('两重')}", None, 200),
    ("GET", "/api/v1/terms?limit=200", None, 200),
    ("GET", f"/api/v1/search?q={quote('改革')}", None, 200),
    ("GET", f"/api/v1/suggest?q={quote('三')}", None, 200),
    ("GET", "/api/v1/terms/nowhere", None, 404),
    ("GET", "/api/v1/terms?limit=none", None, 422),
    ("POST", "/api/v1/annotate", {"text": _TEXT}, 200),
    ("POST", "/api/v1/annotate", {"text": 1}, 422),
    ("POST", "/api/v1/lint", {"text": _TEXT[:3000]}, 200),
    ("POST", "/api/v1/lookup", {"names": ["两重", "六个不发生", "没有"]}, 200),
    ("GET", "/", None, 200),
    ("GET", f"/terms/{quote('六个不发生')}", None, 200),
    ("GET", "/api/v1/export/csv", None, 200),
    ("GET", "/api/v1/healthz", None, 200),
    ("GET", "/api/v1/readyz", None, 200),
)


@dataclass
class Soak:
    """A server under everything, and what was seen of it."""

    folder: Path
    port: int
    server: int
    """The process whose children are the workers."""
    token: str
    stop: threading.Event = field(default_factory=threading.Event)
    done: Counter[str] = field(default_factory=Counter)
    unintended: list[str] = field(default_factory=list)
    decided: list[str] = field(default_factory=list)
    """The ids of decisions that the server acknowledged."""
    memory: list[tuple[float, int, int]] = field(default_factory=list)
    """When; bytes of the process that is never killed; of all processes."""
    killed_at: float = 0.0

    def __post_init__(self) -> None:
        self.survivor = min(self.workers())

    def workers(self) -> list[int]:
        """The processes that answer."""
        children = Path(f"/proc/{self.server}/task/{self.server}/children").read_text().split()
        return [int(pid) for pid in children]

    def ask(self) -> None:
        """Ask every question in turn, on a connection that is kept as long as it is good."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        for method, path, body, expected in itertools.cycle(_QUESTIONS):
            if self.stop.wait(_PAUSE):
                break
            self.asked(connection, method, path, body, expected)
        connection.close()

    def asked(
        self, connection: http.client.HTTPConnection, method: str, path: str, body: Any, expected: int
    ) -> bytes | None:
        """What is answered to a question; None if nothing good is."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        try:
            connection.request(method, path, json.dumps(body) if body else None, headers if body else {})
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            self.done["connections cut by kills"] += self._is_cut
            if not self._is_cut:
                self.unintended.append(f"{method} {path}: {error!r}")
            return None
        self.done["answers"] += 1
        if answer.status == 503 and b"urn:glossary:problem:busy" in content and answer.headers["Retry-After"]:
            self.done["exports put off"] += 1
        elif answer.status != expected:
            self.unintended.append(f"{method} {path}: {answer.status} {content[:300]!r}")
        return content

    @property
    def _is_cut(self) -> bool:
        return time.monotonic() - self.killed_at < _CUT_SECONDS

    def drip(self) -> None:
        """Be slow clients of all kinds, who come again when they are given up."""
        kinds = [kind for kind, _ in zip(itertools.cycle(BEGINNINGS), range(SLOW_CLIENTS), strict=False)]
        clients: list[socket.socket | None] = [None] * SLOW_CLIENTS
        while not self.stop.wait(1):
            for place, kind in enumerate(kinds):
                client = clients[place]
                if client is None or not dripped(client, kind):
                    self.done["slow clients that came"] += 1
                    clients[place] = None
                    with contextlib.suppress(OSError):
                        clients[place] = slow_client(self.port, kind)
                    if client:
                        client.close()

    def swap(self, number: int) -> None:
        """Put an edition of all reports or of some in place, as a harvest does."""
        shutil.copyfile(self.folder / f"edition-{number % 2}.db", beside := self.folder / "beside.new")
        os.replace(beside, self.folder / "glossary.db")
        self.done["swaps"] += 1

    def kill(self, _number: int) -> None:
        """Kill a worker, but never the first one."""
        others = [pid for pid in self.workers() if pid != self.survivor]
        if others:
            self.killed_at = time.monotonic()
            os.kill(random.choice(others), signal.SIGKILL)
            self.done["workers killed"] += 1

    def decide(self, number: int) -> None:
        """Have something decided through the server, after which it harvests anew."""
        draft = {"kind": ("reject", "establish")[number % 2], "term": "六个不发生"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        content = self.asked(connection, "POST", "/api/v1/decisions", draft, 200)
        connection.close()
        if content and (id_ := json.loads(content).get("id")):
            self.decided.append(id_)
            self.done["decisions"] += 1

    def look(self, _number: int) -> None:
        """Write down how much memory the processes have."""
        everything = sum(map(resident, [self.server, *self.workers()]))
        self.memory.append((time.monotonic(), resident(self.survivor), everything))

    def every(self, seconds: float, step: Callable[[int], None]) -> Callable[[], None]:
        """Return what takes a step every so many seconds until all is over."""

        def steps() -> None:
            for number in itertools.count():
                if self.stop.wait(seconds):
                    return
                step(number)

        return steps

    def run(self, seconds: float) -> None:
        """Do everything at once for so long."""
        work = [self.ask] * CLIENTS + [self.drip, self.every(_LOOK_SECONDS, self.look)]
        work += [self.every(_SWAP_SECONDS, self.swap), self.every(_KILL_SECONDS, self.kill)]
        work += [self.every(_DECIDE_SECONDS, self.decide)]
        threads = [threading.Thread(target=self._guarded, args=(one,)) for one in work]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        self.stop.set()
        for thread in threads:
            thread.join()

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            self.unintended.append(f"the soak itself: {error!r}")


def resident(pid: int) -> int:
    """Bytes of a process that are in memory; 0 if there is none."""
    try:
        found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def main() -> int:
    """Print what was done and seen; 1 if anything is wrong."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="two minutes")
    options.add_argument("--minutes", type=float, default=30)
    given = options.parse_args()
    minutes = 2 if given.quick else given.minutes
    early = min(5, minutes / 4)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        token = prepared(folder)
        with serving(folder) as (server, port, log):
            soak = Soak(folder, port, server, token)
            soak.run(minutes * 60)
            if soak.survivor not in soak.workers():
                soak.unintended.append("the worker that was never killed has ended")
        soak.unintended += complaints(log.read_text("utf-8", "replace"))
        lost = set(soak.decided) - {one.id for one in read_log(folder / "decisions.jsonl")}
        soak.unintended += [f"decision {id_} is lost" for id_ in lost]
    steady = reported(soak, early * 60)
    return int(bool(soak.unintended) or not (steady or given.quick))


def prepared(folder: Path) -> str:
    """Harvest two editions, of all reports and of some, and let somebody decide; the token."""
    for number, reports in enumerate((seed_reports(), seed_reports()[:4])):
        _run(folder, "harvest", *map(str, reports), "-o", f"edition-{number}.db")
    _run(folder, "harvest", *map(str, seed_reports()), "-o", "glossary.db")
    return create_token(folder / "tokens.json", "li", "decide")


def _run(folder: Path, *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "glossary_api.cli", *words],
        cwd=folder,
        env=_environment(),
        stdout=subprocess.DEVNULL,
        check=True,
    )


def _environment() -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GLOSSARY_")}
    return {**plain, "PYTHONPATH": str(ROOT)}


@contextmanager
def serving(folder: Path) -> Iterator[tuple[int, int, Path]]:
    """A server as `serve` starts it, when all its workers are there; its process, its port, its log."""
    port, log = free_port(), folder / "server.log"
    command = [sys.executable, "-m", "glossary_api.cli", "serve", "--port", str(port), "--workers", str(WORKERS)]
    with log.open("wb") as file:
        server = subprocess.Popen(command, cwd=folder, env=_environment(), stdout=subprocess.DEVNULL, stderr=file)
    try:
        for _ in range(600):
            assert server.poll() is None, log.read_text()
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
        while len(children.read_text().split()) < WORKERS:
            time.sleep(0.1)
        yield server.pid, port, log
    finally:
        server.terminate()
        server.wait()


def complaints(log: str) -> list[str]:
    """Return the lines of a server's log that no kill explains, and that are not its greeting."""
    explained = re.compile(r"$|serving .* at http|.*SIGKILL")
    return [line for line in log.splitlines() if not explained.match(line)]


def reported(soak: Soak, early: float) -> bool:
    """Print what was done and seen; whether the memory is as steady as was asked for."""
    print(", ".join(f"{number:,} {what}" for what, number in soak.done.items()))
    begun = soak.memory[0][0]
    before = [(one, every) for when, one, every in soak.memory if abs(when - begun - early) < 15]
    after = [(one, every) for _, one, every in soak.memory[-7:]]
    grown = []
    for place, what in enumerate(("worker that was never killed", "all processes")):
        first, last = (statistics.median(row[place] for row in rows) for rows in (before, after))
        grown.append(last / first - 1)
        print(f"memory of {what}: {first / 2**20:.1f} MiB early, {last / 2**20:.1f} MiB at the end: {grown[-1]:+.1%}")
    course = [
        f"{(when - begun) / 60:.0f} min {one / 2**20:.1f}"
        for when, one, _ in soak.memory[15 :: max(1, len(soak.memory) // 12)]
    ]
    print("its course, in MiB:", ", ".join(course))
    print(*soak.unintended[:40], f"{len(soak.unintended)} unintended errors", sep="\n")
    return grown[0] <= MOST_GROWTH


if __name__ == "__main__":
    sys.exit(main())
