"""Read, parse, merge, match, keep: the one place where the stages meet."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from glossary_api.errors import GlossaryError, ReadError
from glossary_api.harvesting.emerging import with_emerging
from glossary_api.harvesting.equivalents import fitting, read_equivalents, resolve, with_equivalents
from glossary_api.harvesting.evidence import approved, weighed
from glossary_api.harvesting.merge import merge
from glossary_api.harvesting.sameness import copies
from glossary_api.harvesting.senses import resolved, with_surroundings, with_variants
from glossary_api.harvesting.unquoted import with_vouched
from glossary_api.matching.matcher import Matcher
from glossary_api.matching.names import names_of
from glossary_api.matching.spotting import Spotter
from glossary_api.model.messages import Message
from glossary_api.model.things import Failure, Finding, Harvest, ParsedReport, Term, Usage
from glossary_api.model.words import STATUSES
from glossary_api.parsing.kinds import kind_of
from glossary_api.parsing.parse import parse
from glossary_api.reading.read import read, read_all
from glossary_api.settings import Settings, seed_folder
from glossary_api.store.writing import write_edition
from glossary_api.text.folding import fold_name

Progress = Callable[[Path], None]
"""Called with each file before it is read."""
_TYPICAL = 20
"""How many reports show the automaton what texts look like."""


def inspect(path: Path) -> ParsedReport:
    """Everything the parser sees in a file with one report. Raises ReadError or NotAReport."""
    return parse(read(path))


def inspect_all(path: Path) -> Iterator[ParsedReport | Failure]:
    """Everything the parser sees in each document of a file, or why it is no report. Raises ReadError."""
    for document in read_all(path):
        try:
            yield parse(document)
        except GlossaryError as error:
            own = os.fsencode(path.name).decode("utf-8", "replace")  # as `read_all` has it
            where = path.with_name(own + document.name.removeprefix(own))
            yield Failure(_printable(where), error.advice)


def harvest(
    paths: Iterable[Path],
    progress: Progress = lambda _: None,
    equivalents: Iterable[Path] = (),
    renderings: Iterable[Path] = (),
) -> Harvest:
    """Harvest files and folders (all files in them, at any depth) into everything an edition is made of.

    A file that is not understood is listed with the reason; the others are harvested all the same. Curated renderings
    are laid to the terms: every row of the files `equivalents`, what fits of the files `renderings` (what does not is
    listed with the failures), and of those that come with the package what fits, or every row if the seed reports are
    harvested with nothing else. Raises ReadError when a path does not exist, EquivalentsError when a
    row is wrong.
    """
    reports: list[ParsedReport] = []
    failures: list[Failure] = []
    files = files_of(paths)
    curated, own = read_equivalents(seed_equivalents()), read_equivalents(equivalents)
    offered = read_equivalents(renderings)
    for path in files:
        progress(path)
        try:
            seen = list(inspect_all(path))
            reports += (one for one in seen if not isinstance(one, Failure))
            failures += _in_one(path, [one for one in seen if isinstance(one, Failure)], len(seen))
        except GlossaryError as error:
            failures.append(Failure(_printable(path), error.advice))
        except Exception as error:  # whatever one file does to the program, the others are harvested
            failed = Message("program-failed", what=_printable(f"{type(error).__name__}: {error}"))
            failures.append(Failure(_printable(path), failed))
    distinct = list(_without_copies(list(_distinct(reports, failures)), failures))
    harvested = build(distinct, failures)
    fits, misfits = fitting(offered, harvested.terms)
    own = (*own, *fits)
    failures += map(_misfit, misfits)
    harvested = replace(harvested, failures=tuple(failures))
    if files == seed_reports() and not offered:
        found = resolve([*own, *curated], harvested.terms)
    else:
        found = resolve(own, harvested.terms, optional=curated)
    return replace(harvested, terms=approved(with_equivalents(harvested.terms, found)))


def _in_one(path: Path, refused: list[Failure], records: int) -> list[Failure]:
    """What a file is refused for: each of its records, or, where none of many is a report, all of them in one line."""
    if len(refused) < records or records == 1:
        return refused
    return [Failure(_printable(path), Message("none-of-records-is-report", count=records))]


def build(reports: Sequence[ParsedReport], failures: Sequence[Failure] = ()) -> Harvest:
    """Merge and match parsed reports; the same whatever their order."""
    reports = sorted(map(_with_names, reports), key=lambda parsed: parsed.report.id)
    terms, doubts = merge(reports, kind_of)
    terms = with_emerging(weighed(terms, reports), reports, kind_of)
    terms = with_vouched(terms, reports, usages_of(terms, reports))
    found = usages_of(terms, reports)
    terms = with_surroundings(terms, found, reports)
    usages = resolved(found, terms, reports)
    terms = with_variants(terms, reports, usages)
    return Harvest(tuple(reports), terms, usages, doubts, tuple(sorted(failures, key=lambda failure: failure.path)))


def usages_of(terms: Sequence[Term], reports: Sequence[ParsedReport]) -> list[Usage]:
    """Every place in the bodies of the reports where a term stands, by report and offset.

    Candidates are looked for by themselves: a quoted sentence does not hide the terms within.
    """
    found = (
        usage for status in STATUSES for usage in _usages_of([term for term in terms if term.status == status], reports)
    )
    return sorted(found, key=lambda usage: (usage.report, usage.match.start, -usage.match.end))


def _usages_of(terms: Sequence[Term], reports: Sequence[ParsedReport]) -> Iterator[Usage]:
    matcher = Matcher(terms)
    owners = {key: term.id for term in terms for key in term.keys}
    for parsed in reports:
        for start, end in parsed.body:
            headings = [heading for heading in parsed.headings if start <= heading.start < end]
            for match in matcher.find(parsed.report.text, start, end):
                owner = owners.get(fold_name(match.text))
                if owner is None:
                    continue  # 一五 is a period of planning, and no 15
                while len(headings) > 1 and headings[1].start <= match.start:
                    headings.pop(0)
                near = headings[0].text if headings and headings[0].start <= match.start else None
                yield Usage(parsed.report.id, replace(match, term=owner), near, None)


def _with_names(parsed: ParsedReport) -> ParsedReport:
    """The report without what its entries explain under no name, ［2］“”：…, which is a finding instead."""
    nameless = [entry for entry in parsed.entries if not all(fold_name(term.name) for term in entry.terms)]
    if not nameless:
        return parsed
    entries = tuple(
        replace(entry, terms=tuple(term for term in entry.terms if fold_name(term.name))) for entry in parsed.entries
    )
    findings = [
        Finding(
            "entry-not-understood",
            Message("entry-has-no-name", marker=entry.marker or entry.number),
            entry.start,
            entry.end,
        )
        for entry in nameless
    ]
    ordered = sorted([*parsed.findings, *findings], key=lambda finding: (finding.start, finding.kind))
    return replace(parsed, entries=entries, findings=tuple(ordered))


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files that the paths name, those in folders included, in a stable order; hidden files are left out.

    Raises ReadError when a path does not exist or a folder has no files.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = _inside(path)
            if not inside:
                raise ReadError("folder-has-no-files", place=_printable(path), remedy="name-a-folder-with-reports")
            found += inside
        elif path.exists() or path.is_symlink():  # a link that leads nowhere is listed when it is read
            found.append(path)
        else:
            raise ReadError("there-is-no-such-file", place=_printable(path), remedy="check-path")
    return list(dict.fromkeys(found))


def _inside(folder: Path) -> list[Path]:
    """The files in a folder at any depth, in a stable order; a folder that cannot be listed stands for its files."""
    closed: list[Path] = []
    walk = os.walk(folder, onerror=lambda error: closed.append(Path(error.filename)))
    return sorted([Path(at, name) for at, _, names in walk for name in names if not name.startswith(".")] + closed)


def _misfit(problem: GlossaryError) -> Failure:
    """A row that fits nothing, by the name of its file: where that stands is no part of an edition."""
    place = Path(problem.place).name
    return Failure(place.partition(":")[0], Message("at-place", place=place, message=problem.advice))


def _printable(text: object) -> str:
    """The text in characters that can be written anywhere: the name of a file need not be UTF-8."""
    return str(text).encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def seed_reports() -> list[Path]:
    """The reports that come with the package."""
    return sorted((seed_folder() / "reports").glob("*.txt"))


def seed_equivalents() -> list[Path]:
    """The files of curated renderings that come with the package."""
    return sorted((seed_folder() / "equivalents").glob("*.csv"))


def publish(harvested: Harvest, path: Path) -> str:
    """Write an edition and put it in place; its content hash. Raises ReadError when there is nothing to publish."""
    if not harvested.reports:
        message = Message("no-report-was-understood")
        for first in harvested.failures[:1]:
            message = Message("no-report-was-understood-because", path=first.path, why=first.message)
        raise ReadError(message, remedy="name-files-that-are-government-work-reports")
    return write_edition(harvested, path, _attachments(harvested))


def _attachments(harvested: Harvest) -> dict[str, bytes]:
    """What finds the names of the edition in a text, built once for all who serve it."""
    texts = (parsed.report.text for parsed in harvested.reports[:_TYPICAL])
    return Spotter.of(names_of(harvested.terms), texts).pack()


def ensure_edition(settings: Settings) -> bool:
    """Harvest the seed into the edition of the settings if there is none; whether that was needed."""
    if settings.edition.exists():
        return False
    publish(harvest(seed_reports()), settings.edition)
    return True


def _without_copies(reports: Sequence[ParsedReport], failures: list[Failure]) -> Iterator[ParsedReport]:
    """Each report once: a file that has the text of another is a failure that names the one that is kept."""
    found = {copy.report.id: copy for copy in copies(reports)}
    for copy in found.values():
        message = Message("same-report", other=copy.kept.id, share=copy.share)
        failures.append(Failure(copy.report.id, message))
    yield from (parsed for parsed in reports if parsed.report.id not in found)


def _distinct(reports: Sequence[ParsedReport], failures: list[Failure]) -> Iterator[ParsedReport]:
    """Each report once, each id once: a file that is byte for byte another is a failure, a second file of a name
    gets the beginning of its digest behind its id."""
    ordered = sorted(reports, key=lambda parsed: (parsed.report.id, parsed.report.sha256))
    named = Counter(parsed.report.id for parsed in {p.report.sha256: p for p in reversed(ordered)}.values())
    seen: dict[str, str] = {}
    for parsed in ordered:
        report = parsed.report
        if report.sha256 in seen:
            failures.append(Failure(report.id, Message("same-file", other=seen[report.sha256])))
            continue
        identity = report.id if named[report.id] == 1 else f"{report.id}-{report.sha256[:6]}"
        seen[report.sha256] = identity
        yield replace(parsed, report=replace(report, id=identity))
