from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.model.messages import ENGLISH
from glossary_api.model.words import DEFINED_WHEN, DEFINED_WHERE
from glossary_api.queries.rank import Asked, meant, rank
from glossary_api.text.surroundings import NameUse

REPORTS: dict[str, dict[str, Any]] = {
    "nation-2024": {"place": "中国", "place_code": None, "level": "national", "date": "2024-03-05", "year": 2024},
    "yunxi-2023": {
        "place": "云溪市",
        "place_code": "990100",
        "level": "prefecture",
        "date": "2023-01-09",
        "year": 2023,
    },
    "yunxi-2024": {
        "place": "云溪市",
        "place_code": "990100",
        "level": "prefecture",
        "date": "2024-01-08",
        "year": 2024,
    },
    "linjiang-2025": {"place": "临江区", "place_code": "990105", "level": "county", "date": None, "year": 2025},
    "beishan-2025": {
        "place": "北山市",
        "place_code": "990200",
        "level": "prefecture",
        "date": "2025-01-10",
        "year": 2025,
    },
    "donghai-2025": {
        "place": "东海市",
        "place_code": "980100",
        "level": "prefecture",
        "date": "2025-01-11",
        "year": 2025,
    },
    "heping-2025": {"place": "和平镇", "place_code": None, "level": "township", "date": None, "year": None},
}
YUNXI = Asked("云溪市", "990100")


def sense(number: int, *reports: str | None) -> dict[str, Any]:
    """A sense with one definition from each report; None stands for a curated one."""
    return {"id": f"t-{number}", "definitions": [definition(report) for report in reports], "equivalents": []}


def definition(report: str | None) -> dict[str, Any]:
    """A definition with its source."""
    block = REPORTS[report] if report else {"place": None, "year": None}
    source = {"type": "appendix", "report": report, "place": block["place"], "year": block["year"], "entry": 1}
    return {"text": f"as {report} says", "source": source, "members": [], "count_check": {}}


def senses(*reports: str | None) -> list[dict[str, Any]]:
    """One sense for each report."""
    return [sense(number, report) for number, report in enumerate(reports, 1)]


def outcome(found: list[dict[str, Any]], asked: Asked) -> tuple[list[tuple[str, tuple[str, ...]]], bool]:
    """Report and reasons of each sense in order, and whether the best tie."""
    ranking = rank(found, asked, REPORTS)
    return [(s.definition["source"]["report"], tuple(why.code for why in s.why)) for s in ranking.senses], (
        ranking.ambiguous
    )


def test_near_beats_far() -> None:
    """The report itself stands before its place, that before the prefecture, the province, the nation, the rest."""
    everywhere = senses("donghai-2025", "nation-2024", "beishan-2025", "linjiang-2025", "yunxi-2023", "yunxi-2024")
    found, ambiguous = outcome(everywhere, Asked("云溪市", "990100", report="yunxi-2023"))
    assert found == [
        ("yunxi-2023", ("own-report",)),
        ("yunxi-2024", ("same-place",)),
        ("linjiang-2025", ("same-prefecture",)),
        ("beishan-2025", ("same-province",)),
        ("nation-2024", ("national",)),
        ("donghai-2025", ("elsewhere",)),
    ]
    assert not ambiguous


def test_equally_near_is_a_tie() -> None:
    """Two senses from places equally far away tie, and the later one is merely shown first."""
    found, ambiguous = outcome(senses("beishan-2025", "donghai-2025"), Asked("中国", None))
    assert ambiguous
    assert [report for report, _ in found] == ["donghai-2025", "beishan-2025"]


def test_without_a_place_places_tie() -> None:
    """Who does not say where they stand gets no sense preferred to another one's."""
    found, ambiguous = outcome(senses("yunxi-2024", "donghai-2025"), Asked())
    assert ambiguous
    assert {why for _, why in found} == {("no-place-asked",)}


def test_a_place_supersedes_itself() -> None:
    """What a place said last holds against what it said before, asked for or not."""
    for asked in (YUNXI, Asked(), Asked("东海市", "980100")):
        found, ambiguous = outcome(senses("yunxi-2023", "yunxi-2024"), asked)
        assert [report for report, _ in found] == ["yunxi-2024", "yunxi-2023"]
        assert found[1][1][-1] == "superseded"
        assert not ambiguous


