"""The things that a client can read whole and keep at hand: terms, and reports with their texts, by address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError

from glossary_api.errors import NotFound
from glossary_api.mcp.fitting import NOTE
from glossary_api.store.edition import Edition

_JSON, _PLAIN = "application/json", "text/plain"
_LONGEST = 4000
"""Code points of a report that are read at once."""


def add_resources(server: MCPServer[Any], edition: Callable[[], Edition]) -> None:
    """Add what can be read of an edition."""

    @server.resource("glossary://edition", title="The edition", mime_type=_JSON)
    def about() -> str:
        """Return which edition answers, and how much it has of what."""
        found = edition()
        return orjson.dumps({"edition": found.hash, "counts": dict(found.counts), "note": NOTE}).decode()

    @server.resource("glossary://terms/{name}", title="A term", mime_type=_JSON)
    def term(name: str) -> str:
        """Return all that is known of a term, by any spelling of its name: senses, sources, variants, reports."""
        return _found(lambda: edition().term_document(name).decode())

    @server.resource("glossary://reports/{report}", title="A report", mime_type=_JSON)
    def report(report: str) -> str:
        """Return the title block, headings, appendix and findings of a report."""
        return _found(lambda: edition().report_document(report).decode())

    @server.resource("glossary://reports/{report}/text{?start}", title="The text of a report", mime_type=_PLAIN)
    def report_text(report: str, start: int = 0) -> str:
        """Return 4,000 characters of the text of a report from `start` on; the offsets of sources count in it."""
        return _found(lambda: edition().report_text(report)[max(0, start) :][:_LONGEST])


def _found(read: Callable[[], str]) -> str:
    try:
        return read()
    except NotFound as error:
        raise ResourceNotFoundError(str(error)) from None
