"""Save a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from glossary_api.errors import ReadError


@contextmanager
def complete(path: Path) -> Iterator[Path]:
    """Give a new file to write to, and move it to `path` when all went well; remove it when anything did not.

    A symbolic link at `path` stays a link: the file that it points at is replaced. A file that is there already keeps
    its mode. The content is on the disk before the name changes. Raises OSError.
    """
    target = Path(os.path.realpath(path))
    unfinished = target.with_name(f".{target.name}.{secrets.token_hex(4)}.unfinished")
    try:
        yield unfinished
        if target.exists():
            os.chmod(unfinished, stat.S_IMODE(target.stat().st_mode))
        _sync(unfinished)
        os.replace(unfinished, target)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise
    _sync(target.parent)


def save(pieces: Iterable[bytes], path: Path) -> None:
    """Write pieces to a file that gets its name when it is complete. Raises ReadError when it cannot be written."""
    try:
        with complete(path) as unfinished, unfinished.open("wb") as file:
            file.writelines(pieces)
    except OSError as error:
        raise ReadError(
            "cannot-be-written", place=str(path), remedy="name-writable-file", why=error.strerror
        ) from error


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep other programs that do this from changing a file until it is changed. Raises ReadError."""
    import fcntl  # only where there are such locks, and only who changes a file in place

    try:
        # The folder: the file itself is replaced, and a file for the lock alone would stay behind.
        lock = os.open(Path(os.path.realpath(path)).parent, os.O_RDONLY)
    except OSError as error:
        raise ReadError(
            "cannot-be-written", place=str(path), remedy="name-writable-file", why=error.strerror
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
