from __future__ import annotations

from dataclasses import replace

import pytest

from glossary_api.harvesting.evidence import approved, surroundings
from glossary_api.harvesting.harvest import build
from glossary_api.harvesting.lexicon import is_word
from glossary_api.harvesting.origins import origins_of, told_of
from glossary_api.model.things import Equivalent, ParsedReport, Term
from glossary_api.model.words import CANDIDATE, ESTABLISHED, REASONS_AGAINST, REASONS_FOR
from glossary_api.text.folding import fold_name, plain
from tests.harvesting.reports import report


def judged(name: str, *reports: ParsedReport) -> Term:
    """The term that a name leads to in the harvest of the reports."""
    return next(term for term in build(reports).terms if fold_name(name) in term.keys)


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("三减", "推进“三减”。", "numeral"),
        ("一主一副、两翼联动、多点支撑", "构建“一主一副、两翼联动、多点支撑”。", "numeral"),  # a list that counts
        ("三大水系", "治理东江、西江、北江三大水系。“三大水系”水清。", "numeral"),  # quoted once
        ("十四五", "“十四五”规划收官。", "plan"),
        ("党建+服务", "探索“党建+服务”。", "formula"),
        ("护苗", "开展“护苗”行动。", "naming"),
        ("山桥汇", "办好“山桥汇”“水桥汇”系列品牌活动。", "naming"),  # the noun stands behind a row of quotations
        ("水清岸绿行动", "水清岸绿，“水清岸绿行动”见效。", "own-noun"),
        ("慢养山房", "获评“慢养山房”。", "named"),
        ("云桥通", "云上“云桥通”上线运行。", "once"),
        ("求真、务实、创新", "坚持“求真、务实、创新”。", "named"),
        ("山高、水清、路远", "“山高、水清、路远”的山城精神不断彰显。", "naming"),  # the spirit of a place
        ("登记过的山户", "“登记过的山户”（SDH）达到558家。", "naming"),  # what is abbreviated
        ("山村会客人", "越来越多的“山村会客人”返乡。", "once"),  # no picture
        ("上山行动", "组织好各村与邻县的“上山行动”。", "own-noun"),  # nobody makes a picture of 行动
        ("一带、两通道、三类山区", "建设“一带、两通道、三类山区”。", "numeral"),  # each part counts
    ],
)
def test_established(name: str, body: str, reason: str) -> None:
    """One report is enough for a name that its form, or what is printed around it, shows to be one."""
    term = judged(name, report("a-2025", body))
    assert (term.status, term.evidence.reason) == (ESTABLISHED, reason)
    assert reason in REASONS_FOR


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("稳", "坚持“稳”字当头。", "single-character"),
        ("路修好了，心就近了。", "村民说：“路修好了，心就近了。”", "sentence"),
        ("山村的早晨", "作者在“山村的早晨”一文中写道。", "title"),
        ("把每一件小事当作大事来办并且办到底", "村里人“把每一件小事当作大事来办并且办到底”，蔚然成风。", "long"),
        ("先把田种好再谈别的", "老人强调：“先把田种好再谈别的”，大家信服。", "speech"),
        ("山石崩裂", "反对所谓“山石崩裂”。", "scare-quotes"),
        ("守山夫妻", "二人转“守山夫妻”获奖。", "title"),  # a work by what it is called before
        ("国内领先", "瞄准“国内领先”的目标。", "clause"),  # a place in a ranking
        ("山林管理、水源保护与道路修建", "深化“山林管理、水源保护与道路修建”改革。", "clause"),  # a list
        ("上山与下水", "以“上山与下水”为重点。", "clause"),  # two things
        ("登起来看山", "以“登起来看山”的心气争先。", "clause"),
        ("被上山", "少数人“被上山”。", "clause"),
        ("做样子", "坚持“做样子”的标准。", "clause"),
        ("上山难", "“上山难”得到缓解。", "clause"),
        ("含山量", "提升产业“含山量”。", "adjective"),
        ("下篇文章", "续写“下篇文章”。", "clause"),
        ("山果又大又红", "众口称“山果又大又红”。", "sentence"),
        ("自由", "追求“自由”，更要自由、自由。", "ordinary-word"),
        ("开着的窗", "留下“开着的窗”，通风。", "clause"),
        ("根壮叶密", "让山村产业更加“根壮叶密”。", "clause"),  # how something is
        ("走在山前", "省里要求我们“走在山前”。", "clause"),  # what somebody is told to do
        ("亮起来", "让山村“亮起来”。", "clause"),  # a verb and what becomes of it
        ("浪费难免、损失难免", "有人有“浪费难免、损失难免”的想法。", "clause"),  # what somebody wrongly thinks
        ("压舱石头", "发挥“压舱石头”作用。", "figure"),  # what something is compared with
        ("万水皆清,唯有此处浑", "古人说得好，“万水皆清，唯有此处浑”。", "sentence"),  # a proverb
        ("断点式", "出口“断点式”下滑。", "adjective"),
        ("山村思维", "跳出“山村思维”。", "scare-quotes"),  # what nobody should do
        ("炸锅", "防止村里账目“炸锅”。", "scare-quotes"),
        ("追风赶浪", "以“追风赶浪”的魄力闯新路。", "figure"),  # how somebody goes about things
        ("出好瓜", "在“出好瓜”上下功夫。", "figure"),  # what somebody takes pains with
        ("通山路", "打通出海“通山路”。", "figure"),  # a verb of pictures, words between
        ("最坏", "“最坏”打算。", "adjective"),
        ("有人没船", "“有人没船”得到缓解。", "clause"),
        ("种好新苗", "“种好新苗”深化合作。", "clause"),
        ("一揽子", "出台“一揽子”政策，一揽子安排，一揽子推进。", "ordinary-word"),  # whatever its key is
        ("芯", "深化“山村建设推动‘芯’突破”工程。", "single-character"),  # whatever quotes it within
        ("甲业、乙业、丙业", "围绕“甲业、乙业、丙业”发力。", "clause"),  # a list of things
        ("种树、修桥、三资盘活", "谋求“种树、修桥、三资盘活”。", "clause"),  # of which one has a numeral
        ("山城味道", "留住“山城味道”。", "figure"),  # what a place is said to have
        ("青石沃土", "成为创业的“青石沃土”。", "figure"),
        ("飞鸟", "有力应对强台风“飞鸟”。", "title"),  # a storm
        ("1825", "淘汰“1825”老旧织机。", "title"),  # a machine
        ("2·30", "处置“2·30”重大交通事故。", "title"),  # an accident
        ("靠山临水", "发挥“靠山临水”优势。", "figure"),  # how something is placed
        ("山陡路滑", "改变“山陡路滑”的局面。", "clause"),  # a state of things
        ("提颜值", "聚焦“提颜值”建设山村。", "clause"),  # a task
        ("水土活", "紧扣“水土活”，推进改革。", "clause"),  # how something is to be
        ("大力修复山林", "实施“大力修复山林”。", "clause"),
        ("必须守住山林", "做到“必须守住山林”。", "clause"),
        ("后三十", "历史性退出“后三十”。", "clause"),  # a place in a ranking
        ("山路太远", "他们又讲“山路太远”。", "clause"),
        ("十大", "实施“十大”修路工程。", "ordinary-word"),  # a number of what stands behind it
        ("300亿元", "打造“300亿元”产业。", "ordinary-word"),
        (
            "不怕山高路又远，自有清风送客来",
            "心明眼亮。“不怕山高路又远，自有清风送客来”。我们前行。",
            "speech",
        ),  # all of a sentence
        ("山高不怕登攀苦，水远自有渡船人", "满怀“山高不怕登攀苦，水远自有渡船人”，奋力向前。", "clause"),  # verse
        ("种树修桥", "牢记“种树修桥”的谆谆告诫。", "clause"),  # what somebody was told
    ],
)
def test_candidates(name: str, body: str, reason: str) -> None:
    """What its form, or what is printed around it, shows to be no name is a candidate, and the evidence says why."""
    term = judged(name, report("a-2025", body))
    assert (term.status, term.evidence.reason) == (CANDIDATE, reason)
    assert reason in REASONS_AGAINST


