"""Look-ups over HTTP against a bare Flask route in the same gunicorn, and against Datasette on the same rows.

    python -m tests.benchmarks.bench_http [EDITION] [--datasette PROGRAM]

Asked for, in requests a second: GET /terms/{name} and GET /lookup at least 0.8 of the bare route, a 304 at least 0.9,
all of them at least five times Datasette where it, too, finds a row by a name. (That a row of which one knows the key
is found faster is printed as well.) Every term is asked for once before any is asked for again. The rounds of all
cases take turns, so that a slower minute of the machine is everybody's.

Datasette is no dependency: `python -m venv /somewhere && /somewhere/bin/pip install datasette`, then --datasette
/somewhere/bin/datasette. Without it that comparison is left out.
"""

from __future__ import annotations

import argparse
import re
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from glossary_api.store.edition import Edition
from glossary_api.store.opening import make_unpacked_known
from glossary_api.store.writing import write_edition
from tests.benchmarks.loopback import Latencies, ask, asked, gunicorn, quiet, served, under_load
from tests.benchmarks.synthetic import synthetic_harvest
from tests.running import free_port

TERMS, USAGES = 20_000, 100_000
ASKED = 10_000
ROUNDS, SECONDS = 5, 4.0
WANTED = {"GET /terms/{name}": 0.8, "GET /lookup": 0.8, "304": 0.9}
TIMES_DATASETTE = 5.0
BARE, BY_NAME, BY_KEY = "bare Flask route", "Datasette, row by name", "Datasette, row by its key"


class Case(NamedTuple):
    """What is asked of whom, and the status that it has to answer with."""

    port: int
    requests: Sequence[bytes]
    status: int = 200


def main() -> int:
    """Print the figures; 1 if any falls short of what was asked for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("edition", nargs="?", type=Path, default=Path(tempfile.gettempdir()) / "glossary-http.db")
    options.add_argument("--datasette", type=Path, help="the program")
    given = options.parse_args()
    if not given.edition.exists():
        write_edition(synthetic_harvest(TERMS, USAGES), given.edition)
    with ExitStack() as servers:
        port = free_port()
        beside = gunicorn("tests.benchmarks.beside:app", port)
        servers.enter_context(served(beside, port, {"GLOSSARY_EDITION": str(given.edition)}))
        cases = {name: Case(port, requests) for name, requests in questions(given.edition).items()}
        cases["304"] = Case(port, unchanged(port, cases["GET /terms/{name}"].requests), 304)
        if given.datasette:
            cases |= rival(servers, given.datasette, given.edition)
        return int(not report(measured(cases)))


def questions(path: Path) -> Mapping[str, Sequence[bytes]]:
    """The requests of each case."""
    edition = Edition.open(path)
    names = [name for (name,) in edition.select("SELECT name FROM terms ORDER BY id LIMIT ?", (ASKED,))]
    place = edition.select("SELECT place_code FROM reports LIMIT 1")[0][0]
    return {
        BARE: [asked("/bare")],
        "GET /terms/{name}": [asked(f"/api/v1/terms/{name}") for name in names],
        "GET /lookup": [asked("/api/v1/lookup", {"name": name}) for name in names],
        "GET /lookup, place and date": [
            asked("/api/v1/lookup", {"name": name, "place": place, "date": "2020-01-31"}) for name in names
        ],
    }


def unchanged(port: int, requests: Sequence[bytes]) -> list[bytes]:
    """The same requests from callers who have the answers."""
    known = []
    for request in requests[:1000]:
        tag = re.search(rb"\r\nETag: ([^\r]*)", ask(port, request), re.IGNORECASE)
        assert tag
        known.append(request[:-2] + b"If-None-Match: " + tag[1] + b"\r\n\r\n")
    return known


def rival(servers: ExitStack, program: Path, edition: Path) -> Mapping[str, Case]:
    """Datasette as it comes, serving the documents of the terms as rows: found by name, and named by their key."""
    port = free_port()
    copy = Path(servers.enter_context(tempfile.TemporaryDirectory())) / "rows.db"
    connection = sqlite3.connect(copy)
    connection.execute("CREATE TABLE terms (name TEXT PRIMARY KEY, document TEXT)")
    connection.execute("ATTACH ? AS edition", (str(edition),))
    make_unpacked_known(connection)
    connection.execute("INSERT INTO terms SELECT name, CAST(unpacked_document(document) AS TEXT) FROM edition.terms")
    names = [name for (name,) in connection.execute("SELECT name FROM edition.terms ORDER BY id LIMIT ?", (ASKED,))]
    connection.commit()
    connection.close()
    servers.enter_context(served([str(program), "serve", "--immutable", str(copy), "--port", str(port)], port))
    # Datasette writes what is no letter of a path as ~E4 instead of %E4.
    keys = ["".join(f"~{byte:02X}" for byte in name.encode()) for name in names]
    shape = {"_shape": "array"}
    return {
        BY_NAME: Case(port, [asked("/rows/terms.json", shape | {"name__exact": name}) for name in names]),
        BY_KEY: Case(port, [asked(f"/rows/terms/{key}.json", shape) for key in keys]),
    }


def measured(cases: Mapping[str, Case]) -> Mapping[str, list[Latencies]]:
    """Some rounds of every case, in turns."""
    found: dict[str, list[Latencies]] = {name: [] for name in cases}
    for number in range(ROUNDS):
        quiet()
        for name, (port, requests, status) in cases.items():
            start = number * len(requests) // ROUNDS
            found[name].append(under_load(port, [*requests[start:], *requests[:start]], SECONDS, status))
    return found


def report(found: Mapping[str, list[Latencies]]) -> bool:
    """Print the median round of every case and its share of the bare route; whether all that was asked for is met."""
    rates = {name: statistics.median(each.rate for each in rounds) for name, rounds in found.items()}
    met = True
    for name, rounds in found.items():
        middle = sorted(rounds, key=lambda each: each.rate)[len(rounds) // 2]
        share = statistics.median(a.rate / b.rate for a, b in zip(rounds, found[BARE], strict=True))
        wanted = WANTED.get(name, 0.0)
        met = met and share >= wanted
        print(f"{name:28} {middle}   {share:5.2f} of bare" + (f" (asked for {wanted})" if wanted else ""))
    for rival_name in rates.keys() & {BY_NAME, BY_KEY}:
        for name in WANTED:
            times = rates[name] / rates[rival_name]
            met = met and (times >= TIMES_DATASETTE or rival_name == BY_KEY)
            print(f"{name:28} {times:5.1f} times {rival_name} (asked for {TIMES_DATASETTE:.0f})")
    return met


if __name__ == "__main__":
    sys.exit(main())
