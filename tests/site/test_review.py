"""The pages of editors: shown to who has signed in, every kind decided by a plain form, undone again by another."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from glossary_api.curation.decision_log import read_log, record
from glossary_api.curation.decisions import KINDS, Decision
from glossary_api.curation.tokens import create_token, revoke_token, tokens_beside
from glossary_api.model.words import REVIEWED
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from tests.site.conftest import HOSTILE
from tests.site.reading import Element, read


def log_of(own: Settings) -> tuple[Decision, ...]:
    """What was decided."""
    return read_log(own.decision_log)


def forms(page: Element, kind: str) -> list[Element]:
    """The forms of a page by which a kind is decided."""
    return [one for one in page.find("form") if one.find("input", name="kind", value=kind)]


def filled(form: Element, **values: str) -> dict[str, str]:
    """What a browser sends of a form with some fields filled in."""
    sent = {one.attributes["name"]: one.attributes.get("value", "") for one in form.find("input")}
    sent |= {one.attributes["name"]: one.text.removeprefix("\n") for one in form.find("textarea")}
    for one in form.find("select"):
        sent[one.attributes["name"]] = next(o.attributes["value"] for o in one.find("option") if o.attributes["value"])
    return sent | values


def send(client: FlaskClient, form: Element, **values: str) -> TestResponse:
    """The answer to a form that is sent."""
    return client.post(form.attributes["action"], data=filled(form, **values))


def test_nothing_of_it_is_shown_to_others(stranger: FlaskClient, editor: FlaskClient) -> None:
    """Without a session pages have no form that writes, and the queue leads to the form that asks for a token."""
    for address in ("/terms/五个清", "/reports/north-2024", "/"):
        page = read(stranger.get(address))
        assert not page.find("form", method="post"), address
        assert not page.find("a", href="/review"), address
    answer = stranger.get("/review?kind=findings")
    assert answer.status_code == 303
    assert urlsplit(answer.headers["Location"]).path == "/sign-in"
    assert read(editor.get("/")).find("a", href="/review")


def test_signing_in_leads_on_and_signing_out_ends_it(stranger: FlaskClient, token: str) -> None:
    """Who signs in comes to where they were going, and who signs out sees nothing of it any more."""
    asking = stranger.get("/review?kind=findings", follow_redirects=True)
    (form,) = read(asking).find("form", method="post")
    assert send(stranger, form, token="glossary_wrong").status_code == 401
    answer = send(stranger, form, token=token)
    assert answer.headers["Location"] == "/review?kind=findings"
    (out,) = read(stranger.get("/")).find("form", class_="out") or read(stranger.get("/")).find(
        "form", action="/sign-out"
    )
    assert send(stranger, out).status_code == 303
    assert not read(stranger.get("/")).find("form", action="/sign-out")


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere", "javascript:x"]
)
def test_signing_in_leads_to_no_other_site(address: str, stranger: FlaskClient, token: str) -> None:
    """Whatever a form says, it leads to a page of this server."""
    answer = stranger.post("/sign-in", data={"token": token, "next": address})
    assert answer.headers["Location"] == "/review"


def test_what_an_editor_sees_is_kept_nowhere(editor: FlaskClient, stranger: FlaskClient) -> None:
    """Pages of an editor are stored by no cache, have no tag, and are not taken for unchanged ones."""
    public = stranger.get("/terms/三个早")
    assert "Cookie" in public.headers["Vary"]
    own = editor.get("/terms/三个早", headers={"If-None-Match": public.headers["ETag"]})
    assert own.status_code == 200
    assert "ETag" not in own.headers
    assert "no-store" in own.headers["Cache-Control"]


FILLED: dict[str, dict[str, str]] = {
    "reject": {},
    "prefer-name": {},
    "join-names": {"other": "三个早"},
    "keep-apart": {"other": "三个早"},
    "add-definition": {"text": "清清楚楚"},
    "correct-definition": {"text": "底数清、责任清"},
    "withdraw-definition": {},
    "join-senses": {},
    "split-senses": {},
    "not-a-use": {},
    "set-sense": {},
    "add-rendering": {"rendering": "five clears"},
    "note": {"text": "问过作者"},
}


@pytest.mark.parametrize("kind", FILLED)
def test_the_page_of_a_term_has_a_form_for_it(kind: str, own: Settings, editor: FlaskClient) -> None:
    """A kind is decided by a form of the term's page, seen in its history there, and undone by a button beside it."""
    form = forms(read(editor.get("/terms/五个清")), kind)[0]
    values = dict(FILLED[kind])
    if kind in ("join-senses", "split-senses"):
        values["other_passage"] = form.find("select")[1].find("option")[1].attributes["value"]
    answer = send(editor, form, why="因为", **values)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/terms/%E4%BA%94%E4%B8%AA%E6%B8%85")
    (made,) = log_of(own)
    assert (made.kind, made.who, made.why, made.term) == (kind, "li", "因为", "5个清")
    page = read(editor.get("/terms/五个清"))
    assert page.find("li", id=made.id)
    (undo,) = forms(page, "undo")
    assert send(editor, undo).status_code == 303
    assert log_of(own)[-1].fields == {"decision": made.id}
    assert not forms(read(editor.get("/terms/五个清")), "undo")[1:]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_form_of_its_own(kind: str, editor: FlaskClient) -> None:
    """The form of each kind has a field for all that it needs, with what the address says filled in."""
    page = read(editor.get("/review/decide", query_string={"kind": kind, "term": "三个早", "report": "north-2024"}))
    (form,) = forms(page, kind)
    names = {one.attributes["name"] for one in form.find("input", "textarea", "select")}
    assert set(KINDS[kind].needs) | set(KINDS[kind].may) <= names
    for field, value in (("term", "三个早"), ("report", "north-2024")):
        if field in KINDS[kind].needs:
            assert form.find("input", name=field)[0].attributes["value"] == value


