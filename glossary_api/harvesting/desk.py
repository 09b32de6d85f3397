"""Where the stages of a harvest do their work: in memory and one after the other, or on the disk and by a crew.

A stage says what is to be done with each report and puts together what comes of it. Whichever desk it is done at, it
comes out the same.
"""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
import tempfile
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, Generic, TypeVar

from glossary_api.errors import EditionError
from glossary_api.harvesting.on_disk import Chained, Coming, Kept, packed
from glossary_api.harvesting.workers import Crew
from glossary_api.model.things import Inline, ParsedReport, Report, Term
from glossary_api.text.abridging import quoted
from glossary_api.text.pinyin import pinyin_of

T = TypeVar("T")
R = TypeVar("R")

_PREFIX = ".harvest-"
_BATCH, _NAMES, _THINGS = 8, 500, 50
"""How many reports, names and things of a few parts are sent to a worker at once."""
_ALL = 1 << 30
_MINE = ".lock"


class Desk:
    """In memory, and in this process."""

    folder: Path | None = None
    """Where files can be that all who work read and write."""

    def keep(self, things: Iterable[T]) -> Sequence[T]:
        """Return things so that they can be gone through more than once."""
        return tuple(things)

    def chained(self, parts: Sequence[Sequence[T]]) -> Collection[T]:
        """Return the things of several sequences, one behind the other."""
        return tuple(chain.from_iterable(parts))

    def over(self, work: Callable[[T], R], things: Sequence[T], size: int = _BATCH) -> Iterator[R]:
        """Yield what `work` makes of each thing, in their order; a worker gets `size` of them at once."""
        return map(work, things)

    def keep_over(self, work: Callable[[T], R], things: Sequence[T]) -> Sequence[R]:
        """Keep what `work` makes of each thing; it need not be there before somebody asks for it."""
        return self.keep(self.over(work, things))

    def finish(self) -> None:
        """Wait for what is kept and not there yet."""

    def reports(self, parsed: Iterable[ParsedReport]) -> Sequence[ParsedReport]:
        """Return the reports of a harvest, by id, as `keep` returns things."""
        return self.keep(parsed)

    def at_stage(self, stage: str, work: Callable[[T], R], things: Sequence[T]) -> Iterator[R]:
        """Yield what `work` makes at a stage of each report, of which the things are, in their order.

        That is what `noting.py` remembers until reports are added.
        """
        return self.over(work, things)

    def known(self, stage: str, terms: Iterable[Term]) -> None:
        """Be told of the terms as they are at a stage."""

    def spoken(self, names: Sequence[str]) -> Iterator[str]:
        """Return how each name is spoken."""
        return self.over(pinyin_of, names, _NAMES)

    def quoted(self, report: Report, inline: Inline) -> str:
        """Return what a report prints of a list."""
        return quoted(report.text, inline)

    def lazily(self, work: Callable[[ParsedReport], R], reports: Sequence[ParsedReport]) -> Sequence[R]:
        """Return what `work` makes of each report; gone through in order it may lack what comes of its text."""
        return self.keep_over(work, reports)

    def by_key(self, stage: str, keys: Sequence[object], made: Callable[[Sequence[int]], Sequence[R]]) -> Sequence[R]:
        """Return what belongs to each key at a stage; `made` makes it for the keys at some positions."""
        return made(range(len(keys)))

    def by_parts(
        self, stage: str, things: Mapping[str, Sequence[T]], made: Callable[..., list[list[int]]]
    ) -> Mapping[str, list[list[int]]]:
        """Return what is made at a stage of the parts of each thing, groups of their positions.

        `made` may be given those of some of the parts as well.
        """
        return {name: made(parts) for name, parts in things.items()}


