from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.text.bearing import TAKEN, judged, one_by_one, taken
from glossary_api.text.freedom import FREE, RARE, SHORT, freedom
from glossary_api.text.surroundings import GivenMeaning, NameUse, owner_before

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
        ("三个不发生", SHORT),
        ("八大特色产业", FREE),
        ("一核两翼", SHORT),
        ("四城同创", SHORT),
        ("一稳三新", RARE),
        ("数据得地", RARE),
        ("双下降", FREE),
        ("AIC", RARE),
        ("千万工程", RARE),
        ("“双保”工程", SHORT),  # the noun makes it no rarer
        ("“五个一批”工程", FREE),
        ("三年行动计划", FREE),
        ("个十百千", FREE),
        ("千亿元产业", FREE),
        ("百日攻坚", FREE),
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
        (NameUse("三大工程", place="a", code=YIWU, year=2024), "near"),
        (NameUse("三大工程", place="a", code=YIWU, year=2023), "later"),
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


def test_figures_of_one_place_go_on_alike() -> None:
    """Figures mean at one place what they meant before where the same noun goes on behind them, elsewhere nothing."""
    said = told("1名校长带5名学员、30名教师", "教育“1530”工程", year=2022)
    for place, code in ((YIWU, TAKEN), (HAIKOU, ("other-whole", "of-its-place"))):
        use = NameUse("1530", "深化“", "”工程，提升水平", "b-2025", place, place, 2025)
        assert verdict(use, said) in code


def test_the_whole_near_by_is_evidence() -> None:
    """A use of the core takes what is said of the whole where the whole stands."""
    use = NameUse("小灯塔", "打造“", "”示范企业", None, "b", HAIKOU, 2025)
    assert verdict(use, told("带动同行的企业", "“小灯塔”示范企业")) == "same-whole"


def test_a_noun_behind_a_narrowed_name_is_no_evidence() -> None:
    """现代畜牧“小灯塔”企业 of one place are none of the “小灯塔”企业 of trade in another."""
    use = NameUse("小灯塔", "打造商贸“", "”企业", None, "b", HAIKOU, 2025)
    assert verdict(use, told("带动养殖户的企业", "现代畜牧“小灯塔”企业")) == "other-whole"
    assert verdict(use, told("带动同行的企业", "“小灯塔”企业")) == "same-whole"


def test_what_stands_around_a_free_name_elsewhere_is_no_evidence() -> None:
    """Words around the name in another place's report are chance; those of the explanation itself are not."""
    use = NameUse("双提升", "完成职业技能“", "”工程，提升水平", None, "b", HAIKOU, 2025)
    chance = told("甲病、乙病防治能力", "“双提升”工程", beside=("职业技术学校迁入新址，实施～",))
    assert verdict(use, chance) in ("common-name", "other-words")
    assert verdict(use, told("职业技能、职业待遇", "“双提升”工程")) == "same-words"


def test_a_list_of_another_place_is_no_answer_for_a_number_and_a_noun() -> None:
    """What a place lists beside such a name it lists for itself, unless its members stand near the use."""
    given = told("党政军警民、边防", "五位一体", note=False, beside=("统筹推进山区边防～合力",))
    assert verdict(NameUse("五位一体", "统筹推进", "总体布局", None, "b", HAIKOU, 2025), given) == "common-name"
    assert verdict(NameUse("五位一体", "山区边防“", "”合力", None, "b", HAIKOU, 2025), given) == "common-name"
    assert verdict(NameUse("五位一体", "党政军警民“", "”机制", None, "b", HAIKOU, 2025), given) == "common-name"
    listed = given._replace(text="党、政、军、警、民")
    assert verdict(NameUse("五位一体", "党政军警民“", "”机制", None, "b", HAIKOU, 2025), listed) == "marked"


