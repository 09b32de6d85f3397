"""Model objects as the JSON documents that the program hands out: keys in the order of the contract, plain values.

Every `start` and `end` counts code points of the report's text as read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from glossary_api.model.files import HarvestedFile
from glossary_api.model.messages import CHINESE, ENGLISH, Message
from glossary_api.model.things import (
    Appendix,
    CountCheck,
    Definition,
    Entry,
    EntryTerm,
    Equivalent,
    Evidence,
    Finding,
    Heading,
    Inline,
    Mark,
    ParsedReport,
    Passage,
    Report,
    Sense,
    Slogan,
    Source,
    Term,
    Variant,
)
from glossary_api.model.words import FOUND_IN_REPORTS, TEXT
from glossary_api.store.foremost import REPORTS, foremost_definitions, foremost_reports, foremost_senses

JsonObject = dict[str, Any]

CONTEXT = 30
"""How many code points of context a usage shows on each side."""


def passage(piece: Passage) -> JsonObject:
    """Return `{"text","start","end"}`."""
    return {"text": piece.text, "start": piece.start, "end": piece.end}


def count_check(check: CountCheck) -> JsonObject:
    """Return `{"status","expected","found","reason","message": {"code","values"}|None}`, the reason in English."""
    return {
        "status": check.status,
        "expected": check.expected,
        "found": check.found,
        "reason": check.reason and str(check.reason),
        "message": check.reason and check.reason.document(),
    }


def title_block(report: Report) -> JsonObject:
    """Return what identifies a report: `{"id","title","place",…,"sha256","chars","ocr","from"}`.

    `from` has for each of these fields that is known who says it: the text, the record or the name of the document.
    """
    names = (
        "id",
        "title",
        "place",
        "place_code",
        "level",
        "year",
        "date",
        "meeting",
        "speaker",
        "genre",
        "address",
        "sha256",
        "chars",
    )
    block = {name: getattr(report, name) for name in names}
    guessed = dict(report.guessed)
    said = ("title", "place", "year", "date", "meeting", "speaker", "genre", "address")
    return block | {
        "ocr": bool(report.ocr),
        "from": {name: guessed.get(name, TEXT) for name in said if block[name] is not None},
    }


def appendix(found: Appendix | None) -> JsonObject | None:
    """Return `{"start","end","layout"}`, or None for a report without one."""
    return None if found is None else {"start": found.start, "end": found.end, "layout": found.layout}


def heading(found: Heading) -> JsonObject:
    """Return `{"text","start","end","depth"}`."""
    return {"text": found.text, "start": found.start, "end": found.end, "depth": found.depth}


def entry(note: Entry) -> JsonObject:
    """Return an entry as printed, with its terms."""
    names = ("marker", "number", "page", "head", "start", "end")
    return {name: getattr(note, name) for name in names} | {"terms": [_entry_term(term) for term in note.terms]}


def _entry_term(term: EntryTerm) -> JsonObject:
    return {
        "name": term.name,
        "definition": passage(term.definition),
        "members": [passage(member) for member in term.members],
        "count_check": count_check(term.count_check),
    }


def slogan(phrase: Slogan) -> JsonObject:
    """Return `{"text","kind","start","end","inline"}`."""
    return {
        "text": phrase.text,
        "kind": phrase.kind,
        "start": phrase.start,
        "end": phrase.end,
        "inline": None if phrase.inline is None else _inline(phrase.inline),
    }


def _inline(expansion: Inline) -> JsonObject:
    members = [passage(member) for member in expansion.members]
    return {"start": expansion.start, "end": expansion.end, "members": members}


def mark(found: Mark) -> JsonObject:
    """Return `{"marker","start","end","entry"}`."""
    return {"marker": found.marker, "start": found.start, "end": found.end, "entry": found.entry}


def finding(found: Finding) -> JsonObject:
    """Return `{"kind","severity","message","start","end"}`, the message in English."""
    span = {"start": found.start, "end": found.end}
    return {"kind": found.kind, "severity": FOUND_IN_REPORTS[found.kind], "message": str(found.message)} | span


def inspection(parsed: ParsedReport) -> JsonObject:
    """Return everything the parser sees in one report."""
    return {
        "report": title_block(parsed.report),
        "appendix": appendix(parsed.appendix),
        "entries": [entry(note) for note in parsed.entries],
        "slogans": [slogan(phrase) for phrase in parsed.slogans],
        "marks": [mark(found) for found in parsed.marks],
        "findings": [finding(found) for found in parsed.findings],
    }


def report_summary(parsed: ParsedReport, defined: int, used: int, usages: int) -> JsonObject:
    """Return a report's line in a list; `defined` and `used` count terms, `usages` places."""
    counts = {
        "entries": len(parsed.entries),
        "slogans": len(parsed.slogans),
        "defined": defined,
        "used": used,
        "usages": usages,
        "findings": len(parsed.findings),
    }
    return title_block(parsed.report) | {"counts": counts}


