"""Findings: what in the reports, between them and in the making of the edition a careful reader should look at."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields

from glossary_api.api.http.answers import page_answer, served_edition
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.derived import schema_of
from glossary_api.api.schemas.documents import PageSchema
from glossary_api.api.schemas.parameters import ReportQuerySchema, cursor_of
from glossary_api.api.schemas.strict import several
from glossary_api.model.messages import CHINESE, ENGLISH
from glossary_api.queries.finding_kinds import OF_AN_EDITION, meanings
from glossary_api.queries.findings import CURSOR, ConcernFilters, FoundFindingDocument, concerns, counts

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


class FindingPageSchema(PageSchema):
    """A page of findings: by report and offset, then questions about terms, then files."""

    items = several(schema_of(FoundFindingDocument), "The findings.")
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
