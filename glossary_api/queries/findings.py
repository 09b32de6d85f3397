"""One list of everything in an edition that a careful reader should look at: findings, contradictions, doubts,
failures.

Findings are what the parser saw in one report. Contradictions are found here: a place that says one thing by a name in
one definition and another thing in the next. Doubts are what the merging left open, failures the files not understood.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import PurePath
from typing import Annotated, Any, NamedTuple, TypedDict

import orjson

from glossary_api.model.messages import Message
from glossary_api.model.words import ERROR, FOUND_IN_REPORTS, INFO, INLINE, QUESTION, SEVERITIES
from glossary_api.queries.contradictions import OTHER_REPORT, SAME_REPORT, Claim, contradiction
from glossary_api.queries.finding_kinds import CONTRADICTION, DOUBT, FAILURE, OF_AN_EDITION, meanings
from glossary_api.store import cursors, documents
from glossary_api.store.documents import JsonObject
from glossary_api.store.edition import Edition, Page
from glossary_api.store.filters import ReportFilters, report_conditions
from glossary_api.store.shapes import DefinitionDocument, ReportNameDocument, SaidDocument, TermNameDocument
from glossary_api.text.damage import severity_of
from glossary_api.text.freedom import FREE, freedom
from glossary_api.text.surroundings import context

CURSOR = (int, str, int, int, str, str)
"""Types of the parts of a cursor: those of a sort key."""
_KIND = "findings"
_IN_REPORTS, _IN_TERMS, _IN_FILES = range(3)
"""The parts of the list, in their order: with a place in a report, about terms, about files."""


class Key(NamedTuple):
    """The sort key of an item of the list; no two are the same."""

    part: int
    report: str
    """Id of the report, empty for none."""
    start: int
    end: int
    kind: str
    about: str
    """Ids of terms, or the number of a file."""


@dataclass(frozen=True, slots=True)
class _Concern:
    key: Key
    severity: str
    message: Message
    terms: tuple[str, ...] = ()
    """Term ids."""
    reports: frozenset[str] = frozenset()
    """Every report that has to do with it."""
    definitions: tuple[JsonObject, ...] = ()
    """Those that contradict each other, the one at the span first."""
    file: str | None = None


@dataclass(frozen=True, slots=True)
class ConcernFilters(ReportFilters):
    """Filters of the list; None lets everything pass. One report must fit `report`, `place`, `year` and `level`."""

    kind: str | None = None
    """One of OF_AN_EDITION."""
    report: str | None = None
    """Id of a report that it has to do with."""


class FoundFindingDocument(TypedDict):
    """Something to look at; `left`, `text` and `right` adjoin, and are null with the span where there is no report."""

    kind: Annotated[str, meanings(OF_AN_EDITION), OF_AN_EDITION]
    severity: Annotated[
        str, "`error`: an editor should act on it; `question`: look at it; `info`: it may be meant so.", SEVERITIES
    ]
    message: Annotated[SaidDocument, "What there is to see, by language tag."]
    report: Annotated[
        ReportNameDocument | None, "The report that it stands in; null where it stands in none or in several."
    ]
    start: Annotated[int | None, "Offset of its first code point in the report."]
    end: Annotated[int | None, "Offset behind it."]
    left: Annotated[str | None, "Up to 30 code points before it in its paragraph."]
    text: Annotated[str | None, "Exactly what stands in the span."]
    right: Annotated[str | None, "Up to 30 code points behind it in its paragraph."]
    terms: Annotated[list[TermNameDocument], "The terms that it is about."]
    definitions: Annotated[
        list[DefinitionDocument],
        "The definitions within the span, with what they count; those that contradict each other,"
        " the one at the span first; or one of each sense in question.",
    ]
    file: Annotated[str | None, "Name of the file that was not understood; null for everything else."]


def concerns(
    edition: Edition, filters: ConcernFilters = ConcernFilters(), limit: int = 50, cursor: str | None = None
) -> Page[JsonObject]:
    """Return what to look at: by report and offset, then questions about terms, then files.

    An item is a `FoundFindingDocument`, but for its message, which is put into words where it is shown. Raises
    BadParameter for a cursor that is none of this list.
    """
    found = _chosen(edition, filters)
    key = attrgetter("key")
    begin = 0 if cursor is None else bisect.bisect_right(found, cursors.decode(cursor, _KIND, *CURSOR), key=key)
    shown = found[begin : begin + limit]
    following = cursors.encode(_KIND, *shown[-1].key) if begin + limit < len(found) else None
    return Page(tuple(_Writer(edition, shown).documents()), len(found), following)


def cursor_behind(edition: Edition, filters: ConcernFilters, skipped: int) -> str | None:
    """Return the cursor behind the first `skipped` items, one or more; None if there are fewer."""
    found = _chosen(edition, filters)
    return cursors.encode(_KIND, *found[skipped - 1].key) if skipped <= len(found) else None


def counts(edition: Edition, filters: ConcernFilters = ConcernFilters()) -> dict[str, int]:
    """Return how many there are of each of OF_AN_EDITION, whatever kind is asked for."""
    fitting = _fitting(edition, filters)
    return {kind: len(_let_through(those, fitting)) for kind, those in edition.once(_by_kind).items()}


def _chosen(edition: Edition, filters: ConcernFilters) -> Sequence[_Concern]:
    everything = edition.once(_all) if filters.kind is None else edition.once(_by_kind)[filters.kind]
    return _let_through(everything, _fitting(edition, filters))


def _let_through(those: Sequence[_Concern], fitting: frozenset[str] | None) -> Sequence[_Concern]:
    """Return those that have to do with one of the reports; all of them where there are no filters."""
    return those if fitting is None else [one for one in those if one.reports & fitting]


def _by_kind(edition: Edition) -> Mapping[str, Sequence[_Concern]]:
    found: dict[str, list[_Concern]] = {kind: [] for kind in OF_AN_EDITION}
    for one in edition.once(_all):
        found[one.key.kind].append(one)
    return found


def _fitting(edition: Edition, filters: ConcernFilters) -> frozenset[str] | None:
    """Return ids of the reports that the filters let through; None for all, and for what has to do with none."""
    conditions = report_conditions(filters)
    if not conditions:
        return None
    rows = edition.select(f"SELECT r.id FROM reports r WHERE {' AND '.join(conditions)}", edition.values(filters))
    return frozenset(id_ for (id_,) in rows)


def _all(edition: Edition) -> tuple[_Concern, ...]:
    found = [*_findings(edition), *_contradictions(edition), *_doubts(edition), *_failures(edition)]
    return tuple(sorted(found, key=attrgetter("key")))


def _findings(edition: Edition) -> Iterator[_Concern]:
    for number, one in enumerate(edition.findings()):
        key = Key(_IN_REPORTS, one["report"], one["start"], one["end"], one["kind"], str(number))
        severity = FOUND_IN_REPORTS.get(one["kind"], QUESTION)
        if severity == ERROR:
            severity = severity_of(one["kind"], edition.report_text(one["report"]), one["start"], one["end"])
        yield _Concern(key, severity, one["message"], reports=frozenset((one["report"],)))


def _contradictions(edition: Edition) -> Iterator[_Concern]:
    """Yield each definition that says otherwise than an earlier one of its place, with the latest of those."""
    rows = edition.select(
        """SELECT t.id, t.name, coalesce(r.place_code, r.place, r.id) home, d.document
           FROM definitions d JOIN terms t ON t.rank = d.term JOIN reports r ON r.rank = d.report
           WHERE (SELECT count(*) FROM definitions e WHERE e.term = d.term) > 1
           ORDER BY t.rank, home, coalesce(r.date, r.year), r.rank, d.position"""
    )
    for (id_, name, _), group in groupby(rows, key=itemgetter(0, 1, 2)):
        before: list[JsonObject] = []
        for *_, document in group:
            definition = orjson.loads(document)
            if told := _contradicted(name, definition, before):
                yield _contradicting(id_, definition, *told)
            before.append(definition)


def _contradicted(name: str, definition: JsonObject, before: Sequence[JsonObject]) -> tuple[JsonObject, Message] | None:
    """Return the latest definition before that says otherwise, and what; None if there is none, or one that agrees."""
    told: tuple[JsonObject, Message] | None = None
    for other in before:
        if _are_own_lists(name, definition, other):
            continue
        names = {"name": name, "origin": _origin(other)}
        if _report(other) == _report(definition):
            said = contradiction(Claim.of(definition), Claim.of(other), SAME_REPORT, **names)
        else:
            names["other"] = _origin(definition)
            said = contradiction(Claim.of(definition), Claim.of(other), OTHER_REPORT, **names)
        if said == "":
            return None
        told = (other, said) if said else told
    return told


def _are_own_lists(name: str, one: JsonObject, other: JsonObject) -> bool:
    """Return whether each of two lists stands beside a use of a name that may count anything: 三位一体, 双下降."""
    return freedom(name) == FREE and all(each["source"]["type"] == INLINE for each in (one, other))


def _contradicting(id_: str, definition: JsonObject, other: JsonObject, message: Message) -> _Concern:
    source = definition["source"]
    key = Key(_IN_REPORTS, source["report"], source["start"], source["end"], CONTRADICTION, id_)
    reports = frozenset((_report(definition), _report(other)))
    return _Concern(key, QUESTION, message, (id_,), reports, (definition, other))


def _report(definition: JsonObject) -> str:
    return str(definition["source"]["report"])


def _origin(definition: JsonObject) -> str:
    source = definition["source"]
    return " ".join(str(part) for part in (source["place"], source["year"]) if part) or str(source["report"])


def _doubts(edition: Edition) -> Iterator[_Concern]:
    doubts = edition.doubts()
    ids = {term["id"] for doubt in doubts for term in doubt["terms"]}
    reports: defaultdict[str, set[str]] = defaultdict(set)
    for id_, report in edition.select(
        """SELECT t.id, r.id FROM terms t JOIN appearances a ON a.term = t.rank AND a.defines
           JOIN reports r ON r.rank = a.report WHERE t.id IN (SELECT value FROM json_each(?))""",
        (orjson.dumps(sorted(ids)).decode(),),
    ):
        reports[id_].add(report)
    for number, doubt in enumerate(doubts):
        terms = tuple(term["id"] for term in doubt["terms"])
        key = Key(_IN_TERMS, "", number, 0, DOUBT, " ".join(terms))
        yield _Concern(key, INFO, doubt["message"], terms, frozenset().union(*(reports[id_] for id_ in terms)))


def _failures(edition: Edition) -> Iterator[_Concern]:
    """Yield the files by their names: in which folders of whose machine they lay is nobody's business."""
    for number, failure in enumerate(edition.failures()):
        name = PurePath(failure["path"]).name
        yield _Concern(Key(_IN_FILES, "", number, 0, FAILURE, name), QUESTION, failure["message"], file=name)


