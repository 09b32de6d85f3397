"""The page of search results."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import orjson
from flask import g, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from glossary_api.errors import TermNotFound
from glossary_api.queries.renderings import rendered_as
from glossary_api.queries.search import search as search_passages
from glossary_api.queries.suggest import Suggestion, slips_to, suggest
from glossary_api.queries.term_list import cursor_of_terms
from glossary_api.site.numbered import Numbered, numbered
from glossary_api.site.page import blueprint, to
from glossary_api.site.rendered import rendered
from glossary_api.store.documents import JsonObject
from glossary_api.store.filters import TermFilters
from glossary_api.store.passages import CONTEXT, FIELDS
from glossary_api.text.folding import fold_name

LONGEST_QUERY = 200
PASSAGES_SHOWN = 10
LANDMARK = 16
"""How many characters tell a browser where in a report a paragraph stands."""
SHOWN = 60
SUGGESTED = 20
NEAR = ("exact", "prefix")
NAME, ENGLISH = "name", "english"
"""By what a term that is shown first was found, besides the ways of `suggest`."""
SHORTEST = 2
"""Characters of a question to which names may be near."""


@blueprint.get("/search")
def search() -> AnyResponse | str:
    """Return results of `?q=`; a name that is a variant of a term leads straight to the term."""
    q = request.args.get("q", "").strip()[:LONGEST_QUERY]
    nearest: list[str] = []
    if q:
        try:
            return redirect(to("pages.term", name=g.edition.term(q)["name"]))
        except TermNotFound as error:
            nearest = list(error.nearest)
    found, passages = _found(q), _passages(q) if q else None
    first = _foremost(q) if q else {}
    rest = [term for term in found.items if term["id"] not in first]
    terms = [*(first.values() if found.number == 1 else ()), *rest]
    listed = {term["name"] for term in terms}
    return render_template(
        "search.html",
        q=q,
        found=found,
        terms=rendered(terms),
        total=found.total + len([term for term in first.values() if term["by"] != NAME]),
        nearest=[name for name in nearest if name not in listed and _is_near(q, name)],
        passages=passages if found.number == 1 else None,
    )


def _foremost(q: str) -> dict[str, JsonObject]:
    """Return by id the terms to show first: those rendered in English, named or read as what was typed."""
    meant = [one for one in suggest(g.edition.select, q, SUGGESTED) if one.match in NEAR or _is_inside(one)]
    stored = g.edition.terms_with(one.id for one in meant)
    english = [term | {"by": ENGLISH} for term in rendered_as(g.edition, q)]
    typed = [_summary(one, orjson.loads(stored[one.id].document)) for one in meant]
    first: dict[str, JsonObject] = {}
    for term in (*english, *typed):
        first.setdefault(term["id"], term)
    return first


def _is_inside(found: Suggestion) -> bool:
    return (found.by, found.match) == (NAME, "contained")


def _summary(found: Suggestion, document: JsonObject) -> JsonObject:
    reports = document["totals"]["reports"]
    return document | {"definition": found.definition, "of": found.of, "reports": reports, "by": found.by}


def _is_near(q: str, name: str) -> bool:
    """Tell whether a name may be meant: it is typed with one slip or two, or is the beginning of the other."""
    asked, key = fold_name(q), fold_name(name)
    if len(asked) < SHORTEST:
        return False
    begins = key.startswith(asked) or (len(key) >= SHORTEST and asked.startswith(key))
    return begins or (len(asked) == len(key) and slips_to(asked, key, 1) <= 1 and asked[0] == key[0])


def _passages(q: str) -> JsonObject:
    """Return paragraphs of reports that have all words of the question: `{"items": […],"total","is_total"}`.

    An item is `{"report","heading","begins","ends","runs","anchor"}`: `runs` are pieces of the snippet and whether each
    was asked for, `anchor` is the fragment that leads a browser to it.
    """
    page = search_passages(g.edition, TermFilters(q=q), FIELDS[CONTEXT], PASSAGES_SHOWN)
    items = [
        {name: item[name] for name in ("report", "heading", "begins", "ends")}
        | {"runs": list(_runs(item)), "anchor": _anchor(item)}
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
