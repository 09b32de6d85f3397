"""The command line: words in, calls out. What a command needs is imported by that command, so that help is quick."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from glossary_api.cli.drafting import appendix
from glossary_api.cli.editing import align, backup, decide, restore, review, token
from glossary_api.cli.operating import begin_to_follow, doctor, mcp, publish, verify
from glossary_api.cli.options import (
    COLUMNS,
    EDITION,
    in_one_line,
    one_line,
    opened,
    output_options,
    print_json,
    work_options,
)
from glossary_api.cli.wording import Program, say, speak, spoken
from glossary_api.model.messages import Message
from glossary_api.model.words import ANY_STATUS, ESTABLISHED, STATUSES
from glossary_api.settings import CONFIG, LANGUAGES, Settings, language_tag, variable


def _speak(context: click.Context, _: click.Parameter, language: str | None) -> None:
    context.obj = language_tag(language)
    speak(context.obj, main)


_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}
_KINDS = ("numeral", "plan", "quoted")  # those of the model, which takes long to import; a test holds them equal
_DECISIONS = click.option(
    "--decisions", metavar="FILE", help=f"The log of decisions to apply [{variable('decisions')}]."
)


@click.group(cls=Program, context_settings=_CONTEXT)
@click.version_option(package_name="glossary-api", prog_name="glossary-api")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    is_eager=True,
    expose_value=False,
    callback=_speak,
    help=f"Language of messages [{variable('language')}, or the locale].",
)
@click.option("--config", metavar="FILE", help=f"A TOML file with settings [{variable('config')}].")
@click.pass_context
def main(context: click.Context, config: str | None) -> None:
    """Glossary and terminology API for the shorthand of Chinese government work reports."""
    token = CONFIG.set(config)
    context.call_on_close(lambda: CONFIG.reset(token))


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="FILE", help=f"Where the edition goes [{variable('edition')}].")
@click.option(
    "--renderings",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help=f"Curated renderings to lay to the terms; may be given several times [{variable('renderings')}].",
)
@click.option(
    "--manifest", metavar="FILE", type=click.Path(path_type=Path), help="What is to be taken for true of the files."
)
@click.option("--no-cache", is_flag=True, help="Parse everything anew and keep nothing of it.")
@work_options
@COLUMNS
@_DECISIONS
@one_line
def harvest(paths: tuple[Path, ...], **options: Any) -> None:
    """Harvest reports (files and folders; without any, the seed reports) into an edition."""
    from glossary_api.cli.harvesting import HarvestOptions, run_harvest

    if not run_harvest(HarvestOptions(paths, **options)):
        sys.exit(1)


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="FILE", help=f"The edition that they are added to [{variable('edition')}].")
@work_options
@_DECISIONS
@one_line
def add(paths: tuple[Path, ...], **options: Any) -> None:
    """Add files and folders to an edition: what it was made of is harvested with them, parsed only where it is new.

    Without any, the edition is made again of what it was made of, with what was decided since.
    """
    from glossary_api.cli.harvesting import run_add

    if not run_add(paths, **options):
        sys.exit(1)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Where it goes [FOLDER/reports.csv]."
)
@COLUMNS
@one_line
def manifest(folder: Path, output: Path | None, columns: dict[str, str]) -> None:
    """Write what was understood of the files of a folder into a manifest, for a person to correct.

    A manifest that is there already is read first: what it says stays.
    """
    from glossary_api.cli.harvesting import run_manifest

    run_manifest(folder, output, columns)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Everything that the parser sees, as JSON.")
@COLUMNS
@one_line
def inspect(file: Path, as_json: bool, columns: dict[str, str]) -> None:
    """Show what the parser sees in one document, or in each record of a data set."""
    from glossary_api.cli.printing import outline
    from glossary_api.harvesting.harvest import inspect_all
    from glossary_api.model.things import Failure
    from glossary_api.reading.read import Request
    from glossary_api.store.documents import inspection

    found = list(inspect_all(file, Request(columns)))
    parsed = [one for one in found if not isinstance(one, Failure)]
    if as_json and parsed:
        documents = [inspection(one) for one in parsed]
        print_json(documents[0] if len(found) == 1 else documents)
    elif parsed:
        for number, report in enumerate(parsed):
            say(*([""] if number else []), *outline(report))
    for one in found:
        if isinstance(one, Failure):
            where = Message("at-place", place=one.path, message=one.message)
            say(Message("cli-line", message=where), err=True)
    if not parsed:
        sys.exit(1)


@main.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="The whole term document, as JSON.")
@EDITION
@one_line
def lookup(name: str, as_json: bool, edition: str | None) -> None:
    """Look a name up, in any of its spellings."""
    from glossary_api.cli.printing import described

    term = opened(edition).term(name)
    if as_json:
        print_json(term)
    else:
        say(*described(term))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The slogans as JSON.")
@EDITION
@one_line
def new(file: Path, as_json: bool, edition: str | None) -> None:
    """List the slogans of a report that the edition has never seen, or first sees in the year of the report."""
    from glossary_api.cli.printing import coined
    from glossary_api.harvesting.harvest import inspect as inspect_file
    from glossary_api.queries.new import document, new_in_text

    slogans = new_in_text(opened(edition), inspect_file(file))
    if as_json:
        print_json({"items": [document(slogan) for slogan in slogans]})
    else:
        say(*coined(slogans))


@main.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--reports", metavar="FOLDER", type=click.Path(path_type=Path), help="Where the reports are [default: the seed]."
)
@one_line
def evaluate(gold: tuple[Path, ...], reports: Path | None) -> None:
    """Measure the parser against hand-made expectations: precision and recall, and every difference."""
    from glossary_api.harvesting.evaluate import evaluated

    for line in evaluated(gold, reports):
        say(line)


@main.command()
@EDITION
@click.option("--host", help=f"The address to listen on [{variable('host')}].")
@click.option("--port", help=f"The port to listen on [{variable('port')}].")
@click.option("--workers", help=f"How many processes answer [{variable('workers')}].")
@click.option("--follow", metavar="TARGET", help=f"Fetch what is published there, as it comes [{variable('follow')}].")
@one_line
def serve(**options: str | None) -> None:
    """Serve an edition; without one, harvest the seed reports first."""
    from glossary_api.harvesting.harvest import ensure_edition
    from glossary_api.server import check, run

    settings = Settings.from_environment().updated(options)
    begin_to_follow(settings)
    if ensure_edition(settings):
        say(Message("seed-harvested", path=settings.edition), err=True)
    check(settings)
    where = settings.host if settings.socket_path else settings.listening
    say(Message("serving", edition=settings.edition, root=where), err=True)
    run(settings)


class _WithManuals(click.Command):
    """A command whose help ends with the manual of each format."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each format holds, how, and what it leaves out."""
        from glossary_api.exports.formats import FORMATS

        with formatter.section(main.translated("Formats")):
            formatter.write_dl([(f.name, main.described(f.summary, f.suffix, f.manual)) for f in FORMATS.values()])


