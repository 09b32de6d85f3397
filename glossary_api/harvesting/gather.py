"""From files to reports: read, put together what belongs together, parse, count each report once.

Every document of every file ends as a `HarvestedFile`: as a report, a part of one, a further source of one, or refused
with a reason.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from math import floor
from pathlib import Path
from typing import Any

from glossary_api.harvesting.desk import Desk
from glossary_api.harvesting.manifest import ManifestRow
from glossary_api.harvesting.readings import (
    Documents,
    Facts,
    Loaded,
    Reading,
    Seen,
    SeenFile,
    facts_of,
    hosts,
    is_attachment,
    plain_facts,
)
from glossary_api.harvesting.sameness import copies, differences
from glossary_api.harvesting.taking import Taken, TakenFile, printable, take
from glossary_api.harvesting.together import Portion, Whole, paged
from glossary_api.model.files import HarvestedFile
from glossary_api.model.messages import Message
from glossary_api.model.things import Document, Failure, ParsedReport, Report
from glossary_api.model.words import COPY, NO_REPORT, PART, RECORD, REFUSED, REPORT
from glossary_api.parsing.labels import place_named
from glossary_api.reading.read import printable_name, printable_path
from glossary_api.text.places import lies_in
from glossary_api.text.printed_places import Division

Progress = Callable[[str | Message, float], None]
"""Called with a file or stage before it begins, and the share of the harvest that is done by then, 0 to 1."""
READ, COMPARED = 0.25, 0.45
"""Shares of a harvest by which all files are read and parsed, and all reports compared with each other."""
_DOUBTFUL = {
    "entry-not-understood": "entries-of-glossary-were-not-understood",
    "glossary-not-understood": "its-glossary-was-not-understood",
    "reading-in-doubt": "its-reading-is-in-doubt",
    "marks-without-notes": "it-has-marks-and-no-notes",
    "orphan-mark": "marks-have-no-note",
}
"""Findings of the parser that say that something was not understood, or is not there."""
_MAY_EXPLAIN = {
    "comment": "its-comments-were-left-out",
    "hidden": "what-it-hides-was-left-out",
    "header": "its-headers-were-left-out",
    "footer": "its-footers-were-left-out",
    "sheet": "its-other-sheets-were-left-out",
}
"""What a file does not print, or on every page, may explain words all the same where it is so long."""
_MUCH = 150
_SHORT = 500
"""Characters that hardly any report is shorter than."""


@dataclass(slots=True)
class Gathered:
    """The reports and the accounts of files gathered so far."""

    reports: Sequence[ParsedReport] = ()
    failures: list[Failure] = field(default_factory=list)
    files: list[HarvestedFile] = field(default_factory=list)
    prints: dict[str, bytes] = field(default_factory=dict)
    """What tells each report, by id, from what another harvest has under its id."""
    seen: dict[bytes, tuple[tuple[Document, int, tuple[Any, ...]], ...]] = field(default_factory=dict)
    """By key, what was seen in files that the cache has."""

    def released(self) -> Sequence[ParsedReport]:
        """Return the reports, which are not held here any longer."""
        reports, self.reports = self.reports, ()
        return reports

    def without(self, known: Collection[str]) -> Iterator[ParsedReport]:
        """Yield the reports whose ids are not among those that are known; no other one is read for that."""
        for at, identity in enumerate(self.prints):
            if identity not in known:
                yield self.reports[at]

    def refuse(self, name: str, message: Message, pieces: Sequence[Portion] = ()) -> None:
        """List a file, or the pieces of one, as refused.

        It goes by its name in the harvest: where its folder stands is no part of an edition.
        """
        self.failures.append(Failure(printable(name), message))
        self.files += (
            [replace(_file(piece), outcome=REFUSED, reason=message) for piece in pieces]
            if pieces
            else [HarvestedFile(printable(name), REFUSED, reason=message)]
        )


def gather(
    files: Mapping[str, Path],
    rows: Mapping[str, ManifestRow],
    progress: Progress,
    taken: Iterable[TakenFile | SeenFile],
    desk: Desk | None = None,
) -> Gathered:
    """Make reports of files, given by the names that they go by; `rows` are those of a manifest, by the same names.

    `taken` says what is in each file, in the same order.
    """
    found, desk = Gathered(), desk or Desk()
    described: list[Callable[[Sequence[Taken]], Portion]] = []
    keys: list[tuple[bytes, int] | None] = []
    source = Documents(_documents(files, rows, described, found, progress, taken, keys), desk)
    progress(Message("stage-parsing"), READ)
    facts = source.facts(desk)
    portions = [described_as(source) for described_as in described]
    found.seen = dict(_seen(portions, facts, keys))
    wholes = paged(portions)
    readings = _attached(list(_read(wholes, facts, found, desk)))
    progress(Message("stage-comparing"), READ)
    chosen = sorted(_without_copies(list(_distinct(readings, found)), found), key=lambda one: one.report.id)
    for reading in chosen:
        found.files += _files(reading)
    found.reports = Loaded(chosen)
    found.prints = {reading.report.id: _print(reading) for reading in chosen}
    found.files.sort(key=lambda file: (file.name, file.outcome))
    progress(Message("stage-merging"), COMPARED)
    return found


def _seen(
    portions: Sequence[Portion], facts: Sequence[Facts], keys: Sequence[tuple[bytes, int] | None]
) -> Iterator[tuple[bytes, tuple[tuple[Document, int, tuple[Any, ...]], ...]]]:
    """Yield the keys of files with what was seen in them, given for each portion the key and the number of documents
    of its file; a file of which a document is no portion is passed over.
    """
    for kept, group in groupby(zip(keys, portions, facts, strict=True), key=lambda one: one[0]):
        seen = tuple((piece.document, piece.chars, plain_facts(one)) for _, piece, one in group)
        if kept is not None and len(seen) == kept[1]:
            yield kept[0], seen


def _documents(
    files: Mapping[str, Path],
    rows: Mapping[str, ManifestRow],
    described: list[Callable[[Sequence[Taken]], Portion]],
    found: Gathered,
    progress: Progress,
    taken: Iterable[TakenFile | SeenFile],
    keys: list[tuple[bytes, int] | None],
) -> Iterator[Taken | Seen]:
    """Yield every document of every file but those that a manifest leaves out, with what was seen in it.

    What makes a portion of it, once it is known where it is kept, goes to `described`; to `keys` what its file is known
    by, and how many documents that has.
    """
    for number, ((name, path), file) in enumerate(zip(files.items(), taken, strict=True)):
        progress(name, READ * number / len(files))
        for one in file.found:
            if isinstance(one, Failure):
                found.refuse(f"{name}{one.path.removeprefix(printable_path(path))}", one.message)
                continue
            within = one.document.name.removeprefix(printable_name(path.name))
            own = printable(name) + within
            chars = one.chars if isinstance(one, Seen) else len(one.document.text)
            light = replace(one.document, text="")
            row = rows.get(own) or rows.get(name)
            if row and row.genre == NO_REPORT:
                reason = Message("manifest-says-no-report")
                piece = Portion(path, own, light, chars, (), 0, row, within)
                found.files.append(replace(_file(piece), outcome=REFUSED, reason=reason))
                continue
            keys.append((file.key, len(file.found)) if file.key else None)
            described.append(partial(Portion, path, own, light, chars, at=len(described), row=row, within=within))
            yield one
        if file.refusal:
            found.refuse(name, file.refusal)


def _read(wholes: Sequence[Whole], alone: Sequence[Facts], found: Gathered, desk: Desk) -> Iterator[Reading]:
    """Yield the wholes that are reports, those of several pieces parsed anew.

    A file of many records of which none is a report is refused in one line.
    """
    refused: defaultdict[Path, list[tuple[Whole, Message]]] = defaultdict(list)
    records = Counter(whole.pieces[0].path for whole in wholes)
    again = [whole for whole in wholes if _is_taken_again(whole, alone)]
    source = desk.keep_over(_again, again)
    anew = {
        id(whole): (facts, at) for at, (whole, facts) in enumerate(zip(again, desk.over(facts_of, source), strict=True))
    }
    for whole in wholes:
        first = whole.pieces[0]
        facts, at = anew.get(id(whole)) or (alone[first.at], first.at)
        if facts.report is None:
            refused[first.path].append((whole, facts.refusal or Message("program-failed", what="")))
        else:
            kept = source if id(whole) in anew else first.source
            yield Reading(_corrected(facts.report, whole), whole, facts, kept, at)
    for path, those in refused.items():
        first = those[0][0].pieces[0]
        if len(those) == records[path] > 1 and not first.document.container:
            name = first.name.removesuffix(first.within)
            found.refuse(name, Message("none-of-records-is-report", count=records[path]))
            continue
        for whole, message in those:
            found.refuse(whole.pieces[0].name, message, whole.pieces)


def _is_taken_again(whole: Whole, alone: Sequence[Facts]) -> bool:
    """Tell whether the first piece by itself reads otherwise than the whole, so that the whole is parsed."""
    first = whole.pieces[0]
    return len(whole.pieces) > 1 or (alone[first.at].no_report and bool(first.row and first.row.genre))


def _again(whole: Whole) -> Taken:
    """Parse a whole; one that its manifest calls a report is read as one, though it may not look so."""
    taken, row = take(whole.document), whole.pieces[0].row
    return take(taken.document, draft=True) if taken.no_report and row and row.genre else taken


def _corrected(report: Report, whole: Whole) -> Report:
    """Return a report with what its record and its manifest say of it."""
    row = whole.pieces[0].row
    if address := _address(whole.pieces[0]):
        guessed = (*report.guessed, ("address", RECORD))
        report = replace(report, address=address, guessed=tuple(sorted(guessed)))
    return row.corrected(report) if row else report


def _address(piece: Portion) -> str | None:
    """Return where the record of a piece says that it stands on the web."""
    said = dict(piece.document.record).get("address", "")
    return said if said.startswith(("http://", "https://")) else None


def _attached(readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings, glossaries that are files of their own joined to the one report that they belong to."""
    placed = {id(reading): reading for reading in readings}
    reports = [one for one in readings if not is_attachment(one)]
    for notes in readings:
        row = notes.whole.pieces[0].row
        if not is_attachment(notes) or (row and row.alone):
            continue
        hosting = list(hosts(notes, [one for one in reports if placed[id(one)] is one]))
        joined = _joined(hosting[0], notes) if len({_of_one(one) for one in hosting}) == 1 else None
        if joined:
            placed[id(hosting[0])] = joined
            del placed[id(notes)]
        else:
            placed[id(notes)] = replace(notes, whole=_doubted(notes.whole, hosting))
    return list(placed.values())


