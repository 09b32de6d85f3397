"""Decisions made by hand, with times that follow each other."""

from __future__ import annotations

from itertools import count
from typing import Any

from glossary_api.curation.decisions import Decision, as_decision

_NUMBERS = count()


def decided(kind: str, *, at: int | None = None, **fields: Any) -> Decision:
    """Return a decision that holds from now on, or from a moment of its own."""
    number = next(_NUMBERS)
    moment = number if at is None else at
    return as_decision(
        {
            "id": f"d{number:016x}",
            "time": f"2026-01-01T00:{moment // 60 % 60:02d}:{moment % 60:02d}.{moment:06d}Z",
            "who": "li",
            "why": "",
            "kind": kind,
            **fields,
        }
    )
