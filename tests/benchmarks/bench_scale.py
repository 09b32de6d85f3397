"""What answers, writing and swapping cost as a corpus grows: every route on a small and a large edition.

    python -m tests.benchmarks scale [--quick] [--reports N]

Asked for: every route in 25 ms of processor time, on the large edition at most 1.5 times what it takes on the small
one, and an edition of at most three times the bytes of its texts. Beside the routes stands a bare Flask route in the
same process.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from flask import Flask, Response
from flask.testing import FlaskClient

from glossary_api.harvesting.harvest import publish
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.store.edition import Edition
from tests.benchmarks.corpus import reports
from tests.benchmarks.harvested import harvest_of

FULL, QUICK = (1000, 10_000), (100, 400)
MOST_MS, MOST_GROWTH, MOST_SIZE = 25.0, 1.5, 3.0
_ROUNDS = 40
_API = "/api/v1"
_FACTOR = 1000


class Line(NamedTuple):
    """A measured thing: medians on the small and the large edition, the spread, and what is wrong with it."""

    name: str
    small: float
    large: float
    spread: float
    """Of the middle half of the rounds on the large edition, in parts of the median."""
    unit: str
    missed: str


def measure(sizes: tuple[int, int]) -> Iterator[Line]:
    """Measure writing, then every route, on two editions of so many reports."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{size}.db" for size in sizes]
        yield from _written(sizes, paths)
        bare = Flask("bare")
        bare.add_url_rule("/bare", view_func=lambda: Response(b'{"status":"ok"}', mimetype="application/json"))
        clients = [create_app(Settings(edition=path)).test_client() for path in paths]
        flat, spread = _median(bare.test_client(), ["/bare"])
        yield Line("bare Flask route", flat, flat, spread, "ms", "")
        asked = [_questions(Edition.open(path)) for path in paths]
        for name in asked[0]:
            (small, _), (large, spread) = (_median(c, q[name]) for c, q in zip(clients, asked, strict=True))
            missed = "slow" if large > MOST_MS else "grows" if large > MOST_GROWTH * small and large > flat else ""
            yield Line(name, small, large, spread, "ms", missed)


def _written(sizes: Sequence[int], paths: Sequence[Path]) -> Iterator[Line]:
    seconds, shares = [], []
    for size, path in zip(sizes, paths, strict=True):
        harvest = harvest_of(reports(size))
        begun = time.process_time()
        publish(harvest, path)
        seconds.append((time.process_time() - begun) / size * _FACTOR)
        shares.append(path.stat().st_size / sum(len(parsed.report.text.encode()) for parsed in harvest.reports))
    yield Line("writing, a report", seconds[0], seconds[1], 0.0, "ms", "")
    yield Line("edition, of its texts", shares[0], shares[1], 0.0, "times", "large" if shares[1] > MOST_SIZE else "")


def _questions(edition: Edition) -> Mapping[str, Sequence[str]]:
    """Addresses by what is asked: about the most used and the most defined terms, and reports of middle length."""
    used = [n for (n,) in edition.select("SELECT name FROM terms ORDER BY usages DESC, rank LIMIT 5")]
    defined = [n for (n,) in edition.select("SELECT name FROM terms ORDER BY definers DESC, rank LIMIT 5")]
    statement = "SELECT id FROM reports ORDER BY chars LIMIT 3 OFFSET (SELECT count(*) / 2 FROM reports)"
    middle = [id_ for (id_,) in edition.select(statement)]
    place = middle[0][:6]
    about = {name: [f"{_API}/terms/{quote(term)}/{name}" for term in used] for name in ("related", "timeline")}
    about |= {name: [f"{_API}/terms/{quote(term)}/{name}" for term in defined] for name in ("compare", "definitions")}
    lists = ("terms", "terms?year=2014", f"terms?place={place}", "reports", "reports?year=2014", "findings")
    of_report = {"report": "", "report terms": "/terms", "report glossary": "/glossary", "report new": "/new"}
    return {
        "term": [f"{_API}/terms/{quote(term)}" for term in defined],
        "look-up": [f"{_API}/lookup?name={quote(term)}" for term in defined],
        "look-up, place and day": [f"{_API}/lookup?name={quote(n)}&place={place}&date=2020-01-01" for n in defined],
        **about,
        "usages": [f"{_API}/terms/{quote(term)}/usages" for term in used],
        **{name.partition("=")[0]: [f"{_API}/{name}"] for name in lists},
        **{name: [f"{_API}/reports/{id_}{end}" for id_ in middle] for name, end in of_report.items()},
        "search, two": [f"{_API}/search?q={quote(term[:2])}" for term in (*used, *defined)],
        "search, four": [f"{_API}/search?q={quote(term[:4])}" for term in (*used, *defined)],
        "suggest": [f"{_API}/suggest?q={quote(term[:2])}" for term in used],
        "page of a term": [f"/terms/{quote(term)}" for term in defined],
        "page of a report": [f"/reports/{id_}" for id_ in middle],
        "page of a report glossary": [f"/reports/{id_}/glossary" for id_ in middle],
        "annotate, 200 characters": [f"{_API}/annotate#{'“' + '”“'.join(defined) + '”'}"],
    }


def _median(client: FlaskClient, addresses: Sequence[str]) -> tuple[float, float]:
    """Milliseconds of processor time for a request: the median, and how far the middle half spreads around it."""
    taken = []
    for round_ in range(_ROUNDS // len(addresses) + 2):
        for address in addresses:
            path, _, text = address.partition("#")
            begun = time.thread_time()
            answer = client.post(path, json={"text": text[:200]}) if text else client.get(path)
            if round_:  # the first one fetches from the disk
                taken.append((time.thread_time() - begun) * 1e3)
            assert answer.status_code == 200, (address, answer.status_code)
    first, middle, third = statistics.quantiles(taken, n=4)
    return middle, (third - first) / middle
