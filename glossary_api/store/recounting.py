"""Count again what depends on all reports, from the tables of an edition and not from a harvest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

import numpy as np
import orjson

from glossary_api.model.words import ESTABLISHED
from glossary_api.store.beside import co_uses
from glossary_api.store.chronicle import BUSY, Chronicle, ReportUse
from glossary_api.store.schema import CoUseRow, TimelineRow

Run = Callable[..., Any]
"""Runs a statement."""


def co_used(run: Run) -> Iterator[CoUseRow]:
    """Yield the rows of the terms beside each other."""
    asked = """SELECT DISTINCT u.term, u.section FROM usages u JOIN terms t ON t.rank = u.term
               WHERE t.status = ? ORDER BY u.term, u.section"""
    pairs = np.array(run(asked, (ESTABLISHED,)).fetchall(), np.int64).reshape(-1, 2)
    ranks, numbers = np.unique(pairs[:, 0], return_inverse=True)
    found = ranks.tolist()
    for term, other, together, score in co_uses(numbers.astype(np.int32), pairs[:, 1].astype(np.int32)):
        yield CoUseRow(found[term], found[other], together, score)


def courses(run: Run) -> Iterator[TimelineRow]:
    """Yield the rows of the terms that many reports have, with when and where these are from."""
    asked = "SELECT rank, id, place, place_code, level, year, date, body_chars FROM reports ORDER BY rank"
    uses = {rank: ReportUse(*values) for rank, *values in run(asked)}
    chronicle = Chronicle(uses.values())
    asked = """SELECT term, report, usages, defines FROM appearances
               WHERE term IN (SELECT term FROM appearances GROUP BY term HAVING count(*) > ?) ORDER BY term, report"""
    for term, rows in groupby(run(asked, (BUSY,)), key=lambda row: row[0]):
        having = [uses[report]._replace(usages=usages, defines=defines) for _, report, usages, defines in rows]
        yield TimelineRow(term, orjson.dumps(chronicle.of(having)))