def test_several_places_explain_a_generic_name_between_the_same_words() -> None:
    """That two provinces list the same holds for a third where the name stands beside the same word as there."""
    lists = [
        told("数量、质量、生态", "三位一体", report, code, note=False, beside=("落实耕地～保护",))
        for report, code in (("a-2025", YIWU), ("c-2025", CHUZHOU))
    ]
    assert verdict(NameUse("三位一体", "守好耕地“", "”防线", None, "b", HAIKOU, 2025), *lists) == "agreed"
    assert verdict(NameUse("三位一体", "推进“", "”布局", None, "b", HAIKOU, 2025), *lists) == "common-name"


def test_that_a_name_stands_anywhere_in_a_text_is_no_evidence() -> None:
    """Lists of two provinces do not explain a short name elsewhere between words that neither of them has."""
    lists = [
        told("甲量、乙量、丙量", "三量", report, code, note=False)
        for report, code in (("a-2025", YIWU), ("c-2025", CHUZHOU))
    ]
    assert verdict(NameUse("三量", "推进“三新”、“", "”工作", None, "b", HAIKOU, 2025), *lists) == "common-name"


@pytest.mark.parametrize(
    ("text", "head", "code"),
    [
        ("省政府办公厅印发《山林计划》，推动山林数字化", "“林改数转”计划", "of-its-place"),
        ("推动山林数字化，山省现有三个", "“林改数转”计划", "of-its-place"),
        ("四川确定，推动山林数字化", "“林改数转”计划", "of-its-place"),  # the province of its place
        ("《山省碳减实施方案》明确，节能降碳", "林改数转", "of-its-place"),
        ("推动山林数字化、网络化、智能化的一整套工作和办法，目前山省有三个", "林改数转", "of-its-place"),
        ("推动山林数字化、网络化、智能化的一整套工作和办法", "林改数转", "particular"),
    ],
)
def test_what_speaks_of_its_place_is_said_of_no_other(text: str, head: str, code: str) -> None:
    """A note that names its own place or an office of it explains no other province."""
    given = GivenMeaning(head, text, (), True, 1, "a-2025", "山省", "510000", "province", 2025)
    assert verdict(NameUse("林改数转", "推进“", "”", None, "b", HAIKOU, 2025), given) == code


def test_another_whole_name_is_judged_by_its_core() -> None:
    """“护山”专项行动 of one place is not what 创新药“护山”行动 is in another."""
    use = NameUse("“护山”专项行动", "提升", "质效", None, "b", HAIKOU, 2025)
    assert verdict(use, told("对创新药给予支持", "创新药“护山”行动")) == "other-whole"


def test_words_that_narrow_a_whole_stand_around_its_core() -> None:
    """The core of the only whole name takes what is said of it, unless words that narrow the whole are missing."""
    given = told("上门看望", "失能老人“敲门看望行动”")
    there = NameUse("敲门看望行动", "“", "”服务失能人员", None, "b", HAIKOU, 2025)
    elsewhere = NameUse("敲门看望行动", "推进“", "”", None, "b", HAIKOU, 2025)
    assert verdict(there, given) == "particular"
    assert verdict(elsewhere, given) == "other-whole"


def test_a_field_before_a_short_name_owns_it() -> None:
    """文化“新三样” are no cars, though two provinces say that 新三样 are."""
    cars = [told("汽车、电池", "新三样", report, code) for report, code in (("a-2025", YIWU), ("c-2025", CHUZHOU))]
    assert verdict(NameUse("新三样", "推动文化“", "”出海", None, "b", HAIKOU, 2025), *cars) == "other-words"
    assert verdict(NameUse("新三样", "扩大“", "”出口", None, "b", HAIKOU, 2025), *cars) == "agreed"
    assert verdict(NameUse("新三样", "壮大国有“", "”产业", None, "b", HAIKOU, 2025), *cars) == "other-words"


def test_what_a_place_explains_next_year_it_means_already() -> None:
    """A list says so only where the same words stand around the name, and measures are others each year."""
    given = told("跨海桥梁群、隧道", "三大工程", year=2026, beside=("锚定～，建设桥梁",))
    for left in ("锚定“", "推进“"):
        assert verdict(NameUse("三大工程", left, "”", None, "a", YIWU, 2025), given) == "near"
    listed = given._replace(note=False)
    assert verdict(NameUse("三大工程", "锚定“", "”", None, "a", YIWU, 2025), listed) == "near"
    assert verdict(NameUse("三大工程", "推进“", "”", None, "a", YIWU, 2025), listed) == "later"
    measures = given._replace(head="稳渔业“18条”", beside=())
    assert verdict(NameUse("稳渔业“18条”", place="a", code=YIWU, year=2025), measures) == "later"


