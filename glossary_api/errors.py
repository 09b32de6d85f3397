"""The errors of the program, one class for each kind.

Each error says what is wrong, where, and what to do about it. None of them knows HTTP or the command line:
`api/problems.py` maps the classes to status codes, `cli.py` prints them in one line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from glossary_api.model.messages import ENGLISH, Message


class GlossaryError(Exception):
    """Base of every error this package raises on purpose.

    `str(error)` is one line in English: `place: message; remedy`; `error.said(language)` has it in another language.
    """

    def __init__(
        self, message: str | Message, /, *, place: str = "", remedy: str | Message = "", **values: Any
    ) -> None:
        """Take a message and a remedy, each whole or as its code; `values` are those of whichever came as a code."""
        self.message = _message(message, values)
        self.remedy = _message(remedy, values) if remedy else None
        self.place = place
        super().__init__(message)

    @property
    def advice(self) -> Message:
        """Return the message with its remedy, without its place."""
        return Message("with-remedy", message=self.message, remedy=self.remedy) if self.remedy else self.message

    def said(self, language: str) -> str:
        """Return the error in one line in the language of a tag."""
        line = Message("at-place", place=self.place, message=self.advice) if self.place else self.advice
        return line.said(language)

    def __str__(self) -> str:
        return self.said(ENGLISH)


E = TypeVar("E", bound=GlossaryError)


def _message(message: str | Message, values: Mapping[str, Any]) -> Message:
    return message if isinstance(message, Message) else Message(message, **values)


class ReadError(GlossaryError):
    """A file cannot be turned into text: missing, empty, binary, over a limit, of no known format."""


class WrongFormat(ReadError):
    """A file is of a kind that is not read, whatever is in it."""


class NotAReport(GlossaryError):
    """A file was read, but nothing in it says that it is a report."""


class Several(GlossaryError, Generic[E]):
    """Several things are wrong at once: `errors` has an error for each of them, in one line if nothing else is said."""

    between = "; "

    def __init__(self, errors: Sequence[E]) -> None:
        self.errors = tuple(errors)
        super().__init__("several")

    def said(self, language: str) -> str:
        """Return all of them in the language of a tag."""
        return self.between.join(error.said(language) for error in self.errors)


class EquivalentsError(Several[GlossaryError]):
    """Rows of curated equivalents that cannot be taken over, a line for each."""

    between = "\n"


class ManifestError(Several[GlossaryError]):
    """Rows of a manifest that cannot be followed, a line for each."""

    between = "\n"


class EditionError(GlossaryError):
    """Base of everything that keeps an edition from being opened or written."""


class EditionMissing(EditionError):
    """There is no file where the edition should be."""


class EditionCorrupt(EditionError):
    """The file is no SQLite database, or not one of ours, or damaged."""


class EditionOutdated(EditionError):
    """The edition was written by a version of the program with another schema."""


class SettingError(GlossaryError):
    """A setting has a value that it cannot have."""


class ServerError(GlossaryError):
    """The server cannot start, for instance because its port is in use."""


class TookTooLong(GlossaryError):
    """A request has kept a processor busy longer than any may; raised in the midst of whatever answers it."""

    def __init__(self) -> None:
        super().__init__("request-took-too-long")


class BadParameter(GlossaryError):
    """A caller's parameter is unknown or has a value that it cannot have."""

    def __init__(self, parameter: str, message: str | Message, /, *, remedy: str | Message = "", **values: Any) -> None:
        self.name = parameter
        super().__init__(message, place=parameter, remedy=remedy, **values)


class BadQuery(Several[BadParameter]):
    """Several parameters are unknown or have values that they cannot have."""


_THINGS = {
    "term": "a-term",
    "report": "a-report",
    "page": "a-page",
    "entity": "an-entity",
    "edition": "an-edition",
    "decision": "a-decision",
    "table": "a-table",
}


class NotFound(GlossaryError):
    """No such thing in this edition; `nearest` names what the caller may have meant."""

    def __init__(self, what: str, name: str, nearest: Sequence[str] = ()) -> None:
        self.name = name
        self.nearest = tuple(nearest)
        remedy = Message("did-you-mean", names=", ".join(self.nearest)) if self.nearest else ""
        super().__init__("nothing-of-this-name", what=Message(_THINGS[what]), name=name, remedy=remedy)


class DecisionError(GlossaryError):
    """Something is no decision, or the log of decisions cannot be read or written."""


class DecisionOutdated(DecisionError):
    """Somebody else decided about the same term since the caller looked."""


class KeyUsed(DecisionError):
    """The key of a decision was used for another one."""


class TokenError(GlossaryError):
    """A token cannot be made, revoked or read."""


class TermNotFound(NotFound):
    """No variant of any term has this name."""

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        super().__init__("term", name, nearest)


class ReportNotFound(NotFound):
    """No report has this id."""

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        super().__init__("report", name, nearest)
