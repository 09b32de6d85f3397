"""Answers that were made already, ready to be sent again: editions never change, and some names everybody asks for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable

from glossary_api.store.edition import Edition

MOST_BYTES = 8 * 2**20
"""How much is kept of an edition in a process: some thousand answers, the last ones."""


class Ready:
    """Keeps answers by what was asked; to be had from `Edition.once`, so that they go with their edition."""

    def __init__(self, edition: Edition) -> None:
        """Take an edition, as `Edition.once` gives it; nothing of it is read or held."""
        self._kept: dict[Hashable, bytes] = {}
        self._bytes = 0
        self._lock = threading.Lock()

    def answer(self, asked: Hashable, make: Callable[[], bytes]) -> bytes:
        """Return the answer to a question, made if it is not at hand."""
        known = self._kept.get(asked)
        if known is not None:
            return known
        made = make()
        with self._lock:
            if asked not in self._kept:
                self._kept[asked] = made
                self._bytes += len(made)
            while self._bytes > MOST_BYTES:
                self._bytes -= len(self._kept.pop(next(iter(self._kept))))
        return made
