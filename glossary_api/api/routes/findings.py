"""Findings: what in the reports, between them and in the making of the edition a careful reader should look at."""

from __future__ import annotations

from typing import Annotated, Any, TypedDict

from flask import Response
from marshmallow import fields

from glossary_api.api.http.answers import page_answer, served_edition
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.derived import schema_of
from glossary_api.api.schemas.documents import PageSchema
from glossary_api.api.schemas.parameters import ReportQuerySchema, cursor_of
from glossary_api.api.schemas.required import several
from glossary_api.model.messages import CHINESE, ENGLISH
from glossary_api.model.words import SEVERITIES
from glossary_api.queries.finding_kinds import OF_AN_EDITION, meanings
from glossary_api.queries.findings import CURSOR, ConcernFilters, concerns, counts
from glossary_api.store.shapes import DefinitionDocument, ReportNameDocument, SaidDocument, TermNameDocument

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


class FoundFindingDocument(TypedDict):
    """Something to look at; `left`, `text` and `right` adjoin, and are null with the span where there is no report."""

    kind: Annotated[str, _MEANINGS, OF_AN_EDITION]
    severity: Annotated[
        str, "`error`: an editor should act on it; `question`: look at it; `info`: it may be meant so.", SEVERITIES
    ]
    message: Annotated[SaidDocument, "What there is to see, by language tag."]
    report: Annotated[
        ReportNameDocument | None, "The report that it stands in; null where it stands in none or in several."
    ]
    start: Annotated[int | None, "Offset of its first code point in the report."]
    end: Annotated[int | None, "Offset behind it."]
    left: Annotated[str | None, "Up to 30 code points before it in its paragraph."]
    text: Annotated[str | None, "Exactly what stands in the span."]
    right: Annotated[str | None, "Up to 30 code points behind it in its paragraph."]
    terms: Annotated[list[TermNameDocument], "The terms that it is about."]
    definitions: Annotated[
        list[DefinitionDocument],
        "The definitions within the span, with what they count; those that contradict each other,"
        " the one at the span first; or one of each sense in question.",
    ]
    file: Annotated[str | None, "Name of the file that was not understood; null for everything else."]


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
