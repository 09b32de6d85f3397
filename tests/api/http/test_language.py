from __future__ import annotations

import ast
import json
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import glossary_api
from glossary_api.api.http.problems import KINDS
from glossary_api.text.messages import catalogue, said

CHINESE = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}
PACKAGE = Path(glossary_api.__file__).parent
COMPLAINTS = {"BadField": 1, "BadParameter": 1, "ValidationError": 0, "_complain": 1}
"""What is called with a message, and as which argument it comes."""
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "en"),
        ("en-GB", "en"),
        ("zh", "zh-Hans"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("zh-TW", "zh-Hans"),
        ("en,zh;q=0.5", "en"),
        ("de, zh;q=0.5", "zh-Hans"),
        ("de", "en"),
        ("*", "en"),
        ("nonsense;;q", "en"),
    ],
)
def test_language(ask: Any, accepted: str | None, language: str) -> None:
    """A problem is in the language that the caller prefers, English if it says nothing of use, and says which."""
    answer = ask("/terms/四边", headers={"Accept-Language": accepted} if accepted else {})
    document = json.loads(answer.data)
    assert answer.headers["Content-Language"] == language
    assert "Accept-Language" in answer.headers["Vary"]
    assert bool(HAN.search(document["title"])) == (language == "zh-Hans")


@pytest.mark.parametrize(
    ("path", "method", "sent"),
    [
        ("/nothing", "GET", {}),
        ("/terms", "PUT", {}),
        ("/terms/四边", "GET", {}),
        ("/reports/x", "GET", {}),
        ("/terms?limit=0&x=1&kind=x&defined=x&q=&cursor=x&fields=x", "GET", {}),
        ("/healthz?x=1", "GET", {}),
        ("/lookup", "GET", {}),
        ("/lookup?name=1&name=2", "GET", {}),
        ("/terms", "GET", {"headers": {"Accept": "image/png"}}),
        ("/lookup", "POST", {"data": b"{", "content_type": "application/json"}),
        ("/lookup", "POST", {"data": b"{}", "content_type": "text/plain"}),
        ("/lookup", "POST", {"data": b"{}", "content_type": "application/json", "headers": {"Content-Encoding": "br"}}),
        ("/lookup", "POST", {"data": b" " * 20_000_000, "content_type": "application/json"}),
        ("/lookup", "POST", {"json": []}),
        ("/lookup", "POST", {"json": {"names": 1, "x": 2}}),
        ("/lookup", "POST", {"json": {"names": [None]}}),
    ],
)
def test_everything_is_said_in_chinese(ask: Any, path: str, method: str, sent: dict[str, Any]) -> None:
    """Title and details of a problem are Chinese to who prefers it, but for the words that were sent."""
    headers = CHINESE | sent.pop("headers", {})
    document = json.loads(ask(path, method, headers, **sent).data)
    said_of_it = [document["title"], document["detail"], *(error["detail"] for error in document.get("errors", []))]
    assert [words for words in said_of_it if not HAN.search(words)] == []


def literals(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may be, values in it shown as ‹…›; none for what is computed elsewhere."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "‹…›" for part in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from literals(one)
            yield from literals(other)


def messages() -> Iterator[tuple[str, str]]:
    """File and text of every message about a parameter or a field that stands in the code, with its remedy."""
    for path in sorted([*PACKAGE.glob("api/**/*.py"), *PACKAGE.glob("store/*.py")]):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                given = {k.arg: k.value for k in node.keywords}
                remedy = next(literals(given["remedy"]), "") if "remedy" in given else ""
                said_there = [given["error"]] if "error" in given else []
                said_there += node.args[COMPLAINTS[name] :][:1] if name in COMPLAINTS else []
                for text in (text for value in said_there for text in literals(value)):
                    yield path.name, f"{text}; {remedy}" if remedy else text


def test_every_message_has_its_chinese() -> None:
    """The catalogue has every message about a parameter or a field that stands in the code."""
    found = [(file, re.sub(r"\{\w+\}", "‹…›", text)) for file, text in messages()]
    own = [(file, text) for file, text in found if re.search("[a-z]", text)]
    assert len(own) > 40
    assert [(file, text) for file, text in own if not HAN.search(said(text, "zh-Hans"))] == []


def reasons() -> Iterator[str]:
    """Every reason that stands in the code for which a count was not checked or is wrong."""
    for path in (
        PACKAGE / "parsing" / "members.py",
        PACKAGE / "parsing" / "numerals.py",
        PACKAGE / "harvesting" / "definitions.py",
    ):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="_not_applicable"), args=[ast.BoolOp(values=[*_, given]), *_]):
                    yield from literals(given)
                case ast.Call(func=ast.Name(id="_not_applicable"), args=[given, *_]):
                    yield from literals(given)
                case ast.Call(func=ast.Name(id="CountCheck"), args=[_, _, _, given]):
                    yield from literals(given)
                case ast.Call(func=ast.Name(id="CountCheck"), keywords=[ast.keyword(arg="reason", value=given)]):
                    yield from literals(given)
                case ast.FunctionDef(name="_why_none"):
                    returned = [step.value for step in ast.walk(node) if isinstance(step, ast.Return) and step.value]
                    yield from (text for value in returned for text in literals(value))


def test_every_reason_of_a_count_has_its_chinese() -> None:
    """Why a count was not checked, or is wrong, is said in Chinese to who reads Chinese."""
    found = set(reasons())
    assert len(found) == 11
    assert [text for text in found if not HAN.search(said(text, "zh-Hans"))] == []


def test_places_are_kept() -> None:
    """A message that begins with its place is said in Chinese behind it."""
    assert said("/q0/limit: must be 1 to 10", "zh-Hans") == "/q0/limit：应在 1 到 10 之间"
    assert said("/q0: no such message", "zh-Hans") == "/q0: no such message"


def test_every_title_has_its_chinese() -> None:
    """The catalogue has the title of every kind of problem."""
    assert [kind.title for kind in KINDS.values() if kind.title not in catalogue()] == []


def test_values_are_kept() -> None:
    """A translation has exactly the values of what it translates, and gives them back."""
    for english, chinese in catalogue().items():
        names, others = (
            {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (english, chinese)
        )
        assert others <= names
        values = {name: f"‹{name}›" for name in names}
        assert said(english.format(**values), "zh-Hans") == chinese.format(**values)


def test_values_are_not_read() -> None:
    """What a caller sent is no pattern and no template, whatever is in it."""
    assert said("no term '{0.__class__} (.*)' in this edition", "zh-Hans") == "术语库里没有术语 '{0.__class__} (.*)'"


def test_unknown_messages_stay_english() -> None:
    """What the catalogue does not have is said as the code says it."""
    assert said("no such message", "zh-Hans") == "no such message"
