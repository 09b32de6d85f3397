"""Signing in: whoever shows a token gets a session, and sees on the pages what only editors do."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from flask import Response, g, make_response, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from glossary_api.api.http.answers import EDITABLE
from glossary_api.api.http.authorization import authorized, editing
from glossary_api.api.http.rate_limit import WAIT
from glossary_api.api.http.refusals import Forbidden, TooLarge, TooMany, Unauthorized
from glossary_api.api.routes.decisions import LIMIT
from glossary_api.curation.sessions import HOURS, begin_session, end_session, form_secret
from glossary_api.model.words import PROPOSE
from glossary_api.site.editor import SESSION, log_path
from glossary_api.site.page import blueprint, in_words, to


@blueprint.get("/sign-in")
def sign_in() -> Response:
    """Show the form that asks for a token."""
    return _asking(200, "")


@blueprint.post("/sign-in")
def signed_in() -> Response:
    """Begin a session for who shows a token, and lead on to where the reader was going."""
    form = _sent()
    _check_origin()
    try:
        token = authorized(PROPOSE, form.get("token", "").strip())
    except (Unauthorized, Forbidden) as error:
        return _asking(401 if isinstance(error, Unauthorized) else 403, in_words(error.message))
    answer = _led_on(form.get("next", ""))
    answer.set_cookie(
        SESSION,
        begin_session(log_path(), token),
        max_age=HOURS * 3600,
        path=request.script_root or "/",
        secure=request.is_secure,
        httponly=True,
        samesite="Strict",
    )
    return answer


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session, here and wherever else its cookie was copied to."""
    form_of_editor()
    end_session(log_path(), request.cookies[SESSION])
    answer = _led_on("")
    answer.delete_cookie(SESSION, path=request.script_root or "/")
    return answer


def form_of_editor() -> MultiDict[str, str]:
    """Return the fields that an editor sent by a form of this server.

    Raises Unauthorized without a session, Forbidden for a form that another site made, TooLarge, TooMany.
    """
    form = _sent()
    if g.editor is None:
        editing().refuse(Unauthorized("no-valid-token"))
    _check_origin()
    if not hmac.compare_digest(form.get("form", "").encode(), form_secret(request.cookies[SESSION]).encode()):
        editing().refuse(Forbidden("form-of-another-site"), g.editor.name)
    return form


def _sent() -> MultiDict[str, str]:
    if wait := request.environ.get(WAIT, 0):
        raise TooMany(wait)
    request.max_content_length = request.max_form_memory_size = LIMIT
    try:
        return request.form
    except RequestEntityTooLarge:
        raise TooLarge(LIMIT) from None


def _check_origin() -> None:
    """Raise Forbidden for a form that a browser says another site sent."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    is_foreign = (
        site not in ("same-origin", "none") if site else bool(origin) and urlsplit(origin).netloc != request.host
    )
    if is_foreign:
        editing().refuse(Forbidden("form-of-another-site"))


def _asking(status: int, refused: str) -> Response:
    """Return the form, which remembers where the reader was going."""
    g.own = True
    following = request.values.get("next", "")
    shown = render_template("sign-in.html", refused=refused, on=request.environ[EDITABLE], next=following)
    return make_response(shown, status)


def _led_on(path: str) -> Response:
    """Lead to a page of this server, or to the queue."""
    return make_response(redirect(local(path) or to("pages.review"), 303))


def local(path: str) -> str:
    """Return a path that leads to a page of this server, and nothing else; empty for any other."""
    is_ours = path.startswith(f"{request.script_root}/") and not path.startswith("//")
    return path if is_ours and path.isprintable() and "\\" not in path else ""
