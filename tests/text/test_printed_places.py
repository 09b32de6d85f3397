from __future__ import annotations

import pytest

from glossary_api.model.words import COUNTY, PREFECTURE, PROVINCE
from glossary_api.text.places import ELSEWHERE, SAME_PLACE, SAME_PREFECTURE, SAME_PROVINCE, distance
from glossary_api.text.printed_places import Divisions, level_of


@pytest.mark.parametrize(
    ("printed", "context", "name", "code", "level"),
    [
        ("云南省", "", "云南省", "530000", "province"),
        ("新疆", "", "新疆维吾尔自治区", "650000", "province"),  # without suffix and nation
        ("内蒙古", "", "内蒙古自治区", "150000", "province"),
        ("重庆市", "", "重庆市", "500000", "province"),  # a municipality
        ("宁波市", "", "宁波市", "330200", "prefecture"),
        ("大理白族自治州", "", "大理白族自治州", "532900", "prefecture"),
        ("义乌市", "", "义乌市", "330782", "county"),  # a city of county level
        ("宁波市海曙区", "", "海曙区", "330203", "county"),  # with the city above it
        ("鼓楼区", "", "鼓楼区", None, "county"),  # several divisions have this name
        ("南京市鼓楼区", "", "鼓楼区", "320106", "county"),  # a parent before it decides
        ("鼓楼区", "在中共福州市委的坚强领导下", "鼓楼区", "350102", "county"),  # or the text does
        ("鼓楼区", "对接福州、南京两市", "鼓楼区", None, "county"),  # unless it names several
        ("白塔镇", "", "白塔镇", None, "township"),  # no list has all towns
        ("义乌市苏溪镇", "", "苏溪镇", None, "township"),
        ("云溪市", "", "云溪市", None, None),  # no such city: its level is not guessed
        ("云溪县", "", "云溪县", None, "county"),
        ("国务院", "", "中国", None, "national"),
        ("云沙县", "", "云沙县", None, COUNTY),  # and not 沙县
        ("白沙县", "", "白沙黎族自治县", "469025", COUNTY),  # without its nations
        ("在黔东南州", "", "黔东南苗族侗族自治州", "522600", "prefecture"),
        ("石昆山市", "", "石昆山市", None, None),
        ("在昆山市", "", "昆山市", "320583", COUNTY),
        ("福建沙县", "", "沙县", "350427", COUNTY),
    ],
)
def test_find(printed: str, context: str, name: str, code: str | None, level: str | None) -> None:
    """A printed name leads to its division, with the code only where exactly one candidate is left."""
    place = Divisions.published().find(printed, context)
    assert place
    assert (place.name, place.code, place.level) == (name, code, level)


@pytest.mark.parametrize(
    "printed", ["", "市", "我市", "自治区", "全自治区", "我自治县", "人民政府", "各位代表", "高质量发展"]
)
def test_no_place(printed: str) -> None:
    """What is no name of a division is none."""
    assert Divisions.published().find(printed) is None


@pytest.mark.parametrize(
    ("name", "context", "place"),
    [
        ("江苏", "", "江苏省"),
        ("北京", "", "北京市"),
        ("昆山", "", "昆山市"),
        ("江苏昆山", "", "昆山市"),
        ("江苏省苏州市昆山市", "", "昆山市"),
        ("鼓楼区", "", None),  # several
        ("鼓楼区", "南京", "鼓楼区"),
        ("朝阳", "", None),
        ("我的昆山", "", None),  # no name of divisions alone
        ("国务院", "", "中国"),
        ("报告", "", None),
        ("", "", None),
    ],
)
def test_called(name: str, context: str, place: str | None) -> None:
    """A short label is a division if it names one and nothing else."""
    found = Divisions.published().called(name, context)
    assert (found and found.name) == place


def test_the_list() -> None:
    """The list has all provinces, every code six digits, and every division a parent or none above it."""
    names = Divisions.published().names
    assert len([code for code in names if level_of(code) == PROVINCE]) == 34
    assert all(len(code) == 6 and code.isdigit() for code in names)
    assert all(names.get(code[:2] + "0000") for code in names)
    assert {level_of(code) for code in names} == {PROVINCE, PREFECTURE, COUNTY}


@pytest.mark.parametrize(
    ("code", "other", "apart"),
    [
        ("330203", "330203", SAME_PLACE),
        ("330203", "330212", SAME_PREFECTURE),
        ("330203", "330200", SAME_PREFECTURE),  # a county and its own prefecture
        ("330203", "330782", SAME_PROVINCE),
        ("330203", "330000", SAME_PROVINCE),  # a county and its own province
        ("330200", "330700", SAME_PROVINCE),
        ("330000", "330000", SAME_PLACE),
        ("110101", "110105", SAME_PREFECTURE),  # districts of one municipality
        ("500101", "500230", SAME_PREFECTURE),  # its counties have another third and fourth digit
        ("330203", "320106", ELSEWHERE),
        ("330203", None, ELSEWHERE),
        (None, None, ELSEWHERE),
    ],
)
def test_distance(code: str | None, other: str | None, apart: int) -> None:
    """Two divisions are as far apart as the level they share says, in both directions."""
    assert distance(code, other) == distance(other, code) == apart
