"""The use of a term by province."""

from __future__ import annotations

from glossary_api.queries.provinces import province_uses
from glossary_api.queries.timeline import timeline
from glossary_api.store.edition import Edition
from glossary_api.text.places import divisions


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
