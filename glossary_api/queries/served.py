"""The edition that is served, with what is made from it once, and another in its place as soon as one is published.

A request takes it once, at its beginning, and answers from nothing else: whatever is published meanwhile, it never
sees half of two editions.
"""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path

from glossary_api.errors import EditionError, NotFound
from glossary_api.queries.annotate.annotator import Annotator
from glossary_api.store.edition import Edition
from glossary_api.store.kept import kept_edition, kept_editions
from glossary_api.store.opening import Connections

_AT_HAND = 4
"""How many of the editions that are kept stay open."""
_NEAREST = 5
_log = logging.getLogger(__name__)

_Mark = tuple[int, int, int] | None
"""What tells one file from another under the same name; None for no file."""


class Served(Edition):
    """An edition and what finds its names in a text: one object, so that they always belong together."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self.annotator = Annotator(self)
        _ = self.places  # looked up now, before a server forks, and not in the first request


def annotator_of(edition: Edition) -> Annotator:
    """Return what finds the names of an edition in a text."""
    return edition.annotator if isinstance(edition, Served) else Annotator(edition)


class Shelf:
    """Has the edition that stands at a path, and takes up another that is renamed into its place.

    Safe to share between threads and to carry over a fork; each process takes up a new edition by itself.
    """

    def __init__(self, path: Path) -> None:
        """Open the edition at `path`. Raises EditionError when that cannot be done."""
        self._path = path.absolute()
        self._lock = threading.Lock()
        self._mark = _mark(self._path)
        self._served: Served = Served.open(self._path)
        self._kept: dict[str, Served] = {}
        self._lock_of_kept = threading.Lock()

    def current(self) -> Served:
        """Return the edition to answer a request from.

        This looks at the file each time, which costs about a microsecond. Where another stands there, one thread
        opens it, and the others go on with the one before.
        """
        mark = _mark(self._path)
        if mark != self._mark and mark is not None and self._lock.acquire(blocking=False):
            try:
                self._take_up(mark)
            finally:
                self._lock.release()
        return self._served

    def kept(self, hash_: str) -> Served:
        """Return the edition whose hash begins so: the present one, or one that is kept. Raises NotFound."""
        present = self.current()
        if present.hash.startswith(hash_):
            return present
        path = kept_edition(self._path, hash_)
        if path is None:
            raise NotFound("edition", hash_, [one.stem for one in kept_editions(self._path)][:_NEAREST])
        with self._lock_of_kept:
            found = self._kept.pop(path.stem, None) or self._opened(path, hash_)
            self._kept[path.stem] = found  # the last one used stands last
            while len(self._kept) > _AT_HAND:
                self._kept.pop(next(iter(self._kept)))
        return found

    def oldest(self) -> Served:
        """Return the oldest edition that is kept, or the present one if none is."""
        paths = kept_editions(self._path)
        return self.kept(paths[-1].stem) if paths else self.current()

    @staticmethod
    def _opened(path: Path, hash_: str) -> Served:
        try:
            return Served.open(path)
        except EditionError as error:  # of another version of the program, or just forgotten
            raise NotFound("edition", hash_) from error

    def _take_up(self, mark: _Mark) -> None:
        """Open what stands at the path now; if that is no edition, keep the one before, and say so once."""
        try:
            self._served = Served.open(self._path)
        except Exception as error:  # whatever is wrong with it, there is one that can be served
            _log.error("another edition was published, but %s; the one before is served on", error)
        # The file may be another already: then its mark is another, too, and the next request opens it.
        self._mark = mark


def _mark(path: Path) -> _Mark:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