def report(parsed: ParsedReport, summary: JsonObject, files: Iterable[HarvestedFile] = ()) -> JsonObject:
    """Return a report whole, but for its text: its summary, appendix, headings, entries, findings and files."""
    return summary | {
        "appendix": appendix(parsed.appendix),
        "headings": [heading(found) for found in parsed.headings],
        "entries": [entry(note) for note in parsed.entries],
        "findings": [finding(found) for found in parsed.findings],
        "files": [file(one) for one in files],
    }


def _in_both(message: Message) -> JsonObject:
    """`{"en","zh-Hans"}`."""
    return {language: message.said(language) for language in (ENGLISH, CHINESE)}


def file(harvested: HarvestedFile) -> JsonObject:
    """Return what became of a file that has a report, or a part of it, or has it once more."""
    names = ("name", "outcome", "format", "chars", "address", "different")
    return {name: getattr(harvested, name) for name in names} | {
        "doubts": list(map(_in_both, harvested.doubts)),
        "reason": harvested.reason and _in_both(harvested.reason),
        "left_out": [
            {"reason": one.reason, "characters": one.characters, "pieces": one.pieces} for one in harvested.left_out
        ],
        "differences": [
            {"start": one.start, "end": one.end, "text": one.text, "other": one.other} for one in harvested.differences
        ],
    }


def term(term: Term, reports: Mapping[str, Report], usages: Mapping[str, int]) -> JsonObject:
    """A term with the best few of everything known of it, and how much there is; `usages` counts them by report id."""
    listed = appearances(term, reports, usages)
    shown = [(meaning, foremost_definitions(meaning, reports)) for meaning in foremost_senses(term)]
    return {
        "id": term.id,
        "name": term.name,
        "kind": term.kind,
        "status": term.status,
        "evidence": evidence(term.evidence),
        "pinyin": term.pinyin,
        "variants": [variant(form) for form in term.variants],
        "senses": [sense(meaning, definitions) for meaning, definitions in shown],
        "equivalents": [equivalent(rendering) for rendering in term.equivalents],
        "reports": foremost_reports(listed),
        "totals": {
            "senses": len(term.senses),
            "definitions": sum(len(meaning.definitions) for meaning in term.senses),
            "reports": len(listed),
            "usages": sum(usages.values()),
        },
    }


def evidence(found: Evidence) -> JsonObject:
    """Return `{"reason","notes","quoted","unquoted","reports","places","naming","marked"}`."""
    names = ("reason", "notes", "quoted", "unquoted", "reports", "places", "naming", "marked")
    return {name: getattr(found, name) for name in names}


def term_summary(term: Term, usages: Mapping[str, int]) -> JsonObject:
    """Return a term's line in a list: its first definition, and how many senses, reports and usages it has."""
    definitions = [d.text for meaning in term.senses for d in meaning.definitions]
    return {
        "id": term.id,
        "name": term.name,
        "kind": term.kind,
        "status": term.status,
        "pinyin": term.pinyin,
        "defined": term.defined,
        "definition": definitions[0] if definitions else None,
        "senses": len(term.senses),
        "reports": len(usages.keys() | defining(term)),
        "usages": sum(usages.values()),
    }


