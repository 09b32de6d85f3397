"""The examples of the OpenAPI document on the seed: each is a request and what it really answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from openapi_schema_validator import OAS31Validator
from werkzeug.test import TestResponse

from glossary_api.api.http.openapi_examples import requests
from glossary_api.harvesting.harvest import harvest as harvest_files
from glossary_api.harvesting.harvest import publish
from glossary_api.settings import Settings
from glossary_api.site.app import create_app

MAIN_LISTS = ("items", "matches", "results", "result", "borrowed")
"""Where an answer has one of these, it is what the answer is asked for."""
NOTHING_YET = (["decisions"], ["changes"])
"""What has nothing to show: nobody has decided about the seed, and there is no edition of it before."""


@pytest.fixture(scope="module")
def seed_app(seed_path: Path) -> Flask:
    """The application that serves the seed."""
    return create_app(Settings(edition=seed_path))


@pytest.fixture(scope="module")
def seed_document(seed_app: Flask) -> dict[str, Any]:
    """Its OpenAPI document."""
    answer: dict[str, Any] = json.loads(seed_app.test_client().get("/api/v1/openapi.json").data)
    return answer


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method and operation, with the parameters of the path among its own."""
    for path, item in document["paths"].items():
        for method in item.keys() - {"parameters"}:
            parameters = item.get("parameters", []) + item[method].get("parameters", [])
            yield path, method, item[method] | {"parameters": parameters}


def answers(operation: dict[str, Any]) -> dict[str, Any]:
    """What the 200 of an operation may contain, by media type."""
    content: dict[str, Any] = operation["responses"].get("200", {}).get("content", {})
    return content


def asked(app: Flask, path: str, method: str, operation: dict[str, Any], media_type: str) -> TestResponse:
    """The answer to the example request of an operation, made from nothing but the document."""
    query = {}
    for parameter in operation["parameters"]:
        if "example" in parameter:
            value = parameter["example"]
            text = ",".join(value) if isinstance(value, list) else str(value)
            if parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", quote(text, safe=""))
            else:
                query[parameter["name"]] = text
    sent: dict[str, Any] = {"headers": {"Accept": media_type}}
    for body_type, body in operation.get("requestBody", {}).get("content", {}).items():
        text = urlencode(body["example"]) if body_type.endswith("urlencoded") else json.dumps(body["example"])
        sent |= {"data": text, "content_type": body_type}
    return app.test_client().open(f"{path}?{urlencode(query)}", method=method.upper(), **sent)


def test_examples_are_real_answers(seed_app: Flask, seed_document: dict[str, Any]) -> None:
    """The example request of every operation gets its example answer, in each kind of JSON that it has."""
    for path, method, operation in operations(seed_document):
        request = requests()[operation["operationId"]]
        steady = request is not None and "answer" not in request
        content = answers(operation) if steady else {}
        for media_type in (name for name in content if name.endswith("json") and "schema" in content[name]):
            answer = asked(seed_app, path, method, operation, media_type)
            assert answer.status_code == 200, (operation["operationId"], answer.text)
            assert json.loads(answer.data) == content[media_type]["example"], operation["operationId"]
        for media_type in (name for name in content if not name.endswith("json") and "example" in content[name]):
            assert asked(seed_app, path, method, operation, media_type).text == content[media_type]["example"]


def test_examples_fit_their_schemas(seed_document: dict[str, Any]) -> None:
    """Every example of an answer, a parameter or a body is valid against the schema beside it."""
    components = {"components": seed_document["components"]}
    for _, _, operation in operations(seed_document):
        contents = [answers(operation), operation.get("requestBody", {}).get("content", {})]
        described = [*operation["parameters"], *(one for content in contents for one in content.values())]
        for one in described:
            if "example" in one:
                OAS31Validator(one["schema"] | components).validate(one["example"])


