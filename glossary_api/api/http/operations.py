"""Add to the OpenAPI document what flask-smorest does not know: headers, problems, other media types.

`routing.py` notes it on the view; here it goes into the finished document, said once under `components` and referred
to from each operation. `openapi_examples.py` adds the examples. At the end `name_all` names what
generators of clients make classes and constants of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from flask import Flask

from glossary_api.api.http.media_types import JSON
from glossary_api.api.http.problems import MEDIA_TYPE
from glossary_api.model.words import GENRES

Document = dict[str, Any]
NAMES_IN_CODE = {
    GENRES: (
        "party_congress_report",
        "five_year_plan",
        "budget_report",
        "plan_report",
        "people_congress_report",
        "consultative_conference_report",
        "court_report",
        "procuratorate_report",
        "government_report",
        "explainer",
        "other",
    )
}
"""What choices are called: in many languages Chinese signs make no identifier."""
View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Said:
    """Facts about a route that its schemas do not state."""

    offered: Mapping[str, str]
    """Media types of its 200, JSON first."""
    tagged: bool = False
    """Whether its 200 has an ETag and may be a 304."""
    paged: bool = False
    """Whether its 200 is a page of a list."""
    statuses: tuple[int, ...] = ()
    """Statuses of the problems that are its own."""
    schemas: Mapping[str, Document] = field(default_factory=dict)
    """JSON Schemas of its other media types that are JSON."""
    rules: Document = field(default_factory=dict)
    """What JSON Schema says of its body besides."""
    rules_within: Mapping[str, Document] = field(default_factory=dict)
    """The same of schemas within its body, by name."""
    partial: bool = False
    """Whether it may be a part of what was asked for (206), by `Range`."""


_LINKS = Path(__file__).with_name("links.json")
_NUMBER = {"type": "integer"}
_TEXT = {"type": "string"}
_HEADERS: Mapping[str, tuple[Document, bool, str]] = {
    "X-Request-ID": (_TEXT, True, "Id of the request: the one that was sent, or a new one."),
    "ETag": (_TEXT, True, "Strong; changes with the edition, the address and the representation."),
    "Last-Modified": (_TEXT, True, "When the edition was written."),
    "Cache-Control": (
        _TEXT,
        True,
        "For how long any cache may show it; afterwards it is to be asked for again by its ETag.",
    ),
    "Link": (_TEXT, True, 'Addresses of other pages: rel="first", and rel="next" unless this is the last.'),
    "X-Total-Count": (_NUMBER, True, "How many items the whole list has."),
    "Content-Language": ({"enum": ["en", "zh-Hans"]}, True, "Language of title and details."),
    "Retry-After": (_NUMBER, True, "Seconds until it is worth asking again."),
    "Accept-Ranges": (_TEXT, True, "That parts of it can be asked for, by bytes."),
    "Content-Range": (_TEXT, True, "Which part of how much it is."),
    "RateLimit": (_TEXT, False, "How many requests are left for how many seconds, where the server has a limit."),
    "RateLimit-Policy": (_TEXT, False, "The limit: requests in a window of seconds."),
}
"""Name, schema, whether it is always there, description."""
_EVERY = ("X-Request-ID", "RateLimit", "RateLimit-Policy")
_TAG = ("ETag", "Last-Modified", "Cache-Control")
_PAGE = ("Link", "X-Total-Count")
_PROBLEMS: Mapping[int | str, tuple[str, str]] = {
    400: ("NotJson", "The body is not JSON, or not gzip as its coding says."),
    401: ("Unauthorized", "There is no token, or it is not valid."),
    403: ("Forbidden", "The token is not good for this, or editing is off."),
    404: ("NotFound", "No such thing in this edition; `nearest` names what may have been meant."),
    406: (
        "NotAcceptable",
        "The caller accepts none of the media types that this can be had in, which `offered` names.",
    ),
    409: ("KeyUsed", "The Idempotency-Key was used for another decision."),
    412: ("DecidedMeanwhile", "Somebody else decided about the term since the version that If-Match names."),
    413: ("TooLarge", "The body, or a text in it, is larger than `limit`."),
    415: ("WrongMediaType", "The body is of another media type than the one that is taken."),
    416: ("NoSuchPart", "The file is not so long: `Content-Range` says how long it is."),
    422: ("BadParameter", "A parameter or field is unknown or has a bad value; `errors` has one item for each."),
    429: ("TooManyRequests", "The caller has asked too often, where the server has a limit."),
    503: ("EditionUnavailable", "The edition cannot be read, or the request took too long."),
    "default": ("OtherProblem", "Any other problem."),
}
_RANGE = [
    {"in": "header", "name": name, "schema": _TEXT, "description": description}
    for name, description in (
        ("Range", "The bytes that are wanted, such as `bytes=1000-`; one range."),
        ("If-Range", "The ETag or date of the file of which there is a part already: of any other, all is sent."),
    )
]
_TEXTUAL = re.compile(r"^text/|jsonl$|xml$|-t[bm]x$")
_ALWAYS: tuple[int | str, ...] = (429, 503, "default")


def describe(view: View, said: Said) -> None:
    """Attach to a view the facts about its route."""
    view.said = said  # type: ignore[attr-defined]  # flask-smorest notes its share in the same way


def complete(document: Document, app: Flask) -> None:
    """Add to a document the facts that are attached to the application's routes."""
    components = document["components"]
    components["headers"] = {name: _header(*described) for name, described in _HEADERS.items()}
    components["responses"] = {name: _problem(status, text) for status, (name, text) in _PROBLEMS.items()}
    for operation in operations(document, app):
        operation.described.setdefault("description", operation.described["summary"])
        said: Said | None = getattr(operation.view, "said", None)
        if said is not None:
            _link(operation, said.paged)
            _complete(operation.described, said, components["schemas"])
    name_all(document)


