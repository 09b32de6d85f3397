from __future__ import annotations

import json
from typing import Any

import pytest

from glossary_api.api.schemas.names import LONGEST_NAME, MOST_NAMES
from glossary_api.store.edition import Edition


@pytest.mark.parametrize(
    ("query", "name", "match_type", "ambiguous", "found"),
    [
        ("六个不发生", "六个不发生", "exact", False, "六个不发生"),
        ("6个不发生", "6个不发生", "variant", False, "六个不发生"),
        ("%E5%85%AD個不發生", "六個不發生", "folded", False, "六个不发生"),
        ("１３５工作体系", "１３５工作体系", "folded", False, "“135”工作体系"),
        ("1%2B22%2B3", "1+22+3", "exact", False, "1+22+3"),
        ("1+22+3", "1+22+3", "exact", False, "1+22+3"),  # as people write it: each + arrives as a space
        ("产业/创新", "产业/创新", "exact", False, "产业/创新"),
    ],
)
def test_look_up(
    ask: Any, edition: Edition, query: str, name: str, match_type: str, ambiguous: bool, found: str
) -> None:
    """A name gets the term, how it was recognised, and every meaning: those that hold, and those that need not."""
    answer = json.loads(ask(f"/lookup?name={query}").data)
    senses = [*answer.pop("senses"), *answer.pop("elsewhere")]
    assert answer == {
        "name": name,
        "match_type": match_type,
        "place": None,
        "date": None,
        "ambiguous": ambiguous,
        "term": edition.term(found),
    }
    assert {sense["id"] for sense in senses} == {sense["id"] for sense in answer["term"]["senses"]}


def test_spaces_do_not_count(ask: Any) -> None:
    """A space that means a space is dropped as in any name."""
    assert json.loads(ask("/lookup?name=六个+不发生").data)["term"]["name"] == "六个不发生"


def test_names_keep_their_characters(ask: Any) -> None:
    """A name with characters that JSON escapes comes back as it was asked."""
    answer = json.loads(ask("/lookup?name=%22三边%22").data)
    assert (answer["name"], answer["term"]["name"]) == ('"三边"', "三边")


@pytest.mark.parametrize(
    ("query", "place", "holds", "elsewhere"),
    [
        ("", None, [], [("shiqiao-2025", "other-whole"), ("yunxi-2024", "other-whole")]),
        ("&place=云溪市&date=2024-06-01", ("云溪市", "990100"), [("yunxi-2024", 0.9)], [("shiqiao-2025", "later")]),
        ("&place=云溪&date=2024-06-01", ("云溪市", "990100"), [("yunxi-2024", 0.9)], [("shiqiao-2025", "later")]),
        ("&place=990100&date=2024-06-01", ("云溪市", "990100"), [("yunxi-2024", 0.9)], [("shiqiao-2025", "later")]),
        ("&report=yunxi-2024", None, [("yunxi-2024", 1.0)], [("shiqiao-2025", "later")]),
        ("&place=990105", ("临江区", "990105"), [], [("yunxi-2024", "other-whole"), ("shiqiao-2025", "other-whole")]),
        ("&place=石桥&date=2025-06-01", ("石桥县", None), [("shiqiao-2025", 0.9)], [("yunxi-2024", "other-whole")]),
        ("&place=鞍山市", ("鞍山市", "210300"), [], [("shiqiao-2025", "other-whole"), ("yunxi-2024", "other-whole")]),
        ("&place=云溪市&date=2024", ("云溪市", "990100"), [("yunxi-2024", 0.9)], [("shiqiao-2025", "later")]),
        ("&date=2023-06", None, [], [("shiqiao-2025", "later"), ("yunxi-2024", "later")]),
    ],
)
def test_senses_hold_on_evidence(
    ask: Any,
    query: str,
    place: tuple[str, str | None] | None,
    holds: list[tuple[str, float]],
    elsewhere: list[tuple[str, str]],
) -> None:
    """The core of longer names is explained at home; what it means elsewhere is listed with why it is not taken."""
    answer = json.loads(ask(f"/lookup?name=135{query}").data)
    assert answer["place"] == (None if place is None else dict(zip(("name", "code"), place, strict=True)))
    assert [(sense["source"]["report"], sense["score"]) for sense in answer["senses"]] == holds
    assert [(sense["source"]["report"], sense["reason"]["code"]) for sense in answer["elsewhere"]] == elsewhere
    assert not answer["ambiguous"]
    assert all(sense["why"] for sense in answer["senses"])


@pytest.mark.parametrize(
    ("context", "holds"),
    [
        ("推行“135”工作体系，严守底线", 1),
        ("锚定“135”年度目标任务", 0),
    ],
)
def test_a_context_decides(ask: Any, context: str, holds: int) -> None:
    """Where the text around the name has the whole that a report explains, its place being the one asked for."""
    answer = json.loads(ask(f"/lookup?name=135&place=云溪市&context={context}").data)
    assert len(answer["senses"]) == holds


