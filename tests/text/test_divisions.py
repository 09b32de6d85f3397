from __future__ import annotations

import pytest

from glossary_api.text.divisions import divisions, within


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
