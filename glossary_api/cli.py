"""The command line: words in, calls out. What a command needs is imported by that command, so that help is quick."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from glossary_api.errors import GlossaryError
from glossary_api.settings import Settings, variable

P = ParamSpec("P")
R = TypeVar("R")


def _one_line(command: Callable[P, R]) -> Callable[P, R]:
    """Print what went wrong in one line and exit with 1."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except GlossaryError as error:
            click.echo(f"glossary-api: {error}", err=True)
            sys.exit(1)

    return guarded


def _settings_help() -> str:
    rows = "\n".join(f"  {name:<18} {text} [default: {default}]" for name, default, text in Settings.described())
    return f"\b\nSettings are read from the environment:\n{rows}"


_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}
_EDITION = click.option("--edition", metavar="FILE", help=f"The edition to use [{variable('edition')}].")


@click.group(epilog=_settings_help(), context_settings=_CONTEXT)
@click.version_option(package_name="glossary-api", prog_name="glossary-api")
def main() -> None:
    """Glossary and terminology API for the shorthand of Chinese government work reports."""


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="FILE", help=f"Where the edition goes [{variable('edition')}].")
@click.option(
    "--compare", metavar="OLD", type=click.Path(path_type=Path), help="Print gains and losses against an edition."
)
@_one_line
def harvest(paths: tuple[Path, ...], output: str | None, compare: Path | None) -> None:
    """Harvest reports (files and folders; without any, the seed reports) into an edition."""
    from glossary_api.harvest import files_of, publish, seed_reports
    from glossary_api.harvest import harvest as harvest_files
    from glossary_api.printing import differences, summary
    from glossary_api.store.lookup import Edition

    settings = Settings.from_environment().updated({"edition": output})
    older = Edition.open(compare) if compare else None
    files = files_of(paths) if paths else seed_reports()
    with click.progressbar(length=len(files), label="harvesting", file=sys.stderr) as bar:
        harvested = harvest_files(files, progress=lambda _: bar.update(1))
    content_hash = publish(harvested, settings.edition)
    for line in [*summary(harvested), *(differences(older, harvested) if older else [])]:
        click.echo(line)
    click.echo(f"edition {content_hash[:12]} in {settings.edition}")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Everything that the parser sees, as JSON.")
@_one_line
def inspect(file: Path, as_json: bool) -> None:
    """Show what the parser sees in one document."""
    from glossary_api.harvest import inspect as inspect_file
    from glossary_api.printing import outline
    from glossary_api.store.documents import inspection

    parsed = inspect_file(file)
    if as_json:
        _print_json(inspection(parsed))
    else:
        click.echo("\n".join(outline(parsed)))


@main.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="The whole term document, as JSON.")
@_EDITION
@_one_line
def lookup(name: str, as_json: bool, edition: str | None) -> None:
    """Look a name up, in any of its spellings."""
    from glossary_api.printing import described
    from glossary_api.store.lookup import Edition

    settings = Settings.from_environment().updated({"edition": edition})
    term = Edition.open(settings.edition).term(name)
    if as_json:
        _print_json(term)
    else:
        click.echo("\n".join(described(term)))


@main.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--reports", metavar="FOLDER", type=click.Path(path_type=Path), help="Where the reports are [default: the seed]."
)
@_one_line
def evaluate(gold: tuple[Path, ...], reports: Path | None) -> None:
    """Measure the parser against hand-made expectations: precision and recall, and every difference."""
    from glossary_api.evaluation import evaluated

    for line in evaluated(gold, reports):
        click.echo(line)


@main.command()
@_EDITION
@click.option("--host", help=f"The address to listen on [{variable('host')}].")
@click.option("--port", help=f"The port to listen on [{variable('port')}].")
@click.option("--workers", help=f"How many processes answer [{variable('workers')}].")
@_one_line
def serve(**options: str | None) -> None:
    """Serve an edition; without one, harvest the seed reports first."""
    from glossary_api.harvest import ensure_edition
    from glossary_api.serving import check, run

    settings = Settings.from_environment().updated(options)
    if ensure_edition(settings):
        click.echo(f"there was no edition: the seed reports were harvested into {settings.edition}", err=True)
    check(settings)
    click.echo(f"serving {settings.edition} at http://{settings.host}:{settings.port}/ (Ctrl-C stops)", err=True)
    run(settings)


def _print_json(document: Any) -> None:
    import orjson

    click.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode())


if __name__ == "__main__":
    main()