@main.command(cls=_WithManuals)
@click.argument("name", metavar="FORMAT")
@output_options("Where it goes [standard output].")
@EDITION
@click.option("--lang", help="The one target language, such as en [all; en where a format has one only].")
@click.option("--kind", type=click.Choice(_KINDS), help="Only terms of this kind.")
@click.option("--defined/--undefined", default=None, help="Only terms with a definition, or only terms without.")
@click.option("--report", metavar="ID", help="Only terms that this report uses or defines.")
@click.option("--place", help="Only terms that a report of this place uses or defines.")
@click.option("--year", type=click.IntRange(1, 9999), help="Only terms that a report of this year uses or defines.")
@click.option(
    "--status",
    type=click.Choice([*STATUSES, ANY_STATUS]),
    default=ESTABLISHED,
    show_default=True,
    help="Only terms with this status.",
)
@click.option("--bom", is_flag=True, help="Begin csv or tsv with a byte order mark, for Excel.")
@click.option("--date", "day", help="The day of the texts to translate, as 2026-03-05: renderings used then.")
@click.option("--gloss", is_flag=True, help="Put the gloss of each rendering behind it, in parentheses.")
@click.option("--formulas", is_flag=True, help="Leave cells as they are that a spreadsheet takes for formulas.")
@one_line
def export(
    name: str,
    output: Path | None,
    replace: bool,
    edition: str | None,
    lang: str | None,
    bom: bool,
    day: str | None,
    gloss: bool,
    formulas: bool,
    **filters: Any,
) -> None:
    """Export terms in a format of another tool; the same edition gives the same file."""
    from glossary_api.exports.formats import format_named
    from glossary_api.queries.export import Digested, exported
    from glossary_api.store.edition import Edition
    from glossary_api.store.filters import TermFilters
    from glossary_api.store.replacing import check_output
    from glossary_api.store.saving import save

    settings = Settings.from_environment().updated({"edition": edition})
    format_ = format_named(name)
    opened = Edition.open(settings.edition)
    if output is not None:
        check_output(output, replace=replace, whole=settings.edition if format_.whole else None)
    chosen = TermFilters(**filters)
    options: dict[str, Any] = {"bom": bom, "gloss": gloss, "day": day, "formulas": formulas}
    options["address"] = settings.root
    written = Digested(exported(opened, format_, chosen, lang, **options))
    if output is not None:
        save(written, output)
    else:
        sys.stdout.buffer.writelines(written)
        sys.stdout.flush()
    if not format_.whole and written.is_of(exported(opened, format_, chosen, lang, **options, terms=())):
        say(Message("cli-line", message=Message("export-is-empty")), err=True)


