"""Give each request an id that its answer and its line in the log carry as well."""

from __future__ import annotations

import random
import re
from typing import Any

HEADER = "X-Request-ID"
_SANE = re.compile(r"[0-9A-Za-z._:+/=@-]{1,128}")
_KEY = "glossary.request_id"


def request_id(environ: dict[str, Any]) -> str:
    """Return the id of the request of a WSGI environment.

    It is the caller's if it sent one of up to 128 harmless characters, else one that is made here.
    """
    known: str | None = environ.get(_KEY)
    if known is None:
        sent = environ.get("HTTP_X_REQUEST_ID", "")
        known = environ[_KEY] = sent if _SANE.fullmatch(sent) else f"{random.getrandbits(64):016x}"
    return known
