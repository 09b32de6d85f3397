from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.queries.compare import compare


def document(*texts: str, members: tuple[tuple[str, ...], ...] = ()) -> dict[str, Any]:
    """A term document with one sense that has these definitions."""
    definitions = [
        {
            "text": text,
            "source": {"report": f"report-{number}", "start": 100},
            "members": [{"text": m, "start": 0, "end": 1} for m in (members[number] if members else ())],
        }
        for number, text in enumerate(texts)
    ]
    return {"id": "t", "senses": [{"id": "t-1", "definitions": definitions}]}


def departures(found: dict[str, Any], number: int) -> list[tuple[str, str, str]]:
    """Kind, text and the reference's text of each difference."""
    return [(d["kind"], d["text"], d["reference"]["text"]) for d in found["definitions"][number]["differences"]]


@pytest.mark.parametrize(
    ("one", "other", "differences"),
    [
        ("名师、名校、名校长", "名师、名校、名院长", [("replaced", "院", "校")]),
        ("名师、名校", "名师、名校、名校长", [("added", "、名校长", "")]),
        ("名师、名校、名校长", "名师、名校", [("missing", "", "、名校长")]),
        ("六个不发生", "6個「不發生」", []),  # spelling is no difference
        ("抓好产业的升级", "抓实产业和升级", [("replaced", "实", "好"), ("replaced", "和", "的")]),
        ("甲乙丙", "丁乙戊", [("replaced", "丁乙戊", "甲乙丙")]),  # one sign in common does not part two differences
        ("", "甲", [("added", "甲", "")]),
    ],
)
def test_differences(one: str, other: str, differences: list[tuple[str, str, str]]) -> None:
    """Where two definitions differ, and only there, both say what stands in them."""
    assert departures(compare(document(one, other)), 1) == differences


def test_agreement() -> None:
    """The agreement is 1 for the same words, 0 for none in common, and the average of all pairs between."""
    assert compare(document("名师名校", "名师名校"))["agreement"] == 1
    assert compare(document("甲乙", "丙丁"))["agreement"] == 0
    found = compare(document("甲乙", "甲乙", "丙丁"))
    assert found["agreement"] == round(1 / 3, 4)
    assert [definition["agreement"] for definition in found["definitions"]] == [0.5, 0.5, 0]


def test_the_reference_is_the_one_nearest_to_all() -> None:
    """Definitions are compared with the one that agrees most with the others, the first of equals."""
    assert compare(document("甲乙丙丁", "甲乙丙戊", "庚辛甲乙"))["reference"] == 0
    found = compare(document("子丑寅", "甲乙丙", "甲乙丙丁"))
    assert found["reference"] == 1
    assert departures(found, 1) == []


def test_nothing_to_compare() -> None:
    """One definition agrees with nothing, and a term without any has no reference."""
    alone = compare(document("名师"))
    assert (alone["agreement"], alone["reference"], alone["definitions"][0]["agreement"]) == (None, 0, None)
    assert compare({"id": "t", "senses": []}) == {"agreement": None, "reference": None, "definitions": []}


def test_shared_members() -> None:
    """A member says how many of the definitions list it, however they write it."""
    found = compare(document("两重", "二重、三边", members=(("两重",), ("二重", "三边"))))
    assert [[m["shared"] for m in d["members"]] for d in found["definitions"]] == [[2], [2, 1]]


TEXTS = st.text(alphabet="一二十两六个不“”、，AbＡ發发 \n", max_size=15)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_differences_are_slices(texts: list[str]) -> None:
    """Every span cuts its text out of its definition, in order and without overlap, on both sides."""
    found = compare(document(*texts))
    reference = texts[found["reference"]]
    for text, definition in zip(texts, found["definitions"], strict=True):
        ends = [0, 0]
        for difference in definition["differences"]:
            for side, (whole, span) in enumerate(((text, difference), (reference, difference["reference"]))):
                assert whole[span["start"] : span["end"]] == span["text"]
                assert ends[side] <= span["start"] <= span["end"]
                ends[side] = span["end"]
