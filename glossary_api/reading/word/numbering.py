"""Word's automatic numbering: the markers that Word prints and stores nowhere.

A list (`w:num`) uses an outline (`w:abstractNum`) of nine levels; lists of one outline go on counting where the
other stopped, unless they say that they start anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from glossary_api.reading.counters import FORMS
from glossary_api.reading.word.package import Element, W
from glossary_api.reading.word.styles import Styles, integer, value

_LEVELS = 9
_MAX_MARKER = 64  # of the pattern of a marker, in characters; a longer one is an attempt to blow up the text


@dataclass(frozen=True, slots=True)
class Level:
    """One level of an outline."""

    start: int
    form: str
    """A number format of FORMS, or one that prints digits."""
    text: str
    """The marker with %1 to %9 for the numbers of the levels."""
    restarts_after: int | None
    """How many levels, counted from the outermost, begin this one anew; 0 for none; None for all outer ones."""
    legal: bool
    """Whether outer numbers are printed as digits whatever their own form."""
    space: bool
    """Whether a space follows the marker rather than a tab stop or nothing."""
    style: str | None
    """The paragraph style whose paragraphs stand on this level."""


@dataclass(slots=True)
class _List:
    outline: str
    starts: dict[int, int]
    """Numbers with which levels start anew when the list is first met."""
    replaced: dict[int, Level]
    """Levels that differ from those of the outline."""
    levels: dict[int, Level] | None = None
    """All its levels, known once the list is met."""


class Numbering:
    """The lists of a document and how far each has counted; ask once per paragraph, in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._outlines: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, list[int | None]] = {}
        if root is not None:
            self._read(root)

    def marker(self, properties: Element | None) -> str:
        """Count a paragraph with these properties and return its marker, with the space after it if one is set."""
        number, level = self._place(properties)
        found = self._lists.get(number)
        levels = {} if found is None else self._levels(found)
        if found is None or level not in levels or levels[level].form == "bullet":
            return ""  # a bullet says nothing, and its character is seldom one outside its own font
        printed = _printed(levels, level, self._count(found, levels, level))
        return f"{printed} " if printed and levels[level].space else printed

    def _place(self, properties: Element | None) -> tuple[str, int]:
        """Return the list and level of a paragraph: its own, else its style's; list `0` is none."""
        own = None if properties is None else properties.find(f"{W}numPr")
        style = self._styles.of_paragraph(properties)
        inherited, inherited_level = self._styles.numbering(style)
        number = value(own, "numId") or inherited or "0"
        level = value(own, "ilvl") or self._level_of_style(number, style) or inherited_level
        return number, integer(level, 0) or 0

    def _level_of_style(self, number: str, style: str | None) -> str | None:
        if style is None or number not in self._lists:
            return None
        levels = self._levels(self._lists[number])
        return next((str(level) for level, found in levels.items() if found.style == style), None)

    def _levels(self, found: _List) -> dict[int, Level]:
        """Return the levels of a list. At the first asking, the levels that it starts anew forget their count."""
        if found.levels is None:
            found.levels = self._outlines.get(self._linked(found.outline), {}) | found.replaced
            for restarted, start in found.starts.items():
                self._counts(found)[restarted] = None
                if restarted in found.levels:
                    found.levels[restarted] = replace(found.levels[restarted], start=start)
        return found.levels

    def _linked(self, outline: str) -> str:
        """Return the outline that has the levels: an outline may leave them to the list that a style names."""
        for _ in range(_LEVELS):
            linked = self._lists.get(self._styles.numbering(self._links.get(outline))[0] or "")
            if outline not in self._links or linked is None:
                break
            outline = linked.outline
        return outline

    def _counts(self, found: _List) -> list[int | None]:
        return self._counters.setdefault(found.outline, [None] * _LEVELS)

    def _count(self, found: _List, levels: dict[int, Level], level: int) -> list[int | None]:
        """Count one paragraph on this level; deeper levels begin anew unless they say otherwise."""
        counts = self._counts(found)
        current = counts[level]
        counts[level] = levels[level].start if current is None else current + 1
        for inner in range(level + 1, _LEVELS):
            limit = levels[inner].restarts_after if inner in levels else None
            if limit is None or level < limit:
                counts[inner] = None
        return counts

    def _read(self, root: Element) -> None:
        for outline in root.iterfind(f"{W}abstractNum"):
            name = outline.get(f"{W}abstractNumId", "")
            self._outlines[name] = dict(map(_level, outline.iterfind(f"{W}lvl")))
            link = value(outline, "numStyleLink")
            if link is not None:
                self._links[name] = link
        for found in root.iterfind(f"{W}num"):
            self._lists[found.get(f"{W}numId", "")] = _list(found)
        self._lists.pop("0", None)


def _printed(levels: dict[int, Level], level: int, counts: list[int | None]) -> str:
    own = levels[level]

    def number(reference: re.Match[str]) -> str:
        index = int(reference.group(1)) - 1
        referred = levels.get(index, own)
        counted = counts[index]
        form = "decimal" if own.legal and index != level else referred.form
        return FORMS.get(form, str)(referred.start if counted is None else counted)

    return re.sub("%([1-9])", number, own.text)


def _level(element: Element) -> tuple[int, Level]:
    index = integer(element.get(f"{W}ilvl"), 0) or 0
    alternative = element.find(f".//{W}numFmt")  # newer forms stand inside mc:AlternateContent
    return min(max(index, 0), _LEVELS - 1), Level(
        start=integer(value(element, "start"), 0) or 0,
        form="decimal" if alternative is None else alternative.get(f"{W}val", "decimal"),
        text=(value(element, "lvlText") or "")[:_MAX_MARKER],
        restarts_after=integer(value(element, "lvlRestart")),
        legal=value(element, "isLgl") not in (None, "0", "false", "off"),
        space=value(element, "suff") == "space",
        style=value(element, "pStyle"),
    )


def _list(element: Element) -> _List:
    found = _List(value(element, "abstractNumId") or "", {}, {})
    for override in element.iterfind(f"{W}lvlOverride"):
        index = min(max(integer(override.get(f"{W}ilvl"), 0) or 0, 0), _LEVELS - 1)
        start = integer(value(override, "startOverride"))
        if start is not None:
            found.starts[index] = start
        replaced = override.find(f"{W}lvl")
        if replaced is not None:
            found.replaced[index] = _level(replaced)[1]
    return found
