"""What `/check` and `/pretranslate` share: the terms of a text with the renderings that they may have there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate

from glossary_api.api.annotating.annotator import EVERY, Annotator, Question, Standpoint
from glossary_api.api.meanings import place_and_day
from glossary_api.ranking import Asked
from glossary_api.renderings import Rendering, Use
from glossary_api.store.places import Places

LANGUAGE_TAG = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"


def language_field() -> fields.String:
    """The field `language`."""
    return fields.String(
        required=True,
        validate=validate.Regexp(LANGUAGE_TAG, error="must be a language tag such as en"),
        metadata={
            "description": "Language of the translation (BCP 47), such as `en`: renderings in it or in kinds of it"
            " count; where a term has none, those in what it is a kind of, `en` for `en-US`."
        },
    )


def asked_in(body: Mapping[str, Any], places: Places) -> Asked:
    """Where and when a body says that its text stands. Raises BadBody."""
    place, day = place_and_day(body, places)
    return Asked(place.name, place.code, day) if place else Asked(date=day)


def uses_in(text: str, annotator: Annotator, asked: Asked, language: str) -> tuple[Use, ...]:
    """The terms of a Chinese text with their renderings in a language, as seen from a place and a day."""
    question = Question(standpoint=Standpoint(asked), gloss=EVERY)
    known: dict[str, tuple[tuple[Rendering, ...], int]] = {}
    uses = []
    for match in annotator.matches(text, question):
        term = match["term"]
        if term["id"] not in known:
            known[term["id"]] = _renderings(match, language.lower()), len(match["senses"]) if match["ambiguous"] else 1
        span = match["start"], match["end"]
        uses.append(Use(*span, term["id"], term["name"], term["kind"], *known[term["id"]]))
    return tuple(uses)


def _renderings(match: Mapping[str, Any], language: str) -> tuple[Rendering, ...]:
    """The renderings of the sense that is meant, of all senses if nothing decides; in the language or, failing that,
    in what it is a kind of: en for en-US.
    """
    senses = match["senses"]
    meant = senses[0]["id"] if senses and not match["ambiguous"] else None
    candidates = [one for one in match["equivalents"] if meant is None or one["sense"] == meant]
    while language:
        of_it = [one for one in candidates if f"{one['language'].lower()}-".startswith(f"{language}-")]
        if of_it:
            return tuple(Rendering(one["rendering"], one["status"], one["sense"]) for one in of_it)
        language = language.rpartition("-")[0]
    return ()
