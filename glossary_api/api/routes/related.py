"""Related: the terms within a term, those around it and those beside it."""

from __future__ import annotations

from flask import Response

from glossary_api.api.http.answers import about_term, served_edition
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.derived import schema_of
from glossary_api.api.schemas.parameters import WholeNumber
from glossary_api.api.schemas.strict import Strict
from glossary_api.queries.related import RelatedDocument, related

blueprint = resource("related", "Terms that have to do with each other")


class RelatedQuerySchema(Strict):
    """The number of terms that are wanted of each kind."""

    limit = WholeNumber(
        load_default=20,
        validate=validate.Range(1, 100),
        metadata={"description": "How many terms of each kind there are at most."},
    )


@get(blueprint, "/terms/<name:name>/related", schema_of(RelatedDocument), query=RelatedQuerySchema, missing=True)
def list_related(name: str, limit: int) -> Response:
    """List the terms within a term, those around it and those that are used beside it."""
    edition = served_edition()
    return about_term(edition.term(name), related(edition.select, edition.rank_of(name), limit))
