"""Tokens: who may decide. Each is shown once, and only its digest is kept, in a file beside the log of decisions.

There is no editing at all until there is a token.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from glossary_api.errors import TokenError
from glossary_api.model.words import SCOPES
from glossary_api.store.saving import alone, complete, refused

PREFIX = "glossary_"
TIME = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Token:
    """The record that is kept of a token."""

    name: str
    """Who has it; decisions bear this name."""
    scope: str
    digest: str
    """SHA-256 of the token: as it has 256 random bits, nothing slower is needed."""
    created: str
    expires: str
    """ISO 8601 in UTC, as `created`; empty for never."""
    revoked: bool = False

    def may(self, scope: str) -> bool:
        """Return whether it is good for what a scope is good for."""
        return SCOPES.index(self.scope) >= SCOPES.index(scope)

    @property
    def is_valid(self) -> bool:
        """Return whether it is neither revoked nor expired."""
        return not self.revoked and (not self.expires or datetime.now(UTC).strftime(TIME) < self.expires)


def tokens_beside(log: Path) -> Path:
    """Return the file of the tokens that belong to a log of decisions."""
    return log.with_name("tokens.json")


def read_tokens(path: Path) -> tuple[Token, ...]:
    """Return the tokens of a file; none if there is no file. Raises TokenError when it cannot be read."""
    try:
        return tuple(Token(**one) for one in orjson.loads(path.read_bytes()))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError) as error:
        raise TokenError("tokens-cannot-be-read", place=str(path), remedy="make-tokens-anew") from error


def create_token(path: Path, name: str, scope: str, days: int | None = None) -> str:
    """Make a token and return it, this once. Raises TokenError if somebody of that name has a valid one."""
    secret = PREFIX + secrets.token_urlsafe(32)
    now = datetime.now(UTC)
    expires = (now + timedelta(days=days)).strftime(TIME) if days else ""
    made = Token(name, scope, digest_of_secret(secret), now.strftime(TIME), expires)
    with refused(path, TokenError):
        path.parent.mkdir(parents=True, exist_ok=True)
    with refused(path, TokenError), alone(path):
        there = read_tokens(path)
        if any(one.name == name and one.is_valid for one in there):
            raise TokenError("has-token-already", place=name, remedy="revoke-it-first")
        write_private(path, (*there, made))
    return secret


def revoke_token(path: Path, name: str) -> None:
    """Revoke what tokens somebody has. Raises TokenError if there are none."""
    if not path.exists():
        raise TokenError("has-no-token", place=name)
    with alone(path):
        there = read_tokens(path)
        if not any(one.name == name and not one.revoked for one in there):
            raise TokenError("has-no-token", place=name)
        write_private(path, (replace(one, revoked=True) if one.name == name else one for one in there))


def token_of(path: Path, secret: str) -> Token | None:
    """Return the token, valid or not, that somebody shows; None if there is no such one."""
    digest = digest_of_secret(secret)
    return next((one for one in read_tokens(path) if hmac.compare_digest(one.digest, digest)), None)


def digest_of_secret(secret: str) -> str:
    """Return what is kept of a secret: SHA-256 in hexadecimal digits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def write_private(path: Path, rows: Iterable[Any]) -> None:
    """Write dataclasses to a file of JSON that only its owner can read. Raises TokenError."""
    content = orjson.dumps([asdict(one) for one in rows], option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    with refused(path, TokenError), complete(path) as unfinished:
        unfinished.chmod(0o600)
        unfinished.write_bytes(content)
