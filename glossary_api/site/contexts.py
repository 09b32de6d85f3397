"""A term in its contexts: a few on its own page, all of them on pages of their own."""

from __future__ import annotations

from itertools import groupby

from flask import Response, g, make_response, render_template, request

from glossary_api.queries.concordance import concordance, usage_facets
from glossary_api.site.narrowing import narrowed
from glossary_api.site.numbered import Numbered, leafed
from glossary_api.site.page import blueprint
from glossary_api.store.documents import CONTEXT, JsonObject
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters

SHOWN = 50
REPORTS_FIRST = 5
"""From how many reports the page of a term shows contexts."""
FIRST_OF_EACH = 3


@blueprint.get("/terms/<path:name>/usages")
def usages(name: str) -> Response:
    """Show every place where a term stands, in order of time; those of one report, year or place if that is asked for.

    A place that is not known gets the page without items, which says so.
    """
    document = g.edition.term(name)
    report = request.args.get("report") or None
    if report is not None:
        g.edition.report(report)
    asked = narrowed()
    filters = TermFilters(report=report, place=asked.place, year=asked.year)
    page = Numbered((), 0, 1, 1)
    if not asked.refused:
        page = leafed(SHOWN, lambda size, skipped: concordance(g.edition, name, filters, size, skipped))
    shown = render_template(
        "usages.html",
        term=document,
        page=page,
        groups=[(found, list(items)) for found, items in groupby(page.items, key=lambda usage: usage["report"])],
        report=report,
        asked=asked,
        facets=usage_facets(g.edition, name),
        block=g.edition.title_blocks.get(report),
        found={"sense_numbers": sense_numbers(document), "context": CONTEXT},
    )
    return make_response(shown, 422 if asked.refused else 200)


def first_contexts(edition: Edition, document: JsonObject) -> JsonObject:
    """Return contexts from some reports, those that define the term first: `{"groups","shown","total","sense_numbers",
    "context"}`.
    """
    using = [report for report in document["reports"] if report["usages"]]
    chosen = sorted(using, key=lambda report: not report["defines"])[:REPORTS_FIRST]
    groups = [
        (report, list(edition.usages(document["name"], report["id"], limit=FIRST_OF_EACH).items)) for report in chosen
    ]
    return {
        "groups": groups,
        "shown": sum(len(items) for _, items in groups),
        "total": document["totals"]["usages"],
        "sense_numbers": sense_numbers(document),
        "context": CONTEXT,
    }


def sense_numbers(document: JsonObject) -> dict[str, int]:
    """Return the number of each sense by its id; none for a term with one sense, which needs no numbers."""
    senses = document["senses"]
    return {sense["id"]: number for number, sense in enumerate(senses, 1)} if len(senses) > 1 else {}
