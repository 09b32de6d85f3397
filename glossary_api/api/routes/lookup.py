"""Look-up: names in, answers out, for tools that have a name and want to know what it stands for, there and then."""

from __future__ import annotations

from functools import partial
from typing import Any

import orjson
from flask import Response
from marshmallow import fields

from glossary_api.api.http.answers import json_answer, served_edition
from glossary_api.api.http.bodies import read_value
from glossary_api.api.http.routing import get, post, resource
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.documents import TermSchema
from glossary_api.api.schemas.names import LIMIT, NameListSchema, read_names
from glossary_api.api.schemas.standpoint import (
    PlaceSchema,
    RankedSenseSchema,
    RefusedSenseSchema,
    context_field,
    date_field,
    parameters,
    place_field,
    question,
    report_field,
)
from glossary_api.api.schemas.strict import Strict
from glossary_api.errors import TermNotFound
from glossary_api.model.words import MATCH_TYPES
from glossary_api.queries.rank import meant
from glossary_api.queries.ready import Ready
from glossary_api.queries.standpoint import LookupQuestion, seen_from
from glossary_api.store.edition import Edition, Found

_MATCH_TYPE = (
    "`exact`: the term's preferred form; `variant`: another printed form; `folded`: the same but for quotation marks,"
    " white space, width, traditional characters or the way numerals are written"
)

blueprint = resource("lookup", "Names to meanings")


class NameQuerySchema(Strict):
    """A name to look up, and the place and day of whoever asks."""

    name = fields.String(
        required=True,
        validate=validate.Length(min=1),
        metadata={
            "description": "Any spelling of a name. Percent-encode + as %2B; where that was forgotten, it is tried."
        },
    )
    place = place_field()
    date = date_field()
    report = report_field()
    context = context_field()


class LookupSchema(Strict):
    """The answer to one name."""

    name = fields.String(
        required=True, metadata={"description": "The name as asked, a space where + was meant put right."}
    )
    match_type = fields.String(
        required=True, validate=validate.OneOf(MATCH_TYPES), metadata={"description": f"{_MATCH_TYPE}."}
    )
    place = fields.Nested(
        PlaceSchema, required=True, allow_none=True, metadata={"description": "The place asked for; null for none."}
    )
    date = fields.String(
        required=True, allow_none=True, metadata={"description": "The day asked for; null for none.", "format": "date"}
    )
    ambiguous = fields.Boolean(
        required=True,
        metadata={"description": "Whether the two best senses tie, so that taking the first would be guessing."},
    )
    senses = fields.List(
        fields.Nested(RankedSenseSchema),
        required=True,
        metadata={
            "description": "The senses that the evidence speaks for, best first; empty where nothing known explains"
            " this use."
        },
    )
    elsewhere = fields.List(
        fields.Nested(RefusedSenseSchema),
        required=True,
        metadata={"description": "What the name means elsewhere, nearest first, each with why it is not taken here."},
    )
    term = fields.Nested(TermSchema, required=True, metadata={"description": "The term."})


class LookupItemSchema(LookupSchema):
    """The answer to one of several names."""

    match_type = fields.String(
        required=True,
        allow_none=True,
        validate=validate.OneOf([*MATCH_TYPES, None]),
        metadata={"description": f"{_MATCH_TYPE}; null where there is no such term."},
    )
    term = fields.Nested(
        TermSchema, required=True, allow_none=True, metadata={"description": "The term; null where there is none."}
    )
    nearest = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Where there is no such term: what may have been meant."},
    )


class LookupListSchema(Strict):
    """The answers to several names."""

    items = fields.List(
        fields.Nested(LookupItemSchema), required=True, metadata={"description": "One answer for each name, in order."}
    )
    edition = fields.String(required=True, metadata={"description": "Hash of the edition that all answers are from."})


@get(blueprint, "/lookup", LookupSchema, query=NameQuerySchema, loaded=False, missing=True)
def look_up() -> Response:
    """Look a name up: its term, and those of the term's senses that explain it at a place, on a day, in a context."""
    edition = served_edition()
    asked = question(parameters(("name",), ("place", "date", "report", "context")), edition.places)
    name, found = _found(edition, asked.name)
    return json_answer(answer(edition, asked._replace(name=name), found))


@post(blueprint, "/lookup", LookupListSchema, NameListSchema, loaded=False, limit=LIMIT)
def look_up_many() -> Response:
    """Look up to 1,000 names up at once; those that nothing has come back with the nearest names."""
    edition = served_edition()
    answers = b",".join(_item(edition, asked) for asked in read_names(read_value(LIMIT), edition.places))
    return json_answer(b'{"items":[%b],"edition":"%b"}' % (answers, edition.hash.encode()))


def _item(edition: Edition, asked: LookupQuestion) -> bytes:
    try:
        return answer(edition, asked, edition.find(asked.name), b',"nearest":[]')
    except TermNotFound as error:
        missing = {"match_type": None} | _placed(asked)
        missing |= {"ambiguous": False, "senses": [], "elsewhere": [], "term": None, "nearest": error.nearest}
        return orjson.dumps({"name": asked.name} | missing)


def answer(edition: Edition, asked: LookupQuestion, found: Found, more: bytes = b"") -> bytes:
    """Return what is known of a name as JSON, the stored document put into it as it is; `more` are further fields."""
    head = partial(_head, edition, asked, found)
    at_once = asked.context is not None or not found.senses
    known = head() if at_once else edition.once(Ready).answer(asked, head)
    return b'%b,"term":%b%b}' % (known, found.document, more)


def _head(edition: Edition, asked: LookupQuestion, found: Found) -> bytes:
    """Return the beginning of an answer, up to the document of the term: what is not the same for all who ask."""
    head = {"name": asked.name, "match_type": found.match_type} | _placed(asked)
    if not found.senses:
        return orjson.dumps(head | {"ambiguous": False, "senses": [], "elsewhere": []})[:-1]
    standpoint = asked.asked_of(edition.title_blocks)
    senses = seen_from(edition, orjson.loads(found.document), standpoint)
    ranking = meant(senses, asked.use_as(standpoint), standpoint, edition.title_blocks)
    head |= {"ambiguous": ranking.ambiguous, "senses": [ranked.document() for ranked in ranking.senses]}
    head["elsewhere"] = [refused.document() for refused in ranking.elsewhere]
    return orjson.dumps(head)[:-1]


def _placed(asked: LookupQuestion) -> dict[str, Any]:
    return {"place": asked.place and asked.place._asdict(), "date": asked.date}


def _found(edition: Edition, name: str) -> tuple[str, Found]:
    """Return the name as it was meant and what it leads to. Raises TermNotFound.

    A bare + in a query means a space. Names have more use for plus signs than for spaces, which folding drops
    anyway: so a name with spaces that is not found is tried with plus signs.
    """
    try:
        return name, edition.find(name)
    except TermNotFound:
        if " " not in name:
            raise
    meant = name.replace(" ", "+")
    return meant, edition.find(meant)
