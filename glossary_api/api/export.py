"""Exports: the terms of the edition as files for other people's tools."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response, request
from marshmallow import fields, validate

from glossary_api.api.answers import json_answer, served_edition
from glossary_api.api.exporting import LANGUAGE, exported, file_name
from glossary_api.api.queries import TermQuerySchema
from glossary_api.api.routing import download, get, resource
from glossary_api.api.schemas import Strict
from glossary_api.exports.formats import FORMATS, Format, format_named
from glossary_api.store.lookup import TermFilters

blueprint = resource("exports", "Exports to other tools")
_WHOLE = {name: format_ for name, format_ in FORMATS.items() if format_.whole}
_OF_TERMS = {name: format_ for name, format_ in FORMATS.items() if not format_.whole}


def _text(description: str) -> fields.String:
    return fields.String(required=True, metadata={"description": description})


class FormatSchema(Strict):
    """A format that an edition can be exported in."""

    name = _text("What the format is called in the address.")
    media_type = _text("Media type of the file.")
    suffix = _text("Suffix of file names, with the dot.")
    summary = _text("What it is, in a few words.")
    manual = _text("What it holds, how, and what it leaves out.")


class FormatsSchema(Strict):
    """The formats."""

    formats = fields.List(
        fields.Nested(FormatSchema),
        required=True,
        metadata={"description": "All formats, those for translators first."},
    )


class ExportQuerySchema(TermQuerySchema):
    """Which terms, with renderings in which language."""

    class Meta(Strict.Meta):
        """An export is no page."""

        exclude = ("limit", "cursor")

    lang = fields.String(
        validate=validate.Regexp(f"^{LANGUAGE}$", error="must be a language code such as en or pt-BR"),
        metadata={
            "description": "The one target language. Without it all of them, or English where a format has one only."
        },
    )
    bom = fields.Boolean(
        truthy={"true"},
        falsy={"false"},
        load_default=False,
        error_messages={"invalid": "must be true or false"},
        metadata={"description": "Whether csv and tsv begin with a byte order mark, for Excel; without effect else."},
    )


@get(blueprint, "/export", FormatsSchema)
def list_formats() -> Response:
    """List the formats, each with its manual."""
    return json_answer(orjson.dumps({"formats": [_described(format_) for format_ in FORMATS.values()]}))


@download(
    blueprint,
    "/export/<format>",
    [format_.media_type for format_ in _OF_TERMS.values()],
    query=ExportQuerySchema,
    parameters=[{"in": "path", "name": "format", "description": "Name of a format.", "schema": {"enum": [*_OF_TERMS]}}],
)
def export_terms(format: str, bom: bool, lang: str | None = None, **filters: Any) -> Response:
    """Export terms in a format; the same edition gives the same file."""
    wanted = format_named(format)
    bom = bom and wanted.spreadsheet
    pieces = exported(served_edition(), wanted, TermFilters(**filters), lang, bom=bom, address=request.url_root)
    return _file(wanted, pieces)


@download(blueprint, "/export/sqlite", [format_.media_type for format_ in _WHOLE.values()])
def export_edition() -> Response:
    """Export the edition itself, an SQLite database."""
    wanted = format_named("sqlite")
    return _file(wanted, exported(served_edition(), wanted))


def _described(format_: Format) -> dict[str, str]:
    return {name: getattr(format_, name) for name in ("name", "media_type", "suffix", "summary", "manual")}


def _file(format_: Format, pieces: Any) -> Response:
    answer = Response(pieces, mimetype=format_.media_type)
    if format_.textual:
        answer.mimetype_params["charset"] = "utf-8"
    name = file_name(served_edition(), format_)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
