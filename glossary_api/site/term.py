"""The page of one term: what it means and who says so, how that differs, when and where it is used."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import orjson
from flask import g, render_template

from glossary_api.api.routes.decisions import decided_so_far
from glossary_api.curation.decision_log import about_term, version_of
from glossary_api.model.words import CORROBORATED, NATIONAL, PROVINCE
from glossary_api.queries.compare import compare
from glossary_api.queries.related import related
from glossary_api.queries.timeline import province_uses, timeline
from glossary_api.site.chart import tiles, year_chart
from glossary_api.site.decision_forms import forms_of_term, told
from glossary_api.site.page import blueprint, citation, reason_of, short, tag
from glossary_api.store.documents import CONTEXT, JsonObject, attributed
from glossary_api.store.edition import Edition, Found
from glossary_api.store.shapes import AppearanceDocument, CourseDocument
from glossary_api.text.folding import fold_name
from glossary_api.text.places import divisions, within

RELATED_SHOWN = 8
REPORTS_SHOWN = 60
"""Of more reports the list of places shows the provinces only, the rest folded away."""
DEFINITIONS_SHOWN = 6
"""Different definitions of a sense that stand open; the others are folded away."""
COMPARED = 8
"""How many different definitions are compared."""
ALIKE = 0.5
"""From which agreement on the marks help; below it nearly everything would be marked."""
MOST_REPORTS = 200
"""How many reports the list of places names; `/terms/{name}/reports` of the API has all of them."""
REPORTS_FIRST = 5
"""From how many reports the page of a term shows contexts."""
FIRST_OF_EACH = 3
EXPORTS = ("csv", "tbx", "skos-turtle", "tmx")

Run = tuple[Literal["same", "added", "missing"], str]
"""A piece of a definition: as the reference has it, only here, or only in the reference."""


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


@dataclass(frozen=True, slots=True)
class Compared:
    """A definition beside the reference."""

    sense: int
    """Number of the sense that it belongs to, from 1."""
    source: JsonObject
    is_reference: bool
    agreement: int
    """Percentage of characters in common with the others, on average."""
    runs: tuple[Run, ...]
    alone: tuple[str, ...]
    """Members that no other of the definitions lists; none where hardly anything agrees."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Different definitions of a term side by side, and how far they agree."""

    agreement: int
    """Percentage of characters in common, on average over all pairs."""
    definitions: tuple[Compared, ...]
    """The reference, from which the others are told apart, first."""
    left_out: int
    """How many different definitions are not among them."""

    @property
    def has_marks(self) -> bool:
        """Return whether any definition is near enough to the reference to be marked."""
        return any(kind != "same" for version in self.definitions for kind, _ in version.runs)


@dataclass(frozen=True, slots=True)
class MapSpot:
    """A place with its reports that have the term, earliest first."""

    name: str | None
    reports: tuple[AppearanceDocument, ...]
    """`{"id","place","year","usages","defines"}`."""


