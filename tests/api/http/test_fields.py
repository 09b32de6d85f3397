from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import pytest


@pytest.mark.parametrize(
    ("path", "trimmed"),
    [
        ("/terms/三边?fields=name", {"name": "三边"}),
        ("/terms/三边?fields=kind,name", {"name": "三边", "kind": "numeral"}),
        ("/terms/三边?fields=reports.id", {"reports": [{"id": "linjiang-2025"}]}),
        ("/terms/三边?fields=reports.id,reports.year", {"reports": [{"id": "linjiang-2025", "year": 2025}]}),
        (
            "/terms/三边?fields=senses.definitions.count_check.found",
            {"senses": [{"definitions": [{"count_check": {"found": 3}}]}]},
        ),
        ("/terms/三边?fields=kind&fields=name", {"name": "三边", "kind": "numeral"}),
        ("/reports/linjiang-2025?fields=id,appendix", {"id": "linjiang-2025", "appendix": None}),
        ("/reports/linjiang-2025?fields=id,appendix.start", {"id": "linjiang-2025", "appendix": None}),
        ("/terms?kind=plan&fields=name", {"items": [{"name": "十四五"}], "total": 1, "next": None}),
        ("/reports/linjiang-2025/terms?fields=defined.name", {"defined": [{"name": "三边"}]}),
        ("/lookup?name=三边&fields=term.name", {"term": {"name": "三边"}}),
        ("/healthz?fields=status", {"status": "ok"}),
    ],
)
def test_only_the_fields(ask: Any, path: str, trimmed: dict[str, Any]) -> None:
    """An answer has the fields that were asked for, at any depth, through lists and in each item of a page."""
    assert json.loads(ask(path).data) == trimmed


@pytest.mark.parametrize("fields", ["senses,senses.id", "senses.id,senses"])
def test_whole_beats_part(ask: Any, fields: str) -> None:
    """A field that is asked for whole is whole, whatever is asked of it besides."""
    whole = json.loads(ask("/terms/三边").data)
    assert json.loads(ask(f"/terms/三边?fields={fields}").data) == {"senses": whole["senses"]}


def test_below_a_mapping(ask: Any) -> None:
    """Where the keys are not known beforehand, any is a field, there or not."""
    versions = json.loads(ask("/status").data)["versions"]
    assert json.loads(ask("/status?fields=versions.python").data) == {"versions": {"python": versions["python"]}}
    assert json.loads(ask("/status?fields=versions.perl").data) == {"versions": {}}


@pytest.mark.parametrize(
    ("query", "at_fault"),
    [
        ("fields=nam", ["unknown field nam"]),
        ("fields=nam,name,sense.id", ["unknown field nam", "unknown field sense.id"]),
        ("fields=", ["unknown field "]),
        ("fields=name,", ["unknown field "]),
        ("fields=name.x", ["unknown field name.x"]),
        ("fields=senses..id", ["unknown field senses..id"]),
        ("fields=*", ["unknown field *"]),
        ("fields=name&fields=x&fields=y,id", ["unknown field x", "unknown field y"]),
    ],
)
def test_unknown_fields(ask: Any, query: str, at_fault: list[str]) -> None:
    """Every field that the answer cannot have is named."""
    answer = ask(f"/terms/三边?{query}")
    assert answer.status_code == 422
    errors = json.loads(answer.data)["errors"]
    assert [(error["parameter"], error["detail"]) for error in errors] == [("fields", detail) for detail in at_fault]


def test_all_faults_at_once(ask: Any) -> None:
    """Unknown fields and other bad parameters are named together."""
    errors = json.loads(ask("/terms?fields=x&limit=0&y=1").data)["errors"]
    assert [error["parameter"] for error in errors] == ["fields", "limit", "y"]


def test_pages_keep_their_fields(ask: Any) -> None:
    """The link to the next page asks for the same fields."""
    answer = ask("/terms?limit=1&fields=name")
    following = answer.headers["Link"].split("<")[2].partition(">")[0]
    assert parse_qs(following.partition("?")[2])["fields"] == ["name"]


def test_trimmed_answers_have_their_own_tag(ask: Any) -> None:
    """What is trimmed differently is named differently, and known again."""
    tags = [ask(f"/terms/三边{query}").headers["ETag"] for query in ("", "?fields=name", "?fields=id")]
    assert len(set(tags)) == 3
    assert ask("/terms/三边?fields=id", headers={"If-None-Match": tags[2]}).status_code == 304


def test_the_document_lists_the_fields(ask: Any) -> None:
    """Each operation for reading names exactly the fields that it can be trimmed to, and all of them work."""
    operation = ask.document["paths"]["/api/v1/terms/{name}"]["get"]
    (parameter,) = [p for p in operation["parameters"] if p["name"] == "fields"]
    known = parameter["schema"]["items"]["enum"]
    assert {"id", "senses.definitions.source.start", "variants.form"} <= set(known)
    assert ask(f"/terms/三边?fields={','.join(known)}").status_code == 200
