"""Findings: what in the reports, between them and in the making of the edition a careful reader should look at."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields

from glossary_api.api.http.answers import page_answer, served_edition
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.documents import (
    DefinitionSchema,
    PageSchema,
    ReportNameSchema,
    SaidSchema,
    TermNameSchema,
)
from glossary_api.api.schemas.parameters import ReportQuerySchema, cursor_of
from glossary_api.api.schemas.strict import Strict
from glossary_api.model.messages import CHINESE, ENGLISH
from glossary_api.model.words import SEVERITIES
from glossary_api.queries.finding_kinds import OF_AN_EDITION, meanings
from glossary_api.queries.findings import CURSOR, ConcernFilters, concerns, counts

blueprint = resource("findings", "What to look at")

_MEANINGS = meanings(OF_AN_EDITION)


class FindingQuerySchema(ReportQuerySchema):
    """The parameters by which findings are chosen."""

    cursor = cursor_of("findings", *CURSOR)
    kind = fields.String(validate=validate.OneOf(OF_AN_EDITION), metadata={"description": _MEANINGS})
    report = fields.String(
        validate=validate.Length(1, 200),
        metadata={"description": "Only those that have to do with the report with this id."},
    )


def _nullable(of: type[fields.Field[Any]], description: str, **options: Any) -> fields.Field[Any]:
    return of(required=True, allow_none=True, metadata={"description": description}, **options)


class FoundFindingSchema(Strict):
    """Something to look at; `left`, `text` and `right` adjoin, and are null with the span where there is no report."""

    kind = fields.String(required=True, validate=validate.OneOf(OF_AN_EDITION), metadata={"description": _MEANINGS})
    severity = fields.String(
        required=True,
        validate=validate.OneOf(SEVERITIES),
        metadata={
            "description": "`error`: an editor should act on it; `question`: look at it; `info`: it may be meant so."
        },
    )
    message = fields.Nested(
        SaidSchema, required=True, metadata={"description": "What there is to see, by language tag."}
    )
    report = fields.Nested(
        ReportNameSchema,
        required=True,
        allow_none=True,
        metadata={"description": "The report that it stands in; null where it stands in none or in several."},
    )
    start = _nullable(fields.Integer, "Offset of its first code point in the report.", strict=True)
    end = _nullable(fields.Integer, "Offset behind it.", strict=True)
    left = _nullable(fields.String, "Up to 30 code points before it in its paragraph.")
    text = _nullable(fields.String, "Exactly what stands in the span.")
    right = _nullable(fields.String, "Up to 30 code points behind it in its paragraph.")
    terms = fields.List(
        fields.Nested(TermNameSchema), required=True, metadata={"description": "The terms that it is about."}
    )
    definitions = fields.List(
        fields.Nested(DefinitionSchema),
        required=True,
        metadata={
            "description": "The definitions within the span, with what they count; those that contradict each other,"
            " the one at the span first; or one of each sense in question."
        },
    )
    file = _nullable(fields.String, "Name of the file that was not understood; null for everything else.")


class FindingPageSchema(PageSchema):
    """A page of findings: by report and offset, then questions about terms, then files."""

    items = fields.List(fields.Nested(FoundFindingSchema), required=True, metadata={"description": "The findings."})
    counts = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(strict=True),
        required=True,
        metadata={"description": "How many findings of each kind there are, whatever kind was asked for."},
    )


@get(blueprint, "/findings", FindingPageSchema, query=FindingQuerySchema, paged=True)
def list_findings(limit: int, cursor: str | None = None, **filters: Any) -> Response:
    """List what to look at: wrong counts, marks without notes, contradictions, open questions, files left out."""
    edition, wanted = served_edition(), ConcernFilters(**filters)
    page = concerns(edition, wanted, limit, cursor)
    for item in page.items:
        item["message"] = {language: item["message"].said(language) for language in (ENGLISH, CHINESE)}
    return page_answer(page, counts=counts(edition, wanted))
