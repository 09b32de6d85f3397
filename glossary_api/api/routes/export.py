"""Exports: the terms of the edition as files for other people's tools."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response, request
from marshmallow import fields
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.http import parse_range_header

from glossary_api.api.http.answers import PARTIAL, json_answer, served_edition
from glossary_api.api.http.downloads import OpenFile
from glossary_api.api.http.middleware import is_of
from glossary_api.api.http.routing import download, get, resource
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.parameters import TermQuerySchema
from glossary_api.api.schemas.standpoint import date_field
from glossary_api.api.schemas.strict import Strict, flag, several, word
from glossary_api.exports.formats import FORMATS, Format, format_named
from glossary_api.exports.packs import yomitan
from glossary_api.queries.export import LANGUAGE, exported, file_name, header_of
from glossary_api.store import whole
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters

blueprint = resource("exports", "Exports to other tools")
_OF_TERMS = {name: format_ for name, format_ in FORMATS.items() if not format_.whole}


def _switch(description: str) -> fields.Boolean:
    """Return a parameter that is off if nothing is said."""
    return fields.Boolean(truthy={"true"}, falsy={"false"}, load_default=False, metadata={"description": description})


class FormatSchema(Strict):
    """A format that an edition can be exported in."""

    name = word("What the format is called in the address.")
    media_type = word("Media type of the file.")
    suffix = word("Suffix of file names, with the dot.")
    summary = word("What it is, in a few words.")
    manual = word("What it holds, how, and what it leaves out.")


class FormatListSchema(Strict):
    """The formats."""

    formats = several(FormatSchema, "All formats, those for translators first.")


class ExportQuerySchema(TermQuerySchema):
    """The parameters by which terms are chosen, and the language of their renderings."""

    class Meta(Strict.Meta):
        """An export is no page."""

        exclude = ("limit", "cursor")

    lang = fields.String(
        validate=validate.Regexp(f"^{LANGUAGE}$", error="must-be-language-code"),
        metadata={
            "description": "The one target language. Without it all of them, or English where a format has one only."
        },
    )
    bom = _switch("Whether csv and tsv begin with a byte order mark, for Excel; without effect else.")
    date = date_field()
    gloss = _switch("Whether each rendering has its gloss behind it, in parentheses; else the note has it.")
    formulas = _switch(
        "Whether cells that a spreadsheet would take for formulas are left so;"
        " else an apostrophe or a mark says that they are texts."
    )


class YomitanIndexSchema(Strict):
    """The index of a Yomitan dictionary, by which it updates itself."""

    title = word("What the dictionary is called.")
    format = fields.Integer(required=True, metadata={"description": "Which format of Yomitan it has."})
    revision = word("Hash of the edition; `~` before it where another one is installed, so that it sorts behind that.")
    sequenced = flag("Whether the entries of a term have a number.")
    author = word("The program that made it.")
    description = word("Which part of which edition it holds.")
    attribution = word("Where its definitions come from.")
    source_language = word("Language of the names.", data_key="sourceLanguage")
    target_language = word("Language of the definitions.", data_key="targetLanguage")
    frequency_mode = word("How frequencies count.", data_key="frequencyMode")
    url = word("The server.")
    is_updatable = flag("Whether newer editions can be fetched.", data_key="isUpdatable")
    index_url = word("Where to look for a newer edition, as this route.", data_key="indexUrl")
    download_url = word("Where to fetch it.", data_key="downloadUrl")


class YomitanIndexQuerySchema(ExportQuerySchema):
    """The parameters by which a dictionary's terms are chosen, and the revision of it that is installed."""

    class Meta(Strict.Meta):
        """An index is no table."""

        exclude = ("limit", "cursor", "bom", "gloss", "date", "formulas")

    installed = fields.String(
        validate=validate.Regexp("^[0-9a-f]{64}$", error="must-be-hash-of-edition"),
        metadata={"description": "The revision that is installed; Yomitan only takes what sorts behind it."},
    )


