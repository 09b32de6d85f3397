"""Register views as routes: address, query, body and OpenAPI description in one place.

Views return finished responses, so flask-smorest documents them but does not stand in the way of a request.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import quote

import flask_smorest  # type: ignore[import-untyped]
from flask import Blueprint, Response, request
from marshmallow import Schema, ValidationError
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import BaseConverter

from glossary_api.api.http.answers import ASKED, ETAGGED
from glossary_api.api.http.bodies import LIMIT, read_json
from glossary_api.api.http.fields import FIELDS, Shape, shape_of, trim, wanted
from glossary_api.api.http.media_types import FORMAT, chosen, offers
from glossary_api.api.http.operations import Document, Said, describe, file_schema
from glossary_api.api.schemas.parameters import fields_schema, format_schema
from glossary_api.api.schemas.strict import Strict
from glossary_api.errors import BadParameter, BadQuery, GlossaryError
from glossary_api.model.messages import Message

View = Callable[..., Response]

_PATH_PARAMETERS = (
    {
        "in": "path",
        "name": "name",
        "description": "Any spelling of a name, all of it percent-encoded, slashes and question marks included.",
    },
    {"in": "path", "name": "report_id", "description": "Id of a report."},
)


class NameConverter(BaseConverter):
    """A name as a piece of a path: any characters, slashes included."""

    regex = "(?s:.+)"
    part_isolating = False

    def to_url(self, value: str) -> str:
        """Return the name with everything percent-encoded that could end it."""
        return quote(value, safe="")


def resource(name: str, description: str) -> Blueprint:
    """Return a group of routes, described together."""
    blueprint: Blueprint = flask_smorest.Blueprint(name, __name__, description=description)
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
    also: Mapping[str, str] | None = None,
    schemas: Mapping[str, Document] | None = None,
) -> Callable[[View], View]:
    """Register a view for GET (and HEAD) at `rule` and document it.

    `answer` is the schema of a 200. With `query`, the view gets the loaded parameters as keyword arguments or, if
    not `loaded`, reads them itself with `meanings.parameters`, where a schema would cost more than the answer. Without
    `query`, any parameter is refused. `missing` says that the view may raise NotFound, `paged` that it answers with
    `page_answer`, `tagged` that its answers have ETags and are not sent to who has them. `also` has the media types
    that the answer can be had in besides JSON, each with its word for `format`; such a view gets the chosen one as
    `media_type`; `schemas` has the JSON Schemas of those that are JSON of another kind.

    Every such route takes `fields`, of which the view sees nothing. A tagged answer may depend on the edition, the
    address and the media type and on nothing else.
    """

    def register(view: View) -> View:
        shape = shape_of(answer())
        inner = view if query and not loaded else _with_parameters(view, query or Strict, also, shape)
        endpoint = _with_choice(inner, also, shape, tagged)
        statuses = (404, 406, 422) if missing else (406, 422)
        describe(endpoint, Said(offers(also), tagged, paged, statuses, schemas or {}))
        _document(blueprint, endpoint, answer, [query, fields_schema(shape), format_schema(also)])
        _route(blueprint, rule, endpoint, "GET")
        return view

    return register


def post(
    blueprint: Blueprint,
    rule: str,
    answer: type[Schema],
    body: type[Schema],
    *,
    loaded: bool = True,
    limit: int = LIMIT,
    also: Mapping[str, str] | None = None,
    schemas: Mapping[str, Document] | None = None,
    rules: Document | None = None,
    rules_within: Mapping[str, Document] | None = None,
    refusals: Sequence[int] = (),
    headers: Sequence[Document] = (),
    trimmed: bool = False,
) -> Callable[[View], View]:
    """Register a view for POST at `rule` and document it.

    `body` is the schema of the JSON that is sent. The view gets it, as loaded, as the keyword argument `body`;
    if not `loaded`, it gets none and reads it itself with `bodies.read_value`, where a schema would cost more than the
    answer. A body of more than `limit` bytes is refused, and so is any parameter. `also` and `schemas` are as in `get`.
    `rules` is what JSON Schema can say of the body and marshmallow cannot, such as which fields exclude each other,
    `rules_within` the same of schemas within it. `refusals` are further statuses, `headers` describes what the view
    reads in the head. `trimmed` says that it takes `fields`.
    """

    def register(view: View) -> View:
        shape = shape_of(answer()) if trimmed else None
        inner = _with_parameters(_with_body(view, body, limit) if loaded else view, Strict, also, shape)
        endpoint = _with_choice(inner, also, shape)
        statuses = tuple(sorted({400, 406, 413, 415, 422, *refusals}))
        own: Document = {"schemas": schemas or {}, "rules": rules or {}, "rules_within": rules_within or {}}
        describe(endpoint, Said(offers(also), statuses=statuses, **own))
        chosen_by = [fields_schema(shape) if shape else None, format_schema(also)]
        _document(blueprint, endpoint, answer, chosen_by, body)
        if headers:  # of this method only: what a route describes is said of all its methods
            noted, noting = cast("Any", endpoint), cast("Any", blueprint)
            noted._apidoc = noting.doc(parameters=list(headers))(endpoint)._apidoc
        _route(blueprint, rule, endpoint, "POST")
        return view

    return register


def download(
    blueprint: Any,
    rule: str,
    media_types: Sequence[str],
    *,
    query: type[Schema] = Strict,
    parameters: Sequence[Document] = (),
    partial: bool = False,
) -> Callable[[View], View]:
    """Register a view for GET whose answers are files, and document it.

    The address decides which of `media_types` an answer has; Accept is not asked, since another type has another
    address. `query` is as in `get`, `parameters` describes those of the path. The view may raise NotFound. `partial`
    says that it answers with parts (`routes/export.py`).
    """
    content: Document = {media_type: {"schema": file_schema(media_type)} for media_type in media_types}

    def register(view: View) -> View:
        inner = _with_parameters(view, query)

        @functools.wraps(view)
        def endpoint(**path: Any) -> Response:
            answer = inner(**path)
            request.environ[ETAGGED] = answer.mimetype
            return answer

        statuses = (404, 416, 422) if partial else (404, 422)
        describe(endpoint, Said(offers(None), tagged=True, statuses=statuses, partial=partial))
        described = {"200": {"description": "The file.", "content": content}}
        documented = blueprint.doc(operationId=endpoint.__name__, responses=described)(endpoint)
        documented = blueprint.arguments(query, location="query")(documented)
        noted: Any = endpoint
        noted._apidoc = documented._apidoc
        blueprint.add_url_rule(rule, view_func=endpoint, methods=["GET"], parameters=list(parameters))
        return view

    return register


def _route(blueprint: Any, rule: str, endpoint: View, method: str) -> None:
    described = [parameter for parameter in _PATH_PARAMETERS if f"{parameter['name']}>" in rule]
    blueprint.add_url_rule(rule, view_func=endpoint, methods=[method], parameters=described)


def _with_choice(view: View, also: Mapping[str, str] | None, shape: Shape | None, tagged: bool = False) -> View:
    """Wrap a view so that it takes `format` and `fields`; most requests have neither and pass straight through."""
    choice = _Choice(view, offers(also), shape or {}, frozenset(_common(also, shape)))

    @functools.wraps(view)
    def endpoint(**path: Any) -> Response:
        environ = request.environ
        if environ.get("QUERY_STRING") and not choice.taken.isdisjoint(request.args):
            answer = _chosen_answer(choice, path)
        elif also:
            answer = _varying(view(**path, media_type=chosen(environ, choice.offered)))
        else:
            chosen(environ, choice.offered)
            answer = view(**path)
        if tagged:
            environ[ETAGGED] = answer.mimetype
        return answer

    return endpoint


@dataclass(frozen=True, slots=True)
class _Choice:
    view: View
    offered: Mapping[str, str]
    shape: Shape
    taken: frozenset[str]


def _chosen_answer(choice: _Choice, path: dict[str, Any]) -> Response:
    """Answer a request that has `format` or `fields`. Raises BadQuery with all that is wrong with its query."""
    errors: list[BadParameter] = []
    several = {"media_type": ""} if len(choice.offered) > 1 else {}
    tree: Shape = {}
    try:
        media_type = chosen(request.environ, choice.offered)
        several = dict.fromkeys(several, media_type)
    except BadParameter as error:
        errors.append(error)
    try:
        tree = wanted(request.args.getlist(FIELDS), choice.shape) if FIELDS in request.args else {}
    except BadQuery as bad:
        errors += bad.errors
    _keep_for_view(choice.taken)
    if errors:
        raise BadQuery([*errors, *_complaints(choice.view, path | several)])
    answer = choice.view(**path, **several)
    if tree and answer.status_code == 200:
        trim(answer, tree)
    return _varying(answer) if several else answer


def _varying(answer: Response) -> Response:
    answer.vary.add("Accept")
    return answer


def _common(also: Mapping[str, str] | None, shape: Shape | None) -> list[str]:
    """Return the parameters that a route has but its view knows nothing of."""
    return ([FIELDS] if shape else []) + ([FORMAT] if also else [])


def _keep_for_view(taken: Collection[str]) -> None:
    """Leave in `request.args` what the view has to know of."""
    request.environ[ASKED] = request.args
    rest = [(name, value) for name, value in request.args.items(multi=True) if name not in taken]
    request.args = ImmutableMultiDict(rest)


def _complaints(view: View, path: dict[str, Any]) -> Sequence[BadParameter]:
    """Return the errors that a view finds in a query, so that a caller hears of all of them at once."""
    try:
        view(**path)
    except BadQuery as error:
        return error.errors
    except GlossaryError:
        pass
    return ()


def _with_body(view: View, body: type[Schema], limit: int) -> View:
    @functools.wraps(view)
    def endpoint(**path: Any) -> Response:
        return view(**path, body=read_json(body, limit))

    return endpoint


def _with_parameters(
    view: View, query: type[Schema], also: Mapping[str, str] | None = None, shape: Shape | None = None
) -> View:
    schema = query()
    known = [*schema.fields, *_common(also, shape)]
    # A request without a query needs no schema, unless it is at fault by that.
    defaults = None if schema.validate({}) else schema.load({})

    @functools.wraps(view)
    def endpoint(**path: Any) -> Response:
        if defaults is not None and not request.environ.get("QUERY_STRING"):
            return view(**path, **defaults)
        return view(**path, **_loaded(schema, known))

    return endpoint


def _loaded(schema: Schema, known: Sequence[str]) -> dict[str, Any]:
    """Return the query of the request as the schema loads it. Raises BadQuery."""
    errors = [BadParameter(name, "must-be-given-once") for name, values in request.args.lists() if len(values) > 1]
    try:
        parameters: dict[str, Any] = schema.load(request.args.to_dict())
    except ValidationError as error:
        for name, messages in error.messages_dict.items():
            errors += [BadParameter(name, message) for message in _complaints_of(schema, known, name, messages)]
    if errors:
        raise BadQuery(errors)
    return parameters


def _complaints_of(schema: Schema, known: Sequence[str], name: str, messages: Sequence[Message]) -> Sequence[Message]:
    if name in schema.fields:
        return messages
    return [Message("unknown-parameter-known-are", known=", ".join(known)) if known else Message("no-parameters-known")]


def _document(
    blueprint: Any,
    endpoint: Any,
    answer: type[Schema],
    queries: Sequence[type[Schema] | None],
    body: type[Schema] | None = None,
) -> None:
    """Write down what the endpoint takes and answers, where the blueprint looks for it when it publishes its routes."""
    documented = blueprint.doc(operationId=endpoint.__name__)(endpoint)
    documented = blueprint.response(200, answer)(documented)
    for query in filter(None, queries):
        documented = blueprint.arguments(query, location="query")(documented)
    if body:
        documented = blueprint.arguments(body, location="json")(documented)
    endpoint._apidoc = documented._apidoc
