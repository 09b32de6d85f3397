"""Read, parse, merge, match, keep: the one place where the stages meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from glossary_api.errors import GlossaryError, ReadError
from glossary_api.harvesting.equivalents import read_equivalents, resolve, with_equivalents
from glossary_api.harvesting.merge import merge
from glossary_api.harvesting.senses import resolved, with_surroundings, with_variants
from glossary_api.matching.matcher import Matcher
from glossary_api.matching.names import names_of
from glossary_api.matching.spotting import Spotter
from glossary_api.model import Failure, Harvest, ParsedReport, Term, Usage
from glossary_api.parsing.kinds import kind_of
from glossary_api.parsing.parse import parse
from glossary_api.reading.read import read
from glossary_api.settings import Settings, seed_folder
from glossary_api.store.writing import write_edition
from glossary_api.text.folding import fold_name

Progress = Callable[[Path], None]
"""Called with each file before it is read."""
_TYPICAL = 20
"""How many reports show the automaton what texts look like."""


def inspect(path: Path) -> ParsedReport:
    """Everything the parser sees in one file. Raises ReadError or NotAReport."""
    return parse(read(path))


def harvest(paths: Iterable[Path], progress: Progress = lambda _: None, equivalents: Iterable[Path] = ()) -> Harvest:
    """Harvest files and folders (all files in them, at any depth) into everything an edition is made of.

    A file that is not understood is listed with the reason; the others are harvested all the same. Curated renderings
    are laid to the terms: every row of the files `equivalents`, and of those that come with the package what fits, or
    every row if the seed reports are harvested. Raises ReadError when a path does not exist, EquivalentsError when a
    row is wrong.
    """
    reports: list[ParsedReport] = []
    failures: list[Failure] = []
    files = files_of(paths)
    curated, own = read_equivalents(seed_equivalents()), read_equivalents(equivalents)
    for path in files:
        progress(path)
        try:
            reports.append(inspect(path))
        except GlossaryError as error:
            failures.append(Failure(str(path), str(error)))
    harvested = build(list(_distinct(reports, failures)), failures)
    if files == seed_reports():
        found = resolve([*own, *curated], harvested.terms)
    else:
        found = resolve(own, harvested.terms, optional=curated)
    return replace(harvested, terms=with_equivalents(harvested.terms, found))


def build(reports: Sequence[ParsedReport], failures: Sequence[Failure] = ()) -> Harvest:
    """Merge and match parsed reports; the same whatever their order."""
    reports = sorted(reports, key=lambda parsed: parsed.report.id)
    terms, doubts = merge(reports, kind_of)
    found = tuple(usages_of(terms, reports))
    terms = with_surroundings(terms, found, reports)
    usages = resolved(found, terms, reports)
    terms = with_variants(terms, reports, usages)
    return Harvest(tuple(reports), terms, usages, doubts, tuple(sorted(failures, key=lambda failure: failure.path)))


def usages_of(terms: Sequence[Term], reports: Sequence[ParsedReport]) -> Iterator[Usage]:
    """Every place in the bodies of the reports where a term stands."""
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


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files that the paths name, those in folders included, in a stable order; hidden files are left out.

    Raises ReadError when a path does not exist or a folder has no files.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
            if not inside:
                raise ReadError("the folder has no files", place=str(path), remedy="name a folder with reports")
            found += inside
        elif path.exists():
            found.append(path)
        else:
            raise ReadError("there is no such file", place=str(path), remedy="check the path")
    return list(dict.fromkeys(found))


def seed_reports() -> list[Path]:
    """The reports that come with the package."""
    return sorted((seed_folder() / "reports").glob("*.txt"))


def seed_equivalents() -> list[Path]:
    """The files of curated renderings that come with the package."""
    return sorted((seed_folder() / "equivalents").glob("*.csv"))


def publish(harvested: Harvest, path: Path) -> str:
    """Write an edition and put it in place; its content hash. Raises ReadError when there is nothing to publish."""
    if not harvested.reports:
        reason = f": {harvested.failures[0].message}" if harvested.failures else ""
        raise ReadError(f"no report was understood{reason}", remedy="name files that are government work reports")
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


def _distinct(reports: Sequence[ParsedReport], failures: list[Failure]) -> Iterator[ParsedReport]:
    """Each report once, each id once: a file that is byte for byte another is a failure, a second file of a name
    gets the beginning of its digest behind its id."""
    ordered = sorted(reports, key=lambda parsed: (parsed.report.id, parsed.report.sha256))
    named = Counter(parsed.report.id for parsed in {p.report.sha256: p for p in reversed(ordered)}.values())
    seen: dict[str, str] = {}
    for parsed in ordered:
        report = parsed.report
        if report.sha256 in seen:
            failures.append(
                Failure(report.id, f"{report.id}: the same file as {seen[report.sha256]}; it was harvested once")
            )
            continue
        identity = report.id if named[report.id] == 1 else f"{report.id}-{report.sha256[:6]}"
        seen[report.sha256] = identity
        yield replace(parsed, report=replace(report, id=identity))
