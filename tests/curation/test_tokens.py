"""Files of tokens and sessions that cannot be used are named, and nobody comes in by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossary_api.curation.sessions import begin_session, sessions_beside, token_of_session
from glossary_api.curation.tokens import create_token, read_tokens, revoke_token, token_of, tokens_beside
from glossary_api.errors import TokenError

DAMAGED = [b"", b"[", b"\xff", b'[{"name": "li"}]', b"[1]", b'{"name": "li"}']


@pytest.mark.parametrize("content", DAMAGED)
def test_damaged_tokens_open_nothing(tmp_path: Path, content: bytes) -> None:
    """A file of tokens that is none is refused, whatever is wrong with it."""
    path = tmp_path / "tokens.json"
    path.write_bytes(content)
    for use in (
        lambda: read_tokens(path),
        lambda: token_of(path, "secret"),
        lambda: create_token(path, "li", "decide"),
    ):
        with pytest.raises(TokenError, match="the file of tokens cannot be read"):
            use()
    assert path.read_bytes() == content


@pytest.mark.parametrize("content", DAMAGED)
def test_damaged_sessions_open_nothing(tmp_path: Path, content: bytes) -> None:
    """A file of sessions that is none is refused."""
    log = tmp_path / "decisions.jsonl"
    create_token(tokens_beside(log), "li", "decide")
    begin_session(log, read_tokens(tokens_beside(log))[0])
    sessions_beside(log).write_bytes(content)
    with pytest.raises(TokenError, match="holds no sessions"):
        token_of_session(log, "secret")


def test_a_token_wants_a_folder(tmp_path: Path) -> None:
    """Where no file can be written, no secret is given out."""
    (tmp_path / "file").touch()
    with pytest.raises(TokenError):
        create_token(tmp_path / "file" / "tokens.json", "li", "decide")


def test_nobody_has_a_token_without_a_file(tmp_path: Path) -> None:
    """Who has none has none to lose, and no file is made."""
    with pytest.raises(TokenError, match="has no token"):
        revoke_token(tmp_path / "tokens.json", "li")
    assert list(tmp_path.iterdir()) == []
