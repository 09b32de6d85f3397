"""The shapes of questions: which query parameters a route takes, and what they may be."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate

from glossary_api.api.schemas import KINDS, LEVELS, Strict

LONGEST_QUESTION = 200
"""Code points that a question may have; names are far shorter."""


class WholeNumber(fields.Integer):
    """Digits and nothing else: no sign, space, underscore or full width, which `int` would let pass."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if not (isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 9):
            raise ValidationError("must be a whole number")
        return int(value)


def _word(description: str) -> fields.String:
    size = validate.Length(min=1, max=LONGEST_QUESTION, error="must have {min} to {max} characters")
    return fields.String(validate=size, metadata={"description": description})


def _choice(description: str, choices: tuple[str, ...]) -> fields.String:
    one_of = validate.OneOf(choices, error="must be one of: {choices}")
    return fields.String(validate=one_of, metadata={"description": description})


def _year() -> WholeNumber:
    year = validate.Range(1, 9999, error="must be {min} to {max}")
    return WholeNumber(validate=year, metadata={"description": "Year of delivery."})


class PagingSchema(Strict):
    """Which page of a list."""

    limit = WholeNumber(
        load_default=50,
        validate=validate.Range(1, 200, error="must be {min} to {max}"),
        metadata={"description": "How many items a page has at most."},
    )
    cursor = fields.String(metadata={"description": "The `next` of the page before; left out for the first."})


class TermQuerySchema(PagingSchema):
    """Which terms."""

    q = _word("Words that must all stand in a form of the name or in a definition.")
    kind = _choice("Kind of name.", KINDS)
    defined = fields.Boolean(
        truthy={"true"},
        falsy={"false"},
        error_messages={"invalid": "must be true or false"},
        metadata={"description": "Only terms with a definition, or only terms without."},
    )
    report = _word("Id of a report that uses or defines the term.")
    place = _word("Place of such a report: full name (昆山市), name without its rank (昆山) or six-digit code.")
    year = _year()


class UsageQuerySchema(PagingSchema):
    """Which usages of a term."""

    report = _word("Only those in the report with this id.")


class ReportQuerySchema(PagingSchema):
    """Which reports."""

    place = _word("Place: full name (昆山市), name without its rank (昆山) or six-digit code.")
    year = _year()
    level = _choice("Level of the place.", LEVELS)


class NameQuerySchema(Strict):
    """Which name."""

    name = fields.String(
        required=True,
        validate=validate.Length(min=1),
        metadata={
            "description": "Any spelling of a name. Percent-encode + as %2B; where that was forgotten, it is tried."
        },
    )
