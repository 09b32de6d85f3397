"""How long a server takes until it answers by a decision, on generated reports, and how long a harvest of them takes.

    python -m tests.benchmarks.bench_decisions [REPORTS]

A decision is sent to a server with two workers, and asked for until the answer has it: about the term of most uses, the
one in the middle, the one of fewest, and the year of a report. Beside each stands what part of a harvest that is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from glossary_api.curation.tokens import create_token
from glossary_api.store.edition import Edition
from tests.benchmarks.corpus import write_corpus
from tests.running import ROOT, serving

_REPORTS = 1000
_PATIENCE = 600.0
Answer = dict[str, Any]


def main() -> int:
    """Print the figures."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else _REPORTS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_corpus(folder / "pile", number)
        token = create_token(folder / "tokens.json", "li", "decide")
        harvested = _seconds(lambda: _harvest(folder))
        print(f"{number:,} reports, harvested in {harvested:.1f} s")
        asked = list(_decisions(Edition.open(folder / "glossary.db")))
        with serving(folder) as root:
            for about, draft, address, holds in asked:
                _answer(f"{root}api/v1/decisions", draft, token)
                taken = _seconds(partial(_wait, f"{root}api/v1/{address}", holds))
                print(f"{about:40} {taken:7.2f} s, {taken / harvested:.3f} of a harvest")
    return 0


def _harvest(folder: Path) -> None:
    command = [sys.executable, "-m", "glossary_api.cli", "harvest", "pile", "-o", "glossary.db"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})


def _decisions(edition: Edition) -> Iterator[tuple[str, Answer, str, Callable[[Answer], bool]]]:
    """Yield what is decided, the draft, the address where it is seen, and whether an answer has it."""
    rows = edition.select("SELECT name, usages FROM terms WHERE status = 'established' ORDER BY usages DESC, name")
    for name, usages in (rows[0], rows[len(rows) // 2], rows[-1]):
        draft = {"kind": "reject", "term": name}
        yield f"a term of {usages} uses", draft, f"terms/{quote(name)}", lambda found: found["status"] == "candidate"
    report = next(iter(edition.title_blocks))
    draft = {"kind": "correct-report", "report": report, "field": "year", "value": "1999"}
    yield "the year of a report", draft, f"reports/{report}", lambda found: found["year"] == 1999


def _answer(address: str, body: Answer | None = None, token: str = "") -> Answer:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(address, data, headers), timeout=60) as answer:
        found: Answer = json.load(answer)
        return found


def _wait(address: str, holds: Callable[[Answer], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not holds(_answer(address)):
        if time.monotonic() > end:
            raise TimeoutError(address)
        time.sleep(0.05)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


if __name__ == "__main__":
    sys.exit(main())
