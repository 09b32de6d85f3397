"""The commands of who runs a server, for `main.py` to take up; what they need is imported when one runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import click

from glossary_api.cli.wording import say
from glossary_api.model.messages import Message
from glossary_api.settings import Settings

Guard = Callable[[Callable[..., Any]], Callable[..., Any]]


def operators_commands(guard: Guard, edition_option: Callable[..., Any]) -> Iterator[click.Command]:
    """Yield the commands by which operators look after an edition; `guard` prints errors in one line."""
    yield _verify(guard)
    yield _doctor(guard)
    yield _mcp(guard, edition_option)


def _verify(guard: Guard) -> click.Command:
    @click.command()
    @click.argument("edition", required=False)
    @guard
    def verify(edition: str | None) -> None:
        """Read an edition whole and compare its content with its hash, which finds bits that have flipped."""
        from glossary_api.store import verifying

        path = Settings.from_environment().updated({"edition": edition}).edition
        say(Message("edition-verified", path=path, hash=verifying.verify(path)))

    return verify


def _doctor(guard: Guard) -> click.Command:
    @click.command()
    @guard
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

    return doctor


def _mcp(guard: Guard, edition_option: Callable[..., Any]) -> click.Command:
    @click.command()
    @edition_option
    @guard
    def mcp(edition: str | None) -> None:
        """Serve an edition to language models over standard input and output: the Model Context Protocol."""
        from glossary_api.mcp.stdio import run

        run(Settings.from_environment().updated({"edition": edition}).edition)

    return mcp
