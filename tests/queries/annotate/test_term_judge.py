"""Uses judged by what stands around them, and by what does not."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from glossary_api.model.words import NAME_HERE
from glossary_api.queries.annotate.annotator import TermJudge
from glossary_api.text.bearing import SAME_WORDS, judged
from glossary_api.text.surroundings import GivenMeaning, NameUse

WORDS = (
    "文化",
    "推进",
    "建设",
    "安全生产",
    "粮食银行储备",
    "三大工程",
    "三保",
    "六个不发生",
    "实施",
    "，",
    "“",
    "”",
    "市",
    "民生底线",
)
NAMES = ("三大工程", "三保", "六个不发生", "数据得地", "新三样", "安全生产“三保”")
PLACES = (None, "320583", "320500", "110101", "000000")
some_text = st.lists(st.sampled_from(WORDS), max_size=6).map("".join)
years = st.sampled_from((None, 2015, 2023, 2024, 2025))


@st.composite
def meanings(draw: st.DrawFn) -> GivenMeaning:
    """An explanation by a report of some place and year."""
    beside = tuple(f"{draw(some_text)}{NAME_HERE}{draw(some_text)}" for _ in range(draw(st.integers(0, 2))))
    head = draw(st.sampled_from(("", *NAMES)))
    code = draw(st.sampled_from(PLACES))
    report, level = draw(st.sampled_from(("a", "b", None))), draw(st.sampled_from(("county", "province", "national")))
    entry = draw(st.sampled_from((None, 1)))
    return GivenMeaning(
        head, draw(some_text), beside, draw(st.booleans()), entry, report, "某地", code, level, draw(years)
    )


uses = st.builds(
    NameUse,
    st.sampled_from(NAMES),
    st.none() | some_text,
    st.none() | some_text,
    st.sampled_from((None, "a")),
    st.sampled_from((None, "某地")),
    st.sampled_from(PLACES),
    years,
)


@settings(max_examples=300)
@given(st.lists(st.lists(meanings(), min_size=1, max_size=3), min_size=1, max_size=3), st.lists(uses, max_size=6))
def test_what_need_not_be_looked_at_changes_nothing(senses: list[list[GivenMeaning]], asked: list[NameUse]) -> None:
    """A judge of many uses says of each, in any order, what is said of it alone."""
    judge = TermJudge(senses)
    assert [judge.judged(use) for use in asked] == [judged(senses, use) for use in asked]


def test_words_in_common_count() -> None:
    """A use among words of an explanation is that of the same matter, also after one that was not."""
    judge = TermJudge([[GivenMeaning("", "守住粮食银行储备", (), True, 1, "a", "某地", None, "county", 2024)]] * 2)
    verdicts = [judge.judged(NameUse("三保", left, "")) for left in ("推进", "粮食银行储备的")]
    assert verdicts[0] != verdicts[1] == [[SAME_WORDS]] * 2
