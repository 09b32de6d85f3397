"""The page of one report: title block, its text with every term marked, its terms in lists."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

import orjson
from flask import g, render_template, request

from glossary_api.model.files import LeftOut
from glossary_api.model.things import Heading
from glossary_api.queries.new import NewSlogan, all_years, new_in_report
from glossary_api.queries.rank import OWN_REPORT, Asked, rank
from glossary_api.queries.report_glossary.compile import asked_by
from glossary_api.queries.standpoint import seen_from
from glossary_api.site.page import blueprint, citation, short, tag, to
from glossary_api.site.typeset import Link, Span, appendix_heading, nested, typeset
from glossary_api.store.documents import JsonObject
from glossary_api.store.edition import Edition
from glossary_api.store.usages import UsageSpan, places_in

CONTENTS_DEPTH = 2
"""Levels of headings that the table of contents has."""
EXPORTS = ("csv", "tbx", "tmx")
EVERY_MARK = "all"
"""The value of `?marks=` that has the terms without an explanation marked as well."""


@blueprint.get("/reports/<report_id>")
def report(report_id: str) -> str:
    """Show one report: title block, its text with the explained terms marked (`?marks=all`: every one), its lists."""
    document = g.edition.report(report_id)
    listed = g.edition.report_terms(report_id)
    text = g.edition.report_text(report_id)
    headings = _headings(document, text)
    asked = asked_by(document)
    terms = _documents(g.edition, listed, asked)
    glosses = {id_: _glosses(term["senses"], asked, g.edition.title_blocks) for id_, term in terms.items()}
    places = places_in(g.edition.select, report_id)
    rest = request.args.get("marks") == EVERY_MARK
    links = _links(places, glosses, rest)
    explained = sum(bool(link.title) for link in links)
    meant = {place.sense for place in places}
    levels = zip(headings, nested([heading.depth for heading in headings]), strict=True)
    return render_template(
        "report.html",
        report=document,
        tag=tag(),
        asked=asked,
        terms=listed,
        glosses={
            id_: next((gloss for sense, gloss in of_sense.items() if sense in meant), of_sense[""])
            for id_, of_sense in glosses.items()
        },
        lines=typeset(text, headings, links, _given(terms.values(), report_id), _flags(document)),
        contents=[(heading, level) for heading, level in levels if level <= CONTENTS_DEPTH],
        appendix=f"h{document['appendix']['start']}" if document["appendix"] else None,
        exports=EXPORTS,
        cited=citation(" ".join(str(document[part]) for part in ("place", "year", "title") if document[part])),
        marks={"rest": rest, "explained": explained, "others": len(links) - explained, "every": EVERY_MARK},
        coined=_coined(g.edition, document),
        left_out=lambda left: LeftOut(**left).message.said(tag()),
    )


def _coined(edition: Edition, document: JsonObject) -> list[NewSlogan]:
    """Return the slogans that no earlier report has; none where the edition has no earlier report to compare with."""
    found = new_in_report(edition, document["id"])  # asked always, so that every report takes as many statements
    year, years = document["year"], edition.once(all_years)
    return [slogan for slogan in found if slogan.term] if year and years[-1] < year else []


def _headings(document: JsonObject, text: str) -> list[Heading]:
    """Return the headings of body and appendix, in the order of the text."""
    headings = {item["start"]: Heading(**item) for item in document["headings"]}
    if document["appendix"]:
        start = document["appendix"]["start"]
        headings.setdefault(start, appendix_heading(text, start))
    return [headings[start] for start in sorted(headings)]


def _documents(edition: Edition, listed: Mapping[str, list[JsonObject]], asked: Asked) -> dict[str, JsonObject]:
    """Return the documents of all terms of a report that any report defines, by id."""
    ids = {term["id"] for name in ("defined", "defined_elsewhere") for term in listed[name]}
    documents = (orjson.loads(stored.document) for stored in edition.terms_with(ids).values())
    return {one["id"]: one | {"senses": seen_from(edition.select, one, asked)} for one in documents}


def _glosses(senses: list[JsonObject], asked: Asked, reports: Mapping[str, JsonObject]) -> dict[str, str]:
    """Return the beginning of what each sense of a term says as a report sees it, by id.

    "" has the report's only own one.
    """
    ranked = rank(senses, asked, reports).senses
    own = [short(sense.definition["text"]) for sense in ranked if sense.why[0].code == OWN_REPORT]
    glosses = {sense.sense["id"]: short(sense.definition["text"]) for sense in ranked}
    return glosses | {"": own[0] if len(own) == 1 else ""}


def _links(places: Iterable[UsageSpan], glosses: Mapping[str, Mapping[str, str]], rest: bool) -> list[Link]:
    """Return the usages in a report as links to their terms, each with the gloss of its sense, if that is known.

    A usage without a gloss leads nowhere unless the `rest` is wanted too.
    """
    address = functools.cache(lambda name: to("pages.term", name=name))
    links = []
    for place in places:
        of_sense = glosses.get(place.term, {})
        gloss = of_sense.get(place.sense or "", "")
        href = address(place.name) if gloss or rest else ""
        links.append(Link(place.start, place.end, href, gloss, place.name, place.sense))
    return links


def _given(terms: Iterable[JsonObject], report_id: str) -> set[Span]:
    """Return the spans of the definitions that a report gives."""
    sources = (
        definition["source"] for term in terms for sense in term["senses"] for definition in sense["definitions"]
    )
    return {(s["start"], s["end"]) for s in sources if s["report"] == report_id and s["start"] is not None}


def _flags(document: JsonObject) -> list[Span]:
    """Return the spans of what there is to look at in a report."""
    return [(finding["start"], finding["end"]) for finding in document["findings"]]