def _of_one(reading: Reading) -> tuple[str | None, int | None]:
    """Return what reports that are sources of one have in common."""
    return reading.report.place, reading.report.year


def _joined(report: Reading, notes: Reading) -> Reading | None:
    """Return a report with its notes behind it; None if its parser does not find them there."""
    whole = replace(report.whole, pieces=(*report.whole.pieces, *notes.whole.pieces))
    taken = _again(whole)
    facts = facts_of(taken)
    if facts.report is None or facts.entries < notes.facts.entries:
        return None
    return Reading(_corrected(facts.report, whole), whole, facts, (taken,), 0)


def _doubted(whole: Whole, hosting: Sequence[Reading]) -> Whole:
    if not hosting:
        return replace(whole, doubts=(*whole.doubts, Message("it-is-glossary-without-report")))
    names = ", ".join(one.whole.pieces[0].name for one in hosting)
    return replace(whole, doubts=(*whole.doubts, Message("it-may-belong-to", names=names)))


def _distinct(readings: Sequence[Reading], found: Gathered) -> Iterator[Reading]:
    """Yield each report once, each id once: a file that is byte for byte another is a further source of it, a second
    file of a name gets the beginning of its digest behind its id.
    """
    ordered = sorted(readings, key=lambda one: (one.report.id, one.report.sha256, one.whole.pieces[0].name))
    first = {one.report.sha256: one for one in reversed(ordered)}
    named = Counter(one.report.id for one in first.values())
    for one in ordered:
        kept = first[one.report.sha256].report
        identity = kept.id if named[kept.id] == 1 else f"{kept.id}-{kept.sha256[:6]}"
        if first[one.report.sha256] is not one:
            found.files += _further(one, identity, Message("the-same-file"))
            continue
        yield replace(one, report=replace(one.report, id=identity))


