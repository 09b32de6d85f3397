"""The draft of version 1.0 of the protocol: an address for each thing, questions in JSON."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response, url_for

from glossary_api.api.http.answers import json_answer, served_edition
from glossary_api.api.http.refusals import BadBody, BadField, TooLarge
from glossary_api.api.http.routing import get, post, resource
from glossary_api.api.reconcile import shared
from glossary_api.api.reconcile.answer_schemas import (
    V10,
    DataExtensionRowsSchema,
    EntitySuggestionsSchema,
    PropertyProposalSchema,
    PropertySuggestionsSchema,
    ReconciliationDraftManifestSchema,
    ReconciliationResultsSchema,
    TypeSuggestionsSchema,
)
from glossary_api.api.reconcile.question_schemas import (
    DataExtensionQuerySchema,
    Lenient,
    PrefixSchema,
    ProposalQuerySchema,
    ReconciliationDraftQueriesSchema,
)
from glossary_api.api.reconcile.registration import get_page
from glossary_api.errors import BadParameter
from glossary_api.queries.reconcile.candidates import FEATURES, Candidate, reconciled
from glossary_api.queries.reconcile.entities import PROPERTIES, TYPE_NAME, JsonObject, entity_of
from glossary_api.queries.reconcile.extend import MOST_IDS, SETTINGS, Fetched, extended, typed
from glossary_api.queries.reconcile.question import MOST_QUERIES, of_version_1_0

LIMIT = 4_000_000
"""Bytes that a body may have."""
_ROOT = "/reconcile/1.0"

blueprint = resource("reconciliation_draft", "Entity reconciliation, draft of version 1.0")


@get(blueprint, _ROOT, ReconciliationDraftManifestSchema, query=Lenient)
def show_reconciliation_draft() -> Response:
    """Describe the service."""
    root = url_for("reconciliation_draft.show_reconciliation_draft", _external=True)
    manifest = shared.manifest_head(V10) | {
        "lang": shared.LANGUAGE,
        "view": {"url": f"{root}/view?id={{id}}"},
        "preview": {"width": shared.WIDTH, "height": shared.HEIGHT},
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {
            "proposeProperties": True,
            "propertySettings": [
                {"id": s.id, "name": s.name, "type": s.type, "default": s.default, "helpText": s.help} for s in SETTINGS
            ],
        },
        "batchSize": MOST_QUERIES,
        "standardizedScore": True,
    }
    return json_answer(orjson.dumps(manifest))


@post(blueprint, f"{_ROOT}/reconcile", ReconciliationResultsSchema, ReconciliationDraftQueriesSchema, limit=LIMIT)
def reconcile_draft(body: dict[str, Any]) -> Response:
    """Find terms for queries."""
    if len(body["queries"]) > MOST_QUERIES:
        raise TooLarge(MOST_QUERIES, "items", "/queries")
    answers = reconciled(served_edition(), [of_version_1_0(query) for query in body["queries"]])
    results = [{"candidates": list(map(_candidate, found))} for found in answers]
    return json_answer(orjson.dumps({"results": results}))


@post(blueprint, f"{_ROOT}/extend", DataExtensionRowsSchema, DataExtensionQuerySchema, limit=LIMIT)
def extend_draft(body: dict[str, Any]) -> Response:
    """Fetch values of properties of terms."""
    if len(body["ids"]) > MOST_IDS:
        raise TooLarge(MOST_IDS, "items", "/ids")
    edition = served_edition()
    wanted = []
    for number, item in enumerate(body["properties"]):
        try:
            wanted.append(Fetched.of(item["id"], item.get("settings", {}), edition))
        except BadParameter as error:
            raise BadBody([BadField(f"/properties/{number}/settings/{error.name}", error.message)]) from None
    rows = [
        {
            "id": id_,
            "properties": [{"id": item.id, "values": typed(found)} for item, found in zip(wanted, values, strict=True)],
        }
        for id_, values in extended(edition, body["ids"], wanted).items()
    ]
    meta = [{"id": item.id, "name": PROPERTIES[item.id].name} for item in wanted]
    return json_answer(orjson.dumps({"meta": meta, "rows": rows}))


@get(blueprint, f"{_ROOT}/suggest/entity", EntitySuggestionsSchema, query=PrefixSchema)
def suggest_entities_draft(prefix: str, cursor: int) -> Response:
    """Suggest terms for what has been typed."""
    return shared.suggested_entities(prefix, cursor)


@get(blueprint, f"{_ROOT}/suggest/property", PropertySuggestionsSchema, query=PrefixSchema)
def suggest_properties_draft(prefix: str, cursor: int) -> Response:
    """Suggest properties for what has been typed."""
    return shared.suggested_properties(prefix, cursor)


@get(blueprint, f"{_ROOT}/suggest/type", TypeSuggestionsSchema, query=PrefixSchema)
def suggest_types_draft(prefix: str, cursor: int) -> Response:
    """Suggest types for what has been typed."""
    return shared.suggested_types(prefix, cursor)


@get(blueprint, f"{_ROOT}/extend/propose", PropertyProposalSchema, query=ProposalQuerySchema)
def propose_properties_draft(type: str, limit: int | None = None) -> Response:
    """Propose properties to fetch for entities of a type."""
    return shared.proposed_properties(type, limit)


@get_page(blueprint, f"{_ROOT}/preview", "A small page about the term.")
def preview_entity_draft() -> Response:
    """Show a small page about a term, for a frame."""
    return shared.preview(shared.given_id())


@get_page(blueprint, f"{_ROOT}/view", "To the page of the term.", elsewhere=True)
def view_entity_draft() -> Response:
    """Send on to the page of a term."""
    return shared.own_page(shared.given_id())


def _candidate(candidate: Candidate) -> JsonObject:
    features = [{"id": id_, "name": FEATURES[id_], "value": value} for id_, value in candidate.features.items()]
    return entity_of(candidate.term) | {
        "type": [TYPE_NAME],
        "score": candidate.score,
        "match": candidate.match,
        "features": features,
    }
