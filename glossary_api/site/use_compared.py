"""The use of several terms side by side: by year and by province, as pictures, as tables and as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from flask import Response, g, render_template, request

from glossary_api.errors import BadParameter, TermNotFound
from glossary_api.queries.timeline import ProvinceUse, province_uses, timeline
from glossary_api.site.chart import Tile, YearChart, tiles, top_of, year_chart
from glossary_api.site.page import blueprint
from glossary_api.text.cells import guarded

MOST = 6
"""How many terms are compared."""
LONGEST = 400
"""Characters of the names together."""
BY_YEAR, BY_PROVINCE = BY = ("year", "province")
_BETWEEN = re.compile(r"[,，、;；\n]")


@dataclass(frozen=True, slots=True)
class Used:
    """A term and its use."""

    name: str
    times: Mapping[str, Any]
    """A `CourseDocument`."""
    provinces: Sequence[ProvinceUse]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A term with its pictures."""

    name: str
    times: Mapping[str, Any]
    chart: YearChart | None
    tiles: list[Tile]


@blueprint.get("/compare", strict_slashes=False)
def compare() -> str:
    """Show the terms that `?names=` names, all pictures on one scale; a name that is no term is said to be none."""
    names = asked_names()
    used, unknown = _used(names[:MOST])
    top = top_of([one.times for one in used])
    drawn = [Drawn(one.name, one.times, year_chart(one.times, top), shaded(one.provinces, used)) for one in used]
    return render_template(
        "compare.html",
        names=names,
        drawn=drawn,
        unknown=unknown,
        left_out=names[MOST:],
        most=MOST,
        by_province=_by_province(used),
    )


@blueprint.get("/compare.csv")
def compare_csv() -> Response:
    """Return the same figures as CSV, one fact a row: by year, or with `?by=province` by province.

    Raises BadParameter for another way, and TermNotFound.
    """
    by = request.args.get("by", BY_YEAR)
    if by not in BY:
        raise BadParameter("by", "must-be-one-of", choices=", ".join(BY))
    used = [_use_of(name) for name in asked_names()[:MOST]]
    written = io.StringIO(newline="")
    table = csv.writer(written)
    rows = _years(used) if by == BY_YEAR else _provinces(used)
    table.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    answer = Response(f"\ufeff{written.getvalue()}", mimetype="text/csv")  # the mark by which spreadsheets know UTF-8
    answer.headers["Content-Disposition"] = f'attachment; filename="by-{by}.csv"'
    return answer


def asked_names() -> list[str]:
    """Return the names that the request asks for, parted by commas or in parameters of their own, each once."""
    asked = ",".join(request.args.getlist("names"))[:LONGEST]
    return list(dict.fromkeys(name.strip() for name in _BETWEEN.split(asked) if name.strip()))


def shaded(provinces: Sequence[ProvinceUse], used: Sequence[Used]) -> list[Tile]:
    """Return the tiles of one term, in shades that mean the same for all."""
    return tiles(provinces, max((use.per_10000 for one in used for use in one.provinces), default=0.0))


def _used(names: Sequence[str]) -> tuple[list[Used], list[tuple[str, tuple[str, ...]]]]:
    """Return the terms, each once, and the names that no term has, each with the nearest ones."""
    used: dict[str, Used] = {}
    unknown = []
    for name in names:
        try:
            one = _use_of(name)
            used.setdefault(one.name, one)
        except TermNotFound as error:
            unknown.append((name, tuple(error.nearest)))
    return list(used.values()), unknown


def _use_of(name: str) -> Used:
    found = g.edition.find(name)
    named = orjson.loads(found.document)["name"]
    return Used(named, timeline(g.edition, found.rank), province_uses(g.edition, found.rank))


def _by_province(used: Sequence[Used]) -> list[tuple[ProvinceUse, list[ProvinceUse]]]:
    """Return the provinces that use one of the terms, each with its use of every term."""
    rows = list(zip(*(one.provinces for one in used), strict=True))
    return [(row[0], list(row)) for row in rows if any(use.reports for use in row)]


def _years(used: Sequence[Used]) -> Iterator[tuple[Any, ...]]:
    yield "term", "year", "usages", "reports", "of_reports", "characters", "per_10000"
    counted = ("year", "usages", "reports", "of_reports", "chars", "per_10000")
    for one in used:
        yield from ((one.name, *(item[column] for column in counted)) for item in one.times["years"])


def _provinces(used: Sequence[Used]) -> Iterator[tuple[Any, ...]]:
    yield "term", "code", "province", "usages", "reports", "of_reports", "characters", "per_10000"
    for one in used:
        for use in one.provinces:
            code = f"{use.code}0000" if use.code else ""
            yield one.name, code, use.name or "", use.usages, use.reports, use.of_reports, use.chars, use.per_10000
