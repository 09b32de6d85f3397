from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from glossary_api.harvesting.evaluate import Score, scores
from glossary_api.settings import seed_folder

GOLD = Path(__file__).parent.parent / "gold"
EXACT = ("report", "entries", "definitions", "members", "checks", "kinds", "usages")


@pytest.fixture(scope="module")
def measured() -> dict[str, Score]:
    """The scores of the seed reports."""
    return scores([GOLD])


def test_every_subject_is_measured(measured: dict[str, Score]) -> None:
    """Nothing that the expectations state goes unmeasured."""
    assert set(measured) == {*EXACT, "inline"}


@pytest.mark.parametrize("subject", EXACT)
def test_exact(measured: dict[str, Score], subject: str) -> None:
    """The seed reports are understood without a difference."""
    assert (measured[subject].missed, measured[subject].surplus) == ([], [])


def test_inline(measured: dict[str, Score]) -> None:
    """No enumeration that merely stands near a slogan is taken for its expansion; one in ten may be missed."""
    assert measured["inline"].surplus == []
    assert measured["inline"].recall >= 0.9


def facts(subject: str) -> list[Any]:
    """What all gold files state of a subject, one after the other."""
    stated: list[Any] = []
    for path in sorted(GOLD.glob("*.json")):
        found = json.loads(path.read_text("utf-8"))[subject]
        stated += found.items() if isinstance(found, dict) else found
    return stated


def test_the_gold_loses_no_facts() -> None:
    """A score of one over fewer facts would be a worse result: the expectations may only grow."""
    terms = [term for entry in facts("entries") for term in entry["terms"]]
    verdicts = Counter(term["count_check"] for term in terms)
    reports = {path.stem for path in (seed_folder() / "reports").glob("*.txt")}
    expected = {path.stem for path in GOLD.glob("*.json")}
    assert reports <= expected
    kinds = Counter(row["kind"] for row in facts("slogans"))
    counted = {
        "fields of reports": len(facts("report")),
        "entries": len(facts("entries")),
        "terms": len(terms),
        "members": sum(len(term["members"] or ()) for term in terms),
        "passes": verdicts["pass"],
        "not applicable": verdicts["n/a"],
        "numerals": kinds["numeral"],
        "quoted phrases": kinds["quoted"],
        "plans": kinds["plan"],
        "expansions": len(facts("inline")),
        "usages": len(facts("usages")),
    }
    least = dict(zip(counted, (45, 40, 42, 183, 35, 7, 165, 395, 10, 17, 61), strict=True))
    lost = {what: number for what, number in counted.items() if number < least[what]}
    assert lost == {}
