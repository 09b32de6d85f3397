"""New slogans: what a report says that no earlier one does."""

from __future__ import annotations

import orjson
from flask import Response
from marshmallow import fields

from glossary_api.api.http.answers import json_answer, served_edition
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas.strict import Strict
from glossary_api.queries.new import document, new_in_report

blueprint = resource("new", "Slogans that a report coins")


class NewSloganSchema(Strict):
    """A quoted phrase that stands in no report of an earlier year."""

    name = fields.String(required=True, metadata={"description": "The phrase as the report first quotes it."})
    kind = fields.String(required=True, metadata={"description": "`numeral`, `plan` or `quoted`."})
    start = fields.Integer(
        required=True, strict=True, metadata={"description": "Offset of its first code point in the report's text."}
    )
    end = fields.Integer(required=True, strict=True, metadata={"description": "Offset behind it."})
    term = fields.String(
        required=True, allow_none=True, metadata={"description": "Id of its term; null where the edition has none."}
    )
    reports = fields.Integer(
        required=True,
        strict=True,
        metadata={"description": "How many other reports use it, all of the same year or later."},
    )
    explanation = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "What the report itself says that it stands for; null where it does not say."},
    )


class NewSlogansSchema(Strict):
    """The slogans that a report coins."""

    report = fields.String(required=True, metadata={"description": "Id of the report."})
    year = fields.Integer(
        required=True, strict=True, allow_none=True, metadata={"description": "Year of delivery; null for unknown."}
    )
    items = fields.List(
        fields.Nested(NewSloganSchema), required=True, metadata={"description": "In the order of the text."}
    )


@get(blueprint, "/reports/<report_id>/new", NewSlogansSchema, missing=True)
def list_new_slogans(report_id: str) -> Response:
    """List the quoted phrases of a report that no report of an earlier year uses."""
    edition = served_edition()
    items = [document(slogan) for slogan in new_in_report(edition, report_id)]
    year = edition.title_blocks[report_id]["year"]
    return json_answer(orjson.dumps({"report": report_id, "year": year, "items": items}))
