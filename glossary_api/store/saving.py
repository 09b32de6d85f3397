"""Save a file whole or not at all."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from glossary_api.errors import GlossaryError, ReadError


@contextmanager
def complete(path: Path) -> Iterator[Path]:
    """Give a new file to write to, and move it to `path` when all went well; remove it when anything did not.

    A symbolic link at `path` stays a link: the file that it points at is replaced. A file that is there already keeps
    its mode. The content is on the disk before the name changes. What killed runs left of the same file is removed.
    Raises OSError.
    """
    target = Path(os.path.realpath(path))
    _sweep(target)
    unfinished = target.with_name(f".{target.name}.{secrets.token_hex(4)}.unfinished")
    lock = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)  # as long as it is held somebody is writing; a killed process lets it go
        yield unfinished
        if target.exists():
            os.chmod(unfinished, stat.S_IMODE(target.stat().st_mode))
        sync(unfinished)
        os.replace(unfinished, target)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise
    finally:
        os.close(lock)
    sync(target.parent)


def _sweep(target: Path) -> None:
    """Remove the unfinished files of `target` that nobody is writing any more."""
    for left in unfinished_of(target):
        with contextlib.suppress(OSError), left.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()


def unfinished_of(target: Path) -> list[Path]:
    """Return the files that a file is being written to, or that killed runs left of it."""
    pattern = re.compile(rf"\.{re.escape(target.name)}\.[0-9a-f]{{8}}\.unfinished(?:-journal)?")
    return [one for one in target.parent.iterdir() if pattern.fullmatch(one.name)]


def save(pieces: Iterable[bytes], path: Path) -> None:
    """Write pieces to a file that gets its name when it is complete.

    Raises ReadError when it cannot be written, or is something else than a file.
    """
    if path.exists() and not path.is_file():
        what = "is-a-folder" if path.is_dir() else "is-no-regular-file"
        raise ReadError(what, place=str(path), remedy="name-a-file-with-o")
    with refused(path), complete(path) as unfinished, unfinished.open("wb") as file:
        file.writelines(pieces)


@contextmanager
def refused(path: Path, kind: type[GlossaryError] = ReadError) -> Iterator[None]:
    """Raise an error of a kind that names the file in place of an OSError."""
    try:
        yield
    except OSError as error:
        raise kind("cannot-be-written", place=str(path), remedy="name-writable-file", why=error.strerror) from error


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Let one writer of a file in at a time, of this process and of others. Raises OSError."""
    # The folder: the file itself may be replaced, and a file for the lock alone would stay behind.
    lock = os.open(Path(os.path.realpath(path)).parent, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def sync(path: Path) -> None:
    """Have a file or a folder on the disk, whatever happens next. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
