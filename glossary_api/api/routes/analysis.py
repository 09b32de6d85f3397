"""What can be read off the usages and definitions of a term: when and where, how far they agree, what stands beside."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response
from marshmallow import fields, validate

from glossary_api.api.http.answers import json_answer, served_edition
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas.documents import (
    PassageSchema,
    ReportNameSchema,
    SourceSchema,
    SpanSchema,
    Strict,
    TermNameSchema,
)
from glossary_api.api.schemas.parameters import WholeNumber
from glossary_api.model import LEVELS
from glossary_api.queries.compare import compare
from glossary_api.queries.related import BY_MEMBER, BY_NAME, related
from glossary_api.queries.timeline import timeline

blueprint = resource("analysis", "What usages and definitions show")


def _number(description: str, **options: Any) -> fields.Integer:
    return fields.Integer(required=True, strict=True, metadata={"description": description}, **options)


def _share(description: str, **options: Any) -> fields.Float:
    return fields.Float(required=True, validate=validate.Range(0, 1), metadata={"description": description}, **options)


def _list(of: type[Strict], description: str) -> fields.List[Any]:
    return fields.List(fields.Nested(of), required=True, metadata={"description": description})


def _one(of: type[Strict], description: str, **options: Any) -> fields.Nested:
    return fields.Nested(of, required=True, metadata={"description": description}, **options)


def _word(description: str, **options: Any) -> fields.String:
    return fields.String(required=True, metadata={"description": description}, **options)


class CountSchema(Strict):
    """How much a term is used in some reports."""

    reports = _number("Reports that use or define the term.")
    usages = _number("Places where it stands.")
    defines = _number("Reports that define it.")
    of_reports = _number("All reports, with the term or without.")
    chars = _number("Length of the bodies of all of them in code points.")
    per_10000 = fields.Float(required=True, metadata={"description": "Usages per 10,000 code points of all of them."})


class LevelCountSchema(CountSchema):
    """How much a term is used in reports of one level."""

    level = _word("The level; null where no report says it.", allow_none=True, validate=validate.OneOf([*LEVELS, None]))


class YearCountSchema(CountSchema):
    """How much a term is used in reports of one year."""

    year = _number("The year; null where no report says it.", allow_none=True)
    levels = _list(LevelCountSchema, "The same for each level of which there is a report that year.")


class PlaceCountSchema(CountSchema):
    """How much a term is used in reports of one place."""

    place = _word("Full name of the place; null where no report says it.", allow_none=True)
    place_code = _word("Its six-digit GB/T 2260 code.", allow_none=True)
    level = _word("Its level.", allow_none=True, validate=validate.OneOf([*LEVELS, None]))
    first = _number("Year of its first report with the term.", allow_none=True)


class DeliverySchema(Strict):
    """A report and its day."""

    report = _one(ReportNameSchema, "The report.")
    date = _word("Day of delivery, ISO 8601; null where only the year is known.", allow_none=True)


class WidthSchema(Strict):
    """How many places there are."""

    places = _number("Places.")
    prefectures = _number("Prefectures that they lie in.")
    provinces = _number("Provinces that they lie in.")


class SpreadSchema(WidthSchema):
    """Over how many places a term is spread."""

    of = _one(WidthSchema, "The same for all reports.")


class TimelineSchema(Strict):
    """When, where and how often a term is used."""

    term = _one(TermNameSchema, "The term.")
    first = _one(DeliverySchema, "The first report that uses or defines it; null if none says when.", allow_none=True)
    last = _one(DeliverySchema, "The last one.", allow_none=True)
    total = _one(CountSchema, "All reports.")
    years = _list(YearCountSchema, "Every year of which there is a report, in order.")
    levels = _list(LevelCountSchema, "Every level of which there is a report, from the nation down.")
    places = _list(PlaceCountSchema, "Every place with the term, in the order in which they took it up.")
    spread = _one(SpreadSchema, "Over how many places it is spread.")


class SharedMemberSchema(PassageSchema):
    """A member of a definition; offsets count in the report."""

    shared = _number("How many of the definitions list it.")


class ThereSchema(SpanSchema):
    """The same place in the reference definition."""

    text = _word("What stands there; empty for something added.")


class DifferenceSchema(SpanSchema):
    """Where a definition departs from the reference; offsets count code points of the definition."""

    kind = _word("What is the matter.", validate=validate.OneOf(["replaced", "added", "missing"]))
    text = _word("What stands there; empty for something missing.")
    reference = _one(ThereSchema, "The same place in the reference.")


class ComparedSchema(Strict):
    """A definition beside the others."""

    sense = _word("Id of the sense that it belongs to.")
    text = _word("The definition; it begins at `source.start` of its report.")
    source = _one(SourceSchema, "Where it is written.")
    agreement = _share("Agreement with the others on average; null without any.", allow_none=True)
    members = _list(SharedMemberSchema, "The things that the numeral of the name counts.")
    differences = _list(DifferenceSchema, "Where it departs from the reference, in order.")


class ComparisonSchema(Strict):
    """The definitions of a term side by side."""

    term = _one(TermNameSchema, "The term.")
    agreement = _share(
        "Share of characters that two definitions have in common in the same order, on average over all pairs; spelling"
        " is folded as in names. Null with fewer than two.",
        allow_none=True,
    )
    reference = _number("Index of the definition that agrees most with the others; null without any.", allow_none=True)
    definitions = _list(ComparedSchema, "The definitions, sense by sense.")


class RelatedTermSchema(TermNameSchema):
    """A term within another or around it."""

    by = _word(
        "`name`: one name contains the other; `member`: a definition of the larger lists the smaller.",
        validate=validate.OneOf([BY_NAME, BY_MEMBER]),
    )


class CoUsedSchema(TermNameSchema):
    """A term that stands beside another."""

    together = _number("In how many sections both stand.")
    sections = _number("In how many sections it stands.")
    score = _share("Dice coefficient: twice `together`, divided by the sections of the one and those of the other.")


class RelatedSchema(Strict):
    """Terms that have to do with a term."""

    term = _one(TermNameSchema, "The term.")
    sub_terms = _list(RelatedTermSchema, "Terms within it, much used ones first.")
    super_terms = _list(RelatedTermSchema, "Terms around it, much used ones first.")
    co_used = _list(CoUsedSchema, "Terms that stand under the same headings of the same reports, by score.")
    sections = _number("In how many sections, the parts of reports between two headings, the term stands.")


class RelatedQuerySchema(Strict):
    """How much of it."""

    limit = WholeNumber(
        load_default=20,
        validate=validate.Range(1, 100, error="must be {min} to {max}"),
        metadata={"description": "How many terms of each kind there are at most."},
    )


@get(blueprint, "/terms/<name:name>/timeline", TimelineSchema, missing=True)
def show_timeline(name: str) -> Response:
    """Show when a term is first seen, how often it is used by year, level and place, and how far it has spread."""
    edition = served_edition()
    return _answer(edition.term(name), timeline(edition.select, edition.rank_of(name)))


@get(blueprint, "/terms/<name:name>/compare", ComparisonSchema, missing=True)
def compare_definitions(name: str) -> Response:
    """Show the definitions of a term side by side, how far they agree and where they differ."""
    document = served_edition().term(name)
    return _answer(document, compare(document))


@get(blueprint, "/terms/<name:name>/related", RelatedSchema, query=RelatedQuerySchema, missing=True)
def list_related(name: str, limit: int) -> Response:
    """List the terms within a term, those around it and those that are used beside it."""
    edition = served_edition()
    return _answer(edition.term(name), related(edition.select, edition.rank_of(name), limit))


def _answer(document: dict[str, Any], found: dict[str, Any]) -> Response:
    term = {key: document[key] for key in ("id", "name", "kind")}
    return json_answer(orjson.dumps({"term": term} | found))
