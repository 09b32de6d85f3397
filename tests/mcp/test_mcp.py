"""`glossary-api mcp`: the SDK's own client asks the program over standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client
from mcp.types import CallToolResult

T = TypeVar("T")
TEXT = "坚守“六个不发生”底线，统筹“两重”项目。"


def asked(seed_path: Path, question: Callable[[ClientSession], Awaitable[T]]) -> T:
    """What a client learns from a server of the seed."""

    async def talk() -> T:
        command = ["-m", "glossary_api.cli", "mcp", "--edition", str(seed_path)]
        async with (
            stdio_client(StdioServerParameters(command=sys.executable, args=command)) as streams,
            ClientSession(*streams) as session,
        ):
            await session.initialize()
            return await question(session)

    return anyio.run(talk)


def called(seed_path: Path, tool: str, **arguments: Any) -> CallToolResult:
    """What a tool answers."""
    return asked(seed_path, lambda session: session.call_tool(tool, arguments))


def answer(seed_path: Path, tool: str, **arguments: Any) -> dict[str, Any]:
    """What a tool answers, as structured content, which the text repeats."""
    result = called(seed_path, tool, **arguments)
    assert not result.is_error, result.content
    assert result.structured_content is not None
    (content,) = result.content
    assert content.type == "text"
    answered: dict[str, Any] = result.structured_content
    assert json.loads(content.text) == answered
    return answered


def complaint(seed_path: Path, tool: str, **arguments: Any) -> str:
    """The words of a tool that cannot answer."""
    result = called(seed_path, tool, **arguments)
    assert result.is_error
    (content,) = result.content
    assert content.type == "text"
    return content.text


def test_the_tools_are_described_and_typed(seed_path: Path) -> None:
    """Three tools that only read, each parameter with a type and a description."""
    tools = {tool.name: tool for tool in asked(seed_path, lambda session: session.list_tools()).tools}
    assert sorted(tools) == ["annotate", "lookup", "report_glossary"]
    for tool in tools.values():
        assert tool.description
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        for described in tool.input_schema["properties"].values():
            assert described["description"]
            assert "type" in described or "anyOf" in described
    assert tools["lookup"].input_schema["required"] == ["name"]


def test_lookup_finds_any_spelling(seed_path: Path) -> None:
    """A name leads to its term, with senses that a place ranks, sources and renderings."""
    found = answer(seed_path, "lookup", name="兩重", place="昆山市", date="2025-12-31")
    assert found["term"]["name"] == "两重"
    assert found["place"]["name"] == "昆山市"
    assert found["senses"][0]["source"]["report"] == "huqiu-2025"
    assert found["term"]["senses"][0]["equivalents"][0]["language"] == "en"


def test_annotate_finds_the_terms_of_a_text(seed_path: Path) -> None:
    """Matches slice back and have renderings in the language that was asked for."""
    matches = answer(seed_path, "annotate", text=TEXT, language="en", place="昆山市")["matches"]
    assert [match["text"] for match in matches] == ["六个不发生", "两重"]
    assert all(TEXT[match["start"] : match["end"]] == match["text"] for match in matches)
    assert all(match["equivalents"] for match in matches)


def test_report_glossary_is_the_route_s(seed_path: Path) -> None:
    """A report's own definitions, borrowed ones and what nobody explains."""
    glossary = answer(seed_path, "report_glossary", report="kunshan-2024")
    assert glossary["report"]["place"] == "昆山市"
    assert {name: len(glossary[name]) for name in glossary["counts"]} == glossary["counts"]
    assert glossary["own"]


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("lookup", {"name": "六个不"}, "did you mean 六个不发生"),
        ("lookup", {"name": ""}, "at least 1 character"),
        ("lookup", {"name": "两重", "date": "soon"}, "must be a day"),
        ("annotate", {"text": TEXT, "language": "?"}, "must be a language tag"),
        ("annotate", {}, "text"),
        ("report_glossary", {"report": "kunshan"}, "did you mean kunshan-2024"),
    ],
)
def test_what_cannot_be_answered_is_said(seed_path: Path, tool: str, arguments: dict[str, str], words: str) -> None:
    """An error of the tool says what is wrong and what may have been meant; the server goes on."""
    assert words in complaint(seed_path, tool, **arguments)


@pytest.mark.parametrize(
    ("hidden", "edition", "words"),
    [
        (True, "seed", "the package mcp is not installed; install glossary-api[mcp]"),
        (False, "none", "glossary-api harvest"),
    ],
)
def test_without_sdk_or_edition_it_says_what_to_do(
    seed_path: Path, tmp_path: Path, hidden: bool, edition: str, words: str
) -> None:
    """One line on standard error, nothing on standard output, exit code 1."""
    path = seed_path if edition == "seed" else tmp_path / "none.db"
    hide = "import sys; sys.modules['mcp'] = None; " if hidden else ""
    program = f"{hide}from glossary_api.cli.main import main; main({['mcp', '--edition', str(path)]!r})"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    (line,) = ran.stderr.splitlines()
    assert words in line
