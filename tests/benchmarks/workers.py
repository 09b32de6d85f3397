"""What processes that serve an edition cost: their start, their memory, and what swapping leaves behind in them.

    python -m tests.benchmarks.workers SMALL LARGE

takes two editions that are there; `bench_serving` measures the same behind its routes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from glossary_api.store.edition import Edition
from tests.benchmarks.lines import Line
from tests.benchmarks.loopback import ask, asked
from tests.running import free_port

_START_S, _MEMORY, _LEFT = 0.5, 1.5, 1.1
_SWAPS, _EARLY = 100, 10
_TICKS = os.sysconf("SC_CLK_TCK")
_MIB = 2**20


def of_workers(small: Path, large: Path) -> Iterator[Line]:
    """Measure a server of the large edition, and one whose edition is swapped for the other again and again."""
    requests = _requests(large)
    with _server(large, 1) as (port, master):
        _press(port, requests)
        alone = _memory(master)
        (worker,) = _children(master)
        os.kill(worker, 9)
        _press(port, requests[:1])
        (again,) = _children(master)
        first = _processor_seconds(again)
    with _server(large, 4) as (port, master):
        _press(port, requests * 8)
        four = _memory(master)
    yield Line("start of a worker", first, first, 0.0, "s", "slow" if first > _START_S else "")
    yield Line("memory of four workers, of one", alone, four, 0.0, "MiB", "much" if four > _MEMORY * alone else "")
    with tempfile.TemporaryDirectory(dir=large.parent) as folder:
        yield from _swapped(Path(folder) / "edition.db", (small, large), requests)


def _swapped(path: Path, editions: Sequence[Path], requests: Sequence[bytes]) -> Iterator[Line]:
    """Measure memory and open files after a few editions and after many."""
    os.link(editions[0], path)
    found = []
    with _server(path, 1) as (port, master):
        (worker,) = _children(master)
        for number in range(1, _SWAPS + 1):
            new = path.with_name("new.db")
            os.link(editions[number % 2], new)
            os.replace(new, path)
            _press(port, requests)
            if number in (_EARLY, _SWAPS):
                found.append((_memory(master), len(os.listdir(f"/proc/{worker}/fd"))))
    (early, files), (late, files_then) = found
    missed = "grows" if late > _LEFT * early else ""
    yield Line(f"memory after {_EARLY} and {_SWAPS} editions", early, late, 0.0, "MiB", missed)
    missed = "grows" if files_then > files else ""
    yield Line(f"open files after {_EARLY} and {_SWAPS} editions", files, files_then, 0.0, "files", missed)


def _requests(path: Path) -> list[bytes]:
    edition = Edition.open(path)
    names = [name for (name,) in edition.select("SELECT name FROM terms ORDER BY usages DESC LIMIT 20")]
    reports = [id_ for (id_,) in edition.select("SELECT id FROM reports ORDER BY rank LIMIT 5")]
    looked_up = [asked("/api/v1/lookup", {"name": name}) for name in names]
    found = [asked("/api/v1/search", {"q": name[:2]}) for name in names]
    return [*looked_up, *found, *(asked(f"/reports/{id_}") for id_ in reports)]


def _press(port: int, requests: Sequence[bytes]) -> None:
    for request in requests:
        answer = ask(port, request)
        assert answer.startswith((b"HTTP/1.1 200 ", b"HTTP/1.1 404 ")), answer[:200]  # a report of the other edition


@contextmanager
def _server(path: Path, workers: int) -> Iterator[tuple[int, int]]:
    """Run the program's own server; port and id of its process."""
    port = free_port()
    settings = {"GLOSSARY_EDITION": str(path), "GLOSSARY_PORT": str(port), "GLOSSARY_WORKERS": str(workers)}
    command = [sys.executable, "-m", "glossary_api.cli", "serve"]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, env={**os.environ, **settings}, stdout=quiet, stderr=quiet)
    try:
        while True:
            assert server.poll() is None, "the server has ended"
            try:
                ask(port, asked("/api/v1/healthz"))
                break
            except OSError:
                time.sleep(0.1)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def _children(master: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


def _memory(master: int) -> float:
    """Return MiB of the processes of a server, each shared page counted once."""
    total = 0
    for process in (master, *_children(master)):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total / _MIB


def _processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


if __name__ == "__main__":
    for line in of_workers(*map(Path, sys.argv[1:])):
        print(line.row(), flush=True)
