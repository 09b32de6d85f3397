"""What a harvest costs: generated reports with two processes, beside jieba cutting the same texts into words with two.

    python -m tests.benchmarks harvest [--quick]

The two take turns, each in processes of its own that are waited for to the last, so that processor time counts all of
them; that figure holds on a machine that does other things as well. Asked for: twice as fast as jieba. Without jieba
(`pip install jieba`) the harvest is measured alone. Then ten reports are added to the edition: of one place and ten
years, as the corpus goes on; and of ten places and the last year, as reports come in life. The edition
is to have at most three times the bytes of its texts, and adding to cost a tenth of the harvest.
"""

from __future__ import annotations

import argparse
import ctypes
import importlib.util
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.corpus import YEARS, Written, reports, write_corpus

FULL, QUICK = 1000, 100
_ADDED = 10
_LEAST_RATE, _MOST_SIZE, _MOST_ADDED = 2.0, 3.0, 0.1
_ADOPT_ORPHANS = 36
"""PR_SET_CHILD_SUBREAPER of prctl(2): what a process leaves behind is waited for here."""
_JIEBA = """
import glob, jieba, multiprocessing, sys
def cut(path):
    return sum(1 for _ in jieba.cut(open(path, encoding="utf-8").read()))
if __name__ == "__main__":
    with multiprocessing.Pool(2, jieba.initialize) as pool:
        print(sum(pool.imap_unordered(cut, sorted(glob.glob(sys.argv[1] + "/**/*.txt", recursive=True)), 8)))
"""


class Cost(NamedTuple):
    """What a command took, in seconds."""

    clock: float
    processor: float
    """Of all its processes."""


def main() -> int:
    """Measure and print; 1 if anything misses what was asked for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="100 reports instead of 1,000")
    number = QUICK if options.parse_args().quick else FULL
    with tempfile.TemporaryDirectory() as place:
        folder, pile = Path(place), Path(place) / "pile"
        size = write_corpus(pile, number)
        print(f"{number:,} reports, {size:,} bytes; load {os.getloadavg()[0]:.1f}")
        costs = _in_turns(folder, pile)
        missed = [*_beside_jieba(costs, number), *_edition(folder, number, size, costs["harvest"])]
    for line in missed:
        print(f"MISSED: {line}")
    return bool(missed)


def _in_turns(folder: Path, pile: Path) -> dict[str, Cost]:
    """Harvest and cut in turns, twice each; the medians."""
    (folder / "cut.py").write_text(_JIEBA)
    cutting = [sys.executable, str(folder / "cut.py"), str(pile)]
    costs: dict[str, list[Cost]] = {"harvest": []}
    for _ in range(2):
        shutil.rmtree(folder / "edition", ignore_errors=True)
        (folder / "edition").mkdir()
        costs["harvest"].append(_cost(_glossary("harvest", folder, pile)))
        if importlib.util.find_spec("jieba"):
            costs.setdefault("jieba", []).append(_cost(cutting))
    return {name: Cost(*map(statistics.median, zip(*those, strict=True))) for name, those in costs.items()}


def _beside_jieba(costs: dict[str, Cost], number: int) -> list[str]:
    for name, cost in costs.items():
        clock, processor = (value / number * 1000 for value in cost)
        print(f"{name:8} clock {clock:6.1f} ms, processor {processor:6.1f} ms a report")
    if "jieba" not in costs:
        return ["jieba is not installed"]
    rates = [cut / own for own, cut in zip(costs["harvest"], costs["jieba"], strict=True)]
    print(f"as fast as jieba: {rates[0]:.2f} times by the clock, {rates[1]:.2f} times by processor time")
    return ["the harvest is not twice as fast as jieba"] if rates[1] < _LEAST_RATE else []


def _edition(folder: Path, number: int, size: int, whole: Cost) -> list[str]:
    """Measure the edition that was made, and what it costs to add to it."""
    share = (folder / "edition" / "x.db").stat().st_size / size
    missed = [f"the edition has {share:.2f} times the bytes of its texts"] if share > _MOST_SIZE else []
    print(f"edition {share:.2f} times its texts")
    shutil.copytree(folder / "edition", folder / "kept")
    further = list(reports(number + _ADDED * YEARS))[number:]
    for name, those in (("going on", further[:_ADDED]), ("of the last year", further[YEARS - 1 :: YEARS])):
        part = _added(folder / name, folder, [*those]) / whole.processor
        print(f"ten reports {name} added for {part:.3f} of a harvest, processor time")
        missed += [f"ten {name} are not added in a tenth"] if part > _MOST_ADDED else []
    return missed


def _added(own: Path, folder: Path, those: Sequence[Written]) -> float:
    """Return what it costs to add reports, the median of three times, each time to the same edition."""
    own.mkdir()
    for written in those:
        (own / f"{written.name}.txt").write_text(written.text, "utf-8")
    costs = []
    for _ in range(3):
        shutil.rmtree(folder / "edition")
        shutil.copytree(folder / "kept", folder / "edition")
        costs.append(_cost(_glossary("add", folder, own)).processor)
    return statistics.median(costs)


def _glossary(command: str, folder: Path, *paths: Path) -> list[str]:
    words = [sys.executable, "-m", "glossary_api.cli", command, *map(str, paths), "--jobs", "2"]
    return [*words, "-o", str(folder / "edition" / "x.db")]


def _cost(command: list[str]) -> Cost:
    """Run a command until the last of its processes has ended."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    clock = time.monotonic() - begun
    try:
        while True:
            os.wait()
    except ChildProcessError:
        pass
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


if __name__ == "__main__":
    ctypes.CDLL(None).prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)
    sys.exit(main())
