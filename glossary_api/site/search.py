"""The page of search results."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from flask import g, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from glossary_api.errors import TermNotFound
from glossary_api.queries.search import search as search_passages
from glossary_api.site.glosses import rendered
from glossary_api.site.numbered import Numbered, numbered
from glossary_api.site.page import blueprint
from glossary_api.site.words import to
from glossary_api.store.documents import JsonObject
from glossary_api.store.filters import TermFilters
from glossary_api.store.pagination import cursor_of_terms
from glossary_api.store.passages import CONTEXT, FIELDS

LONGEST_QUERY = 200
PASSAGES_SHOWN = 10
LANDMARK = 16
"""How many characters tell a browser where in a report a paragraph stands."""
SHOWN = 60


@blueprint.get("/search")
def search() -> AnyResponse | str:
    """Results of `?q=`; a name that is a variant of a term leads straight to the term."""
    q = request.args.get("q", "").strip()[:LONGEST_QUERY]
    nearest: list[str] = []
    if q:
        try:
            return redirect(to("pages.term", name=g.edition.term(q)["name"]))
        except TermNotFound as error:
            nearest = list(error.nearest)
    found = _found(q)
    listed = {term["name"] for term in found.items}
    return render_template(
        "search.html",
        q=q,
        found=found,
        terms=rendered(found.items),
        nearest=[name for name in nearest if name not in listed],
        passages=_passages(q) if q and found.number == 1 else None,
    )


def _passages(q: str) -> JsonObject:
    """Paragraphs of reports that have all words of the question: `{"items": […],"total","is_total"}`.

    An item is `{"report","heading","runs","anchor"}`: `runs` are pieces of the snippet and whether each was asked for,
    `anchor` is the fragment that leads a browser to it.
    """
    page = search_passages(g.edition, TermFilters(q=q), FIELDS[CONTEXT], PASSAGES_SHOWN)
    items = [
        {"report": item["report"], "heading": item["heading"], "runs": list(_runs(item)), "anchor": _anchor(item)}
        for item in page.items
    ]
    return {"items": items, "total": page.total, "is_total": page.is_total}


def _runs(passage: JsonObject) -> Iterator[tuple[str, bool]]:
    text, done = passage["text"], 0
    for hit in passage["hits"]:
        if done < hit["start"]:
            yield text[done : hit["start"]], False
        yield text[hit["start"] : hit["end"]], True
        done = hit["end"]
    if done < len(text):
        yield text[done:], False


def _anchor(passage: JsonObject) -> str:
    """Return the text fragment (WICG) of the first hit and what follows it in its line."""
    start = passage["hits"][0]["start"] if passage["hits"] else 0
    words = passage["text"][start : start + LANDMARK].partition("\n")[0].strip()
    return f":~:text={quote(words, safe='')}"


def _found(q: str) -> Numbered:
    if not q:
        return Numbered((), 0, 1, 1)
    filters = TermFilters(q=q)
    return numbered(
        SHOWN,
        lambda size, cursor: g.edition.terms(filters, limit=size, cursor=cursor),
        lambda skipped: cursor_of_terms(g.edition, filters, skipped),
    )
