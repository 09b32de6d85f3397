from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary_api.harvesting.harvest import build, publish
from glossary_api.model.things import Harvest, ParsedReport
from glossary_api.store.edition import Edition
from tests.harvesting.reports import report

PIECES = st.sampled_from(
    ["18", "“18”", "条", "三", "3", "“三减”", "行动", "体系", "“", "”", "“体系”", "市", "1+3", "两新"]
)
NAMES = st.lists(PIECES, min_size=1, max_size=4).map("".join)
REPORTS = st.lists(st.tuples(st.lists(NAMES, max_size=4), st.lists(NAMES, max_size=3)), min_size=1, max_size=4)
"""Names in the body and names that notes explain, of some reports."""


def made(parts: tuple[list[str], list[str]], number: int) -> ParsedReport:
    """The report that prints these names in its body and in its notes."""
    body, notes = parts
    return report(f"r{number}", "".join(f"推进{name}。" for name in body), [f"{name}：甲、乙、丙" for name in notes])


def assert_one_owner(harvested: Harvest) -> None:
    """No key, no name and no id belongs to two terms."""
    for found in (
        [key for term in harvested.terms for key in term.keys],
        [term.name for term in harvested.terms],
        [term.id for term in harvested.terms],
    ):
        assert len(found) == len(set(found))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(REPORTS.flatmap(lambda parts: st.permutations(list(enumerate(parts)))))
def test_any_reports_in_any_order(parts: list[tuple[int, tuple[list[str], list[str]]]]) -> None:
    """Whatever names reports print, every key and every name has one term, the same in any order of the reports."""
    reports = [made(part, number) for number, part in parts]
    harvested = build(reports)
    assert_one_owner(harvested)
    assert build(reports[::-1]).terms == harvested.terms


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_whole_around_two_cores(order: tuple[int, ...], tmp_path: Path) -> None:
    """A name that is printed around two cores joins neither, and the doubt is listed; the edition can be written."""
    reports = [
        report("a-2024", "实施稳增长“18”条。", ["稳增长“18”条：指十八条措施"]),
        report("b-2025", "推出“18”体系。", ["稳增长“18条”：指稳定增长的措施"]),
        report("c-2025", "落实“18条”政策。"),
    ]
    harvested = build([reports[number] for number in order])
    assert_one_owner(harvested)
    owners = {key: term.key for term in harvested.terms for key in term.keys}
    assert (owners["稳增长18条"], owners["18"], owners["18条"]) == ("稳增长18条", "18", "18条")
    assert [doubt.kind for doubt in harvested.doubts if doubt.kind == "several-cores"] == ["several-cores"]
    publish(harvested, tmp_path / "edition.db")
    assert Edition.open(tmp_path / "edition.db").term("稳增长18条")["name"] == "稳增长“18”条"


def test_a_core_that_is_itself_a_whole() -> None:
    """The whole of a whole joins the innermost core: all three names lead to one term."""
    harvested = build([report("a-2024", "实施“双护”行动。深化“双护行动”计划。")])
    [term] = harvested.terms
    assert set(term.keys) == {"双护", "双护行动", "双护行动计划"}