def test_superseded_is_still_nearer() -> None:
    """An older sense of the place itself stands before one of its neighbours."""
    found, _ = outcome(senses("linjiang-2025", "yunxi-2023", "yunxi-2024"), YUNXI)
    assert [report for report, _ in found] == ["yunxi-2024", "yunxi-2023", "linjiang-2025"]


def test_a_day_before_the_later_report() -> None:
    """On a day before the later report, the earlier one holds, and the later one scores nothing."""
    found, ambiguous = outcome(senses("yunxi-2023", "yunxi-2024"), Asked("云溪市", "990100", "2024-01-07"))
    assert found == [("yunxi-2023", ("same-place", "known")), ("yunxi-2024", ("same-place", "later"))]
    assert not ambiguous


def test_known_from_its_day_on() -> None:
    """A definition holds on the very day of its delivery."""
    assert outcome(senses("yunxi-2024"), Asked(date="2024-01-08"))[0][0][1] == ("no-place-asked", "known")


def test_nothing_held_yet() -> None:
    """Before every definition all senses score 0, say so, and tie however near they are."""
    ranking = rank(senses("donghai-2025", "yunxi-2024"), Asked("云溪市", "990100", "2020-01-01"), REPORTS)
    assert [s.score for s in ranking.senses] == [0, 0]
    assert ranking.ambiguous
    assert [s.why[-1].code for s in ranking.senses] == ["later", "later"]
    assert ranking.senses[0].definition["source"]["report"] == "yunxi-2024"
    assert ranking.senses[0].why[-1].text.said(ENGLISH) == "not yet known on 2020-01-01: delivered 2024-01-08"


@pytest.mark.parametrize(
    ("report", "day", "why"),
    [
        ("linjiang-2025", "2025-06-01", "same-year"),
        ("linjiang-2025", "2024-12-31", "later"),
        ("linjiang-2025", "2026-01-01", "known"),
        ("heping-2025", "2025-06-01", "undated"),
        (None, "2025-06-01", "undated"),
    ],
)
def test_reports_without_a_day(report: str | None, day: str, why: str) -> None:
    """Where only the year is known, or not even that, the reason says so."""
    assert outcome(senses(report), Asked(date=day))[0][0][1][1] == why


def test_a_year_does_not_supersede_a_day_in_it() -> None:
    """Of two reports of one year and place, one without a day, neither is known to be the later one."""
    blocks = REPORTS | {"yunxi-late": REPORTS["yunxi-2024"] | {"date": None}}
    pair = [sense(1, "yunxi-2024"), sense(2, "yunxi-2024")]
    pair[1]["definitions"][0]["source"]["report"] = "yunxi-late"
    assert rank(pair, YUNXI, blocks).ambiguous


def test_two_senses_of_one_report() -> None:
    """A report that uses a name in two senses leaves the choice open, to itself as well."""
    assert outcome(senses("yunxi-2024", "yunxi-2024"), Asked(report="yunxi-2024"))[1]


def test_the_nearest_definition_speaks_for_a_sense() -> None:
    """Of several definitions that say the same, the nearest and then the latest is shown and gives the rank."""
    both = [sense(1, "donghai-2025", "yunxi-2023", "yunxi-2024"), sense(2, "linjiang-2025")]
    found, ambiguous = outcome(both, YUNXI)
    assert found[0] == ("yunxi-2024", ("same-place",))
    assert not ambiguous
    assert outcome(both, Asked("云溪市", "990100", "2023-12-31"))[0][0] == ("yunxi-2023", ("same-place", "known"))


def test_of_what_was_not_yet_known_the_nearest_and_first_speaks() -> None:
    """On a day before all of them a sense is shown by the definition nearest to the place, and of two the earlier."""
    known_later = [sense(1, "donghai-2025", "yunxi-2024", "yunxi-2023")]
    asked = Asked("云溪市", "990100", "2020-12-31")
    assert outcome(known_later, asked)[0][0] == ("yunxi-2023", ("same-place", "later"))


def test_places_without_a_code() -> None:
    """A place without a code is known by its name, and otherwise counts as elsewhere."""
    assert outcome(senses("heping-2025"), Asked("和平镇"))[0][0][1] == ("same-place",)
    assert outcome(senses("heping-2025"), YUNXI)[0][0][1] == ("elsewhere",)
    assert outcome(senses("nation-2024"), Asked("中国"))[0][0][1] == ("same-place",)
    for found, asked in ((senses("heping-2025"), YUNXI), (senses("yunxi-2024"), Asked("和平镇"))):
        assert rank(found, asked, REPORTS).senses[0].why[0].text.code == "defined-at-unknown-distance"


