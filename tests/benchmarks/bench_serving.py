"""Every route on a small and a large edition, in turns with a bare Flask route, and what servers of them need.

    python -m tests.benchmarks.bench_serving SMALL LARGE

takes two editions that are there; `python -m tests.benchmarks scale` makes them first. Everything in process is
processor time, so that other programs of the machine count for nothing. Asked for, on the large edition: look-ups at
0.8 of the rate of the bare route, with place and day at 0.7, texts of 200 characters annotated at 0.6 and 95 of 100 of
them in 5 ms, 95 of 100 searches and suggestions in 10 ms, every other route in 25 ms and at most 1.5 times as dear as
on the small one; a worker that starts in 0.5 s, four workers in 1.5 times the memory of one, and after 100 editions
as much memory and as many open files as after the first ten.

The bare route answers to the same method, and parses what it is sent. No text is annotated and no search is made
twice, and look-ups from “places and days” are from another place each time. All but look-ups are asked with a token:
whoever has one gets an answer of their own, so that no answer is measured that was made before.
"""

from __future__ import annotations

import gc
import itertools
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, request
from flask.testing import FlaskClient

from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.store.edition import Edition
from tests.benchmarks.lines import HEAD, Line
from tests.benchmarks.workers import of_workers

MOST_MS, MOST_GROWTH = 25.0, 1.5
ROUNDS = 40
API = "/api/v1"


@dataclass(frozen=True, slots=True)
class Question:
    """A route as it is asked: addresses, or texts that are sent to the one address."""

    addresses: Sequence[str]
    texts: Sequence[str] = ()
    of_bare: float = 0.0
    """Of the rate of the bare route at least so much; then it may grow, and take as long as that lets it."""
    p95: float = 0.0
    """Milliseconds in which 95 of 100 are to be answered; 0 where nothing is said of them."""


def measure(paths: Sequence[Path]) -> Iterator[Line]:
    """Measure every route on the editions at two paths."""
    bare = Flask("bare")
    bare.add_url_rule("/bare", view_func=_bare, methods=["GET", "POST"])
    asking = bare.test_client()
    clients = [create_app(Settings(edition=path)).test_client() for path in paths]
    small, large = (questions(Edition.open(path)) for path in paths)
    gc.collect()
    gc.freeze()  # as a server does
    for name, question in large.items():
        ways = (_ways(asking, Question(["/bare"], question.texts)), *map(_ways, clients, (small[name], question)))
        yield _line(name, question, *_timed(ways))


def _bare() -> Response:
    """Answer always the same; a body is read, as whoever annotates it has to."""
    if request.method == "POST":
        request.get_json()
    return Response(b'{"status":"ok"}', mimetype="application/json")


def _timed(ways: Sequence[Iterator[Callable[[], object]]]) -> tuple[list[float], ...]:
    """Return milliseconds by way, which take turns; the first rounds fetch from the disk and do not count."""
    taken: tuple[list[float], ...] = tuple([] for _ in ways)
    for round_ in range(-6, ROUNDS):
        for times, way in zip(taken, ways, strict=True):
            ask = next(way)
            begun = time.thread_time()
            ask()
            if round_ >= 0:
                times.append((time.thread_time() - begun) * 1e3)
    return taken


def _ways(client: FlaskClient, question: Question) -> Iterator[Callable[[], object]]:
    """Yield requests for ever, one address and one text after another."""
    texts = itertools.cycle(question.texts or [None])
    headers = {} if question.of_bare else {"Authorization": "None"}
    for address in itertools.cycle(question.addresses):
        body = {"json": {"text": next(texts)}} if question.texts else {}

        def ask(address: str = address, body: Mapping[str, object] = body) -> None:
            method = "POST" if body else "GET"
            answer = client.open(address, method=method, headers=headers, **body)  # type: ignore[arg-type]
            assert answer.status_code == 200, (address, answer.status_code)

        yield ask


def _line(name: str, question: Question, flat: list[float], small: list[float], large: list[float]) -> Line:
    first, middle, third = statistics.quantiles(large, n=4)
    before, p95 = statistics.median(small), statistics.quantiles(large, n=20)[-1]
    of_bare = statistics.median(one / other for one, other in zip(flat, large, strict=True))
    missed = [
        word
        for word, wrong in (
            (f"below {question.of_bare}", of_bare < question.of_bare),
            ("slow", middle > MOST_MS or (question.p95 and p95 > question.p95)),
            ("grows", not question.of_bare and middle > MOST_GROWTH * before and middle > statistics.median(flat)),
        )
        if wrong
    ]
    return Line(name, before, middle, (third - first) / middle, "ms", ", ".join(missed), of_bare, p95)


