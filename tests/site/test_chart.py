"""The picture of use by year, and the map of squares."""

from __future__ import annotations

import pytest

from glossary_api.queries.timeline import ProvinceUse
from glossary_api.site.chart import BOTTOM, LEFT, SHADES, SIZE, WIDTH, YearGap, tiles, top_of, year_chart
from glossary_api.store.documents import JsonObject


def times(**rates: float) -> JsonObject:
    """Make a timeline with these rates by year, and a report without a year."""
    years = [
        {"year": int(year[1:]), "usages": 1, "reports": 1, "of_reports": 2, "per_10000": rate}
        for year, rate in rates.items()
    ]
    return {"years": [*years, {"year": None, "usages": 1, "reports": 1, "of_reports": 1, "per_10000": 1}]}


def test_every_year_is_as_wide() -> None:
    """Bars stand where their year is on the axis, however many years without a report lie between."""
    chart = year_chart(times(y1954=1, y1955=2, y2025=4))
    assert chart is not None
    first, second, last = (bar.x for bar in chart.bars)
    assert (last - first) / (second - first) == pytest.approx(71, rel=0.05)
    assert first >= LEFT
    assert last + chart.bars[-1].width <= WIDTH


def test_years_without_reports_are_shown() -> None:
    """Years of which there is no report are gaps, in the picture and among the rows, and are counted."""
    chart = year_chart(times(y2001=1, y2003=2, y2006=4))
    assert chart is not None
    assert [(gap.first, gap.last) for gap in chart.gaps] == [(2002, 2002), (2004, 2005)]
    assert [row.first if isinstance(row, YearGap) else row.year for row in chart.rows] == [2001, 2002, 2003, 2004, 2006]
    assert chart.missing == 3


def test_bars_are_as_high_as_their_rate() -> None:
    """A bar's height is its rate against the end of the axis, from nought; a year without a use has none."""
    chart = year_chart(times(y2001=0, y2002=1.5, y2003=3))
    assert chart is not None
    assert chart.top == 3
    assert [bar.height / chart.bars[-1].height for bar in chart.bars] == [0, 0.5, 1]
    assert {bar.y + bar.height for bar in chart.bars} == {BOTTOM}


@pytest.mark.parametrize(("rate", "top"), [(0, 1), (0.03, 0.03), (0.31, 0.4), (2.4, 3), (7.1, 8), (95, 100)])
def test_the_axis_ends_with_a_round_number(rate: float, top: float) -> None:
    """The end of the axis is the next round number."""
    assert top_of([{"years": [{"per_10000": rate}]}]) == top


def test_a_timeline_without_years_has_no_picture() -> None:
    """Where no report says its year there is nothing to draw."""
    assert year_chart(times()) is None


def test_every_province_has_a_square_of_its_own() -> None:
    """The map has 34 squares, none on another, all inside; no use is told from no report."""
    uses = [ProvinceUse("32", "江苏省", 1, 4, 2, 10000), ProvinceUse("33", "浙江省", 0, 0, 1, 10000)]
    drawn = tiles(uses, 4.0)
    assert len({(tile.x, tile.y) for tile in drawn}) == len({tile.sign for tile in drawn}) == 34
    assert all(tile.x >= 0 and tile.x + tile.side <= SIZE and tile.y + tile.side <= SIZE for tile in drawn)
    shades = {tile.sign: tile.shade for tile in drawn if tile.use}
    assert shades == {"苏": SHADES, "浙": 0}
