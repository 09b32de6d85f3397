"""Terms by their English."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossary_api.queries.renderings import rendered_as
from glossary_api.store.edition import Edition


@pytest.mark.parametrize("asked", ["two major", "Major two", "two maj"])
def test_words_of_a_rendering_find_its_term(seed_path: Path, asked: str) -> None:
    """All words count, in any order and case, and the last may be unfinished."""
    assert "两重" in [term["name"] for term in rendered_as(Edition.open(seed_path), asked)]


@pytest.mark.parametrize("asked", ["", "两重", "2025", "two xyzzy"])
def test_other_questions_find_nothing(seed_path: Path, asked: str) -> None:
    """A question without Latin letters, or with a word that no rendering has, finds nothing."""
    assert rendered_as(Edition.open(seed_path), asked) == []
