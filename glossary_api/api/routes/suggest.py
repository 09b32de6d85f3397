"""Suggestions for whoever is typing, as JSON and as browsers' search boxes want them (OpenSearch)."""

from __future__ import annotations

import orjson
from flask import Blueprint, Response, render_template, url_for
from marshmallow import fields

from glossary_api.api.http.answers import json_answer, served_edition
from glossary_api.api.http.media_types import JSON
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.derived import schema_of
from glossary_api.api.schemas.parameters import LONGEST_QUESTION, WholeNumber
from glossary_api.api.schemas.strict import Strict
from glossary_api.queries.suggest import Suggestion, SuggestionsDocument, suggest

SUGGESTIONS = "application/x-suggestions+json"
DESCRIPTION = "application/opensearchdescription+xml"

blueprint = resource("suggest", "Names while they are typed")
description = Blueprint("opensearch", __name__)


class SuggestQuerySchema(Strict):
    """The characters typed so far, and the number of suggestions wanted."""

    q = fields.String(
        required=True,
        validate=validate.Length(1, LONGEST_QUESTION),
        metadata={
            "description": "Characters of a name in any spelling, its Pinyin with or without tone marks and spaces"
            " (liugebufasheng), or the first letters of that (lgbfs); a number may be typed in digits."
        },
    )
    limit = WholeNumber(
        load_default=10,
        validate=validate.Range(1, 50),
        metadata={"description": "How many suggestions there are at most."},
    )


_TEXTS = {"type": "array", "items": {"type": "string"}}
_OPENSEARCH = {
    "title": "OpenSearchSuggestions",
    "type": "array",
    "description": "What was typed; then names, a word on each, and the address of its page.",
    "items": {"title": "TypedOrSuggested", "anyOf": [{"type": "string"}, _TEXTS]},
    "minItems": 4,
    "maxItems": 4,
}


@get(
    blueprint,
    "/suggest",
    schema_of(SuggestionsDocument),
    query=SuggestQuerySchema,
    also={SUGGESTIONS: "opensearch"},
    schemas={SUGGESTIONS: _OPENSEARCH},
)
def suggest_names(q: str, limit: int, media_type: str) -> Response:
    """Suggest names: exact before prefix before contained before fuzzy, much used ones before others."""
    found = suggest(served_edition().select, q, limit)
    if media_type == JSON:
        return json_answer(orjson.dumps({"q": q, "items": [suggestion._asdict() for suggestion in found]}))
    return Response(orjson.dumps(_opensearch(q, found)), mimetype=SUGGESTIONS)


def _opensearch(q: str, found: list[Suggestion]) -> list[object]:
    """Return what a browser wants: the question, names, a word on each, the address of its page."""
    return [
        q,
        [suggestion.name for suggestion in found],
        [suggestion.description or "" for suggestion in found],
        [url_for("pages.term", name=suggestion.name, _external=True) for suggestion in found],
    ]


@description.get("/opensearch.xml")
def show_description() -> Response:
    """Return what a browser needs to know to search here from its own search box."""
    return Response(render_template("opensearch.xml", suggestions=SUGGESTIONS), mimetype=DESCRIPTION)
