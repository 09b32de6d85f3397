"""The edition that is served, with what is made from it once, and another in its place as soon as one is published.

A request takes it once, at its beginning, and answers from nothing else: whatever is published meanwhile, it never
sees half of two editions.
"""

from __future__ import annotations

import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glossary_api.errors import EditionError, NotFound
from glossary_api.model.messages import Message
from glossary_api.model.words import MISSING, REFUSED_EDITION, SERVED, WAITING
from glossary_api.queries.annotate.annotator import Annotator
from glossary_api.store.edition import Edition
from glossary_api.store.kept import kept_edition, kept_editions
from glossary_api.store.opening import Connections
from glossary_api.store.verifying import fault_of

_AT_HAND = 4
"""How many of the editions that are kept stay open."""
_NEAREST = 5
MOST_BYTES = 8 * 2**20
"""How much of the answers from an edition is kept in a process, and of their parts: some thousand, the last ones."""
_REMEMBERED = 4096
"""How many questions are remembered to have been asked."""
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


@dataclass(frozen=True, slots=True)
class Standing:
    """Say what stands at the path of a shelf, beside the edition that is served."""

    published: str
    """One of PUBLISHED."""
    why: Message | None
    """What is wrong with it, if it is not served."""
    verified: bool | None
    """Whether its content was found to be what was written; None as long as nobody has looked."""


class Ready:
    """Keeps answers by what was asked; to be had from `Edition.once`, so that they go with their edition."""

    def __init__(self, edition: Edition) -> None:
        """Take an edition, as `Edition.once` gives it; nothing of it is read or held."""
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def find(self, asked: Hashable) -> Any:
        """Return the answer to a question; None if it is not at hand."""
        known = self._kept.get(asked)
        return None if known is None else known[0]

    def keep(self, asked: Hashable, made: Any, size: int) -> None:
        """Keep an answer of so many bytes for whoever asks the same; where there is too much, what came first goes."""
        with self._lock:
            if asked not in self._kept:
                self._kept[asked] = made, size
                self._bytes += size
            while self._bytes > MOST_BYTES:
                self._bytes -= self._kept.popitem(last=False)[1][1]

    def answer(self, asked: Hashable, make: Callable[[], bytes]) -> bytes:
        """Return the answer to a question, made if it is not at hand."""
        known: bytes | None = self.find(asked)
        if known is None:
            known = of_its_own_size(make())
            self.keep(asked, known, len(known))
        return known


class Sent(Ready):
    """Keeps whole answers as they were sent, if they are asked for twice: to keep one costs what a tenth of it does.

    They have room of their own, so that what one asks for leaves the parts of other answers in place.
    """

    def __init__(self, edition: Edition) -> None:
        super().__init__(edition)
        self._asked: set[int] = set()

    def is_asked_again(self, asked: Hashable) -> bool:
        """Tell whether the same was asked not long ago, and remember that it is asked now."""
        again = (number := hash(asked)) in self._asked
        if len(self._asked) >= _REMEMBERED:
            self._asked = set()
        self._asked.add(number)
        return again


def of_its_own_size(made: bytes) -> bytes:
    """Return a copy, to be kept: what orjson makes takes several times its length in memory."""
    return bytes(memoryview(made))


class Shelf:
    """Has the edition that stands at a path, and takes up another that is renamed into its place.

    Safe to share between threads and to carry over a fork; each process takes up a new edition by itself.
    """

    verifies = False
    """Whether each process reads an edition whole in the background when it has it first."""

    def __init__(self, path: Path) -> None:
        """Open the edition at `path`. Raises EditionError when that cannot be done."""
        self._path = path.absolute()
        self._lock = threading.Lock()
        self._mark = _mark(self._path)
        self._served: Served = Served.open(self._path)
        self._kept: dict[str, Served] = {}
        self._lock_of_kept = threading.Lock()
        self._before: Served | None = None
        self._refused: Message | None = None
        self._verified: bool | None = None
        self._looked: tuple[int, _Mark] | None = None

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
        if self.verifies and self._looked != (os.getpid(), self._mark) and self._lock.acquire(blocking=False):
            self._looked = os.getpid(), self._mark
            self._lock.release()
            threading.Thread(target=self._verify, args=(self._mark,), daemon=True, name="verify").start()
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

    def standing(self) -> Standing:
        """Return what stands at the path now."""
        mark = _mark(self._path)
        if mark is None:
            return Standing(MISSING, Message("published-edition-is-gone"), self._verified)
        if mark != self._mark:
            return Standing(WAITING, None, None)
        if self._refused is not None:
            return Standing(REFUSED_EDITION, self._refused, self._verified)
        return Standing(SERVED, None, self._verified)

    def _take_up(self, mark: _Mark) -> None:
        """Open what stands at the path now; if that is no edition, keep the one before, and say so once."""
        self._refused = None
        try:
            served = Served.open(self._path)
        except Exception as error:  # whatever is wrong with it, there is one that can be served
            _log.error("another edition was published, but %s; the one before is served on", error)
            self._refused = error.message if isinstance(error, EditionError) else Message("edition-cannot-be-used")
        else:
            self._before = self._served if self.verifies else None
            self._served, self._verified = served, None
        # The file may be another already: then its mark is another, too, and the next request opens it.
        self._mark = mark

    def _verify(self, mark: _Mark) -> None:
        """Read the edition that stands at the path whole; if it is not what was written, serve the one before."""
        try:
            fault = fault_of(self._path)
        except EditionError:
            return  # it is gone, or another stands there already
        with self._lock:
            if mark != self._mark or mark != _mark(self._path) or self._refused is not None:
                return
            if fault is not None:
                _log.error("an edition is damaged: %s", fault)
                self._refused = fault.message
                self._served = self._before or self._served
            self._verified = fault is None  # last: who reads it without the lock finds the one before served already
            self._before = None


def _mark(path: Path) -> _Mark:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