def questions(edition: Edition) -> Mapping[str, Question]:
    """Return routes by what is asked: about the most used, the most defined and any terms, reports of middle length."""
    chance = random.Random(1)
    names = {
        "": [n for (n,) in edition.select("SELECT name FROM terms WHERE status = 'established' AND rank % 97 = 5")],
        " commonest": [n for (n,) in edition.select("SELECT name FROM terms ORDER BY usages DESC, rank LIMIT 20")],
        " most defined": [n for (n,) in edition.select("SELECT name FROM terms ORDER BY definers DESC, rank LIMIT 20")],
    }
    places = "SELECT DISTINCT place_code FROM reports WHERE place_code > '' ORDER BY rank"
    codes = [code for (code,) in edition.select(places)]
    asked = dict[str, Question]()
    for which, of_kind in names.items():
        chance.shuffle(of_kind)
        at = [f"&place={chance.choice(codes)}&date={chance.randint(2010, 2025)}-02-01" for _ in range(200)]
        asked[f"term{which}"] = Question([f"{API}/terms/{quote(name)}" for name in of_kind], of_bare=0.8)
        looked_up = [f"{API}/lookup?name={quote(name)}" for name in of_kind]
        asked[f"look-up{which}"] = Question(looked_up, of_bare=0.8)
        asked[f"look-up{which}, a place and day"] = Question([one + at[0] for one in looked_up], of_bare=0.7)
        asked[f"look-up{which}, places and days"] = Question(
            [one + where for one, where in zip(itertools.cycle(looked_up), at, strict=False)], of_bare=0.7
        )
    texts = _texts(edition, chance)
    annotate = [f"{API}/annotate"]
    asked["annotate, 200 characters"] = Question(annotate, [_piece(texts, 200, chance) for _ in range(99)], 0.6, 5.0)
    defined = names[" most defined"]
    lists = ["“" + "”“".join(chance.sample(defined, 5)) + "”" + _piece(texts, 160, chance) for _ in range(99)]
    asked["annotate, 200, the most defined"] = Question(annotate, [one[:200] for one in lists], 0.6, 5.0)
    asked["annotate, 2,000 characters"] = Question(annotate, [_piece(texts, 2000, chance) for _ in range(99)])
    for size in (2, 4, 8):
        found = [_piece(texts, size, chance) for _ in range(99)]
        asked[f"search, {size} characters"] = Question([f"{API}/search?q={quote(one)}" for one in found], p95=10.0)
    for size in (1, 2, 4):
        begun = [chance.choice(names[""] + defined)[:size] for _ in range(99)]
        asked[f"suggest, {size} characters"] = Question([f"{API}/suggest?q={quote(one)}" for one in begun], p95=10.0)
    return {**asked, **_of_terms(names[" commonest"][:5], defined[:5]), **_of_reports(edition), **_lists(edition)}


def _of_terms(used: Sequence[str], defined: Sequence[str]) -> Mapping[str, Question]:
    of_used = {"related": "/related", "timeline": "/timeline", "usages": "/usages", "reports of a term": "/reports"}
    of_defined = {"compare": "/compare", "definitions": "/definitions", "history": "/history"}
    asked = {name: [f"{API}/terms/{quote(term)}{end}" for term in used] for name, end in of_used.items()}
    asked |= {name: [f"{API}/terms/{quote(term)}{end}" for term in defined] for name, end in of_defined.items()}
    pages = {"page of a term": "", "page of usages": "/usages", "card of a term": "/card"}
    asked |= {name: [f"/terms/{quote(term)}{end}" for term in (*used, *defined)] for name, end in pages.items()}
    asked["page of a comparison"] = [
        f"/compare?names={quote(one)}&names={quote(two)}" for one, two in zip(used, defined, strict=True)
    ]
    asked["page of a search"] = [f"/search?q={quote(term[:size])}" for term in used for size in (2, 3)]
    return {name: Question(addresses) for name, addresses in asked.items()}


def _of_reports(edition: Edition) -> Mapping[str, Question]:
    statement = "SELECT id FROM reports ORDER BY chars LIMIT 5 OFFSET (SELECT count(*) / 2 FROM reports)"
    middle = [id_ for (id_,) in edition.select(statement)]
    parts = {"report": "", "report terms": "/terms", "report glossary": "/glossary", "report new": "/new"}
    asked = {name: [f"{API}/reports/{id_}{end}" for id_ in middle] for name, end in parts.items()}
    pages = {"page of a report": "", "page of a report glossary": "/glossary"}
    asked |= {name: [f"/reports/{id_}{end}" for id_ in middle] for name, end in pages.items()}
    return {name: Question(addresses) for name, addresses in asked.items()}


def _lists(edition: Edition) -> Mapping[str, Question]:
    place = edition.select("SELECT place_code FROM reports ORDER BY chars LIMIT 1")[0][0]
    lists = ["terms", "terms?year=2014", f"terms?place={place}", "terms?defined=true", "reports", "reports?year=2014"]
    lists += [f"reports?place={place}", "findings", "changes", "status", "readyz"]
    pages = ["", "terms", f"terms?place={place}", "reports", "reports?year=2014", "findings", "about"]
    asked = {one.partition("=")[0]: [f"{API}/{one}"] for one in lists}
    asked |= {f"page /{one.partition('=')[0]}": [f"/{one}"] for one in pages}
    return {name: Question(addresses) for name, addresses in asked.items()}


def _texts(edition: Edition, chance: random.Random) -> list[str]:
    ranks = chance.choices([rank for (rank,) in edition.select("SELECT rank FROM reports")], k=100)
    return [edition.select("SELECT unpacked(text) FROM reports WHERE rank = ?", (rank,))[0][0] for rank in ranks]


def _piece(texts: Sequence[str], size: int, chance: random.Random) -> str:
    text = chance.choice(texts)
    start = chance.randrange(len(text) - size)
    return text[start : start + size]


def main() -> int:
    """Print what is measured on two editions; 1 if anything misses what was asked for."""
    small, large = map(Path, sys.argv[1:3])
    missed = 0
    print(*HEAD, sep="\n")
    for line in itertools.chain(measure([small, large]), of_workers(small, large)):
        print(line.row(), flush=True)
        missed += bool(line.missed)
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
