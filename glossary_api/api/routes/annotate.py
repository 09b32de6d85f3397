"""Annotate: a text in, the terms in it out, for tooltips, translation tools and whoever reads unsegmented Chinese."""

from __future__ import annotations

from flask import Response, url_for

from glossary_api.api.annotate.answer import answered, answered_linked
from glossary_api.api.annotate.request import LIMIT
from glossary_api.api.http.answers import json_answer, served_edition
from glossary_api.api.http.bodies import read_value
from glossary_api.api.http.language import preferred_language
from glossary_api.api.http.operations import having
from glossary_api.api.http.routing import post, resource
from glossary_api.api.schemas.annotate import AnnotateSchema, AnnotationsSchema
from glossary_api.queries.annotate import web_annotations

blueprint = resource("annotations", "Terms in a text")


@post(
    blueprint,
    "/annotate",
    AnnotationsSchema,
    AnnotateSchema,
    loaded=False,
    limit=LIMIT,
    also={web_annotations.MEDIA_TYPE: "jsonld"},
    schemas={web_annotations.MEDIA_TYPE: web_annotations.SCHEMA},
    rules={"if": having("text"), "then": {"not": having("html")}, "else": having("html")},
)
def annotate(media_type: str) -> Response:
    """Find the terms in a text, with what they may mean there. As `application/ld+json`: W3C Web Annotations."""
    body, edition, language = read_value(LIMIT), served_edition(), preferred_language()
    if media_type == web_annotations.MEDIA_TYPE:
        answer = Response(answered_linked(body, edition, language, _address), content_type=media_type)
    else:
        answer = json_answer(answered(body, edition, language))
    answer.headers["Content-Language"] = language
    answer.headers["Vary"] = "Accept-Language"
    return answer


def _address(name: str) -> str:
    return url_for("terms.show_term", name=name, _external=True)
