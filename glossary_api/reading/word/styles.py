"""Read Word styles: whether text set in them is raised, hidden, numbered."""

from __future__ import annotations

import functools
import re

from glossary_api.reading.word.package import Element, W

_INTEGER = re.compile(r"-?[0-9]{1,9}")  # nine digits: longer ones come from no word processor
_OFF = ("0", "false", "off")
_MAX_ANCESTORS = 32  # real styles have three or four; the bound ends circles and hostile chains


def value(parent: Element | None, name: str) -> str | None:
    """Return the `w:val` of the child with this name; `1` if it has none; None if there is no such child."""
    child = None if parent is None else parent.find(W + name)
    if child is None:
        return None
    given: str = child.get(f"{W}val", "1")
    return given


def integer(text: str | None, default: int | None = None) -> int | None:
    """Return a number as Word writes it, or the default for what is none."""
    return int(text) if text is not None and _INTEGER.fullmatch(text) else default


class Styles:
    """The styles of a document. A property that a style does not set comes from the one that it is based on."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default: str | None = None
        for style in () if root is None else root.iterfind(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            self._styles.setdefault(name, style)
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self._default = name
        self._inherited = functools.cache(self._search)

    def of_paragraph(self, properties: Element | None) -> str | None:
        """Return the style of a paragraph with these properties: the one named, else the default."""
        return value(properties, "pStyle") or self._default

    def is_raised(self, run: Element | None, paragraph_style: str | None) -> bool:
        """Return whether a run with these properties is superscript."""
        return self._of_run("vertAlign", run, paragraph_style) == "superscript"

    def is_hidden(self, run: Element | None, paragraph_style: str | None) -> bool:
        """Return whether a run with these properties is hidden text."""
        return (self._of_run("vanish", run, paragraph_style) or "0") not in _OFF

    def numbering(self, style: str | None) -> tuple[str | None, str | None]:
        """Return the list and level that a paragraph style puts its paragraphs into, each None if not set."""
        return self._inherited(style, "pPr/numPr", "numId"), self._inherited(style, "pPr/numPr", "ilvl")

    def _of_run(self, name: str, run: Element | None, paragraph_style: str | None) -> str | None:
        direct = value(run, name)
        if direct is not None:
            return direct
        own = self._inherited(value(run, "rStyle"), "rPr", name)
        return own if own is not None else self._inherited(paragraph_style, "rPr", name)

    def _search(self, style: str | None, path: str, name: str) -> str | None:
        """Return the property as set by the style or by its nearest ancestor."""
        qualified = "/".join(W + step for step in path.split("/"))
        for _ in range(_MAX_ANCESTORS):
            if style not in self._styles:
                return None
            found = value(self._styles[style].find(qualified), name)
            if found is not None:
                return found
            style = value(self._styles[style], "basedOn")
        return None
