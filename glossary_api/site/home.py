"""The front door, and the page that explains the words on the pages."""

from __future__ import annotations

from flask import g, render_template

from glossary_api.queries.report_list import BY_YEAR, list_reports
from glossary_api.queries.start import start_terms
from glossary_api.site.page import blueprint
from glossary_api.site.rendered import rendered
from glossary_api.store.edition import Edition
from glossary_api.store.filters import ReportFilters
from glossary_api.store.report_shapes import ReportSummaryDocument

REPORTS_SHOWN = 12


@blueprint.get("/")
def home() -> str:
    """Return what this is, a search box, what else can be done here, some terms to start with, the latest reports."""
    return render_template(
        "home.html",
        counts=g.edition.counts,
        start=rendered(g.edition.once(start_terms)),
        reports=g.edition.once(_latest),
    )


def _latest(edition: Edition) -> tuple[ReportSummaryDocument, ...]:
    return tuple(list_reports(edition, ReportFilters(), None, BY_YEAR, REPORTS_SHOWN, 0).items)


@blueprint.get("/about")
def about() -> str:
    """Return what the words on these pages mean."""
    return render_template("about.html")
