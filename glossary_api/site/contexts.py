"""A term in its contexts: a few on its own page, all of them on pages of their own."""

from __future__ import annotations

import re
from itertools import groupby

from flask import Response, g, make_response, render_template, request, url_for

from glossary_api.errors import BadParameter, NotFound
from glossary_api.queries.concordance import concordance, usage_facets, usages_at
from glossary_api.site.narrowing import narrowed
from glossary_api.site.numbered import Numbered, leafed
from glossary_api.site.page import Citation, blueprint, citation
from glossary_api.site.term import around
from glossary_api.store.documents import CONTEXT, JsonObject
from glossary_api.store.filters import TermFilters

SHOWN = 50


@blueprint.get("/terms/<path:name>/usages")
def usages(name: str) -> Response:
    """Show every place where a term stands, in order of time; those of one report, year or place if that is asked for.

    With `?report=` and `?at=`, the offset, it is one place, to be cited. A place that is not known gets the page
    without items, which says so. Raises NotFound for a report, and for an offset at which the term does not stand.
    """
    document = g.edition.term(name)
    report = request.args.get("report") or None
    if report is not None:
        g.edition.report(report)
    asked, start = narrowed(), _offset() if report else None
    filters = TermFilters(report=report, place=asked.place, year=asked.year)
    page = Numbered((), 0, 1, 1)
    if report is not None and start is not None:
        found = tuple(map(dict, usages_at(g.edition, name, report, start)))
        page = Numbered(found, len(found), 1, 1)
    elif not asked.refused:
        page = leafed(SHOWN, lambda size, skipped: concordance(g.edition, name, filters, size, skipped))
    if start is not None and not page.items:
        raise NotFound("page", request.full_path)
    shown = render_template(
        "usages.html",
        term=document,
        page=page,
        groups=[(found, list(items)) for found, items in groupby(page.items, key=lambda usage: usage["report"])],
        report=report,
        asked=asked,
        facets=usage_facets(g.edition, name),
        block=g.edition.title_blocks.get(report),
        found=around(document) | {"alone": start is not None},
        cited=_cited(page.items[0]) if start is not None else None,
    )
    return make_response(shown, 422 if asked.refused else 200)


def _offset() -> int | None:
    """Return the offset that `?at=` asks for. Raises BadParameter."""
    at = request.args.get("at")
    if at is None:
        return None
    if not re.fullmatch("[0-9]{1,9}", at):
        raise BadParameter("at", "must-be-whole-number")
    return int(at)


def _cited(usage: JsonObject) -> Citation:
    """Return how one place is cited: its words, and the report's own page, which opens at them."""
    block = g.edition.title_blocks[usage["report"]["id"]]
    named = " ".join(str(block[part]) for part in ("place", "year", "title") if block[part])
    address = url_for("pages.report", report_id=block["id"], _anchor=f"u{usage['start']}", _external=True)
    before, behind = ("…" if len(usage[side]) == CONTEXT else "" for side in ("left", "right"))
    words = f"{before}{usage['left']}{usage['text']}{usage['right']}{behind}"
    return citation(f"{words.strip()}——{named}", address)
