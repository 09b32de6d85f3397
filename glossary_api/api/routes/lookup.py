"""Look-up: names in, answers out, for tools that have a name and want to know what it stands for, there and then."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any, TypedDict
from urllib.parse import unquote_to_bytes

import orjson
from flask import Response
from marshmallow import fields

from glossary_api.api.http.answers import json_answer, served_edition
from glossary_api.api.http.bodies import read_value
from glossary_api.api.http.middleware import Direct
from glossary_api.api.http.routing import get, post, resource
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.derived import schema_of
from glossary_api.api.schemas.names import LIMIT, NameListSchema, read_names
from glossary_api.api.schemas.standpoint import context_field, date_field, parameters, place_field, report_field
from glossary_api.api.schemas.strict import Strict
from glossary_api.errors import TermNotFound
from glossary_api.model.words import MATCH_TYPES
from glossary_api.queries.at_hand import TermAtHand
from glossary_api.queries.rank import Ranking, meant
from glossary_api.queries.served import Ready
from glossary_api.queries.standpoint import LookupQuestion, PlaceDocument, question, seen_from
from glossary_api.store.edition import Edition, Found
from glossary_api.store.shapes import RankedSenseDocument, RefusedSenseDocument, TermDocument, TextFormat

_MATCH_TYPE = (
    "`exact`: the term's preferred form; `variant`: another printed form; `folded`: the same but for quotation marks,"
    " white space, width, traditional characters or the way numerals are written"
)
_PARAMETERS = frozenset(("name", "place", "date"))
"""Those of a look-up that is answered without Flask."""
_LONGEST = 500
"""Characters of its query at most."""

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


class _NamedDocument(TypedDict):
    name: Annotated[str, "The name as asked, a space where + was meant put right."]


class _FoundDocument(_NamedDocument):
    match_type: Annotated[str, f"{_MATCH_TYPE}.", MATCH_TYPES]


class _PerhapsFoundDocument(_NamedDocument):
    match_type: Annotated[str | None, f"{_MATCH_TYPE}; null where there is no such term.", MATCH_TYPES]


class _MeantDocument(TypedDict):
    place: Annotated[PlaceDocument | None, "The place asked for; null for none."]
    date: Annotated[str | None, "The day asked for; null for none.", TextFormat("date")]
    ambiguous: Annotated[bool, "Whether the two best senses tie, so that taking the first would be guessing."]
    senses: Annotated[
        list[RankedSenseDocument],
        "The senses that the evidence speaks for, best first; empty where nothing known explains this use.",
    ]
    elsewhere: Annotated[
        list[RefusedSenseDocument],
        "What the name means elsewhere, nearest first, each with why it is not taken here.",
    ]


class LookupDocument(_FoundDocument, _MeantDocument):
    """The answer to one name."""

    term: Annotated[TermDocument, "The term."]


class LookupItemDocument(_PerhapsFoundDocument, _MeantDocument):
    """The answer to one of several names."""

    term: Annotated[TermDocument | None, "The term; null where there is none."]
    nearest: Annotated[list[str], "Where there is no such term: what may have been meant."]


class LookupListDocument(TypedDict):
    """The answers to several names."""

    items: Annotated[list[LookupItemDocument], "One answer for each name, in order."]
    edition: Annotated[str, "Hash of the edition that all answers are from."]


@get(blueprint, "/lookup", schema_of(LookupDocument), query=NameQuerySchema, loaded=False, missing=True)
def look_up() -> Response:
    """Look a name up: its term, and those of the term's senses that explain it at a place, on a day, in a context."""
    edition = served_edition()
    asked = question(parameters(("name",), ("place", "date", "report", "context")), edition.places)
    name, term = _term_meant(edition, asked.name)
    return json_answer(answer(edition, asked._replace(name=name), term))


