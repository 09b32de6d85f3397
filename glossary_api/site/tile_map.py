"""The provinces as equal squares, each about where it lies: no outlines, and no province is larger than another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from glossary_api.queries.provinces import ProvinceUse

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
_CODES = dict(
    zip(
        "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新台港澳",
        [
            "11",
            "12",
            "13",
            "14",
            "15",
            "21",
            "22",
            "23",
            "31",
            "32",
            "33",
            "34",
            "35",
            "36",
            "37",
            "41",
            "42",
            "43",
            "44",
            "45",
            "46",
            "50",
            "51",
            "52",
            "53",
            "54",
            "61",
            "62",
            "63",
            "64",
            "65",
            "71",
            "81",
            "82",
        ],
        strict=True,
    )
)
_SIDE, _STEP = 38, 40
SIZE = 8 * _STEP
"""Width and height of the map."""
SHADES = 4


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
