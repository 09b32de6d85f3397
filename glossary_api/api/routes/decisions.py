"""Decisions: what people decided about the glossary, and the way for others to decide.

Whoever has a token decides or, with one that is only good for proposing, proposes. What holds from now on is served as
soon as the edition is made anew in the background.
"""

from __future__ import annotations

from typing import Annotated, Any, NotRequired, TypedDict

import orjson
from flask import Response, request
from marshmallow import fields

from glossary_api.api.http.answers import json_answer
from glossary_api.api.http.authorization import authorized, editing
from glossary_api.api.http.bodies import read_value
from glossary_api.api.http.refusals import BadBody, BadField, Forbidden
from glossary_api.api.http.routing import download, get, post, resource
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.derived import schema_of
from glossary_api.api.schemas.strict import Strict, several, word
from glossary_api.curation.decision_log import about_term, read_log, record, version_of
from glossary_api.curation.decisions import (
    ABOUT_DECISIONS,
    KINDS,
    PASSAGES,
    Decision,
    in_force,
    problems_with,
    schema,
    schema_of_drafts,
    waiting,
)
from glossary_api.curation.rebuild import rebuild_soon
from glossary_api.curation.tokens import Token
from glossary_api.errors import BadParameter
from glossary_api.model.words import DECIDE, PROPOSE
from glossary_api.text.folding import fold_name

blueprint = resource("decisions", "What people decided")

LIMIT = 50_000
"""Bytes that a decision may have."""
IN_FORCE, WAITING, NOT_IN_FORCE = STATES = ("in-force", "waiting", "not-in-force")
_KEYS = 200
_HEADERS = (
    {
        "in": "header",
        "name": "Idempotency-Key",
        "schema": {"type": "string", "maxLength": _KEYS},
        "description": "By which the same decision, sent again, is taken down once.",
    },
    {
        "in": "header",
        "name": "If-Match",
        "schema": {"type": "string"},
        "description": "The `version` of the term's history that was looked at; with another by now, 412.",
    },
)


class QuotedPassageDocument(TypedDict):
    """A passage of a report, by its words."""

    report: Annotated[str, "Id of the report; empty for a definition that an editor added."]
    quote: Annotated[str, "Its words, as printed."]
    digest: NotRequired[Annotated[str, "Of it with what stands around, which tells it from its like."]]


class _KindDocument(TypedDict):
    kind: Annotated[str, "What kind of decision.", tuple(KINDS)]


class _DraftDocument(_KindDocument):
    why: NotRequired[Annotated[str, "Why it is decided so."]]


class _DecidedDocument(_KindDocument):
    id: Annotated[str, "Its id."]
    time: Annotated[str, "When, in UTC."]
    who: Annotated[str, "Who decided."]
    why: Annotated[str, "Why; may be empty."]
    proposed: NotRequired[Annotated[bool, "Whether it is a proposal."]]
    state: Annotated[str, "Whether it holds, waits to be accepted, or does not hold.", STATES]


def _fields() -> dict[str, Any]:
    """Return what decisions may say beside who, when and why, each only in some kinds."""
    names = dict.fromkeys(name for kind in KINDS.values() for name in (*kind.needs, *kind.may))
    passage = schema_of(QuotedPassageDocument)
    return {name: fields.Nested(passage) if name in PASSAGES else fields.String() for name in names}


DecisionDraftSchema = schema_of(_DraftDocument).from_dict(_fields(), name="DecisionDraftSchema")
DecisionSchema = schema_of(_DecidedDocument).from_dict(_fields(), name="DecisionSchema")


class DecisionsSchema(Strict):
    """Decisions, and the version that they make together."""

    items = several(DecisionSchema, "The decisions, by time.")
    version = word("Id of the last one, or `none`; for If-Match.")


class DecisionsQuerySchema(Strict):
    """The parameters by which decisions are chosen."""

    state = fields.String(
        validate=validate.OneOf(STATES), metadata={"description": "Only those that hold, wait, or do not hold."}
    )


