"""What SECURITY.md says that nobody can do to what editors decide, tried through the API and through the pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from glossary_api.curation import tokens
from glossary_api.curation.decision_log import read_log
from glossary_api.curation.decisions import CHOICES, KINDS, PASSAGES
from glossary_api.curation.sessions import sessions_beside
from glossary_api.curation.tokens import create_token, revoke_token, tokens_beside
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from tests.site.conftest import HOSTILE
from tests.site.reading import read
from tests.site.test_review import filled, forms

NOTE = {"kind": "note", "term": "三个早", "text": "问过作者"}


def by_token(client: FlaskClient, token: str | None, body: Any = NOTE) -> TestResponse:
    """The answer of the API to a decision that is sent with a token."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    return client.post("/api/v1/decisions", json=body, headers=headers)


def by_form(client: FlaskClient, **headers: str) -> TestResponse:
    """The answer to a form that was taken from a page of the same session, sent with these headers."""
    found = forms(read(client.get("/terms/三个早")), "note")
    sent = filled(found[0], text="问过作者") if found else NOTE
    return client.post("/review/decide", data=sent, headers={k.replace("_", "-"): v for k, v in headers.items()})


def count(own: Settings) -> int:
    """How many decisions there are."""
    return len(read_log(own.decision_log))


def test_without_a_token_nothing_is_decided(own: Settings, stranger: FlaskClient, token: str) -> None:
    """Who shows no token, or one of their own making, decides nothing by API or form, and sees no queue."""
    for shown in (None, "", "glossary_x", f"{token}x", token[:-1], "三"):
        headers = {"Authorization": f"Bearer {shown}".encode().decode("latin-1")} if shown is not None else {}
        assert stranger.post("/api/v1/decisions", json=NOTE, headers=headers).status_code == 401
        assert stranger.post("/sign-in", data={"token": shown or ""}).status_code in (401, 429)
    assert by_form(stranger).status_code in (401, 429)
    assert stranger.get("/review").status_code == 303
    assert count(own) == 0


def test_a_token_for_proposing_settles_nothing(own: Settings, stranger: FlaskClient) -> None:
    """What a token for proposing sends holds for nothing, and it can neither accept, decline nor undo."""
    proposer = create_token(tokens_beside(own.decision_log), "zhao", "propose")
    made = by_token(stranger, proposer).get_json()
    assert made["state"] == "waiting"
    for kind in ("accept", "decline", "undo"):
        assert by_token(stranger, proposer, {"kind": kind, "decision": made["id"]}).status_code == 403
    assert count(own) == 1


def test_a_revoked_token_is_good_for_nothing(own: Settings, editor: FlaskClient, token: str) -> None:
    """A token that is revoked, and a session that was begun with it, decide nothing any more."""
    revoke_token(tokens_beside(own.decision_log), "li")
    assert by_token(editor, token).status_code == 401
    assert by_form(editor).status_code == 401
    assert count(own) == 0


