"""Read, parse, merge, match, keep: the one place where the stages meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from glossary_api.curation.decisions import Decision
from glossary_api.errors import EditionMissing, GlossaryError, ReadError
from glossary_api.harvesting.cache import cache_of, opened
from glossary_api.harvesting.decided import Decided
from glossary_api.harvesting.emerging import with_emerging
from glossary_api.harvesting.equivalents import fitting, read_equivalents, resolve, with_equivalents
from glossary_api.harvesting.evidence import approved, weighed
from glossary_api.harvesting.gather import Progress, gather
from glossary_api.harvesting.intake import HERE, Work, taken_files
from glossary_api.harvesting.merge import merge
from glossary_api.harvesting.pile import pile_of
from glossary_api.harvesting.senses import resolved, with_surroundings, with_variants
from glossary_api.harvesting.taking import printable, reports_of
from glossary_api.harvesting.unquoted import with_vouched
from glossary_api.harvesting.workers import Crew
from glossary_api.matching.matcher import Matcher
from glossary_api.matching.names import names_of
from glossary_api.matching.spotting import Spotter
from glossary_api.model.messages import Message
from glossary_api.model.things import Failure, Finding, Harvest, ParsedReport, Term, Usage
from glossary_api.model.words import STATUSES
from glossary_api.parsing.kinds import kind_of
from glossary_api.parsing.parse import parse
from glossary_api.reading.read import AS_IT_STANDS, Request, printable_name, read, read_all
from glossary_api.settings import Settings, seed_folder
from glossary_api.store.edition import Edition
from glossary_api.store.writing import write_edition
from glossary_api.text.folding import fold_name

RENDERINGS = "renderings"
"""What a folder of curated renderings beside a folder of reports is called."""
_TYPICAL = 20
"""How many reports show the automaton what texts look like."""


def inspect(path: Path) -> ParsedReport:
    """Everything the parser sees in a file with one report. Raises ReadError or NotAReport."""
    document = read(path)
    if (count := len(reports_of(document))) > 1:
        raise ReadError("holds-reports-not-one", place=printable(path), remedy="harvest-or-name-one", count=count)
    return parse(document)


def inspect_all(path: Path, request: Request = AS_IT_STANDS) -> Iterator[ParsedReport | Failure]:
    """Everything the parser sees in each document of a file, or why it is none or no report. Raises ReadError."""
    for document in (one for whole in read_all(path, request) for one in reports_of(whole)):
        if isinstance(document, Failure):
            yield document
            continue
        try:
            yield parse(document)
        except GlossaryError as error:
            own = printable_name(path.name)
            where = path.with_name(own + document.name.removeprefix(own))
            yield Failure(printable(where), error.advice)


def harvest(
    paths: Iterable[Path],
    progress: Progress = lambda *_: None,
    equivalents: Iterable[Path] = (),
    renderings: Iterable[Path] = (),
    manifest: Path | None = None,
    request: Request = AS_IT_STANDS,
    decisions: Sequence[Decision] = (),
    work: Work = HERE,
) -> Harvest:
    """Harvest files and folders (all files in them, at any depth) into everything an edition is made of.

    A file that is not understood is listed with the reason; the others are harvested all the same. A manifest, the one
    named or those called so in the folders, says of files what is above what they say themselves. Curated renderings
    are laid to the terms: every row of the files `equivalents`, what fits of the files `renderings` (what does not is
    listed with the failures), and of those that come with the package what fits, or every row if the seed reports are
    harvested with nothing else. What `decisions` say goes before all of this. `work` says how it is done and changes
    nothing in what comes out. Raises ReadError when a path does not exist, ManifestError and EquivalentsError when a
    row is wrong.
    """
    pile = pile_of(paths, manifest)
    curated, own = read_equivalents(seed_equivalents()), read_equivalents(equivalents)
    offered = read_equivalents(tables_of(renderings))
    with Crew(work.jobs, work.cluster) as crew, opened(work.cache) if work.cache else nullcontext() as cache:
        taken = taken_files(pile.files.values(), request, crew, cache)
        found = gather(pile.files, pile.rows, progress, taken)
        if cache:
            cache.prune()
    decided = Decided(decisions)
    harvested = build(found.reports, found.failures, progress, decided)
    fits, misfits = fitting(offered, harvested.terms)
    own = (*own, *fits)
    failures = (*harvested.failures, *map(_misfit, misfits))
    harvested = replace(harvested, failures=failures, files=tuple(found.files))
    if list(pile.files.values()) == seed_reports() and not offered and not decisions:
        laid = resolve([*own, *curated], harvested.terms)
    else:
        laid = resolve(own, harvested.terms, optional=curated)
    return decided.finished(replace(harvested, terms=approved(with_equivalents(harvested.terms, laid))))


def beside(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the folders of curated renderings, called `renderings`, that stand beside harvested folders."""
    found = (path.absolute().parent / RENDERINGS for path in paths if path.is_dir() and path.name != RENDERINGS)
    return tuple(dict.fromkeys(folder for folder in found if folder.is_dir()))


