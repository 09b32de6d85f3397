"""Notes at the feet of pages of plain text go behind it, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from glossary_api.reading.page_feet import without_feet
from glossary_api.reading.read import read_bytes
from glossary_api.reading.tally import Tally

FIRST = ("县里推进“两清”①，各项工作", "都有新的进展，群众满意。", "")
SECOND = ("县里办好“三办”②，各项工作", "都有新的进展，群众满意。", "")
NOTES = "①两清：清河道、清路障，由县里统", "一办理。", "②三办：办学、办医、办厂。"
WHOLE = ["①两清：清河道、清路障，由县里统一办理。", "②三办：办学、办医、办厂。"]


def joined(*pages: tuple[str, ...], end: str) -> str:
    """Pages one behind the other."""
    return "".join("\n".join((*page, end)) for page in pages)


@pytest.mark.parametrize("end", ["\f", "  — 3 —\n", "7\n\f", "第3页 共9页\n", "· 3 ·\n\f"])
def test_notes_at_the_feet(end: str) -> None:
    """Notes that have their marks above them on the page are a line each, though one goes on on the next page."""
    tally = Tally()
    pages = ((*FIRST, NOTES[0]), (*SECOND, NOTES[1], NOTES[2]))
    body, notes = without_feet(joined(*pages, end=end), tally)
    assert (body.split("\n"), notes) == ([*FIRST[:2], *SECOND[:2]], WHOLE)
    assert sum(one.pieces for one in tally.left_out()) == 2 * (end != "\f")


def test_numbers_that_begin_anew() -> None:
    """Notes whose numbers begin anew on each page are numbered through, and so are their marks."""
    pages = ((*FIRST, *NOTES[:2]), tuple(line.replace("②", "①") for line in (*SECOND, NOTES[2])))
    body, notes = without_feet(joined(*pages, end="\f"), Tally())
    assert notes == [WHOLE[0], "［2］三办：办学、办医、办厂。"]
    assert "“三办”［2］" in body


def test_a_list_at_the_end() -> None:
    """Notes of a list behind the text have their marks on other pages and stay where they are."""
    text = joined(FIRST, SECOND, ("名词解释", "", *NOTES), end="\f")
    assert without_feet(text, Tally()) == (text, [])
    short = joined((*FIRST, *SECOND, "名词解释", "", *NOTES), end="\f")
    assert without_feet(short, Tally()) == (short, [])


def test_paragraphs_that_notes_part() -> None:
    """A paragraph goes on behind the notes that stand within it, and the notes stand below their heading."""
    full = "满意，办学、办医、办厂都有新的成绩，收入也有新的增长，"
    first = ("　　今年县里推进“两清”①，各项工作都有新的进展，群众", *[full] * 4, "", *NOTES[:2])
    second = (*[full] * 4, "成绩都很大。", "　　办好“三办”②。", "", NOTES[2])
    document = read_bytes(joined(first, second, end="\f").encode(), "报告.txt")
    lines = document.text.split("\n")
    assert lines[-3:] == ["注释", *WHOLE]
    assert lines[0].endswith("成绩都很大。")
