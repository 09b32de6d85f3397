from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import glossary_api
from glossary_api.queries.finding_kinds import OF_AN_EDITION
from glossary_api.reading.foreign import FOREIGN, FOREIGN_ZIPS
from glossary_api.reading.pdf import _ERRORS
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.store.edition import Edition
from glossary_api.text.messages import said
from tests.api.conftest import Asker

HAN = re.compile("[\u4e00-\u9fff]")
PACKAGE = Path(glossary_api.__file__).parent
STORED = {"Finding": 1, "Doubt": 1, "CountCheck": 3, "ReadError": 0, "WrongFormat": 0, "NotAReport": 0}
"""What is made with a message that an edition keeps or a reader of the site meets, and as which argument it comes."""


@pytest.fixture
def ask_troubled(troubled_path: Path, document: dict[str, Any]) -> Asker:
    """Ask the application over an edition in which everything can be found."""
    return Asker(create_app(Settings(edition=troubled_path)), document)


def _answer(ask: Asker, query: str = "") -> dict[str, Any]:
    response = ask(f"/findings{query}")
    assert response.status_code == 200
    answer: dict[str, Any] = json.loads(response.data)
    return answer


def test_findings(ask_troubled: Asker) -> None:
    """Every kind of finding is answered, counted, and said in English and in Chinese."""
    answer = _answer(ask_troubled)
    assert answer["counts"].keys() == set(OF_AN_EDITION)
    assert sum(answer["counts"].values()) == answer["total"] == len(answer["items"])
    assert 0 not in answer["counts"].values()
    for item in answer["items"]:
        assert HAN.search(item["message"]["zh-Hans"]), item["message"]
        assert item["message"]["zh-Hans"] != item["message"]["en"]


def test_an_edition_without_findings(ask: Asker, edition: Edition) -> None:
    """What no report of a year has is an empty list, with all counts at nothing."""
    answer = _answer(ask, "?year=1999")
    assert (answer["items"], answer["total"], answer["next"]) == ([], 0, None)
    assert set(answer["counts"].values()) == {0}
    assert _answer(ask)["counts"]["open-question"] == len(edition.doubts())


def test_findings_are_filtered_and_paged(ask_troubled: Asker) -> None:
    """Filters narrow the list, a page leads on to the next."""
    assert {item["kind"] for item in _answer(ask_troubled, "?kind=orphan-mark&place=昆山")["items"]} == {"orphan-mark"}
    first = ask_troubled("/findings?limit=1&year=2032")
    (second,) = re.findall(r'<(?:/api/v1)([^>]+)>; rel="next"', first.headers["Link"])
    (following,) = json.loads(ask_troubled(second).data)["items"]
    assert following["kind"] == "contradicting-definition"


@pytest.mark.parametrize("query", ["?kind=x", "?cursor=x", "?report=", "?year=0", "?place=", "?level=x", "?more=1"])
def test_what_cannot_be_asked_for(ask: Asker, query: str) -> None:
    """Unknown parameters and values that they cannot have are refused."""
    assert ask(f"/findings{query}").status_code == 422


def _messages() -> Iterator[str]:
    """Every message that a reader of files or reports may leave in an edition, its values as something to be shown."""
    for folder in ("reading", "parsing", "harvesting/merge.py"):
        path = PACKAGE / folder
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and (at := STORED.get(getattr(node.func, "id", ""))) is not None:
                    yield from (text for argument in node.args[at:][:1] for text in _texts(argument))
    yield from (f"is {kind.name}, which is not read" for kind in FOREIGN)
    yield from (f"is {name}, which is not read" for _, name, _ in FOREIGN_ZIPS)
    yield from (message for pair in _ERRORS.values() for message in pair)
    yield from (remedy for kind in FOREIGN for remedy in [kind.remedy])
    yield from (remedy for _, _, remedy in FOREIGN_ZIPS)


def _texts(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts) if any(isinstance(part, ast.Constant) for part in parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in parts)


def _remedies() -> Iterator[str]:
    for file in sorted((PACKAGE / "reading").rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        named = {
            node.targets[0].id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "remedy":
                value = named.get(node.value.id) if isinstance(node.value, ast.Name) else node.value
                yield from _texts(value) if value is not None else ()


def test_everything_that_is_found_has_its_chinese() -> None:
    """Whatever parser, merging and readers may say of a report or a file can be said in Chinese."""
    messages = {message for message in _messages() if re.search("[a-z]{2}", message)}
    assert len(messages) > 50
    assert sorted(message for message in messages if not HAN.search(said(message, "zh-Hans"))) == []
    remedies = set(_remedies())
    assert len(remedies) > 10
    assert sorted(remedy for remedy in remedies if not HAN.search(said(remedy, "zh-Hans"))) == []


def test_a_message_with_its_remedy_is_known_by_its_parts() -> None:
    """A message and its remedy are said together where both are known, and stay as they are where one is not."""
    assert said("is empty; fetch or save it again", "zh-Hans") == "是空的；请重新下载或保存"
    assert said("is empty; do something else", "zh-Hans") == "is empty; do something else"
