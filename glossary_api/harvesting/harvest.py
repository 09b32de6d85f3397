"""Read, parse, merge, match, keep: the one place where the stages meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from glossary_api.curation.decision_log import version_of
from glossary_api.curation.decisions import Decision
from glossary_api.errors import EditionError, EditionMissing, GlossaryError, ReadError
from glossary_api.harvesting.cache import cache_of, opened
from glossary_api.harvesting.decided import Decided
from glossary_api.harvesting.definitions import without_stray_lists
from glossary_api.harvesting.desk import Desk, DiskDesk
from glossary_api.harvesting.emerging import with_emerging
from glossary_api.harvesting.equivalents import fitting, read_equivalents, resolve, with_equivalents
from glossary_api.harvesting.evidence import Quotations, approved, weighed
from glossary_api.harvesting.gather import Progress, gather
from glossary_api.harvesting.in_bodies import BodyMatcher, Witness
from glossary_api.harvesting.intake import HERE, Work, taken_files
from glossary_api.harvesting.judging import Judge
from glossary_api.harvesting.merge import merge
from glossary_api.harvesting.noting import NotingDesk
from glossary_api.harvesting.on_disk import Pairs
from glossary_api.harvesting.pile import pile_of
from glossary_api.harvesting.readings import Loaded
from glossary_api.harvesting.senses import with_surroundings, with_variants
from glossary_api.harvesting.stages import AROUND, MATCHED, MERGED, WITNESS
from glossary_api.harvesting.taking import printable, reports_of
from glossary_api.harvesting.unquoted import uses_of, with_vouched
from glossary_api.harvesting.workers import Crew
from glossary_api.matching.names import names_of
from glossary_api.matching.spotting import Spotter
from glossary_api.model.messages import Message
from glossary_api.model.things import Doubt, Equivalent, Failure, Finding, Harvest, ParsedReport, Report, Term, Usage
from glossary_api.parsing.kinds import kind_of
from glossary_api.parsing.parse import parse
from glossary_api.reading.read import AS_IT_STANDS, Request, printable_name, read, read_all
from glossary_api.settings import Settings, seed_folder
from glossary_api.store.edition import Edition
from glossary_api.store.writing import write_edition
from glossary_api.text.folding import fold_name

Emerge = Callable[[Iterable[Term], Sequence[ParsedReport], Callable[[str], str], Desk], tuple[Term, ...]]
RENDERINGS = "renderings"
"""What a folder of curated renderings beside a folder of reports is called."""
TYPICAL = 20
"""How many reports show the automaton what texts look like."""


def inspect(path: Path) -> ParsedReport:
    """Return everything the parser sees in a file with one report. Raises ReadError or NotAReport."""
    document = read(path)
    if (count := len(reports_of(document))) > 1:
        raise ReadError("holds-reports-not-one", place=printable(path), remedy="harvest-or-name-one", count=count)
    return parse(document)


def inspect_all(path: Path, request: Request = AS_IT_STANDS) -> Iterator[ParsedReport | Failure]:
    """Yield everything the parser sees in each document of a file, or why it is none or no report. Raises ReadError."""
    for document in (one for whole in read_all(path, request) for one in reports_of(whole)):
        if isinstance(document, Failure):
            yield document
            continue
        try:
            yield parse(document)
        except GlossaryError as error:
            own = printable_name(path.name)
            yield Failure(f"{printable_name(str(path))}{document.name.removeprefix(own)}", error.advice)


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
    listed with the failures), and of those that come with the package what fits, or every row of those for the seed
    reports if these are harvested with nothing else. What `decisions` say goes before all of this. `work` says how it
    is done and changes nothing in what comes out. Raises ReadError when a path does not exist, ManifestError and
    EquivalentsError when a row is wrong.
    """
    pile = pile_of(paths, manifest)
    own, tables = read_equivalents(equivalents), read_equivalents(tables_of(renderings))
    decided = Decided(decisions)
    with Crew(work.jobs, work.cluster) as crew, opened(work.cache) if work.cache else nullcontext() as cache:
        taken = taken_files(pile.files.values(), request, crew, cache)
        desk = _desk(work, crew)
        found = gather(pile.files, pile.rows, progress, taken, desk)
        reports = found.released()
        noting = NotingDesk(desk) if cache and not decisions else None
        if cache:
            cache.see(found.seen)
            cache.prune()
            cache.keep_reports(reports if work.is_edited else ())
        harvested = build(reports, found.failures, progress, decided, noting or desk)
        harvested = replace(harvested, files=tuple(found.files))
        is_seed = list(pile.files.values()) == seed_reports() and not decisions
        harvested = rendered(harvested, own, tables, is_seed=is_seed)
        harvested = decided.finished(replace(harvested, decisions=version_of(decisions)))
        if cache and noting:
            noting.notes.finish(harvested, found.prints)
            cache.keep_notes(noting.notes, noting.notes.state, all_=True)
        elif cache:
            cache.forget_notes()
        desk.finish()
    return harvested


