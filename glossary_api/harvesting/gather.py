"""From files to reports: read, put together what belongs together, parse, count each report once.

Every document of every file ends as a `HarvestedFile`: as a report, a part of one, a further source of one, or refused
with a reason.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import floor
from pathlib import Path

from glossary_api.harvesting.manifest import ManifestRow
from glossary_api.harvesting.sameness import copies, differences
from glossary_api.harvesting.taking import Taken, TakenFile, printable, take
from glossary_api.harvesting.together import Portion, Whole, hosts, is_attachment, paged
from glossary_api.model.files import HarvestedFile, LeftOut
from glossary_api.model.messages import Message
from glossary_api.model.things import Failure, ParsedReport
from glossary_api.model.words import ANNEX, COPY, NO_REPORT, PART, RECORD, REFUSED, REPORT
from glossary_api.reading.read import printable_name, printable_path

Progress = Callable[[str | Message, float], None]
"""Called with a file or stage before it begins, and the share of the harvest that is done by then, 0 to 1."""
READ, COMPARED = 0.25, 0.45
"""Shares of a harvest by which all files are read and parsed, and all reports compared with each other."""
_DOUBTFUL = {
    "entry-not-understood": "entries-of-glossary-were-not-understood",
    "glossary-not-understood": "its-glossary-was-not-understood",
    "marks-without-notes": "it-has-marks-and-no-notes",
    "orphan-mark": "marks-have-no-note",
}
"""Findings of the parser that say that something was not understood, or is not there."""
_SHORT = 500
"""Characters that hardly any report is shorter than."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as parsed, with the pieces it was made of."""

    parsed: ParsedReport
    whole: Whole


@dataclass(slots=True)
class Gathered:
    """Hold what became of the files so far."""

    reports: list[ParsedReport] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    files: list[HarvestedFile] = field(default_factory=list)

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
    files: Mapping[str, Path], rows: Mapping[str, ManifestRow], progress: Progress, taken: Iterable[TakenFile]
) -> Gathered:
    """Make reports of files, given by the names that they go by; `rows` are those of a manifest, by the same names.

    `taken` says what is in each file, in the same order.
    """
    found = Gathered()
    pieces = list(_pieces(files, rows, found, progress, taken))
    progress(Message("stage-parsing"), READ)
    alone = {id(piece): one for piece, one in pieces}
    readings = _attached(list(_parsed(paged([piece for piece, _ in pieces]), alone, found)))
    progress(Message("stage-comparing"), READ)
    kept = list(_without_copies(list(_distinct(readings, found)), found))
    for reading in kept:
        found.files += _files(reading)
        found.reports.append(reading.parsed)
    found.files.sort(key=lambda file: (file.name, file.outcome))
    progress(Message("stage-merging"), COMPARED)
    return found


def _pieces(
    files: Mapping[str, Path],
    rows: Mapping[str, ManifestRow],
    found: Gathered,
    progress: Progress,
    taken: Iterable[TakenFile],
) -> Iterator[tuple[Portion, Taken]]:
    """Every document of every file but those that a manifest leaves out, with what was seen in it."""
    for number, ((name, path), file) in enumerate(zip(files.items(), taken, strict=True)):
        progress(name, READ * number / len(files))
        for one in file.found:
            if isinstance(one, Failure):
                found.refuse(f"{name}{one.path.removeprefix(printable_path(path))}", one.message)
                continue
            within = one.document.name.removeprefix(printable_name(path.name))
            own = printable(name) + within
            piece = Portion(path, own, one.document, rows.get(own) or rows.get(name), within)
            if piece.row and piece.row.genre == NO_REPORT:
                reason = Message("manifest-says-no-report")
                found.files.append(replace(_file(piece), outcome=REFUSED, reason=reason))
            else:
                yield piece, one
        if file.refusal:
            found.refuse(name, file.refusal)