def _without_copies(readings: Sequence[Reading], found: Gathered) -> Iterator[Reading]:
    """Yield each report once: a file that has the text of another is a further source of it."""
    by_id = {one.report.id: one for one in readings}
    for copy in copies(one.sampled for one in readings):
        one = by_id.pop(copy.report.id)
        said, number = differences(copy.kept.text, copy.report.text)
        files = _further(one, copy.kept.id, Message("share-of-its-text", share=floor(100 * copy.share) / 100))
        found.files += [replace(files[0], differences=said, different=number), *files[1:]]
    yield from by_id.values()


def _print(reading: Reading) -> bytes:
    """Return a digest of what decides what a report is parsed to, the program aside."""
    pieces = [(piece.document, piece.chars) for piece in reading.whole.pieces]
    return hashlib.sha256(repr((reading.report, pieces)).encode("utf-8", "surrogatepass")).digest()


def _further(one: Reading, report: str, reason: Message) -> list[HarvestedFile]:
    """Return the files of a further source of a report."""
    return [replace(file, outcome=COPY, report=report, reason=reason) for file in _files(one)]


def _files(reading: Reading) -> list[HarvestedFile]:
    """Return a file for each piece of a reading: the report, then its parts."""
    report, whole = reading.report, reading.whole
    main, *parts = (_file(piece) for piece in whole.pieces)
    left_out = (*main.left_out, *reading.facts.left_out)
    doubts = (*whole.doubts, *_doubts(reading))
    said = {name: getattr(report, name) for name in ("id", "genre", "title", "place", "year", "date", "address")}
    made = [replace(main, outcome=REPORT, report=report.id, left_out=left_out, doubts=doubts, **said)]
    for piece, file in zip(whole.pieces[1:], parts, strict=True):
        out = (*file.left_out, *whole.repeated(piece))
        made.append(replace(file, report=report.id, left_out=out, part_of=main.name))
    return made