def test_a_place_means_what_it_explains_soon_after() -> None:
    """Of a name that is not coined freely; after more than three years, or elsewhere, it says nothing of the use."""
    given = told("更新设备、以旧换新", "两新", year=2026)
    for year, code in ((2023, "near"), (2022, "later")):
        assert verdict(NameUse("两新", "推进“", "”", None, "a", YIWU, year), given) == code
    assert verdict(NameUse("两新", "推进“", "”", None, "b", HAIKOU, 2023), given) == "later"


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        ("飞地园务", 2001, "particular"),  # it counts nothing, so that whenever it is said it means the same
        ("飞地园务", 2049, "particular"),
        ("清溪工程", 2001, "later"),  # works come and go
        ("稳增长六条", 2001, "later"),  # so do measures
        ("羚羊草", 2009, "later"),  # as short as this it may have been somebody's name
    ],
)
def test_a_notion_holds_whenever_it_is_explained(name: str, year: int, code: str) -> None:
    """What explains a name that counts nothing explains earlier and later uses; of other names it does not."""
    assert verdict(NameUse(name, place="b", code=HAIKOU, year=year), told("…", name)) == code


def test_what_three_provinces_say_holds_some_years() -> None:
    """A numeral that places of three provinces explain alike, and nobody otherwise, meant that some years before."""
    explanations = [told("甲自信、乙自信", "两个自信", code=code) for code in (YIWU, HAIKOU, CHUZHOU)]
    for year, code in ((2021, "agreed"), (2020, "later")):
        use = NameUse("两个自信", "推进“", "”，前行", None, "d", "510100", year)
        assert verdict(use, *explanations) == code
        assert verdict(use, *explanations[:2]) == "later"


def test_names_in_a_row_own_nothing() -> None:
    """A quotation beside a quotation does not say whose it is."""
    assert owner_before("全面落实“四个走在前”“") == ""
    assert owner_before("实施安全治理“") == "安全治理"


def test_provinces_that_agree_speak_for_all() -> None:
    """A short form that two provinces explain alike means that elsewhere too; one county's is its own."""
    use = NameUse("两新", place="b", code=HAIKOU, year=2025)
    one, other = told("更新设备、以旧换新", "两新"), told("以旧换新、更新设备", "两新", "c-2025", CHUZHOU)
    assert verdict(use, one, other) == "agreed"
    assert verdict(use, one) == "common-name"


@pytest.mark.parametrize(
    ("name", "provinces", "code"),
    [("四个深信", 3, "agreed"), ("四个深信", 2, "common-name"), ("四大工程", 3, "common-name")],
)
def test_three_provinces_say_what_a_number_stands_for_anywhere(name: str, provinces: int, code: str) -> None:
    """Without its text a number that not every place has means what three provinces say, and nobody says otherwise."""
    told_by = [told("深信种树、护林、修桥、铺路", name, f"{at}-2025", at) for at in (YIWU, HAIKOU, CHUZHOU)[:provinces]]
    assert verdict(NameUse(name, place="长沙市", code="430100", year=2025), *told_by) == code


@pytest.mark.parametrize("name", ["六项规定", "四青"])
def test_what_the_nation_does_holds_anywhere(name: str) -> None:
    """What one place says that the nation does is what a name stands for elsewhere, without its text."""
    use = NameUse(name, place="长沙市", code="430100", year=2025)
    assert verdict(use, told("党中央提出的关于种树、护林等方面的要求", name)) == "agreed"
    assert verdict(use, told("关于种树、护林等方面的要求", name)) == "common-name"


