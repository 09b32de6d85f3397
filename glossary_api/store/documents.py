"""Make the JSON documents that the program hands out of the things of the model, in the shapes of `shapes.py`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

from glossary_api.model.files import HarvestedFile
from glossary_api.model.messages import CHINESE, ENGLISH, Message
from glossary_api.model.things import (
    Appendix,
    CountCheck,
    Definition,
    Entry,
    EntryTerm,
    Equivalent,
    Finding,
    Inline,
    ParsedReport,
    Passage,
    Report,
    Sense,
    Slogan,
    Term,
    Variant,
)
from glossary_api.model.words import TEXT
from glossary_api.store.foremost import (
    REPORTS,
    VOUCHING,
    foremost_definitions,
    foremost_reports,
    foremost_senses,
    headline,
)
from glossary_api.store.report_shapes import (
    AppendixDocument,
    EntryDocument,
    EntryTermDocument,
    FileDifferenceDocument,
    FindingDocument,
    HeadingDocument,
    InlineDocument,
    InspectionDocument,
    LeftOutDocument,
    MarkDocument,
    ReportDocument,
    ReportFileDocument,
    ReportSummaryDocument,
    SloganDocument,
    TitleBlockDocument,
)
from glossary_api.store.shapes import (
    AppearanceDocument,
    CountCheckDocument,
    DefinitionDocument,
    EquivalentDocument,
    EvidenceDocument,
    MessageDocument,
    PassageDocument,
    ReportNameDocument,
    SaidDocument,
    SenseDocument,
    SourceDocument,
    TermDocument,
    TermSummaryDocument,
    UsageDocument,
    VariantDocument,
)
from glossary_api.text.damage import severity_of

JsonObject = dict[str, Any]
"""A document of any shape, as it comes from JSON."""
Shaped = TypeVar("Shaped")

CONTEXT = 30
"""How many code points of context a usage shows on each side."""


def _of(shape: type[Shaped], thing: object) -> Shaped:
    """Return the fields of a shape, each from the attribute of the thing that has its name."""
    return cast("Shaped", {name: getattr(thing, name) for name in shape.__annotations__})


def passage(piece: Passage) -> PassageDocument:
    """Return a piece of the text with its span."""
    return {"text": piece.text, "start": piece.start, "end": piece.end}


def count_check(check: CountCheck) -> CountCheckDocument:
    """Return a verdict, its reason in English and by code."""
    return {
        "status": check.status,
        "expected": check.expected,
        "found": check.found,
        "reason": None if check.reason is None else str(check.reason),
        "message": None if check.reason is None else cast("MessageDocument", check.reason.document()),
    }


def title_block(report: Report) -> TitleBlockDocument:
    """Return what identifies a report; `from` has each of these fields that is known and that a person may doubt."""
    guessed = dict(report.guessed)
    said = ("title", "place", "year", "date", "meeting", "speaker", "genre", "address")
    known = {name: guessed.get(name, TEXT) for name in said if getattr(report, name) is not None}
    names = [name for name in TitleBlockDocument.__annotations__ if name not in ("ocr", "from")]
    block = {name: getattr(report, name) for name in names} | {"ocr": bool(report.ocr), "from": known}
    return cast("TitleBlockDocument", block)


def appendix(found: Appendix | None) -> AppendixDocument | None:
    """Return where the appendix stands, or None for a report without one."""
    return None if found is None else _of(AppendixDocument, found)


def entry(note: Entry) -> EntryDocument:
    """Return an entry as printed, with its terms."""
    return {
        "marker": note.marker,
        "number": note.number,
        "page": note.page,
        "head": note.head,
        "start": note.start,
        "end": note.end,
        "terms": [_entry_term(term) for term in note.terms],
    }


def _entry_term(term: EntryTerm) -> EntryTermDocument:
    return {
        "name": term.name,
        "definition": passage(term.definition),
        "members": [passage(member) for member in term.members],
        "count_check": count_check(term.count_check),
    }


def slogan(phrase: Slogan) -> SloganDocument:
    """Return a quoted phrase, with the list that says what it stands for."""
    return {
        "text": phrase.text,
        "kind": phrase.kind,
        "start": phrase.start,
        "end": phrase.end,
        "inline": None if phrase.inline is None else _inline(phrase.inline),
    }


def _inline(expansion: Inline) -> InlineDocument:
    members = [passage(member) for member in expansion.members]
    return {"start": expansion.start, "end": expansion.end, "members": members}


def finding(found: Finding, text: str) -> FindingDocument:
    """Return something to look at in a text, the message in English."""
    return {
        "kind": found.kind,
        "severity": severity_of(found.kind, text, found.start, found.end),
        "message": str(found.message),
        "start": found.start,
        "end": found.end,
    }


def inspection(parsed: ParsedReport) -> InspectionDocument:
    """Return everything the parser sees in one report."""
    return {
        "report": title_block(parsed.report),
        "appendix": appendix(parsed.appendix),
        "entries": [entry(note) for note in parsed.entries],
        "slogans": [slogan(phrase) for phrase in parsed.slogans],
        "marks": [_of(MarkDocument, found) for found in parsed.marks],
        "findings": [finding(found, parsed.report.text) for found in parsed.findings],
        "left_out": [_of(LeftOutDocument, one) for one in parsed.left_out],
    }


def report_summary(parsed: ParsedReport, defined: int, used: int, usages: int) -> ReportSummaryDocument:
    """Return a report's line in a list; `defined` and `used` count terms, `usages` places."""
    return {
        **title_block(parsed.report),
        "counts": {
            "entries": len(parsed.entries),
            "slogans": len(parsed.slogans),
            "defined": defined,
            "used": used,
            "usages": usages,
            "findings": len(parsed.findings),
        },
    }


