"""The commands of who runs a server and publishes editions; what they need is imported when one runs."""

from __future__ import annotations

import importlib.util
import sys

import click

from glossary_api.cli.options import EDITION, one_line
from glossary_api.cli.wording import say, spoken
from glossary_api.errors import EditionError, ServerError
from glossary_api.model.messages import Message
from glossary_api.settings import NONE, Settings


@click.command()
@click.argument("edition", required=False)
@one_line
def verify(edition: str | None) -> None:
    """Read an edition whole and compare its content with its hash, which finds bits that have flipped."""
    from glossary_api.store import verifying

    path = Settings.from_environment().updated({"edition": edition}).edition
    say(Message("edition-verified", path=path, hash=verifying.verify(path)))


@click.command()
@one_line
def doctor() -> None:
    """Look over versions, settings, edition, files and disk, and say what to do. Exit code 1 if anything is wrong.

    Lines begin with `ok`, with `note` for what may be meant so, or with `wrong`.
    """
    from glossary_api.cli.examining import WRONG, findings

    wrong = False
    for level, message in findings():
        say(Message("diagnosis", level=Message(level), message=message))
        wrong = wrong or level == WRONG
    if wrong:
        sys.exit(1)


@click.command()
@EDITION
@one_line
def mcp(edition: str | None) -> None:
    """Serve an edition to language models over standard input and output: the Model Context Protocol."""
    from glossary_api.queries.served import Served

    if importlib.util.find_spec("mcp") is None:
        raise ServerError("package-mcp-is-not-installed", remedy="install-glossary-api-mcp")
    served = Served.open(Settings.from_environment().updated({"edition": edition}).edition)
    from glossary_api.mcp.tools import server_of  # imports the SDK

    server_of(lambda: served).run("stdio")


@click.command()
@click.argument("target")
@EDITION
@one_line
def publish(target: str, edition: str | None) -> None:
    """Publish an edition at TARGET, a folder or an address such as s3://bucket/glossary, for servers to follow."""
    from glossary_api.store.publication import publish_edition

    settings = Settings.from_environment().updated({"edition": edition})
    published = publish_edition(settings.edition, target)
    say(Message("edition-published", hash=published.hash[:12], target=target))


def begin_to_follow(settings: Settings) -> None:
    """Fetch what is published where the settings say, and go on doing so; nothing if they say nothing.

    Raises EditionError if nothing can be fetched and there is no edition yet.
    """
    if settings.follow == NONE:
        return
    from glossary_api.serving.follower import started
    from glossary_api.store.publication import Follower

    try:
        Follower(settings.follow, settings.edition).fetch()
    except EditionError as error:
        if not settings.edition.exists():
            raise
        say(Message("cli-line", message=error.said(spoken())), err=True)
    started(settings.follow, settings.edition, settings.follow_seconds)
