"""The page with everything that there is to download."""

from __future__ import annotations

import importlib.util
from typing import NamedTuple

from flask import g, render_template, url_for

from glossary_api.exports.formats import FORMATS
from glossary_api.queries import data as tables
from glossary_api.queries.sizes import sizes_of_formats, sizes_of_tables
from glossary_api.site.page import blueprint
from glossary_api.store import whole
from glossary_api.store.edition import Edition

_UNITS = ("B", "kB", "MB", "GB")


class Download(NamedTuple):
    """A file to be had."""

    name: str
    address: str
    size: str
    rows: int | None = None


@blueprint.get("/data")
def data() -> str:
    """Return all downloads with their sizes."""
    writes_parquet = importlib.util.find_spec("pyarrow") is not None
    return render_template(
        "data.html",
        tables=_tables(g.edition),
        formats=_formats(g.edition),
        edition=_file(),
        writes_parquet=writes_parquet,
    )


def in_units(size: int) -> str:
    """Return a number of bytes in two digits or three, as people say it."""
    amount, unit = float(size), 0
    while amount >= 999.5 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    digits = 1 if amount < 9.95 and unit else 0
    return f"{amount:.{digits}f}\u00a0{_UNITS[unit]}"


def _file() -> Download:
    size = in_units(whole.file_of(g.edition).size)
    return Download("sqlite", url_for("exports.export_edition"), size)


def _tables(edition: Edition) -> list[Download]:
    sizes = edition.once(sizes_of_tables)
    return [
        Download(name, url_for("data.export_table", table=name), in_units(sizes[name]), tables.count(edition, table))
        for name, table in tables.TABLES.items()
    ]


def _formats(edition: Edition) -> list[Download]:
    sizes = edition.once(sizes_of_formats)
    return [
        Download(name, url_for("exports.export_terms", format=name), in_units(sizes[name]))
        for name in FORMATS
        if name in sizes
    ]
