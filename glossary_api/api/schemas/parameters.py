"""The shapes of questions: which query parameters a route takes, and what they may be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields
from webargs.fields import DelimitedList

from glossary_api.api.http.fields import FIELDS, Shape, paths
from glossary_api.api.http.media_types import FORMAT, JSON
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.strict import Strict
from glossary_api.api.schemas.validate import Range
from glossary_api.model.messages import Message
from glossary_api.model.words import ANY_STATUS, ESTABLISHED, KINDS, LEVELS, STATUSES
from glossary_api.store import cursors
from glossary_api.text.places import LONGEST_PLACE

DATE_FORMAT = "day-month-or-year"
"""The format of a day in OpenAPI that may be said by a month or a year: to clients text, not a date."""
PLACE_FORMAT = "place"
"""The format of a place in OpenAPI: text, of which a schema cannot say what is known."""
_PLACE = (
    "full name (昆山市), name without its rank (昆山), either behind what it lies in (苏州市昆山市), or six-digit code;"
    " one that is neither of a report nor of the published divisions is an error"
)
"""How `Places.find` lets a place be named."""
LONGEST_QUESTION = 200
"""Code points that a question may have; names are far shorter."""
MOST = 999_999_999
"""The largest whole number that a parameter may be, where it does not say less."""


class WholeNumber(fields.Integer):
    """Digits and nothing else: no sign, space, underscore or full width, which `int` would let pass."""

    def __init__(self, *, validate: Any = None, **options: Any) -> None:
        """Make a field whose numbers have a size that fits everywhere."""
        super().__init__(validate=validate or Range(0, MOST), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if not (isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 2 * len(str(MOST))):
            raise ValidationError([Message("must-be-whole-number")])
        return int(value)


def _word(description: str) -> fields.String:
    size = validate.Length(min=1, max=LONGEST_QUESTION)
    return fields.String(validate=size, metadata={"description": description})


def place_field(whose: str, more: str = "") -> fields.String:
    """Return the parameter or field `place`: `whose` it is, how it may be named, and what `more` there is to say."""
    size = validate.Length(1, LONGEST_PLACE)
    description = f"{whose}: {_PLACE}.{more}"
    return fields.String(validate=size, metadata={"description": description, "format": PLACE_FORMAT})


def _choice(description: str, choices: tuple[str, ...]) -> fields.String:
    one_of = validate.OneOf(choices)
    return fields.String(validate=one_of, metadata={"description": description})


def _status() -> fields.String:
    one_of = validate.OneOf((*STATUSES, ANY_STATUS))
    description = "Which terms: those that are offered, those that are only kept as candidates, or any."
    return fields.String(load_default=ESTABLISHED, validate=one_of, metadata={"description": description})


def _year() -> WholeNumber:
    year = validate.Range(1, 9999)
    return WholeNumber(validate=year, metadata={"description": "Year of delivery."})


def cursor_of(kind: str, *types: type) -> fields.String:
    """Return the parameter `cursor` of a list whose cursors `cursors.encode(kind, …)` makes of values of such types."""
    one_of_ours = validate.Regexp(cursors.pattern(kind, *types), error="no-cursor-of-list")
    description = "The `next` of the page before; left out for the first."
    return fields.String(validate=one_of_ours, metadata={"description": description})


def fields_schema(shape: Shape) -> type[Schema] | None:
    """Return the parameter `fields` of an answer of this shape; None if there is nothing to trim."""
    if not shape:
        return None
    known = fields.String(validate=validate.OneOf(list(paths(shape))))
    description = "Only these fields of the answer, or of each item of a list, as the introduction says for all."
    listed = DelimitedList(known, validate=validate.Length(min=1), metadata={"description": description})
    return Schema.from_dict({FIELDS: listed})


def format_schema(also: Mapping[str, str] | None) -> type[Schema] | None:
    """Return the parameter `format` of a route that has these media types besides JSON; None without any."""
    if not also:
        return None
    words = {"json": JSON} | {word: media_type for media_type, word in also.items()}
    meaning = ", ".join(f"`{word}` for {media_type}" for word, media_type in words.items())
    description = f"Which media type: {meaning}. Without it, Accept decides."
    one_of = validate.OneOf(list(words))
    return Schema.from_dict({FORMAT: fields.String(validate=one_of, metadata={"description": description})})


class PagingSchema(Strict):
    """The parameters by which a page of a list is chosen; each list adds its own `cursor`."""

    limit = WholeNumber(
        load_default=50,
        validate=validate.Range(1, 200),
        metadata={"description": "How many items a page has at most."},
    )


class TermQuerySchema(PagingSchema):
    """The parameters by which terms are chosen."""

    cursor = cursor_of("terms", str)
    q = _word("Words that must all stand in a form of the name or in a definition.")
    kind = _choice("Kind of name.", KINDS)
    defined = fields.Boolean(
        truthy={"true"},
        falsy={"false"},
        metadata={"description": "Only terms with a definition, or only terms without."},
    )
    report = _word("Id of a report that uses or defines the term.")
    place = place_field("Place of such a report")
    year = _year()
    status = _status()


class ReportTermsQuerySchema(Strict):
    """The parameters by which terms of a report are chosen."""

    status = _status()


class UsageQuerySchema(PagingSchema):
    """The parameters by which usages of a term are chosen."""

    cursor = cursor_of("usages", str, int, int)
    report = _word("Only those in the report with this id.")


class DefinitionQuerySchema(PagingSchema):
    """The parameters by which definitions of a term are chosen."""

    cursor = cursor_of("definitions", int)


class AppearanceQuerySchema(PagingSchema):
    """The parameters by which reports of a term are chosen."""

    cursor = cursor_of("appearances", str)


class ReportQuerySchema(PagingSchema):
    """The parameters by which reports are chosen."""

    cursor = cursor_of("reports", str)
    place = place_field("Place")
    year = _year()
    level = _choice("Level of the place.", LEVELS)
