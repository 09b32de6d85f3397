"""The weighing of lists that no rule is sure of."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from glossary_api.model.things import Slogan
from glossary_api.parsing import weighed_clauses, weighed_lists
from glossary_api.parsing.enumerations import Span
from glossary_api.parsing.kinds import NUMERAL
from glossary_api.parsing.numerals import counts_in
from glossary_api.parsing.weighed_lists import weighed_lists as weighed_lists_before


def weighed(sentence: str, name: str) -> list[str]:
    """The items that are taken for what a quoted name of a sentence stands for."""
    start = sentence.index(f"“{name}”") + 1
    slogan = Slogan(name, NUMERAL, start, start + len(name))
    spans: list[Span] = next(weighed_lists_before(sentence, slogan, counts_in(name)), [])
    return [sentence[a:b] for a, b in spans]


@pytest.mark.parametrize("evidence", [weighed_lists.evidence(), weighed_clauses.evidence()], ids=["lists", "clauses"])
def test_evidence_for_and_against(evidence: Sequence[tuple[int, str, object]]) -> None:
    """Each piece of evidence is named once, and has a weight for a list or against it."""
    names = [name for _, name, _ in evidence]
    assert len(set(names)) == len(names)
    assert {weight > 0 for weight, _, _ in evidence} == {True, False}
    assert all(weight for weight, _, _ in evidence)


@pytest.mark.parametrize(
    ("sentence", "name", "items"),
    [
        ("拓展山货收购、外销“两张网”,增收明显", "两张网", ["山货收购", "外销"]),
        ("推动东域、西域经济“双轮驱动”,活力增强", "双轮驱动", []),
        ("拓展山货收购、外销等“两张网”建设,增收明显", "两张网", []),
    ],
)
def test_weighed(sentence: str, name: str, items: list[str]) -> None:
    """A list is taken where more speaks for it than against it."""
    assert weighed(sentence, name) == items


def test_many_doubts_outweigh_the_number() -> None:
    """That there are as many items as the numeral counts is no evidence by itself."""
    assert weighed("城乡补贴、残疾人“两项补贴”标准提高", "两项补贴") == []
