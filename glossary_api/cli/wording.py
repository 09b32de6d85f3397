"""Have click say its own messages in the language of ours."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import click
from click import core, decorators, exceptions, formatting, parser, termui, types

from glossary_api.model.messages import CHINESE, Message, said
from glossary_api.settings import language_tag
from glossary_api.text.visible import visible

_MODULES = (core, decorators, exceptions, formatting, parser, termui, types)
_CATALOGUE = Path(__file__).with_name("click.json")


class Program(click.Group):
    """The group of all commands, which knows its language before it reads its options."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command line in the language that the environment asks for, until an option says otherwise."""
        speak(language_tag(None))
        return super().main(*args, **options)


def speak(language: str) -> None:
    """Have click speak the language of a tag.

    Click looks its messages up by gettext, in files that must be compiled and lie in a folder for each language. Its
    two functions for that are replaced in its modules instead, so that a table of the messages will do.
    """

    def one(message: str) -> str:
        return _in_chinese().get(message, message) if language == CHINESE else message

    def some(singular: str, plural: str, number: int) -> str:
        return one(singular if number == 1 else plural)

    for module in _MODULES:
        for name, function in (("_", one), ("ngettext", some)):
            if hasattr(module, name):
                setattr(module, name, function)


def spoken() -> str:
    """Return the tag of the language that messages are shown in."""
    language: str = click.get_current_context().find_root().obj
    return language


def say(*lines: str | Message, err: bool = False) -> None:
    """Print lines in the language that messages are shown in; nothing in them can steer the terminal."""
    for line in lines:
        click.echo(visible(said(line, spoken())), err=err)


@cache
def _in_chinese() -> dict[str, str]:
    texts: dict[str, str] = json.loads(_CATALOGUE.read_text("utf-8"))
    return texts