def test_what_the_nation_does_holds_in_texts_some_years_before() -> None:
    """In a text, too, and some years before, unless the name is but a number and a noun."""
    use = NameUse("两个看齐", "做到“", "”，勇往直前", None, "长沙市", "430100", 2022)
    said = told("看齐党中央的要求、看齐先进", use.name)
    assert verdict(use, said) == "agreed"
    assert verdict(replace(use, year=2019), said) == "later"
    assert verdict(replace(use, name="六项规定", year=2025), said._replace(head="六项规定")) == "common-name"


def test_a_short_name_of_many_meanings_is_not_what_two_places_say() -> None:
    """A short name of several meanings means what four provinces say, if that are twice as many as say other things."""
    use = NameUse("双青", place="长沙市", code="430100", year=2025)
    agreed = [told("种树、护林", use.name), told("种树、护林", use.name, "b-2025", HAIKOU)]
    other = [told("修桥、铺路", use.name, "c-2025", CHUZHOU)]
    third = [told("党中央提出的织网、晒鱼", use.name, "d-2025", "110100")]
    more = [told("种树、护林", use.name, f"{code}-2025", code) for code in ("510100", "520100")]
    assert judged([agreed, other], use) == [["common-name"] * 2, ["common-name"]]
    assert judged([agreed + more, other, third], use) == [["agreed"] * 4, ["common-name"], ["common-name"]]


@pytest.mark.parametrize(
    ("name", "codes", "code"),
    [
        ("四个看齐", ["430200"], "agreed"),  # a place of the same province says so
        ("四个看齐", [HAIKOU], "common-name"),
        ("四个看齐", [HAIKOU, CHUZHOU, YIWU], "agreed"),
        ("三大工程", ["430200"], "common-name"),  # a number and a noun
        ("三大工程", ["430000"], "agreed"),  # but the province has its own
        ("三大工程", ["430200", "430400", "430500"], "agreed"),
        ("三大工程", [HAIKOU, CHUZHOU, YIWU], "common-name"),
        ("三大工程", [HAIKOU, CHUZHOU, YIWU, "510100"], "agreed"),
        ("双青", ["430200"], "particular"),
        ("双青", [HAIKOU], "common-name"),
        ("双青", ["430200", "430400"], "agreed"),
        ("五个大看齐", ["430200"], "particular"),
        ("一核两带", [HAIKOU], "common-name"),
    ],
)
def test_a_name_is_settled_by_those_who_explain_it(name: str, codes: list[str], code: str) -> None:
    """Without its text a name that may arise twice means what its province, or enough others, say by notes."""
    use = NameUse(name, place="长沙市", code="430100", year=2025)
    assert verdict(use, *(told("种树、护林", name, f"{one}-2025", one) for one in codes)) == code


def test_what_a_province_says_two_ways_settles_nothing() -> None:
    """Where another place of the province means another thing by a name, neither is taken."""
    use = NameUse("四个看齐", place="长沙市", code="430100", year=2025)
    senses = [[told("种树、护林", use.name, code="430200")], [told("修桥、铺路", use.name, "b-2025", "430400")]]
    assert judged(senses, use) == [["common-name"], ["common-name"]]


def test_works_of_one_core_are_different_works() -> None:
    """双青工程 is not explained by 双青行动, nor 桥梁“双青”工程 by what is planted, if 双青 means several things."""
    trees = [told("种树、护林", "双青行动", code="430200"), told("种树、护林", "双青行动", "b-2025", "430400")]
    other = [told("修桥、铺路", "“双青”", "c-2025", CHUZHOU)]
    use = NameUse("双青工程", place="长沙市", code="430100", year=2025)
    assert judged([trees, other], use)[0] == ["other-whole"] * 2
    named = [one._replace(head="双青") for one in trees]
    for name, code in (("桥梁“双青”工程", "other-words"), ("“双青”工程", "agreed")):
        assert judged([named, other], NameUse(name, place="长沙市", code="430100", year=2025))[0] == [code] * 2


