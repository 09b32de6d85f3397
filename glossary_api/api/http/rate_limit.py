"""Limit how often a caller may ask: counted by the library `limits`, told in headers of every answer.

    RateLimit-Policy: "default";q=100;w=60
    RateLimit: "default";r=42;t=17          42 requests are left for the next 17 seconds

as draft-ietf-httpapi-ratelimit-headers has it. A caller is its address. The counts stand in the memory of each process.
"""

from __future__ import annotations

import math
import time
from typing import Any

from glossary_api.settings import OFF, Settings

WAIT = "glossary.wait"
"""Where in the WSGI environment of what is sent to a page stands for how many seconds its sender has to wait."""
_FREE = ("/api/v1/healthz",)
"""Paths that are asked by the machinery that keeps the service up."""


def limiter(settings: Settings) -> Limiter | None:
    """Return the limiter that the settings ask for; None where they set no limit."""
    return None if settings.rate_limit == OFF else Limiter(settings.rate_limit)


class Limiter:
    """Count the requests of each caller."""

    def __init__(self, limit: str) -> None:
        """Let each caller ask as often as the limit says, which is one in the words of the library: `100/minute`."""
        from limits import parse  # heavy, and only needed where there is a limit
        from limits.storage import MemoryStorage
        from limits.strategies import FixedWindowRateLimiter

        self._limit = parse(limit)
        self._counts = FixedWindowRateLimiter(MemoryStorage())
        self._policy = ("RateLimit-Policy", f'"default";q={self._limit.amount};w={self._limit.get_expiry()}')

    def count(self, environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]]]:
        """Count the request of a WSGI environment.

        Returns for how many seconds the caller has to wait, 0 if it may go on, and what to say in the head.
        """
        if environ["REQUEST_METHOD"] == "OPTIONS" or environ["PATH_INFO"] in _FREE:
            return 0, []
        caller = environ.get("REMOTE_ADDR", "")
        allowed = self._counts.hit(self._limit, caller)
        end, left = self._counts.get_window_stats(self._limit, caller)
        seconds = max(1, math.ceil(end - time.time()))
        return (0 if allowed else seconds), [self._policy, ("RateLimit", f'"default";r={left};t={seconds}')]
