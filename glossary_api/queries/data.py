"""An edition as tables for who computes with it: tidy CSV, one fact a row, and a data dictionary (Frictionless).

The rows are those of the views that the edition's own file has (`store/views.py`), so that both say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

import orjson

from glossary_api.errors import NotFound
from glossary_api.exports import parquet
from glossary_api.exports.archive import Archive
from glossary_api.exports.formats import BOM
from glossary_api.exports.tables import lines
from glossary_api.store.edition import Edition, JsonObject
from glossary_api.store.view_columns import COLUMNS
from glossary_api.store.views import VIEWS
from glossary_api.text.cells import guarded

_BATCH = 200
"""Of how many terms or reports rows are fetched at once: no table is held whole."""
_TIMELINE = """SELECT t.id AS term, t.name, r.year, count(*) AS reports, sum(a.usages) AS usages,
    sum(a.defines) AS defining FROM appearances a JOIN terms t ON t.rank = a.term JOIN reports r ON r.rank = a.report
    WHERE t.id IN (SELECT value FROM json_each(:ids)) GROUP BY t.rank, r.year ORDER BY t.rank, r.year"""


class DataTable(NamedTuple):
    """A table of an edition."""

    name: str
    view: str
    """The view that has its rows, or `timeline`."""
    by: str
    """Its column with the id of a term or report, by which its rows are fetched."""
    key: tuple[str, ...]
    """The columns that no two rows have alike; none where there is no such thing."""
    order: str
    """How the rows of a batch are sorted."""
    title: str
    without: frozenset[str] = frozenset()
    """Columns that hold several facts, which another table has a row for each of."""

    @property
    def columns(self) -> list[str]:
        """Return the names of its columns."""
        return [name for name in COLUMNS[self.view] if name not in self.without]


def _tables(*tables: DataTable) -> Mapping[str, DataTable]:
    return {table.name: table for table in tables}


TABLES = _tables(
    DataTable("terms", "v_terms", "id", ("id",), "name", "Terms and candidates"),
    DataTable(
        "definitions",
        "v_definitions",
        "term",
        ("term", "position"),
        "name, position",
        "Definitions with their sources",
        frozenset(("members",)),
    ),
    DataTable(
        "members", "v_members", "term", ("term", "definition", "number"), "term, definition, number", "Members counted"
    ),
    DataTable(
        "usages", "v_usages", "report", ("term", "report", "start", "end"), "report, start, end", "Where terms stand"
    ),
    DataTable("renderings", "v_renderings", "term", (), "term, sense, language", "Renderings in other languages"),
    DataTable("reports", "v_reports", "id", ("id",), "id", "Reports"),
    DataTable("timeline", "timeline", "term", (), "", "Use of terms by year"),
)
"""By name, in the order in which they are listed."""
_REFERRED = {"term": "terms", "report": "reports"}
"""Columns with ids of another table."""


def table_named(name: str) -> DataTable:
    """Return the table of a name. Raises NotFound with the names of all."""
    if name not in TABLES:
        raise NotFound("table", name, list(TABLES))
    return TABLES[name]


def rows(edition: Edition, table: DataTable, step: int = 1) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table, by the name of the term or the id of the report; those of every `step`-th only."""
    by_report = "reports" in (table.name, _REFERRED.get(table.by))
    asked = f"SELECT id FROM {'reports' if by_report else 'terms'} ORDER BY rank"
    ids = [row[0] for row in edition.select(asked)][step - 1 :: step]
    statement = _TIMELINE
    if table.view in VIEWS:
        names = ", ".join(f'"{name}"' for name in table.columns)
        statement = f"""SELECT {names} FROM ({VIEWS[table.view]})
            WHERE {table.by} IN (SELECT value FROM json_each(:ids)) ORDER BY {table.order.replace("end", '"end"')}"""
    for start in range(0, len(ids), _BATCH):
        batch = {"ids": orjson.dumps(ids[start : start + _BATCH]).decode()}
        yield from edition.select(statement, batch)


