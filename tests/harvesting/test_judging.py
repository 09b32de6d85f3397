"""In which sense a term is used of which very many reports say what it means."""

from __future__ import annotations

from collections import defaultdict

from glossary_api.harvesting.harvest import build
from glossary_api.harvesting.judging import _FEW
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
