from __future__ import annotations

from importlib.resources import files
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.parsing import bare_numerals, in_brackets, inline, slogans
from glossary_api.parsing.kinds import NUMERAL, PLAN, QUOTED, kind_of
from glossary_api.parsing.patterns import Pattern, each, matches, patterns
from tests.pace import paces

FILES = (
    "appendix",
    "borders",
    "columns",
    "defining",
    "explainers",
    "inline",
    "kinds",
    "slogans",
    "status",
    "title",
    "wordings",
)
RULES = [
    pytest.param(rule, id=f"{name}-{group}-{number}")
    for name in FILES
    for group, rules in patterns(name).items()
    for number, rule in enumerate(rules, 1)
]
EXAMPLES = [
    pytest.param(group, example, id=f"{group}-{example}")
    for group, rules in patterns("kinds").items()
    for rule in rules
    for example in rule.examples
]
KINDS = {"plan": PLAN, "plan-before": PLAN, "idle": QUOTED, "counting": NUMERAL}


def test_no_file_is_left_out() -> None:
    """Every file of patterns beside the parser is tested here."""
    found = {path.name for path in files("glossary_api.parsing").iterdir() if path.name.endswith(".json")}
    assert found - {"likely_edges.json"} == {f"{name}.json" for name in FILES}  # which holds weights, no patterns


@pytest.mark.parametrize("rule", RULES)
def test_examples(rule: Pattern) -> None:
    """A pattern has a reason and examples, and matches the whole of each."""
    assert rule.reason
    assert rule.examples
    assert [example for example in rule.examples if not rule.expression.fullmatch(example)] == []


@pytest.mark.parametrize(("group", "example"), EXAMPLES)
def test_order_of_kinds(group: str, example: str) -> None:
    """The group that an example stands in decides its kind: no earlier group takes it away."""
    name, _, behind = example.partition("|")
    assert kind_of(name, behind) == KINDS[group]


@pytest.mark.parametrize("group", ["headings", "annexes", "furniture"])
@pytest.mark.parametrize(
    "line",
    [
        "各位代表",  # the salutation
        "一、2024年工作回顾",  # a heading of the body
        "过去一年,我们迎难而上、奋力拼搏,经济社会发展取得新成效",  # a sentence
        "1.“链主”企业:在产业链中规模大、带动力强的龙头企业",  # a note
        "名词解释见附件,请予审议",  # a sentence that names the glossary
    ],
)
def test_ordinary_lines(group: str, line: str) -> None:
    """No pattern for lines of a glossary or around it takes an ordinary line of a report."""
    assert not matches("appendix", group, line)


@pytest.mark.parametrize("rule", RULES)
def test_no_catastrophe_on_short_strings(rule: Pattern) -> None:
    """No string of 24 characters made of what a pattern looks for keeps it busy for more than some milliseconds."""
    signs = dict.fromkeys(sign for example in rule.examples for sign in example)
    texts = [(a + b) * 12 for a, b in product(list(signs)[:30], repeat=2)] + [
        (example * 24)[:23] + "%" for example in rule.examples
    ]
    assert max(_paces(rule, text) for text in texts) < 0.2


@pytest.mark.parametrize("rule", [rule for rule in RULES if not str(rule.id).startswith("kinds")])
def test_no_catastrophe_on_long_lines(rule: Pattern) -> None:
    """A line of a hundred thousand characters is refused at once; kinds are asked of short phrases only."""
    texts = [(example * 100_000)[:100_000] for example in rule.examples]
    assert max(_paces(rule, text) for text in texts) < 1


@pytest.mark.parametrize("piece", ["三", "一张网", "1", "十", "第一", "千家万户", "双", "甲乙"])
def test_long_phrases_are_sentences(piece: str) -> None:
    """A phrase of a hundred thousand characters is quoted, and found to be so at once."""
    assert kind_of(piece * 100_000) == QUOTED
    assert paces(lambda: kind_of(piece * 100_000)) < 16


def _paces(rule: Pattern, text: str) -> float:
    """How much one match takes, the best of three."""
    return paces(lambda: rule.expression.fullmatch(text), attempts=3)


LOOKED_FOR = [
    (bare_numerals._names(), bare_numerals._NUMERAL),
    (bare_numerals._headings(), bare_numerals._NUMERAL),
    (bare_numerals._at_heads(), bare_numerals._HEAD),
    (in_brackets._UNQUOTED, in_brackets._NUMERAL),
    (slogans._SUM, slogans._OPENING),
    (inline._LATIN_THEN_NAME, inline._LETTER),
]
PIECES = [
    *("双网融合", "三大攻坚战", "四件大事", "五大农业行动", "“甲”", "取得", "的", "两个关键", "esg", "环境"),
    *"、，。\n第二三（()",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.sampled_from(LOOKED_FOR), st.integers(0, 3))
def test_first_signs_lose_no_match(text: str, patterns_: tuple[Any, Any], start: int) -> None:
    """Looking from the signs that a pattern begins with finds what looking at every offset finds."""
    pattern, first = patterns_
    found = [one.span() for one in each(pattern, first, text, start, len(text))]
    assert found == [one.span() for one in pattern.finditer(text, start, len(text))]


@pytest.mark.parametrize("group", ["bare", "taken-up"])
def test_unquoted_numerals_begin_with_a_numeral(group: str) -> None:
    """Every example of an unquoted numeral begins with one of the signs from which it is looked for."""
    examples = [example for rule in patterns("inline")[group] for example in rule.examples]
    assert examples
    assert all(bare_numerals._NUMERAL.match(example) for example in examples)
