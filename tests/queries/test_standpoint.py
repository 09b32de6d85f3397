from __future__ import annotations

import pytest

from glossary_api.queries.standpoint import day_of


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2024-02-03", "2024-02-03"),
        ("2031", "2031-12-31"),
        ("2031-05", "2031-05-31"),
        ("2031-06", "2031-06-30"),
        ("2024-02", "2024-02-29"),
        ("2023-02", "2023-02-28"),
        ("2023-02-29", None),
        ("2023-13", None),
        ("20230201", None),
        ("2023-W01-1", None),
        ("二〇二三", None),
        ("２０２３", None),
        ("", None),
    ],
)
def test_a_month_or_year_is_its_last_day(said: str, day: str | None) -> None:
    """A year or month alone says its last day; what is none of the three says none."""
    assert day_of(said) == day
