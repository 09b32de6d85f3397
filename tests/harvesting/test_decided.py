"""What a person decided goes before what the rules say, whatever the order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary_api.curation.decisions import Decision, quoted
from glossary_api.harvesting.decided import DANGLING, Decided
from glossary_api.harvesting.harvest import build
from glossary_api.model.things import Equivalent, Harvest, ParsedReport, Term
from tests.curation.conftest import decided
from tests.harvesting.reports import report

REPORTS = (
    report(
        "yiwu-2025",
        "推进“三减”改革，做好“两新”工作。实施“双引领”计划，打造“沃土”。发展低空经济。",
        ["三减：减环节、减材料、减时限", "两新：新经济组织、新社会组织"],
    ),
    report(
        "kunshan-2025",
        "落实“两新”政策，推进“三减”工作。加强两新组织党建。支持“两重”建设。",
        ["两新：大规模设备更新和消费品以旧换新", "三减：减环节、减材料、减时限、减跑动"],
        place="昆山市",
    ),
)


def harvested(*decisions: Decision, reports: tuple[ParsedReport, ...] = REPORTS) -> Harvest:
    """Harvest the reports with decisions."""
    laid = Decided(decisions)
    return laid.finished(build(reports, decided=laid))


def term(found: Harvest, name: str) -> Term:
    """The term that has a name."""
    return next(one for one in found.terms if name in one.keys or name == one.name)


def passage(number: int, words: str, last: bool = False) -> dict[str, Any]:
    """A passage of one of the reports, by its words."""
    text = REPORTS[number].report.text
    start = text.rindex(words) if last else text.index(words)
    found = quoted(REPORTS[number].report.id, text, start, start + len(words))
    return {"report": found.report, "quote": found.quote, "digest": found.digest}


ORGANISATIONS = passage(0, "新经济组织、新社会组织")
RENEWAL = passage(1, "大规模设备更新和消费品以旧换新")


def texts(one: Term) -> list[list[str]]:
    """The definitions of a term, sense by sense."""
    return [[definition.text for definition in sense.definitions] for sense in one.senses]


def used_as(found: Harvest, start: int) -> str:
    """The sense of the use in the second report that begins at an offset or one behind it."""
    return next(u.sense or "" for u in found.usages if u.report == "kunshan-2025" and u.match.start - start in (0, 1))


def renderings(found: Harvest) -> list[list[str]]:
    """The renderings of 两新, sense by sense."""
    return [[one.rendering for one in sense.equivalents] for sense in term(found, "2新").senses]


def dangling(found: Harvest) -> int:
    """How many decisions wait for what they are about."""
    return sum(doubt.kind == DANGLING for doubt in found.doubts)


def test_a_rejected_term_is_a_candidate_that_says_so() -> None:
    """What an editor rejects is kept as a candidate, whatever the rules say, and its evidence names the reason."""
    rejected = term(harvested(decided("reject", term="三减")), "3减")
    assert (rejected.status, rejected.evidence.reason) == ("candidate", "rejected")


def test_an_established_candidate_is_offered() -> None:
    """What an editor establishes is offered, and its evidence names the reason."""
    assert term(harvested(), "沃土").status == "candidate"
    established = term(harvested(decided("establish", term="沃土")), "沃土")
    assert (established.status, established.evidence.reason) == ("established", "curated")


def test_a_name_that_nobody_quotes_can_be_established() -> None:
    """A name that only stands in running text becomes a term with its uses."""
    found = harvested(decided("establish", term="低空经济"))
    assert [use.match.text for use in found.usages if use.match.term == term(found, "低空经济").id] == ["低空经济"]


def test_joined_names_are_one_term() -> None:
    """Two names that an editor joins lead to one term, with the definitions and uses of both."""
    found = harvested(decided("join-names", term="两新", other="两重"))
    assert term(found, "2新") is term(found, "2重")
    assert dangling(found) == 0


def test_what_is_kept_apart_is_two_terms() -> None:
    """A core and its whole that the rules join are two terms if an editor keeps them apart."""
    whole = (report("a-2025", "实施“双引领”计划。", ["“双引领”计划：引领甲、引领乙"]),)
    together, apart = (
        harvested(*decisions, reports=whole)
        for decisions in ([], [decided("keep-apart", term="双引领", other="双引领计划")])
    )
    assert term(together, "双引领") is term(together, "双引领计划")
    assert term(apart, "双引领") is not term(apart, "双引领计划")
    assert dangling(apart) == 0


def test_senses_are_joined_and_split() -> None:
    """Definitions stand in one sense or in two as an editor says."""
    assert len(term(harvested(), "2新").senses) == 2
    pair: dict[str, Any] = {"term": "两新", "passage": ORGANISATIONS, "other_passage": RENEWAL}
    joined = decided("join-senses", **pair)
    assert len(term(harvested(joined), "2新").senses) == 1
    assert len(term(harvested(joined, decided("split-senses", **pair)), "2新").senses) == 2


def test_definitions_are_corrected_added_and_withdrawn() -> None:
    """A corrected definition names its source and is found again by its old words; a withdrawn one is gone."""
    corrected = decided("correct-definition", term="两新", passage=ORGANISATIONS, text="新经济组织和新社会组织")
    shown = term(harvested(corrected), "2新").senses
    found = next(d for sense in shown for d in sense.definitions if d.text == "新经济组织和新社会组织")
    assert (found.source.type, found.source.report, found.evidence.kind) == ("curated", "yiwu-2025", "decided")
    withdrawn = decided("withdraw-definition", term="两新", passage=ORGANISATIONS)
    assert texts(term(harvested(corrected, withdrawn), "2新")) == [["大规模设备更新和消费品以旧换新"]]
    added = decided("add-definition", term="两重", text="重大战略、重点领域")
    assert texts(term(harvested(added), "2重")) == [["重大战略、重点领域"]]


def test_a_use_has_the_sense_that_was_decided_or_is_none() -> None:
    """A use means what an editor says, and a place where the term is not meant is no use."""
    use = passage(1, "落实“两新”政策")
    before = harvested()
    at = REPORTS[1].report.text.index("“两新”政策")
    assert used_as(before, at).endswith("-1")
    sense = decided("set-sense", term="两新", use=use, passage=ORGANISATIONS)
    assert used_as(harvested(sense), at).endswith("-2")
    gone = harvested(sense, decided("not-a-use", term="两新", use=use))
    assert len(gone.usages) == len(before.usages) - 1


def test_a_preferred_name_is_shown() -> None:
    """The term is called as an editor says, if that is one of its names."""
    assert term(harvested(decided("prefer-name", term="双引领", name="“双引领”计划")), "双引领").name == "“双引领”计划"
    assert dangling(harvested(decided("prefer-name", term="双引领", name="别的"))) == 1


def test_renderings_are_added_preferred_and_withdrawn() -> None:
    """Renderings follow what editors say, for all senses or for the one that has a passage."""
    one: dict[str, Any] = {"term": "两新", "language": "en", "passage": RENEWAL}
    added = [decided("add-rendering", rendering=words, **one) for words in ("Two Renewals", "two new")]
    first, second = (
        harvested(*added, *more) for more in ([], [decided("prefer-rendering", rendering="two new", **one)])
    )
    assert renderings(first) == [["Two Renewals", "two new"], []]
    assert renderings(second) == [["two new", "Two Renewals"], []]
    withdrawn = harvested(*added, decided("withdraw-rendering", rendering="TWO renewals", **one))
    assert renderings(withdrawn) == [["two new"], []]


def test_a_definition_is_translated_for_its_sense() -> None:
    """It stands beside the best rendering of that sense in that language, approved; without one it waits."""
    one: dict[str, Any] = {"term": "两新", "language": "en", "passage": RENEWAL}
    added = decided("add-rendering", rendering="Two New", **one)
    made = decided("translate-definition", text="equipment and goods", **one)
    (first, second) = term(harvested(added, made), "2新").senses
    assert [(e.definition, e.definition_status) for e in first.equivalents] == [("equipment and goods", "approved")]
    assert second.equivalents == ()
    assert dangling(harvested(made)) == 1


def test_a_report_is_corrected_wherever_it_is_named() -> None:
    """A corrected place and year stand in the title block, which says so, and in the sources of definitions."""
    place = decided("correct-report", report="yiwu-2025", field="place", value="太仓市")
    year = decided("correct-report", report="yiwu-2025", field="year", value="2024")
    found = harvested(place, year)
    block = next(one.report for one in found.reports if one.report.id == "yiwu-2025")
    assert (block.place, block.place_code, block.year) == ("太仓市", "320585", 2024)
    assert dict(block.guessed)["place"] == "editor"
    assert {d.source.place for s in term(found, "2新").senses for d in s.definitions} == {"太仓市", "昆山市"}


def test_a_finding_that_is_no_error_is_gone() -> None:
    """What an editor calls right is no finding any more."""
    kunshan = next(one for one in harvested().reports if one.report.id == "kunshan-2025")
    found = next(one for one in kunshan.findings if one.kind == "count-mismatch")
    use = quoted("kunshan-2025", kunshan.report.text, found.start, found.end)
    right = decided("not-an-error", finding="count-mismatch", use={"report": use.report, "quote": use.quote})
    left = next(one for one in harvested(right).reports if one.report.id == "kunshan-2025").findings
    assert found not in left


def test_undoing_gives_the_edition_as_it_was() -> None:
    """A decision that is undone has no effect, and one whose undoing is undone has it again."""
    reject = decided("reject", term="三减")
    undo = decided("undo", decision=reject.id)
    assert harvested(reject, undo) == harvested()
    assert harvested(reject, undo, decided("undo", decision=undo.id)) == harvested(reject)


def test_a_decision_waits_for_what_it_is_about() -> None:
    """A decision about what no report has is listed, and holds as soon as a report has it."""
    reject = decided("reject", term="五优")
    assert dangling(harvested(reject)) == 1
    more = (*REPORTS, report("taicang-2025", "推进“五优”工程。", place="太仓市"))
    found = harvested(reject, reports=more)
    assert dangling(found) == 0
    assert term(found, "5优").status == "candidate"


_GONE = quoted("yiwu-2025", "没有这句话", 0, 5)
GONE = {"report": _GONE.report, "quote": _GONE.quote, "digest": _GONE.digest}
_TWO: dict[str, Any] = {"term": "两新", "language": "en"}


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("add-definition", {"term": "两新", "text": "甲", "passage": GONE}),
        ("correct-definition", {"term": "两新", "text": "甲", "passage": GONE}),
        ("withdraw-definition", {"term": "两新", "passage": GONE}),
        ("join-senses", {"term": "两新", "passage": ORGANISATIONS, "other_passage": GONE}),
        ("split-senses", {"term": "两新", "passage": GONE, "other_passage": RENEWAL}),
        ("split-senses", {"term": "两新", "passage": RENEWAL, "other_passage": RENEWAL}),
        ("set-sense", {"term": "两新", "use": passage(1, "落实“两新”政策"), "passage": GONE}),
        ("set-sense", {"term": "两新", "use": GONE, "passage": RENEWAL}),
        ("not-a-use", {"term": "五优", "use": passage(1, "落实“两新”政策")}),
        ("prefer-rendering", {**_TWO, "rendering": "never said"}),
        ("approve-rendering", {**_TWO, "rendering": "never said"}),
        ("withdraw-rendering", {**_TWO, "rendering": "never said"}),
        ("add-rendering", {"term": "三减", "language": "en", "rendering": "Three", "passage": GONE}),
        ("add-rendering", {"term": "沃土", "language": "en", "rendering": "Soil", "passage": RENEWAL}),
        ("correct-report", {"report": "yiwu-2025", "field": "place", "value": "无此地市"}),
        ("not-an-error", {"finding": "count-mismatch", "use": GONE}),
        ("not-an-error", {"finding": "count-mismatch", "use": ORGANISATIONS}),
    ],
)
def test_a_decision_about_what_is_gone_changes_nothing(kind: str, fields: dict[str, Any]) -> None:
    """Where its passage, use, rendering or place is not there a decision is listed, and all is as it would be."""
    before, found = harvested(), harvested(decided(kind, **fields))
    assert dangling(found) == 1
    assert (found.terms, found.usages, found.reports) == (before.terms, before.usages, before.reports)


def test_a_definition_is_added_to_the_sense_of_a_passage() -> None:
    """It stands beside the definition that the passage is, whatever it says."""
    added = decided("add-definition", term="两新", text="另有所指", passage=RENEWAL)
    assert [set(each) for each in texts(term(harvested(added), "2新"))] == [
        {"大规模设备更新和消费品以旧换新", "另有所指"},
        {"新经济组织、新社会组织"},
    ]


def test_an_approved_rendering_stays_where_it_is() -> None:
    """What was proposed is approved in its place, also of a term that nobody explains."""
    laid = Decided([decided("approve-rendering", term="沃土", language="en", rendering="ground")])
    built = build(REPORTS, decided=laid)
    proposed = tuple(Equivalent("", "", "en", words, "proposed", "project", "", "") for words in ("Soil", "Ground"))
    terms = tuple(replace(one, equivalents=proposed) if one.name == "沃土" else one for one in built.terms)
    found = term(laid.finished(replace(built, terms=terms)), "沃土").equivalents
    assert [(e.rendering, e.status) for e in found] == [("Soil", "proposed"), ("Ground", "approved")]


_NAMES = st.sampled_from(["三减", "两新", "两重", "双引领", "沃土", "五优"])
_PASSAGES = st.sampled_from([ORGANISATIONS, RENEWAL])
_MADE = st.one_of(
    st.builds(lambda name, kind: (kind, {"term": name}), _NAMES, st.sampled_from(["establish", "reject"])),
    st.builds(
        lambda one, other, kind: (kind, {"term": one, "other": other}),
        _NAMES,
        _NAMES,
        st.sampled_from(["join-names", "keep-apart"]),
    ),
    st.builds(
        lambda kind: (kind, {"term": "两新", "passage": ORGANISATIONS, "other_passage": RENEWAL}),
        st.sampled_from(["join-senses", "split-senses"]),
    ),
    st.builds(lambda p: ("withdraw-definition", {"term": "两新", "passage": p}), _PASSAGES),
    st.builds(lambda p, text: ("correct-definition", {"term": "两新", "passage": p, "text": text}), _PASSAGES, _NAMES),
    st.builds(lambda text: ("add-definition", {"term": "两重", "text": text}), _NAMES),
    st.builds(
        lambda year: ("correct-report", {"report": "yiwu-2025", "field": "year", "value": year}),
        st.sampled_from(["2023", "2024"]),
    ),
    st.builds(
        lambda words: ("add-rendering", {"term": "两新", "language": "en", "rendering": words}), st.sampled_from("ab")
    ),
    st.builds(
        lambda words: ("prefer-rendering", {"term": "两新", "language": "en", "rendering": words}),
        st.sampled_from("ab"),
    ),
)


@settings(max_examples=40)
@given(st.data())
def test_any_order_of_decisions_and_reports_gives_one_edition(data: st.DataObject) -> None:
    """Decisions read in any order and twice, with reports in any order, give the same harvest."""
    made = [decided(kind, at=n, **fields) for n, (kind, fields) in enumerate(data.draw(st.lists(_MADE, max_size=8)))]
    undone = [decided("undo", at=20 + n, decision=one.id) for n, one in enumerate(made) if data.draw(st.booleans())]
    every = [*made, *undone]
    shuffled = data.draw(st.permutations([*every, *every[:2]]))
    reports = tuple(data.draw(st.permutations(REPORTS)))
    assert harvested(*every) == harvested(*shuffled, reports=reports)


@pytest.mark.parametrize("kind", ["join-names", "keep-apart"])
def test_the_last_decision_on_a_pair_holds(kind: str) -> None:
    """Of joining two names and keeping them apart the later one holds, however often the editors change their minds."""
    pair: dict[str, Any] = {"term": "两重", "other": "两新"}
    other = "keep-apart" if kind == "join-names" else "join-names"
    found = harvested(decided(kind, **pair), decided(other, **pair), decided(kind, term="两新", other="两重"))
    assert (term(found, "2重") is term(found, "2新")) == (kind == "join-names")
