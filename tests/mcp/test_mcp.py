"""Language models: the SDK's own client asks over HTTP, on a real port, and over standard input and output."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest
from mcp import StdioServerParameters
from mcp.client import Client
from mcp.shared.exceptions import MCPError
from mcp.types import CallToolResult, TextResourceContents

from glossary_api.mcp.fitting import tokens
from tests.running import free_port, running

T = TypeVar("T")
TEXT = "坚守“六个不发生”底线，统筹“两重”项目。"
HEADERS = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
EVERY: list[tuple[str, str, dict[str, Any]]] = [
    ("lookup", "senses", {"name": "135"}),
    ("search", "items", {"words": "工程"}),
    ("usages", "usages", {"name": "六个不发生"}),
    ("compare", "definitions", {"name": "135"}),
    ("annotate", "terms", {"text": TEXT * 3 + "推进“六化”、“三大工程”和“135”体系。"}),
    ("check", "problems", {"source": TEXT, "target": "In 2031, nothing happened 7 times.", "language": "en"}),
    ("reports", "reports", {}),
    ("report_glossary", "terms", {"report": "kunshan-2024"}),
    ("new_slogans", "slogans", {"report": "kunshan-2024"}),
]
"""Each tool, the list in its answer, and a question."""


@pytest.fixture(scope="module")
def address(seed_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served edition."""
    port = free_port()
    command = [sys.executable, "-m", "glossary_api.cli", "serve", "--edition", str(seed_path), "--port", str(port)]
    with running(command, tmp_path_factory.mktemp("served"), port) as found:
        yield f"{found}/mcp"


def over_stdio(seed_path: Path) -> StdioServerParameters:
    """The program as a client of its own starts it."""
    arguments = ["-m", "glossary_api.cli", "mcp", "--edition", str(seed_path)]
    return StdioServerParameters(command=sys.executable, args=arguments)


def asked(server: Any, question: Callable[[Client], Awaitable[T]], **options: Any) -> T:
    """What a client learns from a server."""

    async def talk() -> T:
        async with Client(server, **options) as client:
            return await question(client)

    return anyio.run(talk)


def called(server: Any, tool: str, **arguments: Any) -> CallToolResult:
    """What a tool answers."""
    return asked(server, lambda client: client.call_tool(tool, arguments))


def answer(server: Any, tool: str, **arguments: Any) -> dict[str, Any]:
    """What a tool answers, as structured content, which the text repeats."""
    result = called(server, tool, **arguments)
    assert not result.is_error, result.content
    (content,) = result.content
    assert content.type == "text"
    answered: dict[str, Any] = result.structured_content
    assert json.loads(content.text) == answered
    return answered


def complaint(server: Any, tool: str, **arguments: Any) -> str:
    """The words of a tool that cannot answer."""
    result = called(server, tool, **arguments)
    assert result.is_error
    (content,) = result.content
    assert content.type == "text"
    return content.text


def posted(address: str, body: bytes, **headers: str) -> tuple[int, bytes]:
    """Status and body of the answer to a body that is sent to the address."""
    sent = urllib.request.Request(address, body, HEADERS | {n.replace("_", "-"): v for n, v in headers.items()})
    try:
        with urllib.request.urlopen(sent, timeout=30) as found:
            return found.status, found.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def test_the_tools_are_described_and_typed(address: str) -> None:
    """Each tool only reads, has a schema of its answer, and a type and a description of each parameter."""
    tools = {tool.name: tool for tool in asked(address, lambda client: client.list_tools()).tools}
    assert sorted(tools) == sorted(name for name, _, _ in EVERY)
    for name, items, _ in EVERY:
        tool = tools[name]
        assert tool.description
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.output_schema is not None
        assert items in tool.output_schema["properties"]
        for described in tool.input_schema["properties"].values():
            assert described["description"]
            assert "type" in described or "anyOf" in described


def test_both_ways_have_the_same_tools(address: str, seed_path: Path) -> None:
    """Over standard input and output the tools are those of the address, and they answer alike."""
    over = over_stdio(seed_path)
    listed = [asked(server, lambda client: client.list_tools()).tools for server in (address, over)]
    assert listed[0] == listed[1]
    assert answer(address, "lookup", name="两重") == answer(over, "lookup", name="两重")


def test_older_clients_are_answered(address: str) -> None:
    """A client that begins with a handshake gets the same answers."""
    old = asked(address, lambda client: client.call_tool("lookup", {"name": "两重"}), mode="legacy")
    assert old.structured_content == answer(address, "lookup", name="两重")


@pytest.mark.parametrize(("tool", "items", "question"), EVERY, ids=[name for name, _, _ in EVERY])
def test_an_answer_keeps_to_its_tokens(address: str, tool: str, items: str, question: dict[str, Any]) -> None:
    """Both copies of an answer fit into the tokens asked for; following the cursor, everything comes once."""
    if tool == "lookup":
        question = question | {"language": "en"}
    whole = answer(address, tool, **question, max_tokens=50_000)
    assert "next" not in whole
    everything = whole[items] + whole.get("elsewhere", [])
    assert len(everything) == whole["total"] > 0
    pages: list[dict[str, Any]] = []
    cursor = None
    while cursor is not None or not pages:
        page = answer(address, tool, **question, cursor=cursor, max_tokens=500)
        assert 2 * tokens(page) <= 500
        assert page["note"]
        pages += page[items] + page.get("elsewhere", [])
        cursor = page.get("next")
    assert len(pages) == len(everything)
    if tool in ("usages", "reports"):  # the texts of others may have been cut
        assert pages == everything