class _Writer:
    """Makes the documents of one page; what several of them need is asked for once."""

    def __init__(self, edition: Edition, shown: Iterable[_Concern]) -> None:
        self._edition = edition
        self._shown = tuple(shown)
        self._terms = edition.terms_with({id_ for one in self._shown for id_ in one.terms})
        self._given: dict[str, list[tuple[JsonObject, JsonObject]]] = {}

    def documents(self) -> Iterator[JsonObject]:
        """Yield the items in their order."""
        for one in self._shown:
            terms, definitions = self._about(one)
            known = {"kind": one.key.kind, "severity": one.severity, "message": one.message}
            yield known | self._place(one.key) | {"terms": terms, "definitions": definitions, "file": one.file}

    def _place(self, key: Key) -> JsonObject:
        if not key.report:
            return dict.fromkeys(("report", "start", "end", "left", "text", "right"))
        first = max(key.start - documents.CONTEXT, 0)
        around = self._edition.passage(key.report, first, key.end + documents.CONTEXT)
        start, end = key.start - first, key.end - first
        left, right = context(around, start, end, documents.CONTEXT)
        block = self._edition.title_blocks[key.report]
        report = {name: block[name] for name in ("id", "place", "year")}
        span = {"start": key.start, "end": key.end}
        return {"report": report} | span | {"left": left, "text": around[start:end], "right": right}

    def _about(self, one: _Concern) -> tuple[list[JsonObject], list[JsonObject]]:
        """Return the terms that it is about, and definitions of them."""
        stored = [self._terms[id_] for id_ in one.terms if id_ in self._terms]
        terms = [{"id": term.id, "name": term.name, "kind": term.kind} for term in stored]
        if one.key.part == _IN_TERMS:
            senses = [sense for term in stored for sense in orjson.loads(term.document)["senses"]]
            return terms, [sense["definitions"][0] for sense in senses]
        if one.key.kind in FOUND_IN_REPORTS:
            within = [pair for pair in self._given_in(one.key.report) if _is_within(pair[1], one.key)]
            return list({term["id"]: term for term, _ in within}.values()), [definition for _, definition in within]
        return terms, list(one.definitions)

    def _given_in(self, report: str) -> list[tuple[JsonObject, JsonObject]]:
        """Return the definitions that a report gives, each with its term, in the order of the text."""
        if report not in self._given:
            rows = self._edition.select(
                """SELECT t.id, t.name, t.kind, d.document FROM reports r
                   JOIN appearances a ON a.report = r.rank AND a.defines JOIN terms t ON t.rank = a.term
                   JOIN definitions d ON d.term = t.rank AND d.report = r.rank WHERE r.id = ?""",
                (report,),
            )
            pairs = [({"id": i, "name": n, "kind": k}, orjson.loads(document)) for i, n, k, document in rows]
            self._given[report] = sorted(pairs, key=lambda pair: pair[1]["source"]["start"])
        return self._given[report]


def _is_within(definition: Mapping[str, Any], key: Key) -> bool:
    source = definition["source"]
    return bool(key.start <= source["start"] and source["end"] <= key.end)
