"""Which names the reports themselves let count without quotation marks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from glossary_api.harvesting.harvest import harvest
from glossary_api.harvesting.unquoted import Uses, needs_voucher
from glossary_api.model.things import Definition, Evidence, Sense, Source, Term
from glossary_api.text.folding import fold_name

PLACES = ("义乌市", "昆山市", "太仓市", "海宁市", "江阴市", "宜兴市", "常熟市", "如皋市")
TITLE = "政府工作报告\n——2025年1月5日在{place}第十六届人民代表大会第四次会议上\n各位代表：\n一、工作回顾\n{body}\n"


def term(name: str, kind: str = "quoted", *, defined: bool = False) -> Term:
    """A term of this name."""
    source = Source("appendix", "r", None, None, 1, None, 0, 1)
    senses = (Sense("t-1", (Definition("指一。", source, head=name),)),) if defined else ()
    key = fold_name(name)
    return Term("t", name, key, kind, "", (), senses, (key,))


def uses(quoted: int, bare: int, alike: bool = False) -> Uses:
    """Uses in so many reports, the bare ones between the words of the quoted ones or between others."""
    found = Uses(quoted=set(PLACES[:quoted]), bare=set(PLACES[quoted : quoted + bare]), between={"推进…"})
    words = frozenset({"推进…" if alike else "没有…"})
    found.bare_between = {(place, words) for place in PLACES[quoted : quoted + bare]}
    return found


def test_a_period_of_planning_counts_everywhere() -> None:
    """The name of a plan is no word of the language, however rarely reports leave out its quotation marks."""
    assert not needs_voucher(term("十四五", "plan"), fold_name("十四五"), uses(8, 0))


@pytest.mark.parametrize(
    ("name", "given", "needed"),
    [
        ("工业上楼", uses(3, 2), False),
        ("工业上楼", uses(7, 0), True),  # nearly always quoted
        ("高效办成一件事", uses(7, 0), False),  # but this one is known by its length
        ("工业上楼", uses(7, 1, alike=True), False),  # nor does it matter where others write it bare in the same place
        ("工业上楼", uses(2, 0), False),
        ("工业上楼", uses(1, 6), True),  # one report alone quotes it
        ("工业上楼", uses(1, 6, alike=True), False),
        ("林长制", uses(1, 6), False),  # made of no words, so it is the same where nobody quotes it
        ("产业集聚", uses(1, 6), True),
        ("社区嵌入式服务", uses(1, 0), False),
        ("工业上楼", uses(2, 4), True),  # what the others write is something else
        ("工业上楼", uses(2, 2), False),  # two are no evidence
        ("一盘棋", uses(3, 3), True),  # a word of the language
        ("加速度", uses(3, 3, alike=True), False),
        ("三大工程", uses(3, 3), True),  # a number of things
        ("三大工程", uses(3, 1, alike=True), True),
        ("八项规定", uses(3, 3, alike=True), False),
        ("六个不发生", uses(3, 3), False),  # no things
        ("三大球", uses(3, 3), False),
        ("四上", uses(2, 3), False),  # risky names need more than that, and are not asked of
    ],
)
def test_evidence(name: str, given: Uses, needed: bool) -> None:
    """What the reports do with a name decides whether it needs a voucher."""
    assert needs_voucher(term(name), fold_name(name), given) is needed


@pytest.mark.parametrize(
    ("name", "unquoted", "defined", "needed"),
    [
        ("通山达水", 100, False, True),
        ("通山达水", 99, False, False),
        ("通山达水", 100, True, False),  # a note explains it, whoever writes it how
        ("通山达水桥", 100, False, False),  # hardly written by chance
    ],
)
def test_what_everybody_writes_bare_needs_one(name: str, unquoted: int, defined: bool, needed: bool) -> None:
    """A short name without a note that the bodies have fifty times as often bare as quoted is a phrase of theirs."""
    known = replace(term(name, defined=defined), evidence=Evidence(reason="reports", quoted=2, unquoted=unquoted))
    assert needs_voucher(known, fold_name(name), uses(2, 6, alike=True)) == needed


@pytest.mark.parametrize(
    ("name", "reports", "unquoted", "needed"),
    [
        ("深化制度创新", 1, 50, True),
        ("深化制度创新", 1, 49, False),
        ("深化制度创新", 2, 100, False),
        ("深化水权创新", 1, 50, False),
    ],
)
def test_words_that_all_have_need_one(name: str, reports: int, unquoted: int, needed: bool) -> None:
    """Words that every report has are a phrase of theirs, however long, if one report alone quotes them."""
    known = replace(term(name), evidence=Evidence(reason="once", quoted=reports, unquoted=unquoted, reports=reports))
    assert needs_voucher(known, known.key, uses(reports, 0)) is needed


@pytest.mark.parametrize(("name", "needed"), [("工业上楼", False), ("三大工程", True), ("一盘棋", True)])
def test_what_is_defined_needs_none(name: str, needed: bool) -> None:
    """A term that a report explains counts everywhere, but not if it is words or a number of things."""
    assert needs_voucher(term(name, defined=True), fold_name(name), uses(1, 0)) is needed


@pytest.mark.parametrize(("kind", "needed"), [("numeral", False), ("quoted", True)])
def test_numeral_abbreviations_tell_sooner(kind: str, needed: bool) -> None:
    """Four characters are enough for a numeral abbreviation if one report alone quotes them, not for mere words."""
    assert needs_voucher(term("产业集聚", kind), fold_name("产业集聚"), uses(1, 0)) is needed


def written(folder: Path, *bodies: str) -> list[Path]:
    """Reports of different places with these bodies."""
    paths = [folder / f"{number}.txt" for number in range(len(bodies))]
    for path, place, body in zip(paths, PLACES, bodies, strict=False):
        path.write_text(TITLE.format(place=place, body=body), "utf-8")
    return paths


def test_a_harvest_asks_its_reports(tmp_path: Path) -> None:
    """A name that two reports quote counts where others write it bare between the same words; a mere word does not."""
    harvested = harvest(
        written(
            tmp_path,
            "推进消费品“以旧换新”，跑出“加速度”。",
            "扩大消费品“以旧换新”，再提“加速度”。",
            "支持消费品以旧换新，都有加速度。",
        )
    )
    vouched = {term.name: bool(term.vouched) for term in harvested.terms}
    assert vouched == {"以旧换新": False, "加速度": True}
    bare = [usage.match.text for usage in harvested.usages if not usage.match.quoted]
    assert bare == ["以旧换新"]


def test_one_report_twice_is_one_witness(tmp_path: Path) -> None:
    """Two files of one place and year are no two reports that quote a name."""
    paths = written(tmp_path, "推进“工业上楼”。", "工业上楼很多。")
    paths[0].with_name("again.txt").write_text(paths[0].read_text("utf-8") + "完。\n", "utf-8")
    (found,) = harvest([*paths, paths[0].with_name("again.txt")]).terms
    assert found.vouched == {"工业上楼"}


def test_a_core_is_not_explained_by_what_its_whole_means() -> None:
    """What everybody writes bare counts nowhere unquoted though a longer name that it is the core of is explained."""
    whole = Definition("一套指标", Source("appendix", "r", None, None, 1, None, 0, 1), head="山区“通山达水”指数")
    evidence = Evidence(reason="note", quoted=1, unquoted=50)
    known = replace(term("通山达水"), senses=(Sense("t-1", (whole,)),), evidence=evidence)
    assert needs_voucher(known, fold_name("通山达水"), uses(2, 6, alike=True))
    own = replace(known, senses=(Sense("t-1", (replace(whole, head="通山达水"),)),))
    assert not needs_voucher(own, fold_name("通山达水"), uses(2, 6, alike=True))
