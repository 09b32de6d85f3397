"""How a view becomes a route: its address, its query and its half of the OpenAPI document, said in one place.

Views return finished responses, so flask-smorest documents them but does not stand in the way of a request.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import flask_smorest  # type: ignore[import-untyped]
from flask import Blueprint, Response, request
from marshmallow import Schema, ValidationError
from werkzeug.routing import BaseConverter

from glossary_api.api.conditional import answer_unchanged, tag_answer
from glossary_api.api.problems import MEDIA_TYPE, BadQuery
from glossary_api.api.schemas import ProblemSchema, Strict
from glossary_api.errors import BadParameter

View = Callable[..., Response]

_TEXT = {"schema": {"type": "string"}}
_ETAG = {"ETag": _TEXT | {"description": "Changes with the edition and the address, with nothing else."}}
_PAGED = {
    "Link": _TEXT | {"description": 'Addresses of other pages: rel="first", and rel="next" unless this is the last.'},
    "X-Total-Count": {"schema": {"type": "integer"}, "description": "How many items the whole list has."},
}
_PATH_PARAMETERS = (
    {
        "in": "path",
        "name": "name",
        "description": "Any spelling of a name, all of it percent-encoded, slashes and question marks included.",
    },
    {"in": "path", "name": "report_id", "description": "Id of a report."},
)
_PROBLEMS: Mapping[int | str, str] = {
    404: "No such thing in this edition; `nearest` names what may have been meant.",
    422: "A query parameter is unknown or has a value that it cannot have; `errors` has one item for each.",
    "default": "Any other problem.",
}


class NameConverter(BaseConverter):
    """A name as a piece of a path: any characters, slashes included."""

    regex = "(?s:.+)"
    part_isolating = False

    def to_url(self, value: str) -> str:
        """The name with everything percent-encoded that could end it."""
        return quote(value, safe="")


def resource(name: str, description: str, *, tagged: bool = True) -> Blueprint:
    """A group of routes, described together; if `tagged`, their answers have ETags and are not sent to who has them."""
    blueprint: Blueprint = flask_smorest.Blueprint(name, __name__, description=description)
    if tagged:
        blueprint.before_request(answer_unchanged)
        blueprint.after_request(tag_answer)
    return blueprint


def get(
    blueprint: Blueprint,
    rule: str,
    answer: type[Schema],
    *,
    query: type[Schema] | None = None,
    loaded: bool = True,
    missing: bool = False,
    paged: bool = False,
    tagged: bool = True,
) -> Callable[[View], View]:
    """Register a view for GET (and HEAD) at `rule` and document it.

    `answer` is the schema of a 200. With `query`, the view gets the loaded parameters as keyword arguments or, if
    not `loaded`, reads them itself with `only_parameter`, where a schema would cost more than the answer. Without
    `query`, any parameter is refused. `missing` says that the view may raise NotFound, `paged` that it answers
    with `page_answer`, `tagged` that its blueprint has ETags.
    """

    def register(view: View) -> View:
        endpoint = view if query and not loaded else _with_parameters(view, query or Strict)
        headers = (_ETAG if tagged else {}) | (_PAGED if paged else {})
        problems = [status for status in _PROBLEMS if status != 404 or missing]
        _document(blueprint, endpoint, answer, query, problems, headers)
        described = [parameter for parameter in _PATH_PARAMETERS if f"{parameter['name']}>" in rule]
        blueprint.add_url_rule(rule, view_func=endpoint, parameters=described)
        return view

    return register


def only_parameter(name: str) -> str:
    """The value of the one query parameter that a view has, which it must be given once.

    Raises BadQuery for any other parameter and where it is missing.
    """
    errors = [BadParameter(other, "unknown parameter") for other in request.args if other != name]
    values = request.args.getlist(name)
    if len(values) != 1 or not values[0]:
        errors.append(BadParameter(name, "must be given once" if values[1:] else "is missing"))
    if errors:
        raise BadQuery(errors)
    return values[0]


def _with_parameters(view: View, query: type[Schema]) -> View:
    schema = query()
    defaults = schema.load({})  # a request without a query needs no schema

    @functools.wraps(view)
    def endpoint(**path: Any) -> Response:
        return view(**path, **(_loaded(schema) if request.query_string else defaults))

    return endpoint


def _loaded(schema: Schema) -> dict[str, Any]:
    """The query of the request as the schema reads it. Raises BadQuery."""
    errors = [BadParameter(name, "must be given once") for name, values in request.args.lists() if len(values) > 1]
    try:
        parameters: dict[str, Any] = schema.load(request.args.to_dict())
    except ValidationError as error:
        messages = error.messages_dict.items()
        errors += [BadParameter(name, _complaint(schema, name, message)) for name, message in messages]
    if errors:
        raise BadQuery(errors)
    return parameters


def _complaint(schema: Schema, name: str, messages: Sequence[str]) -> str:
    if name in schema.fields:
        return ", ".join(messages)
    return f"unknown parameter; known are: {', '.join(schema.fields) or 'none'}"


def _document(
    blueprint: Any,
    endpoint: Any,
    answer: type[Schema],
    query: type[Schema] | None,
    problems: Sequence[int | str],
    headers: dict[str, Any],
) -> None:
    """Write down what the endpoint takes and answers, where the blueprint looks for it when it publishes its routes."""
    documented = blueprint.doc(operationId=endpoint.__name__)(endpoint)
    documented = blueprint.response(200, answer, headers=headers)(documented)
    if "ETag" in headers:
        documented = blueprint.alt_response(304, description="The caller has this answer already.")(documented)
    for status in problems:
        described = {"schema": ProblemSchema, "content_type": MEDIA_TYPE, "description": _PROBLEMS[status]}
        documented = blueprint.alt_response(status, **described)(documented)
    if query:
        documented = blueprint.arguments(query, location="query")(documented)
    endpoint._apidoc = documented._apidoc