def rendered(harvested: Harvest, own: Sequence[Equivalent], tables: Sequence[Equivalent], *, is_seed: bool) -> Harvest:
    """Lay renderings to the terms: all of `own`, of `tables` what fits, and those that come with the package."""
    curated, national = read_equivalents(seed_equivalents()), read_equivalents(national_equivalents())
    fits, misfits = fitting(tables, harvested.terms)
    if is_seed and not tables:
        laid = resolve([*own, *curated], harvested.terms, optional=national)
    else:
        laid = resolve([*own, *fits], harvested.terms, optional=[*curated, *national])
    terms = approved(with_equivalents(harvested.terms, laid))
    return replace(harvested, terms=terms, failures=(*harvested.failures, *map(_misfit, misfits)))


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
    desk: Desk | None = None,
    emerging: Emerge = with_emerging,
    others: Sequence[Term] = (),
) -> Harvest:
    """Merge and match parsed reports; the same whatever their order. What is `decided` goes before the rules.

    It is done at `desk`; the list of the reports is not needed any more when the first stage has begun. `emerging` adds
    the names that no report marks; `others` are terms that keep the places where they stand from these.
    """
    decided, desk = decided or Decided(), desk or Desk()
    ids = reports.ids if isinstance(reports, Loaded) else [parsed.report.id for parsed in reports]
    ordered = (reports[at] for at in sorted(range(len(ids)), key=ids.__getitem__))
    known: dict[str, Report] = {}
    reports = desk.reports(_noted(with_names(decided.report(parsed)), known) for parsed in ordered)
    terms, doubts = settled(reports, progress, decided, desk, emerging, others)
    matched: Sequence[Sequence[Usage]] = desk.keep_over(BodyMatcher(terms, others), reports)
    found = Pairs(reports, matched)
    terms = with_surroundings(terms, found, desk)
    desk.known(AROUND, terms)
    progress(Message("stage-resolving"), 0.82)
    resolved: Sequence[Sequence[Usage]] = desk.keep_over(Judge(terms, known), found)
    if decided.concerns_uses:
        resolved = desk.keep(decided.usages(those, parsed) for those, parsed in zip(resolved, reports, strict=True))
        matched = resolved
    terms = with_variants(terms, reports, desk.chained(matched))  # forms have no senses: others may be at these yet
    progress(Message("stage-writing"), 0.85)
    failures = tuple(sorted(failures, key=lambda failure: failure.path))
    return Harvest(reports, terms, desk.chained(resolved), doubts, failures)


def settled(
    reports: Sequence[ParsedReport],
    progress: Progress,
    decided: Decided,
    desk: Desk,
    emerging: Emerge = with_emerging,
    others: Sequence[Term] = (),
) -> tuple[tuple[Term, ...], tuple[Doubt, ...]]:
    """Return the terms of reports as they are looked for in the bodies, and what the merging left open."""
    quotations = Quotations.of(reports, desk)
    terms, doubts = merge(reports, kind_of, decided.names, desk)
    desk.known(MERGED, terms)
    progress(Message("stage-weighing"), 0.5)
    terms = weighed(terms, reports, quotations, desk)
    progress(Message("stage-looking-for-new-names"), 0.58)
    terms = decided.terms(emerging(terms, reports, kind_of, desk), reports, kind_of)
    progress(Message("stage-matching"), 0.75)
    desk.known(WITNESS, terms)
    uses = uses_of(desk.at_stage(WITNESS, Witness(BodyMatcher(terms, others)), reports))
    terms = with_vouched(without_stray_lists(terms, uses), uses)
    desk.known(MATCHED, terms)
    return terms, doubts


def _noted(parsed: ParsedReport, known: dict[str, Report]) -> ParsedReport:
    """Return a report, which is known from now on, without its text."""
    known[parsed.report.id] = replace(parsed.report, text="")
    return parsed


def with_names(parsed: ParsedReport) -> ParsedReport:
    """Return the report without what its entries explain under no name, ［2］“”：…, which is a finding instead."""
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
    """Return a row that fits nothing, by the name of its file: where that stands is no part of an edition."""
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
        with suppress(EditionError):  # one of an earlier version cannot say which reports it has
            if set(Edition.open(edition).title_blocks) <= {path.stem for path in seed}:
                said = {"paths": [str(path) for path in seed], "manifest": None, "renderings": [], "columns": {}}
    if said is None:
        raise ReadError(
            "edition-has-no-remembered-pile", place=str(edition), remedy=Message("harvest-all-files-once", path=edition)
        )
    return said


def seed_reports() -> list[Path]:
    """Return the reports that come with the package."""
    return sorted((seed_folder() / "reports").glob("*.txt"))


def seed_equivalents() -> list[Path]:
    """Return the files of curated renderings that come with the package and render the terms of the seed reports."""
    return sorted((seed_folder() / "equivalents").glob("*.csv"))


def national_equivalents() -> list[Path]:
    """Return the files of renderings from official translations, which any report may use."""
    return sorted((seed_folder() / "equivalents" / "national").glob("*.csv"))


def publish(harvested: Harvest, path: Path, work: Work = HERE) -> str:
    """Write an edition and put it in place; its content hash. Raises ReadError when there is nothing to publish."""
    if not harvested.reports:
        message = Message("no-report-was-understood")
        for first in harvested.failures[:1]:
            message = Message("no-report-was-understood-because", path=first.path, why=first.message)
        raise ReadError(message, remedy="name-files-that-are-government-work-reports")
    with Crew(work.jobs, work.cluster) as crew:
        desk = _desk(work, crew)
        return write_edition(
            harvested, path, _attachments(harvested), lambda make, parts: desk.over(make, parts, 1), desk.folder
        )


def _desk(work: Work, crew: Crew) -> Desk:
    return DiskDesk(work.scratch, crew) if work.scratch else Desk()


def _attachments(harvested: Harvest) -> dict[str, bytes]:
    """Return what finds the names of the edition in a text, built once for all who serve it."""
    texts = (parsed.report.text for parsed in harvested.reports[:TYPICAL])
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
