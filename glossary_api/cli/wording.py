"""Have click say its own messages, and the help of our commands and options, in the language of our messages.

The English is what stands in the code; `click.json`, `help.json` and, sentence by sentence, `formats.json` have the
Chinese for it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from inspect import cleandoc
from pathlib import Path
from typing import Any, NamedTuple

import click
from click import core, decorators, exceptions, formatting, parser, termui, types

from glossary_api.model.messages import CHINESE, ENGLISH, Message, said
from glossary_api.settings import Settings, language_tag
from glossary_api.text.visible import visible

_MODULES = (core, decorators, exceptions, formatting, parser, termui, types)
_WRAP_TEXT = formatting.wrap_text
_PIECES = re.compile(r"[^\s⺀-￯]+\s*|[“（]?[⺀-￯][，。；：、）”！]*\s*|\s+")
_SENTENCE_END = re.compile(r"(?<=\.) (?=[A-Z])")
_SETTINGS = "Settings are read from the environment:"


class Help(NamedTuple):
    """A text of the help as the code has it: an attribute of a command or option, each paragraph one line."""

    holder: Any
    attribute: str
    paragraphs: tuple[str, ...]


class Program(click.Group):
    """The group of all commands, which knows its language before it reads its options."""

    language = ENGLISH

    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command line in the language that the environment asks for, until an option says otherwise."""
        speak(language_tag(None), self)
        return super().main(*args, **options)

    def translated(self, text: str) -> str:
        """Return the Chinese for an English text where Chinese is spoken."""
        return chinese().get(text, text) if self.language == CHINESE else text

    def described(self, what: str, suffix: str, manual: str) -> str:
        """Return what a format is, the suffix of its files, and its manual."""
        if self.language != CHINESE:
            return f"{what} ({suffix}). {manual}"
        return f"{self.translated(what)}（{suffix}）。" + "".join(map(self.translated, sentences(manual)))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each setting is, and its default."""
        formatter.write_paragraph()
        formatter.write(f"  {self.translated(_SETTINGS)}\n")
        for name, default, text in Settings.described():
            shown = self.translated("default: {default}").format(default=self.translated(default))
            formatter.write(f"    {name:<22} {self.translated(text)} [{shown}]\n")


def sentences(text: str) -> list[str]:
    """Return the sentences of an English text."""
    return _SENTENCE_END.split(text)


def speak(language: str, program: Program) -> None:
    """Have click, and the help of a program, speak the language of a tag.

    Click looks its messages up by gettext, in files that must be compiled and lie in a folder for each language. Its
    two functions for that are replaced in its modules instead, so that a table of the messages will do.
    """
    helps = help_texts(program)  # before click speaks Chinese, for it makes its own options when asked for them
    program.language, one = language, program.translated

    def some(singular: str, plural: str, number: int) -> str:
        return one(singular if number == 1 else plural)

    for module in _MODULES:
        for name, function in (("_", one), ("ngettext", some)):
            if hasattr(module, name):
                setattr(module, name, function)
    for holder, attribute, paragraphs in helps:
        setattr(holder, attribute, "\n\n".join(map(one, paragraphs)))
    vars(formatting)["wrap_text"] = _wrapped if language == CHINESE else _WRAP_TEXT


@cache
def help_texts(program: click.Group) -> tuple[Help, ...]:
    """Return the help of a program, of its commands and of all their options, in English."""
    root = click.Context(program, **program.context_settings)
    contexts = [root, *(click.Context(command, parent=root) for command in program.commands.values())]
    holders = [holder for context in contexts for holder in (context.command, *context.command.get_params(context))]
    texts = (
        (holder, attribute, getattr(holder, attribute, None))
        for holder in dict.fromkeys(holders)
        for attribute in ("help", "show_default")
    )
    return tuple(
        Help(holder, attribute, tuple(" ".join(paragraph.split()) for paragraph in cleandoc(text).split("\n\n")))
        for holder, attribute, text in texts
        if isinstance(text, str)
    )


def _wrapped(text: str, width: int = 78, initial_indent: str = "", subsequent_indent: str = "", **_: Any) -> str:
    """Return a text cut into lines of a width, as click's own function does, but between Chinese characters, too."""
    if "\n\n" in text:
        return "\n\n".join(_wrapped(one, width, initial_indent, subsequent_indent) for one in text.split("\n\n"))
    lines, line = list[str](), initial_indent
    for piece in _PIECES.findall(text):
        if _width(line + piece.rstrip()) > width and line.strip():
            lines.append(line.rstrip())
            line = subsequent_indent
        line += piece if line.strip() else piece.lstrip()
    return "\n".join([*lines, line.rstrip()])


def spoken() -> str:
    """Return the tag of the language that messages are shown in."""
    language: str = click.get_current_context().find_root().obj
    return language


def say(*lines: str | Message, err: bool = False) -> None:
    """Print lines in the language that messages are shown in; nothing in them can steer the terminal."""
    for line in lines:
        click.echo(visible(said(line, spoken())), err=err)


@cache
def chinese() -> Mapping[str, str]:
    """Return the Chinese for each English text of click and of the help."""
    files = (Path(__file__).with_name(name) for name in ("click.json", "help.json", "formats.json"))
    return {english: text for file in files for english, text in json.loads(file.read_text("utf-8")).items()}


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
