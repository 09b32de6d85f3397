"""The header of an export: the edition it was made from, the program that made it, and the part of the edition in
it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

SOURCE_LANGUAGE = "zh-CN"
"""The language of all names and definitions: simplified characters, as mainland governments print them."""
PROGRAM = "glossary-api"


@dataclass(frozen=True, slots=True)
class Header:
    """Everything a writer knows besides the terms; no date, so that the same edition gives the same file."""

    edition: str
    """Content hash of the edition."""
    program: str
    """Version of the program that wrote the edition."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """How much the whole edition holds: `reports`, `terms`."""
    filters: Mapping[str, str] = field(default_factory=dict)
    """What the terms were chosen by, such as `{"kind": "numeral"}`, a place by its full name; empty for all of them."""
    address: str = ""
    """Root of the server that has the edition, slash included, for files that lead back to it; empty if none."""
    gloss: bool = False
    """Whether renderings have their gloss behind them, also where only the rendering itself has a place."""
    standpoint: tuple[str | None, str | None, str | None] = (None, None, None)
    """Name and code of the place whose texts the file is for, and their day; None where that is left open."""
    formulas: bool = False
    """Whether cells that a spreadsheet would take for formulas are left so."""
    language: str = ""
    """The one target language that was asked for, as a BCP 47 code; empty for all of them."""

    @property
    def title(self) -> str:
        """Return the title of the file."""
        return "Glossary of Chinese government work reports"

    @property
    def origin(self) -> str:
        """Return which edition the file was made from, in a sentence."""
        holds = ", ".join(f"{number} {what}" for what, number in self.counts.items())
        return f"Made by {PROGRAM} {self.program} from edition {self.edition}{f' ({holds})' if holds else ''}."

    @property
    def selection(self) -> str:
        """Return which part of the edition it is, in a sentence."""
        chosen = ", ".join(f"{name}={value}" for name, value in self.filters.items())
        terms = f"Terms chosen by {chosen}" if chosen else "All terms"
        return f"{terms}; renderings in {self.language or 'all languages'}."


class Layout(NamedTuple):
    """One of several formats that a file of this package writes."""

    MANUAL: str
    write: Callable[[Header, Iterable[dict[str, Any]]], Iterator[bytes]]
    """Yields the file; it takes whole term documents."""