def tables_of(paths: Iterable[Path]) -> list[Path]:
    """Return the files that the paths name: of a folder its tables, without hidden ones."""
    return [file for path in paths for file in (sorted(path.glob("[!.]*.csv")) if path.is_dir() else [path])]


def build(
    reports: Sequence[ParsedReport],
    failures: Sequence[Failure] = (),
    progress: Progress = lambda *_: None,
    decided: Decided | None = None,
) -> Harvest:
    """Merge and match parsed reports; the same whatever their order. What is `decided` goes before the rules."""
    decided = decided or Decided()
    reports = sorted(map(_with_names, decided.reports(reports)), key=lambda parsed: parsed.report.id)
    terms, doubts = merge(reports, kind_of, decided.names)
    progress(Message("stage-weighing"), 0.5)
    terms = weighed(terms, reports)
    progress(Message("stage-looking-for-new-names"), 0.58)
    terms = decided.terms(with_emerging(terms, reports, kind_of), reports, kind_of)
    progress(Message("stage-matching"), 0.75)
    terms = with_vouched(terms, reports, usages_of(terms, reports))
    found = usages_of(terms, reports)
    terms = with_surroundings(terms, found, reports)
    progress(Message("stage-resolving"), 0.82)
    usages = decided.usages(resolved(found, terms, reports), reports)
    terms = with_variants(terms, reports, usages)
    progress(Message("stage-writing"), 0.85)
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


def _misfit(problem: GlossaryError) -> Failure:
    """A row that fits nothing, by the name of its file: where that stands is no part of an edition."""
    place = Path(problem.place).name
    return Failure(place.partition(":")[0], Message("at-place", place=place, message=problem.advice))


def remembered(edition: Path) -> dict[str, Any]:
    """Return what an edition was made of: `{"paths","manifest","renderings","columns"}` and perhaps `decisions`.

    Raises ReadError if that is not known.
    """
    cache = cache_of(edition)
    with opened(cache) if cache.exists() else nullcontext() as kept:
        said = kept.remembered() if kept else None
    if said is None and edition.exists():
        seed = seed_reports()
        if set(Edition.open(edition).title_blocks) <= {path.stem for path in seed}:
            said = {"paths": [str(path) for path in seed], "manifest": None, "renderings": [], "columns": {}}
    if said is None:
        raise ReadError("edition-has-no-remembered-pile", place=str(edition), remedy="harvest-all-files-once")
    return said


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
    """Return what finds the names of the edition in a text, built once for all who serve it."""
    texts = (parsed.report.text for parsed in harvested.reports[:_TYPICAL])
    return Spotter.of(names_of(harvested.terms), texts).pack()


def ensure_edition(settings: Settings) -> bool:
    """Harvest the seed into the edition of the settings if there is none; whether that was needed.

    Raises EditionMissing if the settings name another place than the default one: its name may be a slip.
    """
    if settings.edition.exists():
        return False
    if settings.edition != Settings().edition:
        raise EditionMissing(
            "there-is-no-edition-here",
            place=str(settings.edition),
            remedy="check-name-or-harvest-into",
            path=settings.edition,
        )
    publish(harvest(seed_reports()), settings.edition)
    return True