def test_examples_are_worth_reading(seed_document: dict[str, Any]) -> None:
    """No example has nothing to show, and none is so long that nobody reads it."""
    for _, _, operation in operations(seed_document):
        for content in answers(operation).values():
            example = content.get("example", {})
            if isinstance(example, dict) and operation["tags"] not in NOTHING_YET:
                assert [] not in [example.get(name) for name in MAIN_LISTS], operation["operationId"]
            assert len(json.dumps(example, ensure_ascii=False)) < 30_000, operation["operationId"]


def test_every_request_has_its_operation(seed_document: dict[str, Any]) -> None:
    """The list of example requests has every operation of the document and no other."""
    known = {operation["operationId"] for _, _, operation in operations(seed_document)}
    assert requests().keys() == known


def test_links_lead_somewhere(seed_app: Flask, seed_document: dict[str, Any]) -> None:
    """Following each link of an example answer, with what it takes from request and answer, gives an answer."""
    found = {operation["operationId"]: (path, operation) for path, _, operation in operations(seed_document)}
    followed = 0
    for name, (_, operation) in found.items():
        answer = answers(operation).get("application/json", {}).get("example")
        for link in operation["responses"]["200"].get("links", {}).values() if answer else ():
            path, target = found[link["operationId"]]
            known = {parameter["name"] for parameter in target["parameters"] if "name" in parameter}
            assert link["parameters"].keys() <= known, name
            given = {key: taken(value, operation, answer) for key, value in link["parameters"].items()}
            if None in given.values():  # a list of one page leads to no other
                continue
            query = {key: value for key, value in given.items() if f"{{{key}}}" not in path}
            for key, value in given.items():
                path = path.replace(f"{{{key}}}", quote(value, safe=""))
            assert seed_app.test_client().get(f"{path}?{urlencode(query)}").status_code == 200, (name, path)
            followed += 1
    assert followed > 20


def taken(expression: str, operation: dict[str, Any], answer: Any) -> Any:
    """What a runtime expression of a link stands for, by the examples."""
    if expression.startswith("$request."):
        wanted = expression.rpartition(".")[2]
        return next(one["example"] for one in operation["parameters"] if one.get("name") == wanted)
    for step in expression.partition("#/")[2].split("/"):
        answer = answer[int(step)] if isinstance(answer, list) else answer[step]
    return answer


def test_another_edition_has_its_own_examples(ask: Any) -> None:
    """Examples are about what the edition has that is served; without a rendering, they are still no less true."""
    found = {operation["operationId"]: operation for _, _, operation in operations(ask.document)}
    for name in ("show_term", "list_usages", "show_report", "list_new_slogans", "show_glossary", "annotate"):
        assert "example" in answers(found[name])["application/json"], name


def test_an_empty_edition_has_no_false_examples(tmp_path: Path) -> None:
    """Where an edition does not have what an example asks for, the operation goes without."""
    (tmp_path / "report.txt").write_text("云溪市政府工作报告\n各位代表：\n工作已经完成。\n", "utf-8")
    publish(harvest_files([tmp_path / "report.txt"]), tmp_path / "empty.db")
    client = create_app(Settings(edition=tmp_path / "empty.db")).test_client()
    document = json.loads(client.get("/api/v1/openapi.json").data)
    found = {operation["operationId"]: operation for _, _, operation in operations(document)}
    for name in ("show_term", "look_up", "show_report"):
        assert "example" not in answers(found[name])["application/json"]
        assert not [parameter for parameter in found[name]["parameters"] if "example" in parameter]
    assert answers(found["show_health"])["application/json"]["example"] == {"status": "ok"}


def test_every_problem_has_an_example(seed_document: dict[str, Any]) -> None:
    """Each refusal is shown by a problem document of its status that fits the schema."""
    components = {"components": seed_document["components"]}
    for name, answer in seed_document["components"]["responses"].items():
        described = answer["content"]["application/problem+json"]
        OAS31Validator(described["schema"] | components).validate(described["example"])
        assert described["example"]["detail"], name
