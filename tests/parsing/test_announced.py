"""Names that are announced, and that the paragraphs, sentences or clauses behind them spell out."""

from __future__ import annotations

import pytest

from glossary_api.model.things import Slogan
from glossary_api.parsing.announced import announced
from glossary_api.parsing.kinds import NUMERAL
from glossary_api.parsing.numerals import counts_in


def named(text: str, name: str) -> list[str]:
    """The names in the units that are taken for what a quoted name of a text stands for."""
    start = text.index(f"“{name}”") + 1
    spans = announced(text, Slogan(name, NUMERAL, start, start + len(name)), counts_in(name))
    return [text[a:b] for a, b in spans]


NUMBERED = (
    "今年重点实施“三大工程”:\n(一)实施茶园换新工程,让老树发新芽。新栽茶树。\n培育新苗。\n"
    "(二)实施渔港扩容工程,让渔船早归港。\n(三)实施竹艺传习工程,让手艺有传人。\n二、加强自身建设\n"
)


@pytest.mark.parametrize(
    ("text", "name", "items"),
    [
        (NUMBERED, "三大工程", ["茶园换新工程", "渔港扩容工程", "竹艺传习工程"]),
        (
            "(二)强化“三大支撑”,在实业上开新局。\n强化果业支撑。种好果。\n强化水利支撑。修好渠。\n强化仓储支撑。建好仓。\n(三)其他\n",
            "三大支撑",
            ["果业支撑", "水利支撑", "仓储支撑"],
        ),
        (
            "推进“三个青溪”建设。以书院为载体,建设更高水平的书香青溪。以水系为载体,建设更高水平的清水青溪。"
            "以集市为载体,建设更高水平的热闹青溪。\n",
            "三个青溪",
            ["书香青溪", "清水青溪", "热闹青溪"],
        ),
        (
            "加快“一谷一岛两港”建设。青溪药谷,种植药材。白鹭生态岛,清退旧船。东湾渔港,修复码头。西湾货港,疏浚航道。\n",
            "一谷一岛两港",
            ["青溪药谷", "白鹭生态岛", "东湾渔港", "西湾货港"],
        ),
        (
            "建设“三大产业区”,以茶为重点,加快建设茶叶示范区;以鱼为重点,加快建设渔业集聚区;以竹为重点,加快建设竹艺体验区。\n",
            "三大产业区",
            ["茶叶示范区", "渔业集聚区", "竹艺体验区"],
        ),
        (
            "努力实现“三个突破”。\n(一)着力在种茶上实现突破。种茶。\n(二)着力在养鱼上实现突破。养鱼。\n(三)着力在编竹上实现突破。\n",
            "三个突破",
            ["在种茶上实现突破", "在养鱼上实现突破", "在编竹上实现突破"],
        ),
        (
            "推动“三个振兴”取得突破。\n--茶乡振兴取得突破。种茶。\n--渔乡振兴取得突破。养鱼。\n--竹乡振兴取得突破。编竹。\n",
            "三个振兴",
            ["茶乡振兴", "渔乡振兴", "竹乡振兴"],
        ),
        (
            "打好“三大攻坚”。\n打好治沙攻坚战。种树。\n打好清河攻坚战。清淤。\n打好修路攻坚战。铺路。\n",
            "三大攻坚",
            ["治沙攻坚战", "清河攻坚战", "修路攻坚战"],
        ),
        (
            "开展“三大”行动。\n开展种树行动。种树。\n开展清淤行动。清淤。\n开展修路行动。铺路。\n",
            "三大",
            ["种树行动", "清淤行动", "修路行动"],
        ),
        (
            "(一)推进“两减一补”。\n坚决减库存。清仓。\n大力减开支。节俭。\n继续补短板。修路。\n(二)其他\n",
            "两减一补",
            ["减库存", "减开支", "补短板"],
        ),
        (
            "(六)聚焦“两治一增”。\n铁腕治沙。种树。\n柔性治水。清淤。\n立体增绿。种草。\n(七)其他\n",
            "两治一增",
            ["铁腕治沙", "柔性治水", "立体增绿"],
        ),
        (
            "推进“一江一湖一山一园”建设,整治青溪江城区段,加快白鹭湖路网建设,提升翠屏山公园功能,建设药草园绿地。\n",
            "一江一湖一山一园",
            ["青溪江", "白鹭湖", "翠屏山", "药草园"],
        ),
    ],
)
def test_spelled_out_below(text: str, name: str, items: list[str]) -> None:
    """As many units as a name counts, which end in what it counts and share a frame, are what it stands for."""
    assert named(text, name) == items


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (NUMBERED.replace("二、加强", "(四)实施书院修缮工程,让书声再起。\n二、加强"), "三大工程"),
        (NUMBERED.replace("渔港扩容工程", "渔港扩容"), "三大工程"),
        ("推进“三个青溪”建设。书香青溪有人来。要爱护青溪。大家都来看青溪。\n", "三个青溪"),
        ("重视“三农”工作。\n发展精细农业。种菜。\n建设秀美农村。修路。\n培育新型农民。上课。\n", "三农"),
        ("建设“一城、一区、一馆”,活化青溪古城,高标准提升故居片区,修缮名人馆。\n", "一城、一区、一馆"),
        ("推进“三权分置”改革,推进林地改革。深化产权改革。深化融资改革。\n", "三权分置"),
    ],
)
def test_not_spelled_out(text: str, name: str) -> None:
    """One unit too many or too few, or none but a common word, spells no name out."""
    assert named(text, name) == []
