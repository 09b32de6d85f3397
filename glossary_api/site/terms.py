"""The list of terms."""

from __future__ import annotations

from flask import g, render_template, request

from glossary_api.model.words import CANDIDATE, KINDS
from glossary_api.site.glosses import rendered
from glossary_api.site.numbered import numbered
from glossary_api.site.page import blueprint
from glossary_api.store.filters import TermFilters
from glossary_api.store.pagination import cursor_of_terms

FILTERS = {
    "all": TermFilters(),
    "defined": TermFilters(defined=True),
    "undefined": TermFilters(defined=False),
    **{kind: TermFilters(kind=kind) for kind in KINDS},
    "candidates": TermFilters(status=CANDIDATE),
}
SHOWN = 60


@blueprint.get("/terms", strict_slashes=False)
def terms() -> str:
    """All established terms by name, or those that `?show=` names."""
    shown = request.args.get("show", "all")
    filters = FILTERS.get(shown, TermFilters())
    page = numbered(
        SHOWN,
        lambda size, cursor: g.edition.terms(filters, limit=size, cursor=cursor),
        lambda skipped: cursor_of_terms(g.edition, filters, skipped),
    )
    kept = None if shown not in FILTERS or shown == "all" else shown
    choice = {"filters": FILTERS, "kinds": KINDS, "shown": kept or "all", "kept": kept}
    return render_template("terms.html", page=page, terms=rendered(page.items), **choice)
