"""Pretranslate: a Chinese text in, its terms with the rendering that each has to have in each place out."""

from __future__ import annotations

from typing import Annotated, Any, TypedDict

import orjson
from flask import Response
from marshmallow import fields

from glossary_api.api.http.answers import json_answer, served_edition
from glossary_api.api.http.refusals import TooLarge
from glossary_api.api.http.routing import post, resource
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.derived import schema_of
from glossary_api.api.schemas.standpoint import date_field, place_field
from glossary_api.api.schemas.strict import Strict, word
from glossary_api.api.schemas.translation import asked_in, language_field
from glossary_api.model.words import EQUIVALENT_STATUSES
from glossary_api.queries.served import annotator_of
from glossary_api.store.edition import Edition
from glossary_api.store.shapes import Bounds, TermNameDocument
from glossary_api.translation.pretranslate import FIRST, GLOSSES, Locked, pretranslate
from glossary_api.translation.renderings import Rendering, TermUse, binding
from glossary_api.translation.uses import uses_in

LONGEST_TEXT = 200_000
"""Code points that a text may have; the longest reports have some forty thousand."""
LIMIT = 12 * LONGEST_TEXT + 10_000
"""Bytes that a body may have: such a text, every character of it written as a pair of escapes."""

blueprint = resource("pretranslations", "Texts to be translated")


class PretranslateSchema(Strict):
    """A text that is to be translated."""

    text = word(f"The Chinese text; at most {LONGEST_TEXT:,} code points, else 413.")
    language = language_field()
    place = place_field()
    date = date_field()
    gloss = fields.String(
        load_default=FIRST,
        validate=validate.OneOf(GLOSSES),
        metadata={
            "description": "Which uses of a term have the whole rendering, whose final parentheses say what it means:"
            " the first one, every one, or none; the others have the short form."
        },
    )


class LockedDocument(TypedDict):
    """A term in the text, with the words to render it by."""

    start: Annotated[int, "Offset of its first code point.", Bounds(0)]
    end: Annotated[int, "Offset behind it.", Bounds(0)]
    text: Annotated[str, "Exactly what stands in the span."]
    term: Annotated[TermNameDocument, "The term."]
    first: Annotated[bool, "Whether it is the first use of the term."]
    rendering: Annotated[
        str | None,
        "The words to use in this place; null where there are none, or where nothing decides between several senses.",
    ]
    status: Annotated[str | None, "How far the rendering has come; null without one.", EQUIVALENT_STATUSES]
    sense: Annotated[str | None, "Id of the sense that is rendered; null where the term has none, or no rendering."]


class CandidateDocument(TypedDict):
    """A rendering of one of several senses."""

    rendering: Annotated[str, "The whole rendering."]
    status: Annotated[str, "How far it has come.", EQUIVALENT_STATUSES]
    sense: Annotated[str | None, "Id of the sense that it renders; null where the term has none."]


class UnrenderedDocument(TypedDict):
    """A term without a rendering."""

    term: Annotated[TermNameDocument, "The term."]
    text: Annotated[str, "The term as it first stands in the text."]


class AmbiguousDocument(UnrenderedDocument):
    """A term whose senses are rendered differently, with nothing to decide between them."""

    candidates: Annotated[list[CandidateDocument], "The renderings it may have."]


class PretranslationDocument(TypedDict):
    """Everything that a translation of a text has to keep to."""

    matches: Annotated[list[LockedDocument], "The terms in the order of the text."]
    glossary: Annotated[
        dict[str, str],
        "For glossaries of machine translation: each form in which the text has a term, once, with"
        " its short rendering, or the whole one where `gloss` is `every`. Terms whose sense nothing decides are"
        " left out: see `ambiguous`.",
    ]
    ambiguous: Annotated[
        list[AmbiguousDocument], "Terms of several senses that are rendered differently; a `place` may decide."
    ]
    unrendered: Annotated[list[UnrenderedDocument], "Terms without a rendering."]
    prompt: Annotated[str, "The same as instructions for a language model, to stand before the text."]
    edition: Annotated[str, "Hash of the edition that it comes from."]


@post(blueprint, "/pretranslate", schema_of(PretranslationDocument), PretranslateSchema, limit=LIMIT)
def prepare_translation(body: dict[str, Any]) -> Response:
    """Prepare a text for translation: locked renderings, a machine translation glossary, a prompt for a model."""
    return json_answer(orjson.dumps(pretranslated(body, served_edition())))


def pretranslated(body: dict[str, Any], edition: Edition) -> PretranslationDocument:
    """Return the answer to a body as loaded. Raises TooLarge and BadBody."""
    text, language = body["text"], body["language"]
    if len(text) > LONGEST_TEXT:
        raise TooLarge(LONGEST_TEXT, "characters", "/text")
    uses = uses_in(text, annotator_of(edition), asked_in(body, edition.places), language)
    made = pretranslate(text, uses, language, body["gloss"])
    return {
        "matches": [_locked(one, text) for one in made.locked],
        "glossary": made.glossary,
        "ambiguous": [
            {**_named(use, text), "candidates": [_rendering(one) for one in binding(use.renderings)]}
            for use in made.ambiguous
        ],
        "unrendered": [_named(use, text) for use in made.unrendered],
        "prompt": made.prompt,
        "edition": edition.hash,
    }


def _locked(one: Locked, text: str) -> LockedDocument:
    use, rendering = one.use, one.rendering
    return {
        "start": use.start,
        "end": use.end,
        **_named(use, text),
        "first": one.first,
        "rendering": one.text,
        "status": rendering.status if rendering else None,
        "sense": rendering.sense if rendering else None,
    }


def _named(use: TermUse, text: str) -> UnrenderedDocument:
    return {"term": {"id": use.term, "name": use.name, "kind": use.kind}, "text": text[use.start : use.end]}


def _rendering(rendering: Rendering) -> CandidateDocument:
    return {"rendering": rendering.full, "status": rendering.status, "sense": rendering.sense}
