from __future__ import annotations

import json
from importlib.resources import files

import pytest

from glossary_api.parsing.enumerations import Span, split
from glossary_api.parsing.likely_edges import are_listed, ends_item, likelier_first, likely_first

LEARNED = json.loads(files("glossary_api.parsing").joinpath("likely_edges.json").read_text("utf-8"))


def items(text: str) -> list[Span]:
    """The items of a list, the first with whatever leads to it."""
    return split(text, 0, len(text), "、")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("持续推进垃圾治理、污水处理、村庄清洁", "垃圾治理"),
        ("着力培育新能源、新材料、生物医药", "新能源"),
        ("生态保护、城乡建设、社会事业", "生态保护"),  # nothing leads to it
        ("深入推进法治宣传、普法教育、法律援助", "法治宣传"),
    ],
)
def test_the_likely_first_item(text: str, first: str) -> None:
    """A first item begins behind the words that lead to lists."""
    spans = items(text)
    found = likely_first(text, spans)
    assert found
    assert text[slice(*found)] == first


@pytest.mark.parametrize("text", ["甲、乙、丙", "〇〇〇〇〇〇、〇〇〇、〇〇〇", "山" * 40 + "、水路、林地"])
def test_in_doubt(text: str) -> None:
    """Nothing is said of single signs, of signs that no list showed, or of a first item that is a sentence."""
    assert likely_first(text, items(text)) is None


def test_nothing_begins_behind_what_joins() -> None:
    """What 与 joins to the words before it is no item of its own."""
    text = "新能源与节能环保、生物技术、电子信息"
    found = likely_first(text, items(text))
    assert found is None or text[found[0] - 1] != "与"


@pytest.mark.parametrize(
    ("text", "ends"), [("法制审核", True), ("园区改造", True), ("坚决做到", False), ("全力打造", False)]
)
def test_ends_of_items(text: str, ends: bool) -> None:
    """A verb ends items, or governs the slogan behind them, as it mostly does."""
    assert ends_item(text, 0, len(text)) is ends


def test_rows() -> None:
    """Words stand in a row if reports list each beside the next."""
    assert are_listed(["文化", "科技", "卫生"])
    assert not are_listed(["行政", "执法", "公示"])


def test_what_was_learned() -> None:
    """The table tells where it is from, why, and what its signs are, and each sign has one weight."""
    assert all(LEARNED[key] for key in ("source", "reason", "letters"))
    signs = [sign for signs in LEARNED["weights"].values() for sign in signs.split(" ")]
    assert len(signs) == len(set(signs))
    assert {sign[0] for sign in signs} == set("lmrsxdefhvbcwg")
    assert all(float(weight) for weight in LEARNED["weights"])
    assert all(len(row) == 4 for row in LEARNED["rows"].split(" "))


@pytest.mark.parametrize(
    ("lead", "first", "others", "likelier"),
    [
        ("认真落实鼓励", "激励", "、容错纠错、能上能下", "鼓励激励"),  # as long as the others
        (
            "统筹",
            "建设老城核心功能承载区",
            "、东部双向开放引领区、西部先进制造集聚区",
            "老城核心功能承载区",
        ),  # no other begins with a verb
        ("坚决打好", "防范化解重大风险", "、精准脱贫、污染防治", "防范化解重大风险"),  # behind what is brought about
        ("制定", "支持政策", "、优势资源、人才技术", "支持政策"),  # less would be shorter than the others
    ],
)
def test_a_verb_before_the_first_item(lead: str, first: str, others: str, likelier: str) -> None:
    """A first item has the verb before it, or has it not, as its clause and the other items tell together."""
    text = lead + first + others
    spans = items(text)
    found = likelier_first(text, 0, [(len(lead), spans[0][1]), *spans[1:]])
    assert text[slice(*found)] == likelier
