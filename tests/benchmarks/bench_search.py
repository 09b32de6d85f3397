"""Search and suggestions over HTTP on an edition of 100,000 terms and 1,000,000 usages, and what LIKE says to them.

    python -m tests.benchmarks.bench_search [EDITION]

The edition is written first unless the file is there. Asked for: p95 of at most 10 ms for questions of two, four and
eight characters, and nothing missed that a plain LIKE finds.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from glossary_api.queries.search import search
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters
from glossary_api.store.writing import write_edition
from tests.benchmarks.loopback import asked, gunicorn, one_by_one, quiet, served
from tests.benchmarks.synthetic import synthetic_harvest
from tests.running import free_port

TERMS, USAGES = 100_000, 1_000_000
QUESTIONS = 400
LIMIT_MS = 10.0
_MOST = 2000
"""Questions with more hits than that are too common to compare hit by hit."""


def main() -> int:
    """Print the figures; 1 if any is beyond what was asked for."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.gettempdir()) / "glossary-bench.db"
    if not path.exists():
        print(f"writing {path} …")
        write_edition(synthetic_harvest(TERMS, USAGES), path)
    edition = Edition.open(path)
    print(
        f"{edition.counts['terms']:,} terms, {edition.counts['usages']:,} usages, {path.stat().st_size / 1e6:,.0f} MB"
    )
    worst = max(speed(edition, path))
    missed = missing(edition)
    return int(worst > LIMIT_MS or missed > 0)


def speed(edition: Edition, path: Path) -> Iterator[float]:
    """p95 in milliseconds of each kind of question."""
    chance, port = random.Random(1), free_port()
    texts, names, sounds = samples(edition, chance)
    cases = [(f"/search, {length} characters", "/api/v1/search", pieces(texts, length, chance)) for length in (2, 4, 8)]
    cases += [
        (f"/suggest, {length} characters", "/api/v1/suggest", pieces(names, length, chance)) for length in (2, 4, 8)
    ]
    cases += [(f"/suggest, {length} letters", "/api/v1/suggest", begun(sounds, length)) for length in (2, 4, 8)]
    cases += [("/suggest, a slip in a name", "/api/v1/suggest", [name[:1] + "龘" + name[2:] for name in names])]
    with served(gunicorn("wsgi:app", port), port, {"GLOSSARY_EDITION": str(path)}):
        for label, address, questions in cases:
            requests = [asked(address, {"q": question}) for question in questions]
            quiet()
            one_by_one(port, requests[:20])
            found = one_by_one(port, requests)
            print(f"{label:30} {found}")
            yield found.at(95)


def samples(edition: Edition, chance: random.Random) -> tuple[list[str], list[str], list[str]]:
    """Texts of reports, names of terms and their readings."""
    ranks = chance.choices([rank for (rank,) in edition.select("SELECT rank FROM reports")], k=100)
    texts = [edition.select("SELECT unpacked(text) FROM reports WHERE rank = ?", (rank,))[0][0] for rank in ranks]
    step = max(1, edition.counts["terms"] // QUESTIONS)
    terms = edition.select("SELECT name, pinyin FROM terms ORDER BY rank")[::step][:QUESTIONS]
    return texts, [name for name, _ in terms], [pinyin.replace(" ", "") for _, pinyin in terms]


def pieces(texts: Sequence[str], length: int, chance: random.Random) -> list[str]:
    """Different pieces of so many characters, as often met as in the texts; shorter where no text is as long."""
    found: dict[str, None] = {}
    for _ in range(100 * QUESTIONS):
        runs = re.findall(r"[^\W_]+", chance.choice(texts))
        run = chance.choice(runs)
        if len(run) >= length:
            start = chance.randint(0, len(run) - length)
            found.setdefault(run[start : start + length])
        if len(found) == QUESTIONS:
            break
    return list(found)


def begun(sounds: Sequence[str], length: int) -> list[str]:
    """The beginnings of readings."""
    return list(dict.fromkeys(sound[:length] for sound in sounds))


def missing(edition: Edition) -> int:
    """How many paragraphs LIKE finds in which the search finds nothing, over questions of two, four and eight signs."""
    chance = random.Random(2)
    texts, _, _ = samples(edition, chance)
    paragraphs = edition.select(
        """SELECT r.id, p.start, p."end", substr(r.text, p.start + 1, p."end" - p.start)
           FROM passages p JOIN reports r ON r.rank = p.report WHERE p.field = 2"""
    )
    compared = missed = 0
    begun_at = time.perf_counter()
    for length in (2, 4, 8):
        for question in pieces(texts, length, chance)[:60]:
            like = [(id_, start, end) for id_, start, end, text in paragraphs if question in text]
            if len(like) > _MOST:
                continue
            found = {(id_, start) for id_, start in everything(edition, question)}
            starts = [any((id_, offset) in found for offset in range(start, end)) for id_, start, end in like]
            compared, missed = compared + len(like), missed + starts.count(False)
    print(f"LIKE finds {compared:,} paragraphs, {missed} of them missed ({time.perf_counter() - begun_at:.0f} s)")
    return missed


def everything(edition: Edition, question: str) -> Iterator[tuple[str, int]]:
    """Report and offset of the snippet of every paragraph that a search finds."""
    cursor: str | None = None
    while True:
        page = search(edition, TermFilters(q=question), "context", 200, cursor)
        yield from ((item["report"]["id"], item["start"]) for item in page.items)
        cursor = page.next
        if cursor is None:
            return


if __name__ == "__main__":
    sys.exit(main())
