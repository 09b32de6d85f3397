"""Annotate: a text in, the terms in it out, for tooltips, translation tools and whoever reads unsegmented Chinese."""

from __future__ import annotations

from flask import Response, url_for

from glossary_api.api.annotating import linked
from glossary_api.api.annotating.answering import answered, answered_linked
from glossary_api.api.annotating.asking import LIMIT
from glossary_api.api.annotating.schemas import AnnotateSchema, AnnotationsSchema
from glossary_api.api.answers import json_answer, served_edition
from glossary_api.api.bodies import read_value
from glossary_api.api.languages import preferred_language
from glossary_api.api.routing import post, resource

blueprint = resource("annotations", "Terms in a text")


@post(
    blueprint,
    "/annotate",
    AnnotationsSchema,
    AnnotateSchema,
    loaded=False,
    limit=LIMIT,
    also={linked.MEDIA_TYPE: "jsonld"},
    schemas={linked.MEDIA_TYPE: linked.SCHEMA},
    rules={"oneOf": [{"required": ["text"]}, {"required": ["html"]}]},
)
def annotate(media_type: str) -> Response:
    """Find the terms in a text, with what they may mean there. As `application/ld+json`: W3C Web Annotations."""
    body, edition, language = read_value(LIMIT), served_edition(), preferred_language()
    if media_type == linked.MEDIA_TYPE:
        answer = Response(answered_linked(body, edition, language, _address), content_type=media_type)
    else:
        answer = json_answer(answered(body, edition, language))
    answer.headers["Content-Language"] = language
    answer.headers["Vary"] = "Accept-Language"
    return answer


def _address(name: str) -> str:
    return url_for("terms.show_term", name=name, _external=True)