def test_an_expired_token_is_good_for_nothing(
    own: Settings, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token that has expired, and a session that was begun with it, decide nothing any more."""
    token = create_token(tokens_beside(own.decision_log), "qian", "decide", days=1)
    assert stranger.post("/sign-in", data={"token": token}).status_code == 303

    class Later:
        """A clock two days ahead."""

        @staticmethod
        def now(zone: Any) -> datetime:
            """The day after tomorrow."""
            return datetime.now(zone) + timedelta(days=2)

    monkeypatch.setattr(tokens, "datetime", Later)
    assert by_token(stranger, token).status_code == 401
    assert by_form(stranger).status_code == 401
    assert count(own) == 0


def test_tokens_cannot_be_guessed(own: Settings, stranger: FlaskClient, token: str) -> None:
    """After twenty wrong tokens within a minute an address has to wait, by API and by form together."""
    statuses = [by_token(stranger, "glossary_x").status_code for _ in range(15)]
    statuses += [stranger.post("/sign-in", data={"token": "glossary_x"}).status_code for _ in range(15)]
    assert statuses[0] == 401
    assert statuses[-1] == 429


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9"},
    ],
)
def test_no_other_site_sends_a_form(own: Settings, editor: FlaskClient, token: str, headers: dict[str, str]) -> None:
    """A form that a browser says comes from another site is refused, though it has all that it needs."""
    assert by_form(editor, **headers).status_code == 403
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    assert editor.post("/sign-in", data={"token": token}, headers=sent).status_code == 403
    assert count(own) == 0


@pytest.mark.parametrize("secret", [None, "", "x", "三"])
def test_a_form_without_its_secret_is_refused(own: Settings, editor: FlaskClient, secret: str | None) -> None:
    """The cookie alone decides nothing, nor ends the session: a form has to have what only our pages know."""
    sent = NOTE if secret is None else NOTE | {"form": secret}
    assert editor.post("/review/decide", data=sent).status_code == 403
    assert editor.post("/sign-out", data=sent).status_code == 403
    assert editor.get("/review").status_code == 200
    assert count(own) == 0


@pytest.mark.parametrize(("address", "secure"), [("as asked", False), ("https://glossary.example/below/", True)])
def test_the_cookie_is_out_of_reach(own: Settings, token: str, address: str, secure: bool) -> None:
    """No script can read the cookie, no other site makes it go along, and behind https it goes by https only."""
    client = create_app(Settings(edition=own.edition, address=address)).test_client()
    (cookie,) = client.post("/sign-in", data={"token": token}).headers.getlist("Set-Cookie")
    attributes = cookie.split("; ")[1:]
    assert {"HttpOnly", "SameSite=Strict"} <= set(attributes)
    assert ("Secure" in attributes) == secure
    assert ("Path=/below" in attributes) == secure
    assert token not in cookie


def test_an_ended_session_cannot_be_replayed(own: Settings, editor: FlaskClient) -> None:
    """Who copied the cookie, and a form with its secret, has nothing of them once the editor signed out."""
    (form,) = forms(read(editor.get("/terms/三个早")), "note")
    sent, cookie = filled(form, text="问过作者"), editor.get_cookie("glossary_session")
    assert cookie is not None
    assert editor.post("/sign-out", data={"form": sent["form"]}).status_code == 303
    editor.set_cookie("glossary_session", cookie.value)
    assert editor.post("/review/decide", data=sent).status_code == 401
    assert count(own) == 0


def test_a_request_sent_again_counts_once(own: Settings, editor: FlaskClient, token: str) -> None:
    """A request that is recorded and sent again, by API with its key or by form, adds nothing."""
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k1"}
    for _ in range(3):
        assert editor.post("/api/v1/decisions", json=NOTE, headers=headers).status_code == 200
    (form,) = forms(read(editor.get("/terms/三个早")), "note")
    sent = filled(form, text="另一句")
    for _ in range(3):
        assert editor.post("/review/decide", data=sent).status_code == 303
    assert count(own) == 2


def test_what_is_too_large_is_refused(own: Settings, editor: FlaskClient, token: str) -> None:
    """A body or form of more than its limit is a 413, a field that is too long a 422, and nothing is taken down."""
    assert by_token(editor, token, NOTE | {"text": "好" * 60_000}).status_code == 413
    (form,) = forms(read(editor.get("/terms/三个早")), "note")
    assert editor.post("/review/decide", data=filled(form, text="好" * 60_000)).status_code == 413
    assert editor.post("/sign-in", data={"token": "x" * 60_000}).status_code == 413
    assert by_token(editor, token, NOTE | {"text": "好" * 5_001}).status_code == 422
    assert editor.post("/review/decide", data=filled(form, text="好" * 5_001)).status_code == 422
    assert count(own) == 0


def hostile(kind: str, decision: str) -> dict[str, Any]:
    """A decision of a kind with a script in every field that takes any text."""
    said = KINDS[kind]
    own: dict[str, Any] = {"decision": decision, "language": "en", "since": "2024"}
    fields = {
        name: {"report": HOSTILE, "quote": HOSTILE} if name in PASSAGES else own.get(name) or _chosen(name) or HOSTILE
        for name in (*said.needs, *said.may)
    }
    return {"kind": kind, "why": HOSTILE, **fields}


def _chosen(name: str) -> str:
    return CHOICES[name][0] if name in CHOICES else ""


def test_no_text_of_an_editor_is_markup(own: Settings, editor: FlaskClient, token: str) -> None:
    """A script in every text field of every kind, and in a name, comes out as text on every page that shows it."""
    usual = {element.tag for element in read(editor.get("/terms/三个早")).find()} | {"kbd", "ol", "li", "b"}
    path = tokens_beside(own.decision_log)
    villain = create_token(path, HOSTILE, "propose")
    first = by_token(editor, token).get_json()
    for kind in KINDS:
        body = hostile(kind, first["id"])
        assert by_token(editor, token, body).status_code == 200, kind
        if kind not in ("undo", "accept", "decline"):
            assert by_token(editor, villain, body).status_code == 200, kind
    history = editor.get("/api/v1/decisions")
    assert (history.mimetype, history.headers["X-Content-Type-Options"]) == ("application/json", "nosniff")
    for address in ("/review", f"/terms/{HOSTILE.replace('/', '%2F')}", f"/review/decide?kind=note&term={HOSTILE}"):
        page = read(editor.get(address.replace("#", "%23").replace('&"', "%26%22")))
        assert {element.tag for element in page.find()} <= usual, address
        assert HOSTILE in page.text, address


def test_secrets_are_not_on_the_disk(own: Settings, editor: FlaskClient, token: str) -> None:
    """Neither tokens nor sessions stand anywhere as they are shown, and only the owner reads their digests."""
    cookie = editor.get_cookie("glossary_session")
    assert cookie is not None
    for path in (tokens_beside(own.decision_log), sessions_beside(own.decision_log)):
        text = path.read_text("utf-8")
        assert token not in text
        assert cookie.value not in text
        assert path.stat().st_mode & 0o077 == 0
