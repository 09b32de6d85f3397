from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from glossary_api.model.things import Harvest
from glossary_api.queries.timeline import province_uses, timeline
from glossary_api.store.edition import Edition
from glossary_api.store.writing import write_edition
from glossary_api.text.places import divisions


def test_timeline(edition: Edition) -> None:
    """The sample's one term of two places: first and last report, years, levels, places, spread."""
    found = timeline(edition, edition.rank_of("135"))
    assert found["first"] == {"report": {"id": "yunxi-2024", "place": "云溪市", "year": 2024}, "date": "2024-01-08"}
    assert found["last"] == {"report": {"id": "shiqiao-2025", "place": "石桥县", "year": 2025}, "date": None}
    assert [(y["year"], y["usages"], y["reports"], y["of_reports"]) for y in found["years"]] == [
        (2024, 1, 1, 1),
        (2025, 1, 1, 2),
    ]
    assert [(level["level"], level["usages"]) for level in found["levels"]] == [("prefecture", 1), ("county", 1)]
    assert [(place["place"], place["first"]) for place in found["places"]] == [("云溪市", 2024), ("石桥县", 2025)]
    assert found["spread"] == {
        "places": 2,
        "prefectures": 1,
        "provinces": 1,
        "of": {"places": 3, "prefectures": 1, "provinces": 1},
    }


def test_what_is_only_defined(edition: Edition) -> None:
    """A report that only defines a term counts as having it, without a usage."""
    found = timeline(edition, edition.rank_of("三边"))
    assert (found["total"]["reports"], found["total"]["defines"]) == (1, 1)


def test_what_is_counted_beforehand_is_what_would_be_counted(
    chance_harvest: Harvest, chance_edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The timeline of a term of many reports, which the edition keeps, is the one that would be counted."""
    monkeypatch.setattr("glossary_api.store.rows.BUSY", 0)
    write_edition(chance_harvest, tmp_path / "kept.db")
    kept = Edition.open(tmp_path / "kept.db")
    assert kept.select("SELECT count(*) FROM timelines") != chance_edition.select("SELECT count(*) FROM timelines")
    assert [timeline(kept, rank) for rank in range(1, 30)] == [timeline(chance_edition, rank) for rank in range(1, 30)]


@pytest.mark.parametrize("number", [0, 1, 17, 150, 299])
def test_counts_against_the_harvest(chance_edition: Edition, chance_harvest: Harvest, number: int) -> None:
    """Every count is that of the harvest, and the parts add up to the whole in every way they are cut."""
    term = chance_harvest.terms[number]
    found = timeline(chance_edition, chance_edition.rank_of(term.name))
    reports = {parsed.report.id: parsed for parsed in chance_harvest.reports}
    uses = Counter(usage.report for usage in chance_harvest.usages if usage.match.term == term.id)
    by_year: Counter[int | None] = Counter()
    for report, times in uses.items():
        by_year[reports[report].report.year] += times
    assert {y["year"]: y["usages"] for y in found["years"] if y["usages"]} == by_year
    chars = {y: sum(e - s for p in reports.values() if p.report.year == y for s, e in p.body) for y in by_year}
    for year in found["years"]:
        if year["usages"]:
            assert year["per_10000"] == round(by_year[year["year"]] * 10000 / chars[year["year"]], 4)
    for cut in (found["years"], found["levels"], found["places"]):
        assert sum(part["usages"] for part in cut) == found["total"]["usages"] == uses.total()
        assert sum(part["defines"] for part in cut) == found["total"]["defines"]
    for year in found["years"]:
        assert sum(level["usages"] for level in year["levels"]) == year["usages"]
    assert sum(y["of_reports"] for y in found["years"]) == len(reports)


def test_provinces_sum_up_to_the_whole(edition: Edition) -> None:
    """What the provinces have of a term, and of reports, is what the edition has: the seed has no national report."""
    for item in edition.terms(limit=20).items:
        rank = edition.rank_of(item["name"])
        uses, total = province_uses(edition, rank), timeline(edition, rank)["total"]
        for name in ("usages", "reports", "of_reports", "chars"):
            assert sum(getattr(use, name) for use in uses) == total[name], name


def test_a_province_has_its_name_and_its_rate(edition: Edition) -> None:
    """A province is named by the code list, and its rate counts against all its reports."""
    first = edition.terms(limit=1).items[0]["name"]
    for use in province_uses(edition, edition.rank_of(first)):
        assert use.name == divisions().get(f"{use.code}0000")
        assert abs(use.per_10000 - use.usages * 10000 / use.chars) < 0.0001
