"""The edition that is served, with what is made from it once, and another in its place as soon as one is published.

A request takes it once, at its beginning, and answers from nothing else: whatever is published meanwhile, it never
sees half of two editions.
"""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path

from glossary_api.queries.annotate.annotator import Annotator
from glossary_api.store.edition import Edition
from glossary_api.store.opening import Connections

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
