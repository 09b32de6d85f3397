from __future__ import annotations

import pytest

from glossary_api.errors import BadParameter
from glossary_api.model.messages import CHINESE
from glossary_api.text.places import (
    HELD,
    LONGEST_PLACE,
    NOT_HELD,
    UNDECIDED,
    NamedPlace,
    Places,
    divisions,
    order,
    standing,
    within,
)

PLACES = Places(
    [
        ("云溪市", "990100"),
        ("临江区", "990105"),
        ("临江区", "990105"),
        ("临江区", None),  # a report that leaves the code open
        ("双桥区", "990102"),
        ("双桥区", "980102"),
        ("朝阳区", "110105"),
        ("石桥县", None),
        ("玉山镇", None),
        ("中国", None),
        (None, None),
    ]
)


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("云溪市", ("云溪市", "990100")),
        ("云溪", ("云溪市", "990100")),
        ("云溪市临江区", ("临江区", "990105")),
        ("云溪市临江", ("临江区", "990105")),
        ("临江区", ("临江区", "990105")),
        ("云溪市双桥区", ("双桥区", "990102")),  # what it lies in decides
        ("石桥县", ("石桥县", None)),
        ("中国", ("中国", None)),
        ("全国", ("中国", None)),
        ("国务院", ("中国", None)),
        ("990105", ("临江区", "990105")),
    ],
)
def test_places_of_reports(asked: str, place: tuple[str | None, str | None]) -> None:
    """A place that reports is known by code, name, name without rank, or either behind what it lies in."""
    assert PLACES.find(asked) == place


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("昆山市", ("昆山市", "320583")),
        ("昆山", ("昆山市", "320583")),
        ("320583", ("昆山市", "320583")),
        ("苏州市昆山市", ("昆山市", "320583")),
        ("江苏省苏州市昆山市", ("昆山市", "320583")),
        ("江苏昆山", ("昆山市", "320583")),
        ("中国江苏省昆山市", ("昆山市", "320583")),
        ("恩施州", ("恩施土家族苗族自治州", "422800")),
        ("恩施市", ("恩施市", "422801")),
        ("广西", ("广西壮族自治区", "450000")),
        ("吉林", ("吉林省", "220000")),  # the city of the name is called by its full name
        ("朝阳区", ("朝阳区", "110105")),  # of two the one that reports
        ("长春市朝阳区", ("朝阳区", "220104")),  # but never one of another city
        ("昆山市玉山镇", ("玉山镇", None)),  # the list ends with the counties
    ],
)
def test_published_divisions(asked: str, place: tuple[str | None, str | None]) -> None:
    """A division of the published list is known in the same ways, whether it reports or not."""
    assert PLACES.find(asked) == place


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("双桥区", "980102 双桥区, 990102 云溪市双桥区"),
        ("双桥", "980102 双桥区, 990102 云溪市双桥区"),
        ("鼓楼区", "320106 南京市鼓楼区, 320302 徐州市鼓楼区, 350102 福州市鼓楼区, 410204 开封市鼓楼区"),
    ],
)
def test_several_places(asked: str, codes: str) -> None:
    """A name that several places have is an error that names their codes."""
    with pytest.raises(BadParameter, match=codes):
        PLACES.find(asked)


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("远山市", "鞍山市"),
        ("云溪县", "云溪市"),
        ("无锡市昆山市", "昆山市, 无锡市"),  # it lies elsewhere
        ("昆山士", "昆山市"),
        ("远山市双桥区", "云溪市双桥区"),
        ("新临江", "临江区"),  # ends like a known name, but nothing parts the two
        ("320599", "320585, 320583, 320582, 320581, 320571"),
        ("970101", None),
        ("99010", None),
        ("３２０５８３", None),
    ],
)
def test_unknown_places(asked: str, near: str | None) -> None:
    """What is neither a place of a report nor a published division is an error that names what is near."""
    with pytest.raises(BadParameter, match="no place") as caught:
        PLACES.find(asked)
    told = caught.value.remedy
    assert told is None if near is None else near in str(told)


@pytest.mark.parametrize("asked", ["昆山士", "鼓楼区", "远山市双桥区"])
def test_every_place_that_is_named_is_found(asked: str) -> None:
    """What an error names can be asked for in its stead, and the error is known in Chinese."""
    with pytest.raises(BadParameter) as caught:
        PLACES.find(asked)
    error = caught.value
    named = error.remedy.values["names"] if error.remedy and error.remedy.code == "did-you-mean" else ""
    for name in filter(None, named.split(", ")):
        assert PLACES.find(name).name
    assert error.advice.said(CHINESE) != str(error.advice)


