"""Say how sure a finding is, by whether the characters around it came through whole.

A quotation mark without its partner is the slip of the author, or of whoever copied the text: entities cut in two
(发?quot;专、精), marks that stand in for what could not be read. Then the file is at fault, and nobody is accused.
"""

from __future__ import annotations

import re

from glossary_api.model.words import ERROR, FOUND_IN_REPORTS, QUESTION

_AROUND = 40
"""So many characters on each side tell whether a text is damaged there."""
_DEBRIS = re.compile(r"&#?\w{2,8};|\?\w{2,5};|\ufffd|(?<=[\u4e00-\u9fff])\?(?=[\u4e00-\u9fff])|[\ue000-\uf8ff]")
"""Entities, what is left of them, signs for unknown characters, and characters of private fonts."""


def severity_of(kind: str, text: str, start: int, end: int) -> str:
    """Return the severity of a finding of a kind at a span of a text."""
    first, last = around(start, end)
    return severity_among(kind, text[first:last])


def severity_among(kind: str, passage: str) -> str:
    """Return the severity of a finding of a kind by the passage around it."""
    severity = FOUND_IN_REPORTS.get(kind, QUESTION)
    return QUESTION if severity == ERROR and _DEBRIS.search(passage) else severity


def around(start: int, end: int) -> tuple[int, int]:
    """Return the span of the passage that tells whether a text is damaged at a span."""
    return max(start - _AROUND, 0), end + _AROUND