def test_at_home_a_core_is_what_its_whole_is() -> None:
    """A name of one sense is explained at its place by what was said there of the longer name."""
    given = told("一窗受理、一网办理", "交通“双青”改造")
    assert verdict(NameUse("双青", place="a", code=YIWU, year=2026), given) == "near"
    assert verdict(NameUse("双青", place="b", code=HAIKOU, year=2026), given) == "other-whole"


def test_the_sort_of_thing_makes_no_longer_name() -> None:
    """Without its text a name is what is said of it with the noun for its sort behind it, and nothing else."""
    use = NameUse("青藤人", place="长沙市", code="430100", year=2025)
    senses = [[told("成长快的公司", "“青藤人”企业")], [told("种树的村", "“青藤人”示范村", "b-2025", HAIKOU)]]
    assert judged(senses, use) == [["common-name"], ["other-whole"]]
    near = replace(use, place="义乌市", code=YIWU, year=2026)
    assert judged(senses, near) == [["near"], ["other-whole"]]


def test_reports_explain_what_was_long_said() -> None:
    """A later note on a rare name explains an earlier use if nobody says otherwise; a list does not."""
    use = NameUse("三塘同清", place="长沙市", code="430100", year=2019)
    note, other = told("清甲塘、乙塘、丙塘", use.name), told("养殖户的三种检查", use.name, "b-2025", HAIKOU)
    assert verdict(replace(use, year=2022), note) == "particular"
    assert verdict(use, note) == "later"  # in so many years another may coin what counts
    notion = replace(use, name="飞地园务")
    assert verdict(notion, note._replace(head=notion.name)) == "particular"
    assert verdict(replace(notion, year=2011), note._replace(head=notion.name)) == "particular"
    assert verdict(use, note._replace(note=False)) == "later"
    assert judged([[note], [other]], use) == [["later"], ["later"]]


def test_places_of_a_province_settle_a_name_in_a_year() -> None:
    """Two places of a province that list the same settle even a number and a noun there, in their year."""
    use = NameUse("三大工程", place="长沙市", code="430100", year=2025)
    lists = [told("甲、乙、丙", use.name, f"{code}-2025", code, note=False) for code in ("430200", "430300")]
    assert verdict(use, *lists) == "agreed"
    assert verdict(use, lists[0]) == "common-name"
    assert verdict(replace(use, year=2023), *lists) == "later"
    assert verdict(replace(use, code=HAIKOU), *lists) == "common-name"
    other = told("丁、戊、己", use.name, "430400-2024", "430400", note=False, year=2024)
    assert judged([lists, [other]], use) == [["common-name"] * 2, ["common-name"]]


def test_a_list_that_others_list_otherwise_passes() -> None:
    """What a place lists beside a name holds there the year after, but not beside a number and a noun."""
    use = NameUse("双青", place="长沙市", code="430100", year=2025)
    own = told("种树、护林", use.name, "a-2024", "430100", note=False, year=2024)._replace(place="长沙市")
    other = told("茶、竹", use.name, "b-2025", HAIKOU, note=False)
    assert judged([[own], [other]], use)[0] == ["near"]
    assert judged([[own._replace(year=2023)], [other]], use)[0] == ["common-name"]
    works = replace(use, name="三大工程")
    assert judged([[own._replace(head=works.name)], [other._replace(head=works.name)]], works)[0] == ["common-name"]


def test_a_rare_name_of_many_senses_has_none() -> None:
    """Of a name that places of several provinces list in three ways no one knows what it means elsewhere."""
    use = NameUse("双轮驱动", place="长沙市", code="430100", year=2025)
    senses = [
        [told(text, use.name, f"{code}-2025", code, note=False) for code in (HAIKOU, CHUZHOU, YIWU)]
        for text in ("科技、改革", "工业、农业", "投资、消费")
    ]
    assert judged(senses, use) == [["common-name"] * 3] * 3
    assert judged([senses[0], [senses[1][0]]], use)[0] == ["same-whole"] * 3


