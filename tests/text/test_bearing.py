from __future__ import annotations

import json
from importlib.resources import files

import pytest

from glossary_api.text.bearing import FREE, RARE, SHORT, TAKEN, GivenMeaning, NameUse, freedom, judged

YIWU, HAIKOU, CHUZHOU = "330782", "460100", "341100"


def told(
    text: str,
    head: str,
    report: str = "a-2025",
    code: str = YIWU,
    *,
    note: bool = True,
    level: str = "county",
    year: int = 2025,
    entry: int | None = 1,
    beside: tuple[str, ...] = (),
) -> GivenMeaning:
    """An explanation of a report."""
    return GivenMeaning(head, text, beside, note, entry, report, code, code, level, year)


def verdict(use: NameUse, *explanations: GivenMeaning) -> str:
    """The verdict on the first of explanations that say the same."""
    return judged([explanations], use)[0][0]


@pytest.mark.parametrize(
    ("name", "free"),
    [
        ("三大工程", FREE),
        ("“五大行动”", FREE),
        ("七个专项行动", FREE),
        ("1+7", FREE),
        ("135", FREE),
        ("31条", FREE),
        ("两个确保", FREE),
        ("三保", SHORT),
        ("九张网", SHORT),
        ("白名单", SHORT),
        ("一市一品", SHORT),
        ("六个不发生", RARE),
        ("一稳三新", RARE),
        ("数据得地", RARE),
        ("千万工程", RARE),
    ],
)
def test_freedom(name: str, free: int) -> None:
    """How freely a name is coined is seen from its build."""
    assert freedom(name) == free


def test_the_words_have_examples() -> None:
    """Each list of words gives its reason, and its examples have a word of it."""
    lists = json.loads(files("glossary_api.text").joinpath("bearing.json").read_text("utf-8"))
    for part in lists.values():
        assert part["reason"]
        assert all(any(word in example for word in part["words"]) for example in part["examples"])


@pytest.mark.parametrize(
    ("use", "code"),
    [
        (NameUse("三大工程", report="a-2025"), "own"),
        (NameUse("三大工程", place="b", code=HAIKOU, year=2025), "common-name"),
        (NameUse("三大工程", "实施安全治理", "，提升水平", None, "b", HAIKOU, 2025), "other-words"),
        (NameUse("三大工程", "推进", "，建设跨海桥梁群和港口", None, "b", HAIKOU, 2025), "same-words"),
        (NameUse("三大工程", place="a", code=YIWU, year=2026), "near"),
        (NameUse("三大工程", place="a", code=YIWU, year=2031), "long-ago"),
        (NameUse("三大工程", place="a", code=YIWU, year=2024), "later"),
    ],
)
def test_a_free_name_needs_evidence(use: NameUse, code: str) -> None:
    """What anybody may call so is explained at home and soon, or where the words around speak of the same."""
    assert verdict(use, told("跨海桥梁群、隧道、港口", "三大工程")) == code


@pytest.mark.parametrize(
    ("left", "right", "code"),
    [
        ("推进", "体系", "other-whole"),
        ("推进“", "”工作法，擦亮品牌", "other-whole"),
        ("发布“", "”人才新政", "other-whole"),
        ("深化社会治理“", "”工作清单", "other-whole"),
    ],
)
def test_a_core_is_not_the_whole(left: str, right: str, code: str) -> None:
    """What is said of a longer name is not said of its core in other company."""
    use = NameUse("135", left, right, None, "b", HAIKOU, 2025)
    assert verdict(use, told("1个中心、3个平台、5项机制", "“135”综合服务体系")) == code


def test_the_whole_near_by_is_evidence() -> None:
    """A use of the core takes what is said of the whole where the whole stands."""
    use = NameUse("小灯塔", "打造“", "”示范企业", None, "b", HAIKOU, 2025)
    assert verdict(use, told("带动同行的企业", "“小灯塔”示范企业")) == "same-whole"


def test_provinces_that_agree_speak_for_all() -> None:
    """A short form that two provinces explain alike means that elsewhere too; one county's is its own."""
    use = NameUse("两新", place="b", code=HAIKOU, year=2025)
    one, other = told("更新设备、以旧换新", "两新"), told("以旧换新、更新设备", "两新", "c-2025", CHUZHOU)
    assert verdict(use, one, other) == "agreed"
    assert verdict(use, one) == "common-name"


def test_a_rare_name_is_the_same_everywhere() -> None:
    """A name too particular to arise twice takes the only explanation there is."""
    assert verdict(NameUse("六个不发生", place="b", code=HAIKOU, year=2025), told("…", "六个不发生")) == "particular"


def test_a_mark_decides() -> None:
    """Where a footnote mark leads to an entry, nothing else is taken."""
    senses = [
        [told("桥梁、隧道、港口", "三大工程", entry=6)],
        [told("育种、农机、仓储", "三大工程", note=False, entry=None)],
    ]
    use = NameUse("三大工程", "推进“", "”⑥建设", "a-2025", "a", YIWU, 2025)
    assert judged(senses, use) == [["marked"], ["nearer"]]


def test_the_own_report_comes_first() -> None:
    """What a report says itself leaves nothing to others."""
    own, other = told("育种、农机、仓储", "三新"), told("桥梁、隧道、港口", "三新", "b-2025", CHUZHOU, level="province")
    assert judged([[own], [other]], NameUse("三新", report="a-2025", place="a", code=YIWU, year=2025)) == [
        ["own"],
        ["nearer"],
    ]


def test_a_name_is_found_in_its_context() -> None:
    """A context is cut at the name, however it is spelled there."""
    use = NameUse.within("6化", "落实安全生产“六化”要求", None, (None, None, None))
    assert (use.left, use.right) == ("落实安全生产“", "”要求")
    assert verdict(use, told("…", "六化", report="z")) not in {*TAKEN} - {"particular", "agreed", "same-words"}
