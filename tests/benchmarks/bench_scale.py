"""What answers, writing and serving cost as a corpus grows: a small and a large edition, written and asked.

    python -m tests.benchmarks scale [--quick] [--reports N]

Asked for: an edition of at most three times the bytes of its texts; what is asked of answers and of servers says
`bench_serving.py`.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from glossary_api.harvesting.harvest import publish
from tests.benchmarks import bench_serving
from tests.benchmarks.corpus import reports
from tests.benchmarks.harvested import harvest_of
from tests.benchmarks.lines import Line
from tests.benchmarks.workers import of_workers

FULL, QUICK = (1000, 10_000), (100, 400)
MOST_SIZE = 3.0
_FACTOR = 1000


def measure(sizes: tuple[int, int]) -> Iterator[Line]:
    """Measure writing, then every route and a server, on two editions of so many reports."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{size}.db" for size in sizes]
        yield from _written(sizes, paths)
        yield from bench_serving.measure(paths)
        yield from of_workers(*paths)


def _written(sizes: Sequence[int], paths: Sequence[Path]) -> Iterator[Line]:
    seconds, shares = [], []
    for size, path in zip(sizes, paths, strict=True):
        harvest = harvest_of(reports(size))
        begun = time.process_time()
        publish(harvest, path)
        seconds.append((time.process_time() - begun) / size * _FACTOR)
        shares.append(path.stat().st_size / sum(len(parsed.report.text.encode()) for parsed in harvest.reports))
    yield Line("writing, a report", seconds[0], seconds[1])
    missed = "large" if shares[1] > MOST_SIZE else ""
    yield Line("edition, of its texts", shares[0], shares[1], 0.0, "times", missed)
