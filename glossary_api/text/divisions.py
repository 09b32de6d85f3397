"""Divisions of China by their GB/T 2260 codes: what they are called, what they lie in, how far apart two are.

Six digits: two for the province, two for the prefecture, two for the county. The names are a published list
(`divisions.json`, its source is named in it), not typed in.
"""

from __future__ import annotations

import functools
import json
import re
import types
from collections.abc import Mapping
from importlib.resources import files

SAME_PLACE, SAME_PREFECTURE, SAME_PROVINCE, ELSEWHERE = range(4)

_MUNICIPALITIES = ("11", "12", "31", "50")
RANKS = "特别行政区|自治区|自治州|自治县|自治旗|地区|新区|园区|林区|矿区|省|市|县|区|州|盟|旗"
"""Words that the names of divisions down to counties end with."""
TOWNSHIP_RANKS = "街道|苏木|镇|乡"
"""The same for townships."""
_RANK = re.compile(f"({RANKS}|{TOWNSHIP_RANKS})$")
_NATIONS = re.compile(
    "(蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇"
    "|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固"
    "|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各)族|(?<=新疆)维吾尔|(?<=..)(蒙古|柯尔克孜|哈萨克|锡伯|塔吉克)$"
)
"""The nations that the name of an autonomous division goes on with: 恩施土家族苗族自治州."""


@functools.cache
def divisions() -> Mapping[str, str]:
    """Return the names of all divisions down to the county, by code."""
    listed: dict[str, str] = json.loads(files(__package__).joinpath("divisions.json").read_text("utf-8"))["divisions"]
    return types.MappingProxyType(listed)


def without_rank(name: str) -> str:
    """Return the name of a division without the rank at its end: 昆山 for 昆山市.

    Unchanged if less than two signs remain.
    """
    stem = _RANK.sub("", name)
    return stem if len(stem) > 1 else name


def without_nations(name: str) -> str:
    """Return the name of an autonomous division without its nations and rank: 恩施 for 恩施土家族苗族自治州."""
    if "自治" not in name:
        return name
    stem = _NATIONS.split(without_rank(name), maxsplit=1)[0]
    return stem if len(stem) > 1 else name


def within(code: str) -> tuple[str, str | None]:
    """Return codes of the province and the prefecture that a division lies in or is.

    None for the prefecture of a province, of a district of a municipality and of a county right below its province.
    """
    province, prefecture = code[:2] + "0000", code[:4] + "00"
    return province, None if prefecture == province or prefecture not in divisions() else prefecture


def lies_in(code: str, other: str) -> bool:
    """Tell whether a division is another one or lies in it."""
    return code.startswith(other.removesuffix("00").removesuffix("00"))


def distance(code: str | None, other: str | None) -> int:
    """Return 0 for the same place, 1 same prefecture, 2 same province, 3 elsewhere or unknown.

    A division and the one above it are as far apart as the level they share says: a county and its own
    prefecture 1, a county and its own province 2. Districts of one municipality share a prefecture.
    """
    if code is None or other is None or code[:2] != other[:2]:
        return ELSEWHERE
    if code == other:
        return SAME_PLACE
    same_prefecture = code[:4] == other[:4] and code[2:4] != "00"
    return SAME_PREFECTURE if same_prefecture or code[:2] in _MUNICIPALITIES else SAME_PROVINCE
