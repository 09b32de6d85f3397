"""Make every absolute link from the address under which readers find the server, where a proxy hides it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

UNKNOWN_HOST = "glossary.unknown_host"
"""Where in the WSGI environment of a request that asks for a host which is not ours the name stands."""
_HERE = ("localhost", "127.0.0.1", "[::1]", "")
"""Hosts by which the machine itself asks, and, the last, nobody in particular."""
_FOR_MACHINES = ("/healthz", "/readyz", "/metrics", "/api/v1/healthz")
"""Paths that whoever keeps the service up asks for at whatever address it has inside its network."""


class PublicAddress:
    """Wrap a WSGI application so that every request seems to come by one address.

    A path in the address is one that the proxy takes off before it passes a request on. A request for another host
    is marked as such, for the middleware to refuse.
    """

    def __init__(self, application: Callable[..., Iterable[bytes]], address: str) -> None:
        """Wrap the application; `address` is an http or https address without a query."""
        parts = urlsplit(address)
        self._next = application
        self._environ = {
            "wsgi.url_scheme": parts.scheme,
            "HTTP_HOST": parts.netloc,
            "SCRIPT_NAME": parts.path.rstrip("/"),
        }

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request as PEP 3333 says."""
        asked = environ.get("HTTP_HOST", "")
        if environ["PATH_INFO"] not in _FOR_MACHINES and not self._is_known(asked):
            environ = environ | {UNKNOWN_HOST: asked}
        return self._next(environ | self._environ, start_response)

    def _is_known(self, host: str) -> bool:
        """Return whether a Host header names the address, with or without its port, or this machine."""
        name = _without_port(host.lower())
        return name in _HERE or name == _without_port(self._environ["HTTP_HOST"].lower())


def _without_port(host: str) -> str:
    return re.sub(r":\d*$", "", host)
