"""Which definitions of a name make one sense."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from glossary_api.harvesting.agreement import grouped
from glossary_api.harvesting.definitions import without_stray_lists
from glossary_api.harvesting.unquoted import Uses
from glossary_api.model.things import Definition, DefinitionEvidence, Passage, Sense, Source, Term
from glossary_api.model.words import CORROBORATED, LISTED, NOTE
from glossary_api.text.folding import fold_name


def note(head: str, text: str, place: str = "甲市") -> Definition:
    """What an appendix says of a name; its members are what commas part."""
    source = Source("appendix", f"{place}-2024", place, 2024, 1, None, 0, len(text))
    members = tuple(Passage(part, 0, 0) for part in text.split("、") if "、" in text)
    return Definition(text, source, members, head=head, evidence=DefinitionEvidence(NOTE))


def listed(head: str, text: str, place: str) -> Definition:
    """What a report lists beside a name in its running text."""
    one = note(head, text, place)
    return replace(one, source=replace(one.source, type="inline"), evidence=DefinitionEvidence(LISTED))


def senses(*definitions: Definition) -> list[list[str | None]]:
    """The places whose definitions make a sense, sense by sense."""
    return [[one.source.place for one in group] for group in grouped(definitions)]


@pytest.mark.parametrize(
    ("head", "other_head"),
    [
        ("飞地园务", "飞地园务"),
        ("“羚羊”企业", "羚羊企业"),
        ("“羚羊草”机制", "羚羊草"),  # the sort of thing is printed by one of them only
        ("一窗清", "一窗清"),  # 一 counts nothing
        ("7D打印", "7D打印"),  # nor do figures that belong to letters
        ("第四屋面", "第四屋面"),  # nor does an ordinal
        ("青藤清单产品", "青藤清单"),
        ("山塘看护责任制", "山塘看护"),
    ],
)
def test_a_notion_has_one_meaning_in_whatever_words(head: str, other_head: str) -> None:
    """Two notes on one name that counts nothing are one sense, though they share no word."""
    assert senses(note(head, "成长快的公司"), note(other_head, "由园区代办全部手续", "乙市")) == [["甲市", "乙市"]]


@pytest.mark.parametrize(("head", "one"), [("一翁一童", True), ("一河一湖", False), ("“一河一湖”整治", False)])
def test_two_grounds_are_of_their_place(head: str, one: bool) -> None:
    """Notes that list what one each of two things are agree, unless the things are grounds: every place has its own."""
    groups = senses(note(head, "老人、孩子"), note(head, "养老、托幼服务", "乙市"))
    assert (len(groups) == 1) is one


@pytest.mark.parametrize(
    ("head", "other_head"),
    [
        ("清溪工程", "清溪工程"),  # each place has works of its own
        ("四个清", "四个清"),  # a number counts other things elsewhere
        ("双清办", "双清办"),
        ("护青", "护青"),  # as short as this anybody coins a name
        ("旅游飞地园务", "飞地园务"),  # a longer name may mean more
    ],
)
def test_other_names_need_like_words(head: str, other_head: str) -> None:
    """Two notes on names of places, numbers or two signs stay apart where they share no word."""
    assert senses(note(head, "清理河面杂物"), note(other_head, "帮扶困难学童", "乙市")) == [["甲市"], ["乙市"]]


def test_an_abbreviation_in_latin_letters_has_one_meaning() -> None:
    """Definitions of an abbreviation are one sense if they have a word in common; what has none is something else."""
    long = note("QGT", "Quick Green Transit 的缩写，即“快速绿色公交”，是一种在专用道上运行的客运方式")
    assert senses(long, listed("QGT", "公里快速公交", "乙市")) == [["甲市", "乙市"]]
    assert len(senses(long, listed("QGT", "二期", "乙市"))) == 2
    assert len(senses(note("三清", "山林看护的三种做法"), note("三清", "看护儿童的机构", "乙市"))) == 2


def test_a_place_gives_a_name_of_its_own_one_meaning() -> None:
    """Two notes of one place on a name that counts nothing are one sense, whatever noun stands behind the name."""
    one, other = note("“青桥晨光”行动", "清理河面杂物"), note("青桥晨光", "帮扶困难学童")
    assert senses(one, other) == [["甲市", "甲市"]]
    assert len(senses(one, replace(other, source=replace(other.source, place="乙市")))) == 2
    assert len(senses(note("四不清两不乱", "清理河面杂物"), note("四不清两不乱", "帮扶困难学童"))) == 2


def test_a_note_and_a_list_of_one_report_are_of_one_sense() -> None:
    """What a report lists beside a rare name is what it explains by it; not if anybody coins such names."""
    for head, apart in (("两翼齐清", 1), ("两大工程", 2)):
        one = note(head, "以甲山为东翼和以乙山为西翼的清理")
        assert len(senses(one, replace(listed(head, "青桥、白沙", "甲市"), source=one.source))) == apart


def test_an_owner_before_a_notion_makes_no_other_sense() -> None:
    """A notion with an owner before it is of one sense with the notion if some of their words are the same."""
    plain = note("增塘挂钩", "按处置荒塘的规模奖励或核减新的塘口指标")
    owned = note("渔业用地“增塘挂钩”", "新的塘口指标与荒塘处置挂钩，任务未完成的核减一定比例", "乙市")
    assert senses(plain, owned) == [["甲市", "乙市"]]
    assert len(senses(plain, replace(owned, text="窗口统一办理渔船移籍"))) == 2


def test_words_in_common_make_one_sense() -> None:
    """Two notes on a counted name are one sense if they share enough words besides the name and stock words."""
    one = note("双藤", "减轻果农修枝和采收两类劳务负担，由合作社统一派工")
    other = note("双藤", "由合作社派工减轻果农修枝、采收劳务负担的做法", "乙市")
    assert senses(one, other) == [["甲市", "乙市"]]
    assert len(senses(one, note("双藤", "减轻渔民造船、修网的开支", "乙市"))) == 2


def test_lists_of_other_things_share_words() -> None:
    """Two lists are no one sense for an item in common, however long it is."""
    some, others = "水面稳定、林地保护、安全采收", "安全采收、防风护岸、田间稳定"
    assert len(senses(note("三条田埂", some), note("三条田埂", others, "乙市"))) == 2


def test_what_all_items_begin_with_tells_nothing() -> None:
    """Two lists whose items all begin alike are compared by what follows."""
    some, others = "统一育苗、统一修剪、统一采收、统一装运", "统一育苗、统一喂养、统一采收、统一检疫"
    assert len(senses(note("四统", some), listed("四统", others, "乙市"))) == 2
    assert len(senses(note("四统", some), listed("四统", some.replace("装运", "装车运走"), "乙市"))) == 1


def test_a_note_that_names_all_listed_things_is_of_one_sense_with_the_list() -> None:
    """A list is of one sense with a note that has each of its things; not if the name is as short as many."""
    said = "州第三次大会提出，深入推进城镇建设，重点建设沿湖城镇群，以及青桥与白沙“双塔星辰”"
    assert senses(note("双塔星辰", said), listed("双塔星辰", "青桥、白沙", "乙市")) == [["甲市", "乙市"]]
    assert len(senses(note("双塔", said), listed("双塔", "青桥、白沙", "乙市"))) == 2


def test_an_item_may_stand_within_another() -> None:
    """Two items are one thing if the longer has the shorter anywhere, and it is half of it."""
    some, others = "交出山林看护、河道清理", "夺取山林看护、实现河道清理目标"
    assert senses(listed("双胜", some, "甲市"), listed("双胜", others, "乙市")) == [["甲市", "乙市"]]


def test_a_list_in_short_says_the_same() -> None:
    """Two lists are one sense where each item of one stands within an item of the other."""
    assert senses(
        note("两大合作区", "青桥甲乙深度合作区、白沙丙丁产业合作区"), listed("两大合作区", "青桥、白沙", "乙市")
    ) == [["甲市", "乙市"]]
    assert len(senses(note("两大合作区", "青桥合作区、白沙合作区"), note("两大合作区", "青桥、黑石", "乙市"))) == 2


def test_what_says_the_same_as_two_joins_them() -> None:
    """A note that has the members of one note and the wording of another makes one sense of all three."""
    one, other = note("三清", "清山、清水、清田"), note("三清", "把山上水里田间的废弃农膜全部收走的行动", "乙市")
    both = note("三清", "清山、清水、清田，把山上水里田间的废弃农膜全部收走的行动", "丙市")
    assert senses(one, other) == [["甲市"], ["乙市"]]
    assert senses(one, other, both) == [["甲市", "乙市", "丙市"]]


def test_a_list_joins_no_notes() -> None:
    """A list that resembles two notes stays by itself: that it stands beside the name proves nothing."""
    one = note("三清", "清退沿街乱堆的杂物、清洗河道、清查水井")
    other = note("三清", "清退占用耕地的窑厂、清洗楼道、清查电梯", "乙市")
    between = listed("三清", "清退、清洗、清查", "丙市")
    assert senses(one, between) == [["甲市", "丙市"]]
    assert senses(one, other, between) == [["甲市"], ["乙市"], ["丙市"]]


def test_lists_in_the_same_words_are_one_sense() -> None:
    """A list that resembles two notes is of one sense with what has its words: with another list, or with a note."""
    one = note("三清", "清退沿街乱堆的杂物、清洗河道、清查水井")
    other = note("三清", "清退占用耕地的窑厂、清洗楼道、清查电梯", "乙市")
    lists = [listed("三清", "清退、清洗、清查", place) for place in ("丙市", "丁市")]
    assert senses(one, other, *lists) == [["甲市"], ["乙市"], ["丙市", "丁市"]]
    third = note("三清", "清退、清洗和清查", "戊市")
    assert ["戊市", "丙市", "丁市"] in senses(one, other, third, *lists)


@pytest.mark.parametrize(
    ("name", "reports", "listing", "kept"),
    [
        ("三清", 20, 1, False),
        ("三清", 19, 1, True),  # not so many use it
        ("三清", 20, 2, True),  # a tenth of them lists something
        ("三大工程", 20, 1, True),  # each place has its own
    ],
)
def test_a_stray_list_explains_no_name_that_many_use(name: str, reports: int, listing: int, kept: bool) -> None:
    """What one report lists beside a name that many others use without a list is not what the name stands for."""
    lists = [listed(name, f"清山{n}、清水{n}、清田{n}", f"市{n}") for n in range(listing)]
    senses = tuple(Sense(f"t-{n}", (one,)) for n, one in enumerate(lists))
    term = Term("t", name, fold_name(name), "numeral", "", (), senses, (fold_name(name),))
    uses = Uses(quoted={(f"市{n}", 2024) for n in range(reports)})
    (found,) = without_stray_lists([term], {"t": uses})
    assert bool(found.senses) == kept


def test_a_stray_list_explains_no_abbreviation() -> None:
    """What a report has before an abbreviation is dropped if a note says something else, however many use it."""
    senses = (Sense("t-1", (note("QGT", "快速绿色公交"),)), Sense("t-2", (listed("QGT", "二期", "乙市"),)))
    term = Term("t", "QGT", "qgt", "quoted", "", (), senses, ("qgt",))
    assert [sense.id for sense in without_stray_lists([term], {})[0].senses] == ["t-1"]
    (kept,) = without_stray_lists([replace(term, senses=senses[1:])], {})
    assert [sense.id for sense in kept.senses] == ["t-2"]


def test_a_note_and_what_others_confirm_are_no_stray_lists() -> None:
    """Of a name that many use, what a note says and what two reports list stays; what one lists alone goes."""
    explained = Sense("t-1", (note("三清", "清山、清水、清田"), listed("三清", "清山、清水", "乙市")))
    confirmed = replace(listed("三清", "清甲、清乙、清丙", "丙市"), evidence=DefinitionEvidence(CORROBORATED))
    alone = Sense("t-3", (listed("三清", "清子、清丑、清寅", "丁市"),))
    term = Term("t", "三清", "3清", "numeral", "", (), (explained, Sense("t-2", (confirmed,)), alone), ("3清",))
    uses = Uses(bare={(f"市{n}", 2024) for n in range(40)})
    (found,) = without_stray_lists([term], {"t": uses})
    assert [sense.id for sense in found.senses] == ["t-1", "t-2"]


@pytest.mark.parametrize(
    ("head", "text", "other_head", "other", "one"),
    [
        ("一窖三修", "修地窖，修灶、修井、修圈", "一窖三修", "地窖修建与改灶、改井、改圈", True),
        ("双沉一升", "人手下沉、物资下沉，诊疗升级", "诊疗“双沉一升”", "城里人手和物资下沉到村，村里诊疗升级", True),
        ("一窖三修", "修地窖，修灶、修井、修圈", "一窖三修", "一本账簿，三回查对", False),
        ("数耕兴田工程", "由能人带动", "数耕兴田行动", "把账目搬到网上", True),  # works of one notion
        ("清溪工程", "由能人带动", "清溪行动", "把账目搬到网上", False),  # but not of any short word
    ],
)
def test_notes_on_a_rare_name_agree_by_signs(head: str, text: str, other_head: str, other: str, one: bool) -> None:
    """Two short notes on a name that is hardly coined twice are one sense if one has most signs of the other."""
    found = senses(note(head, text), note(other_head, other, "乙市"))
    assert found == ([["甲市", "乙市"]] if one else [["甲市"], ["乙市"]])


def test_a_place_keeps_a_rare_name_for_some_years() -> None:
    """A place explains such a name in other words a year later, and means another thing by it only long after."""
    first, then = note("一主三副六团", "老城一处"), note("一主三副六团", "由中心带动周围")
    for year, one in ((2026, True), (2031, False)):
        later = replace(then, source=replace(then.source, year=year, report=f"甲市-{year}"))
        assert len(senses(first, later)) == (1 if one else 2)


def test_owners_tell_lists_of_one_name_apart() -> None:
    """Two lists that have most items in common are two senses where words before both names say whose they are."""
    one = note("林场文化“九进”", "机关、学校、村寨、山口、油锯检修站点、护林巡查工段")
    other = note("河湖看护“九进”", "机关、学校、村寨、山口、船闸调度机房、码头装卸现场", "乙市")
    assert len(senses(one, other)) == 2
    assert len(senses(one, replace(other, head="“九进”"))) == 1


def test_all_that_one_lists_in_the_text_of_another_is_one_sense() -> None:
    """A note that has in its text each of some things that another one lists says the same of any name."""
    one = note("七个清爽", "清爽庭院、清爽巷道、清爽河塘")
    other = note("乡村“七个清爽”活动", "按照往年做法开展清爽庭院评比，抓好清爽巷道和清爽河塘的日常管护", "乙市")
    assert len(senses(one, other)) == 1
    assert len(senses(one, replace(other, text="按照往年做法开展清爽庭院评比，抓好厨房管护"))) == 2


PARTS = ("修桥铺路", "种树护林", "清沟除草", "办学兴教", "看病就医", "养老托幼")


@pytest.mark.parametrize("seed", range(40))
def test_what_is_known_of_some_is_as_good_as_holding_all_against_each_other(seed: int) -> None:
    """Further notes and lists join, and are joined, alike whether the groups of the others are known or not."""
    chance = random.Random(seed)
    texts = ["、".join(chance.sample(PARTS, chance.randint(1, 4))) for _ in range(10)]
    said = [
        (note if chance.random() < 0.7 else listed)("三件事", text, f"{place}市")
        for text, place in zip(texts, "甲乙丙丁戊己庚辛壬癸", strict=True)
    ]
    before = [one for one in said if chance.random() < 0.6]
    assert grouped(said, grouped(before)) == grouped(said)
