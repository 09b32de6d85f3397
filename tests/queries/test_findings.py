from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary_api.errors import BadParameter
from glossary_api.harvesting.harvest import build, publish
from glossary_api.queries.contradictions import DRAFT, Claim, contradiction
from glossary_api.queries.finding_kinds import OF_A_DRAFT, OF_AN_EDITION, UNDEFINED
from glossary_api.queries.findings import ConcernFilters, concerns, counts, cursor_behind
from glossary_api.store.documents import JsonObject
from glossary_api.store.edition import Edition
from tests.harvesting.reports import report

MEMBERS = st.lists(st.text("甲乙丙", min_size=1, max_size=3), max_size=4)


def _all(edition: Edition, **filters: object) -> tuple[JsonObject, ...]:
    return concerns(edition, ConcernFilters(**filters), 100).items  # type: ignore[arg-type]  # by name


def test_every_kind_is_found(troubled: Edition) -> None:
    """What the parser, a comparison, the merging and the harvest find stands in one list, in the order of the text."""
    items = _all(troubled)
    assert {item["kind"] for item in items} == set(OF_AN_EDITION)
    places = [(item["report"]["id"], item["start"], item["end"]) for item in items if item["report"]]
    assert places == sorted(places)
    assert [item["kind"] for item in items if not item["report"]] == ["open-question", "file-not-understood"]


def test_a_passage_stands_in_its_report(troubled: Edition) -> None:
    """What stands left, within and right of a span adjoins, exactly as in the text of the report."""
    for item in _all(troubled):
        if item["report"]:
            text = troubled.report_text(item["report"]["id"])
            assert text[item["start"] : item["end"]] == item["text"]
            begin = item["start"] - len(item["left"])
            assert text[begin:].startswith(item["left"] + item["text"] + item["right"])


def test_a_wrong_count_shows_what_was_counted(troubled: Edition) -> None:
    """A count mismatch has its term, what the name promises, what was found, and the members."""
    (item,) = _all(troubled, kind="count-mismatch")
    (definition,) = item["definitions"]
    assert [term["name"] for term in item["terms"]] == ["五个清"]
    assert (definition["count_check"]["expected"], definition["count_check"]["found"]) == (5, 3)
    assert [member["text"] for member in definition["members"]][:2] == ["底数清", "责任清"]


def test_a_contradiction_has_both_sides(troubled: Edition) -> None:
    """A place that says otherwise than before is shown at the later definition, with the earlier one beside it."""
    (item,) = _all(troubled, kind="contradicting-definition")
    here, before = item["definitions"]
    assert (here["source"]["year"], before["source"]["year"]) == (2032, 2031)
    assert item["start"] == here["source"]["start"]
    assert item["report"]["id"] == here["source"]["report"]


def test_other_places_contradict_nobody(edition: Edition) -> None:
    """Two places that mean different things by a name do not contradict each other."""
    assert len(edition.term("135")["senses"]) == 2
    assert _all(edition, kind="contradicting-definition") == ()


def test_lists_beside_their_own_uses_contradict_nothing(tmp_path: Path) -> None:
    """A report may count one set of things with a generic name here and another there."""
    body = "落实数量、质量、生态“三位一体”保护制度。深化生产、供销、信用“三位一体”改革。"
    harvested = build([report("a-2025", body)])
    assert [len(term.senses) for term in harvested.terms if term.key == "3位1体"] == [2]
    publish(harvested, tmp_path / "edition.db")
    assert _all(Edition.open(tmp_path / "edition.db"), kind="contradicting-definition") == ()


def test_no_folder_is_told(edition: Edition, troubled: Edition) -> None:
    """A file that was not understood goes by its name: where it lay on the machine of the harvest is not said."""
    (item,) = _all(troubled, kind="file-not-understood")
    assert (item["file"], str(item["message"])) == ("empty.txt", "is empty; fetch or save it again")
    (item,) = _all(edition, kind="file-not-understood")
    assert (item["file"], str(item["message"])) == ("broken.txt", "is empty")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (
            {"report": "kunshan-2031"},
            len(OF_AN_EDITION) - 2 + 1,
        ),  # no file, no orphan; two notes without a mark
        ({"report": "kunshan-2032"}, 3),  # the orphan, and both sides of a contradiction and of a question count
        ({"year": 2032}, 3),
        ({"place": "昆山"}, len(OF_AN_EDITION)),
        ({"place": "昆山市", "year": 2030}, 0),
        ({"report": "nowhere"}, 0),
        ({"kind": "orphan-mark"}, 1),
    ],
)
def test_filters(troubled: Edition, filters: dict[str, object], expected: int) -> None:
    """Only what has to do with a report that fits all filters is listed, and a file with none."""
    assert len(_all(troubled, **filters)) == expected


