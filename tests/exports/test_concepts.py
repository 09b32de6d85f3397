"""What an export says of a name is what holds of just that name."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest

from glossary_api.exports.concepts import concepts
from glossary_api.exports.formats import FORMATS
from glossary_api.queries.export import bounded, exported
from glossary_api.store import whole
from glossary_api.store.edition import Edition
from glossary_api.text.bearing import COMMON_NAME, OTHER_WHOLE
from glossary_api.text.folding import fold_name


@pytest.fixture(scope="module")
def of_longer_names(seed: Edition) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Terms of the seed, each with a sense that only a longer name has."""
    documents = bounded(seed, whole.documents(seed))
    return [(one, sense) for one in documents for sense in one["senses"] if sense["refused"] == OTHER_WHOLE]


def test_what_is_said_of_a_longer_name_has_that_name(
    of_longer_names: list[tuple[dict[str, Any], dict[str, Any]]],
) -> None:
    """It is not exported as the meaning of the core, nor under the other spellings of the core."""
    assert of_longer_names
    for term, sense in of_longer_names:
        (concept,) = [one for one in concepts(term) if one.id == sense["id"]]
        assert concept.name == sense["definitions"][0]["head"] != term["name"]
        assert [form.text for form in concept.forms()] == [concept.name]
        assert fold_name(term["name"]) in fold_name(concept.name)


def test_a_table_has_the_longer_name(
    seed: Edition, of_longer_names: list[tuple[dict[str, Any], dict[str, Any]]]
) -> None:
    """The row of such a sense is found under the name that its report explains."""
    rows = {row["id"]: row["source"] for row in _table(seed)}
    for _, sense in of_longer_names:
        assert rows[sense["id"]] == sense["definitions"][0]["head"]


def test_what_holds_in_one_place_says_where(seed: Edition) -> None:
    """A name that is given anew everywhere has the places that explain it beside it, even if there is one meaning."""
    found = [
        concept
        for term in bounded(seed, whole.documents(seed))
        if any(sense["refused"] == COMMON_NAME for sense in term["senses"])
        for concept in concepts(term)
    ]
    assert found
    assert all(concept.label for concept in found)


def _table(edition: Edition) -> Iterator[dict[str, str]]:
    data = b"".join(exported(edition, FORMATS["csv"])).decode()
    yield from csv.DictReader(io.StringIO(data))