@dataclass(frozen=True, slots=True)
class Operation:
    """A method of a path in a document, and what answers it."""

    path: str
    method: str
    """In lower case, as in the document."""
    described: Document
    """What the document says of it."""
    parameters: list[Document]
    """Its own and those of its path."""
    view: View


def operations(document: Document, app: Flask) -> Iterator[Operation]:
    """Yield all operations of a document."""
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        item = document["paths"].get(path, {})
        for method in {name.lower() for name in rule.methods or ()} & item.keys():
            parameters = item[method].get("parameters", []) + item.get("parameters", [])
            yield Operation(path, method, item[method], parameters, app.view_functions[rule.endpoint])


def _complete(operation: Document, said: Said, schemas: Document) -> None:
    answer = operation["responses"]["200"]
    answer["headers"] = _referred(*_EVERY, *(_TAG if said.tagged else ()), *(_PAGE if said.paged else ()))
    for media_type in list(said.offered)[1:]:
        answer["content"][media_type] = {"schema": said.schemas.get(media_type) or file_schema(media_type)}
    if said.rules:  # with the schema of the body: beside a reference to it generators of clients overlook them
        body = operation["requestBody"]["content"][JSON]["schema"]["$ref"].rpartition("/")[2]
        schemas[body] = said.rules if "oneOf" in said.rules else schemas[body] | said.rules
    for name, rules in said.rules_within.items():
        schemas[name].update(rules)
    for sent in operation.get("requestBody", {}).get("content", {}).values():
        _write_as_text(sent)
    responses = {"200": answer}
    if said.tagged:
        described = "The caller has this answer already."
        responses["304"] = {"description": described, "headers": _referred(*_EVERY, *_TAG)}
    if said.partial:
        answer["headers"] |= _referred("Accept-Ranges")
        headers = answer["headers"] | _referred("Content-Range")
        responses["206"] = {"description": "The part that was asked for.", "headers": headers}
        responses["206"]["content"] = answer["content"]
        operation.setdefault("parameters", []).extend(_RANGE)
    statuses: tuple[int | str, ...] = said.statuses + _ALWAYS
    for status in statuses:
        responses[str(status)] = {"$ref": f"#/components/responses/{_PROBLEMS[status][0]}"}
    operation["responses"] = responses


