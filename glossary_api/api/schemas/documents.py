"""The schemas of documents as the OpenAPI document publishes them, and those of pages of them.

Answers are stored or built as plain JSON and not dumped through these schemas; the tests hold every answer against
them.
"""

from __future__ import annotations

from marshmallow import Schema

from glossary_api.api.schemas.derived import schema_of
from glossary_api.api.schemas.strict import Strict, number, several, word_or_null
from glossary_api.store import report_shapes, shapes

TermNameSchema = schema_of(shapes.TermNameDocument)
EquivalentSchema = schema_of(shapes.EquivalentDocument)
TermSchema = schema_of(shapes.TermDocument)
ReportSchema = schema_of(report_shapes.ReportDocument)
ReportTermsSchema = schema_of(report_shapes.ReportTermsDocument)
TermSummarySchema = schema_of(shapes.TermSummaryDocument)
StatedDefinitionSchema = schema_of(shapes.StatedDefinitionDocument)
AppearanceSchema = schema_of(shapes.AppearanceDocument)
UsageSchema = schema_of(shapes.UsageDocument)
ReportSummarySchema = schema_of(report_shapes.ReportSummaryDocument)


class PageSchema(Strict):
    """The fields that every page of a list has besides its items."""

    total = number("How many items the whole list has.")
    next = word_or_null("Value of `cursor` for the following page; null on the last.")


def page_of(item: type[Schema], items: str, name: str) -> type[Schema]:
    """Return the schema of a page of a list; `items` says what stands on it."""
    return PageSchema.from_dict({"items": several(item, items)}, name=name)


TermPageSchema = page_of(TermSummarySchema, "The terms.", "TermPageSchema")
DefinitionPageSchema = page_of(StatedDefinitionSchema, "The definitions.", "DefinitionPageSchema")
AppearancePageSchema = page_of(AppearanceSchema, "The reports.", "AppearancePageSchema")
UsagePageSchema = page_of(UsageSchema, "The usages.", "UsagePageSchema")
ReportPageSchema = page_of(ReportSummarySchema, "The reports.", "ReportPageSchema")
