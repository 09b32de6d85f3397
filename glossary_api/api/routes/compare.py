"""Compare: the definitions of a term side by side."""

from __future__ import annotations

from flask import Response

from glossary_api.api.http.answers import about_term, served_edition
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.documents import PassageSchema, SourceSchema, SpanSchema, TermNameSchema
from glossary_api.api.schemas.required import number, one, several, share, word
from glossary_api.api.schemas.strict import Strict
from glossary_api.queries.compare import MOST, compared

blueprint = resource("compare", "Definitions side by side")


class SharedMemberSchema(PassageSchema):
    """A member of a definition; offsets count in the report."""

    shared = number("How many of the definitions list it.")


class ThereSchema(SpanSchema):
    """The same place in the reference definition."""

    text = word("What stands there; empty for something added.")


class DifferenceSchema(SpanSchema):
    """Where a definition departs from the reference; offsets count code points of the definition."""

    kind = word("What is the matter.", validate=validate.OneOf(["replaced", "added", "missing"]))
    text = word("What stands there; empty for something missing.")
    reference = one(ThereSchema, "The same place in the reference.")


class ComparedSchema(Strict):
    """A definition beside the others."""

    sense = word("Id of the sense that it belongs to.")
    text = word("The definition; it begins at `source.start` of its report.")
    source = one(SourceSchema, "Where it is written.")
    agreement = share("Agreement with the others on average; null without any.", allow_none=True)
    members = several(SharedMemberSchema, "The things that the numeral of the name counts.")
    differences = several(DifferenceSchema, "Where it departs from the reference, in order.")


class ComparisonSchema(Strict):
    """The definitions of a term side by side."""

    term = one(TermNameSchema, "The term.")
    agreement = share(
        "Share of characters that two definitions have in common in the same order, on average over all pairs; spelling"
        " is folded as in names. Null with fewer than two.",
        allow_none=True,
    )
    reference = number("Index of the definition that agrees most with the others; null without any.", allow_none=True)
    definitions = several(ComparedSchema, f"The definitions, sense by sense; the first {MOST} of more.")
    total = number("How many definitions the term has.")


@get(blueprint, "/terms/<name:name>/compare", ComparisonSchema, missing=True)
def compare_definitions(name: str) -> Response:
    """Show the definitions of a term side by side, how far they agree and where they differ."""
    document = served_edition().term(name)
    return about_term(document, compared(served_edition(), name))
