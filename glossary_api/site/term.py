"""The page of one term: what it means and who says so, how that differs, when and where it is used."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from flask import g, render_template

from glossary_api.api.routes.decisions import decided_so_far
from glossary_api.curation.decision_log import about_term, version_of
from glossary_api.model.words import CORROBORATED
from glossary_api.queries.provinces import province_uses
from glossary_api.queries.related import related
from glossary_api.queries.timeline import timeline
from glossary_api.site.chart import tiles, year_chart
from glossary_api.site.cite import citation
from glossary_api.site.contexts import first_contexts
from glossary_api.site.decision_forms import forms_of_term, told
from glossary_api.site.differences import comparison
from glossary_api.site.page import blueprint
from glossary_api.site.whereabouts import by_place
from glossary_api.site.words import reason_of, short
from glossary_api.store.documents import JsonObject, attributed
from glossary_api.store.edition import Edition, Found
from glossary_api.store.shapes import CourseDocument
from glossary_api.text.folding import fold_name

RELATED_SHOWN = 8
REPORTS_SHOWN = 60
"""Of more reports the list of places shows the provinces only, the rest folded away."""
DEFINITIONS_SHOWN = 6
"""Different definitions of a sense that stand open; the others are folded away."""
EXPORTS = ("csv", "tbx", "skos-turtle", "tmx")


@dataclass(frozen=True, slots=True)
class Stated:
    """A definition with everyone who gives it in the same words."""

    text: str
    sources: tuple[JsonObject, ...]
    members: tuple[str, ...]
    check: JsonObject
    """As in the term document, the reason in the language of the page."""
    head: str
    """The name that it explains, if that is longer than the name of the page; else empty."""
    corroborated: int
    """How many reports give the list, if it is one that several give; else 0."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A sense as the page prints it."""

    number: int
    shown: tuple[Stated, ...]
    folded: tuple[Stated, ...]
    renderings: tuple[JsonObject, ...]
    """Its equivalents: `{"language","rendering","status","source","note"}`."""


@blueprint.get("/terms/<path:name>")
def term(name: str) -> str:
    """Return one term: senses with definitions and renderings, variants, timeline, places, contexts, related terms."""
    found = g.edition.find(name)
    document, rank = orjson.loads(found.document), found.rank
    times = timeline(g.edition, rank)
    provinces = province_uses(g.edition, rank)
    return render_template(
        "term.html",
        term=document,
        gloss=_gloss(g.edition, found),
        senses=[_meaning(number, sense, document["name"]) for number, sense in enumerate(document["senses"], 1)],
        compared=comparison(document),
        variants=_variants(g.edition, document),
        timeline=times,
        years=year_chart(times),
        first=_first(g.edition, document, times),
        provinces=provinces,
        tiles=tiles(provinces, max((use.per_10000 for use in provinces), default=0.0)),
        places=by_place(g.edition, document),
        folded=document["totals"]["reports"] > REPORTS_SHOWN,
        excerpts=first_contexts(g.edition, document),
        related=_related(g.edition, rank),
        exports=EXPORTS,
        cited=citation(document["name"]),
        edited=_edited(g.edition, document) if g.editor else None,
    )


def _edited(edition: Edition, document: JsonObject) -> JsonObject:
    """Return what an editor sees besides: `{"forms","history","version"}`."""
    log = decided_so_far()
    keys = dict.fromkeys(map(fold_name, (document["name"], *(one["form"] for one in document["variants"]))))
    history = {one.id: one for key in keys if key for one in about_term(log, key)}
    return {
        "forms": list(forms_of_term(edition, document)),
        "history": told(sorted(history.values(), key=lambda one: one.time), log),
        "version": version_of(log, fold_name(document["name"])),
    }


def _first(edition: Edition, document: JsonObject, times: CourseDocument) -> JsonObject | None:
    """Return the report that has the term first and the anchor of the place, `{"report","anchor"}`."""
    if times["first"] is None:
        return None
    report = times["first"]["report"]
    for usage in edition.usages(document["name"], report["id"], limit=1).items:
        return {"report": report, "anchor": f"u{usage['start']}"}
    sources = (definition["source"] for sense in document["senses"] for definition in sense["definitions"])
    starts = [s["start"] for s in sources if s["report"] == report["id"] and s["start"] is not None]
    return {"report": report, "anchor": f"d{starts[0]}" if starts else None}


def _related(edition: Edition, rank: int) -> JsonObject:
    """Return `related`, without the terms that stand beside this one only once."""
    found = related(edition.select, rank, RELATED_SHOWN)
    return found | {"co_used": [other for other in found["co_used"] if other["together"] > 1]}


def _gloss(edition: Edition, found: Found) -> str | None:
    """Return the beginning of what is said of a term, after whose explanation it is where that is one place's."""
    said = attributed(edition.summary(found.rank))
    return short(said) if said else None


def _meaning(number: int, sense: JsonObject, name: str) -> Meaning:
    stated = _stated(sense["definitions"], name)
    return Meaning(number, stated[:DEFINITIONS_SHOWN], stated[DEFINITIONS_SHOWN:], tuple(sense["equivalents"]))


def _stated(definitions: Sequence[JsonObject], name: str) -> tuple[Stated, ...]:
    """Return definitions.

    Those that say the same of the same name with the same members are one with several sources.
    """
    groups: dict[str, list[JsonObject]] = {}
    for definition in definitions:
        members = [member["text"] for member in definition["members"]]
        told = definition["text"], members, definition["count_check"], _whole(definition, name)
        groups.setdefault(json.dumps(told), []).append(definition)
    return tuple(_merged(group, name) for group in groups.values())


def _whole(definition: JsonObject, name: str) -> str:
    head: str = definition["head"]
    return head if len(fold_name(head)) > len(fold_name(name)) else ""


def _merged(alike: Sequence[JsonObject], name: str) -> Stated:
    first = alike[0]
    check, evidence = first["count_check"], first["evidence"]
    return Stated(
        text=first["text"],
        sources=tuple(definition["source"] for definition in alike),
        members=tuple(member["text"] for member in first["members"]),
        check=check | {"reason": reason_of(check)},
        head=_whole(first, name),
        corroborated=len(evidence["reports"]) if evidence["kind"] == CORROBORATED else 0,
    )


def _variants(edition: Edition, document: JsonObject) -> list[JsonObject]:
    """Return the spellings besides the term's own, each with the title blocks of the reports that print it."""
    blocks = edition.title_blocks
    return [
        variant | {"reports": [blocks[id_] for id_ in variant["reports"]]}
        for variant in document["variants"]
        if variant["form"] != document["name"]
    ]
