"""What can go wrong, in the program's own words.

Each error says what is wrong, where, and what to do about it. None of them knows HTTP or the command line:
`api/problems.py` maps the classes to status codes, `cli.py` prints them in one line.
"""

from __future__ import annotations

from collections.abc import Sequence


class GlossaryError(Exception):
    """Base of every error this package raises on purpose.

    `str(error)` is one line: `place: message; remedy`.
    """

    def __init__(self, message: str, *, place: str = "", remedy: str = "") -> None:
        self.message = message
        self.place = place
        self.remedy = remedy
        line = f"{place}: {message}" if place else message
        super().__init__(f"{line}; {remedy}" if remedy else line)


class ReadError(GlossaryError):
    """A file cannot be turned into text: missing, empty, binary, over a limit, of no known format."""


class WrongFormat(ReadError):
    """A file is of a kind that is not read, whatever is in it."""


class NotAReport(GlossaryError):
    """A file was read, but nothing in it says that it is a report."""


class EquivalentsError(GlossaryError):
    """Rows of curated equivalents that cannot be taken over.

    `problems` has an error for each of them, `str(error)` a line.
    """

    def __init__(self, problems: Sequence[GlossaryError]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ManifestError(GlossaryError):
    """Rows of a manifest that cannot be followed: `str(error)` has a line for each problem."""

    def __init__(self, problems: Sequence[GlossaryError]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


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


class BadParameter(GlossaryError):
    """A caller's parameter is unknown or has a value that it cannot have."""

    def __init__(self, name: str, message: str, *, remedy: str = "") -> None:
        self.name = name
        super().__init__(message, place=name, remedy=remedy)


class NotFound(GlossaryError):
    """No such thing in this edition; `nearest` names what the caller may have meant."""

    def __init__(self, what: str, name: str, nearest: Sequence[str] = ()) -> None:
        self.name = name
        self.nearest = tuple(nearest)
        remedy = "did you mean " + ", ".join(self.nearest) + "?" if self.nearest else ""
        super().__init__(f"no {what} {name!r} in this edition", remedy=remedy)


class TermNotFound(NotFound):
    """No variant of any term has this name."""

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        super().__init__("term", name, nearest)


class ReportNotFound(NotFound):
    """No report has this id."""

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        super().__init__("report", name, nearest)
