"""Make every absolute link from the address under which readers find the server, where a proxy hides it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit


class PublicAddress:
    """Wrap a WSGI application so that every request seems to come by one address.

    A path in the address is one that the proxy takes off before it passes a request on.
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
        return self._next(environ | self._environ, start_response)
