"""Search: where a question stands in names, definitions and the paragraphs that use a term."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields

from glossary_api.api.http.answers import page_answer, served_edition
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.derived import schema_of
from glossary_api.api.schemas.documents import PageSchema
from glossary_api.api.schemas.parameters import LONGEST_QUESTION, TermQuerySchema, WholeNumber, cursor_of
from glossary_api.api.schemas.strict import Strict, flag, number, several
from glossary_api.queries.search import COUNTED, CURSOR, FoundDocument, search
from glossary_api.store.filters import TermFilters
from glossary_api.store.passages import FIELDS

blueprint = resource("search", "Full-text search")


class SearchQuerySchema(TermQuerySchema):
    """The words to search for, and filters."""

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


class SearchPageSchema(PageSchema):
    """A page of what was found: names first, then definitions, then paragraphs, the latest reports before others."""

    items = several(schema_of(FoundDocument), "The passages.")
    total = number(f"How many passages there are, counted up to {COUNTED:,}.")
    complete = flag("Whether `total` is all of them; else there are more.")


@get(blueprint, "/search", SearchPageSchema, query=SearchQuerySchema, paged=True)
def search_passages(limit: int, cursor: str | None = None, where: str | None = None, **filters: Any) -> Response:
    """Search names, definitions and paragraphs; the term with the very name that was asked for comes first."""
    page = search(served_edition(), TermFilters(**filters), where, limit, cursor)
    return page_answer(page, complete=page.is_total)
