"""Lists of several pages: which one `?page=` asks for, and what leads to the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request

from glossary_api.errors import BadParameter
from glossary_api.store.documents import JsonObject
from glossary_api.store.edition import Page

_LONGEST = 6
"""Digits that the number of a page may have."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """One page of a list."""

    items: tuple[JsonObject, ...]
    total: int
    """How many items the whole list has."""
    number: int
    """Which page this is, from 1."""
    last: int
    """The number of the last page."""

    @property
    def before(self) -> int | None:
        """Return how the page before this one is asked for: the first one by no number at all."""
        return self.number - 1 if self.number > 2 else None


def leafed(size: int, ask: Callable[[int, int], Page[Any]]) -> Numbered:
    """Return the page that the request asks for, of `size` items; `ask` has it from size and number of items before.

    Raises BadParameter for a number that no page has.
    """
    number = _asked()
    page = ask(size, (number - 1) * size)
    if number > 1 and not page.items:
        raise BadParameter("page", "there-are-not-so-many-pages")
    return Numbered(page.items, page.total, number, max(-(-page.total // size), 1))


def _asked() -> int:
    asked = request.args.get("page", "1")
    if not asked.isascii() or not asked.isdigit() or len(asked) > _LONGEST or int(asked) < 1:
        raise BadParameter("page", "is-no-number-of-page")
    return int(asked)


def numbered(
    size: int, ask: Callable[[int, str | None], Page[Any]], cursor_behind: Callable[[int], str | None]
) -> Numbered:
    """Return the page that the request asks for, of `size` items; `ask` has it from size and cursor.

    Raises BadParameter for a number that no page has.
    """
    number = _asked()
    cursor = cursor_behind((number - 1) * size) if number > 1 else None
    page = ask(size, cursor)
    if number > 1 and (cursor is None or not page.items):
        raise BadParameter("page", "there-are-not-so-many-pages")
    return Numbered(page.items, page.total, number, max(-(-page.total // size), 1))
