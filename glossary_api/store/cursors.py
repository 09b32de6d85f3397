"""Cursors: the sort key of the last item of a page, opaque to whoever carries it on.

    terms.5LiJ6L65                          the list, and a text in base64url
    usages.a3Vuc2hhbi0yMDI0.15209.15214     the list, a text and two numbers

Being made of names and not of positions, they stay right when the edition behind them is replaced. Whatever has the
form of a cursor is one: it stands for the place where such an item would be.
"""

from __future__ import annotations

import base64
import re

from glossary_api.errors import BadParameter

_FORMS = {
    str: "((?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?)",  # no text leaves one character behind the groups of four
    int: "([0-9]{1,15})",
}


def encode(kind: str, *key: str | int) -> str:
    """Return the cursor of a sort key, of texts and numbers that are not negative, in the list called `kind`."""
    return ".".join([kind, *(str(value) if isinstance(value, int) else _encoded(value) for value in key)])


def decode(cursor: str, kind: str, *types: type) -> tuple[str | int, ...]:
    """Return the sort key in a cursor, one value for each of `types`, which are str or int.

    Raises BadParameter for anything that `encode` could not make for the same kind of list.
    """
    found = re.fullmatch(pattern(kind, *types), cursor)
    if found is None:
        raise BadParameter("cursor", "no-cursor-of-list")
    values = zip(types, found.groups(), strict=True)
    return tuple(int(value) if wanted is int else _decoded(value) for wanted, value in values)


def pattern(kind: str, *types: type) -> str:
    """Return the regular expression that exactly the cursors of a list match, in the dialect of JSON Schema."""
    return "^" + r"\.".join([kind, *(_FORMS[wanted] for wanted in types)]) + "$"


def _encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decoded(text: str) -> str:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("utf-8", "replace")
