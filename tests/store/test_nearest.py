from __future__ import annotations

import random

import pytest

from glossary_api.model.things import Harvest
from glossary_api.store.edition import Edition
from glossary_api.store.nearest import nearest, nearest_names


def test_against_the_plain_truth(chance_edition: Edition, chance_harvest: Harvest) -> None:
    """For names with a wrong, a missing or a surplus character, the index finds first what comparing with every name
    finds first."""
    chance = random.Random(7)
    names = {term.key: term.name for term in chance_harvest.terms}
    for _ in range(200):
        key = chance.choice(list(names))
        at = chance.randrange(len(key))
        other = chance.choice(list(names))[0]
        asked = chance.choice([key[:at] + other + key[at + 1 :], key[:at] + key[at + 1 :], key[:at] + other + key[at:]])
        if asked not in names and len(asked) > 3:
            assert nearest_names(chance_edition.select, asked)[:1] == nearest(asked, names)[:1], asked


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("6个不", ["六个不发生"]),
        ("6个不发生的", ["六个不发生"]),
        ("3", ["三边"]),
        ("3边地带建设工程", ["三边"]),  # its beginning is a name
        ("龘", []),
        ("", []),
        ("\x00", []),
        ('"', []),
    ],
)
def test_nearest_names(edition: Edition, asked: str, found: list[str]) -> None:
    """A name is near if it begins as was asked, if the question begins with it, or if most of it is the same."""
    assert nearest_names(edition.select, asked) == found
