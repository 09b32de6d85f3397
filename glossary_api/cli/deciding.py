"""Read what a command line decides: a kind, its values, and passages of reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from glossary_api.curation.decisions import KINDS, PASSAGES
from glossary_api.errors import DecisionError
from glossary_api.queries.review import passage_said, plain
from glossary_api.store.edition import Edition


def draft_of(kind: str, values: Sequence[str], options: Mapping[str, str | None], edition: Edition) -> dict[str, Any]:
    """Return what a command line decides, without who and when.

    `values` are what the kind needs besides passages, in its order; `options` the passages, as `REPORT:WORDS`, and
    what it may have besides. Raises DecisionError when values are missing or too many, or a passage is not there.
    """
    if kind not in KINDS:
        raise DecisionError("no-kind-of-decision", kind=kind, kinds=", ".join(KINDS))
    needed = [name for name in KINDS[kind].needs if name not in PASSAGES]
    if len(values) != len(needed):
        raise DecisionError("decision-takes", kind=kind, fields=" ".join(map(str.upper, needed)) or "-")
    given = {name: value for name, value in options.items() if value is not None}
    passages = {name: plain(passage_said(edition, given.pop(name))) for name in PASSAGES if name in given}
    return {"kind": kind, **dict(zip(needed, values, strict=True)), **passages, **given}


def manual() -> list[str]:
    """Return a line for each kind of decision: its fields and what it says."""
    return [f"{name} {' '.join(_shown(name))}: {kind.meaning}" for name, kind in KINDS.items()]


def _shown(name: str) -> Iterator[str]:
    kind = KINDS[name]
    yield from (field.upper() for field in kind.needs if field not in PASSAGES)
    yield from (_option(field) for field in kind.needs if field in PASSAGES)
    yield from (f"[{_option(field)}]" for field in kind.may)


def _option(field: str) -> str:
    return f"--{field.replace('_', '-')}"
