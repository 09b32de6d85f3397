"""What a sentence says that a name stands for, over the ways in which reports say it: `fixtures/expansions.tsv`.

Its columns are a name, what the sentence says that it stands for (several right cuts with ‖ between, `-` for nothing),
and the sentence, with \\n for a line break. Sentences, places and most names are made up.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.parsing.conftest import Parse

BEFORE = "政府工作报告\n各位代表：\n一、工作回顾\n我们扎实做好各项工作，经济平稳运行，民生持续改善，社会大局稳定。\n"
WITHOUT_QUOTES = str.maketrans("", "", "“”")

_, *LINES = (Path(__file__).parent / "fixtures" / "expansions.tsv").read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", LINES)
def test_expansion(parse_text: Parse, line: str) -> None:
    """A name of the sentence is spelled out by just the members that it says, in its order, or by none."""
    name, said, sentence = line.split("\t")
    found = [
        "｜".join(member.text for member in slogan.inline.members).translate(WITHOUT_QUOTES)
        for slogan in parse_text(BEFORE + sentence.replace("\\n", "\n")).slogans
        if slogan.inline and slogan.text == name
    ]
    right = [cut.strip().translate(WITHOUT_QUOTES) for cut in said.split("‖")]
    assert found == [] if said == "-" else set(found) & set(right)