@main.command()
@output_options("A folder, or a file that ends in .zip.", metavar="DIR|ZIP", required=True)
@click.option("--server", metavar="URL", help=f"The server that it asks [{variable('address')}, or host and port].")
@one_line
def extension(output: Path, replace: bool, server: str | None) -> None:
    """Pack the browser extension, for Chromium and Firefox: a folder to load from, or an archive."""
    from glossary_api.exports.extension import archive, unpack
    from glossary_api.store.replacing import check_output
    from glossary_api.store.saving import save

    root = Settings.from_environment().updated({"address": server}).root
    if output.suffix == ".zip":
        check_output(output, replace=replace)
        save([archive(root)], output)
    else:
        unpack(root, output)
    say(Message("extension-written", root=root, path=output))


@main.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="The curated file that takes them."
)
@EDITION
@click.option("--lang", default="", help="The language of renderings of which FILE does not say it.")
@click.option("--replace", is_flag=True, help="Where FILE differs from what is there, take FILE's.")
@one_line
def import_(file: Path, output: Path | None, edition: str | None, lang: str, replace: bool) -> None:
    """Take renderings over into a file of curated renderings: from tables, workbooks, TBX, TMX, XLIFF, MultiTerm.

    Without -o, this prints what would change against the edition. Nothing is written if anything is wrong.
    """
    from glossary_api.cli.printing import imported
    from glossary_api.store.saving import alone, refused
    from glossary_api.translation.takeover import changes, keep, write

    with ExitStack() as stack:
        if output is not None:
            with refused(output):
                stack.enter_context(alone(output))
        made = changes(file, opened(edition), output, language=lang, prefer_file=replace)
        if output is not None:
            keep(made, output)
            write(made.rows, output)
    say(*imported(made))
    say(Message("nothing-written") if output is None else Message("written-to", path=output))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@EDITION
@click.option("--language", "lang", help="The language of the translations to check [every one in FILE].")
@click.option("--place", help="Where the text speaks from: senses of this place and near it are meant.")
@click.option("--date", "day", help="The day of the text, as 2026-03-05.")
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
@in_one_line(2)
def check(file: Path, edition: str | None, lang: str | None, place: str | None, day: str | None, as_json: bool) -> None:
    """Check a translation in an XLIFF (1.2, 2.x) or TMX file: renderings missing or mixed, numbers that differ.

    Exit code 1 if there are errors, 0 if there are none (warnings are none), 2 if nothing could be checked.
    """
    from glossary_api.cli.printing import checked
    from glossary_api.translation.check_file import check_file

    made = check_file(file, opened(edition), lang, place, day, spoken())
    if as_json:
        print_json(made)
    else:
        say(*checked(made))
    sys.exit(1 if made["counts"]["error"] else 0)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@EDITION
@click.option("--lang", default="en", show_default=True, help="The language to translate into.")
@click.option("--place", help="Where the text speaks from: renderings and senses of this place are meant.")
@click.option("--date", "day", help="The day of the text, as 2026-03-05.")
@click.option("--json", "as_json", is_flag=True, help="The glossary and what nothing decides, as JSON.")
@one_line
def pretranslate(file: Path, edition: str | None, lang: str, place: str | None, day: str | None, as_json: bool) -> None:
    """Print which rendering each term of a Chinese document has to have, for a translator or a model."""
    from glossary_api.translation.pretranslate import pretranslate_file

    made = pretranslate_file(file, opened(edition), lang, place, day)
    if as_json:
        print_json(made)
    else:
        say(made["prompt"])


for _command in (appendix, align, backup, decide, restore, review, token, doctor, mcp, publish, verify):
    main.add_command(_command)


if __name__ == "__main__":
    main()
