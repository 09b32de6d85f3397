"""The commands of editors, for `main.py` to take up: what they say is in `deciding.py`, imported when one runs."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any

import click

from glossary_api.cli.options import EDITION, REPLACE, one_line, opened, output_options, print_json
from glossary_api.cli.wording import say, spoken
from glossary_api.model.messages import Message
from glossary_api.model.words import REVIEWED, SCOPES, TRANSLATION_STATUSES
from glossary_api.settings import Settings, variable

_DECISIONS = click.option("--decisions", metavar="FILE", help=f"The log of decisions [{variable('decisions')}].")
_WHO = click.option("--who", default=getpass.getuser, show_default="who is logged in", help="Whose decision it is.")


@click.command()
@click.argument("kind", required=False)
@click.argument("values", nargs=-1)
@click.option("--passage", metavar="REPORT:WORDS", help="The definition that it is about, by words of it.")
@click.option("--other-passage", metavar="REPORT:WORDS", help="The other definition.")
@click.option("--use", metavar="REPORT:WORDS", help="The place in a report, by words that stand there once.")
@click.option("--gloss", help="What explains a rendering.")
@click.option("--note", help="Why it is rendered so.")
@click.option("--source", help="Whose rendering it is [who decides].")
@click.option("--status", type=click.Choice(("approved", "official")), help="What a rendering is [approved].")
@click.option("--since", metavar="DAY", help="From which year, month or day on it is rendered so.")
@click.option(
    "--definition-status",
    type=click.Choice(TRANSLATION_STATUSES),
    help="How far a definition in another language has come [approved].",
)
@click.option("--why", default="", help="Why it is decided so.")
@_WHO
@_DECISIONS
@EDITION
@click.option("--schema", is_flag=True, help="Print the JSON Schema of decisions, and decide nothing.")
@click.option("--log", "as_log", is_flag=True, help="Print what was decided so far, and decide nothing.")
@one_line
def decide(
    kind: str | None, values: tuple[str, ...], who: str, decisions: str | None, edition: str | None, **rest: Any
) -> None:
    """Decide something about the glossary: a line in the log, which every harvest applies.

    KIND says what is decided, VALUES what it is about, such as: establish NAME, reject NAME, join-names NAME NAME,
    add-definition NAME TEXT, add-rendering NAME LANGUAGE RENDERING, correct-report ID FIELD VALUE, undo DECISION.
    Without KIND, all kinds are listed.
    """
    from glossary_api.cli.deciding import draft_of, manual
    from glossary_api.curation.decision_log import message_of, read_log, record
    from glossary_api.curation.decisions import schema

    settings = Settings.from_environment().updated({"edition": edition, "decisions": decisions})
    if rest.pop("schema"):
        print_json(schema())
        return
    as_log = rest.pop("as_log")
    if as_log or kind is None:
        say(*(map(message_of, read_log(settings.decision_log)) if as_log else manual()))
        return
    draft = draft_of(kind, values, rest, opened(edition))
    say(Message("decision-taken-down", line=message_of(record(settings.decision_log, draft, who))))


@click.command()
@click.option("--kind", type=click.Choice(REVIEWED), default=REVIEWED[0], show_default=True, help="What waits.")
@_WHO
@_DECISIONS
@EDITION
@one_line
def review(kind: str, who: str, decisions: str | None, edition: str | None) -> None:
    """Walk through what waits for a decision, one key for each answer."""
    from glossary_api.curation.decision_log import read_log, record
    from glossary_api.queries.review import questions

    settings = Settings.from_environment().updated({"edition": edition, "decisions": decisions})
    asked = 0
    for question in questions(kind, opened(edition), read_log(settings.decision_log)):
        asked += 1
        keys = ", ".join(f"{key}: {draft['kind']}" for key, draft in question.answers.items())
        say(question.shown, Message("answer-with", keys=keys))
        key = click.prompt("", type=click.Choice([*question.answers, "s", "q"]), show_choices=False)
        if key == "q":
            return
        if key != "s":
            record(settings.decision_log, {**question.answers[key], "why": ""}, who)
    if not asked:
        say(Message("nothing-waits"))


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", required=False, type=click.Path(path_type=Path))
@output_options("A table of what is proposed, as .csv.")
@click.option("--queue", is_flag=True, help="Put what is proposed into the log, for `review`.")
@click.option("--lang", default="en", show_default=True, help="The language of the translation.")
@click.option("--since", metavar="DAY", default="", help="The day of the text, from when on it is rendered so.")
@click.option("--json", "as_json", is_flag=True, help="What is proposed, with all passages, as JSON.")
@_WHO
@_DECISIONS
@EDITION
@one_line
def align(source: Path, target: Path | None, **options: Any) -> None:
    """Propose renderings of terms by a text and its official translation: up to three for each, with the reasons.

    SOURCE is the Chinese document and TARGET its translation; or SOURCE is one file with both: TMX, XLIFF, .xlsx,
    .csv. Nothing is taken over: rows of the table are `proposed`, and what is queued waits for `review`.
    """
    from glossary_api.cli.aligning import run_align

    run_align(source, target, **options)


@click.command()
@click.argument("action", type=click.Choice(["create", "list", "revoke"]))
@click.argument("name", default="")
@click.option("--scope", type=click.Choice(SCOPES), default=SCOPES[0], show_default=True, help="What it may.")
@click.option("--days", type=click.IntRange(1), help="After how many days it expires [never].")
@_DECISIONS
@one_line
def token(action: str, name: str, scope: str, days: int | None, decisions: str | None) -> None:
    """Say who may decide through the server: make a token for NAME and show it once, list all, or revoke NAME's.

    Nobody may until there is a token.
    """
    from glossary_api.curation.tokens import create_token, read_tokens, revoke_token

    path = _tokens(decisions)
    if action == "list":
        for one in read_tokens(path):
            state = "token-valid" if one.is_valid else "token-invalid"
            shown = {"name": one.name, "scope": one.scope, "created": one.created}
            say(Message(state, **shown, **({"expires": one.expires or "-"} if one.is_valid else {})))
    elif not name:
        raise click.UsageError(Message("token-wants-name", action=action).said(spoken()))
    elif action == "create":
        say(create_token(path, name, scope, days))
    else:
        revoke_token(path, name)
        say(Message("token-revoked", name=name))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@REPLACE
@_DECISIONS
@EDITION
@one_line
def backup(file: Path, replace: bool, decisions: str | None, edition: str | None) -> None:
    """Write what the edition was made of, what was decided and who may into one archive, FILE."""
    from glossary_api.harvesting.backup import back_up
    from glossary_api.store.replacing import check_output

    check_output(file, replace=replace)
    settings = Settings.from_environment().updated({"edition": edition, "decisions": decisions})
    say(Message("backup-written", count=back_up(settings, file), path=file))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
@one_line
def restore(file: Path, folder: Path) -> None:
    """Restore the archive FILE into an empty FOLDER, in which `add` then makes the same edition."""
    from glossary_api.harvesting.backup import EDITION
    from glossary_api.harvesting.backup import restore as restored

    say(Message("backup-restored", hash=restored(file, folder)[:12], edition=folder / EDITION))


def _tokens(decisions: str | None) -> Path:
    from glossary_api.curation.tokens import tokens_beside

    return tokens_beside(Settings.from_environment().updated({"decisions": decisions}).decision_log)