@pytest.mark.parametrize("before", ["切实增强", "各级干部增强", "认真贯彻落实", "引进青桥、白沙、黑石等"])
def test_who_does_it_and_how_owns_no_name(before: str) -> None:
    """Neither manner nor doer before a verb, nor examples before 等, say that a name counts other things."""
    use = NameUse("三大意识", f"{before}“", "”，", None, "b", HAIKOU, 2025)
    given = [
        told("甲意识、乙意识、丙意识", use.name, f"{code}-2025", code) for code in (YIWU, CHUZHOU, "430100", "510100")
    ]
    assert judged([given], use) == [["agreed"] * 4]
    assert judged([given], replace(use, left="抓好生态安全“")) == [["other-words"] * 4]


def test_a_list_around_the_use_is_its_meaning() -> None:
    """An explanation that stands around the use word for word, signs aside, is taken before all others."""
    use = NameUse("三级联动", "完善省市县“", "”机制", None, "b", HAIKOU, 2025)
    given = [told(text, use.name, note=False) for text in ("省、市、县", "市、县、乡")]
    assert judged([[one] for one in given], use) == [["marked"], ["nearer"]]
    assert judged([[one] for one in given], replace(use, left="完善县市省“"))[0] != ["marked"]


def test_several_who_explain_it_alike_explain_earlier_uses() -> None:
    """Later notes on a short name explain an earlier use if they are of two provinces, or soon of its own."""
    use = NameUse("双青", place="长沙市", code="430100", year=2022)
    far = [told("种树、护林", use.name, f"{code}-2025", code) for code in (HAIKOU, CHUZHOU)]
    assert verdict(use, *far) == "agreed"
    assert verdict(use, *far[:1]) == "later"
    assert verdict(use, told("种树、护林", use.name, code="430200")) == "particular"
    assert verdict(replace(use, year=2021), told("种树、护林", use.name, code="430200")) == "later"


def test_a_core_that_two_provinces_explain_within_longer_names() -> None:
    """A short name of one sense is explained by what two provinces say of longer names around it."""
    use = NameUse("双青", place="长沙市", code="430100", year=2025)
    told_of = [told("种树、护林", "“双青”经费", f"{code}-2025", code) for code in (HAIKOU, CHUZHOU)]
    assert judged([told_of], use) == [["agreed"] * 2]
    assert judged([told_of[:1]], use) == [["other-whole"]]
    for right, code in (("”超支", "agreed"), ("”目标，稳步提高", "other-whole")):  # another sort of thing
        assert judged([told_of], replace(use, left="控制“", right=right)) == [[code] * 2]


def test_the_noun_of_a_work_makes_no_short_name_rarer() -> None:
    """Of a short name of several senses what another place says of just this work is none of them for certain."""
    senses = [[told("种树、护林", "“双青”工程")], [told("修桥、铺路", "双青", "b-2025", CHUZHOU)]]
    use = NameUse("双青", "实施“", "”工程，提升水平", None, "长沙市", "430100", 2025)
    assert judged(senses, use) == [["common-name"], ["common-name"]]


def test_without_its_text_a_core_means_what_most_provinces_say() -> None:
    """Of several senses that of three provinces is taken, longer names counted, if twice as many as others give it."""
    use = NameUse("双青", place="长沙市", code="430100", year=2025)
    trees = [told("种树、护林", "“双青”经费", f"{code}-2025", code) for code in (YIWU, HAIKOU, CHUZHOU)]
    other = [told("修桥、铺路", "桥梁“双青”行动", "c-2025", "510100")]
    assert judged([trees, other], use) == [["agreed"] * 3, ["other-whole"]]
    assert judged([trees[:2], other], use) == [["other-whole"] * 2, ["other-whole"]]


def test_what_most_say_of_a_rare_name_goes_before_one_list() -> None:
    """What notes of three provinces say of a rare name is taken elsewhere, not what one report lists beside it."""
    use = NameUse("三塘同清", place="长沙市", code="430100", year=2025)
    notes = [told("清甲塘、乙塘、丙塘", use.name, f"{code}-2025", code) for code in (YIWU, HAIKOU, CHUZHOU)]
    listed = told("鱼、虾、蟹", use.name, "d-2025", "510100", note=False)
    assert judged([notes, [listed]], use) == [["same-whole"] * 3, ["common-name"]]
    assert judged([notes[:1], [listed]], use) == [["common-name"], ["common-name"]]


