"""Find contradictions between two definitions of one name: other members, or another number of them.

A place may call another thing by the same name the year after, and say the same thing in other words. So lists
contradict each other only if they are one list, most of which both have, and what differs has nothing in common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, Self

from glossary_api.model.messages import Message
from glossary_api.text.folding import fold_name

DRAFT, SAME_REPORT, OTHER_REPORT = "draft", "same-report", "other-report"
"""Where the first of two definitions stands: in a draft, in the report of the other one, in another report."""
_CODES = {
    DRAFT: ("draft-differs-in-members", "draft-differs-in-number"),
    SAME_REPORT: ("report-differs-in-members", "report-differs-in-number"),
    OTHER_REPORT: ("reports-differ-in-members", "reports-differ-in-number"),
}
_MOST_DIFFERENT = 1 / 3
"""The largest part of one list that may have changed; with more it is another one."""
_SHOWN = 5
"""How many members a message names on each side."""


class Claim(NamedTuple):
    """The facts that a definition states and that can be compared with those of another."""

    members: tuple[str, ...]
    found: int | None
    """How many things it lists; None if that is not known."""

    @classmethod
    def of(cls, definition: Mapping[str, Any]) -> Self:
        """Return the claim of a definition as `documents.definition` has it."""
        members = tuple(member["text"] for member in definition["members"])
        return cls(members, definition["count_check"]["found"])


def contradiction(mine: Claim, theirs: Claim, where: str, **names: str) -> Message | Literal[""] | None:
    """Return a message about what another definition says otherwise; empty if nothing, None if there is no telling.

    `where` is one of DRAFT, SAME_REPORT, OTHER_REPORT. `names` are the values of the message: the `name` that both
    define, the `origin` of the other definition, and `other`, that of the first one, for OTHER_REPORT.
    """
    in_members, in_number = _CODES[where]
    if mine.members and theirs.members:
        added = _without_counterpart(mine.members, theirs.members)
        missing = _without_counterpart(theirs.members, mine.members)
        if not (added or missing):
            return ""
        sizes = len(mine.members), len(theirs.members)
        if max(len(added), len(missing)) > _MOST_DIFFERENT * max(sizes):
            return None
        if sizes[0] == sizes[1] and _are_alike(added, missing, _frame([*mine.members, *theirs.members])):
            return ""
        if sizes[0] != sizes[1] and added and missing:
            return None
        return Message(
            in_members, **names, theirs=_listed(missing or theirs.members), ours=_listed(added or mine.members)
        )
    if mine.found is None or theirs.found is None:
        return None
    return "" if mine.found == theirs.found else Message(in_number, **names, count=theirs.found, found=mine.found)


def _without_counterpart(members: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return the members that none of the others is, holds or is held by: 海上风电 and 海上风电项目 are one."""
    folded = [fold_name(other) for other in others]
    return [m for m in members if not any((key := fold_name(m)) in other or other in key for other in folded)]


def _are_alike(members: Sequence[str], others: Sequence[str], frame: set[str]) -> bool:
    """Return whether two lists may be the same in other words: one is empty, or 进寺庙 and 进寺院 have a sign in common
    that is not of the frame.
    """
    signs, other = set("".join(members)), set("".join(others))
    return not (signs and other) or bool(signs & other - frame)


def _frame(members: Sequence[str]) -> set[str]:
    """Return the signs that every member has, such as those of 工程; one alone may be what it is about: 医疗, 医院."""
    frame = set.intersection(*map(set, members))
    return frame if len(frame) > 1 else set()


def _listed(members: Sequence[str]) -> str:
    return "、".join(members[:_SHOWN]) + ("…" if len(members) > _SHOWN else "")
