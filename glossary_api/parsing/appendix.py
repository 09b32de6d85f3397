"""Find the glossary of a report: a heading that says so, and notes right behind it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from glossary_api.model.messages import Message
from glossary_api.model.things import Appendix, Entry, Finding
from glossary_api.parsing import patterns
from glossary_api.parsing.entries import EntryList, read_entries
from glossary_api.parsing.glossary_headings import ELSEWHERE, says_that_words_are_explained
from glossary_api.parsing.glossary_tables import is_of_tasks, read_table, unexplained
from glossary_api.parsing.heads import split_head
from glossary_api.parsing.lines import trimmed
from glossary_api.parsing.markers import CIRCLED, number_of
from glossary_api.parsing.sheet import AppendixText
from glossary_api.parsing.table_rows import DRAWN, GlossaryTable, tables_in
from glossary_api.text.folding import QUOTES

_MOST_HEADINGS = 100
"""Of more lines that look like a heading the last are tried: a glossary stands at the end."""
_MOST_ENDNOTES = 20
"""So many lines that could be the first of the notes are tried where no heading says where they begin."""
_LEAST_BEHIND, _LEAST_SIGNS = 2, 100
"""So many lines, or characters, stand behind a heading whose notes were not understood, or none: they are a picture."""
_RIGHT_BEHIND, _LEAST_PASSED = 12, 3
"""Of so many lines behind a heading so many sentences that are no notes are too many, if they are twice the notes."""
_LEAST_SAID = 20
"""A row of a glossary with a cell of so many characters is no header."""
_LEAST_QUOTED = 3
"""So many names of a table must be quoted if nothing else says that it is a glossary."""
_MOST_QUOTED = 0.5
"""The share of the names of a list that no heading announces that must be quoted before it."""
_LONGEST_TITLE = 40
"""The title of an annex is no longer than this."""
_MOST = 0.8
"""The share of notes without a heading that marks in the text must vouch for."""
ATTACHED = re.compile(
    r"^[^。;!?]{0,40}(?:名词|词语|术语)(?:解释|注释|释义)"
    rf"(?:[^。;!?]{{0,12}}\.(?:docx?|wps|pdf|ofd|txt|zip)\W*|{ELSEWHERE})$"
)
"""A line that names a file with the notes, which a page links to."""
_SIGN = (
    rf"[{''.join(CIRCLED)}]|[\[〔【]\s*\d{{1,3}}\s*[\]〕】]"
    r"|[\[(〔【]?(?:见|详见|参见)?附?注\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
)
_AS_MARK = re.compile(rf"(?<=[^\s。;:,、])(?:{_SIGN})|(?<=[”」\"])\(\s*\d{{1,3}}\s*\)")
_AS_MARKER = re.compile(_SIGN)
_FIGURES = ("dot", "dotted", "parenthesised", "half-parenthesised", "bare", "noted")
"""Families of markers that a list may have whose marks in the text are others: 1. for [1]."""


Glossary = tuple[Appendix, EntryList]
"""Where a glossary stands, and its notes."""


def find_glossaries(sheet: AppendixText) -> tuple[Glossary, ...]:
    """Find the glossaries in the lines of a text: the one that counts as the report's, then all others.

    A heading alone is not enough: a table of contents and a sentence in the body name the glossary too. Of
    several headings with notes behind them the one with most defined notes is taken, then the last. Others are further
    glossaries, such as those behind each chapter, if their notes are as good.
    """
    found = [*_tables(sheet, sheet.start)]
    if not found:
        found = [*_headed(sheet)] or [*_endnotes(sheet)] or [*_unannounced(sheet)]
        found = [one for one in found if not _are_caveats(sheet, one[1].entries)]
    if not found:
        return ()
    best = max(found, key=lambda glossary: (glossary[1].defined, glossary[0].start))
    last = {notes.entries[-1].number for _, notes in found}
    others = (one for one in found if one is not best and _is_whole(one[1], last) and _apart(one[0], best[0]))
    return best, *others


def unread_headings(sheet: AppendixText, read: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """Yield a finding for the last heading that says that words are explained, if no note at all was read, or hardly
    any of the sentences right behind it.

    `read` are the spans of all notes. A line of a table of contents has no text of its own behind it.
    """
    said = [i for i, line in enumerate(sheet.lines) if says_that_words_are_explained(sheet.squeezed(line))]
    if read and not (said and _is_passed_over(sheet, said[-1], read)):
        return
    headings = sorted({*said, *(i for i in sheet.headings if _counts_on(sheet, i))})
    behind = sheet.lines[headings[-1] + 1 :] if headings else []
    if headings and (
        len(behind) not in range(1, _LEAST_BEHIND) or sum(len(one.text) for one in behind) >= _LEAST_SIGNS
    ):
        line = sheet.lines[headings[-1]]
        yield Finding(
            "glossary-not-understood",
            Message(
                "little-behind-it-was-understood" if read else "nothing-behind-it-was-understood", heading=line.text
            ),
            line.start,
            line.end,
        )
    elif attached := next((line for line in reversed(sheet.lines) if ATTACHED.search(sheet.squeezed(line))), None):
        yield Finding(
            "glossary-not-understood",
            Message("its-notes-are-in-another-file", name=attached.text),
            attached.start,
            attached.end,
        )


def _is_passed_over(sheet: AppendixText, heading: int, read: Sequence[tuple[int, int]]) -> bool:
    """Tell whether of the lines right behind a heading few are notes, and several more are sentences."""
    lines = sheet.lines[heading + 1 : heading + 1 + _RIGHT_BEHIND]
    unread = [line for line in lines if not any(begin < line.end and line.start < end for begin, end in read)]
    sentences = sum(len(line.text) >= _LEAST_SAID and line.text.endswith("。") for line in unread)
    notes = sum(lines[0].start <= begin < lines[-1].end for begin, _ in read) if lines else 0
    return sentences >= _LEAST_PASSED and sentences > notes * _LEAST_BEHIND


def _counts_on(sheet: AppendixText, heading: int) -> bool:
    """Tell whether the lines right behind a heading that says no more than 注释 are numbered 1 and 2."""
    behind = [sheet.marker(i) for i in (heading + 1, heading + 2)]
    return [marker.number for marker in behind if marker] == [1, 2]


def notes_alone(text: str, plain: str) -> tuple[Glossary, ...]:
    """Read a text that is called 名词解释 and is nothing but notes, from its first line on."""
    notes = read_entries(AppendixText(text, plain, 0), 0)
    return ((Appendix(notes.entries[0].start, notes.end, notes.layout), notes),) if notes.defined > 1 else ()


def _headed(sheet: AppendixText) -> Iterator[Glossary]:
    """Yield the lists of notes behind a heading, none of which reaches into the next."""
    ends = 0
    for i in sheet.headings[-_MOST_HEADINGS:]:
        if sheet.lines[i].start < ends or sheet.is_of_contents(i):
            continue
        notes = read_entries(sheet, i + 1)
        if notes.defined:
            ends = notes.end
            yield Appendix(_with_annex_line(sheet, i), notes.end, notes.layout), notes


def _are_caveats(sheet: AppendixText, notes: Sequence[Entry]) -> bool:
    """Tell whether most notes say how figures were counted, 注：1.甲：按可比价格计算, of words that nobody quotes."""
    terms = [term for entry in notes for term in entry.terms if not sheet.phrases.is_quoted(term.name, notes[0].start)]
    said = ("".join(sheet.plain[term.definition.start : term.definition.end].split()) for term in terms)
    return sum(patterns.matches("appendix", "caveats", one) for one in said) > len(notes) / 2


def _is_whole(notes: EntryList, last: Collection[int | None]) -> bool:
    """Tell whether every note of a list has name and explanation, and they count from one on if they are numbered, or
    from the `last` number of another list.
    """
    numbers = [entry.number for entry in notes.entries if entry.number is not None]
    first = numbers[0] if numbers and numbers[0] - 1 in last else 1
    return notes.defined == len(notes.entries) and numbers in ([], [*range(first, first + len(numbers))])


def _apart(one: Appendix, other: Appendix) -> bool:
    return one.end <= other.start or other.end <= one.start


def _tables(sheet: AppendixText, start: int) -> Iterator[Glossary]:
    """Yield the glossaries that are set as tables."""
    for table in tables_in(sheet.text, start):
        before = bisect_left(sheet.lines, table.start, key=lambda line: line.start) - 1
        while before >= 0 and DRAWN.fullmatch(sheet.lines[before].text):
            before -= 1
        heading = before if before >= 0 and sheet.is_heading(sheet.lines[before]) else None
        entries = read_table(sheet.text, sheet.plain, table, headed=heading is not None)
        if not entries and heading is None and not is_of_tasks(sheet.text, sheet.plain, table):
            entries = _of_quoted(sheet, read_table(sheet.text, sheet.plain, table, headed=True))
        findings = (*unexplained(entries), *_passed_over(sheet, table), *_unread_rows(sheet, table, entries))
        notes = EntryList(entries, table.end, "table", findings if entries else ())
        if notes.defined:
            begin = _with_annex_line(sheet, heading) if heading is not None else table.start
            yield Appendix(begin, notes.end, notes.layout), notes


def _passed_over(sheet: AppendixText, table: GlossaryTable) -> Iterator[Finding]:
    """Yield a finding for each row of one cell that is a name, for the text before the table quotes it."""
    for start, end in table.lines:
        line = trimmed(sheet.text, start, end)
        if line and sheet.phrases.is_quoted(line.text.strip(QUOTES), table.start):
            yield Finding("entry-not-understood", Message("entry-has-no-definition", marker=line.text), start, end)


def _unread_rows(sheet: AppendixText, table: GlossaryTable, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Yield a finding for each row of several cells, one of which may explain something, that no note was read from."""
    for start, end in table.lines:
        cells = [cell for cell in map(str.strip, sheet.text[start:end].split("\t")) if cell]
        before = bisect_left(entries, end, key=lambda entry: entry.start) - 1
        is_read = before >= 0 and entries[before].end > start
        if len(cells) > 1 and not is_read and max(map(len, cells)) >= _LEAST_SAID:
            yield Finding("entry-not-understood", Message("entry-has-no-definition", marker=cells[0]), start, end)