@pytest.mark.parametrize("asked", ["", "云" * (LONGEST_PLACE + 1)])
def test_size(asked: str) -> None:
    """A place has a name, and none has a long one."""
    with pytest.raises(BadParameter, match="must have 1 to 100 characters"):
        PLACES.find(asked)


@pytest.mark.parametrize(
    ("report", "is_of"),
    [
        (("昆山市", "320583"), True),
        (("昆山市", None), True),
        (("昆山市", "990183"), False),
        (("太仓市", "320585"), False),
        (("太仓市", None), False),
        ((None, None), False),
    ],
)
def test_a_report_is_of_its_place(report: tuple[str | None, str | None], is_of: bool) -> None:
    """A report is of a place that has its code; where one of them has none, of one that has its name."""
    assert NamedPlace("昆山市", "320583").is_of(*report) == is_of


@pytest.mark.parametrize(
    ("code", "province", "prefecture"),
    [
        ("320583", "江苏省", "苏州市"),
        ("320500", "江苏省", "苏州市"),  # a prefecture lies in itself
        ("320000", "江苏省", None),
        ("310115", "上海市", None),  # a district of a municipality
        ("429004", "湖北省", None),  # a county right below its province
    ],
)
def test_a_division_lies_in_its_prefecture_and_province(code: str, province: str, prefecture: str | None) -> None:
    """The code of a division says what it lies in, and the list what that is called."""
    above, between = within(code)
    assert divisions()[above] == province
    assert (divisions()[between] if between else None) == prefecture


def test_a_code_of_nowhere_has_no_name() -> None:
    """A code that is not on the list still has a province to be grouped by, without a name."""
    assert within("990105") == ("990000", None)
    assert "990000" not in divisions()


ALWAYS = {"place": "", "from": "", "until": ""}
KUNSHAN = ("昆山市", "320583")


@pytest.mark.parametrize(
    ("changed", "day", "expected"),
    [
        ({}, None, HELD),
        ({}, "1980-01-01", HELD),
        ({"from": "2013"}, "2012-12-31", NOT_HELD),
        ({"from": "2013"}, "2013-01-01", HELD),
        ({"from": "2013-03"}, "2013-02-28", NOT_HELD),
        ({"from": "2013-03-05"}, "2013-03-05", HELD),
        ({"until": "2013"}, "2013-12-31", HELD),
        ({"until": "2013"}, "2014-01-01", NOT_HELD),
        ({"until": "2013"}, None, UNDECIDED),
        ({"from": "2013"}, None, HELD),
        ({"place": "昆山市"}, None, HELD),
        ({"place": "苏州市"}, None, HELD),
        ({"place": "江苏省"}, None, HELD),
        ({"place": "太仓市"}, None, NOT_HELD),
    ],
)
def test_place_and_day_say_whether_a_rendering_is_used(changed: dict[str, str], day: str | None, expected: str) -> None:
    """As exactly as it says from when and until when, and in all that lies in its place."""
    assert standing(ALWAYS | changed, *KUNSHAN, day) == expected


@pytest.mark.parametrize(
    ("region", "place", "expected"),
    [
        ("中国", ("云溪镇", None), HELD),
        ("中国", KUNSHAN, HELD),
        ("云溪镇", ("云溪镇", None), HELD),
        ("云溪镇", ("石桥镇", None), NOT_HELD),
        ("云溪镇", KUNSHAN, NOT_HELD),
        ("昆山市", ("云溪镇", None), NOT_HELD),
    ],
)
def test_places_that_no_list_has(region: str, place: tuple[str, str | None], expected: str) -> None:
    """A township is known by its name alone, and what holds in the whole country holds in it."""
    assert standing(ALWAYS | {"place": region}, *place, None) == expected


def test_without_a_place_nobody_knows_whether_a_rendering_of_a_place_is_used() -> None:
    """It is neither used nor unused."""
    assert standing(ALWAYS | {"place": "昆山市"}, None, None, None) == UNDECIDED


def test_the_one_of_the_place_and_the_latest_come_first() -> None:
    """Of those that are used; those that are not come last."""
    texts = [{"from": "2019"}, {"from": "2013"}, {}, {"place": "昆山市"}, {"until": "2012"}]
    ordered = sorted([ALWAYS | one for one in texts[::-1]], key=lambda one: order(one, *KUNSHAN, "2020-01-01"))
    assert [{key: one[key] for key in one if one[key]} for one in ordered] == [texts[3], *texts[:3], texts[4]]
