"""How long an export of 100,000 terms takes, and how much memory: `python -m tests.benchmarks.bench_exports`.

Asked for: TBX 3 in under 60 seconds and under 300 MB. Each format is written in a process of its own that has opened
the edition and nothing else, and so is the edition made: a process is charged with the memory of the one that began it.
Every term has a rendering, three in ten have definitions.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from glossary_api.exports.formats import FORMATS
from glossary_api.harvesting.equivalents import with_equivalents
from glossary_api.model.things import Equivalent, Term
from glossary_api.queries.export import exported
from glossary_api.store.edition import Edition
from glossary_api.store.writing import write_edition
from tests.benchmarks.synthetic import synthetic_harvest

TERMS = 100_000
SECONDS, MEGABYTES = 60, 300


def write(path: Path, terms: int = TERMS) -> None:
    """An edition of so many terms, each of them rendered."""
    harvest = synthetic_harvest(terms, 2 * terms)
    found = {target: (_rendering(target),) for term in harvest.terms for target in _targets(term)}
    write_edition(replace(harvest, terms=with_equivalents(harvest.terms, found)), path)


def _targets(term: Term) -> list[str]:
    return [sense.id for sense in term.senses] or [term.id]


def _rendering(target: str) -> Equivalent:
    return Equivalent("", "", "en", f"rendering of {target} in some words", "proposed", "project", "a note on it", "")


def measure(path: Path, name: str) -> None:
    """Print what one export takes, in this process."""
    begin = time.perf_counter()
    size = sum(map(len, exported(Edition.open(path), FORMATS[name])))
    seconds = time.perf_counter() - begin
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:<12} {seconds:6.1f} s {memory:6.0f} MB peak, {size / 1e6:6.1f} MB written")
    if name == "tbx" and (seconds > SECONDS or memory > MEGABYTES):
        sys.exit(f"{name} may take {SECONDS} s and {MEGABYTES} MB")


def main() -> int:
    """Measure every format; 1 if one fails, else 0."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "large.db")
        subprocess.run([*_PROGRAM, path], check=True)
        return max(subprocess.run([*_PROGRAM, path, name], check=False).returncode for name in FORMATS)


_PROGRAM = (sys.executable, "-m", "tests.benchmarks.bench_exports")

if __name__ == "__main__":
    match sys.argv[1:]:
        case [path, name]:
            measure(Path(path), name)
        case [path]:
            write(Path(path))
        case _:
            sys.exit(main())
