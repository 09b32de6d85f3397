"""In which sense a term is used of which very many reports say what it means."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from glossary_api.harvesting.harvest import build
from glossary_api.harvesting.judging import _FEW
from glossary_api.text.bearing import are_as_good, taken
from glossary_api.text.surroundings import GivenMeaning, NameUse
from tests.harvesting.reports import report

MEANINGS = {
    "种树、护林两件事": "南京 苏州 无锡 常州 扬州 镇江 合肥 芜湖 福州 厦门 "
    "泉州 南昌 九江 赣州 济南 青岛 烟台 郑州 洛阳 开封",
    "修桥、通路两件事": "武汉 宜昌 襄阳 长沙 株洲 湘潭 广州 深圳 珠海 佛山 "
    "南宁 桂林 成都 绵阳 贵阳 昆明 西安 兰州 西宁 义乌 慈溪",
}


def test_of_many_explanations_the_nearest_decide() -> None:
    """Each place uses a term as it explained it itself, though far more explain it than are looked at for each use."""
    explained = {f"{city}市": meaning for meaning, cities in MEANINGS.items() for city in cities.split()}
    assert len(explained) > _FEW
    notes = [report(f"{city}-2025", "推进“双山”。", [f"双山：指{said}"], city) for city, said in explained.items()]
    uses = [report(f"{city}-2026", "推进“双山”。", [], city, "2026年1月5日") for city in explained]
    built = build([*notes, *uses])
    (term,) = (term for term in built.terms if term.name == "双山")
    said = {sense.id: sense.definitions[0].text for sense in term.senses}
    senses = defaultdict(set)
    for usage in built.usages:
        if usage.match.term == term.id:
            senses[usage.report[:-5]].add(said.get(usage.sense or ""))
    assert senses == {city: {meaning} for city, meaning in explained.items()}


NAMES = ("三大工程", "两新", "双山", "“双山”行动", "六化", "林长制", "“林长”制度", "四不两直")
PLACES = (("昆山市", "320583"), ("太仓市", "320585"), ("江苏省", "320000"), ("义乌市", "330782"), ("成都市", "510100"))
WORDS = ("种树、护林两件事", "修桥、通路、架线", "我市的做法", "全国推行的制度", "把好的土给苗")


def explanation(chance: random.Random) -> GivenMeaning:
    """What any report may say of any of the names."""
    place, code = chance.choice(PLACES)
    head, text, note = chance.choice(NAMES), chance.choice(WORDS), chance.random() < 0.6
    beside = (f"深化～改革，{chance.choice(WORDS)}",) if chance.random() < 0.3 else ()
    year, level = chance.choice((None, *range(2015, 2027))), chance.choice((None, "county", "province", "national"))
    return GivenMeaning(head, text, beside, note, chance.choice((None, 1)), f"{code}-{year}", place, code, level, year)


@pytest.mark.parametrize("seed", range(4))
def test_no_further_explanation_takes_a_use_from_the_only_sense(seed: int) -> None:
    """Whatever else is said of a name in the one sense that it has: a use that had the sense has it still."""
    chance = random.Random(seed)
    had: list[bool] = []
    for _ in range(3000):
        sense = [explanation(chance) for _ in range(chance.randint(1, 5))]
        place, code = chance.choice((*PLACES, (None, None)))
        left, right = (chance.choice((None, "", "深化", f"{chance.choice(WORDS)}，抓好")) for _ in range(2))
        use = NameUse(chance.choice(NAMES), left, right, "use", place, code, chance.choice((None, 2018, 2024)))
        had += taken([sense], use)
        if had[-1]:
            further = list(sense)
            further.insert(chance.randrange(len(sense) + 1), explanation(chance))
            assert taken([further], use) == [True]
    assert 0.2 < sum(had) / len(had) < 0.95, "some have it, and some do not"


@pytest.mark.parametrize("seed", range(4))
def test_what_is_said_long_after_a_use_changes_nothing(seed: int) -> None:
    """Where two lots of explanations are as good as the same to a use, it is given the same senses by both."""
    chance, alike = random.Random(seed), 0
    for _ in range(3000):
        place, code = chance.choice(PLACES)
        use = NameUse(
            chance.choice(NAMES), chance.choice(("深化", "", "两新")), chance.choice(("改革", "一是", "")),
            "here", place, code, chance.choice((2012, 2015, 2022)),
        )  # fmt: skip
        sizes = [chance.randint(4, 9) for _ in range(chance.choice((1, 1, 2, 3)))]
        senses = [[explanation(chance) for _ in range(size)] for size in sizes]
        some, others = (
            [[one for one in sense if _is_early(one) or chance.random() < 0.5] for sense in senses] for _ in "ab"
        )
        if some != others and are_as_good(some, others, use):
            alike += 1
            assert taken(some, use) == taken(others, use)
    assert alike > 30


def _is_early(said: GivenMeaning) -> bool:
    return said.year is None or said.year < 2024
