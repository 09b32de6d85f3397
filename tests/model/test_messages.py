"""Code and catalogue of messages are held to each other."""

from __future__ import annotations

import ast
import inspect
import json
import re
import string
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import orjson
import pytest
from click import core, decorators, exceptions, formatting, parser, types

import glossary_api
from glossary_api import errors
from glossary_api.api.http import refusals
from glossary_api.errors import GlossaryError, ReadError
from glossary_api.model.messages import CHINESE, ENGLISH, Message, catalogue

PACKAGE = Path(glossary_api.__file__).parent
HAN = re.compile("[\u4e00-\u9fff]")
CODE = re.compile("[a-z0-9]+(-[a-z0-9]+)+")
AS_FIRST = {"Message", "GlossaryError", "TooDeep", "Busy"}
"""What takes a code as its first argument, and beside it every class of errors that is said so by its name."""
AS_SECOND = {"BadParameter", "BadField", "_complain"}
SAME_IN_BOTH = {
    "diagnosis",
    "doctor-versions",
    "with-remedy",
    "at-place",
    "in-its-own-words",
    "labelled",
    "cli-line",
    "checked-finding",
    "entry-outlined",
    "source-told",
    "one-and-another",
    "line-file",
    "candidate-shown",
    "decision-line",
    "finding-shown",
    "aligned-proposal",
}
"""Messages that are nothing but what is put into them."""
CLICK = (core, decorators, exceptions, formatting, parser, types)


class Use(NamedTuple):
    """A place in the code that names messages and gives them values."""

    place: str
    codes: tuple[str, ...]
    values: frozenset[str] | None
    """None where they are not all to be seen."""


def trees() -> Iterator[tuple[str, ast.Module]]:
    """The files of the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield str(path.relative_to(PACKAGE)), ast.parse(path.read_text("utf-8"))


def uses() -> Iterator[Use]:
    """Every call that names a message."""
    for file, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                at = 1 if name in AS_SECOND else 0 if name in AS_FIRST or is_error(name) else None
                if at is not None:
                    yield from seen(f"{file}:{node.lineno}", node, at, name == "Message")


def is_error(name: str) -> bool:
    """Whether a name is that of a class of errors that takes a code as its first argument."""
    known = vars(errors).get(name)
    return isinstance(known, type) and issubclass(known, GlossaryError) and "__init__" not in vars(known)


def seen(place: str, call: ast.Call, at: int, alone: bool) -> Iterator[Use]:
    """The codes of a call, its remedy's among them, and the values for them; none if it passes on what it was given."""
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    wanted = [*call.args[at : at + 1], *([] if alone else filter(None, [given.get("remedy")]))]
    codes = [code for node in wanted for code in literals(node)]
    names = {name for name in given if name} - (set() if alone else {"place", "remedy"})
    whole = None not in given and all(isinstance(node, ast.Constant) for node in wanted)
    if codes:
        yield Use(place, tuple(codes), frozenset(names) if whole else None)


def literals(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may be, as far as they stand there."""
    match node:
        case ast.Constant(value=str(text)) if text:
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from literals(one)
            yield from literals(other)


def values_of(words: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def test_every_message_is_in_the_catalogue() -> None:
    """A code that the code names is one of the catalogue."""
    found = list(uses())
    assert len(found) > 200
    assert [(use.place, code) for use in found for code in use.codes if code not in catalogue()] == []


def test_every_message_of_the_catalogue_is_used() -> None:
    """A code of the catalogue stands somewhere in the code."""
    texts = {node.value for _, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert sorted(code for code in catalogue() if code not in texts) == []


def test_every_message_gets_its_values() -> None:
    """A place that names a message gives a value for each name in its words, and no other."""
    wrong = []
    for use in uses():
        wanted = set().union(*(values_of(catalogue()[code]["en"]) for code in use.codes))
        if use.values is not None and use.values != wanted:
            wrong.append((use.place, sorted(use.values ^ wanted)))
    assert wrong == []


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_a_message_is_worded_in_both_languages(code: str) -> None:
    """A message has English and Chinese words with the same values; the Chinese ones are Chinese."""
    english, chinese = catalogue()[code]["en"], catalogue()[code]["zh"]
    one = catalogue()[code].get("one", english)
    assert set(catalogue()[code]) - {"one"} == {"en", "zh"}
    assert values_of(one) == values_of(english)
    assert one == english or "count" in values_of(one)
    assert values_of(chinese) == values_of(english)
    assert code in SAME_IN_BOTH or HAN.search(chinese)


def test_codes_are_in_order() -> None:
    """The catalogue is sorted, so that two who add to it seldom meet, and a code is there once."""
    pairs = json.loads((PACKAGE / "model" / "messages.json").read_text("utf-8"), object_pairs_hook=list)
    codes = [code for code, _ in pairs]
    assert codes == sorted(set(codes))
    assert [code for code in codes if not CODE.fullmatch(code) and code not in ("harvesting", "multipliers", "serving")]


def test_a_message_holds_messages() -> None:
    """What is said within a message is said in its language."""
    error = ReadError("is-empty", place="a.txt", remedy="fetch-or-save-it-again")
    assert str(error) == "a.txt: is empty; fetch or save it again"
    assert error.said(CHINESE) == "a.txt：是空的；请重新下载或保存"


def test_values_are_not_read() -> None:
    """What a caller sent is no template, whatever is in it."""
    message = Message("unknown-path", path="{0.__class__} {path}")
    assert message.said(ENGLISH) == "unknown field {0.__class__} {path}"


def test_a_message_comes_back_from_json() -> None:
    """A message that was kept as JSON is the same."""
    message = Message("at-place", place="x", message=Message("has-more-than-tags", count=7))
    assert Message.of(orjson.loads(orjson.dumps(message.document()))) == message


def test_every_unit_has_a_message() -> None:
    """What may be too large is counted in a unit that a message names."""
    assert [str(refusals.TooLarge(7, unit)) for unit in ("bytes", "characters", "items")] == [
        "at most 7 bytes are taken",
        "at most 7 characters are taken",
        "at most 7 items are taken",
    ]


def test_click_says_what_is_translated() -> None:
    """Each message that is translated for click is one of click's own, in the version that is installed."""
    known = {
        node.value
        for module in CLICK
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    translated = orjson.loads(files("glossary_api.cli").joinpath("click.json").read_bytes())
    assert sorted(message for message in translated if message not in known) == []
    assert all(HAN.search(chinese) for chinese in translated.values())


def test_one_is_no_plural() -> None:
    """In English a count of one has words of its own where it needs them."""
    assert [str(Message("counted-reports", count=n)).split() for n in (1, 2)] == [["1", "report"], ["2", "reports"]]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (CHINESE, "稿中没有解释“‘三公’经费”，所收报告也都没有"),
        (ENGLISH, "the draft does not explain “三公”经费, nor does any report"),
    ],
)
def test_quotation_marks_within_others_are_the_inner_ones(language: str, expected: str) -> None:
    """A value between quotation marks has its own as the inner ones; one without them around it keeps its own."""
    assert Message("nobody-explains", name="“三公”经费").said(language) == expected
