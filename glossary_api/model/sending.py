"""How things are sent to other processes and kept on the disk: by their fields, in their order."""

from __future__ import annotations

import copyreg
from collections.abc import Iterable
from dataclasses import is_dataclass
from typing import Any


def sent_by_fields(kinds: Iterable[object]) -> None:
    """Have `pickle` make the things of these kinds anew from their fields.

    What `dataclass` gives frozen ones with slots for that takes three times as long; what is no such kind is left out.
    """
    for kind in kinds:
        if isinstance(kind, type) and is_dataclass(kind):
            copyreg.pickle(kind, _made_of)


def _made_of(thing: Any) -> tuple[type, tuple[Any, ...]]:
    return type(thing), tuple([getattr(thing, name) for name in thing.__match_args__])
