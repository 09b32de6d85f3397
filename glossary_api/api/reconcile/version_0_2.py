"""Serve version 0.2 of the protocol, as OpenRefine speaks it: one address, questions in parameters or a form."""

from __future__ import annotations

import functools
import importlib.metadata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import orjson
from flask import Response, request, url_for
from marshmallow import Schema
from werkzeug.exceptions import RequestEntityTooLarge

from glossary_api.api.http.answers import ETAGGED, json_answer, served_edition
from glossary_api.api.http.bodies import checked
from glossary_api.api.http.media_types import JSON, ONLY_JSON
from glossary_api.api.http.operations import Said, describe
from glossary_api.api.http.refusals import BadBody, TooLarge, WrongMediaType
from glossary_api.api.http.routing import get, resource
from glossary_api.api.http.standalone import standalone
from glossary_api.api.reconcile.answer_schemas import (
    V02,
    DataExtensionSchema,
    EntitySuggestionsSchema,
    PropertyProposalSchema,
    PropertySuggestionsSchema,
    ReconciliationManifestSchema,
    ReconciliationResultSchema,
    TypeSuggestionsSchema,
)
from glossary_api.api.reconcile.question_schemas import (
    DataExtensionQuerySchema,
    PrefixSchema,
    ProposalQuerySchema,
    ReconciliationQuerySchema,
)
from glossary_api.errors import BadParameter, BadQuery, NotFound
from glossary_api.model.messages import Message
from glossary_api.queries.reconcile.candidates import MOST_QUERIES, Candidate, Query, reconciled
from glossary_api.queries.reconcile.entities import (
    IDENTIFIER_SPACE,
    KIND_NAMES,
    PROPERTIES,
    SCHEMA_SPACE,
    TYPE,
    TYPE_NAME,
    JsonObject,
    document_of,
    entity,
    entity_of,
)
from glossary_api.queries.reconcile.extend import MOST_IDS, SETTINGS, Fetched, extended, typed
from glossary_api.queries.suggest import suggest
from glossary_api.store.opening import Stored
from glossary_api.text.folding import fold_name

LIMIT = 4_000_000
"""Bytes that a form may have."""
_FORM_TYPE = "application/x-www-form-urlencoded"
_ROOT = "/reconcile"
_NAME = "政府工作报告术语"
_WIDTH, _HEIGHT = 440, 260
"""Pixels of a preview."""
_SENSES_SHOWN = 3
_SUGGESTED = 20
"""How many suggestions an answer has."""

# A schema is known in the document once a property has it; q0 is what OpenRefine calls its first query.
_QUERIES: JsonObject = {
    "type": "object",
    "properties": {"q0": ReconciliationQuerySchema},
    "additionalProperties": {"$ref": "#/components/schemas/ReconciliationQuery"},
    "description": f"Queries by whatever keys the caller likes, at most {MOST_QUERIES:,}.",
}
_RESULTS: JsonObject = {
    "title": "ReconciliationResults",
    "type": "object",
    "description": "Candidates for each query, by the keys of the queries.",
    "properties": {"q0": ReconciliationResultSchema},
    "additionalProperties": {"$ref": "#/components/schemas/ReconciliationResult"},
}
_FORM: JsonObject = {
    "type": "object",
    "description": "One of the two, as JSON; elements that clients add of their own are let pass.",
    "properties": {"queries": _QUERIES, "extend": DataExtensionQuerySchema},
}
blueprint: Any = resource("reconciliation", "Entity reconciliation, version 0.2, for OpenRefine")
View = Callable[..., Response]


def _route(
    method: str,
    rule: str,
    responses: dict[str, Any],
    statuses: tuple[int, ...] = (),
    *,
    tagged: bool = False,
    **described: Any,
) -> Callable[[View], View]:
    """Register a view and document it, its answers and whatever else is `described` in words of OpenAPI.

    `statuses` are those of the problems that are its own, if it answers itself; `tagged` says that it does with ETags.
    """

    def register(view: View) -> View:
        @functools.wraps(view)
        def endpoint() -> Response:
            answer = view()
            if tagged:
                request.environ[ETAGGED] = answer.mimetype
            return answer

        if statuses:
            describe(endpoint, Said(ONLY_JSON, tagged=tagged, statuses=statuses))
        documented = blueprint.doc(operationId=view.__name__, responses=responses, **described)(endpoint)
        blueprint.add_url_rule(rule, view_func=documented, methods=[method])
        return view

    return register


def _parameter(name: str, description: str) -> JsonObject:
    schema = {"type": "string", "contentMediaType": "application/json", "format": f"{name}-json"}
    return {"in": "query", "name": name, "description": f"{description} {_AS_IN_FORM}", "schema": schema}


