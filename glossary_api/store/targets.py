"""Where editions are published: a folder, or any address that fsspec knows, s3://bucket/glossary."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

from glossary_api.errors import EditionError, EditionMissing
from glossary_api.store.saving import complete

_PIECE = 2**20


class Target(Protocol):
    """A place for files, by name."""

    place: str

    def opened(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """Open a file. Raises EditionMissing if there is none, EditionError if the place cannot be reached."""

    def write(self, name: str, source: IO[bytes]) -> None:
        """Write a file that nobody sees before it is whole. Raises EditionError."""


def target_of(address: str) -> Target:
    """Return the place that an address means: one with `://` is fsspec's. Raises EditionError."""
    return _Remote(address) if "://" in address else _Folder(address)


def read(target: Target, name: str) -> str:
    """Return what a small file says. Raises EditionError."""
    with target.opened(name) as file:
        return file.read(_PIECE).decode("utf-8", "replace")


class _Folder:
    def __init__(self, place: str) -> None:
        self.place = place

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        with _named(self.place), (Path(self.place) / name).open("rb") as file:
            yield file

    def write(self, name: str, source: IO[bytes]) -> None:
        with _named(self.place):
            Path(self.place).mkdir(parents=True, exist_ok=True)
            with complete(Path(self.place) / name) as unfinished, unfinished.open("wb") as file:
                shutil.copyfileobj(source, file, _PIECE)


class _Remote:
    """An object is there when all of it has been sent; where a place cannot do that, the checksum tells."""

    def __init__(self, place: str) -> None:
        try:
            from fsspec.core import url_to_fs
        except ImportError as error:
            raise EditionError("fsspec-is-not-installed", remedy="install-remote-extra") from error
        self.place = place
        with _named(place):
            files, root = url_to_fs(place)
        self._files: Any = files
        self._root = root.rstrip("/")

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        with _named(self.place):
            self._files.invalidate_cache()
            with self._files.open(f"{self._root}/{name}", "rb") as file:
                yield file

    def write(self, name: str, source: IO[bytes]) -> None:
        with _named(self.place):
            self._files.makedirs(self._root, exist_ok=True)
            with self._files.open(f"{self._root}/{name}", "wb") as file:
                shutil.copyfileobj(source, file, _PIECE)


@contextmanager
def _named(place: str) -> Iterator[None]:
    """Say of what goes wrong where: each kind of place has errors of its own."""
    try:
        yield
    except EditionError:
        raise
    except FileNotFoundError as error:
        raise EditionMissing("nothing-is-published-there", place=place, remedy="publish-there-first") from error
    except Exception as error:
        why = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise EditionError("target-cannot-be-used", place=place, remedy="name-folder-or-address", why=why) from error
