"""How things are made, sent to other processes and kept on the disk: by their fields, in their order, and quickly."""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields, is_dataclass
from operator import attrgetter
from typing import Any


def sent_by_fields(kinds: Iterable[object]) -> None:
    """Have `pickle` make the things of these kinds anew from their fields.

    What `dataclass` gives frozen ones with slots for that takes three times as long; what is no such kind is left out.
    """
    for kind in kinds:
        if isinstance(kind, type) and is_dataclass(kind):
            copyreg.pickle(kind, _maker(kind))
            _have_made_by_slots(kind)


def _maker(kind: Any) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    names: tuple[str, ...] = kind.__match_args__
    if len(names) > 1:
        fields = attrgetter(*names)  # in C: a harvest sends hundreds of things of each report
        return lambda thing: (kind, fields(thing))
    return lambda thing: (kind, tuple(getattr(thing, name) for name in names))


def _have_made_by_slots(kind: Any) -> None:
    """Have the things of a frozen kind made by the slots of their fields.

    What `dataclass` gives them for that sets each field by its name and takes nearly twice as long, and a harvest makes
    some thousand things of each report, more than once.
    """
    names, known = kind.__match_args__, kind.__init__
    if hasattr(kind, "__post_init__") or any(one.default_factory is not MISSING for one in fields(kind)):
        return
    space: dict[str, Any] = {f"set_{name}": getattr(kind, name).__set__ for name in names}
    exec(f"def made(self, {', '.join(names)}): " + "; ".join(f"set_{name}(self, {name})" for name in names), space)
    made = space["made"]
    for name in ("__name__", "__qualname__", "__module__", "__defaults__", "__annotations__", "__doc__"):
        setattr(made, name, getattr(known, name))
    kind.__init__ = made
