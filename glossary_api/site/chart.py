"""The use of a term as pictures: by year, a bar for each on an axis on which every year is as wide, and by province.

The provinces are equal squares, each about where it lies: no outlines, and no province is larger than another.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from glossary_api.queries.timeline import ProvinceUse

WIDTH, HEIGHT = 320, 150
"""The whole picture, in units that are about a pixel."""
LEFT, TOP, BOTTOM = 34, 10, 126
"""Where the axes stand: the bars have all that is right of LEFT between TOP and BOTTOM."""
_WIDEST, _SHARE = 36.0, 0.8
"""The widest bar, and how much of its year a bar takes."""
_TICKS = 6
_STEPS = (1, 2, 5, 10, 20, 50, 100)
_LABEL = 30
"""How much room the label of a year needs."""
_ROWS = (
    ".. .. .. .. .. .. .. 黑",
    "新 .. .. .. 蒙 京 .. 吉",
    ".. .. 甘 宁 晋 冀 津 辽",
    ".. .. 青 陕 豫 鲁 .. ..",
    ".. 藏 川 渝 鄂 皖 苏 沪",
    ".. .. 滇 黔 湘 赣 浙 ..",
    ".. .. .. 桂 粤 闽 台 ..",
    ".. .. .. 琼 澳 港 .. ..",
)
_SIGNS = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新台港澳"
_NUMBERS = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82"
_CODES = dict(zip(_SIGNS, _NUMBERS.split(), strict=True))
"""The first two digits of the codes of the provinces, by the one character that each goes by."""
_SIDE, _STEP = 38, 40
SIZE = 8 * _STEP
"""Width and height of the map."""
SHADES = 4


@dataclass(frozen=True, slots=True)
class YearBar:
    """A year of which there are reports."""

    year: int
    usages: int
    reports: int
    """Reports of the year that use or define the term."""
    of_reports: int
    per_10000: float
    """Usages per 10,000 characters of all reports of the year."""
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class YearGap:
    """Years one after the other of which there is no report."""

    first: int
    last: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of the axis, centred at `x`."""

    x: float
    label: int


@dataclass(frozen=True, slots=True)
class YearChart:
    """Everything that the picture and the table below it say."""

    bars: tuple[YearBar, ...]
    gaps: tuple[YearGap, ...]
    ticks: tuple[Tick, ...]
    top: float
    """What the upper end of the other axis stands for, in usages per 10,000 characters."""

    @property
    def missing(self) -> int:
        """Return how many years between the first and the last have no report."""
        return sum(gap.last - gap.first + 1 for gap in self.gaps)

    @property
    def rows(self) -> list[YearBar | YearGap]:
        """Return bars and gaps in the order of time."""
        return sorted((*self.bars, *self.gaps), key=lambda one: one.year if isinstance(one, YearBar) else one.first)


def year_chart(times: Mapping[str, Any], top: float | None = None) -> YearChart | None:
    """Draw a timeline from the first year with a report to the last; None if no report says its year.

    `top` is the rate that the axis ends with, for several pictures of one scale; without it that of this one.
    """
    known = {item["year"]: item for item in times["years"] if item["year"] is not None}
    if not known:
        return None
    first, last = min(known), max(known)
    slot = (WIDTH - LEFT) / (last - first + 1)
    top = top or top_of([times])
    bars = tuple(_bar(item, LEFT + (year - first) * slot, slot, top) for year, item in sorted(known.items()))
    gaps = tuple(
        YearGap(begin, end, round(LEFT + (begin - first) * slot, 1), round((end - begin + 1) * slot, 1))
        for begin, end in _runs(year for year in range(first, last + 1) if year not in known)
    )
    return YearChart(bars, gaps, tuple(_ticks(first, last, slot)), top)


def top_of(several: Sequence[Mapping[str, Any]]) -> float:
    """Return a round rate that no year of these timelines exceeds: one digit times a power of ten."""
    highest = max((item["per_10000"] for times in several for item in times["years"]), default=0)
    if not highest:
        return 1.0
    power = 10 ** math.floor(math.log10(highest))
    return next(float(f"{step * power:.6g}") for step in (1, 2, 3, 4, 6, 8, 10) if step * power >= highest * 0.9999)


def _bar(item: Mapping[str, Any], left: float, slot: float, top: float) -> YearBar:
    width = min(slot * _SHARE, _WIDEST)
    height = (BOTTOM - TOP) * item["per_10000"] / top
    counted = (item[name] for name in ("usages", "reports", "of_reports", "per_10000"))
    place = (left + (slot - width) / 2, BOTTOM - height, width, height)
    return YearBar(item["year"], *counted, *(round(number, 1) for number in place))


def _runs(years: Iterable[int]) -> Iterator[tuple[int, int]]:
    begin = end = None
    for year in years:
        if end is not None and year == end + 1:
            end = year
            continue
        if begin is not None and end is not None:
            yield begin, end
        begin = end = year
    if begin is not None and end is not None:
        yield begin, end


def _ticks(first: int, last: int, slot: float) -> Iterator[Tick]:
    step = next((step for step in _STEPS if (last - first) / step <= _TICKS and step * slot >= _LABEL), _STEPS[-1])
    for year in range(first - first % step, last + 1, step):
        if year >= first:
            x = LEFT + (year - first + 0.5) * slot
            yield Tick(round(min(max(x, _LABEL / 2), WIDTH - _LABEL / 2), 1), year)


@dataclass(frozen=True, slots=True)
class Tile:
    """A province on the map."""

    sign: str
    """The one character that it goes by."""
    x: int
    y: int
    side: int
    shade: int
    """From 1 to SHADES; 0 for a province that does not use the term."""
    use: ProvinceUse | None
    """None for a province of which there is no report."""


def tiles(uses: Sequence[ProvinceUse], top: float) -> list[Tile]:
    """Return all provinces by row; `top` is the rate of the darkest shade."""
    known = {use.code: use for use in uses}
    return [
        _tile(sign, column, row, known.get(_CODES[sign]), top)
        for row, line in enumerate(_ROWS)
        for column, sign in enumerate(line.split())
        if sign in _CODES
    ]


def _tile(sign: str, column: int, row: int, use: ProvinceUse | None, top: float) -> Tile:
    rate = use.per_10000 if use else 0
    shade = min(SHADES, 1 + int(rate / top * SHADES)) if rate and top else 0
    return Tile(sign, column * _STEP + 1, row * _STEP + 1, _SIDE, shade, use)