def count(edition: Edition, table: DataTable) -> int:
    """Return how many rows a table has."""
    source = "appearances a JOIN reports r ON r.rank = a.report"
    asked = f"(SELECT 1 FROM {source} GROUP BY a.term, r.year)" if table.view not in VIEWS else f"({VIEWS[table.view]})"
    number: int = edition.select(f"SELECT count(*) FROM {asked}")[0][0]
    return number


def written(
    edition: Edition, table: DataTable, *, bom: bool = False, formulas: bool = False, step: int = 1
) -> Iterator[bytes]:
    """Yield a table as CSV, with a byte order mark for spreadsheets if `bom`; `step` is as in `rows`.

    Unless `formulas`, no spreadsheet takes a cell for a formula.
    """
    if bom:
        yield BOM
    shown = (["" if value is None else str(value) for value in row] for row in rows(edition, table, step))
    yield from lines(chain([table.columns], shown if formulas else (list(map(guarded, row)) for row in shown)))


def package(edition: Edition) -> JsonObject:
    """Return the data dictionary: a Frictionless Data Package, whose paths are names of files beside it."""
    return {
        "profile": "tabular-data-package",
        "name": "glossary",
        "title": "Glossary of Chinese government work reports",
        "version": edition.hash,
        "description": "Terms, definitions and uses with their sources. Offsets count code points, half open.",
        "resources": [_resource(table) for table in TABLES.values()],
    }


def packed(edition: Edition) -> Iterator[bytes]:
    """Yield a zip archive of all tables and the data dictionary."""
    archive = Archive()
    archive.add("datapackage.json", _indented(package(edition)))
    for table in TABLES.values():
        with archive.member(f"{table.name}.csv") as file:
            for line in written(edition, table):
                file.write(line)
                yield from archive.taken()
    yield archive.end()


def packed_as_parquet(edition: Edition) -> Iterator[bytes]:
    """Yield a zip archive of all tables as Parquet. Raises BadParameter where pyarrow is not installed."""
    archive = Archive()
    for table in TABLES.values():
        types = {name: COLUMNS[table.view][name].type for name in table.columns}
        archive.add(f"{table.name}.parquet", parquet.table(types, rows(edition, table)))
        yield from archive.taken()
    yield archive.end()


def datasette(edition: Edition) -> bytes:
    """Return metadata for Datasette, to be opened with the edition's file: titles, labels, meanings, facets."""
    tables = {
        table.view: {
            "title": table.title,
            "columns": {name: column.meaning for name, column in COLUMNS[table.view].items()},
        }
        | _SHOWN.get(table.view, {})
        for table in TABLES.values()
        if table.view in VIEWS
    }
    about = {"title": "Glossary of Chinese government work reports", "description": f"Edition {edition.hash}."}
    hidden = {name: {"hidden": True} for name in VIEWS if name not in tables}
    labelled = {"terms": {"label_column": "name"}, "reports": {"label_column": "title"}}
    database = {"tables": tables | labelled | hidden}
    names = (edition.path.stem, f"glossary-{edition.hash[:12]}")  # the second is what a download is called
    return _indented(about | {"databases": dict.fromkeys(names, database)})


_SHOWN: Mapping[str, JsonObject] = {
    "v_terms": {"facets": ["kind", "status", "defined"], "sort_desc": "usages"},
    "v_reports": {"facets": ["level", "year", "place"], "sort_desc": "year"},
    "v_definitions": {"facets": ["source_type", "count_check", "evidence", "place", "year"]},
    "v_usages": {"facets": ["year", "place", "match_type"]},
    "v_renderings": {"facets": ["language", "status"]},
}
"""What Datasette shows first of each view."""


def _resource(table: DataTable) -> JsonObject:
    columns = COLUMNS[table.view]
    fields = [
        {"name": name, "type": columns[name].type, "description": columns[name].meaning}
        | ({"constraints": {"required": True}} if name in table.key else {})
        for name in table.columns
    ]
    schema: JsonObject = {"fields": fields, "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    schema["foreignKeys"] = [
        {"fields": [name], "reference": {"resource": other, "fields": ["id"]}}
        for name, other in _REFERRED.items()
        if name in table.columns
    ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _indented(document: JsonObject) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_INDENT_2)
