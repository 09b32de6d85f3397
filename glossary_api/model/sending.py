"""How things are sent to other processes and kept on the disk: by their fields, in their order."""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterable
from dataclasses import is_dataclass
from operator import attrgetter
from typing import Any


def sent_by_fields(kinds: Iterable[object]) -> None:
    """Have `pickle` make the things of these kinds anew from their fields.

    What `dataclass` gives frozen ones with slots for that takes three times as long; what is no such kind is left out.
    """
    for kind in kinds:
        if isinstance(kind, type) and is_dataclass(kind):
            copyreg.pickle(kind, _maker(kind))


def _maker(kind: Any) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    names: tuple[str, ...] = kind.__match_args__
    if len(names) > 1:
        fields = attrgetter(*names)  # in C: a harvest sends hundreds of things of each report
        return lambda thing: (kind, fields(thing))
    return lambda thing: (kind, tuple(getattr(thing, name) for name in names))
