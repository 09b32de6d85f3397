"""Annotate: a text in, the terms in it out, for tooltips, translation tools and whoever reads unsegmented Chinese."""

from __future__ import annotations

from flask import Response, url_for

from glossary_api.api.annotate.answer import (
    AnnotationsDocument,
    TextsAnnotationsDocument,
    answered,
    answered_linked,
    each_answered,
)
from glossary_api.api.annotate.request import LIMIT
from glossary_api.api.http.answers import json_answer, served_edition
from glossary_api.api.http.bodies import read_value
from glossary_api.api.http.language import preferred_language
from glossary_api.api.http.media_types import LINES
from glossary_api.api.http.operations import having
from glossary_api.api.http.routing import post, resource
from glossary_api.api.schemas.annotate import AnnotateSchema, AnnotateTextsSchema
from glossary_api.api.schemas.derived import schema_of
from glossary_api.queries.annotate import web_annotations

blueprint = resource("annotations", "Terms in a text")
_ONE_FORM = {  # not `oneOf`, of which generators of clients make classes
    "if": having("text"),
    "then": {"not": {"anyOf": [having("html"), having("markdown")]}},
    "else": {"if": having("html"), "then": {"not": having("markdown")}, "else": having("markdown")},
}


@post(
    blueprint,
    "/annotate",
    schema_of(AnnotationsDocument),
    AnnotateSchema,
    loaded=False,
    limit=LIMIT,
    also={web_annotations.MEDIA_TYPE: "jsonld"},
    schemas={web_annotations.MEDIA_TYPE: web_annotations.SCHEMA},
    rules=_ONE_FORM,
    trimmed=True,
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


@post(
    blueprint,
    "/annotate/texts",
    schema_of(TextsAnnotationsDocument),
    AnnotateTextsSchema,
    loaded=False,
    limit=LIMIT,
    also={LINES: "jsonl"},
    schemas={LINES: {"type": "string", "description": "An item of the answer in JSON on each line."}},
    rules_within={"OneOfTexts": _ONE_FORM},
    trimmed=True,
)
def annotate_texts(media_type: str) -> Response:
    """Find the terms in up to 1,000 texts. As `application/jsonl`: an answer a line, each sent when it is made."""
    body, edition, language = read_value(LIMIT), served_edition(), preferred_language()
    answers = each_answered(body, edition, language)
    if media_type == LINES:
        answer = Response((line + b"\n" for line in answers), content_type=LINES)
    else:
        answer = json_answer(b'{"items":[%b],"edition":"%b"}' % (b",".join(answers), edition.hash.encode()))
    answer.headers["Content-Language"] = language
    answer.headers["Vary"] = "Accept-Language"
    return answer


def _address(name: str) -> str:
    return url_for("terms.show_term", name=name, _external=True)
