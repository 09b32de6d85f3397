"""Say which scripts of other origins may read what the API answers (CORS).

Without such leave a browser keeps answers from the pages of other sites. A server inside a network needs that: else any
site could read it through the browsers of those who visit both.
"""

from __future__ import annotations

from typing import Any

from glossary_api.settings import ANY_ORIGIN, EXTENSIONS, Settings

Headers = list[tuple[str, str]]

_EXPOSED = (
    "ETag",
    "Link",
    "X-Total-Count",
    "X-Request-ID",
    "Retry-After",
    "RateLimit",
    "RateLimit-Policy",
    "Content-Language",
    "Content-Disposition",
    "Content-Range",
    "Accept-Ranges",
)
_ASKED_WITH = (
    "Accept",
    "Accept-Language",
    "Authorization",  # nothing is asked for, but scripts that always send it need not fail
    "Content-Encoding",
    "Content-Type",
    "If-Modified-Since",
    "If-None-Match",
    "If-Range",
    "MCP-Protocol-Version",
    "Mcp-Method",
    "Mcp-Name",
    "Range",
    "X-Request-ID",
    "traceparent",
    "tracestate",
)
_OF_EXTENSIONS = ("chrome-extension://", "moz-extension://", "safari-web-extension://")
_LEAVE = (
    # The origin is not echoed: a cache can keep one answer for all that may read it.
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", ", ".join(_EXPOSED)),
)
_PREFLIGHT = (
    ("Access-Control-Allow-Headers", ", ".join(_ASKED_WITH)),
    ("Access-Control-Max-Age", "86400"),
)


class Origins:
    """The origins that may read, as the settings name them."""

    def __init__(self, settings: Settings) -> None:
        self._named = frozenset(settings.origins)
        self.vary = ANY_ORIGIN not in self._named
        """Whether answers depend on the origin of the request."""

    def allow(self, environ: dict[str, Any], headers: Headers) -> None:
        """Add to the headers of an answer the leave to read it, if the origin of the request has it."""
        if self.may_read(environ):
            headers += _LEAVE

    def answer_preflight(self, environ: dict[str, Any], headers: Headers) -> None:
        """Add what a browser asks beforehand: methods and headers that may be sent."""
        if self.may_read(environ):
            headers += [("Access-Control-Allow-Methods", value) for name, value in headers if name == "Allow"]
            headers += _PREFLIGHT

    def may_read(self, environ: dict[str, Any]) -> bool:
        """Tell whether scripts of the origin of a request may read answers."""
        if ANY_ORIGIN in self._named:
            return True
        origin: str = environ.get("HTTP_ORIGIN", "").lower()
        return origin in self._named or (EXTENSIONS in self._named and origin.startswith(_OF_EXTENSIONS))
