"""Publish an edition where several servers fetch it from, and fetch it there.

A published edition is a file that never changes, `edition-<content hash>.db`, with its checksum beside it; `current`
says which one holds, by a line as `sha256sum` writes them. Who follows such a place takes up what is whole and what it
says it is, and keeps what it has else.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from glossary_api.errors import EditionCorrupt, EditionError, EditionMissing, EditionOutdated
from glossary_api.store.edition import Edition
from glossary_api.store.saving import complete
from glossary_api.store.targets import Target, read, target_of
from glossary_api.store.verifying import verify

CURRENT = "current"
"""The file that says which edition holds."""
_PIECE = 2**20
_LINE = re.compile(r"(?P<checksum>[0-9a-f]{64}) [ *]edition-(?P<hash>[0-9a-f]{64})\.db\n?")


class Published(NamedTuple):
    """A published edition: its content hash and the checksum of its file, SHA-256."""

    hash: str
    checksum: str

    @property
    def name(self) -> str:
        """Return the name of its file."""
        return f"edition-{self.hash}.db"

    def __str__(self) -> str:
        return f"{self.checksum}  {self.name}\n"


def publish_edition(path: Path, address: str) -> Published:
    """Publish an edition and say that it holds from now on.

    One that is published there already is not sent again: to publish an older one goes back to it. It is read whole, so
    that the checksum is that of what was written. Raises EditionError, EditionCorrupt when it is damaged.
    """
    hash_ = verify(path)
    target, beside = target_of(address), f"edition-{hash_}.db.sha256"
    try:
        published = _said(target, beside)
    except EditionMissing:
        with path.open("rb") as file:
            published = Published(hash_, _checksum(file))
            file.seek(0)
            target.write(published.name, file)
        target.write(beside, io.BytesIO(str(published).encode()))
    target.write(CURRENT, io.BytesIO(str(published).encode()))
    return published


class Follower:
    """Brings what is published at an address to a file that servers serve."""

    def __init__(self, address: str, path: Path) -> None:
        """Take the address of a target and the file of the edition, which need not be there yet."""
        self._address, self._path = address, path
        self._refused: Published | None = None

    def fetch(self) -> str | None:
        """Take up what is published now; return its hash, or None if that is what is there.

        What was refused because of what it is is not fetched again. Raises EditionError; the file is as it was then.
        """
        target = target_of(self._address)
        published = _said(target, CURRENT)
        if published == self._refused or published.hash == _hash_of(self._path):
            return None
        try:
            self._take(target, published)
        except (EditionCorrupt, EditionOutdated):
            self._refused = published
            raise
        return published.hash

    def _take(self, target: Target, published: Published) -> None:
        try:
            with complete(self._path) as unfinished:
                with target.opened(published.name) as source, unfinished.open("wb") as file:
                    checksum = _checksum(source, file)
                if checksum != published.checksum:
                    raise _refused(self._address, published, "checksum-differs")
                if _opened(unfinished) != published.hash:
                    raise _refused(self._address, published, "content-differs")
        except OSError as error:
            place, why = str(self._path), error.strerror
            raise EditionError(
                "edition-cannot-be-written", place=place, remedy="name-writable-edition", why=why
            ) from error


def _refused(address: str, published: Published, code: str) -> EditionCorrupt:
    return EditionCorrupt(code, place=f"{address.rstrip('/')}/{published.name}", remedy="publish-it-again")


def _said(target: Target, name: str) -> Published:
    found = _LINE.fullmatch(read(target, name))
    if found is None:
        raise EditionError("names-no-edition", place=f"{target.place.rstrip('/')}/{name}", remedy="publish-it-again")
    return Published(found["hash"], found["checksum"])


def _hash_of(path: Path) -> str | None:
    """Return the hash of the edition that is there; None if there is none that can be served."""
    with contextlib.suppress(EditionError):
        return _opened(path)
    return None


def _opened(path: Path) -> str:
    """Return the hash that an edition says it has. Raises EditionError if it cannot be served."""
    edition = Edition.open(path)
    edition.close()
    return edition.hash


def _checksum(source: IO[bytes], copy: IO[bytes] | None = None) -> str:
    digest = hashlib.sha256()
    for piece in _pieces(source):
        digest.update(piece)
        if copy:
            copy.write(piece)
    return digest.hexdigest()


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(_PIECE):
        yield piece
