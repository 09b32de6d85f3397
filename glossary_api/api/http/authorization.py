"""Check who asks and whether they may: by the token in the header `Authorization: Bearer …` of requests that write."""

from __future__ import annotations

import logging

from flask import current_app, request

from glossary_api.api.http.answers import KEPT
from glossary_api.api.http.rate_limit import Limiter
from glossary_api.api.http.refusals import Forbidden, TooMany, Unauthorized
from glossary_api.curation.tokens import Token, read_tokens, token_of, tokens_beside
from glossary_api.settings import Settings

EDITING = "glossary_editing"
"""Where among the extensions of the application the settings for editing stand."""
_ATTEMPTS = "20/minute"
"""How often one address may show a token that is none."""
_log = logging.getLogger(__name__)


class Editing:
    """The settings that editing needs, and a count of who tried without a right to."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.tokens = tokens_beside(settings.decision_log)
        """The file that is there as soon as anybody has, or had, a token."""
        self._failures: Limiter | None = None

    def refuse(self, error: Unauthorized | Forbidden, name: str = "") -> None:
        """Log an attempt and raise its refusal, or TooMany if there were too many from the same address."""
        _log.warning("refused %s %s from %s %s: %s", request.method, request.path, request.remote_addr, name, error)
        self._failures = self._failures or Limiter(_ATTEMPTS)
        wait, _ = self._failures.count(request.environ)
        raise TooMany(wait) if wait else error


def editing() -> Editing:
    """Return what the application knows of editing."""
    found: Editing = current_app.extensions[EDITING]
    return found


def authorized(scope: str, secret: str | None = None) -> Token:
    """Return the token of the request, from its head or as given, which must be good for a scope.

    Raises Unauthorized, Forbidden or TooMany.
    """
    state = editing()
    if KEPT in request.environ:
        raise Forbidden("kept-edition-is-only-read")
    if secret is None:
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        secret = secret.strip() if kind.lower() == "bearer" else ""
    token = token_of(state.tokens, secret) if secret else None
    if not read_tokens(state.tokens):
        state.refuse(Forbidden("editing-is-off"))
    if token is None or not token.is_valid:
        state.refuse(Unauthorized("no-valid-token"), token.name if token else "")
    assert token is not None
    if not token.may(scope):
        state.refuse(Forbidden("token-is-not-good-for", scope=scope), token.name)
    return token
