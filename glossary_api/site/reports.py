"""The list of reports."""

from __future__ import annotations

from flask import g, render_template

from glossary_api.site.numbered import numbered
from glossary_api.site.page import blueprint
from glossary_api.store.pagination import cursor_of_reports

SHOWN = 60


@blueprint.get("/reports", strict_slashes=False)
def reports() -> str:
    """All reports by id."""
    page = numbered(
        SHOWN,
        lambda size, cursor: g.edition.reports(limit=size, cursor=cursor),
        lambda skipped: cursor_of_reports(g.edition, skipped),
    )
    return render_template("reports.html", page=page)