@dataclass(frozen=True, slots=True)
class Prefecture:
    """The places of a prefecture; without a name those that lie right below their province, or are it."""

    name: str | None
    spots: tuple[MapSpot, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A province, the nation, or what no code says where it is."""

    kind: str
    """`national`, `province` or `unknown`."""
    name: str | None
    prefectures: tuple[Prefecture, ...]
    reports: int
    usages: int


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
        corroborated=len(evidence["reports"]) + evidence["more"] if evidence["kind"] == CORROBORATED else 0,
    )


def _variants(edition: Edition, document: JsonObject) -> list[JsonObject]:
    """Return the spellings besides the term's own, each with the title blocks of the reports that print it."""
    blocks = edition.title_blocks
    return [
        variant | {"reports": [blocks[id_] for id_ in variant["reports"]]}
        for variant in document["variants"]
        if variant["form"] != document["name"]
    ]


def comparison(document: JsonObject) -> Comparison | None:
    """Return the different definitions of a term document compared; None if there are fewer than two."""
    senses = _different(document["senses"])
    if len(senses) < 2:
        return None
    found = compare({"senses": senses[:COMPARED]})
    order = {sense["id"]: number for number, sense in enumerate(document["senses"], 1)}
    made = [
        _compared(definition, order[definition["sense"]], number == found["reference"])
        for number, definition in enumerate(found["definitions"])
    ]
    made.sort(key=lambda definition: not definition.is_reference)
    return Comparison(_percent(found["agreement"]), tuple(made), len(senses[COMPARED:]))


def _different(senses: Sequence[JsonObject]) -> list[JsonObject]:
    """Return each different text of a sense as a sense of its own, with the first definition that has it."""
    texts = {(s["id"], d["text"]): {"id": s["id"], "definitions": [d]} for s in senses for d in s["definitions"][::-1]}
    order = [(s["id"], d["text"]) for s in senses for d in s["definitions"]]
    return [texts[key] for key in dict.fromkeys(order)]


def _compared(definition: JsonObject, sense: int, is_reference: bool) -> Compared:
    shared = definition["members"] if len(definition["members"]) > 1 else []
    alike = definition["agreement"] >= ALIKE
    differences = definition["differences"] if alike else []
    return Compared(
        sense=sense,
        source=definition["source"],
        is_reference=is_reference,
        agreement=_percent(definition["agreement"]),
        runs=tuple(_runs(definition["text"], differences)),
        alone=tuple(member["text"] for member in shared if alike and member["shared"] == 1),
    )


def _runs(text: str, differences: Sequence[JsonObject]) -> Iterator[Run]:
    done = 0
    for difference in differences:
        if done < difference["start"]:
            yield "same", text[done : difference["start"]]
        if difference["reference"]["text"]:
            yield "missing", difference["reference"]["text"]
        if difference["text"]:
            yield "added", difference["text"]
        done = difference["end"]
    if done < len(text):
        yield "same", text[done:]


def _percent(share: float) -> int:
    return round(share * 100)


def by_place(edition: Edition, document: Mapping[str, Any]) -> list[Area]:
    """Return the first reports of a term by where they are from: the nation first, then provinces by code."""
    blocks = edition.title_blocks
    areas: defaultdict[tuple[int, str], defaultdict[str, list[AppearanceDocument]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for report in edition.appearances(document["name"], MOST_REPORTS).items:
        code = blocks[report["id"]]["place_code"] or ""
        national = blocks[report["id"]]["level"] == NATIONAL
        area = (0, NATIONAL) if national else (1, within(code)[0]) if code else (2, "")
        areas[area][(within(code)[1] or "") if code else ""].append(report)
    return [_area(key, areas[key]) for key in sorted(areas)]


def _area(key: tuple[int, str], groups: dict[str, list[AppearanceDocument]]) -> Area:
    order, code = key
    kind = (NATIONAL, PROVINCE, "unknown")[order]
    prefectures = tuple(
        Prefecture(divisions().get(prefecture), _spots(groups[prefecture])) for prefecture in sorted(groups)
    )
    reports = [report for group in groups.values() for report in group]
    usages = sum(report["usages"] for report in reports)
    return Area(kind, divisions().get(code), prefectures, len(reports), usages)


def _spots(reports: Sequence[AppearanceDocument]) -> tuple[MapSpot, ...]:
    spots: defaultdict[str | None, list[AppearanceDocument]] = defaultdict(list)
    for report in reports:
        spots[report["place"]].append(report)
    return tuple(MapSpot(name, tuple(sorted(spots[name], key=lambda r: r["year"] or 0))) for name in spots)


def first_contexts(edition: Edition, document: JsonObject) -> JsonObject:
    """Return contexts from some reports, defining ones first, with `around`: `{"groups","shown","total"}`."""
    using = [report for report in document["reports"] if report["usages"]]
    chosen = sorted(using, key=lambda report: not report["defines"])[:REPORTS_FIRST]
    groups = [
        (report, list(edition.usages(document["name"], report["id"], limit=FIRST_OF_EACH).items)) for report in chosen
    ]
    return {
        "groups": groups,
        "shown": sum(len(items) for _, items in groups),
        "total": document["totals"]["usages"],
    } | around(document)


def around(document: JsonObject) -> JsonObject:
    """Return what the lines of a term's contexts need besides the usages."""
    return {"term": document["name"], "tag": tag(), "sense_numbers": sense_numbers(document), "context": CONTEXT}


def sense_numbers(document: JsonObject) -> dict[str, int]:
    """Return the number of each sense by its id; none for a term with one sense, which needs no numbers."""
    senses = document["senses"]
    return {sense["id"]: number for number, sense in enumerate(senses, 1)} if len(senses) > 1 else {}