def test_a_report_is_corrected(own: Settings, editor: FlaskClient) -> None:
    """The page of a report leads to a form by which what is known of it is corrected."""
    page = read(editor.get("/reports/north-2024"))
    (link,) = [a.attributes["href"] for a in page.find("a") if "correct-report" in a.attributes["href"]]
    (form,) = forms(read(editor.get(link)), "correct-report")
    answer = send(editor, form, field="year", value="2023")
    assert answer.headers["Location"] == "/reports/north-2024"
    assert log_of(own)[0].fields == {"report": "north-2024", "field": "year", "value": "2023"}


def test_what_cannot_be_decided_is_asked_again(own: Settings, editor: FlaskClient) -> None:
    """The form comes back with what was filled in and what is wrong, and nothing is taken down."""
    form = forms(read(editor.get("/review/decide?kind=not-a-use")), "not-a-use")[0]
    answer = send(editor, form, term="三个早", use="north-2024:没有这话")
    assert answer.status_code == 422
    page = read(answer)
    assert "没有这话" in page.find("div", role="alert")[0].text
    assert forms(page, "not-a-use")[0].find("input", name="use")[0].attributes["value"] == "north-2024:没有这话"
    assert log_of(own) == ()


def test_the_second_editor_is_asked(own: Settings, editor: FlaskClient) -> None:
    """Who decides on what somebody else has changed meanwhile is told so, and sees the form with the new state."""
    form = forms(read(editor.get("/terms/五个清")), "note")[0]
    record(own.decision_log, {"kind": "reject", "term": "五个清"}, "wang")
    answer = send(editor, form, text="问过作者")
    assert answer.status_code == 412
    assert len(log_of(own)) == 1
    again = forms(read(answer), "note")[0]
    assert send(editor, again).status_code == 303
    assert log_of(own)[-1].fields["text"] == "问过作者"


def test_a_form_sent_twice_counts_once(own: Settings, editor: FlaskClient) -> None:
    """The same form sent again, as by a reload, adds nothing."""
    form = forms(read(editor.get("/terms/五个清")), "note")[0]
    sent = filled(form, text="问过作者", version="")
    assert [editor.post("/review/decide", data=sent).status_code for _ in range(2)] == [303, 303]
    assert len(log_of(own)) == 1


@pytest.mark.parametrize("kind", REVIEWED)
def test_every_queue_is_shown(kind: str, own: Settings, editor: FlaskClient) -> None:
    """Each kind of what waits has a page, in both languages, on which every answer has a button with its key."""
    record(own.decision_log, {"kind": "reject", "term": HOSTILE, "why": HOSTILE}, "wang", proposed=True)
    for lang in ("", "&lang=en"):
        page = read(editor.get(f"/review?kind={kind}{lang}"))
        for question in page.find("li", class_="question"):
            assert question.find("button")
            keys = [one.attributes["data-key"] for one in question.find("button", "a") if "data-key" in one.attributes]
            assert len(keys) == len(set(keys))


def test_an_answer_takes_a_question_out_of_the_queue(own: Settings, editor: FlaskClient) -> None:
    """A button of a question decides it, and it is not asked again."""
    record(own.decision_log, {"kind": "reject", "term": "五个清"}, "wang", proposed=True)
    (question,) = read(editor.get("/review")).find("li", class_="question")
    (accept,) = question.find("button", **{"data-key": "a"})
    answer = send(editor, question.find("form")[0], draft=accept.attributes["value"])
    assert answer.status_code == 303
    assert [one.kind for one in log_of(own)] == ["reject", "accept"]
    assert not read(editor.get("/review")).find("li", class_="question")


def test_who_may_only_propose_proposes(own: Settings) -> None:
    """What somebody sends whose token is good for proposing only waits, and they cannot accept it themselves."""
    path = tokens_beside(own.decision_log)
    client = create_app(own).test_client()
    client.post("/sign-in", data={"token": create_token(path, "zhao", "propose")})
    page = read(client.get("/terms/五个清"))
    send(client, forms(page, "reject")[0])
    (made,) = log_of(own)
    assert made.proposed
    (question,) = read(client.get("/review")).find("li", class_="question")
    answer = send(client, question.find("form")[0], draft=json.dumps({"kind": "accept", "decision": made.id}))
    assert answer.status_code == 403


def test_a_revoked_token_ends_its_sessions(own: Settings, editor: FlaskClient) -> None:
    """Whose token is revoked is signed out at once."""
    revoke_token(tokens_beside(own.decision_log), "li")
    assert editor.get("/review").status_code == 303
    assert not read(editor.get("/terms/五个清")).find("form", method="post")


def test_the_pages_of_editors_stand_on_their_own(editor: FlaskClient) -> None:
    """Each has one h1, every field a label, no identifier twice, and neither inline script nor style."""
    for address in (
        "/sign-in",
        "/review",
        "/review?kind=findings",
        "/review/decide",
        "/terms/五个清",
        "/terms/三个早?lang=en",
    ):
        page = read(editor.get(address))
        assert len(page.find("h1")) == 1, address
        ids = [element.attributes["id"] for element in page.find() if "id" in element.attributes]
        assert len(ids) == len(set(ids)), address
        labelled = {label.attributes["for"] for label in page.find("label") if "for" in label.attributes}
        fields = [e for e in page.find("input", "textarea", "select") if e.attributes.get("type") != "hidden"]
        assert all(field.attributes["id"] in labelled for field in fields), address
        assert all(element.text.strip() for element in page.find("a", "button")), address
        assert not [a for e in page.find() for a in e.attributes if a == "style" or a.startswith("on")], address
