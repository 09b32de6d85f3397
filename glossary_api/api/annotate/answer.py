"""From the body of a question to the body of its answer, whichever way both have come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

from glossary_api.api.annotate.request import AnnotateRequest, understood
from glossary_api.api.http.refusals import TooLarge
from glossary_api.queries.annotate import web_annotations
from glossary_api.queries.annotate.selectors import selectors
from glossary_api.queries.served import annotator_of
from glossary_api.store.edition import Edition

MOST_MATCHES = 10_000
"""More are no text that somebody reads, and their answer would be many times as large as the body."""


def answered(body: Any, edition: Edition, language: str) -> bytes:
    """Return the answer in JSON.

    `body` is what was sent, parsed; `language` the one for reasons. Raises TooLarge, BadBody.
    """
    sent = understood(body, edition.places, language)
    text = sent.text if sent.is_html else None
    return orjson.dumps({"text": text, "matches": _matches(sent, edition), "edition": edition.hash})


def answered_linked(body: Any, edition: Edition, language: str, address: Callable[[str], str]) -> bytes:
    """Return the same as W3C Web Annotations; `address` gives the IRI of a term by its name."""
    sent = understood(body, edition.places, language)
    return orjson.dumps(web_annotations.collection(sent.text, _matches(sent, edition), edition.hash, address))


def _matches(sent: AnnotateRequest, edition: Edition) -> list[dict[str, Any]]:
    """Return the matches with their selectors, counted as the caller counts."""
    matches = annotator_of(edition).matches(sent.text, sent.question)
    if len(matches) > MOST_MATCHES:
        raise TooLarge(MOST_MATCHES, "matches", "/html" if sent.is_html else "/text")
    for match in matches:
        match["selector"] = selectors(sent.text, match["start"], match["end"])
    if sent.offsets is not None:
        for match in matches:
            match["start"], match["end"] = sent.offsets.units(match["start"]), sent.offsets.units(match["end"])
    return matches
