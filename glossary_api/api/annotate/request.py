"""Check the fields that the body of a request to `/annotate` may have, and their limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from typing import Any

from glossary_api.api.http.bodies import escaped
from glossary_api.api.http.refusals import BadField, TooLarge
from glossary_api.model.messages import Message
from glossary_api.model.words import ANY_STATUS, KINDS, STATUSES
from glossary_api.queries.annotate.annotator import GLOSSES, SHORT
from glossary_api.queries.annotate.offsets import UNITS
from glossary_api.queries.standpoint import day_of

LONGEST_TEXT = 1_000_000
"""Code points that `text`, `html` or `markdown` may have; those of several texts together, too."""
MOST_TEXTS = 1000
"""How many texts one request may have."""
MOST_MENTIONS = 10_000
CHARACTERS: ContextVar[int] = ContextVar("CHARACTERS", default=0)
"""How many characters of text the request has sent to be annotated."""
LIMIT = 12 * LONGEST_TEXT + 1_000_000
"""Bytes that a body may have: the longest text, every character an escape, and mentions beside it."""
LONGEST, ALL = MODES = ("longest", "all")
WANTED_KINDS = (*KINDS, SHORT)
WANTED_STATUSES = (*STATUSES, ANY_STATUS)

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_SIZES = (
    ("text", LONGEST_TEXT, "characters"),
    ("html", LONGEST_TEXT, "characters"),
    ("markdown", LONGEST_TEXT, "characters"),
    ("mentions", MOST_MENTIONS, "items"),
)
FORMS = ("text", "html", "markdown")
"""How a text may be sent, one of these ways."""
SIDES = ("start", "end")
NO_STRING = "must-be-string"
UNKNOWN = "unknown-field"
_NO_LIST = "must-be-list"


def check_size(body: Mapping[str, Any]) -> None:
    """Raise TooLarge for a text or a list that is longer than it may be."""
    for name, most, unit in _SIZES:
        value = body.get(name)
        if isinstance(value, str | list) and len(value) > most:
            raise TooLarge(most, unit, f"/{name}")


def complaints(name: str, value: Any) -> Iterator[BadField]:
    """Yield what is wrong with the value of a field, as far as the field alone can tell."""
    check = _CHECKS.get(name)
    if check is None:
        yield BadField(f"/{escaped(name)}", UNKNOWN)
    else:
        for pointer, message in check(value):
            yield BadField(f"/{name}{pointer}", message)


_Complaints = Iterator[tuple[str, str | Message]]
"""Where below the field, as the end of a pointer, and what."""


def _string(value: Any) -> _Complaints:
    if not isinstance(value, str):
        yield "", NO_STRING


def _flag(value: Any) -> _Complaints:
    if not isinstance(value, bool):
        yield "", "must-be-true-or-false"


def _day(value: Any) -> _Complaints:
    if not isinstance(value, str):
        yield "", NO_STRING
    elif day_of(value) is None:
        yield "", "must-be-day"


def _language(value: Any) -> _Complaints:
    if not isinstance(value, str):
        yield "", NO_STRING
    elif not _LANGUAGE.fullmatch(value):
        yield "", "must-be-language-tag"


def _one_of(*choices: str) -> Callable[[Any], _Complaints]:
    def check(value: Any) -> _Complaints:
        if not isinstance(value, str):
            yield "", NO_STRING
        elif value not in choices:
            yield "", Message("must-be-one-of", choices=", ".join(choices))

    return check


def _kinds(value: Any) -> _Complaints:
    if not isinstance(value, list):
        yield "", _NO_LIST
    elif not value:
        yield "", "must-not-be-empty"
    else:
        check = _one_of(*WANTED_KINDS)
        yield from ((f"/{n}", message) for n, kind in enumerate(value) for _, message in check(kind))


def _spans(value: Any) -> _Complaints:
    if not isinstance(value, list):
        yield "", _NO_LIST
        return
    for number, span in enumerate(value):
        if not isinstance(span, dict):
            yield f"/{number}", "must-be-object"
            continue
        yield from ((f"/{number}/{escaped(name)}", UNKNOWN) for name in span if name not in SIDES)
        for side in SIDES:
            if side not in span:
                yield f"/{number}/{side}", "is-missing"
            elif not _is_offset(span[side]):
                yield f"/{number}/{side}", "must-be-count"


def _is_offset(value: Any) -> bool:
    """Return whether a number counts something, as JSON Schema has it: 3.0 does, true does not."""
    return type(value) in (int, float) and value >= 0 and value % 1 == 0


_CHECKS: Mapping[str, Callable[[Any], _Complaints]] = {
    "text": _string,
    "html": _string,
    "markdown": _string,
    "selectors": _flag,
    "place": _string,
    "date": _day,
    "mode": _one_of(*MODES),
    "kinds": _kinds,
    "status": _one_of(*WANTED_STATUSES),
    "offset_unit": _one_of(*UNITS),
    "gloss": _one_of(*GLOSSES),
    "mentions": _spans,
    "lang": _language,
}
