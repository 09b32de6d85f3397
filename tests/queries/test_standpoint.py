from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.queries.at_hand import PlainJudge, Sketch, TermAtHand, nearest_of
from glossary_api.queries.standpoint import LookupQuestion, day_of
from glossary_api.store.edition import Edition
from glossary_api.text.bearing import judged
from glossary_api.text.surroundings import GivenMeaning, NameUse
from glossary_api.text.traits import traits_of
from tests.queries.asking import agree_at_hand

NAMES = [
    "三大工程",
    "135",
    "三保",
    "九张网",
    "白名单",
    "一稳三新",
    "数据得地",
    "飞地经济",
    "31条",
    "双下降",
    "一核两翼",
]
PLACES = [("义乌市", "330782"), ("金华市", "330700"), ("杭州市", "330100"), ("海口市", "460100"), ("某新区", None)]


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


def test_sketches_say_what_definitions_say(seed: Edition) -> None:
    """From any place and day, what is at hand of a term is what all that is said of it amounts to."""
    names = [name for (name,) in seed.select("SELECT name FROM terms WHERE senses > 0", {})]
    assert agree_at_hand(seed, names) > 10 * len(names)


def test_what_is_not_at_hand(seed: Edition) -> None:
    """Of a use in a text or in a report, and of a name that is written otherwise, nothing is said at hand."""
    name = "两重"
    found = seed.found(name)
    assert found is not None
    assert TermAtHand(seed, name, found).meant(LookupQuestion(name, None, None, None, "推进两重项目")) is None
    assert TermAtHand(seed, name, found).meant(LookupQuestion(name, None, None, "kunshan-2024")) is None
    folded = seed.found("“两重”")
    assert folded is not None
    assert TermAtHand(seed, "“两重”", folded).meant(LookupQuestion("“两重”", None, None)) is None


@st.composite
def explained(draw: st.DrawFn, name: str) -> GivenMeaning:
    """An explanation of a name or of a longer one, given anywhere and at any time."""
    place, code = draw(st.sampled_from(PLACES))
    head = draw(st.sampled_from([name, "", f"“{name}”", f"“{name}”工程", f"全域“{name}”行动", f"{name}企业"]))
    texts = ["党中央提出的三项任务", "我市实施的若干项目", f"{place[:2]}建设的园区", "数据与得地", "飞行地区经济"]
    level = draw(st.sampled_from(["national", "province", "county", None]))
    year = draw(st.none() | st.integers(2005, 2026))
    return GivenMeaning(
        head, draw(st.sampled_from(texts)), (), draw(st.booleans()), 1, f"{code}-{year}", place, code, level, year
    )


@given(st.data())
def test_a_judge_of_sketches_is_as_good(data: st.DataObject) -> None:
    """Verdicts on sketches, kept for all that are like them, are those on the explanations themselves."""
    name = data.draw(st.sampled_from(NAMES))
    senses = data.draw(st.lists(st.lists(explained(name), min_size=1, max_size=4), min_size=1, max_size=3))
    place, code = data.draw(st.sampled_from([(None, None), *PLACES]))
    use = NameUse(name, None, None, None, place, code, data.draw(st.none() | st.integers(2004, 2027)))
    everything = [one for sense in senses for one in sense]
    numbers = iter(range(len(everything)))
    sketches = [
        [Sketch(next(numbers), one._replace(text=""), traits_of(one, name) or 0) for one in sense] for sense in senses
    ]
    near = [[nearest_of(one, place, code) for one in sense] for sense in senses]
    assert PlainJudge(lambda: sketches, use, everything.__getitem__).all(near) == judged(senses, use)
