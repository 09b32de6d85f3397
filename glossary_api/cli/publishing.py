"""The command that publishes an edition, and what `serve` does to follow a place, for `main.py` to take up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import click

from glossary_api.cli.wording import say, spoken
from glossary_api.errors import EditionError
from glossary_api.model.messages import Message
from glossary_api.settings import NONE, Settings

Guard = Callable[[Callable[..., Any]], Callable[..., Any]]


def publishers_commands(guard: Guard, edition_option: Callable[..., Any]) -> Iterator[click.Command]:
    """Yield the commands of who publishes; `guard` prints errors in one line."""

    @click.command()
    @click.argument("target")
    @edition_option
    @guard
    def publish(target: str, edition: str | None) -> None:
        """Publish an edition at TARGET, a folder or an address such as s3://bucket/glossary, for servers to follow."""
        from glossary_api.store.publication import publish_edition

        settings = Settings.from_environment().updated({"edition": edition})
        published = publish_edition(settings.edition, target)
        say(Message("edition-published", hash=published.hash[:12], target=target))

    yield publish


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