@pytest.mark.parametrize(
    ("name", "bare", "reason"),
    [
        ("三岭", 50, "ordinary-word"),  # three ridges here, three there
        ("三岭", 49, "numeral"),
        ("三岭两坝", 50, "numeral"),
        ("坝质量", 500, "ordinary-word"),  # a piece of longer words
        ("坝质量", 499, "once"),
        ("十四五", 500, "plan"),
    ],
)
def test_what_hardly_anybody_quotes(name: str, bare: int, reason: str) -> None:
    """A number, a word or a piece that is written bare many times for each quotation is no name."""
    assert judged(name, report("a-2025", f"抓好“{name}”。" + f"看{name}好。" * bare)).evidence.reason == reason


def test_a_note_outranks_every_rule() -> None:
    """A term that an appendix explains is established, whatever it looks like."""
    term = judged("稳", report("a-2025", "坚持“稳”字当头。", ["稳：指经济平稳运行", "三减：减环节、减材料、减时限"]))
    assert (term.status, term.evidence.reason, term.evidence.notes) == (ESTABLISHED, "note", 1)


def test_an_approved_rendering_outranks_every_rule() -> None:
    """A candidate of which a curator approved a rendering is established; a proposed one decides nothing."""
    term = judged("自由", report("a-2025", "追求“自由”，更要自由、自由。"))
    for status, expected in (("proposed", CANDIDATE), ("approved", ESTABLISHED)):
        rendering = Equivalent("自由", "", "en", "freedom", status, "board", "", "x.csv:2")
        (found,) = approved([replace(term, equivalents=(rendering,))])
        assert found.status == expected