def test_what_places_list_otherwise_is_of_each() -> None:
    """What a report lists beside a rare name that counts nothing means that elsewhere, unless others list otherwise."""
    use = NameUse("河畔风骨", place="长沙市", code="430100", year=2025)
    one, other = (told(text, use.name, code=code, note=False) for text, code in (("勤、诚", YIWU), ("勇、新", HAIKOU)))
    assert judged([[one]], use) == [["particular"]]
    assert judged([[one], [other]], use) == [["common-name"], ["common-name"]]
    assert judged([[one], [other]], replace(use, place="义乌市", code=YIWU, year=2026)) == [
        ["same-whole"],
        ["common-name"],
    ]


def test_a_short_form_that_its_explanation_spells_out() -> None:
    """A name of two signs that its note spells out means that elsewhere; one that is explained otherwise may not."""
    use = NameUse("渔护", place="长沙市", code="430100", year=2025)
    assert verdict(use, told("渔业资源保护", use.name)) == "particular"
    assert verdict(use, told("在禁渔期巡江的船队", use.name)) == "common-name"


def test_what_has_several_meanings_is_not_particular() -> None:
    """What one place elsewhere says of a rare name that counts is no answer if another place says another thing."""
    use = NameUse("三塘同清", place="长沙市", code="430100", year=2025)
    senses = [[told("清甲塘、乙塘、丙塘", use.name)], [told("养殖户的三种检查", use.name, "b-2025", HAIKOU)]]
    assert judged(senses, use) == [["common-name"], ["common-name"]]
    assert judged(senses[:1], use) == [["particular"]]


def test_a_long_tail_is_told_by_its_end() -> None:
    """What is said of a whole name with many words behind its core is not told by the first two of them."""
    explanation = told("甲塘、乙塘两处没有完成", "“青藤”计划未达标项目两处")
    use = NameUse("青藤", "全面完成“", "”计划，各项工作有序推进", "b-2025", "海口市", HAIKOU, 2025)
    assert verdict(use, explanation) == "other-whole"
    assert verdict(use, explanation._replace(head="“青藤”计划")) == "same-whole"


def test_a_rare_name_is_the_same_everywhere() -> None:
    """A name too particular to arise twice takes the only explanation there is."""
    assert verdict(NameUse("一稳三新", place="b", code=HAIKOU, year=2025), told("…", "一稳三新")) == "particular"


def test_a_notion_of_three_signs_is_the_same_everywhere() -> None:
    """A short name that counts nothing takes the only explanation there is; of two senses it takes none by that."""
    use = NameUse("羚羊草", place="b", code=HAIKOU, year=2025)
    assert verdict(use, told("…", "羚羊草")) == "particular"
    assert judged([[told("…", "羚羊草")], [told("别的", "羚羊草", "c-2025", CHUZHOU)]], use) == [["common-name"]] * 2


@pytest.mark.parametrize(
    ("left", "code"),
    [
        ("深化科研成果所有权、处置权、使用权", "other-words"),  # the three are these
        ("深化科研成果所有权、处置权", "same-words"),  # not three
        ("深化科研成果所有权、“处置权”、使用权", "same-words"),  # names in a row
        ("深化所有权、经营权、承包权", "same-words"),  # most of what is explained
    ],
)
def test_a_list_right_before_a_numeral_is_what_it_counts(left: str, code: str) -> None:
    """What lists other things than the list that a numeral has before it does not explain it."""
    lands = [
        told("土地所有权、承包权、经营权", "三权", each, at) for each, at in (("a-2025", YIWU), ("c-2025", CHUZHOU))
    ]
    assert verdict(NameUse("三权", f"{left}“", "”，提速", None, "b", HAIKOU, 2025), *lands) == code


def test_two_items_before_a_numeral_are_a_list_only_where_they_end_alike() -> None:
    """牢记使命、忠诚践行“两个守护” lists nothing."""
    given = told("守护山、守护水", "两保")
    for left, code in (("加强责任心、时刻坚持", "near"), ("加强桥梁维护、隧道养护", "other-words")):
        assert verdict(NameUse("两保", f"{left}“", "”", None, "a", YIWU, 2026), given) == code


