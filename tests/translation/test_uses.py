"""Which renderings terms of a text may have there."""

from __future__ import annotations

import pytest

from glossary_api.queries.rank import Asked
from glossary_api.queries.served import annotator_of
from glossary_api.store.edition import Edition
from glossary_api.translation.pretranslate import pretranslate
from glossary_api.translation.uses import rendered_part, uses_in

ANYWHERE = Asked()
TAICANG = Asked("太仓市", "320585")


def locked(seed: Edition, text: str, asked: Asked = ANYWHERE) -> dict[str, str]:
    """The words of a text that have a rendering, each with it."""
    return pretranslate(text, uses_in(text, annotator_of(seed), asked, "en"), "en").glossary


@pytest.mark.parametrize(
    "text",
    [
        "加快三网融合，推进信息化。",
        "开展“五五”普法工作，落实五五普法规划。",
        "统筹国内国际两个大局。",
        "加快提升“135”能力。",
    ],
)
def test_a_name_that_may_mean_something_else_has_no_rendering(seed: Edition, text: str) -> None:
    """Local programs, figures and counted things that the words beside them name are left to people."""
    assert locked(seed, text) == {}


def test_what_is_left_to_people_is_listed(seed: Edition) -> None:
    """A term whose renderings nothing shows to be meant is named with them."""
    text = "加快三网融合。"
    made = pretranslate(text, uses_in(text, annotator_of(seed), Asked(), "en"), "en")
    assert [use.name for use in made.ambiguous] == ["三网融合"]
    assert "三网融合 = Three-Network Integration" in made.prompt


def test_the_place_decides(seed: Edition) -> None:
    """In a text of the county that says what it means by it, the name has its rendering, and elsewhere not."""
    assert locked(seed, "加快三网融合。", TAICANG) == {"三网融合": "Three-Network Integration"}
    assert locked(seed, "加快三网融合。", Asked("北京市", "110000")) == {}


def test_the_words_of_the_text_decide(seed: Edition) -> None:
    """A text that spells the sense out needs no place."""
    assert "三网融合" in locked(seed, "推动党建网、治理网、服务网“三网融合”。")


@pytest.mark.parametrize(
    ("text", "glossary"),
    [
        ("编制十五五碳达峰实施方案。", {"十五五": "15th Five-Year Plan"}),
        ("落实“两新”政策。", {"两新": "Two New"}),
        ("建设“一站式”服务平台。", {"一站式": "one-stop"}),
        ("落实“1+7”工作清单制度。", {"“1+7”工作清单制度": "1+7 Work Checklist System"}),
    ],
)
def test_a_longer_name_has_the_rendering_of_its_core_at_the_core(
    seed: Edition, text: str, glossary: dict[str, str]
) -> None:
    """And all of it only if the rendering is that of the longer name."""
    assert locked(seed, text) == glossary


@pytest.mark.parametrize(
    ("text", "surface", "name", "rendered"),
    [
        ("落实“两新”政策，", "“两新”政策", "两新", "两新"),
        ("落实“两新”政策，", "“两新”政策", "“两新”政策", "“两新”政策"),
        ("推进两新工作", "两新", "两新", "两新"),
        ("举办“五五”购物节，", "五五", "“五五”购物节", "“五五”购物节"),
        ("开展“五五”普法，", "五五", "“五五”购物节", None),
    ],
)
def test_a_rendering_spans_what_it_renders(text: str, surface: str, name: str, rendered: str | None) -> None:
    """A part of a longer name, the longer name that goes on behind, or nothing."""
    start = text.index(surface)
    span = rendered_part(text, start, start + len(surface), name)
    assert (span and text[slice(*span)]) == rendered