_AS_IN_FORM = "JSON as in the form of POST. What an address has no room for is to be posted."
_PARAMETERS = [
    _parameter("queries", "Which terms?"),
    _parameter("extend", "Which values? Without effect beside `queries`."),
]
_ID = {"in": "query", "name": "id", "required": True, "schema": {"type": "string"}, "description": "Its id."}
_ANSWERS = {"title": "Reconciled", "oneOf": [ReconciliationManifestSchema, DataExtensionSchema, _RESULTS]}
_ANSWERED = {"200": {"description": "By what is asked.", "content": {JSON: {"schema": _ANSWERS}}}}
_PAGE = {"description": "A small page about the term.", "content": {"text/html": {"schema": {"type": "string"}}}}
_ELSEWHERE = {"302": {"description": "To the page of the term."}} | {
    status: {"$ref": f"#/components/responses/{name}"}
    for status, name in (("404", "NotFound"), ("422", "BadParameter"), ("default", "OtherProblem"))
}
_SENT = {"schema": _FORM, "encoding": {name: {"contentType": JSON} for name in _FORM["properties"]}}
_BODY = {"required": True, "content": {_FORM_TYPE: _SENT}}


@_route("GET", _ROOT, _ANSWERED, (413, 422), tagged=True, parameters=_PARAMETERS)
def reconcile() -> Response:
    """Describe the service; with `queries`, find terms; with `extend`, fetch values of their properties."""
    return _answer(request.args)


@_route("POST", _ROOT, _ANSWERED, (413, 415, 422), requestBody=_BODY)
def reconcile_form() -> Response:
    """Find terms for the `queries` of a form, or fetch values of properties for its `extend`; else as GET does."""
    if request.mimetype != _FORM_TYPE:
        raise WrongMediaType(request.headers.get("Content-Type", ""), [_FORM_TYPE])
    request.max_content_length = request.max_form_memory_size = LIMIT
    try:
        form = request.form
    except RequestEntityTooLarge:
        raise TooLarge(LIMIT) from None
    return _answer(form)


@get(blueprint, f"{_ROOT}/suggest/entity", EntitySuggestionsSchema, query=PrefixSchema)
def suggest_entities(prefix: str, cursor: int) -> Response:
    """Suggest terms for what has been typed."""
    edition = served_edition()
    wanted = cursor + _SUGGESTED
    items = [entity_of(term) for term in edition.terms_with([prefix]).values()]  # an id is a name, too
    items += [entity(found.id, found.name, found.description) for found in suggest(edition.select, prefix, wanted)]
    return _result(item | {"notable": [TYPE_NAME]} for item in items[cursor:wanted])


@get(blueprint, f"{_ROOT}/suggest/property", PropertySuggestionsSchema, query=PrefixSchema)
def suggest_properties(prefix: str, cursor: int) -> Response:
    """Suggest properties for what has been typed."""
    found = [wanted.document() for wanted in PROPERTIES.values() if _begins(prefix, wanted.id, wanted.name)]
    return _result(found[cursor:])


@get(blueprint, f"{_ROOT}/suggest/type", TypeSuggestionsSchema, query=PrefixSchema)
def suggest_types(prefix: str, cursor: int) -> Response:
    """Suggest types for what has been typed."""
    return _result([TYPE][cursor:] if _begins(prefix, TYPE["id"], TYPE["name"]) else [])


@get(blueprint, f"{_ROOT}/extend/propose", PropertyProposalSchema, query=ProposalQuerySchema)
def propose_properties(type: str, limit: int | None = None) -> Response:
    """Propose properties to fetch for entities of a type."""
    found = [wanted.document() for wanted in PROPERTIES.values()] if type in ("", TYPE["id"]) else []
    asked = {} if limit is None else {"limit": limit}
    return json_answer(orjson.dumps({"properties": found[:limit], "type": type, **asked}))


@_route("GET", f"{_ROOT}/preview", {"200": _PAGE}, (404, 422), tagged=True, parameters=[_ID])
def preview_entity() -> Response:
    """Show a small page about a term, for a frame."""
    document = document_of(_entity())
    senses = [sense["definitions"][0] for sense in document["senses"]]
    return standalone(
        "reconciliation/preview",
        frames="*",
        term=document,
        kind=KIND_NAMES[document["kind"]],
        senses=senses[:_SENSES_SHOWN],
        more=len(senses[_SENSES_SHOWN:]),
        usages=document["totals"]["usages"],
    )


@_route("GET", f"{_ROOT}/view", _ELSEWHERE, parameters=[_ID])
def view_entity() -> Response:
    """Send on to the page of a term."""
    return Response(status=302, headers={"Location": url_for("pages.term", name=_entity().name)})


def _entity() -> Stored:
    """Return the term that the parameter `id` names; others of a client are let pass. Raises BadQuery, NotFound."""
    ids = request.args.getlist("id")
    if len(ids) != 1:
        raise BadQuery([BadParameter("id", "must-be-given-once" if ids else "is-missing")])
    terms = served_edition().terms_with(ids)
    if not terms:
        raise NotFound("entity", ids[0])
    return terms[ids[0]]


