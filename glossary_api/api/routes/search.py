"""Search: where a question stands in names, definitions and the paragraphs that use a term."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields

from glossary_api.api.http.answers import page_answer, served_edition
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.documents import PageSchema, ReportNameSchema, SpanSchema, TermNameSchema
from glossary_api.api.schemas.parameters import LONGEST_QUESTION, TermQuerySchema, WholeNumber, cursor_of
from glossary_api.api.schemas.strict import Strict
from glossary_api.queries.search import COUNTED, CURSOR, search
from glossary_api.store.filters import TermFilters
from glossary_api.store.passages import FIELDS

blueprint = resource("search", "Full-text search")


class SearchQuerySchema(TermQuerySchema):
    """Hold what is searched for, and where."""

    class Meta(Strict.Meta):
        """Candidates are not searched: a look-up reaches them."""

        exclude = ("status",)

    q = fields.String(
        required=True,
        validate=validate.Length(1, LONGEST_QUESTION),
        metadata={
            "description": "Words that must all stand in the passage, anywhere in it: there are no word boundaries in"
            " Chinese. Spelling counts as little as in names."
        },
    )
    where = fields.String(
        validate=validate.OneOf(FIELDS),
        metadata={"description": "Only in names, definitions or contexts."},
    )
    limit = WholeNumber(
        load_default=20,
        validate=validate.Range(1, 200),
        metadata={"description": "How many items a page has at most."},
    )
    cursor = cursor_of("search", *CURSOR)


class HitSchema(SpanSchema):
    """Where in a snippet something stands that was asked for; offsets count code points of the snippet."""


class FoundSchema(Strict):
    """A passage that was found."""

    field = fields.String(
        required=True,
        validate=validate.OneOf(FIELDS),
        metadata={
            "description": "What it is: a name, a definition, or a paragraph of a report in which a term stands."
        },
    )
    terms = fields.List(
        fields.Nested(TermNameSchema),
        required=True,
        metadata={"description": "The term that has the name or definition; all terms that stand in the paragraph."},
    )
    report = fields.Nested(
        ReportNameSchema,
        required=True,
        allow_none=True,
        metadata={"description": "The report that it stands in; null for a name and for a curated definition."},
    )
    heading = fields.String(
        required=True, allow_none=True, metadata={"description": "Nearest heading before the paragraph."}
    )
    text = fields.String(required=True, metadata={"description": "A snippet of at most 120 code points, plain text."})
    start = fields.Integer(
        required=True,
        strict=True,
        allow_none=True,
        metadata={"description": "Offset of the snippet in the report; null where there is none."},
    )
    end = fields.Integer(
        required=True, strict=True, allow_none=True, metadata={"description": "Offset behind the snippet."}
    )
    hits = fields.List(
        fields.Nested(HitSchema), required=True, metadata={"description": "Where the words of the question stand."}
    )


class SearchPageSchema(PageSchema):
    """A page of what was found: names first, then definitions, then paragraphs, the latest reports before others."""

    items = fields.List(fields.Nested(FoundSchema), required=True, metadata={"description": "The passages."})
    total = fields.Integer(
        required=True,
        strict=True,
        metadata={"description": f"How many passages there are, counted up to {COUNTED:,}."},
    )
    complete = fields.Boolean(
        required=True, metadata={"description": "Whether `total` is all of them; else there are more."}
    )


@get(blueprint, "/search", SearchPageSchema, query=SearchQuerySchema, paged=True)
def search_passages(limit: int, cursor: str | None = None, where: str | None = None, **filters: Any) -> Response:
    """Search names, definitions and paragraphs; the term with the very name that was asked for comes first."""
    page = search(served_edition(), TermFilters(**filters), where, limit, cursor)
    return page_answer(page, complete=page.is_total)
