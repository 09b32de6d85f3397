"""The front door."""

from __future__ import annotations

from flask import g, render_template

from glossary_api.queries.start import start_terms
from glossary_api.site.glosses import rendered
from glossary_api.site.page import blueprint

REPORTS_SHOWN = 12


@blueprint.get("/")
def home() -> str:
    """Return what this is, a search box, what else can be done here, some terms to start with, the reports."""
    return render_template(
        "home.html",
        counts=g.edition.counts,
        start=rendered(g.edition.once(start_terms)),
        reports=g.edition.reports(limit=REPORTS_SHOWN),
    )
