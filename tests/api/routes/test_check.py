from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary_api.api.routes import check
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.store.edition import Edition
from glossary_api.text.parentheses import gloss_apart

SIX = "Six No's (zero incidents)"
SIGNS = st.text("六个不发生135“”两3 aSix'sfive.-😀\n", max_size=40)


@pytest.fixture
def app(rendered_path: Path) -> Flask:
    """The application that serves it."""
    return create_app(Settings(edition=rendered_path))


@pytest.fixture(scope="module")
def plain_client(rendered_path: Path) -> FlaskClient:
    """A client that one test may use many times."""
    return create_app(Settings(edition=rendered_path)).test_client()


def checked(ask: Any, body: dict[str, Any], **headers: str) -> Any:
    """The answer to a body, in English unless said otherwise."""
    answer = ask("/check", "POST", json={"language": "en"} | body, headers=headers)
    assert answer.status_code == 200, answer.text
    return json.loads(answer.data)


def test_a_missing_rendering_has_spans_on_both_sides(ask: Any) -> None:
    """Kind, severity, term, renderings; where the source has the term and what in the target resembles it."""
    source, target = "坚守“六个不发生”底线。", "Hold to the Five No's."
    answer = checked(ask, {"source": source, "target": target})
    missing, number = answer["findings"]
    assert (missing["kind"], missing["severity"], missing["expected"]) == ("missing-rendering", "error", [SIX])
    assert missing["term"]["name"] == "六个不发生"
    assert [span["text"] for span in missing["source"]] == ["六个不发生"]
    assert (number["kind"], number["severity"]) == ("number", "error")
    assert [span["text"] for span in (*number["source"], *number["target"])] == ["六", "Five"]
    for finding in answer["findings"]:
        assert all(source[span["start"] : span["end"]] == span["text"] for span in finding["source"])
        assert all(target[span["start"] : span["end"]] == span["text"] for span in finding["target"])
    assert answer["counts"] == {"error": 2, "warning": 0}


def test_a_right_translation_has_no_findings(ask: Any, edition: Any) -> None:
    """Whole rendering or short form, in any case and number."""
    for target in (f"Hold to the {SIX}", "the six no", "THE SIX NO'S"):
        answer = checked(ask, {"source": "坚守6个不发生底线。", "target": target})
        assert (answer["findings"], answer["counts"]) == ([], {"error": 0, "warning": 0})


def test_proposed_renderings_are_less_severe(ask: Any) -> None:
    """A missing proposed rendering is a warning; a proposed one in place of an approved one is named."""
    assert [f["severity"] for f in checked(ask, {"source": "数据得地", "target": "x"})["findings"]] == ["warning"]
    (finding,) = checked(ask, {"source": "“六个不发生”", "target": "our six zeros"})["findings"]
    assert (finding["kind"], [span["text"] for span in finding["target"]]) == ("proposed-rendering", ["six zeros"])


def test_segments_are_one_text(ask: Any) -> None:
    """What is rendered in several ways in several segments is mixed, and each span says in which it stands."""
    pairs = [("“六个不发生”", "six zeros"), ("无关", "x"), ("“六个不发生”", "six No's")]
    segments = [{"source": source, "target": target} for source, target in pairs]
    findings = checked(ask, {"segments": segments})["findings"]
    mixed = next(finding for finding in findings if finding["kind"] == "mixed-renderings")
    assert [(span["segment"], span["text"]) for span in mixed["target"]] == [(0, "six zeros"), (2, "six No's")]
    assert [span["segment"] for span in mixed["source"]] == [0, 2]


@pytest.mark.parametrize(
    ("place", "target", "kinds"),
    [
        ("云溪市", "135 System", []),
        ("云溪市", "135 Work", ["missing-rendering"]),
        ("石桥县", "135 Work", []),
        (None, "135 System", []),
        (None, "135 Work", []),
        (None, "nothing", ["missing-rendering"]),
    ],
)
def test_a_place_decides_between_senses(ask: Any, place: str | None, target: str, kinds: list[str]) -> None:
    """Where it does, only the rendering of that sense is right; where nothing does, any is."""
    body = {"source": "推行“135”工作体系", "target": target} | ({"place": place} if place else {})
    assert [finding["kind"] for finding in checked(ask, body)["findings"]] == kinds


def test_a_language_falls_back_to_what_it_is_a_kind_of(ask: Any) -> None:
    """en-US has the renderings of en; fr has none, and is checked for figures alone."""
    body = {"source": "“六个不发生”", "target": "x"}
    assert [f["kind"] for f in checked(ask, body | {"language": "en-US"})["findings"]] == ["missing-rendering"]
    assert checked(ask, body | {"language": "fr"})["findings"] == []