def _parsed(wholes: Sequence[Whole], alone: Mapping[int, Taken], found: Gathered) -> Iterator[Reading]:
    """The wholes that are reports, those of several pieces parsed anew.

    A file of many records of which none is a report is refused in one line.
    """
    refused: defaultdict[Path, list[tuple[Whole, Message]]] = defaultdict(list)
    records = Counter(whole.pieces[0].path for whole in wholes)
    for whole in wholes:
        parsed = _parse(whole, alone[id(whole.pieces[0])] if len(whole.pieces) == 1 else take(whole.document))
        if isinstance(parsed, Message):
            refused[whole.pieces[0].path].append((whole, parsed))
        else:
            yield Reading(parsed, whole)
    for path, those in refused.items():
        first = those[0][0].pieces[0]
        if len(those) == records[path] > 1 and not first.document.container:
            name = first.name.removesuffix(first.within)
            found.refuse(name, Message("none-of-records-is-report", count=records[path]))
            continue
        for whole, message in those:
            found.refuse(whole.pieces[0].name, message, whole.pieces)


def _parse(whole: Whole, taken: Taken) -> ParsedReport | Message:
    """What is seen in a whole, corrected by its manifest, or why it is no report if the manifest does not say it is."""
    row = whole.pieces[0].row
    if taken.no_report and row and row.genre:
        taken = take(taken.document, draft=True)
    parsed = taken.parsed
    if parsed is None:
        return taken.refusal or Message("program-failed", what="")
    if address := _address(whole.pieces[0]):
        guessed = (*parsed.report.guessed, ("address", RECORD))
        parsed = replace(parsed, report=replace(parsed.report, address=address, guessed=tuple(sorted(guessed))))
    return row.corrected(parsed) if row else parsed


def _address(piece: Portion) -> str | None:
    """Where the record of a piece says that it stands on the web."""
    said = dict(piece.document.record).get("address", "")
    return said if said.startswith(("http://", "https://")) else None


def _attached(readings: Sequence[Reading]) -> list[Reading]:
    """The readings, glossaries that are files of their own joined to the one report that they belong to."""
    placed = {id(reading): reading for reading in readings}
    reports = [one for one in readings if not is_attachment(one.parsed)]
    for notes in readings:
        row = notes.whole.pieces[0].row
        if not is_attachment(notes.parsed) or (row and row.alone):
            continue
        near = [(one.parsed, one.whole.pieces[0].path) for one in reports if placed[id(one)] is one]
        fitting = {id(found) for found in hosts(notes.parsed, notes.whole.pieces[0].path, near)}
        hosting = [one for one in reports if id(one.parsed) in fitting]
        joined = _joined(hosting[0], notes) if len({_of_one(one) for one in hosting}) == 1 else None
        if joined:
            placed[id(hosting[0])] = joined
            del placed[id(notes)]
        else:
            placed[id(notes)] = replace(notes, whole=_doubted(notes.whole, hosting))
    return list(placed.values())


def _of_one(reading: Reading) -> tuple[str | None, int | None]:
    """Return what reports that are sources of one have in common."""
    return reading.parsed.report.place, reading.parsed.report.year


def _joined(report: Reading, notes: Reading) -> Reading | None:
    """A report with its notes behind it; None if its parser does not find them there."""
    whole = replace(report.whole, pieces=(*report.whole.pieces, *notes.whole.pieces))
    parsed = _parse(whole, take(whole.document))
    if isinstance(parsed, Message) or len(parsed.entries) < len(notes.parsed.entries):
        return None
    return Reading(parsed, whole)


def _doubted(whole: Whole, hosting: Sequence[Reading]) -> Whole:
    if not hosting:
        return replace(whole, doubts=(*whole.doubts, Message("it-is-glossary-without-report")))
    names = ", ".join(one.whole.pieces[0].name for one in hosting)
    return replace(whole, doubts=(*whole.doubts, Message("it-may-belong-to", names=names)))


