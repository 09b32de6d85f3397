"""The common fields of `/check` and `/pretranslate`: the language of a translation, and where its text stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from glossary_api.api.schemas import validate
from glossary_api.api.schemas.standpoint import place_and_day
from glossary_api.queries.rank import Asked
from glossary_api.text.places import Places

LANGUAGE_TAG = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"


def language_field() -> fields.String:
    """Return the field `language`."""
    return fields.String(
        required=True,
        validate=validate.Regexp(LANGUAGE_TAG, error="must-be-language-tag"),
        metadata={
            "description": "Language of the translation (BCP 47), such as `en`: renderings in it or in kinds of it"
            " count; where a term has none, those in what it is a kind of, `en` for `en-US`."
        },
    )


def asked_in(body: Mapping[str, Any], places: Places) -> Asked:
    """Return where and when a body says that its text stands. Raises BadBody."""
    place, day = place_and_day(body, places)
    return Asked(place.name, place.code, day) if place else Asked(date=day)
