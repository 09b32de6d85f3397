"""The weighing of clauses and sentences that carry what a name before them counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glossary_api.model.things import Slogan
from glossary_api.parsing.kinds import NUMERAL
from glossary_api.parsing.numerals import counts_in
from glossary_api.parsing.weighed_clauses import weighed_clauses

if TYPE_CHECKING:
    from tests.parsing.conftest import Parse


def named(text: str, name: str) -> list[str]:
    """The names in the clauses that are taken for what a quoted name of a text stands for."""
    start = text.index(f"“{name}”") + 1
    spans = weighed_clauses(text, Slogan(name, NUMERAL, start, start + len(name)), counts_in(name))
    return [text[a:b] for a, b in spans]


@pytest.mark.parametrize(
    ("text", "name", "items"),
    [
        (
            "打响“三大战役”,成效明显。山林修复战役进展顺利,新栽树木。河道清淤战役如期完工。老街更新战役全面打响。",
            "三大战役",
            ["山林修复战役", "河道清淤战役", "老街更新战役"],
        ),
        (
            "加快“三型”机关建设。建设了勤快机关,来访减少。建设了透明机关,群众满意。建设了节俭机关,开支下降。",
            "三型",
            ["勤快机关", "透明机关", "节俭机关"],
        ),
        (
            "“三新”品牌叫响。“新茶”走俏,远销海外。“新果”上市,产量翻番。“新花”热卖。",
            "三新",
            ["新茶", "新果", "新花"],
        ),
        (
            "推进“三权”改革。渔权改革试点铺开。矿权改革全面完成。渠权改革稳步推进。",
            "三权",
            ["渔权改革", "矿权改革", "渠权改革"],
        ),
        (
            "做到“三个更加坚定”:更加坚定守护山林,封山育林;更加坚定富裕乡亲,兴办工坊;更加坚定传承手艺,开设学堂。",
            "三个更加坚定",
            ["更加坚定守护山林", "更加坚定富裕乡亲", "更加坚定传承手艺"],
        ),
        (
            "实施“三大带动”,增收明显。通过茶叶带动,引来商户;通过竹编带动,留住工匠;通过温泉带动,迎来客人。",
            "三大带动",
            ["茶叶带动", "竹编带动", "温泉带动"],
        ),
    ],
)
def test_carried(text: str, name: str, items: list[str]) -> None:
    """Just as many clauses that carry at one place what is counted have the things of the name."""
    assert named(text, name) == items


@pytest.mark.parametrize(
    ("text", "name", "items"),
    [
        (
            "建设“一谷两港”。云雾茶谷,种茶制茶。江湾客港,通航三地。渔火货港,年底开工。",
            "一谷两港",
            ["云雾茶谷", "江湾客港", "渔火货港"],
        ),
        ("建设“一谷两港”。江湾客港,通航三地。云雾茶谷,种茶制茶。渔火货港,年底开工。", "一谷两港", []),
    ],
)
def test_in_order(text: str, name: str, items: list[str]) -> None:
    """What several numerals count heads sentences in the order of the name."""
    assert named(text, name) == items


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("做好“三农”工作,成效明显。推进农业改革。办好农村学堂。支持农民返乡。", "三农"),
        ("守好“两区”,放心满意。建成东山园区。修缮西河景区。", "两区"),
        ("推进“三大行动”,抓好落实。护河行动启动。护林行动启动。护鸟行动启动。护田行动启动。", "三大行动"),
        ("深化“三变”改革。推进盐业改革。推进林场改革。推进渔港改革。", "三变"),
    ],
)
def test_thin(text: str, name: str) -> None:
    """Nothing is taken where more carry it, where one sign is a part of words, or where two have a common one."""
    assert named(text, name) == []


def test_paragraphs_in_a_row(parse_text: Parse) -> None:
    """Later paragraphs that begin as those right behind a name do not belong to it."""
    body = (
        "政府工作报告\n各位代表：\n一、工作回顾\n做到“三个必须”：\n第一，必须强甲业。抓好落实。\n第二，必须兴乙业。\n"
    )
    slogans = parse_text(body + "第三，必须稳丙业。\n还要看到困难。\n必须看到不足。").slogans
    found = next(slogan.inline for slogan in slogans if slogan.text == "三个必须")
    assert found is not None
    assert [member.text for member in found.members] == ["必须强甲业", "必须兴乙业", "必须稳丙业"]