def _distinct(readings: Sequence[Reading], found: Gathered) -> Iterator[Reading]:
    """Each report once, each id once: a file that is byte for byte another is a further source of it, a second file
    of a name gets the beginning of its digest behind its id."""
    ordered = sorted(
        readings, key=lambda one: (one.parsed.report.id, one.parsed.report.sha256, one.whole.pieces[0].name)
    )
    first = {one.parsed.report.sha256: one for one in reversed(ordered)}
    named = Counter(one.parsed.report.id for one in first.values())
    for one in ordered:
        report = one.parsed.report
        kept = first[report.sha256].parsed.report
        unique = named[kept.id] == 1
        identity = kept.id if unique else f"{kept.id}-{kept.sha256[:6]}"
        if first[report.sha256] is not one:
            found.files += _further(one, identity, Message("the-same-file"))
            continue
        yield replace(one, parsed=replace(one.parsed, report=replace(report, id=identity)))


def _without_copies(readings: Sequence[Reading], found: Gathered) -> Iterator[Reading]:
    """Each report once: a file that has the text of another is a further source of it."""
    by_id = {one.parsed.report.id: one for one in readings}
    for copy in copies([one.parsed for one in readings]):
        one = by_id.pop(copy.report.id)
        said, number = differences(copy.kept.text, copy.report.text)
        files = _further(one, copy.kept.id, Message("share-of-its-text", share=floor(100 * copy.share) / 100))
        found.files += [replace(files[0], differences=said, different=number), *files[1:]]
    yield from by_id.values()


def _further(one: Reading, report: str, reason: Message) -> list[HarvestedFile]:
    """The files of a further source of a report."""
    return [replace(file, outcome=COPY, report=report, reason=reason) for file in _files(one)]


def _files(reading: Reading) -> list[HarvestedFile]:
    """A file for each piece of a reading: the report, then its parts."""
    parsed, whole = reading.parsed, reading.whole
    main, *parts = (_file(piece) for piece in whole.pieces)
    left_out = (*main.left_out, *_no_part(parsed))
    doubts = (*whole.doubts, *_doubts(parsed))
    said = {name: getattr(parsed.report, name) for name in ("id", "genre", "title", "place", "year", "date", "address")}
    made = [replace(main, outcome=REPORT, report=parsed.report.id, left_out=left_out, doubts=doubts, **said)]
    for piece, file in zip(whole.pieces[1:], parts, strict=True):
        out = (*file.left_out, *whole.repeated(piece))
        made.append(replace(file, report=parsed.report.id, left_out=out, part_of=main.name))
    return made


def _file(piece: Portion) -> HarvestedFile:
    document = piece.document
    address = (piece.row.address if piece.row else None) or _address(piece)
    return HarvestedFile(
        piece.name, PART, None, document.format, len(document.text), document.left_out, address=address
    )


def _no_part(parsed: ParsedReport) -> Iterator[LeftOut]:
    """Return what stands behind the title of a report and is neither body nor glossary."""
    spans = [*parsed.body, *((entry.start, entry.end) for entry in parsed.entries)]
    spans += [(parsed.appendix.start, parsed.appendix.end)] if parsed.appendix else []
    text, done = parsed.report.text, min((start for start, _ in spans), default=0)
    others: list[int] = []
    for start, end in sorted(spans):
        others.append(len("".join(text[done:start].split())))
        done = max(done, end)
    others.append(len("".join(text[done:].split())))
    if sum(others):
        yield LeftOut(ANNEX, sum(others), sum(map(bool, others)))


def _doubts(parsed: ParsedReport) -> Iterator[Message]:
    """Return what a person should look at in a report."""
    report = parsed.report
    if report.place is None:
        yield Message("its-place-is-not-known")
    if report.year is None:
        yield Message("its-year-is-not-known")
    if report.chars < _SHORT:
        yield Message("it-is-short", count=report.chars)
    counts = Counter(finding.kind for finding in parsed.findings)
    if counts["marks-without-notes"]:  # one finding for all of them
        counts["marks-without-notes"] = len(parsed.marks)
    yield from (Message(code, count=counts[kind]) for kind, code in _DOUBTFUL.items() if counts[kind])
