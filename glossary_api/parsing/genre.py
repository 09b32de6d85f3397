"""The kind of a document: which report it is, by its title, its own opening words, or what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterable

from glossary_api.model.words import EXPLAINER, GENRES, GOVERNMENT_REPORT, OTHER_GENRE
from glossary_api.parsing.patterns import any_of, matches

_LONGEST = 120
"""Characters of the longest title that is looked at."""
_OPENING = 400
"""Characters behind the salutation in which a report says what it is."""

_DECLARED = re.compile(any_of("wordings", "declared"))
_GOVERNMENT = re.compile(any_of("wordings", "government-report"))
_FOR_A_GOVERNMENT = re.compile(any_of("wordings", "for-a-government"))
_APPROVAL = re.compile(any_of("wordings", "approval"))
_APPROVED = re.compile(any_of("wordings", "approved"))


def genre_by(titles: Iterable[str]) -> str | None:
    """Name the genre that the first telling title has: one of the reports' in GENRES; None if none tells.

    Titles are in plain form and without white space. A title that says more than 政府工作报告 goes first.
    """
    found = {genre for title in titles if (genre := _genre(title))}
    return next((genre for genre in GENRES if genre in found), None)


def _genre(title: str) -> str | None:
    if len(title) > _LONGEST:
        return None
    return next(
        (genre for genre in GENRES if genre not in (EXPLAINER, OTHER_GENRE) and matches("title", genre, title)), None
    )


def is_resolution(title: str) -> bool:
    """Tell whether a title in plain form and without white space is that of a resolution about a report."""
    return len(title) <= _LONGEST and matches("title", "resolution", title)


def approves_a_report(opening: str) -> bool:
    """Tell whether a text, plain and without white space, begins as a resolution: 会议听取和审议了…工作报告."""
    return (
        "各位代表" not in opening[:1000] and bool(_APPROVAL.match(opening)) and bool(_APPROVED.search(opening[:1500]))
    )


def declared_genre(opening: str) -> str | None:
    """Name the genre by what the opening words announce; `opening` is plain, without white space, from 各位代表 on.

    向大会作关于…计划的报告 says which one; an announced report of no known kind is OTHER_GENRE; None without any.
    """
    opening = opening[:_OPENING]
    if found := _DECLARED.search(opening):
        said = found[1] or found[2]
        return _genre(said) or (GOVERNMENT_REPORT if "政府工作" in said else OTHER_GENRE)
    if _GOVERNMENT.search(opening) or _FOR_A_GOVERNMENT.search(opening):
        return GOVERNMENT_REPORT
    return None
