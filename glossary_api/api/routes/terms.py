"""Terms: lists, single ones, where they are used."""

from __future__ import annotations

from typing import Any

from flask import Response

from glossary_api.api.http.answers import json_answer, page_answer, served_edition
from glossary_api.api.http.middleware import Direct
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas.documents import (
    AppearancePageSchema,
    DefinitionPageSchema,
    TermPageSchema,
    TermSchema,
    UsagePageSchema,
)
from glossary_api.api.schemas.parameters import (
    AppearanceQuerySchema,
    DefinitionQuerySchema,
    TermQuerySchema,
    UsageQuerySchema,
)
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters

blueprint = resource("terms", "Terms and where they are used")


@get(blueprint, "/terms", TermPageSchema, query=TermQuerySchema, paged=True)
def list_terms(limit: int, cursor: str | None = None, **filters: Any) -> Response:
    """List terms by name."""
    return page_answer(served_edition().terms(TermFilters(**filters), limit, cursor))


@get(blueprint, "/terms/<name:name>", TermSchema, missing=True)
def show_term(name: str) -> Response:
    """Show a term with its definitions, variants and reports; any spelling of the name or of a variant reaches it."""
    return json_answer(served_edition().term_document(name))


def show_term_directly(environ: dict[str, Any], edition: Edition) -> Direct | None:
    """Answer for a term that there is, of which nothing special is asked; leave everything else to the view."""
    escaped: str = environ["PATH_INFO"].rpartition("/")[2]
    name = escaped.encode("latin-1").decode("utf-8", "replace")  # as WSGI has it, which knows bytes only
    found = edition.found(name) if name and not environ.get("QUERY_STRING") else None
    return None if found is None else (found.document, ())


@get(
    blueprint,
    "/terms/<name:name>/definitions",
    DefinitionPageSchema,
    query=DefinitionQuerySchema,
    missing=True,
    paged=True,
)
def list_definitions(name: str, limit: int, cursor: str | None = None) -> Response:
    """List all definitions of a term, sense by sense."""
    return page_answer(served_edition().definitions(name, limit, cursor))


@get(
    blueprint,
    "/terms/<name:name>/reports",
    AppearancePageSchema,
    query=AppearanceQuerySchema,
    missing=True,
    paged=True,
)
def list_appearances(name: str, limit: int, cursor: str | None = None) -> Response:
    """List all reports that use or define a term, by id."""
    return page_answer(served_edition().appearances(name, limit, cursor))


@get(blueprint, "/terms/<name:name>/usages", UsagePageSchema, query=UsageQuerySchema, missing=True, paged=True)
def list_usages(name: str, limit: int, cursor: str | None = None, report: str | None = None) -> Response:
    """List the places where a term stands, each in its context."""
    return page_answer(served_edition().usages(name, report, limit, cursor))
