"""Timeline: when, where and how often a term is used."""

from __future__ import annotations

from typing import Annotated, TypedDict

from flask import Response

from glossary_api.api.http.answers import about_term, served_edition
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas.derived import schema_of
from glossary_api.queries.timeline import timeline
from glossary_api.store.shapes import CourseDocument, TermNameDocument

blueprint = resource("timeline", "Use of terms by year, level and place")


class _OfTermDocument(TypedDict):
    term: Annotated[TermNameDocument, "The term."]


class TimelineDocument(_OfTermDocument, CourseDocument):
    """The use of a term by year, level and place, and the term."""


@get(blueprint, "/terms/<name:name>/timeline", schema_of(TimelineDocument), missing=True)
def show_timeline(name: str) -> Response:
    """Show when a term is first seen, how often it is used by year, level and place, and how far it has spread."""
    edition = served_edition()
    return about_term(edition.term(name), timeline(edition, edition.rank_of(name)))
