"""Cells of tables that spreadsheets would take for formulas: an apostrophe before them says that they are texts.

This is what OWASP says against CSV injection. It can be taken back without a doubt: a text that begins with apostrophes
and such a sign gets one more, too.
"""

from __future__ import annotations

import re

_BEGINNING = r"(?:[=+\-@＝＋－＠](?s:.)|[\t\r\n])"
_FORMULA = re.compile(f"'*{_BEGINNING}")
_SHOWN = re.compile(f"'+{_BEGINNING}")
_WEBLATE = re.compile(r"[=+\-@|%]")


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet might take a text for a formula; a sign alone is none."""
    return _FORMULA.match(text) is not None


def guarded(text: str) -> str:
    """Return a text as a cell that no spreadsheet takes for a formula.

    >>> guarded("=1+1")
    "'=1+1"
    """
    return f"'{text}" if is_formula(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell, guarded or not."""
    return cell[1:] if _SHOWN.match(cell) else cell


def enclosed(text: str) -> str:
    """Return a text guarded as Weblate guards its own: between apostrophes, which it takes off again."""
    if not _WEBLATE.match(text) or len(text) == 1:
        return guarded(text)
    return "'{}'".format(text.replace("|", "\\|"))


def unenclosed(cell: str) -> str:
    """Return the text of a cell of Weblate's, guarded or not."""
    if len(cell) > 2 and cell[0] == cell[-1] == "'" and re.match(r"[=+\-@\\%]", cell[1]):
        return cell[1:-1].replace("\\|", "|")
    return unguarded(cell)