def test_a_document_of_a_ranked_sense() -> None:
    """What goes over the wire has the score, the reasons, and the words with their source."""
    (ranked,) = rank(senses("yunxi-2024"), YUNXI, REPORTS).senses
    assert ranked.document() == {
        "id": "t-1",
        "score": 0.9,
        "why": [{"code": "same-place", "text": "defined by 云溪市, the place asked for"}],
        "definition": "as yunxi-2024 says",
        "head": "",
        "evidence": {"kind": "note", "reports": [], "more": 0},
        "source": definition("yunxi-2024")["source"],
    }


def test_nothing_to_rank() -> None:
    """A term that nobody defines has no sense, and nothing is ambiguous about it."""
    assert outcome([], YUNXI) == ([], False)


ORIGINS = [None, *REPORTS]
ASKED = [
    Asked(place, code, day, report)
    for (place, code), day, report in itertools.product(
        [(None, None), ("云溪市", "990100"), ("和平镇", None), (None, "980100")],
        [None, "2022-01-01", "2024-02-01", "2025-06-01"],
        [None, "yunxi-2024"],
    )
]


@given(
    st.lists(st.lists(st.sampled_from(ORIGINS), min_size=1, max_size=3), max_size=4), st.sampled_from(ASKED), st.data()
)
def test_a_rank_is_no_accident(reports: list[list[str | None]], asked: Asked, data: st.DataObject) -> None:
    """Every sense is ranked once, scores fall, `ambiguous` says that the best tie, and neither scores nor the verdict
    depend on the order in which the senses come."""
    found = [sense(number, *origins) for number, origins in enumerate(reports, 1)]
    ranking = rank(found, asked, REPORTS)
    scores = [ranked.score for ranked in ranking.senses]
    assert sorted(ranked.sense["id"] for ranked in ranking.senses) == [s["id"] for s in found]
    assert scores == sorted(scores, reverse=True)
    assert ranking.ambiguous == (len(scores) > 1 and scores[0] == scores[1])
    assert {why.code for ranked in ranking.senses for why in ranked.why} <= {*DEFINED_WHERE, *DEFINED_WHEN}
    other = rank(data.draw(st.permutations(found)), asked, REPORTS)
    assert {r.sense["id"]: r.score for r in other.senses} == {r.sense["id"]: r.score for r in ranking.senses}
    assert other.ambiguous == ranking.ambiguous


def test_what_does_not_hold_is_kept_apart() -> None:
    """A sense of another place's is no answer for a name that anybody coins, but is listed with the reason."""
    use = NameUse("三大工程", None, None, None, "云溪市", "990100", 2024)
    ranking = meant(senses("yunxi-2024", "donghai-2025"), use, Asked("云溪市", "990100", "2024-06-01"), REPORTS)
    assert [one.definition["source"]["report"] for one in ranking.senses] == ["yunxi-2024"]
    (refused,) = ranking.elsewhere
    assert refused.ranked.definition["source"]["report"] == "donghai-2025"
    assert refused.document()["reason"] == {"code": "later", "text": "said only in a later year"}
    assert not ranking.ambiguous


def test_a_sense_keeps_all_its_definitions() -> None:
    """The definition offered is one that the evidence speaks for; the sense is handed on whole."""
    use = NameUse("三大工程", None, None, "yunxi-2024", "云溪市", "990100", 2024)
    ranking = meant([sense(1, "donghai-2025", "yunxi-2024")], use, Asked(report="yunxi-2024"), REPORTS)
    (offered,) = ranking.senses
    assert offered.definition["source"]["report"] == "yunxi-2024"
    assert len(offered.sense["definitions"]) == 2


def test_a_note_speaks_before_a_list() -> None:
    """Of definitions that say the same a note is shown, though a list stands nearer."""
    both = sense(1, "yunxi-2024", "donghai-2025")
    both["definitions"][0]["source"]["type"] = "inline"
    (ranked,) = rank([both], YUNXI, REPORTS).senses
    assert ranked.definition["source"]["report"] == "donghai-2025"
