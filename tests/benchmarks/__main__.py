"""Run benchmarks and write what they find, with the day and the machine, into `RESULTS.md`.

    python -m tests.benchmarks [NAMES] [--quick]

Names: scale (writing, routes, servers as a corpus grows), harvest, annotate, exports, extension, http, search, kills,
slow_clients, soak, decisions; without any, all. `--quick` takes small editions for `scale`, two minutes for `soak`, and
leaves out the others, which have one size, unless they are named.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import subprocess
import sys
from pathlib import Path

from tests.benchmarks import bench_scale
from tests.benchmarks.lines import HEAD

RESULTS = Path(__file__).parent / "RESULTS.md"
OTHERS = ("harvest", "annotate", "exports", "extension", "http", "search", "kills", "slow_clients", "soak", "decisions")
SHORTENED = ("harvest", "soak")
"""Whose commands know `--quick`, too."""


def main() -> int:
    """Run what is named; 1 if anything misses what was asked for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("names", nargs="*", choices=[[], "scale", *OTHERS])
    options.add_argument("--quick", action="store_true")
    options.add_argument("--reports", type=int, default=bench_scale.FULL[1], help="in the large edition of `scale`")
    given = options.parse_args()
    sizes = bench_scale.QUICK if given.quick else (bench_scale.FULL[0], given.reports)
    names = given.names or (["scale"] if given.quick else ["scale", *OTHERS])
    missed = 0
    for name in names:
        lines, wrong = _scale(sizes) if name == "scale" else _other(name, quick=given.quick)
        missed += wrong
        _write(name + (" --quick" if given.quick else ""), lines)
    return int(missed > 0)


def _scale(sizes: tuple[int, int]) -> tuple[list[str], int]:
    lines = [f"{sizes[0]:,} and {sizes[1]:,} reports", "", *HEAD]
    wrong = 0
    for line in bench_scale.measure(sizes):
        wrong += bool(line.missed)
        print(line.row(), flush=True)
        lines.append(line.row())
    return lines, wrong


def _other(name: str, *, quick: bool) -> tuple[list[str], int]:
    """Run a benchmark that prints for itself, in a process of its own."""
    command = [sys.executable, "-m", f"tests.benchmarks.bench_{name}", *["--quick"] * (quick and name in SHORTENED)]
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    print(run.stdout)
    return ["```", run.stdout.rstrip(), "```"], int(run.returncode != 0)


def _write(name: str, lines: list[str]) -> None:
    """Put what was found on top of the results."""
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    before = RESULTS.read_text("utf-8").partition("\n\n")[2] if RESULTS.exists() else ""
    head = "# What was measured, the latest first"
    RESULTS.write_text("\n".join([head, "", f"## {name}, {today}, {machine}", "", *lines, "", before]), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