def test_offsets_in_utf_16(ask: Any) -> None:
    """Spans count as the caller wants on both sides; the words stay the same."""
    body = {"source": "😀“六个不发生”", "target": "😀 six zeros"}
    points, units = (checked(ask, body | more)["findings"][0] for more in ({}, {"offset_unit": "utf16"}))
    for side, start in (("source", 2), ("target", 2)):
        assert (points[side][0]["start"], units[side][0]["start"]) == (start, start + 1)
        assert units[side][0]["end"] == points[side][0]["end"] + 1


def test_messages_are_chinese_for_who_wants_it(ask: Any) -> None:
    """Every kind of message has its Chinese."""
    segments = [
        {"source": "“六个不发生”", "target": "six zeros"},
        {"source": "“六个不发生”", "target": "six No's"},
        {"source": "“六个不发生”", "target": "Hold to five No's"},
        {"source": "数据得地", "target": "x"},
    ]
    chinese = {"Accept-Language": "zh-CN"}
    messages = [finding["message"] for finding in checked(ask, {"segments": segments}, **chinese)["findings"]]
    assert len(messages) == 5
    assert all("：" in message or "译文是" in message for message in messages)
    assert not any("rendering" in message for message in messages)


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({}, 422, ""),
        ({"source": "甲"}, 422, ""),
        ({"source": "甲", "segments": []}, 422, "/segments"),
        ({"source": "甲", "target": "a", "segments": [{"source": "", "target": ""}]}, 422, ""),
        ({"segments": [{"source": "甲"}]}, 422, "/segments/0/target"),
        ({"segments": [{"source": 1, "target": "a"}]}, 422, "/segments/0/source"),
        ({"source": "甲", "target": "a", "language": "English!"}, 422, "/language"),
        ({"source": "甲", "target": "a", "offset_unit": "byte"}, 422, "/offset_unit"),
        ({"source": "甲", "target": "a", "date": "soon"}, 422, "/date"),
        ({"source": "甲", "target": "a", "place": ""}, 422, "/place"),
        ({"source": "甲", "target": "a", "x": 1}, 422, "/x"),
        ({"source": "甲", "target": "a" * (check.LONGEST_SIDE + 1)}, 413, "/target"),
        ({"segments": [{"source": "甲" * (check.LONGEST_SIDE + 1), "target": ""}]}, 413, "/segments/0/source"),
        ({"segments": [{"source": "", "target": ""}] * (check.MOST_SEGMENTS + 1)}, 413, "/segments"),
    ],
)
def test_what_cannot_be_is_refused_by_its_pointer(ask: Any, body: dict[str, Any], status: int, pointer: str) -> None:
    """Wrong, missing, unknown and oversized fields are named."""
    answer = ask("/check", "POST", json={"language": "en"} | body)
    assert answer.status_code == status
    assert [error["pointer"] for error in json.loads(answer.data)["errors"]] == [pointer]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(st.tuples(SIGNS, SIGNS), min_size=1, max_size=4))
def test_every_span_slices_back(plain_client: FlaskClient, pairs: list[tuple[str, str]]) -> None:
    """Whatever is sent, the words of each span stand in it."""
    segments = [{"source": source, "target": target} for source, target in pairs]
    answer = plain_client.post("/api/v1/check", json={"language": "en", "segments": segments}).get_json()
    for finding in answer["findings"]:
        for side in ("source", "target"):
            for span in finding[side]:
                assert segments[span["segment"]][side][span["start"] : span["end"]] == span["text"] != ""


# Every rendering of the seed


def test_every_rendering_of_the_seed_is_known_again(seed_path: Path) -> None:
    """Each is right in its time, as it is, short, in capitals, between other words; broken in two it is missing."""
    edition = Edition.open(seed_path)
    client = create_app(Settings(edition=seed_path)).test_client()
    terms = [edition.term(item["name"]) for item in edition.terms(limit=1000).items]
    rendered = [(one, place) for term in terms for one, place in _all_renderings(term)]
    assert len(rendered) > 100
    for one, place in rendered:
        name, rendering, day = one["name"], one["rendering"], f"{one['from']}-07-01" if one["from"] else ""
        short = gloss_apart(rendering)[0]
        right = [rendering, short.upper(), f"Go on with “{short}”, as before."]
        wrong = [f"{short[: len(short) // 2]}. And {short[len(short) // 2 :]}"]
        quoted = name if "“" in name else f"“{name}”"
        segments = [{"source": f"落实{quoted}①。", "target": target} for target in (*right, *wrong)]
        body = {"language": "en", "segments": segments} | {k: v for k, v in (("place", place), ("date", day)) if v}
        findings = client.post("/api/v1/check", json=body).get_json()["findings"]
        missing = [f["source"][0]["segment"] for f in findings if f["kind"] == "missing-rendering"]
        assert missing == [len(right)], (name, rendering)
        assert not any(f["kind"] == "number" and f["source"][0]["segment"] < len(right) for f in findings), name


def _all_renderings(term: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Each with the place of its sense."""
    for sense in term["senses"]:
        yield from ((one, sense["definitions"][0]["source"]["place"]) for one in sense["equivalents"])
    yield from ((one, "") for one in term["equivalents"])
