"""From a question to what a tool answers: the documents of the queries, made short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from glossary_api.api.annotate.answer import answered
from glossary_api.api.routes import lookup as looking_up
from glossary_api.mcp.fitting import brief, fitted, sliced, stated
from glossary_api.model.messages import ENGLISH
from glossary_api.queries.compare import compared
from glossary_api.queries.concordance import concordance
from glossary_api.queries.new import new_in_report
from glossary_api.queries.rank import Asked
from glossary_api.queries.report_glossary.compile import compile_glossary
from glossary_api.queries.search import search
from glossary_api.queries.served import annotator_of
from glossary_api.queries.standpoint import LookupQuestion, told_day
from glossary_api.store import cursors
from glossary_api.store.edition import Edition, JsonObject, Page
from glossary_api.store.filters import ReportFilters, TermFilters
from glossary_api.store.nearest import nearest_names
from glossary_api.text.folding import fold_name
from glossary_api.translation.check import CheckedSegment, SegmentSpan, check
from glossary_api.translation.uses import uses_in

_BRIEF = 120
"""Code points of a definition in a list of terms."""
_SPANS = 5
"""How many places of a term in a text are named."""
_DIFFERENCES = 5
_USAGES = "concordance"
_CITED = ("report", "place", "year", "entry", "start", "end", "address")

Answer = dict[str, Any]


def looked_up(
    edition: Edition, asked: LookupQuestion, place: str | None, language: str | None, cursor: str | None, most: int
) -> Answer:
    """Return what a name stands for. Raises TermNotFound with the nearest names, BadParameter."""
    if asked.report is not None and asked.report not in edition.title_blocks:
        edition.report_document(asked.report)  # raises, and names the nearest ids
    question = asked._replace(place=None if place is None else edition.places.find(place), date=told_day(asked.date))
    found = orjson.loads(looking_up.answer(edition, question, looking_up.term_named(edition, asked.name)))
    term = found["term"]
    rendered = {sense["id"]: sense["equivalents"] for sense in term["senses"]}
    items = [
        _explained(sense, _wanted(rendered.get(sense["id"], ()), language))
        for sense in (*found["senses"], *found["elsewhere"])
    ]
    head = stated(
        name=term["name"],
        term=term["id"],
        forms=[one["form"] for one in term["variants"] if one["form"] != term["name"]][:_SPANS],
        status=term["status"],
        usages=term["totals"]["usages"],
        place=(found["place"] or {}).get("name"),
        ambiguous=found["ambiguous"],
        renderings=_rendered(_wanted(term["equivalents"], language)),
    )
    answer = fitted(head, "senses", sliced("senses", items, cursor), most)
    first = 0 if cursor is None else int(cursors.decode(cursor, "senses", int)[0])
    holding = max(0, len(found["senses"]) - first)
    return answer | {"senses": answer["senses"][:holding], "elsewhere": answer["senses"][holding:]}


def annotated(edition: Edition, sent: Mapping[str, Any], cursor: str | None, most: int) -> Answer:
    """Return the terms of a text. Raises TooLarge, BadBody, BadParameter."""
    matches = orjson.loads(answered(sent, edition, ENGLISH))["matches"]
    by_term: dict[str, list[JsonObject]] = {}
    for match in matches:
        by_term.setdefault(match["term"]["id"], []).append(match)
    terms = [_in_text(found) for found in by_term.values()]
    said, unsaid = ([term for term in terms if (len(term) > _BARE) is wanted] for wanted in (True, False))
    return fitted({}, "terms", sliced("annotations", [*said, *unsaid], cursor), most)


def searched(edition: Edition, filters: TermFilters, field: str | None, cursor: str | None, most: int) -> Answer:
    """Return the passages in which all words of a question stand. Raises BadParameter."""

    def fetch(size: int) -> Page[JsonObject]:
        page = search(edition, filters, field, size, cursor)
        return Page(tuple(map(_passage, page.items)), page.total, page.next)

    answer = fitted({}, "items", fetch, most)
    missing = [] if answer["items"] else nearest_names(edition.select, fold_name(filters.q or ""))
    return answer | stated(nearest=missing)


def used(edition: Edition, name: str, filters: TermFilters, cursor: str | None, most: int) -> Answer:
    """Return the places where a term stands. Raises TermNotFound, BadParameter."""
    skipped = 0 if cursor is None else int(cursors.decode(cursor, _USAGES, int)[0])

    def fetch(size: int) -> Page[JsonObject]:
        page = concordance(edition, name, filters, size, skipped)
        end = skipped + len(page.items)
        following = cursors.encode(_USAGES, end) if end < page.total else None
        return Page(tuple(_use(one) for one in page.items), page.total, following)

    return fitted({"name": edition.term(name)["name"]}, "usages", fetch, most)


def side_by_side(edition: Edition, name: str, cursor: str | None, most: int) -> Answer:
    """Return the definitions of a term, how far they agree and where they differ. Raises TermNotFound, BadParameter."""
    found = compared(edition, name)
    items = [_compared(one, number == found["reference"]) for number, one in enumerate(found["definitions"])]
    head = stated(name=edition.term(name)["name"], agreement=found["agreement"])
    return fitted(head, "definitions", sliced("comparison", items, cursor), most)


def coined(edition: Edition, report: str, cursor: str | None, most: int) -> Answer:
    """Return the slogans that a report coins. Raises ReportNotFound with the nearest ids, BadParameter."""
    items = [
        stated(
            name=one.name,
            kind=one.kind,
            span=[one.start, one.end],
            reports=one.reports or None,
            explanation=one.explanation,
        )
        | {"known": one.term is not None}
        for one in new_in_report(edition, report)
    ]
    return fitted({"report": _report(edition, report)}, "slogans", sliced("new", items, cursor), most)


def checked(
    edition: Edition, source: str, target: str, language: str, asked: Asked, cursor: str | None, most: int
) -> Answer:
    """Return what is to be looked at in a translation. Raises BadParameter."""
    segment = CheckedSegment(source, target, uses_in(source, annotator_of(edition), asked, language))
    items = [
        stated(
            kind=one.kind,
            severity=one.severity,
            message=one.message.said(ENGLISH),
            term=one.use and one.use.name,
            expected=list(one.expected),
            source=_spans(one.source),
            target=_spans(one.target),
        )
        for one in check([segment], language)
    ]
    return fitted({}, "problems", sliced("problems", items, cursor), most)


def compiled(edition: Edition, report: str, cursor: str | None, most: int) -> Answer:
    """Return the terms of a report. Raises ReportNotFound with the nearest ids, BadParameter."""
    found = compile_glossary(edition, report)
    items = [_glossed(one, by) for by in ("own", "borrowed") for one in found[by]]
    items += [
        {"name": one["term"]["name"], "explained": "nobody", "usages": one["usages"]} for one in found["undefined"]
    ]
    return fitted({"report": _report(edition, report)}, "terms", sliced("glossary", items, cursor), most)


def reports(edition: Edition, filters: ReportFilters, cursor: str | None, most: int) -> Answer:
    """Return the reports of the edition. Raises BadParameter."""

    def fetch(size: int) -> Page[JsonObject]:
        page = edition.reports(filters, size, cursor)
        return Page(tuple(_listed(one) for one in page.items), page.total, page.next)

    return fitted({}, "reports", fetch, most)


def cited(source: Mapping[str, Any]) -> JsonObject:
    """Return where a quotation stands, as far as it is known."""
    return stated(**{name: source[name] for name in _CITED if name in source})


_BARE = 2
"""How many fields a term of a text has of which nothing is known."""


def _in_text(matches: Sequence[JsonObject]) -> JsonObject:
    first = matches[0]
    sense = next(iter(first["senses"]), None)
    term = {
        "name": first["term"]["name"],
        "spans": [[match["start"], match["end"]] for match in matches[:_SPANS]],
    }
    said = stated(ambiguous=first["ambiguous"], renderings=_rendered(first["equivalents"]))
    if sense is not None:
        where = {name: value for name, value in sense["source"].items() if name not in ("start", "end")}
        said |= {"definition": brief(sense["definition"], _BRIEF), "source": cited(where)}
    return term | said | (stated(times=len(matches)) if said and len(matches) > 1 else {})


def _explained(sense: JsonObject, equivalents: Sequence[JsonObject]) -> JsonObject:
    reasons, evidence = [*([sense["reason"]] if "reason" in sense else []), *sense["why"]], sense["evidence"]
    return {
        "sense": sense["id"],
        "definition": sense["definition"],
        "source": cited(sense["source"]),
        "why": "; ".join(one["text"] for one in reasons),
    } | stated(reports=len(evidence["reports"]) + evidence["more"], renderings=_rendered(equivalents))


def _wanted(equivalents: Sequence[JsonObject], language: str | None) -> list[JsonObject]:
    kind = f"{(language or '').lower()}-"
    return [one for one in equivalents if language is None or f"{one['language'].lower()}-".startswith(kind)]


def _rendered(equivalents: Sequence[JsonObject]) -> list[JsonObject]:
    names = ("language", "rendering", "gloss", "status")
    return [stated(**{name: one[name] for name in names}) for one in equivalents]


def _passage(found: JsonObject) -> JsonObject:
    report = found["report"] or {}
    source = cited({"report": report.get("id")} | report | {name: found[name] for name in ("start", "end")})
    passage = {"field": found["field"], "terms": [one["name"] for one in found["terms"]], "text": found["text"]}
    return passage | stated(source=source)


def _use(usage: Mapping[str, Any]) -> JsonObject:
    report = usage["report"]
    source = {"report": report["id"], "start": usage["start"], "end": usage["end"]} | report
    quoted = "".join(usage[name] for name in ("left", "text", "right"))
    return {"text": quoted, "source": cited(source)} | stated(heading=usage["heading"])


def _compared(one: JsonObject, is_reference: bool) -> JsonObject:
    shown = {"sense": one["sense"], "definition": one["text"], "source": cited(one["source"])}
    differences = [[each["text"], each["reference"]["text"]] for each in one["differences"][:_DIFFERENCES]]
    return shown | stated(agreement=one["agreement"], reference=is_reference, differences=differences)


def _spans(places: Sequence[SegmentSpan]) -> list[list[int]]:
    return [[place.start, place.end] for place in places]


def _glossed(entry: JsonObject, by: str) -> JsonObject:
    definition = entry["senses"][0]["definitions"][0]
    return {
        "name": entry["term"]["name"],
        "explained": by,
        "usages": entry["usages"],
        "definition": brief(definition["text"], _BRIEF),
        "source": cited(definition["source"]),
    } | stated(ambiguous=entry["ambiguous"])


def _report(edition: Edition, report: str) -> JsonObject:
    block = edition.title_blocks[report]
    return cited({"report": report, "place": block["place"], "year": block["year"]})


def _listed(report: Mapping[str, Any]) -> JsonObject:
    names = ("id", "title", "place", "date", "year")
    return stated(**{name: report[name] for name in names}) | {"explained": report["counts"]["defined"]}
