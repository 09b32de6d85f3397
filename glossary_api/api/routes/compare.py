"""Compare: the definitions of a term side by side."""

from __future__ import annotations

from flask import Response

from glossary_api.api.http.answers import about_term, served_edition
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas.derived import schema_of
from glossary_api.queries.compare import ComparisonDocument, compared

blueprint = resource("compare", "Definitions side by side")


@get(blueprint, "/terms/<name:name>/compare", schema_of(ComparisonDocument), missing=True)
def compare_definitions(name: str) -> Response:
    """Show the definitions of a term side by side, how far they agree and where they differ."""
    document = served_edition().term(name)
    return about_term(document, compared(served_edition(), name))
