"""Keep the parsed reports of a harvest, or whatever else there is one of for each, on the disk and not in memory."""

from __future__ import annotations

import os
import pickle
import tempfile
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")
U = TypeVar("U")


def packed(thing: object) -> bytes:
    """Return a thing as it is kept."""
    return pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)


class Kept(Sequence[T], Generic[T]):
    """A sequence of things in a file; what is taken from it is made anew each time.

    Sent to another process it is an address: that process reads the same file.
    """

    def __init__(self, path: Path, length: int) -> None:
        self.path = path
        self.holder: object = None
        """What has to be there as long as this is."""
        self._length = length

    @classmethod
    def of(cls, things: Iterable[bytes], folder: Path) -> Kept[T]:
        """Write things, as they are `packed`, to a file of their own in a folder."""
        number, name = tempfile.mkstemp(dir=folder)
        ends = array("Q", [0])
        with os.fdopen(number, "wb") as file:
            for thing in things:
                ends.append(ends[-1] + file.write(thing))
        path = Path(name)
        _ends_of(path).write_bytes(ends.tobytes())
        return cls(path, len(ends) - 1)

    def __reduce__(self) -> tuple[Any, ...]:
        return Kept, (self.path, self._length)

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        if isinstance(at, slice):
            return tuple(self._read(one) for one in range(*at.indices(self._length)))
        if not -self._length <= at < self._length:
            raise IndexError(at)
        return self._read(at % self._length)

    def __iter__(self) -> Iterator[T]:
        return map(self._read, range(self._length))

    def _read(self, at: int) -> T:
        file, ends = _opened(self.path)
        thing: T = pickle.loads(os.pread(file.number, ends[at + 1] - ends[at], ends[at]))
        return thing


class Coming(Sequence[T], Generic[T]):
    """A sequence that others are still at: who asks for anything of it waits for all of it."""

    def __init__(self, kept: Callable[[], Kept[T]], length: int) -> None:
        self.kept = cache(kept)
        """Waits, and returns where they are kept."""
        self._length = length

    def __reduce__(self) -> tuple[Any, ...]:
        return self.kept().__reduce__()

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        return self.kept()[at]

    def __iter__(self) -> Iterator[T]:
        return iter(self.kept())


class Pairs(Sequence[tuple[T, U]], Generic[T, U]):
    """Two sequences of one length as one of pairs."""

    def __init__(self, one: Sequence[T], other: Sequence[U]) -> None:
        self._one, self._other = one, other

    def __len__(self) -> int:
        return len(self._one)

    @overload
    def __getitem__(self, at: int) -> tuple[T, U]: ...
    @overload
    def __getitem__(self, at: slice) -> list[tuple[T, U]]: ...
    def __getitem__(self, at: int | slice) -> tuple[T, U] | list[tuple[T, U]]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        return self._one[at], self._other[at]


class Chained(Collection[T], Generic[T]):
    """The things of several sequences, one behind the other."""

    def __init__(self, parts: Sequence[Sequence[T]]) -> None:
        self._parts = parts

    @cached_property
    def _length(self) -> int:
        return sum(map(len, self._parts))

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T]:
        number = 0
        for part in self._parts:
            yield from part
            number += len(part)
        self._length = number  # none has to be read again to be counted

    def __contains__(self, thing: object) -> bool:
        return any(thing in part for part in self._parts)


class _File:
    """A file that is closed when nothing has it any more."""

    def __init__(self, path: Path) -> None:
        self.number = os.open(path, os.O_RDONLY)

    def __del__(self) -> None:
        os.close(self.number)


@lru_cache(maxsize=8)
def _opened(path: Path) -> tuple[_File, array[int]]:
    ends = array("Q")
    ends.frombytes(_ends_of(path).read_bytes())
    return _File(path), ends


def _ends_of(path: Path) -> Path:
    return path.with_suffix(".ends")