def report(parsed: ParsedReport, summary: ReportSummaryDocument, files: Iterable[HarvestedFile] = ()) -> ReportDocument:
    """Return a report whole, but for its text: its summary, appendix, headings, entries, findings and files."""
    return {
        **summary,
        "appendix": appendix(parsed.appendix),
        "headings": [_of(HeadingDocument, found) for found in parsed.headings],
        "entries": [entry(note) for note in parsed.entries],
        "findings": [finding(found, parsed.report.text) for found in parsed.findings],
        "files": [file(one) for one in files],
    }


def _in_both(message: Message) -> SaidDocument:
    return cast("SaidDocument", {language: message.said(language) for language in (ENGLISH, CHINESE)})


def file(harvested: HarvestedFile) -> ReportFileDocument:
    """Return what became of a file that has a report, or a part of it, or has it once more."""
    return {
        "name": harvested.name,
        "outcome": harvested.outcome,
        "format": harvested.format,
        "chars": harvested.chars,
        "address": harvested.address,
        "different": harvested.different,
        "doubts": list(map(_in_both, harvested.doubts)),
        "reason": None if harvested.reason is None else _in_both(harvested.reason),
        "left_out": [_of(LeftOutDocument, one) for one in harvested.left_out],
        "differences": [_of(FileDifferenceDocument, one) for one in harvested.differences],
    }


def term(term: Term, reports: Mapping[str, Report], usages: Mapping[str, int], explained: int = 0) -> TermDocument:
    """Return the best few of everything known of a term, and how much there is.

    `usages` counts them by report id; so many of them are `explained`.
    """
    listed = appearances(term, reports, usages)
    shown = [(meaning, foremost_definitions(meaning, reports)) for meaning in foremost_senses(term)]
    return {
        "id": term.id,
        "name": term.name,
        "kind": term.kind,
        "status": term.status,
        "evidence": _of(EvidenceDocument, term.evidence),
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
            "explained": explained,
        },
    }


