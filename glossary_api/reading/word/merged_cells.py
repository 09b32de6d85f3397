"""Cells of Word tables that are merged with the one above."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from glossary_api.reading.joining import merged_cell
from glossary_api.reading.word.package import W

Element = Any


def with_merged(cells: Sequence[Element], lines: list[list[str]], above: dict[int, int]) -> list[list[str]]:
    """Return the lines of the cells of a row, those merged with the cell above told.

    `above` has how long the cell is that was last begun in each column, and is brought up to date.
    """
    column, places = 0, []
    for cell, own in zip(cells, lines, strict=True):
        merge, span = cell.find(f"{W}tcPr/{W}vMerge"), cell.find(f"{W}tcPr/{W}gridSpan")
        goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        places.append((column, goes_on and not any(own)))
        if not goes_on:
            above[column] = sum(map(len, own))
        width = "1" if span is None else span.get(f"{W}val", "1")
        column += int(width) if width.isdecimal() and len(width) < len("1000") else 1
    return [
        merged_cell(above.get(place, 0), chain(*lines)) if merged else own
        for (place, merged), own in zip(places, lines, strict=True)
    ]