def _file(piece: Portion) -> HarvestedFile:
    document = piece.document
    address = (piece.row.address if piece.row else None) or _address(piece)
    return HarvestedFile(piece.name, PART, None, document.format, piece.chars, document.left_out, address=address)


def _doubts(reading: Reading) -> Iterator[Message]:
    """Return what a person should look at in a report."""
    report, chars = reading.report, reading.sampled.chars
    if report.place is None:
        yield Message("its-place-is-not-known")
    elif named := _named_otherwise(reading):
        yield Message("its-name-says-another-place", name=named.name, place=report.place)
    if report.year is None:
        yield Message("its-year-is-not-known")
    if chars < _SHORT:
        yield Message("it-is-short", count=chars)
    if report.ocr:
        yield Message("characters-were-recognised", count=sum(end - start for start, end in report.ocr))
    if reading.facts.damaged:
        yield Message("characters-are-damaged", count=reading.facts.damaged)
    for left in reading.whole.pieces[0].document.left_out:
        if left.reason in _MAY_EXPLAIN and left.characters >= _MUCH:
            yield Message(_MAY_EXPLAIN[left.reason], count=left.characters)
    counts = reading.facts.findings
    yield from (Message(code, count=counts[kind]) for kind, code in _DOUBTFUL.items() if counts[kind])


def _named_otherwise(reading: Reading) -> Division | None:
    """Return the place that the name of a file states if the text states one apart from it; a person's word settles
    it.
    """
    first, code = reading.whole.pieces[0], reading.report.place_code
    if "place" in dict(reading.report.guessed) or (first.row and first.row.place):
        return None
    named = place_named(first.document)
    apart = named and named.code and code and not (lies_in(code, named.code) or lies_in(named.code, code))
    return named if apart else None
