"""Bodies with many names, read by hand: a schema would cost more than all the look-ups."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from glossary_api.api.http.bodies import escaped
from glossary_api.api.http.refusals import BadBody, BadField, TooLarge
from glossary_api.api.schemas.parameters import DATE_FORMAT, PLACE_FORMAT
from glossary_api.api.schemas.standpoint import date_field, place_field, report_field
from glossary_api.api.schemas.strict import Strict
from glossary_api.errors import BadParameter
from glossary_api.model.messages import Message
from glossary_api.queries.standpoint import LONGEST_CONTEXT, LookupQuestion, day_of
from glossary_api.text.places import LONGEST_PLACE, NamedPlace, Places

MOST_NAMES = 1000
"""How many names a body may have."""
LONGEST_NAME = 200
"""Code points that each of them may have."""
LIMIT = 1_000_000
"""Bytes that a body may have: enough for so many names of such a length in UTF-8, with a little on each."""

_NAME = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}
_PLACED_NAME = {
    "title": "PlacedName",
    "type": "object",
    "required": ["name"],
    "additionalProperties": False,
    "properties": {
        "name": _NAME,
        "place": {"type": "string", "format": PLACE_FORMAT, "minLength": 1, "maxLength": LONGEST_PLACE},
        "date": {"type": "string", "format": DATE_FORMAT},
        "report": {"type": "string", "minLength": 1},
        "context": {"type": "string", "minLength": 1, "maxLength": LONGEST_CONTEXT},
    },
}


class NameListSchema(Strict):
    """Several names, and a place and a day for those that have none of their own."""

    names = fields.List(
        fields.Raw(metadata={"title": "NameToLookUp", "oneOf": [_NAME, _PLACED_NAME]}),
        required=True,
        metadata={
            # No `maxItems`: what is over the limit is too large (413), and not at fault in itself (422).
            "description": f"Up to {MOST_NAMES} names, or names with a place and a day, a report and a"
            " context of their own."
        },
    )
    place = place_field()
    date = date_field()
    report = report_field()


def read_names(body: Any, places: Places) -> list[LookupQuestion]:
    """Return what a body that fits `NameListSchema` asks, in order.

    Raises TooLarge for too many names, and BadBody with a complaint for each field that does not fit.
    """
    names = body.get("names") if isinstance(body, dict) else None
    if isinstance(names, list) and len(names) > MOST_NAMES:
        raise TooLarge(MOST_NAMES, "items", "/names")
    reader = _Reader(places)
    questions = reader.read(body)
    if reader.errors:
        raise BadBody(reader.errors)
    return questions


class _Reader:
    """Reads on after an error, so that the caller hears of all of them."""

    def __init__(self, places: Places) -> None:
        self.errors: list[BadField] = []
        self._places = places
        self._found: dict[str, NamedPlace] = {}

    def read(self, body: Any) -> list[LookupQuestion]:
        if not isinstance(body, dict):
            self._complain("", "must-be-object")
            return []
        self._check_keys("", body, ("names", "place", "date", "report"))
        shared = self._where("", body, LookupQuestion("", None, None))
        names = body.get("names")
        if not isinstance(names, list):
            self._complain("/names", "must-be-list" if "names" in body else "is-missing")
            return []
        return [self._question(f"/names/{number}", item, shared) for number, item in enumerate(names)]

    def _question(self, pointer: str, item: Any, shared: LookupQuestion) -> LookupQuestion:
        if isinstance(item, dict):
            self._check_keys(pointer, item, ("name", "place", "date", "report", "context"))
            return self._where(pointer, item, shared._replace(name=self._name(f"{pointer}/name", item.get("name"))))
        return shared._replace(name=self._name(pointer, item))

    def _name(self, pointer: str, value: Any) -> str:
        if isinstance(value, str) and 1 <= len(value) <= LONGEST_NAME:
            return value
        self._complain(pointer, "must-be-text-of-characters", max=LONGEST_NAME)
        return ""

    def _where(self, pointer: str, values: dict[str, Any], question: LookupQuestion) -> LookupQuestion:
        """Return the question with the place and the day that the values have, if any."""
        if "place" in values:
            question = question._replace(place=self._place(f"{pointer}/place", values["place"]))
        if "date" in values:
            question = question._replace(date=self._date(f"{pointer}/date", values["date"]))
        if "report" in values:
            question = question._replace(report=self._report(f"{pointer}/report", values["report"]))
        if "context" in values:
            question = question._replace(context=self._context(f"{pointer}/context", values["context"]))
        return question

    def _place(self, pointer: str, value: Any) -> NamedPlace | None:
        if not isinstance(value, str):
            self._complain(pointer, "must-be-text")
            return None
        if value not in self._found:
            try:
                self._found[value] = self._places.find(value)
            except BadParameter as error:
                self._complain(pointer, error.advice)
                return None
        return self._found[value]

    def _date(self, pointer: str, value: Any) -> str | None:
        day = day_of(value) if isinstance(value, str) else None
        if day is None:
            self._complain(pointer, "must-be-day")
        return day

    def _report(self, pointer: str, value: Any) -> str | None:
        if isinstance(value, str) and value:
            return value
        self._complain(pointer, "must-be-text")
        return None

    def _context(self, pointer: str, value: Any) -> str | None:
        if isinstance(value, str) and 1 <= len(value) <= LONGEST_CONTEXT:
            return value
        self._complain(pointer, "must-be-text-of-characters", max=LONGEST_CONTEXT)
        return None

    def _check_keys(self, pointer: str, values: dict[str, Any], known: tuple[str, ...]) -> None:
        for key in values:
            if key not in known:
                self._complain(f"{pointer}/{escaped(key)}", "unknown-field")

    def _complain(self, pointer: str, message: str | Message, **values: Any) -> None:
        self.errors.append(BadField(pointer, message, **values))