def appearances(term: Term, reports: Mapping[str, Report], usages: Mapping[str, int]) -> list[JsonObject]:
    """Return the reports that use or define a term, by id: `{"id","place","year","usages","defines"}`."""
    defines = defining(term)
    return [
        report_name(reports[id_]) | {"usages": usages.get(id_, 0), "defines": id_ in defines}
        for id_ in sorted(usages.keys() | defines)
    ]


def report_name(report: Report) -> JsonObject:
    """Return what a list of reports names them by: `{"id","place","year"}`."""
    return {"id": report.id, "place": report.place, "year": report.year}


def defining(term: Term) -> set[str]:
    """Return ids of the reports that define a term."""
    sources = (definition.source for meaning in term.senses for definition in meaning.definitions)
    return {source.report for source in sources if source.report is not None}


def variant(form: Variant) -> JsonObject:
    """`{"form","type","reports","more"}`, the first reports by id, and how many more there are."""
    reports = sorted(form.reports)
    shown, more = reports[:REPORTS], len(reports[REPORTS:])
    return {"form": form.form, "type": form.type, "reports": shown, "more": more}


def sense(meaning: Sense, definitions: Sequence[Definition]) -> JsonObject:
    """`{"id","definitions","more","equivalents"}`: some of its definitions, and how many more there are."""
    return {
        "id": meaning.id,
        "definitions": [definition(one) for one in definitions],
        "more": len(meaning.definitions) - len(definitions),
        "equivalents": [equivalent(rendering) for rendering in meaning.equivalents],
    }


def equivalent(rendering: Equivalent) -> JsonObject:
    """`{"language","rendering","gloss","also","status","source","note","name","bound","place","from","until"}`."""
    names = ("language", "rendering", "gloss", "also", "status", "source", "note")
    held = {"place": rendering.region, "from": rendering.since, "until": rendering.until}
    said = {name: getattr(rendering, name) for name in names}
    return said | {"name": rendering.term, "bound": bool(rendering.sense)} | held


def definition(text: Definition) -> JsonObject:
    """Return `{"text","head","source","members","count_check","evidence","beside"}`."""
    return {
        "text": text.text,
        "head": text.head,
        "source": source(text.source),
        "members": [passage(member) for member in text.members],
        "count_check": count_check(text.count_check),
        "evidence": {"kind": text.evidence.kind, "reports": list(text.evidence.reports)},
        "beside": list(text.beside),
    }


def source(origin: Source) -> JsonObject:
    """Return `{"type","report","place","year","entry","page","start","end","address","ocr"}`."""
    names = ("type", "report", "place", "year", "entry", "page", "start", "end", "address", "ocr")
    return {name: getattr(origin, name) for name in names}


def context(text: str, start: int, end: int, reach: int = CONTEXT) -> tuple[str, str]:
    """Return what stands to the left and to the right of a span in its paragraph, up to `reach` code points each.

    `left + text[start:end] + right` is a slice of the text as it stands.
    """
    left = text[max(start - reach, 0) : start].rpartition("\n")[2]
    right = text[end : end + reach].partition("\n")[0]
    return left, right


def usage(row: tuple[Any, ...], text_of: Callable[[str], str]) -> JsonObject:
    """Return a usage with its context, as `Edition.usages` describes it, from the columns in that order.

    The row begins with id, place and year of the report, whose text `text_of` returns.
    """
    id_, place, year, heading, text, start, end, match_type, quoted, sense = row
    left, right = context(text_of(id_), start, end)
    return {
        "report": {"id": id_, "place": place, "year": year},
        "heading": heading,
        "left": left,
        "text": text,
        "right": right,
        "start": start,
        "end": end,
        "match_type": match_type,
        "quoted": bool(quoted),
        "sense": sense,
    }
