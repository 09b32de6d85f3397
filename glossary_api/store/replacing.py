"""Replace a file without a surprise: an edition by nothing but another, which has its reports, others when asked."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterable
from pathlib import Path

from glossary_api.errors import EditionError, ReadError
from glossary_api.store.opening import is_edition

_ELSEWHERE = "name-another-file-with-o"
_NAMED = 3
"""How many of the reports that would go are named."""


def check_target(path: Path, inputs: Iterable[Path] = ()) -> None:
    """Raise EditionError if an edition written to `path` would destroy something that is no edition.

    An empty file has nothing to lose, and an edition that another version of the program wrote is one.
    """
    if not path.exists():
        if not path.absolute().parent.is_dir():
            raise EditionError("its-folder-is-not-there", place=str(path), remedy="name-writable-file")
        return
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise EditionError(
            "is-a-folder", place=str(path), remedy="name-another-file-such-as", example=path / "glossary.db"
        )
    if not stat.S_ISREG(status.st_mode):
        raise EditionError("is-no-regular-file", place=str(path), remedy=_ELSEWHERE)
    if any(one.exists() and path.samefile(one) for one in inputs):
        raise EditionError("is-one-of-files-to-harvest", place=str(path), remedy=_ELSEWHERE)
    if status.st_size and not is_edition(path):
        raise EditionError("is-there-already-and-no-edition", place=str(path), remedy=_ELSEWHERE)


def check_loss(path: Path, reports: Iterable[str], terms: int) -> None:
    """Raise EditionError if the edition at `path` has reports that a new one, of `reports` and `terms`, has not.

    `reports` are ids, those of further sources of a report included; `terms` counts the established ones.
    """
    if not path.exists() or not path.stat().st_size:
        return
    there, before = _contents(path)
    lost = sorted(there - set(reports))
    if not lost:
        return
    raise EditionError(
        "edition-would-lose-reports",
        place=str(path),
        remedy="name-its-reports-or-replace",
        lost=len(lost),
        all=len(there),
        names=", ".join(lost[:_NAMED]) + (" …" if len(lost) > _NAMED else ""),
        before=before,
        after=terms,
    )


def _contents(path: Path) -> tuple[frozenset[str], int]:
    """Return the ids of the reports of an edition of any schema, and how many established terms it has."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            reports = frozenset(id_ for (id_,) in connection.execute("SELECT id FROM reports"))
            ((terms,),) = connection.execute("SELECT count(*) FROM terms WHERE status = 'established'")
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise EditionError(
            "edition-there-cannot-be-read", place=str(path), remedy="name-another-file-or-replace", why=str(error)
        ) from error
    return reports, terms


def check_output(path: Path, *, replace: bool, inputs: Iterable[Path] = (), whole: Path | None = None) -> None:
    """Raise GlossaryError if something that is no harvest, written to `path`, would overwrite what it must not.

    What is read and editions stay, but for an edition in place of which a copy of another, `whole`, is to be; any other
    file with content goes only if it is asked for: it may have been made by the same command, and worked on since.
    """
    if not path.is_file() or not path.stat().st_size:
        return
    if is_edition(path):
        if whole is None or path.samefile(whole):
            raise EditionError("is-edition-which-command-does-not-replace", place=str(path), remedy=_ELSEWHERE)
    elif any(one.exists() and path.samefile(one) for one in inputs):
        raise ReadError("is-what-is-read", place=str(path), remedy=_ELSEWHERE)
    elif not replace:
        raise ReadError("is-there-already", place=str(path), remedy="name-another-file-or-replace")
