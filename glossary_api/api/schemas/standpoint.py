"""Place and day in questions, ranked senses in answers: what all routes that choose between meanings share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from marshmallow import fields

from glossary_api.api.http.refusals import BadBody, BadField, BadQuery
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.documents import DefinitionEvidenceSchema, SourceSchema
from glossary_api.api.schemas.parameters import DATE_FORMAT
from glossary_api.api.schemas.parameters import place_field as placed
from glossary_api.api.schemas.strict import Strict
from glossary_api.errors import BadParameter
from glossary_api.queries.rank import DATES, PLACES
from glossary_api.queries.standpoint import LONGEST_CONTEXT, LookupQuestion, day_of
from glossary_api.text.bearing import REFUSED
from glossary_api.text.places import NamedPlace, Places


class PlaceSchema(Strict):
    """A place as it was understood."""

    name = fields.String(
        required=True, allow_none=True, metadata={"description": "Its full name; null where a draft does not say it."}
    )
    code = fields.String(
        required=True,
        allow_none=True,
        metadata={
            "description": "Six-digit GB/T 2260 code; null for the nation and where no report says it, so that no"
            " distance is known."
        },
    )


class WhySchema(Strict):
    """One reason for a rank."""

    code = fields.String(
        required=True,
        validate=validate.OneOf([*PLACES, *DATES]),
        metadata={
            "description": "The reason, for programs: where the definition stands to the asker, or when it held."
        },
    )
    text = fields.String(required=True, metadata={"description": "The reason, for people."})


class RankedSenseSchema(Strict):
    """A sense of a term with the definition that stands nearest to the asker."""

    id = fields.String(required=True, metadata={"description": "Identifier of the sense within its term."})
    score = fields.Float(
        required=True,
        validate=validate.Range(0, 1),
        metadata={"description": "From 1, the report itself, to 0, not yet known on that day. Equal scores are a tie."},
    )
    why = fields.List(
        fields.Nested(WhySchema), required=True, metadata={"description": "Where it stands to the asker, when it held."}
    )
    definition = fields.String(required=True, metadata={"description": "The nearest definition of this sense."})
    head = fields.String(
        required=True, metadata={"description": "The name that it explains, as its source prints it, at full length."}
    )
    evidence = fields.Nested(DefinitionEvidenceSchema, required=True, metadata={"description": "What vouches for it."})
    source = fields.Nested(SourceSchema, required=True, metadata={"description": "Where that is written."})


class ReasonSchema(Strict):
    """Why a sense is not taken."""

    code = fields.String(
        required=True,
        validate=validate.OneOf(REFUSED),
        metadata={
            "description": "`later`: said only in a later year; `long-ago`: too many years before; `of-its-place`: it"
            " speaks of what its own place does; `other-whole`: said of a longer name, which this is only the core of;"
            " `other-words`: the words before the name give it another owner; `common-name`: such names are given anew"
            " everywhere; `nearer`: something nearer explains the name."
        },
    )
    text = fields.String(required=True, metadata={"description": "The reason, for people."})


class RefusedSenseSchema(RankedSenseSchema):
    """A sense that the name has elsewhere, but that nothing shows to be meant here."""

    reason = fields.Nested(ReasonSchema, required=True, metadata={"description": "Why it is not taken."})


def place_field() -> fields.String:
    """Return the parameter or field `place` of a question."""
    return placed("Where the asker stands", " Nearer senses rank higher.")


def date_field() -> fields.String:
    """Return the parameter or field `date`."""
    return fields.String(
        metadata={
            "description": "A day such as 2024-06-01, or a month or year for its last day: what held on it."
            " Definitions delivered later score 0.",
            "format": DATE_FORMAT,
        },
    )


def report_field() -> fields.String:
    """Return the parameter or field `report`."""
    return fields.String(
        validate=validate.Length(min=1),
        metadata={
            "description": "Id of the report in which the name stands: its own explanations count first, and its place"
            " and day where none are given. One that is not collected here has no explanations."
        },
    )


def context_field() -> fields.String:
    """Return the parameter or field `context`."""
    return fields.String(
        validate=validate.Length(1, LONGEST_CONTEXT),
        metadata={
            "description": "The text around the name, the name itself included: what else it says decides between"
            " meanings."
        },
    )


def parameters(required: Sequence[str], optional: Sequence[str]) -> dict[str, str]:
    """Return the query parameters of the request, each given at most once and none of them empty.

    For views where a schema would cost more than the answer. Raises BadQuery with every complaint.
    """
    given = request.args
    errors = [
        BadParameter(name, "unknown-parameter") for name in given if name not in required and name not in optional
    ]
    errors += [BadParameter(name, "must-be-given-once") for name, values in given.lists() if len(values) > 1]
    errors += [BadParameter(name, "is-missing") for name in required if not given.get(name)]
    errors += [BadParameter(name, "must-not-be-empty") for name in optional if name in given and not given[name]]
    if errors:
        raise BadQuery(errors)
    return given.to_dict()


def question(values: Mapping[str, str], places: Places) -> LookupQuestion:
    """Return what the parameters of a query mean.

    Raises BadQuery with a complaint for each that does not fit.
    """
    errors = []
    place, date = values.get("place"), values.get("date")
    named = None
    try:
        named = None if place is None else places.find(place)
    except BadParameter as error:
        errors.append(error)
    day = None if date is None else day_of(date)
    if date is not None and day is None:
        errors.append(BadParameter("date", "must-be-day"))
    report, context = values.get("report"), values.get("context")
    if context is not None and len(context) > LONGEST_CONTEXT:
        errors.append(BadParameter("context", "must-have-characters", min=1, max=LONGEST_CONTEXT))
    if errors:
        raise BadQuery(errors)
    return LookupQuestion(values["name"], named, day, report, context)


def place_and_day(body: Mapping[str, Any], places: Places) -> tuple[NamedPlace | None, str | None]:
    """Return where and when a body says that its text stands; None for what it does not say. Raises BadBody."""
    errors = []
    place, date, named = body.get("place"), body.get("date"), None
    try:
        named = None if place is None else places.find(place)
    except BadParameter as error:
        errors.append(BadField("/place", error.advice))
    day = None if date is None else day_of(date)
    if date is not None and day is None:
        errors.append(BadField("/date", "must-be-day"))
    if errors:
        raise BadBody(errors)
    return named, day
