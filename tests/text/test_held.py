"""Where and when a rendering is used, and what of a text it renders."""

from __future__ import annotations

import pytest

from glossary_api.text.held import HELD, NOT_HELD, UNDECIDED, order, rendered_part, standing

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


@pytest.mark.parametrize(
    ("text", "surface", "name", "rendered"),
    [
        ("落实“两新”政策，", "“两新”政策", "两新", "两新"),
        ("落实“两新”政策，", "“两新”政策", "“两新”政策", "“两新”政策"),
        ("推进两新工作", "两新", "两新", "两新"),
        ("举办“五五”购物节，", "五五", "“五五”购物节", "“五五”购物节"),
        ("开展“五五”普法，", "五五", "“五五”购物节", None),
    ],
)
def test_a_rendering_spans_what_it_renders(text: str, surface: str, name: str, rendered: str | None) -> None:
    """A part of a longer name, the longer name that goes on behind, or nothing."""
    start = text.index(surface)
    span = rendered_part(text, start, start + len(surface), name)
    assert (span and text[slice(*span)]) == rendered
