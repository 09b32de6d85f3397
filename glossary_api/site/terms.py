"""The list of terms."""

from __future__ import annotations

from itertools import groupby

from flask import g, render_template, request

from glossary_api.model.words import CANDIDATE, KINDS
from glossary_api.queries.term_list import BY_FIRST_YEAR, BY_PINYIN, LETTERS, ORDERS, TermLists
from glossary_api.site.numbered import leafed
from glossary_api.site.page import blueprint, say
from glossary_api.site.rendered import rendered
from glossary_api.store.filters import TermFilters

FILTERS = {
    "all": TermFilters(),
    "defined": TermFilters(defined=True),
    "undefined": TermFilters(defined=False),
    **{kind: TermFilters(kind=kind) for kind in KINDS},
    "candidates": TermFilters(status=CANDIDATE),
}
SHOWN = 60
KNOWN = {"show", "sort", "letter", "page", "lang"}
"""The query parameters of the page."""
MOST_UNKNOWN, LONGEST = 3, 40
"""How many parameters that it does not know the page names, and how many characters of each."""


@blueprint.get("/terms", strict_slashes=False)
def terms() -> str:
    """Show the established terms, or those that `?show=` names, by reading, by use or by first year (`?sort=`).

    In the order of readings `?letter=` leaves one letter. What an address asks for in vain is said on the page.
    """
    asked = {name: request.args.get(name) or None for name in ("show", "sort", "letter")}
    shown = asked["show"] if asked["show"] in FILTERS else "all"
    order = asked["sort"] if asked["sort"] in ORDERS else BY_PINYIN
    listed = g.edition.once(TermLists).of(FILTERS[shown])
    letter = asked["letter"] if order == BY_PINYIN and asked["letter"] in LETTERS else None
    page = leafed(SHOWN, lambda size, skipped: listed.page(order, letter, size, skipped))
    found = rendered(page.items)
    years = groupby(found, key=lambda term: term["first"] if order == BY_FIRST_YEAR else None)
    return render_template(
        "terms.html",
        page=page,
        groups=[(year, list(items)) for year, items in years],
        filters=FILTERS,
        kinds=KINDS,
        orders=ORDERS,
        letters=LETTERS if order == BY_PINYIN else (),
        counts=listed.letters,
        chosen={"show": shown, "sort": order, "letter": letter},
        kept={"show": shown if shown != "all" else None, "sort": order if order != BY_PINYIN else None},
        ignored=_ignored(asked, {"show": shown, "sort": order, "letter": letter}),
    )


def _ignored(asked: dict[str, str | None], taken: dict[str, str | None]) -> list[str]:
    """Say in the page's language which of the wishes of an address do not apply."""
    vain = {name: value for name, value in asked.items() if value and value != taken[name]}
    said = []
    if "letter" in vain and asked["letter"] in LETTERS:
        said.append(say("letter_needs_pinyin"))
        del vain["letter"]
    said += [say("filter_unknown", value=value[:LONGEST]) for value in vain.values()]
    unknown = [name[:LONGEST] for name in request.args if name not in KNOWN][:MOST_UNKNOWN]
    return [*said, *(say("parameter_unknown", name=name) for name in unknown)]
