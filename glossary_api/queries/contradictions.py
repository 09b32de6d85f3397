"""Whether two definitions of one name contradict each other: other members, or another number of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Self

from glossary_api.text.folding import fold_name

_SHOWN = 5
"""How many members a message names on each side."""


class Claim(NamedTuple):
    """What a definition says that can be held against another one."""

    members: tuple[str, ...]
    found: int | None
    """How many things it lists; None if that is not known."""

    @classmethod
    def of(cls, definition: Mapping[str, Any]) -> Self:
        """The claim of a definition as `documents.definition` has it."""
        members = tuple(member["text"] for member in definition["members"])
        return cls(members, definition["count_check"]["found"])


def contradiction(mine: Claim, theirs: Claim, here: str) -> str | None:
    """What another definition says otherwise, as the end of a sentence; empty if nothing, None if there is no telling.

    `here` is what the sentence calls the place of the first one: "the draft".
    """
    if mine.members and theirs.members:
        added, missing = (
            _without_counterpart(mine.members, theirs.members),
            _without_counterpart(theirs.members, mine.members),
        )
        if not (added or missing):
            return ""
        return f"says {_listed(missing or theirs.members)} where {here} says {_listed(added or mine.members)}"
    if mine.found is None or theirs.found is None:
        return None
    return "" if mine.found == theirs.found else f"lists {theirs.found} things where {here} lists {mine.found}"


def _without_counterpart(members: Sequence[str], others: Sequence[str]) -> list[str]:
    """The members that none of the others is, holds or is held by: 海上风电 and 海上风电项目 are one."""
    folded = [fold_name(other) for other in others]
    return [m for m in members if not any((key := fold_name(m)) in other or other in key for other in folded)]


def _listed(members: Sequence[str]) -> str:
    return "、".join(members[:_SHOWN]) + ("…" if len(members) > _SHOWN else "")
