"""The log of decisions: a file with one JSON object a line, to which lines are only ever added.

A line is on the disk before `record` returns, and a lock on a file beside it keeps processes from writing at once. A
process that is killed while it writes leaves at most a last line without an end, which nobody was told of: readers
pass it over, and the next who writes takes it away.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from glossary_api.curation.decisions import ABOUT_DECISIONS, Decision, as_decision
from glossary_api.errors import DecisionError, DecisionOutdated, KeyUsed, NotFound
from glossary_api.model.messages import Message
from glossary_api.store.saving import alone, refused, sync

_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


def read_log(path: Path) -> tuple[Decision, ...]:
    """Return the decisions of a log; none if there is no such file.

    Raises DecisionError, with file and line, when it cannot be read or a line is no decision.
    """
    try:
        return _decisions(path.read_bytes(), path)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise DecisionError("cannot-be-read", place=str(path), remedy="check-path", why=error.strerror) from error


def _decisions(content: bytes, path: Path) -> tuple[Decision, ...]:
    lines = content.split(b"\n")
    whole, torn = lines[:-1], lines[-1]
    if torn and _is_json(torn):  # written by hand, without an end
        whole.append(torn)
    found = [_of_line(line, f"{path}:{number}") for number, line in enumerate(whole, 1) if line.strip()]
    return tuple(found)


def _of_line(line: bytes, place: str) -> Decision:
    try:
        document = orjson.loads(line)
    except orjson.JSONDecodeError:
        raise DecisionError("line-is-no-json", place=place, remedy="mend-or-remove-line") from None
    return as_decision(document, place)


def _is_json(line: bytes) -> bool:
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return True


def version_of(log: Sequence[Decision], term: str = "") -> str:
    """Return the id of the last decision about a term, by folded name, or of the last of all; `none` if there is none.

    What is decided about a decision counts for the term that this one is about.
    """
    concerned = about_term(log, term) if term else list(log)
    return concerned[-1].id if concerned else "none"


def about_term(log: Sequence[Decision], term: str) -> list[Decision]:
    """Return the decisions about a term, by folded name, and those about these decisions."""
    about = {one.id: one.term for one in log}
    return [one for one in log if term in (one.term, about.get(one.fields.get("decision", "")))]


def record(
    path: Path, draft: Mapping[str, Any], who: str, *, proposed: bool = False, key: str = "", expected: str = ""
) -> Decision:
    """Add a decision to the log and return it, once it is on the disk.

    `draft` has `kind`, `why` and the fields of the kind. With a `key` that a decision of the same person has already,
    that one is returned and nothing written. With `expected`, a version, nothing is written if the term has another
    by now. Raises DecisionError if the draft is no decision, or the file cannot be written, DecisionOutdated,
    KeyUsed, NotFound for a decision about none.
    """
    with refused(path, DecisionError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with alone(path):
            log = read_log(path)
            same = next((one for one in log if key and (one.key, one.who) == (key, who)), None)
            if same:
                return _as_before(same, draft)
            decision = _made(log, draft, who, proposed, key)
            if expected and (now := version_of(log, _term_of(log, decision))) != expected:
                raise DecisionOutdated("somebody-decided-meanwhile", remedy="look-and-decide-again", version=now)
            _append(path, orjson.dumps(decision.document()) + b"\n")
            return decision


def _term_of(log: Sequence[Decision], decision: Decision) -> str:
    """Return the term that a decision is about, or that the decision is about which it is about."""
    target = decision.fields.get("decision")
    return next((one.term for one in log if one.id == target), decision.term)


def _as_before(same: Decision, draft: Mapping[str, Any]) -> Decision:
    said = same.document()
    if any(said.get(name) != value for name, value in draft.items()):
        raise KeyUsed("key-was-used-for-another", remedy="send-another-key")
    return same


def _made(log: Sequence[Decision], draft: Mapping[str, Any], who: str, proposed: bool, key: str) -> Decision:
    now = datetime.now(UTC)
    if log:  # a clock that was put back must not put a decision before those that it answers
        last = max(one.time for one in log)
        now = max(now, datetime.strptime(last, _TIME).replace(tzinfo=UTC) + timedelta(microseconds=1))
    own = {"id": f"d{secrets.token_hex(8)}", "time": now.strftime(_TIME), "who": who}
    more: dict[str, Any] = ({"proposed": True} if proposed else {}) | ({"key": key} if key else {})
    decision = as_decision({"why": "", **draft, **own, **more})
    target = decision.fields.get("decision")
    if decision.kind in ABOUT_DECISIONS and target not in {one.id for one in log}:
        raise NotFound("decision", str(target))
    return decision


def _append(path: Path, line: bytes) -> None:
    """Add a line behind the last whole one; all of it or nothing."""
    is_new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        size = _mended(descriptor)
        try:
            os.lseek(descriptor, size, os.SEEK_SET)
            while line:
                line = line[os.write(descriptor, line) :]
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, size)
            raise
    finally:
        os.close(descriptor)
    if is_new:
        sync(path.parent)


def _mended(descriptor: int) -> int:
    """Give a last line without an end its end, or cut it off if it is torn; return the size of the file."""
    size = os.fstat(descriptor).st_size
    content = os.pread(descriptor, size, 0)
    torn = content[content.rfind(b"\n") + 1 :]
    if not torn:
        return size
    if _is_json(torn):
        os.pwrite(descriptor, b"\n", size)
        return size + 1
    os.ftruncate(descriptor, size - len(torn))
    return size - len(torn)


def message_of(decision: Decision) -> Message:
    """Return a decision in one line: when, who, what, about what, why."""
    about = [
        f"“{value.quote}” ({value.report or 'decision'})" if hasattr(value, "quote") else str(value)
        for value in decision.fields.values()
    ]
    return Message(
        "decision-line",
        id=decision.id,
        time=decision.time[:16].replace("T", " "),
        who=decision.who,
        kind=decision.kind,
        about=", ".join(about),
        why=f" — {decision.why}" if decision.why else "",
    )
