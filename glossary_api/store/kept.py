"""Keep editions that are replaced, each under its hash in a folder beside the present one."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from glossary_api.errors import EditionError
from glossary_api.store.edition import Edition

SHORTEST = 12
"""Digits of a hash by which an edition can be named."""


def folder_of(edition: Path) -> Path:
    """Return the folder of what came before an edition: `glossary.editions` beside `glossary.db`."""
    return edition.with_name(f"{edition.name.removesuffix('.db')}.editions")


def kept_editions(edition: Path) -> list[Path]:
    """Return the files of the editions that are kept, the latest first."""
    return sorted(folder_of(edition).glob("*.db"), key=lambda path: (-path.stat().st_mtime, path.name))


def keep_present(edition: Path) -> None:
    """Keep the edition that stands at a path, before another takes its place; one that cannot be opened is not kept."""
    path = Path(os.path.realpath(edition))
    try:
        opened = Edition.open(path)
    except EditionError:
        return  # there is none, or one that no later version of the program could answer from
    opened.close()
    folder_of(edition).mkdir(exist_ok=True)
    target = folder_of(edition) / f"{opened.hash}.db"
    target.unlink(missing_ok=True)
    try:
        os.link(path, target)  # which takes no room as long as the edition stands
    except OSError:  # on another disk, or one without links
        shutil.copy2(path, target)


def keep_only(edition: Path, most: int, present: str) -> None:
    """Forget kept editions but for so many, the latest, and the one that is the present one, by its hash."""
    older = [path for path in kept_editions(edition) if path.stem != present]
    for path in [*older[most:], folder_of(edition) / f"{present}.db"]:
        with contextlib.suppress(FileNotFoundError):
            path.unlink()


def kept_edition(edition: Path, hash_: str) -> Path | None:
    """Return the file of the one kept edition whose hash begins so; None if there is none, or are several."""
    found = [path for path in kept_editions(edition) if path.stem.startswith(hash_)]
    return found[0] if len(found) == 1 else None