def test_the_whole_name_in_full_decides() -> None:
    """Where the use has the whole name, what is said of just that goes before what shares a word with the clause."""
    own, other = told("保甲、保乙", "乡镇“三保”"), told("保桥梁隧道", "桥梁“三保”工作", "c-2025", CHUZHOU)
    use = NameUse("乡镇“三保”", "修好桥梁隧道，", "落实", None, "b", HAIKOU, 2025)
    assert judged([[own], [other]], use) == [["same-whole"], ["other-words"]]


def test_a_longer_name_is_no_rarer_than_what_is_explained() -> None:
    """倍增 of exports is not what the 倍增计划 of another place doubles."""
    use = NameUse("倍增计划", "实施企业", "，扩大规模", None, "b", HAIKOU, 2025)
    assert verdict(use, told("外贸额比上年增长一倍", "倍增")) == "common-name"


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
        ["common-name"],
    ]


def test_a_name_is_found_in_its_context() -> None:
    """A context is cut at the name, however it is spelled there."""
    use = NameUse.within("6化", "落实安全生产“六化”要求", None, (None, None, None))
    assert (use.left, use.right) == ("落实安全生产“", "”要求")
    assert verdict(use, told("…", "六化", report="z")) not in {*TAKEN} - {"particular", "agreed", "same-words"}


@st.composite
def meanings(draw: st.DrawFn) -> GivenMeaning:
    """An explanation by one of a few reports."""
    report, code = draw(st.sampled_from([("a-2025", YIWU), ("b-2024", HAIKOU), ("c-2019", CHUZHOU), ("d-2025", YIWU)]))
    text = draw(st.sampled_from(["推进水利工程建设", "我市办好民生实事", "开展三项整治行动", "保基本民生"]))
    head = draw(st.sampled_from(["三大工程", "六个不发生", "“三保”工作", "三保"]))
    beside = draw(st.sampled_from([(), ("兜牢～底线",), ("实施水利～建设",)]))
    note, entry = draw(st.booleans()), draw(st.sampled_from([None, 1, 2]))
    return told(text, head, report, code, note=note, year=int(report[-4:]), entry=entry, beside=beside)


@given(
    st.lists(st.lists(meanings(), min_size=1, max_size=4), min_size=1, max_size=3),
    st.sampled_from(["三大工程", "六个不发生", "三保"]),
    st.sampled_from([("兜牢“", "”底线"), ("推进水利工程建设，", "①，办好民生实事"), ("实施水利", "建设")]),
    st.sampled_from([("a-2025", YIWU), ("b-2024", HAIKOU), ("e-2023", "340000")]),
)
def test_senses_are_taken_as_judged(
    senses: list[list[GivenMeaning]], name: str, around: tuple[str, str], where: tuple[str, str]
) -> None:
    """A sense is taken exactly if one of the verdicts on its explanations takes it."""
    use = NameUse(name, *around, where[0], where[1], where[1], int(where[0][-4:]))
    assert taken(senses, use) == [not set(TAKEN).isdisjoint(codes) for codes in judged(senses, use)]


@given(
    st.lists(meanings(), min_size=1, max_size=4),
    st.sampled_from(["三大工程", "六个不发生", "三保"]),
    st.sampled_from([("a-2025", YIWU), (None, HAIKOU), (None, None)]),
    st.sampled_from([None, 2018, 2025]),
)
def test_one_by_one_as_judged(
    sense: list[GivenMeaning], name: str, where: tuple[str | None, str | None], year: int | None
) -> None:
    """One explanation of the only sense is judged as it is among all, unless others have a say in it."""
    use = NameUse(name, None, None, where[0], where[1], where[1], year)
    verdict = one_by_one(sense, use)
    assert verdict is None or [list(map(verdict, sense))] == judged([sense], use)
    assert (verdict is None) == any("“" in each.head for each in sense)
