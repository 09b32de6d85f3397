"""Who has signed in to the pages, by the cookie of a session."""

from __future__ import annotations

import secrets
from pathlib import Path

from flask import g, request

from glossary_api.api.http.answers import KEPT
from glossary_api.api.http.authorization import editing
from glossary_api.curation.sessions import form_secret, token_of_session
from glossary_api.curation.tokens import Token

SESSION = "glossary_session"
"""The cookie; nobody who has not signed in has one."""


def log_path() -> Path:
    """Return the log of decisions, beside which tokens and sessions stand."""
    return editing().settings.decision_log


def editor() -> Token | None:
    """Return the token of who has signed in; None if nobody has, or the session is over."""
    secret = request.cookies.get(SESSION)
    if not secret or KEPT in request.environ:
        return None
    return token_of_session(log_path(), secret)


def hidden_fields() -> dict[str, str]:
    """Return what every form that writes carries: the session's own secret, and a key by which it counts once."""
    return {"form": form_secret(request.cookies[SESSION]), "key": secrets.token_hex(16)} if g.editor else {}