def test_lookup_finds_any_spelling(address: str) -> None:
    """A name leads to its term, with senses that a place ranks, sources and renderings."""
    found = answer(address, "lookup", name="兩重", place="昆山市", date="2025-12-31")
    assert (found["name"], found["place"]) == ("两重", "昆山市")
    assert found["senses"][0]["source"]["report"] == "huqiu-2025"
    assert found["senses"][0]["renderings"][0]["language"] == "en"


def test_a_name_that_nobody_explains_has_its_rendering(address: str) -> None:
    """What a name is rendered by, whatever it means, is said beside the senses; in other languages nothing is."""
    found = answer(address, "lookup", name="一带一路", language="EN")
    assert found["senses"] == []
    assert found["renderings"][0]["rendering"] == "Belt and Road Initiative"
    assert "renderings" not in answer(address, "lookup", name="一带一路", language="fr")


def test_annotate_finds_the_terms_of_a_text(address: str) -> None:
    """Spans slice back and terms have renderings in the language that was asked for."""
    terms = answer(address, "annotate", text=TEXT, language="en", place="昆山市")["terms"]
    assert [TEXT[slice(*term["spans"][0])] for term in terms] == ["六个不发生", "两重"]
    assert all(term["renderings"] for term in terms)


def test_nothing_found_names_what_is_near(address: str) -> None:
    """A search that finds nothing says which names may be meant."""
    assert "六个不发生" in answer(address, "search", words="六个不发声")["nearest"]


def test_terms_and_reports_can_be_read(address: str) -> None:
    """The resources of a term, a report and its text are what the edition has; a wrong name names the nearest."""

    async def read(client: Client) -> list[str]:
        addresses = ("terms/六个不发生", "reports/kunshan-2024", "reports/kunshan-2024/text?start=10")
        found = [(await client.read_resource(f"glossary://{each}")).contents[0] for each in addresses]
        with pytest.raises(MCPError, match="did you mean 六个不发生"):
            await client.read_resource("glossary://terms/六个不")
        return [content.text for content in found if isinstance(content, TextResourceContents)]

    term, report, text = asked(address, read)
    assert json.loads(term)["name"] == "六个不发生"
    assert json.loads(report)["place"] == "昆山市"
    assert len(text) == 4000


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("lookup", {"name": "六个不"}, "did you mean 六个不发生"),
        ("lookup", {"name": ""}, "at least 1 character"),
        ("lookup", {"name": "两重", "date": "soon"}, "is not a year, month or day"),
        ("lookup", {"name": "两重", "cursor": "x"}, "cursor"),
        ("lookup", {"name": "两重", "max_tokens": 10}, "greater than or equal to 500"),
        ("annotate", {"text": TEXT, "language": "?"}, "must be a language tag"),
        ("annotate", {}, "text"),
        ("check", {"source": TEXT, "target": "", "language": "en", "date": "soon"}, "is not a year, month or day"),
        ("report_glossary", {"report": "kunshan"}, "did you mean kunshan-2024"),
    ],
)
def test_what_cannot_be_answered_is_said(address: str, tool: str, arguments: dict[str, Any], words: str) -> None:
    """An error of the tool says what is wrong and what may have been meant; the server goes on."""
    assert words in complaint(address, tool, **arguments)


def test_what_is_no_message_is_refused(address: str) -> None:
    """A body that is no JSON, no message or of no known method gets an error, and none keeps the server waiting."""
    for body in (b"{", b"[]", b"1", b'{"jsonrpc":"2.0","id":1,"method":"no/such"}'):
        status, said = posted(address, body)
        assert status < 500
        assert "error" in json.loads(said)
    assert posted(address, b'{"jsonrpc":"2.0","method":"notifications/initialized"}')[0] == 202
    assert posted(address, b"{}", Content_Type="text/plain")[0] == 415


def test_a_body_may_be_compressed(address: str) -> None:
    """A message that is sent with gzip is read like any other."""
    body = gzip.compress(b'{"jsonrpc":"2.0","id":1,"method":"tools/list"}')
    status, said = posted(address, body, Content_Encoding="gzip")
    assert status == 200
    assert len(json.loads(said)["result"]["tools"]) == len(EVERY)


def test_pages_of_other_sites_may_not_ask(address: str) -> None:
    """A request that a page of another site sends is refused, whatever it asks."""
    assert posted(address, b'{"jsonrpc":"2.0","id":1,"method":"ping"}', Origin="https://elsewhere.example")[0] == 403


def test_there_is_nothing_to_listen_to(address: str) -> None:
    """Whoever asks for a stream or ends a session hears that only POST is taken."""
    for method in ("GET", "DELETE"):
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(urllib.request.Request(address, method=method), timeout=30)
        with caught.value as error:
            assert (error.code, error.headers["Allow"]) == (405, "POST")


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
