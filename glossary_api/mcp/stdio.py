"""The server: one edition, one client, standard input and output."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from glossary_api.errors import ServerError
from glossary_api.queries.served import Served


def run(path: Path) -> None:
    """Serve the edition at a path until the client closes the connection.

    Raises ServerError where the SDK is not installed, and EditionError when the edition cannot be opened.
    """
    if importlib.util.find_spec("mcp") is None:
        raise ServerError("package-mcp-is-not-installed", remedy="install-glossary-api-mcp")
    edition = Served.open(path)
    from glossary_api.mcp.tools import server_of  # imports the SDK

    server_of(lambda: edition).run("stdio")
