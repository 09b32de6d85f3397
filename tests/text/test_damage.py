from __future__ import annotations

import pytest

from glossary_api.model.words import ERROR, QUESTION
from glossary_api.text.damage import severity_of


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("继续开展“双青行动。", ERROR),
        ("继续开展“双青″行动。", ERROR),  # the author's keyboard
        ("继续开展“双青&rdquo;行动。", QUESTION),
        ("发?quot;甲、乙“优势。", QUESTION),
        ("继续开展“五个五?咕戎?活动。", QUESTION),
        ("继续开展“双青\ufffd行动。", QUESTION),
        ("为什么？继续开展“双青行动。", ERROR),  # a question that the text asks
    ],
)
def test_nobody_is_accused_of_what_a_copy_spoilt(text: str, severity: str) -> None:
    """A mark without its partner is an error only where the characters around it came through whole."""
    at = text.index("“")
    assert severity_of("lone-quotation-mark", text, at, at + 1) == severity


def test_damage_far_away_says_nothing() -> None:
    """What is spoilt elsewhere in a text does not excuse a mark; other kinds keep their severity."""
    text = "&rdquo;" + "平" * 60 + "“双青行动。"
    assert severity_of("lone-quotation-mark", text, len(text) - 6, len(text) - 5) == ERROR
    assert (
        severity_of("lone-quotation-mark", "&rdquo;" * 2 + text, len(text) + 8, len(text) + 9) == QUESTION
    )  # too much
    assert severity_of("count-mismatch", "&rdquo;", 0, 1) == QUESTION
