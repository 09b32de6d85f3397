"""Answer the smaller questions of the protocol: suggestions, proposals, previews, an entity's own page."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterable

import orjson
from flask import Response, current_app, request, url_for

from glossary_api.api.http.answers import json_answer, served_edition
from glossary_api.api.http.standalone import standalone
from glossary_api.errors import BadParameter, BadQuery, NotFound
from glossary_api.queries.reconcile.entities import (
    KIND_NAMES,
    PROPERTIES,
    TYPE,
    TYPE_NAME,
    JsonObject,
    document_of,
    entity,
    entity_of,
)
from glossary_api.queries.suggest import suggest
from glossary_api.store.opening import Stored
from glossary_api.text.folding import fold_name

WIDTH, HEIGHT = 440, 260
"""Pixels of a preview."""
SUGGESTED = 20
"""How many suggestions an answer has."""
_NAME = "政府工作报告术语"
_SENSES_SHOWN = 3


def manifest_head(version: str) -> JsonObject:
    """Return the fields of the manifest that need no address of the protocol."""
    return {
        "versions": [version],
        "name": _NAME,
        "documentation": url_for("docs.show_docs", _external=True),
        "serviceVersion": importlib.metadata.version("glossary-api"),
        "defaultTypes": [TYPE],
    }


def suggested_entities(prefix: str, cursor: int) -> Response:
    """Return terms that may be meant by a prefix, without the first `cursor` of them; an id is a name too."""
    edition = served_edition()
    wanted = cursor + SUGGESTED
    items = [entity_of(term) for term in edition.terms_with([prefix]).values()]
    items += [entity(found.id, found.name, found.description) for found in suggest(edition.select, prefix, wanted)]
    return _result(item | {"notable": [TYPE_NAME]} for item in items[cursor:wanted])


def suggested_properties(prefix: str, cursor: int) -> Response:
    """Return the properties whose id or name begins with a prefix."""
    found = [wanted.document() for wanted in PROPERTIES.values() if _begins(prefix, wanted.id, wanted.name)]
    return _result(found[cursor:])


def suggested_types(prefix: str, cursor: int) -> Response:
    """Return the type, if its id or name begins with a prefix."""
    return _result([TYPE][cursor:] if _begins(prefix, TYPE["id"], TYPE["name"]) else [])


def proposed_properties(type_id: str, limit: int | None) -> Response:
    """Return properties that can be fetched for a type; none for one that there is not."""
    found = [wanted.document() for wanted in PROPERTIES.values()] if type_id in ("", TYPE["id"]) else []
    asked = {} if limit is None else {"limit": limit}
    return json_answer(orjson.dumps({"properties": found[:limit], "type": type_id, **asked}))


def preview(id_: str) -> Response:
    """Return a small page about a term, for a frame of whatever tool asks for it. Raises NotFound."""
    document = document_of(_entity(id_))
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


def own_page(id_: str) -> Response:
    """Redirect to the page of a term, or to its document where there are no pages. Raises NotFound."""
    name = _entity(id_).name
    endpoint = "pages.term" if "pages.term" in current_app.view_functions else "terms.show_term"
    return Response(status=302, headers={"Location": url_for(endpoint, name=name)})


def given_id() -> str:
    """Return the parameter `id` of the request; others that clients add are let pass. Raises BadQuery."""
    ids = request.args.getlist("id")
    if len(ids) != 1:
        raise BadQuery([BadParameter("id", "must-be-given-once" if ids else "is-missing")])
    return ids[0]


def _entity(id_: str) -> Stored:
    terms = served_edition().terms_with([id_])
    if id_ not in terms:
        raise NotFound("entity", id_)
    return terms[id_]


def _begins(prefix: str, *names: str) -> bool:
    return any(fold_name(name).startswith(fold_name(prefix)) for name in names)


def _result(items: Iterable[JsonObject]) -> Response:
    return json_answer(orjson.dumps({"result": list(items)}))