@get(blueprint, "/export", FormatListSchema)
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
def export_terms(
    format: str,
    bom: bool,
    gloss: bool,
    formulas: bool,
    lang: str | None = None,
    date: str | None = None,
    **filters: Any,
) -> Response:
    """Export terms in a format; the same edition gives the same file."""
    wanted = format_named(format)
    bom = bom and wanted.spreadsheet
    chosen, root = TermFilters(**filters), request.url_root
    options: dict[str, Any] = {"bom": bom, "gloss": gloss, "day": date, "formulas": formulas, "address": root}
    pieces = exported(served_edition(), wanted, chosen, lang, **options)
    return _file(wanted, pieces)


@get(blueprint, "/export/yomitan/index.json", YomitanIndexSchema, query=YomitanIndexQuerySchema)
def show_yomitan_index(installed: str = "", lang: str | None = None, **filters: Any) -> Response:
    """Show the index of a Yomitan dictionary, by which Yomitan sees whether there is a newer edition."""
    header = header_of(served_edition(), TermFilters(**filters), lang, request.url_root)
    return json_answer(orjson.dumps(yomitan.index(header, installed)))


@download(blueprint, "/export/sqlite", [FORMATS["sqlite"].media_type], partial=True)
def export_edition() -> Response:
    """Export the edition itself, an SQLite database; a download that was broken off goes on by `Range`."""
    wanted, edition = format_named("sqlite"), served_edition()
    file = whole.file_of(edition)
    span = span_wanted(request.environ, file.size, edition, wanted.media_type)
    answer = _file(wanted, OpenFile(file.opened()).part(request.environ, *span), direct_passthrough=True)
    say_span(answer, span, file.size)
    return answer


@download(blueprint, "/export/datapackage", [FORMATS["datapackage"].media_type])
def export_data_package() -> Response:
    """Export all tables as CSV with their data dictionary, a Frictionless Data Package in a zip archive."""
    wanted = format_named("datapackage")
    return _file(wanted, exported(served_edition(), wanted))


@download(blueprint, "/export/parquet", [FORMATS["parquet"].media_type])
def export_parquet() -> Response:
    """Export all tables as Parquet in a zip archive, where the server has what writes it."""
    wanted = format_named("parquet")
    return _file(wanted, exported(served_edition(), wanted))


@download(blueprint, "/export/datasette", [FORMATS["datasette"].media_type])
def export_datasette_metadata() -> Response:
    """Export the metadata with which Datasette shows the file of the edition."""
    wanted = format_named("datasette")
    return _file(wanted, exported(served_edition(), wanted))


def _described(format_: Format) -> dict[str, str]:
    return {name: getattr(format_, name) for name in ("name", "media_type", "suffix", "summary", "manual")}


def _file(format_: Format, pieces: Any, *, direct_passthrough: bool = False) -> Response:
    answer = Response(pieces, mimetype=format_.media_type, direct_passthrough=direct_passthrough)
    if format_.textual:
        answer.mimetype_params["charset"] = "utf-8"
    name = file_name(served_edition(), format_)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def span_wanted(environ: dict[str, Any], size: int, edition: Edition, media_type: str) -> tuple[int, int]:
    """Return the bytes of a file of `size` that a request asks for, half open: all of them unless it names others.

    Several ranges, other units, and ranges of another version of the file (`If-Range`) are no reason to send a part.
    Raises RequestedRangeNotSatisfiable.
    """
    wanted = parse_range_header(environ.get("HTTP_RANGE"))
    condition = environ.get("HTTP_IF_RANGE")
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) > 1:
        return 0, size
    if condition is not None and not is_of(environ, edition, media_type, condition):
        return 0, size
    found = wanted.range_for_length(size)
    if found is None:
        raise RequestedRangeNotSatisfiable(size)
    return found[0] or 0, found[1] or size


def say_span(answer: Response, span: tuple[int, int], size: int) -> None:
    """Write into the head of an answer which part of a file it is."""
    start, end = span
    answer.headers["Accept-Ranges"] = "bytes"
    answer.content_length = end - start
    if (start, end) != (0, size):
        answer.status = PARTIAL
        answer.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
