"""The schemas of documents as the OpenAPI document publishes them, and those of pages of them.

Answers are stored or built as plain JSON and not dumped through these schemas; the tests hold every answer against
them.
"""

from __future__ import annotations

from glossary_api.api.schemas.derived import schema_of
from glossary_api.api.schemas.required import number, several, word_or_null
from glossary_api.api.schemas.strict import Strict
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


class TermPageSchema(PageSchema):
    """A page of terms by name."""

    items = several(TermSummarySchema, "The terms.")


class DefinitionPageSchema(PageSchema):
    """A page of the definitions of a term, sense by sense."""

    items = several(StatedDefinitionSchema, "The definitions.")


class AppearancePageSchema(PageSchema):
    """A page of the reports of a term, by id."""

    items = several(AppearanceSchema, "The reports.")


class UsagePageSchema(PageSchema):
    """A page of usages by report and offset."""

    items = several(UsageSchema, "The usages.")


class ReportPageSchema(PageSchema):
    """A page of reports by id."""

    items = several(ReportSummarySchema, "The reports.")