def look_up_directly(environ: dict[str, Any], edition: Edition) -> Direct | None:
    """Answer a look-up of a name that there is, at a place and on a day or without; leave every other to the view."""
    query: str = environ.get("QUERY_STRING", "")
    pairs = [pair.partition("=") for pair in query.split("&")]
    is_plain = query.isascii() and len(query) <= _LONGEST
    values = {name: _decoded(value) for name, _, value in pairs if name in _PARAMETERS} if is_plain else {}
    if not values.get("name") or "" in values.values() or len(values) < len(pairs):
        return None
    term = _at_hand(edition, values["name"])
    return None if term is None else (answer(edition, question(values, edition.places), term), ())


@lru_cache(maxsize=4096)
def _decoded(value: str) -> str:
    """Return a value of a query as it is meant."""
    return unquote_to_bytes(value.replace("+", " ")).decode("utf-8", "replace")


@post(blueprint, "/lookup", schema_of(LookupListDocument), NameListSchema, loaded=False, limit=LIMIT)
def look_up_many() -> Response:
    """Look up to 1,000 names up at once; those that nothing has come back with the nearest names."""
    edition = served_edition()
    answers = b",".join(_item(edition, asked) for asked in read_names(read_value(LIMIT), edition.places))
    return json_answer(b'{"items":[%b],"edition":"%b"}' % (answers, edition.hash.encode()))


def _item(edition: Edition, asked: LookupQuestion) -> bytes:
    try:
        return answer(edition, asked, term_named(edition, asked.name), b',"nearest":[]')
    except TermNotFound as error:
        missing = {"match_type": None} | _placed(asked)
        missing |= {"ambiguous": False, "senses": [], "elsewhere": [], "term": None, "nearest": error.nearest}
        return orjson.dumps({"name": asked.name} | missing)


def answer(edition: Edition, asked: LookupQuestion, term: TermAtHand, more: bytes = b"") -> bytes:
    """Return what is known of a name as JSON, the stored document put into it as it is; `more` are further fields."""
    ranking = term.meant(asked) or _meant(edition, asked, term.found)
    head = {"name": asked.name, "match_type": term.found.match_type} | _placed(asked)
    head |= {"ambiguous": ranking.ambiguous, "senses": [ranked.document() for ranked in ranking.senses]}
    head["elsewhere"] = [refused.document() for refused in ranking.elsewhere]
    return b'%b,"term":%b%b}' % (orjson.dumps(head)[:-1], term.found.document, more)


def _meant(edition: Edition, asked: LookupQuestion, found: Found) -> Ranking:
    """Rank senses where more may matter than is at hand: for a use in a text or in a report."""
    standpoint = asked.asked_of(edition.title_blocks)
    senses = seen_from(edition.select, orjson.loads(found.document), standpoint)
    return meant(senses, asked.use_as(standpoint), standpoint, edition.title_blocks)


def _placed(asked: LookupQuestion) -> dict[str, Any]:
    return {"place": asked.place and asked.place._asdict(), "date": asked.date}


def _term_meant(edition: Edition, name: str) -> tuple[str, TermAtHand]:
    """Return the name as it was meant and the term that it leads to. Raises TermNotFound.

    A bare + in a query means a space. Names have more use for plus signs than for spaces, which folding drops
    anyway: so a name with spaces that is not found is tried with plus signs.
    """
    meant = name if _at_hand(edition, name) else name.replace(" ", "+")
    return meant, term_named(edition, meant)


def term_named(edition: Edition, name: str) -> TermAtHand:
    """Return the term that a name leads to. Raises TermNotFound."""
    return _at_hand(edition, name) or TermAtHand(edition, name, edition.find(name))


def _at_hand(edition: Edition, name: str) -> TermAtHand | None:
    """Return the term that a name leads to, kept from the last time if that is not long ago; None for none."""
    ready = edition.once(Ready)
    known: TermAtHand | None = ready.find(name)
    if known is None and (found := edition.found(name)) is not None:
        known = TermAtHand(edition, name, found)
        ready.keep(name, known, known.size)
    return known
