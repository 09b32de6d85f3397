from __future__ import annotations

import pytest

from glossary_api.reading.drawn import undrawn

RULED = "{0}\n| 名 | 义   |\n{0}\n| 甲 | 清河 |\n|    | 道。 |\n{0}\n| 乙 | 植树 |\n{0}".format("+----+------+")
BOXED = "┌──┬──┐\n│名│义│\n├──┼──┤\n│甲│清河│\n│　│道。│\n│乙│植树│\n└──┴──┘"


@pytest.mark.parametrize("drawn", [RULED, BOXED])
def test_cells_of_several_lines(drawn: str) -> None:
    """A drawn table whose cells go on from line to line has a row a line, with tabs between its cells."""
    assert undrawn(f"前文。\n{drawn}\n后文。") == "前文。\n名\t义\n甲\t清河道。\n乙\t植树\n后文。"


@pytest.mark.parametrize("text", ["甲|乙\n丙|丁\n", "│名│义│\n│甲│清河│\n", "1 | 2 | 3", "—————\n甲\n—————\n"])
def test_other_lines_stay(text: str) -> None:
    """Tables with a line a row, and lines that are no rows, stay as they are."""
    assert undrawn(text) == text
