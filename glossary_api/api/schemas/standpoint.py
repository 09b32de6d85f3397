"""Place, day, report and context in questions: what all routes that choose between meanings share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from marshmallow import fields

from glossary_api.api.http.refusals import BadBody, BadField
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.parameters import DATE_FORMAT
from glossary_api.api.schemas.parameters import place_field as placed
from glossary_api.errors import BadParameter, BadQuery
from glossary_api.queries.standpoint import LONGEST_CONTEXT, day_of
from glossary_api.text.places import NamedPlace, Places


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