def test_independent_reports() -> None:
    """A word that reports of several places and years nearly always quote is a term; one report shows nothing."""
    bodies = [
        ("a-2024", "义乌市", "2024年1月5日"),
        ("b-2025", "义乌市", "2025年1月5日"),
        ("c-2025", "慈溪市", "2025年1月6日"),
    ]
    reports = [report(name, "压实“米袋子”，不放松。", (), place, date) for name, place, date in bodies]
    assert judged("米袋子", reports[0]).status == CANDIDATE
    term = judged("米袋子", *reports)
    assert (term.status, term.evidence.reports, term.evidence.places) == (ESTABLISHED, 3, 2)


@pytest.mark.parametrize(("name", "status"), [("断点式", CANDIDATE), ("山村化", ESTABLISHED)])
def test_properties_in_two_reports(name: str, status: str) -> None:
    """Two reports make no name of a property, but one of a process."""
    one = report("a-2024", f"面对“{name}”趋势，抓好落实。", (), "义乌市", "2024年1月5日")
    other = report("b-2025", f"遏制“{name}”，治理山水。", (), "慈溪市", "2025年1月6日")
    assert judged(name, one, other).status == status


def test_two_files_of_one_report_are_one_witness() -> None:
    """The same place and year, or the same sentences where a file says neither, make one report of two files."""
    sentences = "。".join(f"第{number}件实事已经全部办结并且得到群众认可" for number in range(9))
    one, same = report("a-2025", sentences), report("b-2025", f"{sentences}。推进“三减”")
    bare = report("c", f"各位代表：{sentences}", (), "", "")
    other = report("d-2024", "别的话。", (), "慈溪市", "2024年1月5日")
    found = origins_of([*map(told_of, (one, same, bare, other))])
    assert found["a-2025"] == found["b-2025"] == found["c"] != found["d-2024"]


def test_evidence_is_counted() -> None:
    """The evidence counts quotations, other places, naming nouns and footnote marks."""
    body = "开展“护苗”行动，深化“护苗”。护苗见效。加强“护苗”［1］。"
    found = judged("护苗", report("a-2025", body)).evidence
    assert (found.quoted, found.unquoted, found.naming, found.reports) == (3, 1, 1, 1)


@pytest.mark.parametrize(
    ("text", "phrase", "around"),
    [
        ("发扬“实干”“苦干”精神。", "苦干", ("发扬", "精神。")),
        ("发扬“实干”、“苦干”等精神。", "实干", ("发扬", "精神。")),
        ("深化“三减”［3］改革。", "三减", ("深化", "改革。")),
        ("深化“三减［3］”改革。", "三减", ("深化", "改革。")),
        ("前一段。\n“三减”\n后一段。", "三减", ("", "")),
    ],
)
def test_surroundings(text: str, phrase: str, around: tuple[str, str]) -> None:
    """Around a quotation stands what is left in its paragraph without marks and without other quotations of its row."""
    start = text.index(phrase)
    before, behind = surroundings(plain(text), start, start + len(phrase))
    assert (before, behind) == around


@pytest.mark.parametrize(("phrase", "known"), [("自由", True), ("以旧换新", True), ("护苗桥", False), ("ESG", False)])
def test_words(phrase: str, known: bool) -> None:
    """The dictionary knows words and turns of phrase, and nothing of Latin letters."""
    assert is_word(phrase) is known
