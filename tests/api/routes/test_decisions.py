"""Who has a token decides or proposes through the API; everybody else reads."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from glossary_api.api.routes import decisions
from glossary_api.curation.tokens import create_token, revoke_token, tokens_beside
from glossary_api.settings import Settings
from glossary_api.site.app import create_app

REJECT = {"kind": "reject", "term": "三边", "why": "常用词"}


@pytest.fixture
def settings(edition_path: Path, tmp_path: Path) -> Settings:
    """An edition of its own, so that the log beside it is, too."""
    shutil.copy(edition_path, tmp_path / "glossary.db")
    return Settings(edition=tmp_path / "glossary.db")


@pytest.fixture
def tokens(settings: Settings) -> dict[str, str]:
    """A token for each of two scopes."""
    path = tokens_beside(settings.decision_log)
    return {scope: create_token(path, scope, scope) for scope in ("propose", "decide")}


@pytest.fixture
def client(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A client of a server that makes no edition anew."""
    monkeypatch.setattr(decisions, "serve_decided", lambda: None)
    return create_app(settings).test_client()


def send(client: FlaskClient, body: Any, token: str | None, **headers: str) -> TestResponse:
    """Send a decision with a token."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    bearer = {} if token is None else {"Authorization": f"Bearer {token}"}
    return client.post("/api/v1/decisions", json=body, headers=given | bearer)


def test_nobody_decides_where_there_is_no_token(client: FlaskClient) -> None:
    """Without any token editing is off, whatever the caller shows."""
    assert send(client, REJECT, "glossary_x").status_code == 403


@pytest.mark.parametrize("token", [None, "", "glossary_x", "三"])
def test_no_token_or_a_wrong_one_is_refused(client: FlaskClient, tokens: dict[str, str], token: str | None) -> None:
    """Who shows no token of ours is told which kind of authorization is wanted."""
    answer = client.post(
        "/api/v1/decisions",
        json=REJECT,
        headers={"Authorization": f"Bearer {token}".encode().decode("latin-1")} if token else {},
    )
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="glossary"')


def test_a_revoked_token_is_refused(client: FlaskClient, settings: Settings, tokens: dict[str, str]) -> None:
    """A token that is revoked is good for nothing from then on."""
    revoke_token(tokens_beside(settings.decision_log), "decide")
    assert send(client, REJECT, tokens["decide"]).status_code == 401


def test_a_decision_is_taken_down_and_shown(client: FlaskClient, tokens: dict[str, str]) -> None:
    """A decision is answered with its id and stands in the list and in the history of its term."""
    made = send(client, REJECT, tokens["decide"]).get_json()
    assert (made["who"], made["state"]) == ("decide", "in-force")
    assert client.get("/api/v1/decisions").get_json()["items"] == [made]
    assert client.get("/api/v1/terms/“三边”/history").get_json() == {"items": [made], "version": made["id"]}


def test_a_proposal_waits_until_it_is_accepted(client: FlaskClient, tokens: dict[str, str]) -> None:
    """What a token for proposing sends waits; the same token cannot accept it, another can."""
    made = send(client, REJECT, tokens["propose"]).get_json()
    accept = {"kind": "accept", "decision": made["id"]}
    assert made["state"] == "waiting"
    assert send(client, accept, tokens["propose"]).status_code == 403
    assert send(client, accept, tokens["decide"]).status_code == 200
    assert client.get("/api/v1/decisions?state=waiting").get_json()["items"] == []


def test_the_second_of_two_editors_is_asked(client: FlaskClient, tokens: dict[str, str]) -> None:
    """Who names an older version of the history is refused; a decision sent again with its key counts once."""
    first = send(client, REJECT, tokens["decide"], If_Match='"none"', Idempotency_Key="a").get_json()
    assert send(client, REJECT, tokens["decide"], Idempotency_Key="a").get_json() == first
    assert send(client, REJECT | {"kind": "establish"}, tokens["decide"], If_Match='"none"').status_code == 412
    assert send(client, REJECT, tokens["decide"], If_Match=f'"{first["id"]}"').status_code == 200


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ([], ""),
        ({"kind": "no"}, "/kind"),
        ({"kind": "reject"}, "/term"),
        (REJECT | {"who": "li"}, "/who"),
        (REJECT | {"term": "\u0000三"}, "/term"),
        ({"kind": "not-a-use", "term": "三边", "use": {"report": "a"}}, "/use/quote"),
    ],
)
def test_what_is_no_decision_is_refused(client: FlaskClient, tokens: dict[str, str], body: Any, pointer: str) -> None:
    """The answer names the field that is at fault, and nothing is taken down."""
    answer = send(client, body, tokens["decide"])
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, pointer)
    assert client.get("/api/v1/decisions").get_json()["items"] == []


def test_who_tries_too_often_waits(client: FlaskClient, tokens: dict[str, str]) -> None:
    """After twenty refusals within a minute the caller has to wait."""
    statuses = [send(client, REJECT, "glossary_x").status_code for _ in range(22)]
    assert (statuses[0], statuses[-1]) == (401, 429)