def test_counts_leave_the_kind_open(troubled: Edition) -> None:
    """The counts say how many there are of each kind, whatever kind is asked for, within the other filters."""
    items = _all(troubled)
    expected = {kind: sum(item["kind"] == kind for item in items) for kind in OF_AN_EDITION}
    assert counts(troubled) == counts(troubled, ConcernFilters(kind="orphan-mark")) == expected
    assert sum(counts(troubled, ConcernFilters(year=2032)).values()) == 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 12))
def test_leafing_meets_each_once(troubled: Edition, limit: int) -> None:
    """Page after page, every item comes once and in order, and a page can be reached by what stands before it."""
    met: list[JsonObject] = []
    cursor = None
    while True:
        page = concerns(troubled, limit=limit, cursor=cursor)
        assert page.total == len(_all(troubled))
        met += page.items
        if (cursor := page.next) is None:
            break
        assert cursor == cursor_behind(troubled, ConcernFilters(), len(met))
    assert tuple(met) == _all(troubled)
    assert cursor_behind(troubled, ConcernFilters(), len(met) + 1) is None


def test_foreign_cursors_are_refused(troubled: Edition) -> None:
    """A cursor of another list is none of this one."""
    with pytest.raises(BadParameter, match="cursor"):
        concerns(troubled, cursor="terms.5LiJ6L65")


def test_drafts_and_reports_are_held_to_the_same() -> None:
    """Everything that a draft is told, but that a slogan is not explained, can be found in a report too."""
    assert set(OF_A_DRAFT) - {UNDEFINED} <= set(OF_AN_EDITION)


def _held(one: Claim, other: Claim) -> object:
    return contradiction(one, other, DRAFT, name="x", origin="y")


@given(MEMBERS, MEMBERS)
def test_contradictions_go_both_ways(mine: list[str], theirs: list[str]) -> None:
    """Whether two definitions contradict each other, agree, or cannot be told does not depend on which comes first."""
    one, other = Claim(tuple(mine), len(mine) or None), Claim(tuple(theirs), len(theirs) or None)
    there, back = _held(one, other), _held(other, one)
    assert (there is None, there == "") == (back is None, back == "")


@given(MEMBERS)
def test_nothing_contradicts_itself(members: list[str]) -> None:
    """A definition agrees with itself, in whatever order."""
    turned = Claim(tuple(reversed(members)), len(members))
    assert _held(Claim(tuple(members), len(members)), turned) == ""


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("车购费 车用费 接待费", "公车购置费 车用费 招待费"),  # the same things in other words
        ("进乡村 进校园 进寺庙", "进乡村 进校园 进寺院"),
        ("百个项目 百名专家", "百家企业 百所学校"),  # another undertaking of the same name
        ("修路 架桥 通水 植树", "修路 架桥 办学 建院"),
    ],
)
def test_another_list_contradicts_nothing(mine: str, theirs: str) -> None:
    """Neither the same list in other words nor another list by the same name is a contradiction."""
    claims = [Claim(tuple(side.split()), len(side.split())) for side in (mine, theirs)]
    assert not _held(*claims)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("修路 架桥 通水 植树", "修路 架桥 通水 办学"),
        ("安居工程 健康工程 就业工程", "安居工程 健康工程 文化工程"),  # 工程 is what all of them are called
        ("修路 架桥 通水", "修路 架桥 通水 办学"),
    ],
)
def test_one_list_with_another_member_is_a_contradiction(mine: str, theirs: str) -> None:
    """A list that differs in few members, which have nothing in common, is a contradiction."""
    claims = [Claim(tuple(side.split()), len(side.split())) for side in (mine, theirs)]
    assert _held(*claims)
