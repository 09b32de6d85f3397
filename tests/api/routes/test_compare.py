from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from glossary_api.queries.compare import compared
from glossary_api.store.edition import Edition


@pytest.mark.parametrize("name", ["六个不发生", "135工作体系", "数据得地", "三边", "1+22+3", "产业/创新", "十四五"])
def test_any_spelling_reaches_what_is_known(ask: Any, edition: Edition, name: str) -> None:
    """The comparison of a term is that of the edition, headed by the term."""
    document = edition.term(name)
    answer = json.loads(ask(f"/terms/{quote(name, safe='')}/compare").data)
    assert answer.pop("term") == {key: document[key] for key in ("id", "name", "kind")}
    assert answer == compared(edition, name)


def test_no_such_term(ask: Any) -> None:
    """A name that nothing has gets the nearest."""
    response = ask("/terms/六个不/compare")
    assert (response.status_code, json.loads(response.data)["nearest"]) == (404, ["六个不发生"])
