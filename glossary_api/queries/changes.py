"""Compare one edition with another: terms that came or went, other names, definitions and renderings.

An edition together with its changes gives the other one: a follower who applies them has what the glossary offers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import orjson

from glossary_api.model.words import ESTABLISHED
from glossary_api.store import cursors
from glossary_api.store.documents import JsonObject
from glossary_api.store.edition import Edition, Page

ADDED, CHANGED, GONE = CHANGES = ("added", "changed", "gone")
"""What can have happened to a term."""
KIND = "changes"
"""The kind of the cursors."""


@dataclass(slots=True)
class _Content:
    """The parts of a term that are compared; definitions and renderings as JSON, so that they can be compared."""

    name: str
    kind: str
    definitions: list[bytes] = field(default_factory=list)
    renderings: list[bytes] = field(default_factory=list)


def changes(before: Edition, after: Edition, limit: int = 50, cursor: str | None = None) -> Page[JsonObject]:
    """Return what changed in the established terms, by id of the term.

    An item is `{"change","term": {"id","name","kind"},"before": {"name","kind"}|None,"definitions": {"added","gone"},
    "renderings": {"added","gone"}}`; definitions as in the list of a term's definitions, with their `sense`, renderings
    as its equivalents, with theirs (empty for a term without senses). Raises BadParameter for a cursor of another list.
    """
    (behind,) = ("",) if cursor is None else cursors.decode(cursor, KIND, str)
    found = all_changes(before, after)
    rest = [one for one in found if one["term"]["id"] > str(behind)]
    shown = rest[:limit]
    following = cursors.encode(KIND, shown[-1]["term"]["id"]) if len(rest) > limit else None
    return Page(tuple(shown), len(found), following)


def all_changes(before: Edition, after: Edition) -> Sequence[JsonObject]:
    """Return all that changed; as in `changes`."""
    if before.hash == after.hash:
        return ()
    was, now = before.once(_contents), after.once(_contents)
    compared = (_change(id_, was.get(id_), now.get(id_)) for id_ in sorted({*was, *now}))
    return [one for one in compared if one is not None]


def _change(id_: str, was: _Content | None, now: _Content | None) -> JsonObject | None:
    if was == now:
        return None
    shown = now or was
    assert shown is not None
    nothing = _Content("", "")
    return {
        "change": CHANGED if was and now else ADDED if now else GONE,
        "term": {"id": id_, "name": shown.name, "kind": shown.kind},
        "before": {"name": was.name, "kind": was.kind} if was else None,
        "definitions": _difference((was or nothing).definitions, (now or nothing).definitions),
        "renderings": _difference((was or nothing).renderings, (now or nothing).renderings),
    }


def _difference(was: Sequence[bytes], now: Sequence[bytes]) -> JsonObject:
    """Return what is in one list only; both are in an order of their own, and have nothing twice."""
    return {
        "added": [orjson.loads(one) for one in now if one not in was],
        "gone": [orjson.loads(one) for one in was if one not in now],
    }


def _contents(edition: Edition) -> dict[str, _Content]:
    """Return what the established terms of an edition say, by id."""
    rows = edition.select("SELECT rank, id, name, kind, document FROM terms WHERE status = ?", (ESTABLISHED,))
    found: dict[str, _Content] = {}
    ids: dict[int, str] = {}
    for rank, id_, name, kind, document in rows:
        ids[rank] = id_
        found[id_] = _Content(name, kind, renderings=_renderings(document) if b'"rendering":' in document else [])
    said: defaultdict[str, list[bytes]] = defaultdict(list)
    for rank, sense, document in edition.select(
        "SELECT term, sense, document FROM definitions ORDER BY term, position"
    ):
        if rank in ids:
            said[ids[rank]].append(_line(orjson.loads(document) | {"sense": sense}))
    for id_, definitions in said.items():
        found[id_].definitions = list(dict.fromkeys(definitions))
    return found


def _renderings(document: bytes) -> list[bytes]:
    term = orjson.loads(document)
    owners = [("", term), *((sense["id"], sense) for sense in term["senses"])]
    lines = (_line(one | {"sense": id_}) for id_, owner in owners for one in owner["equivalents"])
    return list(dict.fromkeys(lines))


def _line(document: JsonObject) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
