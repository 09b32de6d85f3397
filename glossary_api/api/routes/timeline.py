"""Timeline: when, where and how often a term is used."""

from __future__ import annotations

from flask import Response
from marshmallow import fields

from glossary_api.api.http.answers import about_term, served_edition
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.documents import ReportNameSchema, TermNameSchema
from glossary_api.api.schemas.required import number, one, several, word
from glossary_api.api.schemas.strict import Strict
from glossary_api.model.words import LEVELS
from glossary_api.queries.timeline import timeline

blueprint = resource("timeline", "Use of terms by year, level and place")


class CountSchema(Strict):
    """Counts of the uses of a term in some reports."""

    reports = number("Reports that use or define the term.")
    usages = number("Places where it stands.")
    defines = number("Reports that define it.")
    of_reports = number("All reports, with the term or without.")
    chars = number("Length of the bodies of all of them in code points.")
    per_10000 = fields.Float(required=True, metadata={"description": "Usages per 10,000 code points of all of them."})


class LevelCountSchema(CountSchema):
    """Counts of the uses of a term in reports of one level."""

    level = word("The level; null where no report says it.", allow_none=True, validate=validate.OneOf([*LEVELS, None]))


class YearCountSchema(CountSchema):
    """Counts of the uses of a term in reports of one year."""

    year = number("The year; null where no report says it.", allow_none=True)
    levels = several(LevelCountSchema, "The same for each level of which there is a report that year.")


class PlaceCountSchema(CountSchema):
    """Counts of the uses of a term in reports of one place."""

    place = word("Full name of the place; null where no report says it.", allow_none=True)
    place_code = word("Its six-digit GB/T 2260 code.", allow_none=True)
    level = word("Its level.", allow_none=True, validate=validate.OneOf([*LEVELS, None]))
    first = number("Year of its first report with the term.", allow_none=True)


class DeliverySchema(Strict):
    """A report and its day."""

    report = one(ReportNameSchema, "The report.")
    date = word("Day of delivery, ISO 8601; null where only the year is known.", allow_none=True)


class WidthSchema(Strict):
    """Counts of places, prefectures and provinces."""

    places = number("Places.")
    prefectures = number("Prefectures that they lie in.")
    provinces = number("Provinces that they lie in.")


class SpreadSchema(WidthSchema):
    """Over how many places a term is spread."""

    of = one(WidthSchema, "The same for all reports.")


class TimelineSchema(Strict):
    """When, where and how often a term is used."""

    term = one(TermNameSchema, "The term.")
    first = one(DeliverySchema, "The first report that uses or defines it; null if none says when.", allow_none=True)
    last = one(DeliverySchema, "The last one.", allow_none=True)
    total = one(CountSchema, "All reports.")
    years = several(YearCountSchema, "Every year of which there is a report, in order.")
    levels = several(LevelCountSchema, "Every level of which there is a report, from the nation down.")
    places = several(
        PlaceCountSchema,
        "The first hundred places that took it up, in order; `spread` counts all.",
    )
    spread = one(SpreadSchema, "Over how many places it is spread.")


@get(blueprint, "/terms/<name:name>/timeline", TimelineSchema, missing=True)
def show_timeline(name: str) -> Response:
    """Show when a term is first seen, how often it is used by year, level and place, and how far it has spread."""
    edition = served_edition()
    return about_term(edition.term(name), timeline(edition, edition.rank_of(name)))
