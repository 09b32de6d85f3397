"""The list of reports."""

from __future__ import annotations

from itertools import groupby

from flask import Response, g, make_response, render_template, request

from glossary_api.model.words import NATIONAL
from glossary_api.queries.report_list import BY_PLACE, ORDERS, facets, list_reports
from glossary_api.site.narrowing import first_places, narrowed
from glossary_api.site.numbered import Numbered, leafed
from glossary_api.site.page import blueprint, say
from glossary_api.store.documents import JsonObject
from glossary_api.store.filters import ReportFilters
from glossary_api.text.places import divisions

SHOWN = 60


@blueprint.get("/reports", strict_slashes=False)
def reports() -> Response:
    """Show the reports by place or by year, those of a place, a year or a kind of document where that is asked for.

    A place that is not known gets the page without items, which says so.
    """
    asked = narrowed()
    order = request.args.get("sort", BY_PLACE)
    order = order if order in ORDERS else BY_PLACE
    filters = ReportFilters(place=asked.place, year=asked.year)
    page = Numbered((), 0, 1, 1)
    if not asked.refused:
        page = leafed(SHOWN, lambda size, skipped: list_reports(g.edition, filters, asked.genre, order, size, skipped))
    shown = render_template(
        "reports.html",
        page=page,
        groups=[
            (name, list(items))
            for name, items in groupby(page.items, key=_province if order == BY_PLACE else lambda one: one["year"])
        ],
        asked=asked,
        order=order,
        orders=ORDERS,
        facets=g.edition.once(facets),
        places=g.edition.once(first_places),
    )
    return make_response(shown, 422 if asked.refused else 200)


def _province(report: JsonObject) -> str:
    if report["level"] == NATIONAL:
        return say("area_national")
    return divisions().get(f"{(report['place_code'] or '')[:2]}0000") or say("area_unknown")
