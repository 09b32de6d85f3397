"""How large downloads are, before anybody makes them: counted where a file is there, else estimated by a sample."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from glossary_api.exports.formats import FORMATS
from glossary_api.queries import data
from glossary_api.queries.export import exported
from glossary_api.store import whole
from glossary_api.store.edition import Edition, JsonObject
from glossary_api.store.filters import EVERY_TERM

_SAMPLE = 100
"""How many terms or reports are written to see how long they are."""


def sizes_of_tables(edition: Edition) -> dict[str, int]:
    """Return about how many bytes each table has as CSV."""
    return {name: _of_table(edition, table) for name, table in data.TABLES.items()}


def sizes_of_formats(edition: Edition) -> dict[str, int]:
    """Return about how many bytes the file of each format of terms has that holds all of them."""
    total = edition.terms(EVERY_TERM, 1).total
    sample = list(_sample(edition, max(1, total // _SAMPLE)))
    found = {}
    for name, format_ in FORMATS.items():
        if not format_.whole:
            empty, some = (sum(map(len, exported(edition, format_, terms=iter(terms)))) for terms in ([], sample))
            found[name] = empty + (some - empty) * total // max(1, len(sample))
    return found


def _of_table(edition: Edition, table: data.DataTable) -> int:
    every = edition.counts["reports" if table.by in ("report",) or table.name == "reports" else "terms"]
    step = max(1, every // _SAMPLE)
    header = len(next(data.written(edition, table)))
    lines = [len(line) for line in data.written(edition, table, step=step)][1:]
    return header + sum(lines) * data.count(edition, table) // max(1, len(lines))


def _sample(edition: Edition, step: int) -> Iterator[JsonObject]:
    """Yield every `step`-th of the terms that are offered, whole."""
    rows = edition.select("SELECT rank FROM terms WHERE status = ? ORDER BY rank", (EVERY_TERM.status,))
    for rank in rows[::step]:
        ((document,),) = edition.select("SELECT unpacked_document(document) FROM terms WHERE rank = ?", rank)
        yield whole.completed(edition, orjson.loads(document))