def term_summary(term: Term, reports: Mapping[str, Report], usages: Mapping[str, int]) -> TermSummaryDocument:
    """Return a term's line in a list: what is said of it first, and how many senses, reports and usages it has."""
    first, is_general = headline(term, reports, usages.keys() | defining(term))
    source = reports.get(first.source.report or "") if first and not is_general else None
    return {
        "id": term.id,
        "name": term.name,
        "kind": term.kind,
        "status": term.status,
        "pinyin": term.pinyin,
        "defined": term.defined,
        "definition": first.text if first else None,
        "of": _of(ReportNameDocument, source) if source else None,
        "senses": len(term.senses),
        "reports": len(usages.keys() | defining(term)),
        "usages": sum(usages.values()),
    }


def attributed(summary: Mapping[str, Any]) -> str | None:
    """Return what a line in a list says of its term, after whose explanation it is: 昆山市 2024：三件事."""
    source = summary["of"] or {"place": None, "year": None}
    said = " ".join(str(value) for value in (source["place"], source["year"]) if value is not None)
    return f"{said}：{summary['definition']}" if said else summary["definition"]


def appearances(term: Term, reports: Mapping[str, Report], usages: Mapping[str, int]) -> list[AppearanceDocument]:
    """Return the reports that use or define a term, by id."""
    defines = defining(term)
    return [
        {**_of(ReportNameDocument, reports[id_]), "usages": usages.get(id_, 0), "defines": id_ in defines}
        for id_ in sorted(usages.keys() | defines)
    ]


def defining(term: Term) -> set[str]:
    """Return ids of the reports that define a term."""
    sources = (definition.source for meaning in term.senses for definition in meaning.definitions)
    return {source.report for source in sources if source.report is not None}


def variant(form: Variant) -> VariantDocument:
    """Return a printed form with the first reports that have it, by id, and how many more there are."""
    reports = sorted(form.reports)
    shown, more = reports[:REPORTS], len(reports[REPORTS:])
    return {"form": form.form, "type": form.type, "reports": shown, "more": more}


def sense(meaning: Sense, definitions: Sequence[Definition]) -> SenseDocument:
    """Return a sense with some of its definitions, and how many more there are."""
    return {
        "id": meaning.id,
        "definitions": [definition(one) for one in definitions],
        "more": len(meaning.definitions) - len(definitions),
        "equivalents": [equivalent(rendering) for rendering in meaning.equivalents],
    }


def equivalent(rendering: Equivalent) -> EquivalentDocument:
    """Return a rendering."""
    names = {"name": "term", "bound": "sense", "place": "region", "from": "since"}
    said = {name: getattr(rendering, names.get(name, name)) for name in EquivalentDocument.__annotations__}
    return cast("EquivalentDocument", said | {"bound": bool(rendering.sense)})


def definition(text: Definition) -> DefinitionDocument:
    """Return a definition with its source, its members and what vouches for it."""
    reports = text.evidence.reports
    return {
        "text": text.text,
        "head": text.head,
        "source": _of(SourceDocument, text.source),
        "members": [passage(member) for member in text.members],
        "count_check": count_check(text.count_check),
        "evidence": {
            "kind": text.evidence.kind,
            "reports": list(reports[:VOUCHING]),
            "more": len(reports[VOUCHING:]),
        },
        "beside": list(text.beside),
    }


USAGE = f"""r.id, r.place, r.year, (SELECT heading FROM sections WHERE rank = u.section),
            coalesce(u.text, (SELECT name FROM terms WHERE rank = u.term)), u.start, u."end", u.match_type, u.quoted,
            u.sense,
            unpacked(r.text, max(u.start - {CONTEXT}, 0), u."end" + {CONTEXT})"""
"""The columns of a usage `u` and its report `r` of which `usage` makes a document."""


def usage(row: tuple[Any, ...]) -> UsageDocument:
    """Return a usage with its context, as `Edition.usages` describes it, from the columns in USAGE."""
    id_, place, year, heading, text, start, end, match_type, quoted, sense, passage = row
    before = min(start, CONTEXT)
    return {
        "report": {"id": id_, "place": place, "year": year},
        "heading": heading,
        "left": passage[:before].rpartition("\n")[2],
        "text": text,
        "right": passage[before + end - start :].partition("\n")[0],
        "start": start,
        "end": end,
        "match_type": match_type,
        "quoted": bool(quoted),
        "sense": sense,
    }
