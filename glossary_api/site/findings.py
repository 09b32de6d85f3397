"""The page of findings: what in the reports, and in the making of the glossary, a careful reader should look at."""

from __future__ import annotations

import re

from flask import Response, g, make_response, render_template, request

from glossary_api.errors import BadParameter
from glossary_api.queries.finding_kinds import OF_AN_EDITION
from glossary_api.queries.findings import ConcernFilters, concerns, counts, cursor_behind
from glossary_api.site.narrowing import first_places
from glossary_api.site.numbered import Numbered, numbered
from glossary_api.site.page import blueprint, in_words
from glossary_api.store.documents import CONTEXT, JsonObject

SHOWN = 40
LONGEST = 200
"""Characters of a place or of the id of a report that are looked at."""


@blueprint.get("/findings", strict_slashes=False)
def findings() -> Response:
    """Return what to look at, of one kind or all, in all reports or those of a place, a year or one report.

    A place that is not known gets the page without items, which says so and names places near it.
    """
    filters = asked_filters()
    refused = _refused(filters)
    page = Numbered((), 0, 1, 1) if refused else _page(filters)
    kept = {name: getattr(filters, name) for name in ("report", "place", "year")}
    shown = render_template(
        "findings.html",
        page=page,
        refused=refused,
        items=[item | {"message": in_words(item["message"]), "href": _anchor(item)} for item in page.items],
        shown=filters.kind,
        counts={} if refused else counts(g.edition, filters),
        kept=kept,
        narrowed=any(kept.values()),
        places=g.edition.once(first_places),
        context=CONTEXT,
    )
    return make_response(shown, 422 if refused else 200)


def _page(filters: ConcernFilters) -> Numbered:
    return numbered(
        SHOWN,
        lambda size, cursor: concerns(g.edition, filters, size, cursor),
        lambda skipped: cursor_behind(g.edition, filters, skipped),
    )


def _refused(filters: ConcernFilters) -> str | None:
    """Return why a place cannot be asked for, in the page's language; None if it can."""
    try:
        g.edition.values(filters)
    except BadParameter as error:
        return in_words(error.advice)
    return None


def asked_filters() -> ConcernFilters:
    """Return what the address asks for; what a form left empty is not asked for. Raises BadParameter."""
    given = {name: request.args.get(name, "").strip()[:LONGEST] or None for name in ("kind", "report", "place", "year")}
    kind, year = given["kind"], given["year"]
    if kind is not None and kind not in OF_AN_EDITION:
        raise BadParameter("kind", "must-be-one-of", choices=", ".join(OF_AN_EDITION))
    if year is not None and not re.fullmatch("[0-9]{1,4}", year):
        raise BadParameter("year", "must-be-whole-number")
    return ConcernFilters(given["place"], None if year is None else int(year), None, kind, given["report"])


def _anchor(item: JsonObject) -> str | None:
    """Return where on the page of its report it stands: a definition has its own anchor, anything else a flag's."""
    if item["report"] is None:
        return None
    sources = [definition["source"] for definition in item["definitions"]]
    is_definition = any((s["report"], s["start"]) == (item["report"]["id"], item["start"]) for s in sources)
    return f"{'d' if is_definition else 'f'}{item['start']}"
