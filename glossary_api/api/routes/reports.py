"""Reports: lists, single ones, their terms."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response

from glossary_api.api.http.answers import json_answer, page_answer, served_edition
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas.documents import ReportPageSchema, ReportSchema, ReportTermsSchema
from glossary_api.api.schemas.parameters import ReportQuerySchema, ReportTermsQuerySchema
from glossary_api.store.filters import ReportFilters

blueprint = resource("reports", "Reports and their terms")


@get(blueprint, "/reports", ReportPageSchema, query=ReportQuerySchema, paged=True)
def list_reports(limit: int, cursor: str | None = None, **filters: Any) -> Response:
    """List reports by id."""
    return page_answer(served_edition().reports(ReportFilters(**filters), limit, cursor))


@get(blueprint, "/reports/<report_id>", ReportSchema, missing=True)
def show_report(report_id: str) -> Response:
    """Show a report: title block, headings, appendix and findings."""
    return json_answer(served_edition().report_document(report_id))


@get(blueprint, "/reports/<report_id>/terms", ReportTermsSchema, query=ReportTermsQuerySchema, missing=True)
def list_report_terms(report_id: str, status: str) -> Response:
    """List the terms that a report defines, those that it uses, and those that only other reports define."""
    return json_answer(orjson.dumps(served_edition().report_terms(report_id, status)))
