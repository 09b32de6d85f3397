"""Sessions: what a browser shows in place of a token. Each has its own secret, kept as a digest for some hours."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson

from glossary_api.curation.tokens import TIME, Token, digest_of_secret, read_tokens, tokens_beside, write_private
from glossary_api.errors import TokenError
from glossary_api.store.saving import alone

HOURS = 12
"""How long a session lasts; one of a token that is revoked or expires is over at once."""


@dataclass(frozen=True, slots=True)
class Session:
    """Hold what is kept of a session."""

    digest: str
    """SHA-256 of its secret."""
    token: str
    """Digest of the token that was shown."""
    expires: str
    """ISO 8601 in UTC."""

    @property
    def is_over(self) -> bool:
        """Tell whether its hours are over."""
        return datetime.now(UTC).strftime(TIME) >= self.expires


def sessions_beside(log: Path) -> Path:
    """Return the file of the sessions that belong to a log of decisions."""
    return log.with_name("sessions.json")


def begin_session(log: Path, token: Token) -> str:
    """Begin a session for a token, and return its secret."""
    secret = secrets.token_urlsafe(32)
    expires = (datetime.now(UTC) + timedelta(hours=HOURS)).strftime(TIME)
    made = Session(digest_of_secret(secret), token.digest, expires)
    path = sessions_beside(log)
    with alone(path):
        write_private(path, [*(one for one in _read(path) if not one.is_over), made])
    return secret


def end_session(log: Path, secret: str) -> None:
    """End a session: whoever kept its secret cannot use it any more."""
    path = sessions_beside(log)
    with alone(path):
        write_private(path, [one for one in _read(path) if one.digest != digest_of_secret(secret)])


def token_of_session(log: Path, secret: str) -> Token | None:
    """Return the token of a session, if both are valid."""
    digest = digest_of_secret(secret)
    session = next((one for one in _read(sessions_beside(log)) if hmac.compare_digest(one.digest, digest)), None)
    if session is None or session.is_over:
        return None
    tokens = read_tokens(tokens_beside(log))
    return next((one for one in tokens if one.digest == session.token and one.is_valid), None)


def form_secret(secret: str) -> str:
    """Return what every form of a session carries: no other site can read it, and it does not tell the session's."""
    return hmac.new(secret.encode(), b"form", hashlib.sha256).hexdigest()


def _read(path: Path) -> tuple[Session, ...]:
    try:
        return tuple(Session(**one) for one in orjson.loads(path.read_bytes()))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError) as error:
        raise TokenError("sessions-cannot-be-read", place=str(path), remedy="remove-sessions") from error
