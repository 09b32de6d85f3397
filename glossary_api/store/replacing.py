"""Replace an edition without a surprise: nothing but an edition is written over, and none loses reports unasked."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterable
from pathlib import Path

from glossary_api.errors import EditionError
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


def check_export(path: Path, served: Path, whole: bool) -> None:
    """Raise EditionError if an export to `path` would overwrite the edition `served`, or, unless `whole`, any other."""
    if not path.is_file() or not path.stat().st_size or not is_edition(path):
        return
    if not whole or path.samefile(served):
        raise EditionError("is-edition-which-export-does-not-replace", place=str(path), remedy=_ELSEWHERE)
