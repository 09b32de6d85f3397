"""Data: the edition as tables, one fact a row, with their dictionary."""

from __future__ import annotations

import orjson
from flask import Response
from marshmallow import fields

from glossary_api.api.http.answers import json_answer, served_edition
from glossary_api.api.http.routing import download, get, resource
from glossary_api.api.schemas.strict import Strict, several, word
from glossary_api.queries.data import TABLES, package, table_named, written

blueprint = resource("data", "Data for researchers")
_CSV = "text/csv"


class TableQuerySchema(Strict):
    """The parameters of a table."""

    bom = fields.Boolean(load_default=False, metadata={"description": "A byte order mark before it, for Excel."})
    formulas = fields.Boolean(
        load_default=False,
        metadata={
            "description": "Leave cells as they are that a spreadsheet would take for formulas; else an apostrophe"
            " stands before them."
        },
    )


class DataPackageSchema(Strict):
    """A Frictionless Data Package."""

    profile = word("Which profile of the standard it follows.")
    name = word("Short name.")
    title = word("Title.")
    version = word("Hash of the edition.")
    description = word("What is in it.")
    resources = several(
        fields.Dict(keys=fields.String()), "The tables, each with its `path` from here and the schema of its columns."
    )


@get(blueprint, "/export/tables/datapackage.json", DataPackageSchema)
def show_data_package() -> Response:
    """Show the data dictionary of the tables: each column with its type and meaning, keys and references."""
    return json_answer(orjson.dumps(package(served_edition())))


@download(
    blueprint,
    "/export/tables/<table>.csv",
    [_CSV],
    query=TableQuerySchema,
    parameters=[{"in": "path", "name": "table", "description": "Name of a table.", "schema": {"enum": [*TABLES]}}],
)
def export_table(table: str, bom: bool, formulas: bool) -> Response:
    """Export a table as CSV, one fact a row."""
    wanted, edition = table_named(table), served_edition()
    answer = Response(written(edition, wanted, bom=bom, formulas=formulas), mimetype=_CSV)
    answer.mimetype_params["charset"] = "utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{table}.csv"'
    return answer