def _begins(prefix: str, *names: str) -> bool:
    return any(fold_name(name).startswith(fold_name(prefix)) for name in names)


def _result(items: Iterable[JsonObject]) -> Response:
    return json_answer(orjson.dumps({"result": list(items)}))


def _manifest() -> JsonObject:
    root = url_for("reconciliation.reconcile", _external=True)
    return {
        "versions": [V02],
        "name": _NAME,
        "documentation": url_for("docs.show_docs", _external=True),
        "serviceVersion": importlib.metadata.version("glossary-api"),
        "defaultTypes": [TYPE],
        "identifierSpace": IDENTIFIER_SPACE,
        "schemaSpace": SCHEMA_SPACE,
        "view": {"url": f"{root}/view?id={{{{id}}}}"},
        "preview": {"url": f"{root}/preview?id={{{{id}}}}", "width": _WIDTH, "height": _HEIGHT},
        "suggest": {kind: _service(root, f"/suggest/{kind}") for kind in ("entity", "property", "type")},
        "extend": {
            "propose_properties": _service(root, "/extend/propose"),
            "property_settings": [
                {"name": s.id, "label": s.name, "type": s.type, "default": s.default, "help_text": s.help}
                for s in SETTINGS
            ],
        },
        "batchSize": MOST_QUERIES,
    }


def _service(root: str, path: str) -> JsonObject:
    return {"service_url": root, "service_path": path}


def _answer(given: Mapping[str, str]) -> Response:
    """Return the answer to the question in parameters or a form; without one, the manifest. Raises BadQuery."""
    if "queries" in given:
        if "extend" in given:  # it has no effect, but nonsense is nonsense
            _loaded(DataExtensionQuerySchema, _json_in(given, "extend"), "extend", "")
        answer = _reconciled(_json_in(given, "queries"))
    elif "extend" in given:
        answer = _extended(_json_in(given, "extend"))
    else:
        answer = _manifest()
    return json_answer(orjson.dumps(answer))


def _json_in(given: Mapping[str, str], name: str) -> Any:
    try:
        return orjson.loads(given[name])
    except orjson.JSONDecodeError as error:
        raise BadQuery([BadParameter(name, "must-be-json-see-column", column=error.colno)]) from None


def _reconciled(question: Any) -> JsonObject:
    """Return candidates by the keys of the queries."""
    if not isinstance(question, dict):
        raise BadQuery([BadParameter("queries", "must-be-object")])
    if len(question) > MOST_QUERIES:
        raise TooLarge(MOST_QUERIES, "items", "/queries")
    loaded = {key: _loaded(ReconciliationQuerySchema, query, "queries", f"/{key}") for key, query in question.items()}
    answers = reconciled(served_edition(), [Query.of(query) for query in loaded.values()])
    return {key: {"result": list(map(_candidate, found))} for key, found in zip(loaded, answers, strict=True)}


def _candidate(candidate: Candidate) -> JsonObject:
    return entity_of(candidate.term) | {
        "type": [TYPE_NAME],
        "score": candidate.score,
        "match": candidate.match,
        "features": [{"id": id_, "value": value} for id_, value in candidate.features.items()],
    }


def _extended(question: Any) -> JsonObject:
    """Return values by id of the entity and of the property."""
    query = _loaded(DataExtensionQuerySchema, question, "extend", "")
    if len(query["ids"]) > MOST_IDS:
        raise TooLarge(MOST_IDS, "items", "/extend/ids")
    edition = served_edition()
    try:
        wanted = [Fetched.of(item["id"], item.get("settings", {}), edition) for item in query["properties"]]
    except BadParameter as error:
        raise BadQuery([BadParameter("extend", Message("at-place", place=error.name, message=error.message))]) from None
    rows = extended(edition, query["ids"], wanted)
    return {
        "meta": [{"id": item.id, "name": PROPERTIES[item.id].name} for item in wanted],
        "rows": {
            id_: {item.id: typed(found) for item, found in zip(wanted, values, strict=True)}
            for id_, values in rows.items()
        },
    }


def _loaded(schema: type[Schema], value: Any, name: str, pointer: str) -> dict[str, Any]:
    """Return a part of a question as its schema loads it. Raises BadQuery, which says where the errors are."""
    if not isinstance(value, dict):
        raise BadQuery([BadParameter(name, _at(pointer, Message("must-be-object")))])
    try:
        return checked(schema, value)
    except BadBody as error:
        raise BadQuery([BadParameter(name, _at(pointer + at.pointer, at.message)) for at in error.errors]) from None


def _at(pointer: str, message: Message) -> Message:
    return Message("at-place", place=pointer, message=message) if pointer else message
