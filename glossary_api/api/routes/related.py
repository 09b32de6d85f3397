"""Related: the terms within a term, those around it and those beside it."""

from __future__ import annotations

from flask import Response

from glossary_api.api.http.answers import about_term, served_edition
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.documents import TermNameSchema
from glossary_api.api.schemas.parameters import WholeNumber
from glossary_api.api.schemas.required import number, one, several, share, word
from glossary_api.api.schemas.strict import Strict
from glossary_api.queries.related import BY_MEMBER, BY_NAME, related

blueprint = resource("related", "Terms that have to do with each other")


class RelatedTermSchema(TermNameSchema):
    """A term within another or around it."""

    by = word(
        "`name`: one name contains the other; `member`: a definition of the larger lists the smaller.",
        validate=validate.OneOf([BY_NAME, BY_MEMBER]),
    )


class CoUsedSchema(TermNameSchema):
    """A term that stands beside another."""

    together = number("In how many sections both stand.")
    sections = number("In how many sections it stands.")
    score = share("Dice coefficient: twice `together`, divided by the sections of the one and those of the other.")


class RelatedSchema(Strict):
    """Terms that have to do with a term."""

    term = one(TermNameSchema, "The term.")
    sub_terms = several(RelatedTermSchema, "Terms within it, much used ones first.")
    super_terms = several(RelatedTermSchema, "Terms around it, much used ones first.")
    co_used = several(CoUsedSchema, "Terms that stand under the same headings of the same reports, by score.")
    sections = number("In how many sections, the parts of reports between two headings, the term stands.")


class RelatedQuerySchema(Strict):
    """How much of it."""

    limit = WholeNumber(
        load_default=20,
        validate=validate.Range(1, 100),
        metadata={"description": "How many terms of each kind there are at most."},
    )


@get(blueprint, "/terms/<name:name>/related", RelatedSchema, query=RelatedQuerySchema, missing=True)
def list_related(name: str, limit: int) -> Response:
    """List the terms within a term, those around it and those that are used beside it."""
    edition = served_edition()
    return about_term(edition.term(name), related(edition.select, edition.rank_of(name), limit))