@get(blueprint, "/decisions", DecisionsSchema, query=DecisionsQuerySchema, tagged=False)
def list_decisions(state: str | None = None) -> Response:
    """List what was decided, by time."""
    log = decided_so_far()
    items = [one for one in with_states(log, log) if state in (None, one["state"])]
    return json_answer(orjson.dumps({"items": items, "version": version_of(log)}))


@get(blueprint, "/terms/<name:name>/history", DecisionsSchema, tagged=False)
def show_history(name: str) -> Response:
    """Show what was decided about a term, whether or not the edition has it."""
    log, key = decided_so_far(), fold_name(name)
    answer = {"items": with_states(about_term(log, key), log), "version": version_of(log, key) if key else "none"}
    return json_answer(orjson.dumps(answer))


@download(blueprint, "/decisions/schema", ["application/schema+json"])
def show_schema() -> Response:
    """Return the JSON Schema of a line of the log."""
    return Response(orjson.dumps(schema()), content_type="application/schema+json")


@post(
    blueprint,
    "/decisions",
    DecisionSchema,
    DecisionDraftSchema,
    loaded=False,
    limit=LIMIT,
    rules=schema_of_drafts(),
    refusals=(401, 403, 404, 409, 412),
    headers=_HEADERS,
)
def decide() -> Response:
    """Take a decision down, or a proposal; it is on the disk when this answers."""
    token = authorized(PROPOSE)
    key = request.headers.get("Idempotency-Key", "")
    if len(key) > _KEYS:
        raise BadParameter("Idempotency-Key", "at-most-characters", limit=_KEYS)
    made = taken_down(
        token,
        checked(read_value(LIMIT)),
        key=key,
        expected=request.headers.get("If-Match", "").strip().strip('"'),
    )
    return json_answer(orjson.dumps(with_states([made], decided_so_far())[0]))


def taken_down(token: Token, draft: dict[str, Any], *, key: str, expected: str) -> Decision:
    """Take a decision down for who has a token, a proposal if it is good for no more, and serve what holds from now on.

    `key` and `expected` are as in `record`. Raises Forbidden, and what `record` raises.
    """
    proposed = not token.may(DECIDE)
    if proposed and draft["kind"] in ABOUT_DECISIONS:
        editing().refuse(Forbidden("token-is-not-good-for", scope=DECIDE), token.name)
    log = editing().settings.decision_log
    made = record(log, draft, token.name, proposed=proposed, key=key[:_KEYS], expected=expected)
    if not proposed:
        serve_decided()
    return made


def serve_decided() -> None:
    """Make the edition anew in the background."""
    rebuild_soon(editing().settings)


def checked(value: Any) -> dict[str, Any]:
    """Return what was sent as a draft. Raises BadBody with all that is wrong with it."""
    if not isinstance(value, dict):
        raise BadBody([BadField("", "must-be-object")])
    own = {"id": "d" + "0" * 16, "time": "2000-01-01T00:00:00.000000Z", "who": "-"}
    foreign = [BadField(f"/{name}", "unknown-field") for name in (*own, "proposed", "key") if name in value]
    wrong = [BadField(_pointer(name), message) for name, message in problems_with({"why": "", **value, **own})]
    if foreign or wrong:
        raise BadBody([*foreign, *wrong])
    return value


def _pointer(name: str) -> str:
    return f"/{name.replace('~', '~0').replace('/', '~1').replace('.', '/')}" if name else ""


def decided_so_far() -> tuple[Decision, ...]:
    """Return the log of decisions."""
    return read_log(editing().settings.decision_log)


def with_states(shown: list[Decision] | tuple[Decision, ...], log: tuple[Decision, ...]) -> list[dict[str, Any]]:
    """Return the documents of decisions, each with its `state`, and without its key, which only its sender is to know.

    `log` is the whole log.
    """
    holds = {one.id for one in in_force(log)}
    waits = {one.id for one in waiting(log)}
    documents = []
    for one in shown:
        document = one.document()
        document.pop("key", None)
        is_in_force = one.id in holds or one.kind in ABOUT_DECISIONS
        state = WAITING if one.id in waits else IN_FORCE if is_in_force else NOT_IN_FORCE
        documents.append(document | {"state": state})
    return documents
