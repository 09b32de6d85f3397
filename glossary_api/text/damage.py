"""Say how sure a finding is, by whether the characters around it came through whole.

A quotation mark without its partner is the slip of the author, or of whoever copied the text: entities cut in two
(发?quot;专、精), marks that stand in for what could not be read. Then the file is at fault, and nobody is accused.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from glossary_api.model.words import ERROR, FOUND_IN_REPORTS, QUESTION

_AROUND = 40
"""So many characters on each side tell whether a text is damaged there …"""
_MUCH = 3
"""… and so many places that a whole text is."""
_DEBRIS = re.compile(r"&#?\w{2,8};|\?\w{2,5};|\ufffd|(?<=[\u4e00-\u9fff])\?(?=[\u4e00-\u9fff])|[\ue000-\uf8ff]")
"""Entities, what is left of them, signs for unknown characters, and characters of private fonts."""


def severity_of(kind: str, text: str, start: int, end: int) -> str:
    """Return the severity of a finding of a kind at a span of a text."""
    severity = FOUND_IN_REPORTS.get(kind, QUESTION)
    return QUESTION if severity == ERROR and _is_damaged(text, start, end) else severity


def _is_damaged(text: str, start: int, end: int) -> bool:
    """Return whether a text is damaged around a span, or all over."""
    near = _DEBRIS.search(text, max(start - _AROUND, 0), end + _AROUND)
    return near is not None or _is_damaged_all_over(text)


@lru_cache(maxsize=2)  # asked for each finding of a text
def _is_damaged_all_over(text: str) -> bool:
    return sum(1 for _ in islice(_DEBRIS.finditer(text), _MUCH)) >= _MUCH