def _of_quoted(sheet: AppendixText, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the rows of a table if the text before it quotes the names of all but the first, its header; else none."""
    names = [entry.terms[0].name if len(entry.terms) == 1 else "" for entry in entries]
    quoted = [sheet.phrases.is_quoted(name, entries[0].start) for name in names] or [False]
    return tuple(entries[not quoted[0] :]) if all(quoted[1:]) and sum(quoted) >= _LEAST_QUOTED else ()


def _endnotes(sheet: AppendixText) -> Iterator[Glossary]:
    """Yield the notes behind the text or a chapter without any heading: nearly all signs of a list stand as marks
    before it, behind the list before."""
    firsts = [i for i in range(len(sheet.lines)) if _could_be_first(sheet, i)][-_MOST_ENDNOTES:]
    marks = [(found.start(), _bare_sign(found[0])) for found in _AS_MARK.finditer(sheet.plain)] if firsts else []
    firsts = firsts if marks else []
    before = 0
    while firsts:
        i = firsts.pop(0)
        line = sheet.lines[i]
        if line.start < before:
            continue
        notes = read_entries(sheet, i)
        signs = [
            _bare_sign(found[0]) for entry in notes.entries if (found := _AS_MARKER.match(sheet.plain, entry.start))
        ]
        seen = [sign for at, sign in marks if before <= at < line.start]
        known = set(seen)
        are_marked = sum(sign in known for sign in signs) >= _MOST * len(notes.entries)
        if notes.defined > 1 and (are_marked or _are_counted(notes.entries, seen)):
            yield Appendix(line.start, notes.end, notes.layout), notes
            before = notes.end
            firsts = sorted({*firsts, *_counting_on(sheet, i, notes)})


def _counting_on(sheet: AppendixText, first: int, notes: EntryList) -> Iterator[int]:
    """Yield the number of the next line that counts on from the last note of a list, as the next chapter's does."""
    begun, last = sheet.marker(first), notes.entries[-1].number
    for i in range(first + 1, len(sheet.lines)):
        marker = sheet.marker(i) if sheet.lines[i].start >= notes.end else None
        if begun and last and marker and (marker.family, marker.number) == (begun.family, last + 1):
            yield i
            return


def _are_counted(notes: Sequence[Entry], signs: Sequence[str]) -> bool:
    """Tell whether the text has a mark for every note, and no other, in the order of their numbers: [1] for 1."""
    numbers = [number_of(sign) for sign in dict.fromkeys(signs)]
    return numbers == [note.number for note in notes] == list(range(1, len(numbers) + 1))


def _unannounced(sheet: AppendixText) -> Iterator[Glossary]:
    """Yield the last list behind the text that no heading announces, or one whose words nobody knows, if the text
    before it quotes the names of most of its notes.
    """
    firsts = [i for i, line in enumerate(sheet.lines) if _begins_list(sheet, i)][-_MOST_ENDNOTES:]
    tables = [one for one in tables_in(sheet.text, sheet.start) if is_of_tasks(sheet.text, sheet.plain, one)]
    for i in reversed(firsts):
        if any(one.start <= sheet.lines[i].start < one.end for one in tables) or _is_of_works(sheet, i - 1):
            continue
        notes = read_entries(sheet, i)
        names = [entry.terms[0].name.strip(QUOTES) for entry in notes.entries if entry.terms]
        quoted = sum(sheet.phrases.is_quoted(name, sheet.lines[i].start) for name in names)
        if quoted >= max(_LEAST_QUOTED, _MOST_QUOTED * len(notes.entries)):
            yield Appendix(sheet.lines[i].start, notes.end, notes.layout), notes
            return


def _is_of_works(sheet: AppendixText, number: int) -> bool:
    """Tell whether a line is the title of a list of works and tasks, which says what is done, not what words mean."""
    squeezed = sheet.squeezed(sheet.lines[number]) if number >= 0 else ""
    is_title = 0 < len(squeezed) <= _LONGEST_TITLE and patterns.matches("appendix", "works", squeezed)
    return is_title and not sheet.is_heading(sheet.lines[number])


def _begins_list(sheet: AppendixText, number: int) -> bool:
    """Tell whether a line is numbered 1 and explains a word."""
    marker, line = sheet.marker(number), sheet.lines[number]
    if marker is None or marker.number != 1:
        return False
    head = split_head(sheet.plain, marker.end, line.end)
    return head is not None and head.definition < line.end


def _bare_sign(sign: str) -> str:
    """Return the sign of a note without what encloses it: 注1 is marked (注1)."""
    return sign.strip("()[]〔〕【】见详参附注 ")


def _could_be_first(sheet: AppendixText, number: int) -> bool:
    marker = sheet.marker(number)
    if marker is None or marker.number != 1:
        return False
    return marker.family in _FIGURES or _AS_MARKER.match(sheet.plain, sheet.lines[number].start) is not None


def _with_annex_line(sheet: AppendixText, heading: int) -> int:
    """Return where the glossary begins: at its heading, or at the line 附件 before that."""
    before = sheet.lines[heading - 1] if heading else None
    if before and len(before.text) <= 8 and sheet.squeezed(before).startswith("附"):
        return before.start
    return sheet.lines[heading].start
