"""Answers that are kept ready."""

from __future__ import annotations

import pytest

from glossary_api.queries import served
from glossary_api.queries.served import Ready
from glossary_api.store.edition import Edition


def test_what_was_made_is_not_made_again(edition: Edition) -> None:
    """The same question gets the same answer, and another one its own."""
    kept = Ready(edition)
    made = [kept.answer(asked, str(asked).encode) for asked in (1, 2, 1)]
    assert made == [b"1", b"2", b"1"]
    assert kept.answer(1, lambda: b"made anew") == b"1"


def test_the_first_ones_go(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """When there is too much, what was made first is made anew, and what was made last is still there."""
    monkeypatch.setattr(served, "MOST_BYTES", 10)
    kept = Ready(edition)
    for asked in range(4):
        kept.answer(asked, lambda: b"four")
    assert [kept.answer(asked, lambda: b"anew") for asked in (3, 2, 0)] == [b"four", b"four", b"anew"]


def test_an_answer_that_fits_nowhere(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is larger than all that may be kept is answered all the same."""
    monkeypatch.setattr(served, "MOST_BYTES", 3)
    kept = Ready(edition)
    assert [kept.answer(1, lambda: b"four"), kept.answer(1, lambda: b"anew")] == [b"four", b"anew"]
