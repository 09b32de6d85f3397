"""Compile the glossary of a report: its own definitions, then borrowed ones, then names that nobody defines.

A borrowed definition always says whose it is and how far away that is, and it is borrowed only where evidence shows
that the report means the same. Senses are ranked as a look-up ranks them, seen from the report's place at the end of
its year; where the ranking ties, the entry says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypedDict

import orjson

from glossary_api.model.messages import ENGLISH
from glossary_api.model.words import INLINE, LEVELS, NATIONAL
from glossary_api.queries.rank import OWN_REPORT, Asked, RankedSense, Ranking, backwards, explanation, rank, standing
from glossary_api.queries.standpoint import seen_from
from glossary_api.store.edition import Edition, JsonObject
from glossary_api.store.shapes import (
    Bounds,
    CountCheckDocument,
    DefinitionEvidenceDocument,
    End,
    PassageDocument,
    ReportId,
    ReportPlace,
    ReportYear,
    SourceDocument,
    Start,
    TermNameDocument,
    WhyDocument,
)
from glossary_api.store.usages import TermInReport, places_in
from glossary_api.text.bearing import taken
from glossary_api.text.places import SAME_PLACE, distance
from glossary_api.text.surroundings import NameUse

OWN = "own"
LABELS = (OWN, "same-place", "same-prefecture", "same-province", NATIONAL, "elsewhere")
"""Whose a definition is, seen from the report, nearest first."""
DEFINITIONS_SHOWN = 3
"""How many definitions that say the same an entry prints; the term itself has all of them."""


class FullSourceDocument(SourceDocument):
    """The place where a definition is written, with what its report says of itself."""

    title: Annotated[str | None, "Title of the report."]
    date: Annotated[str | None, "Day of its delivery, ISO 8601."]


class GlossaryReportDocument(TypedDict):
    """The report that a glossary is for."""

    id: ReportId
    title: Annotated[str | None, "Title."]
    place: ReportPlace
    place_code: Annotated[str | None, "GB/T 2260 code of the place."]
    level: Annotated[str | None, "Level of the place.", LEVELS]
    year: ReportYear
    date: Annotated[str | None, "Day of delivery, ISO 8601."]


Label = Annotated[
    str,
    "Whose words these are: `own`, the report's; else those of another report of its place, its"
    " prefecture, its province, of the nation, or elsewhere.",
    LABELS,
]
Distance = Annotated[
    int, "0 same place, 1 same prefecture, 2 same province, 3 elsewhere, national or unknown.", Bounds(0, 3)
]


class LabelledDefinitionDocument(TypedDict):
    """A definition that says whose it is."""

    text: Annotated[str, "The definition, word for word."]
    label: Label
    distance: Distance
    source: Annotated[FullSourceDocument, "Where it is written."]
    members: Annotated[
        list[PassageDocument], "The things that the numeral of the name counts; spans are in the source's report."
    ]
    count_check: Annotated[CountCheckDocument, "The members counted against the numeral."]
    head: Annotated[str, "The name that it explains, as its source prints it, at full length."]
    evidence: Annotated[DefinitionEvidenceDocument, "What vouches for it."]


class LabelledSenseDocument(TypedDict):
    """A meaning of a term, with the definitions that say the same, nearest first."""

    id: Annotated[str, "Identifier of the sense within its term."]
    label: Label
    distance: Distance
    score: Annotated[float, "Rank as in a look-up from the report's place at the end of its year."]
    why: Annotated[list[WhyDocument], "The reasons for the rank."]
    definitions: Annotated[
        list[LabelledDefinitionDocument],
        f"The nearest definitions, at most {DEFINITIONS_SHOWN}.",
        Bounds(1, DEFINITIONS_SHOWN),
    ]
    more: Annotated[int, "How many definitions of other reports say the same."]


class FirstUseDocument(TypedDict):
    """The first place where the body of the report uses a term."""

    start: Start
    end: End
    heading: Annotated[str | None, "Nearest heading before it."]


class UsedNameDocument(TypedDict):
    """A name that the report uses."""

    term: Annotated[TermNameDocument, "The term."]
    form: Annotated[str, "The name as the report first prints it."]
    first_use: Annotated[
        FirstUseDocument | None, "Where that is; null for a term that stands in the report's appendix alone."
    ]
    usages: Annotated[int, "How often it stands in the body of the report."]


class GlossaryEntryDocument(UsedNameDocument):
    """A name with what it stands for."""

    ambiguous: Annotated[bool, "Whether the two best senses tie, so that nobody can say which one the report means."]
    senses: Annotated[list[LabelledSenseDocument], "Its meanings, best first.", Bounds(1)]


class GlossaryCountsDocument(TypedDict):
    """The lengths of the three lists."""

    own: Annotated[int, "Terms that the report explains itself."]
    borrowed: Annotated[int, "Terms that only others explain."]
    undefined: Annotated[int, "Terms that nobody explains."]


class GlossaryDocument(TypedDict):
    """The glossary that a report lacks; each list in the order in which its body first uses the names."""

    report: Annotated[GlossaryReportDocument, "The report."]
    own: Annotated[list[GlossaryEntryDocument], "Names that the report itself explains, in its own words."]
    borrowed: Annotated[
        list[GlossaryEntryDocument],
        "Names that it does not explain, in the words of other reports, each labelled.",
    ]
    undefined: Annotated[list[UsedNameDocument], "Names that no report explains."]
    counts: Annotated[GlossaryCountsDocument, "How many names are in each list."]
    edition: Annotated[str, "Hash of the edition that it was compiled from."]


def compile_glossary(edition: Edition, report_id: str, language: str = ENGLISH) -> JsonObject:
    """Return a `GlossaryDocument`, the reasons in the language of a tag. Raises ReportNotFound with the nearest ids."""
    uses = edition.uses(report_id)
    compiler = _Compiler(edition, report_id, language)
    explained = [(use, entry) for use in uses if use.document is not None and (entry := compiler.entry(use))]
    entries = [entry for _, entry in explained]
    known = {use.id for use, _ in explained}
    parts = {
        "own": [entry for entry in entries if entry["senses"][0]["label"] == OWN],
        "borrowed": [entry for entry in entries if entry["senses"][0]["label"] != OWN],
        "undefined": [_named(use) for use in uses if use.id not in known],
    }
    counts = {name: len(part) for name, part in parts.items()}
    return {"report": compiler.block, **parts, "counts": counts, "edition": edition.hash}


class _Compiler:
    """Makes entries as one report sees them."""

    def __init__(self, edition: Edition, report_id: str, language: str) -> None:
        self._language = language
        self._edition, self._blocks = edition, edition.title_blocks
        self.block = _block(self._blocks[report_id])
        self._asked = asked_by(self.block)
        self._meant: defaultdict[str, set[str | None]] = defaultdict(set)
        self._labels: dict[str, str] = {}
        for usage in places_in(edition.select, report_id):
            self._meant[usage.term].add(usage.sense)

    def entry(self, use: TermInReport) -> JsonObject | None:
        """Return the entry of a defined term: the report's own senses if it has any, else those in which it uses the
        name.

        None if nothing shows in which sense that is.
        """
        senses = seen_from(self._edition.select, orjson.loads(use.document or b"{}"), self._asked)
        own = [_own_part(sense, str(self.block["id"])) for sense in senses]
        said = [sense for sense in own if sense["definitions"]] or self._borrowed(use, senses)
        if not said:
            return None
        ranking = rank(said, self._asked, self._blocks)
        return _named(use) | {
            "ambiguous": _is_open(ranking),
            "senses": [self._sense(ranked) for ranked in ranking.senses],
        }

    def _borrowed(self, use: TermInReport, senses: Sequence[JsonObject]) -> list[JsonObject]:
        """Return the senses that some use in the report has, or that hold wherever in it the name stands."""
        meant = self._meant[use.id]
        if all(sense["id"] in meant for sense in senses):
            return list(senses)
        asked = self._asked
        found = NameUse(use.text or use.name, None, None, asked.report, asked.place, asked.code, asked.year)
        holding = taken([[explanation(one, self._blocks) for one in sense["definitions"]] for sense in senses], found)
        return [one for one, holds in zip(senses, holding, strict=True) if holds or one["id"] in meant]

    def _sense(self, ranked: RankedSense) -> JsonObject:
        labelled = sorted(((self._label(one), one) for one in ranked.sense["definitions"]), key=self._nearest_first)
        definitions = [self._definition(*one) for one in labelled[:DEFINITIONS_SHOWN]]
        return {
            "id": ranked.sense["id"],
            "label": definitions[0]["label"],
            "distance": definitions[0]["distance"],
            "score": ranked.score,
            "why": [why.document(self._language) for why in ranked.why],
            "definitions": definitions,
            "more": len(labelled) - len(definitions),
        }

    def _definition(self, label: str, definition: JsonObject) -> JsonObject:
        source = definition["source"]
        origin = self._blocks.get(source["report"] or "", {})
        far = SAME_PLACE if label in LABELS[:2] else distance(self.block["place_code"], origin.get("place_code"))
        return {
            "text": definition["text"],
            "label": label,
            "distance": far,
            "source": source | {"title": origin.get("title"), "date": origin.get("date")},
            "members": definition["members"],
            "count_check": definition["count_check"],
            "head": definition.get("head", ""),
            "evidence": definition["evidence"],
        }

    def _label(self, definition: JsonObject) -> str:
        """Return where a definition stands to the report, in the words of the ranking."""
        report = definition["source"]["report"]
        if report not in self._blocks:
            return self._label_of(definition)
        if report not in self._labels:  # nothing else of it is asked for then
            self._labels[report] = self._label_of(definition)
        return self._labels[report]

    def _label_of(self, definition: JsonObject) -> str:
        alone = standing(definition, self._asked, self._blocks)
        if alone == OWN_REPORT:
            return OWN
        if alone in LABELS:
            return alone
        # A report that names no place is near to nothing, but the nation's words are the nation's everywhere.
        block = self._blocks.get(definition["source"]["report"] or "", {})
        return NATIONAL if block.get("level") == NATIONAL else LABELS[-1]

    def _nearest_first(self, labelled: tuple[str, JsonObject]) -> tuple[object, ...]:
        """Return notes before lists; by label; then the latest; then by place in the report."""
        label, source = labelled[0], labelled[1]["source"]
        date = self._blocks.get(source["report"] or "", {}).get("date")
        time = backwards(str(date or source["year"] or ""))
        return source["type"] == INLINE, LABELS.index(label), time, source["start"] or 0


def asked_by(block: Mapping[str, Any]) -> Asked:
    """Return the question that a report asks: what does a name mean at its place, by the end of its year?

    Not on the day of its delivery: the reports of one winter are delivered within weeks and speak of the same year.
    """
    day = f"{block['year']:04}-12-31" if block["year"] else None
    return Asked(place=block["place"], code=block["place_code"], date=day, report=block["id"])


def _own_part(sense: JsonObject, report_id: str) -> JsonObject:
    """Return a sense with those of its definitions that the report itself gives."""
    return sense | {"definitions": [d for d in sense["definitions"] if d["source"]["report"] == report_id]}


def _is_open(ranking: Ranking) -> bool:
    """Return whether the best senses tie. What a report itself says twice it means twice: that is no tie."""
    return ranking.ambiguous and ranking.senses[0].why[0].code != OWN_REPORT


def _block(block: Mapping[str, Any]) -> JsonObject:
    return {name: block[name] for name in GlossaryReportDocument.__annotations__}


def _named(use: TermInReport) -> JsonObject:
    first = None if use.start is None else {"start": use.start, "end": use.end, "heading": use.heading}
    return {
        "term": {"id": use.id, "name": use.name, "kind": use.kind},
        "form": use.text or use.name,
        "first_use": first,
        "usages": use.usages,
    }
