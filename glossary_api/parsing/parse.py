"""A document becomes a parsed report: title block, headings, glossary, slogans, marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from glossary_api.errors import NotAReport
from glossary_api.model.messages import Message
from glossary_api.model.things import Appendix, Document, Entry, Finding, ParsedReport, Report
from glossary_api.model.words import EXPLAINER, OTHER_GENRE
from glossary_api.parsing.appendix import Glossary, find_glossaries, notes_alone, unread_headings
from glossary_api.parsing.explaining import read_explanations, title_of
from glossary_api.parsing.genre import genre_by
from glossary_api.parsing.glossary_headings import is_heading
from glossary_api.parsing.labels import Label, filled, labels_of
from glossary_api.parsing.lines import LINE_BREAKS
from glossary_api.parsing.markers import CIRCLED
from glossary_api.parsing.marks import read_marks
from glossary_api.parsing.members import mismatches, with_members
from glossary_api.parsing.outline import read_headings
from glossary_api.parsing.second_look import look_again
from glossary_api.parsing.sheet import AppendixText
from glossary_api.parsing.side_notes import MOST_ASIDES, QuotedNames, read_side_notes, without
from glossary_api.parsing.slogans import read_slogans
from glossary_api.parsing.title import TitleBlock, named_in, read_title_block
from glossary_api.parsing.unread import left_unread
from glossary_api.parsing.word_lists import read_word_list
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES
from glossary_api.text.folding import plain as plain_form

_UNSAFE = re.compile(r"[^\w.-]+")
_SPOKEN = re.compile("各位代表|谢谢大家")
"""What a speaker says, and no annex does."""
_THE_REPORT = "harvest-report-itself"

_MOST = {
    "no-report-too-many-lines": (LINE_BREAKS, 100_000),
    "no-report-too-many-quotation-marks": (OPENING_QUOTES + CLOSING_QUOTES + '"＂', 50_000),
    "no-report-too-many-brackets": ("([（［〔【《", 50_000),
    "no-report-too-many-footnote-signs": ("".join(CIRCLED), 50_000),
}
"""How often the signs that the parser stops at may stand in a text; the longest reports have some hundreds of each."""


def parse(document: Document, *, draft: bool = False) -> ParsedReport:
    """Return everything the parser sees in a document.

    Raises NotAReport when the document shows no sign of a report, no title, no meeting, no salutation, no glossary,
    or has fifty times as many lines, quotation marks, brackets or footnote signs as any report. A `draft`
    is taken for a report, or a part of one, without such a sign.
    """
    text = document.text
    for excess in _excesses(text):
        raise NotAReport(excess, place=document.name, remedy="name-one-report-per-file")
    plain = plain_form(text)
    title = read_title_block(text, plain)
    labels = labels_of(document)
    if not draft and (title.resolution or any(label.resolution for _, label in labels)):
        raise NotAReport("this-is-resolution-about-report-not-report", place=document.name, remedy=_THE_REPORT)
    explainer = None if draft else title_of(document, plain)
    delivered = bool(title.meeting or "各位代表" in plain)
    is_report = draft or delivered or (explainer is None and bool(title.title or _is_report(document)))
    # Without a salutation the short lines of a draft, or of an explainer, pass for a title block.
    start = title.end if is_report and not draft else 0
    sheet = AppendixText(text, plain, start)
    found = find_glossaries(sheet) or _before(text, plain, start)
    found = found if is_report else _notes_of_explainer(document, plain, found, titled=explainer is not None)
    appendix = found[0][0] if found else None
    running = (start, _end_of_running(plain, start, [one for one, _ in found]))
    bare = without(running, [(one.start, one.end) for one, _ in found])
    if is_report:
        aside = tuple(islice(_asides(text, plain, bare), MOST_ASIDES))
    else:
        aside = read_explanations(text, plain, bare, titled=explainer is not None or bool(found))
    if not (is_report or found or aside):
        raise NotAReport("no-report-no-title", place=document.name, remedy="harvest-reports")
    notes = [entry for _, notes in found for entry in notes.entries]
    entries = with_members(text, plain, tuple(sorted((*aside, *notes), key=lambda entry: entry.start)))
    body = tuple(left for span in bare for left in without(span, [(one.start, one.end) for one in aside]))
    if not is_report:
        title, body = _of_explainer(title, explainer), ()
    marks, mark_findings = read_marks(text, plain, body, entries)
    slogans, quote_findings = read_slogans(text, plain, body, marks, entries)
    findings = (
        *_bare_pages(document),
        *(finding for _, notes in found for finding in notes.findings),
        *(unread_headings(sheet, [(entry.start, entry.end) for entry in entries]) if is_report else ()),
        *mismatches(entries),
        *look_again(text, plain, body, [one for _, one in found], aside, marks, slogans, whole=is_report and not draft),
        *mark_findings,
        *quote_findings,
        *left_unread(document, plain, entries, slogans),
    )
    return ParsedReport(
        report=_report(document, title, labels),
        headings=read_headings(text, plain, *running),
        appendix=appendix,
        entries=entries,
        slogans=slogans,
        marks=marks,
        findings=tuple(sorted(findings, key=lambda finding: (finding.start, finding.kind))),
        body=body,
        left_out=document.left_out,
    )


def _end_of_running(plain: str, start: int, glossaries: Sequence[Appendix]) -> int:
    """Return where the running text ends: at the last glossary, or behind it where the speech goes on there."""
    end = max((one.start for one in glossaries if one.start >= start), default=len(plain))
    behind = max((one.end for one in glossaries if one.start >= start), default=len(plain))
    last = max((found.end() for found in _SPOKEN.finditer(plain, behind)), default=0)
    stop = plain.find("\n", last)
    return end if not last else stop if stop >= 0 else len(plain)


def _asides(text: str, plain: str, spans: Sequence[tuple[int, int]]) -> Iterator[Entry]:
    """Yield the notes within the running text: word lists, else boxes that say that they explain a word."""
    quoted = QuotedNames(plain)
    for start, end in spans:
        yield from read_word_list(text, plain, start, end) or read_side_notes(text, quoted, start, end)


def _notes_of_explainer(
    document: Document, plain: str, found: tuple[Glossary, ...], *, titled: bool
) -> tuple[Glossary, ...]:
    """Return the glossaries of a text that is no report: none if its sentences explain more words than they do.

    Without any, a file that only its name calls 名词解释 is one.
    """
    text, listed = document.text, sum(notes.defined for _, notes in found)
    if found:
        stated = read_explanations(text, plain, [(0, len(text))], titled=titled)
        return () if len(stated) > listed else found
    stem = "".join(plain_form(document.own_name.rpartition(".")[0] or document.own_name).split())
    return notes_alone(text, plain) if is_heading(stem) else ()


def _of_explainer(block: TitleBlock, title: str | None) -> TitleBlock:
    """Return the title block of a text that explains and is no report."""
    place, year = named_in(title or "")
    return replace(block, title=title, genre=EXPLAINER, place=block.place or place, year=block.year or year)


def _before(text: str, plain: str, start: int) -> tuple[Glossary, ...]:
    """Return the glossary that stands before the title and the salutation, if one does."""
    found = find_glossaries(AppendixText(text[:start], plain[:start], 0))
    return found if found and found[0][1].defined > 1 else ()


def _bare_pages(document: Document) -> Iterator[Finding]:
    """Yield a finding for the pages of a file that are pictures and were not read."""
    if document.bare_pages:
        pages = ", ".join(map(str, document.bare_pages))
        yield Finding("bare-pages", Message("these-pages-are-pictures", pages=pages), 0, 0)


def _excesses(text: str) -> Iterator[Message]:
    for code, (signs, most) in _MOST.items():
        if len(text) > most and sum(map(text.count, signs)) > most:
            yield Message(code, count=most)


def _is_report(document: Document) -> bool:
    """Tell whether the record that a document comes from calls it a report."""
    return genre_by([plain_form("".join(dict(document.record).get("title", "").split()))]) is not None


def _report(document: Document, title: TitleBlock, labels: tuple[tuple[str, Label], ...]) -> Report:
    """Return what the text says of itself, then what its record, its name and its folders say."""
    said, guessed = filled(
        Label(title.title, title.place, title.year, title.date, title.meeting, title.speaker, title.genre), labels
    )
    place = said.place
    return Report(
        id=report_id(document.own_name, document.folder),
        title=said.title,
        place=place.name if place else None,
        place_code=place.code if place else None,
        level=place.level if place else None,
        year=said.year,
        date=said.date,
        meeting=said.meeting,
        speaker=said.speaker,
        sha256=document.sha256,
        text=document.text,
        genre=said.genre or OTHER_GENRE,
        ocr=document.ocr,
        guessed=guessed,
    )


def report_id(name: str, folder: str = "") -> str:
    """Return the file name without suffix, with hyphens for everything that would need escaping in an address.

    A name that is nothing but a number goes with its folder: 海拉尔区/2012.txt is 海拉尔区-2012.
    """
    name, _, number = name.partition("#")
    stem = name.rsplit(".", 1)[0] if "." in name[1:] else name
    if stem.isdigit() and folder:
        stem = f"{folder.rsplit('/', 1)[-1]}-{stem}"
    return _UNSAFE.sub("-", f"{stem}-{number}" if number else stem).strip("-.").lower() or "report"
