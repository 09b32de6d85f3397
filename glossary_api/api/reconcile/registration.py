"""Register routes of kinds that only this protocol has: several answers at one address, forms, pages."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Response, request
from marshmallow import Schema

from glossary_api.api.http.answers import ETAGGED
from glossary_api.api.http.media_types import JSON, ONLY_JSON
from glossary_api.api.http.operations import Said, describe

View = Callable[..., Response]
Shape = type[Schema] | dict[str, Any]
"""The shape of an answer: a marshmallow schema, or a JSON Schema with such schemas in it."""
_PROBLEMS = {
    status: {"$ref": f"#/components/responses/{name}"}
    for status, name in (("404", "NotFound"), ("422", "BadParameter"), ("default", "OtherProblem"))
}
FORM = "application/x-www-form-urlencoded"
HTML = "text/html"


def get_any(
    blueprint: Blueprint, rule: str, answers: Sequence[Shape], parameters: Sequence[dict[str, Any]]
) -> Callable[[View], View]:
    """Register a view for GET whose JSON has one of several shapes, by the parameters that it is given."""

    def register(view: View) -> View:
        endpoint = _tagged(view)
        describe(endpoint, Said(ONLY_JSON, tagged=True, statuses=(413, 422)))
        _register(blueprint, rule, "GET", endpoint, _json_of(answers), parameters=list(parameters))
        return view

    return register


def post_form(
    blueprint: Blueprint, rule: str, answers: Sequence[Shape], form: dict[str, Any]
) -> Callable[[View], View]:
    """Register a view for POST that takes a form with elements in JSON; `form` is its JSON Schema."""

    def register(view: View) -> View:
        describe(view, Said(ONLY_JSON, statuses=(413, 415, 422)))
        encoding = {name: {"contentType": JSON} for name in form["properties"]}
        body = {"required": True, "content": {FORM: {"schema": form, "encoding": encoding}}}
        _register(blueprint, rule, "POST", view, _json_of(answers), requestBody=body)
        return view

    return register


def get_page(blueprint: Blueprint, rule: str, described: str, *, elsewhere: bool = False) -> Callable[[View], View]:
    """Register a view for GET that answers with a page about the entity `id`, or, if `elsewhere`, sends there."""
    page = {"description": described, "content": {HTML: {"schema": {"type": "string"}}}}
    parameter = {"in": "query", "name": "id", "required": True, "schema": {"type": "string"}, "description": "Its id."}

    def register(view: View) -> View:
        endpoint = view if elsewhere else _tagged(view)
        if not elsewhere:
            describe(endpoint, Said(ONLY_JSON, tagged=True, statuses=(404, 422)))
        responses = {"302": {"description": described}, **_PROBLEMS} if elsewhere else {"200": page}
        _register(blueprint, rule, "GET", endpoint, responses, parameters=[parameter])
        return view

    return register


def _json_of(answers: Sequence[Shape]) -> dict[str, Any]:
    schema: dict[str, Any] = {"title": "Reconciled", "oneOf": list(answers)}
    return {"200": {"description": "By what is asked.", "content": {JSON: {"schema": schema}}}}


def _register(blueprint: Any, rule: str, method: str, view: View, responses: dict[str, Any], **described: Any) -> None:
    documented = blueprint.doc(operationId=view.__name__, responses=responses, **described)(view)
    blueprint.add_url_rule(rule, view_func=documented, methods=[method])


def _tagged(view: View) -> View:
    @functools.wraps(view)
    def endpoint(**path: Any) -> Response:
        answer = view(**path)
        request.environ[ETAGGED] = answer.mimetype
        return answer

    return endpoint
