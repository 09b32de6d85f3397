"""Say which definitions of a term an asker has at hand: those that its document shows, and those near to the asker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from glossary_api.queries.rank import Asked
from glossary_api.store.foremost import DEFINITIONS, NEARBY
from glossary_api.store.opening import Select


def seen_from(select: Select, document: dict[str, Any], asked: Asked) -> list[dict[str, Any]]:
    """Return the senses of a term document with what its document leaves out and the asker has at hand.

    That is what the report itself says, and the definitions nearest to its place and its year: a document shows
    the best few of a term's (`store/foremost.py`), and whoever asks from one place wants those of that place.
    """
    senses: list[dict[str, Any]] = document["senses"]
    if sum(len(sense["definitions"]) for sense in senses) == document["totals"]["definitions"]:
        return senses
    code = asked.code
    wanted = {"id": document["id"], "report": asked.report, "place": asked.place, "code": code, "most": NEARBY}
    rows = select(_OWN, wanted) if asked.report is not None else []
    if code is not None:
        rows += select(_NEARBY, wanted | {"from": f"{code[:2]}0000", "to": f"{code[:2]}9999", "near": code[:4]})
    elif asked.place is not None:
        rows += select(_NAMED, wanted)
    if asked.year is not None:
        rows += select(_SAID_THEN, {"id": document["id"], "year": asked.year, "most": DEFINITIONS})
    return _with_more(senses, rows)


def _with_more(senses: Sequence[dict[str, Any]], rows: Iterable[tuple[str, bytes]]) -> list[dict[str, Any]]:
    by_id = {sense["id"]: sense | {"definitions": list(sense["definitions"])} for sense in senses}
    known = {_key(one) for sense in senses for one in sense["definitions"]}
    for sense, stored in rows:
        definition = orjson.loads(stored)
        if _key(definition) not in known:
            known.add(_key(definition))
            found = by_id.setdefault(sense, {"id": sense, "definitions": [], "more": 0, "equivalents": []})
            found["definitions"].append(definition)
    return list(by_id.values())


def _key(definition: dict[str, Any]) -> tuple[str | None, int | None, str]:
    return definition["source"]["report"], definition["source"]["start"], definition["text"]


_OF_TERM = "SELECT d.sense, d.document FROM terms t JOIN definitions d ON d.term = t.rank"
_OWN = f"{_OF_TERM} AND d.report = (SELECT rank FROM reports WHERE id = :report) WHERE t.id = :id"
_NAMED = f"{_OF_TERM} AND d.near = :place WHERE t.id = :id ORDER BY d.position LIMIT :most"
_SAID_THEN = f"""{_OF_TERM} JOIN reports r ON r.rank = d.report WHERE t.id = :id AND r.year IS NOT NULL
                 ORDER BY abs(r.year - :year), r.year, d.position LIMIT :most"""
_NEARBY = f"""{_OF_TERM} AND d.near BETWEEN :from AND :to WHERE t.id = :id
              ORDER BY d.near != :code, substr(d.near, 1, 4) != :near, d.position DESC LIMIT :most"""
