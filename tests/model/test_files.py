"""What is left out of a file is put into words."""

from __future__ import annotations

import pytest

from glossary_api.model.files import LeftOut
from glossary_api.model.messages import CHINESE
from glossary_api.model.words import ANNEX, LEFT_OUT


@pytest.mark.parametrize("reason", [*LEFT_OUT, ANNEX])
def test_every_reason_has_words(reason: str) -> None:
    """Each reason to leave something out has words of its own."""
    assert LeftOut(reason, 3).message.said(CHINESE).startswith("略去 ")


def test_what_has_no_characters_is_counted_by_the_piece() -> None:
    """Two pictures are two, not no characters."""
    assert str(LeftOut("picture", 0, 2).message) == "pictures left out (2)"
