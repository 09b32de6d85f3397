"""The commands that read files: harvest them, or write down what was understood of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import click

from glossary_api.cli.printing import differences, file_line, summary
from glossary_api.cli.wording import say, spoken
from glossary_api.curation.decision_log import read_log
from glossary_api.curation.tokens import tokens_beside
from glossary_api.errors import ReadError
from glossary_api.harvesting.accounts import WRITERS, check_account, manifest_rows
from glossary_api.harvesting.adding import ToAdd, add_reports
from glossary_api.harvesting.cache import cache_of, opened
from glossary_api.harvesting.gather import Progress
from glossary_api.harvesting.harvest import beside, harvest, publish, remembered, seed_reports
from glossary_api.harvesting.intake import Work
from glossary_api.harvesting.manifest import NAMES, is_manifest, write_manifest
from glossary_api.harvesting.pile import files_of, pile_of
from glossary_api.harvesting.workers import cores
from glossary_api.model.messages import Message, said
from glossary_api.model.things import Harvest
from glossary_api.model.words import ESTABLISHED
from glossary_api.reading.read import Request
from glossary_api.settings import Settings
from glossary_api.store.edition import Edition
from glossary_api.store.kept import keep_only, keep_present
from glossary_api.store.replacing import check_loss, check_target
from glossary_api.store.saving import save
from glossary_api.text.visible import visible

_STEPS = 1000


@dataclass(frozen=True, slots=True)
class HarvestOptions:
    """The options of `harvest`; see its help."""

    paths: tuple[Path, ...]
    output: str | None
    compare: Path | None
    manifest: Path | None
    report: Path | None
    replace: bool
    strict: bool
    verbose: bool
    columns: dict[str, str]
    renderings: tuple[Path, ...]
    decisions: str | None
    keep: int | None = None
    jobs: int | None = None
    cluster: str = ""
    no_cache: bool = False
    adds: bool = False
    """Whether the edition that is there is to be added to, and not made anew."""


def run_add(paths: Sequence[Path], **options: Any) -> bool:
    """Harvest the pile of an edition and further files into it; whether that is what was asked for.

    Raises ReadError if it is not known what the edition was made of, and whatever `run_harvest` raises.
    """
    said = remembered(Settings.from_environment().updated({"edition": options["output"]}).edition)
    old = [Path(path) for path in said["paths"]]
    manifest = Path(said["manifest"]) if said["manifest"] else None
    known = {"renderings": tuple(map(Path, said["renderings"])), "columns": said["columns"]}
    options["decisions"] = options["decisions"] or said.get("decisions")
    together = tuple(dict.fromkeys([*old, *map(Path.absolute, paths)]))
    return run_harvest(HarvestOptions(together, manifest=manifest, adds=True, **known, **options))


def run_harvest(options: HarvestOptions) -> bool:
    """Harvest into an edition and print what became of it; whether that is what was asked for.

    Raises GlossaryError before anything is written if the edition or the report cannot be, or would lose reports.
    """
    settings = Settings.from_environment().updated(
        {"edition": options.output, "decisions": options.decisions, "keep": options.keep}
    )
    older = Edition.open(options.compare) if options.compare else None
    if options.report:
        check_account(options.report)
    files = list(options.paths) or seed_reports()
    check_target(settings.edition, files_of(files))
    cache = None if options.no_cache else cache_of(settings.edition)
    work = Work(
        options.jobs or cores(),
        options.cluster,
        cache,
        Path(os.path.realpath(settings.edition)).parent,
        is_edited=tokens_beside(settings.decision_log).exists(),
    )
    renderings = options.renderings or settings.curated or beside(options.paths)
    pile = ToAdd(files, options.manifest, renderings, Request(options.columns), work)
    with _bar() as progress:
        harvested, content_hash = _made(pile, progress, options, settings)
        if settings.keep:
            keep_only(settings.edition, settings.keep, content_hash)
    if cache:
        with opened(cache) as kept:
            kept.remember(_pile(files, options, settings), content_hash)
    for line in [
        *(map(file_line, harvested.files) if options.verbose else []),
        *summary(harvested),
        *(differences(older, harvested) if older else []),
    ]:
        say(line)
    say(Message("edition-written", hash=content_hash[:12], path=settings.edition))
    return not (options.strict and harvested.failures)


def _made(pile: ToAdd, progress: Progress, options: HarvestOptions, settings: Settings) -> tuple[Harvest, str]:
    """Make the edition: by adding to the one that is there, if that is asked for and can be done; else by a harvest."""

    def check(harvested: Harvest) -> None:
        if options.report:
            save([WRITERS[options.report.suffix](harvested, spoken())], options.report)
        if not options.replace:
            _check_loss(harvested, settings.edition)
        if settings.keep:
            keep_present(settings.edition)

    decisions = read_log(settings.decision_log)
    can_add = options.adds and pile.work.cache and not decisions and not options.compare
    if can_add and (added := add_reports(settings.edition, pile, progress, check)):
        return added
    harvested = harvest(
        pile.paths,
        progress,
        renderings=pile.renderings,
        manifest=pile.manifest,
        request=pile.request,
        decisions=decisions,
        work=pile.work,
    )
    check(harvested)
    return harvested, publish(harvested, settings.edition, pile.work)


def _pile(files: Sequence[Path], options: HarvestOptions, settings: Settings) -> dict[str, Any]:
    """Return what `add` has to know of a harvest."""
    return {
        "paths": [str(path.absolute()) for path in files],
        "manifest": str(options.manifest.absolute()) if options.manifest else None,
        "renderings": [str(path.absolute()) for path in options.renderings or settings.curated],
        "columns": options.columns,
        "decisions": str(Path(options.decisions).absolute()) if options.decisions else None,
    }


def run_manifest(folder: Path, output: Path | None, columns: dict[str, str]) -> None:
    """Write a manifest of what is understood of the files of a folder. Raises GlossaryError if it cannot be written."""
    if not folder.is_dir():
        raise ReadError("is-no-folder", place=str(folder), remedy="name-a-folder-with-reports")
    target = output or next((folder / name for name in NAMES if is_manifest(folder / name)), folder / NAMES[0])
    if target.suffix != ".csv":
        raise ReadError("is-no-csv-file", place=str(target), remedy="name-one-with-o")
    if target.exists() and not is_manifest(target):
        raise ReadError("is-there-already-and-no-manifest", place=str(target), remedy="name-another-file-with-o")
    with _bar() as progress:
        harvested = harvest([folder], progress, request=Request(columns))
        rows = list(manifest_rows(harvested, pile_of([folder]).rows))
    save([write_manifest(rows)], target)
    say(Message("manifest-written", count=len(rows), path=target))


def _check_loss(harvested: Harvest, edition: Path) -> None:
    """Raise EditionError if an edition would lose reports; a further source of a report that is kept is none."""
    ids = (parsed.report.id for parsed in harvested.reports)  # read only if there is an edition
    others = (file.id for file in harvested.files if file.id)
    check_loss(edition, chain(ids, others), sum(term.status == ESTABLISHED for term in harvested.terms))


@contextmanager
def _bar() -> Iterator[Progress]:
    """Yield a bar over all stages with the time that is left, on a terminal; elsewhere nothing is printed."""
    hidden = not sys.stderr.isatty()
    label = Message("harvesting").said(spoken())
    with click.progressbar(
        length=_STEPS, label=label, file=sys.stderr, hidden=hidden, item_show_func=lambda what: what
    ) as bar:
        yield lambda what, share: bar.update(max(0, int(share * _STEPS) - bar.pos), visible(str(said(what, spoken()))))
        bar.update(_STEPS - bar.pos, "")
