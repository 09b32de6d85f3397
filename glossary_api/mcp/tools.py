"""The questions that language models can ask of an edition. The one file that imports the SDK, which is optional."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, ParamSpec

import orjson
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from glossary_api.api.annotate.answer import answered
from glossary_api.api.routes import lookup as looking_up
from glossary_api.errors import BadParameter, GlossaryError
from glossary_api.model.messages import ENGLISH
from glossary_api.queries.report_glossary.compile import compile_glossary
from glossary_api.queries.standpoint import LONGEST_CONTEXT, LookupQuestion, is_day
from glossary_api.store.edition import Edition

P = ParamSpec("P")

Answer = dict[str, Any]
Name = Annotated[
    str,
    Field(description="Any spelling of a name, such as 六个不发生, 6個不發生 or “两重”.", min_length=1, max_length=200),
]
Text = Annotated[str, Field(description="Chinese text, at most 1,000,000 characters.")]
Place = Annotated[
    str | None,
    Field(
        description="Where the text speaks from, such as 昆山市, 昆山 or a six-digit code: nearer senses come first."
    ),
]
Date = Annotated[str | None, Field(description="What held on this day, such as 2025-03-01.")]
Language = Annotated[str | None, Field(description="Only renderings in this language (BCP 47), such as en.")]
InReport = Annotated[str | None, Field(description="Id of the report in which the name stands.")]
Context = Annotated[
    str | None,
    Field(
        description="The sentence in which the name stands, the name included: it decides between meanings.",
        max_length=LONGEST_CONTEXT,
    ),
]
Report = Annotated[str, Field(description="Id of a report, such as kunshan-2024; annotations and look-ups name them.")]

_INSTRUCTIONS = """Terms of Chinese government work reports: what their shorthand (六个不发生, 两重, 1+22+3) means, \
each definition with the report that it is quoted from, and curated renderings. `annotate` a text before translating \
it; use renderings as they are given, the part in parentheses at the first use only. Where an answer is `ambiguous`, \
ask with a place and the context, or say that it is open. Where `senses` is empty, nothing known explains this \
use: never take what is listed under `elsewhere` for its meaning."""
_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


def server_of(edition: Edition) -> MCPServer[Any]:
    """Return a server whose tools answer from an edition. What an edition does not have is an error of the tool."""
    # What a tool refuses is said to the client; on standard error it would only disturb.
    server: MCPServer[Any] = MCPServer(
        "glossary-api", instructions=_INSTRUCTIONS, version=edition.versions["program"], log_level="ERROR"
    )

    @server.tool(title="Look a name up", annotations=_READS)
    @_told
    def lookup(
        name: Name, place: Place = None, date: Date = None, report: InReport = None, context: Context = None
    ) -> Answer:
        """Return what a name stands for at a place, on a day, in a context: `senses`; `elsewhere` has what is not shown
        to hold there, with the reasons.
        """
        return _looked_up(edition, LookupQuestion(name, None, date, report, context), place)

    @server.tool(title="Find the terms in a text", annotations=_READS)
    @_told
    def annotate(text: Text, place: Place = None, date: Date = None, language: Language = None) -> Answer:
        """Return the terms in a Chinese text; the first match of each says what it may mean and how it is rendered."""
        asked = {"text": text, "place": place, "date": date, "lang": language}
        body = {name: value for name, value in asked.items() if value is not None}
        return _parsed(answered(body, edition, ENGLISH))

    @server.tool(title="The glossary of a report", annotations=_READS)
    @_told
    def report_glossary(report: Report) -> Answer:
        """Return the terms that a report uses: explained by itself, by other reports (each labelled), or by nobody."""
        return compile_glossary(edition, report)

    return server


def _looked_up(edition: Edition, asked: LookupQuestion, place: str | None) -> Answer:
    if asked.date is not None and not is_day(asked.date):
        raise BadParameter("date", "must-be-day")
    if asked.report is not None and asked.report not in edition.title_blocks:
        raise BadParameter("report", "no-report-has-this-id")
    question = asked._replace(place=None if place is None else edition.places.find(place))
    return _parsed(looking_up.answer(edition, question, edition.find(asked.name)))


def _parsed(document: bytes) -> Answer:
    parsed: Answer = orjson.loads(document)
    return parsed


def _told(tool: Callable[P, Answer]) -> Callable[P, Answer]:
    """Raise errors again as messages of one line to the model."""

    @wraps(tool)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Answer:
        try:
            return tool(*args, **kwargs)
        except GlossaryError as error:
            raise ToolError(str(error)) from None

    return guarded
