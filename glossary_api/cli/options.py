"""Options that several commands share, how these end where something is wrong, and the edition that they ask."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

from glossary_api.cli.wording import say, spoken
from glossary_api.errors import GlossaryError
from glossary_api.model.messages import Message
from glossary_api.settings import Settings, variable

if TYPE_CHECKING:
    from glossary_api.store.edition import Edition

P = ParamSpec("P")
R = TypeVar("R")

_FIELDS = (
    "text",
    "notes",
    "title",
    "place",
    "year",
    "date",
    "published",
    "speaker",
    "address",
)  # those of the model, which takes long to import


def _columns(_: click.Context, __: click.Parameter, value: str | None) -> dict[str, str]:
    """Read FIELD=COLUMN pairs parted by commas. Raises BadParameter for any other thing, and for an unknown field."""
    pairs = [pair.partition("=") for pair in (value or "").split(",") if pair.strip()]
    for field, sign, column in pairs:
        if not sign or not column.strip() or field.strip() not in _FIELDS:
            message = Message("give-pairs-of-field-and-column", field=field, fields=", ".join(_FIELDS))
            raise click.BadParameter(message.said(spoken()))
    return {field.strip(): column.strip() for field, _, column in pairs}


COLUMNS = click.option(
    "--map",
    "columns",
    metavar="FIELD=COLUMN,...",
    callback=_columns,
    help="Which columns of data sets hold what: text=content,place=地区,year=年份.",
)
EDITION = click.option("--edition", metavar="FILE", help=f"The edition to use [{variable('edition')}].")
REPLACE = click.option("--replace", is_flag=True, help="Replace a file that is there already.")
_WORK = (
    click.option(
        "--compare", metavar="OLD", type=click.Path(path_type=Path), help="Print gains and losses against an edition."
    ),
    click.option(
        "--report",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Write what became of each file (.csv or .json).",
    ),
    click.option(
        "--keep", metavar="N", type=click.IntRange(min=0), help=f"Editions before it to keep [{variable('keep')}]."
    ),
    click.option("--replace", is_flag=True, help="Replace an edition though it loses reports."),
    click.option("--strict", is_flag=True, help="End with code 1 if any file was refused."),
    click.option("-v", "--verbose", is_flag=True, help="Print a line for each file."),
    click.option(
        "--jobs", metavar="N", type=click.IntRange(min=1), help="Processes that read, parse and match [all cores]."
    ),
    click.option(
        "--cluster", metavar="ADDRESS", default="", help="A dask cluster that does it: tcp://host:8786 or local:N."
    ),
)


def work_options(command: Callable[P, R]) -> Callable[P, R]:
    """Add the options of the commands that make an edition of files."""
    for option in reversed(_WORK):
        command = option(command)
    return command


def output_options(
    help_: str, *, metavar: str = "FILE", required: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return what adds the options of commands that write a file other than an edition."""
    path = click.Path(path_type=Path)

    def add(command: Callable[P, R]) -> Callable[P, R]:
        command = REPLACE(command)
        return click.option("-o", "--output", metavar=metavar, required=required, type=path, help=help_)(command)

    return add


def in_one_line(code: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Print what went wrong in one line and exit with a code."""

    def guard(command: Callable[P, R]) -> Callable[P, R]:
        @wraps(command)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return command(*args, **kwargs)
            except GlossaryError as error:
                say(Message("cli-line", message=error.said(spoken())), err=True)
                sys.exit(code)

        return guarded

    return guard


one_line = in_one_line(1)


def opened(edition: str | None) -> Edition:
    """Open the edition that a command line names, or the settings do."""
    from glossary_api.store.edition import Edition

    return Edition.open(Settings.from_environment().updated({"edition": edition}).edition)


def print_json(document: Any) -> None:
    """Print a document as JSON."""
    import orjson

    say(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode())
