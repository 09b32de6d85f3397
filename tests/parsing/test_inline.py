from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.parsing.conftest import Parse

BEFORE = "政府工作报告\n各位代表：\n一、工作回顾\n"


@pytest.mark.parametrize(
    ("body", "members"),
    [
        ("整治山边、水边、路边“三边”地带。", "山边|水边|路边"),  # right before it
        ("落实应急预案、应急物资、应急队伍“三项准备”。", "应急预案|应急物资|应急队伍"),
        ("统筹教育、科技和人才“三位一体”发展。", "教育|科技|人才"),  # the last two joined by 和
        ("推进减环节、减材料、减时限等“三减”改革。", "减环节|减材料|减时限"),  # 等 leads to it
        ("守牢“三条底线”：耕地、生态、安全。", "耕地|生态|安全"),  # behind a colon
        (
            "“四合一”推进设备更新、技术改造、数字转型、绿色发展。",
            "设备更新|技术改造|数字转型|绿色发展",
        ),  # behind a verb
        (
            "兜牢“三保”底线，保民生、保工资、保运转。",
            "保民生|保工资|保运转",
        ),  # behind a comma, each with what is counted
        ("坚持党建引领、人才引领“双引领”。", "党建引领|人才引领"),  # a pair
        ("做到政策、服务“两到位”。", "政策|服务"),  # a pair of one length
    ],
)
def test_expansion(parse_text: Parse, body: str, members: str) -> None:
    """An enumeration right beside a slogan that gives as many things as its numeral counts is its expansion."""
    slogan = next(slogan for slogan in parse_text(BEFORE + body).slogans if slogan.kind == "numeral")
    assert slogan.inline
    assert [member.text for member in slogan.inline.members] == members.split("|")


@pytest.mark.parametrize(
    "body",
    [
        "整治山边、水边“三边”地带。",  # one too few
        "整治山边、水边、路边、河边“三边”地带。",  # one too many
        "改造道路、桥梁、管网。推进“三边”整治。",  # in another sentence
        "改造道路、桥梁、管网，推进“三边”整治。",  # in another clause, of other things
        "坚持和落实“两个维护”。",  # verbs that govern the slogan
        "兜牢“三保”底线，推进改革、扩大开放、改善民生。",  # behind a comma, of other things
        "发展研发、设计、检测“林长制”服务。",  # nothing is counted
        "落实规划、用地、资金“3+N”政策。",  # an open number
        "“三边”",
    ],
)
def test_no_expansion(parse_text: Parse, body: str) -> None:
    """An enumeration that gives another number, or merely stands near, is no expansion."""
    assert [slogan.inline for slogan in parse_text(BEFORE + body).slogans if slogan.inline] == []


@pytest.mark.parametrize(
    ("body", "text", "members"),
    [
        ("提升ESG（环境、社会和公司治理）水平。", "ESG", "环境|社会|公司治理"),
        ("设立金融资产投资公司（AIC）基金。", "AIC", "金融资产投资公司"),
        ("设立“产业投资基金”（CIF）。", "CIF", "产业投资基金"),  # what is quoted before it
        ("推广BIM(建筑信息模型)技术。", "BIM", "建筑信息模型"),  # half-width brackets
    ],
)
def test_parentheses(parse_text: Parse, body: str, text: str, members: str) -> None:
    """A Latin abbreviation is explained by its parenthesis, or by the name before it."""
    slogan = next(slogan for slogan in parse_text(BEFORE + body).slogans if slogan.inline)
    assert slogan.inline
    assert (slogan.text, slogan.kind) == (text, "quoted")
    assert [member.text for member in slogan.inline.members] == members.split("|")


def test_spans(parse_text: Parse) -> None:
    """The span of an expansion reaches from its first member to its last."""
    parsed = parse_text(BEFORE + "整治山边、水边、路边“三边”地带。")
    [slogan] = parsed.slogans
    assert slogan.inline
    assert parsed.report.text[slogan.inline.start : slogan.inline.end] == "山边、水边、路边"
    assert all(parsed.report.text[m.start : m.end] == m.text for m in slogan.inline.members)


def test_far_expansions(parse_text: Parse) -> None:
    """An enumeration does not reach over more than some hundred characters."""
    for body in ("甲" * 400 + "、乙、丙“三边”地带。", "“三合一”推进甲边、乙边、" + "丙" * 400 + "。"):
        assert [slogan.inline for slogan in parse_text(BEFORE + body).slogans if slogan.inline] == []