class DiskDesk(Desk):
    """On the disk, and by a crew.

    Its folder is removed when nothing that was kept there is in use any more; that of a process which was killed, when
    the next one comes to the same place.
    """

    def __init__(self, place: Path, crew: Crew) -> None:
        """Make a folder in `place`, which all workers can read. Raises EditionError if that cannot be done."""
        _sweep(place)
        try:
            self.folder: Path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
        except OSError as error:
            why = error.strerror
            raise EditionError(
                "edition-cannot-be-written", place=str(place), remedy="name-writable-edition", why=why
            ) from error
        self._lock = _locked(self.folder / _MINE)
        self._crew = crew
        self._coming: list[Coming[Any]] = []
        weakref.finalize(self, _removed, self.folder, self._lock)

    def keep(self, things: Iterable[T]) -> Sequence[T]:
        """Return things that are on the disk until they are taken."""
        return self._held(Kept.of(map(packed, things), self.folder))

    def keep_over(self, work: Callable[[T], R], things: Sequence[T]) -> Sequence[R]:
        """Keep what a worker makes of each thing as the worker packed it; a crew does it from now on."""
        results = self.over(_Packed(work), things)
        if self._crew.alone:
            return self._held(Kept.of(results, self.folder))
        coming: Coming[R] = Coming(lambda: self._held(Kept.of(results, self.folder)), len(things))
        self._coming.append(coming)
        return coming

    def finish(self) -> None:
        """Have on the disk what workers are still at: they are dismissed afterwards."""
        for coming in self._coming:
            coming.kept()
        self._coming.clear()

    def _held(self, kept: Kept[T]) -> Kept[T]:
        kept.holder = self  # the folder is there as long as this is
        return kept

    def chained(self, parts: Sequence[Sequence[T]]) -> Collection[T]:
        """Return what takes them from the disk as it goes."""
        return Chained(parts)

    def over(self, work: Callable[[T], R], things: Sequence[T], size: int = _BATCH) -> Iterator[R]:
        """Do as the other desk; a crew begins at once, and each worker reads once what there is to know for `work`.

        What workers make they put into files until it is taken, so that they need not wait for whoever takes it.
        """
        if self._crew.alone or len(things) < 2:  # nobody has to come for one
            return map(work, things)
        number, said = tempfile.mkstemp(dir=self.folder)
        with os.fdopen(number, "wb") as file:
            pickle.dump((work, things), file, pickle.HIGHEST_PROTOCOL)
        begun = self._crew.over(partial(_done, Path(said)), range(len(things)), size, ahead=_ALL)

        def results() -> Iterator[R]:
            for place, together in groupby(begun, key=attrgetter("result")):
                if place is None:  # what no worker survived is done here: there is no result without it
                    yield from (work(things[done.thing]) for done in together)
                else:
                    yield from _taken(place)
            Path(said).unlink()

        return results()

    def by_parts(
        self, stage: str, things: Mapping[str, Sequence[T]], made: Callable[..., list[list[int]]]
    ) -> Mapping[str, list[list[int]]]:
        """Do as the other desk, by a crew."""
        return dict(zip(things, self.over(made, list(things.values()), _THINGS), strict=True))


@dataclass(frozen=True, slots=True)
class _Packed(Generic[T, R]):
    """Does a piece of work and packs what comes of it."""

    work: Callable[[T], R]

    def __call__(self, thing: T) -> bytes:
        return packed(self.work(thing))


def _done(said: Path, numbers: Sequence[int]) -> list[Path]:
    """Do things by number; return for each of them the file with the results of all."""
    work, things = _understood(said)
    results = [work(things[number]) for number in numbers]
    number, place = tempfile.mkstemp(dir=said.parent)
    with os.fdopen(number, "wb") as file:
        pickle.dump(results, file, pickle.HIGHEST_PROTOCOL)
    return [Path(place)] * len(numbers)


def _taken(place: Path) -> list[Any]:
    """Return the results in a file, which is removed."""
    with place.open("rb") as file:
        results: list[Any] = pickle.load(file)
    place.unlink()
    return results


@lru_cache(maxsize=1)
def _understood(said: Path) -> tuple[Callable[[Any], Any], Sequence[Any]]:
    with said.open("rb") as file:
        found: tuple[Callable[[Any], Any], Sequence[Any]] = pickle.load(file)
    return found


def _locked(path: Path) -> int:
    """Lock a new file, which has its name only then: while it is locked somebody works there."""
    unnamed = path.with_suffix(".new")
    lock = os.open(unnamed, os.O_WRONLY | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)  # a killed process lets it go
    unnamed.rename(path)
    return lock


def _removed(folder: Path, lock: int) -> None:
    os.close(lock)
    shutil.rmtree(folder, ignore_errors=True)


def _sweep(place: Path) -> None:
    """Remove the folders of processes that were killed."""
    for lock in place.glob(f"{_PREFIX}*/{_MINE}"):
        number = os.open(lock, os.O_RDONLY)
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lock.parent, ignore_errors=True)
        except BlockingIOError:
            pass
        finally:
            os.close(number)