def _link(operation: Operation, is_paged: bool) -> None:
    """Say which operations an answer leads to, and with what of it: `links.json`, and the next page of a list."""
    id_ = operation.described["operationId"]
    links = {name: {"operationId": name, "parameters": given} for name, given in _links().get(id_, {}).items()}
    if is_paged:
        needed = [(one["in"], one["name"]) for one in operation.parameters if one.get("required")]
        asked = {name: f"$request.{where}.{name}" for where, name in needed}
        described = "With the parameters of this page."
        parameters = asked | {"cursor": "$response.body#/next"}
        links["next_page"] = {"operationId": id_, "parameters": parameters, "description": described}
    if links:
        operation.described["responses"]["200"]["links"] = links


@cache
def _links() -> Mapping[str, Mapping[str, Document]]:
    """Return by operation the operations that its answer leads to, with what they take from it."""
    read: Mapping[str, Mapping[str, Document]] = orjson.loads(_LINKS.read_bytes())
    return read


def _write_as_text(sent: Document) -> None:
    """Describe elements of a form that are JSON as texts: clients that are generated write objects each its own way."""
    properties = sent["schema"].get("properties", {})
    for name in sent.pop("encoding", {}):
        text = {"type": "string", "format": f"{name}-json", "contentMediaType": JSON, "contentSchema": properties[name]}
        properties[name] = text


def having(*names: str) -> Document:
    """Return a JSON Schema that says of an object that it has these fields, whatever is in them."""
    return {"properties": {name: {} for name in names}, "required": [*names], "additionalProperties": True}


def file_schema(media_type: str) -> Document:
    """Return the JSON Schema of a file: an object in JSON, text, or bytes, which generators of clients tell apart."""
    if media_type.endswith("json"):
        return {"type": "object"}
    return {"type": "string"} if is_textual(media_type) else {"type": "string", "format": "binary"}


def is_textual(media_type: str) -> bool:
    """Return whether answers of a media type are text."""
    return bool(_TEXTUAL.search(media_type))


def _header(schema: Document, required: bool, description: str) -> Document:
    return {"description": description, "required": required, "schema": schema}


def _problem(status: int | str, description: str) -> Document:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    waits = ("Retry-After",) if status in (429, 503) else ()
    return {"description": description, "headers": _referred(*_EVERY, "Content-Language", *waits), "content": content}


def _referred(*names: str) -> Document:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def name_all(document: Document) -> None:
    """Name choices, and move each schema that has a title to the components, leaving a reference in its place.

    What has no name is called after where it stands, once for each place: `Reconcile200ResponseOneOf`.
    """
    schemas = document["components"]["schemas"]
    for name in list(schemas):  # what has a place of its own stays there, whatever its title
        schemas[name] = {key: _named(value, schemas) for key, value in schemas[name].items()}
    document["paths"] = _named(document["paths"], schemas)


def _named(part: Any, schemas: Document) -> Any:
    if isinstance(part, list):
        return [_named(one, schemas) for one in part]
    if not isinstance(part, dict):
        return part
    named = {key: _named(value, schemas) for key, value in part.items()}
    choices = named.get("enum")
    if isinstance(choices, list) and tuple(choices) in NAMES_IN_CODE:  # a property may be called `enum`, or `title`
        named["x-enum-varnames"] = [*NAMES_IN_CODE[tuple(choices)]]
    title = named.get("title")
    if not isinstance(title, str):
        return named
    name = "".join(word[0].upper() + word[1:] for word in re.split("[ -]", title))
    if schemas.setdefault(name, named) != named:
        raise ValueError(f"two schemas are called {name}")
    return {"$ref": f"#/components/schemas/{name}"}
