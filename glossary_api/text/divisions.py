"""Divisions of China by their GB/T 2260 codes: what they are called, what they lie in, how far apart two are.

Six digits: two for the province, two for the prefecture, two for the county. The names are a published list
(`divisions.json`, its source is named in it), not typed in.
"""

from __future__ import annotations

import functools
import json
import types
from collections.abc import Mapping
from importlib.resources import files

SAME_PLACE, SAME_PREFECTURE, SAME_PROVINCE, ELSEWHERE = range(4)

_MUNICIPALITIES = ("11", "12", "31", "50")


@functools.cache
def divisions() -> Mapping[str, str]:
    """The names of all divisions down to the county, by code."""
    listed: dict[str, str] = json.loads(files(__package__).joinpath("divisions.json").read_text("utf-8"))["divisions"]
    return types.MappingProxyType(listed)


def within(code: str) -> tuple[str, str | None]:
    """Codes of the province and the prefecture that a division lies in or is.

    None for the prefecture of a province, of a district of a municipality and of a county right below its province.
    """
    province, prefecture = code[:2] + "0000", code[:4] + "00"
    return province, None if prefecture == province or prefecture not in divisions() else prefecture


def distance(code: str | None, other: str | None) -> int:
    """0 same place, 1 same prefecture, 2 same province, 3 elsewhere or unknown.

    A division and the one above it are as far apart as the level they share says: a county and its own
    prefecture 1, a county and its own province 2. Districts of one municipality share a prefecture.
    """
    if code is None or other is None or code[:2] != other[:2]:
        return ELSEWHERE
    if code == other:
        return SAME_PLACE
    same_prefecture = code[:4] == other[:4] and code[2:4] != "00"
    return SAME_PREFECTURE if same_prefecture or code[:2] in _MUNICIPALITIES else SAME_PROVINCE
