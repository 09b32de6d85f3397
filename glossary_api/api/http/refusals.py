"""Reasons why the API refuses a request, one class for each, beyond those in `errors.py`.

`problems.py` turns them into answers. Each carries what the answer needs and nothing about how it is worded there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from glossary_api.errors import EditionError, GlossaryError, Several
from glossary_api.model.messages import Message

_TAKEN = {
    "bytes": "at-most-bytes",
    "characters": "at-most-characters",
    "items": "at-most-items",
    "matches": "at-most-matches",
}


class BadField(GlossaryError):
    """A field of a body is unknown or has a value that it cannot have.

    `pointer` is a JSON Pointer (RFC 6901) into the body: `/mentions/0/start`; "" is the whole of it.
    """

    def __init__(self, pointer: str, message: str | Message, /, **values: Any) -> None:
        self.pointer = pointer
        super().__init__(message, place=pointer, **values)


class BadBody(Several[BadField]):
    """Fields of a body are unknown, missing or have values that they cannot have."""


class NotJson(GlossaryError):
    """A body is not JSON in UTF-8; `line` and `column` count from 1."""

    def __init__(self, line: int, column: int) -> None:
        self.line = line
        self.column = column
        super().__init__("not-json-in-utf-8", line=line, column=column)


class WrongMediaType(GlossaryError):
    """A body is of a media type that is not taken here; `taken` are those that are."""

    def __init__(self, given: str, taken: Sequence[str]) -> None:
        self.given = given
        self.taken = tuple(taken)
        super().__init__("type-not-taken", given=given or "none", taken=", ".join(taken))


CODINGS = ("gzip", "identity")
"""How a body may be coded."""


class BadGzip(GlossaryError):
    """A body that is said to be compressed with gzip is not, or is cut short."""

    def __init__(self) -> None:
        super().__init__("body-is-no-gzip")


class WrongCoding(GlossaryError):
    """A body is compressed in a way that is not taken."""

    def __init__(self, given: str) -> None:
        self.given = given
        super().__init__("coding-not-taken", given=given)


class TooLarge(GlossaryError):
    """A body, or a text in it, is larger than is taken here: more than `limit` of `unit`.

    `unit` is "bytes", "characters", "items" or "matches"; `pointer` says what in the body is too large, "" all of it.
    """

    def __init__(self, limit: int, unit: str = "bytes", pointer: str = "") -> None:
        self.limit = limit
        self.unit = unit
        self.pointer = pointer
        super().__init__(_TAKEN[unit], place=pointer, limit=limit)


class NotAcceptable(GlossaryError):
    """None of the media types that the caller accepts can be had; `offered` are those that can."""

    def __init__(self, offered: Sequence[str]) -> None:
        self.offered = tuple(offered)
        super().__init__("only-as", offered=", ".join(offered))


class Unauthorized(GlossaryError):
    """The caller shows no token, or one that is not valid."""


class Forbidden(GlossaryError):
    """The caller is known and may not do this, or nobody may."""


class WrongHost(GlossaryError):
    """The request is for a host that is not the one of the address that the settings name."""

    def __init__(self, host: str) -> None:
        super().__init__("host-is-not-served-here", host=host)


class NotReady(EditionError):
    """The edition that was published last is not the one that is served; the log has said so once."""


class TooManyFiles(GlossaryError):
    """So many files are being made or sent that another one has to wait."""

    def __init__(self) -> None:
        super().__init__("too-many-files-are-wanted")


class TooMany(GlossaryError):
    """The caller has asked more often than the limit allows; `seconds` until it may ask again."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__("ask-again-in-seconds", seconds=seconds)