def test_reasons(ask: Any) -> None:
    """A rank says why, for programs and for people."""
    answer = json.loads(ask("/lookup?name=135&place=云溪市&date=2024-06-01").data)
    assert answer["date"] == "2024-06-01"
    assert [why["code"] for why in answer["senses"][0]["why"]] == ["same-place", "known"]
    assert answer["senses"][0]["why"][1]["text"] == "delivered 2024-01-08, not after 2024-06-01"
    assert answer["elsewhere"][0]["reason"]["text"] == "said only in a later year"


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("", ["name"]),
        ("name=", ["name"]),
        ("name=135&name=三边", ["name"]),
        ("name=135&date=2024-13", ["date"]),
        ("name=135&date=2024-02-30", ["date"]),
        ("name=135&date=20240601", ["date"]),
        ("name=135&date=", ["date"]),
        ("name=135&place=", ["place"]),
        ("name=135&place=" + "云" * 101, ["place"]),
        ("name=135&places=云溪&day=1", ["places", "day"]),
        ("name=135&report=", ["report"]),
        ("name=135&context=" + "云" * 2001, ["context"]),
        ("name=135&place=&date=x&q=1", ["q", "place"]),
        ("name=135&place=" + "云" * 101 + "&date=x", ["place", "date"]),
    ],
)
def test_bad_parameters(ask: Any, query: str, parameters: list[str]) -> None:
    """A parameter that is unknown, missing, empty, doubled or no place or day is named."""
    response = ask(f"/lookup?{query}")
    assert response.status_code == 422
    assert [error["parameter"] for error in json.loads(response.data)["errors"]] == parameters


def test_many_names(ask: Any) -> None:
    """Every name gets its answer in its place: what a single look-up says, or the nearest names."""
    names = ["135", {"name": "135", "place": "石桥县"}, "六个不", {"name": "6個不發生", "date": "2024-01-01"}]
    body = {"names": names, "place": "云溪市", "date": "2025-06-01"}
    answer = json.loads(ask("/lookup", "POST", json=body).data)
    first, second, third, fourth = answer["items"]
    assert first == json.loads(ask("/lookup?name=135&place=云溪市&date=2025-06-01").data) | {"nearest": []}
    assert second["senses"][0]["source"]["report"] == "shiqiao-2025"
    assert (third["term"], third["match_type"], third["nearest"]) == (None, None, ["六个不发生"])
    assert (third["place"], third["date"]) == ({"name": "云溪市", "code": "990100"}, "2025-06-01")
    assert (fourth["date"], fourth["place"]["name"], fourth["senses"][0]["score"]) == ("2024-01-01", "云溪市", 0)


def test_names_of_a_body_mean_what_they_say(ask: Any) -> None:
    """In a body, where nothing stands for a plus sign, a space is one and is dropped."""
    body = {"names": ["1+22+3", "1 22 3"]}
    items = json.loads(ask("/lookup", "POST", json=body).data)["items"]
    assert [item["term"] and item["term"]["name"] for item in items] == ["1+22+3", None]


def test_as_many_as_there_may_be(ask: Any, edition: Edition) -> None:
    """A thousand names are answered, none is too; all answers are from the one edition that is named."""
    answer = json.loads(ask("/lookup", "POST", json={"names": ["三边"] * MOST_NAMES}).data)
    assert len(answer["items"]) == MOST_NAMES
    assert answer["edition"] == edition.hash
    assert json.loads(ask("/lookup", "POST", json={"names": []}).data)["items"] == []


def test_too_many_names(ask: Any) -> None:
    """One name more is too large, and the answer says how many there may be."""
    response = ask("/lookup", "POST", json={"names": ["三边"] * (MOST_NAMES + 1)})
    assert response.status_code == 413
    assert json.loads(response.data)["limit"] == MOST_NAMES


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ([], [""]),
        ("三边", [""]),
        ({}, ["/names"]),
        ({"names": "三边"}, ["/names"]),
        ({"names": ["三边", 1, None, ""]}, ["/names/1", "/names/2", "/names/3"]),
        ({"names": ["边" * (LONGEST_NAME + 1)]}, ["/names/0"]),
        ({"names": [{"place": "云溪"}]}, ["/names/0/name"]),
        ({"names": [{"name": "三边", "a/b": 1}]}, ["/names/0/a~1b"]),
        ({"names": [{"name": "三边", "place": 1, "date": "x"}]}, ["/names/0/place", "/names/0/date"]),
        ({"names": [], "place": "", "date": 2024, "more": 1}, ["/more", "/place", "/date"]),
        ({"names": [[]]}, ["/names/0"]),
        ({"names": [{"name": "三边", "report": 2, "context": 1}]}, ["/names/0/report", "/names/0/context"]),
    ],
)
def test_bad_bodies(ask: Any, body: object, pointers: list[str]) -> None:
    """Every field that is unknown, missing or wrong is pointed at."""
    response = ask("/lookup", "POST", json=body)
    assert response.status_code == 422
    assert [error["pointer"] for error in json.loads(response.data)["errors"]] == pointers


def test_no_json(ask: Any) -> None:
    """A body that is not JSON is refused before anything is read from it."""
    assert ask("/lookup", "POST", data=b"{", content_type="application/json").status_code == 400
