"""The commands by which editors decide: `decide`, one decision, and `review`, one question after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from glossary_api.curation.decision_log import message_of
from glossary_api.curation.decisions import KINDS, PASSAGES, Decision, Quoted, quoted, waiting
from glossary_api.errors import DecisionError
from glossary_api.model.messages import Message
from glossary_api.model.words import CANDIDATE
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters
from glossary_api.text.folding import fold_name

"""What `review` walks through."""


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
    passages = {name: _plain(_passage(edition, given.pop(name))) for name in PASSAGES if name in given}
    return {"kind": kind, **dict(zip(needed, values, strict=True)), **passages, **given}


def _plain(passage: Quoted) -> dict[str, str]:
    return {"report": passage.report, "quote": passage.quote, "digest": passage.digest}


def _passage(edition: Edition, said: str) -> Quoted:
    """Return the passage of `REPORT:WORDS`. Raises DecisionError, ReportNotFound."""
    report, colon, words = said.partition(":")
    if not colon or not words.strip():
        raise DecisionError("passage-is-written-so", place=said)
    if not report:
        return Quoted("", words)
    text = edition.report_text(report)
    start = text.find(words)
    if start < 0:
        raise DecisionError("words-are-not-there", place=report, remedy="quote-as-printed", words=words)
    if text.find(words, start + 1) >= 0:
        raise DecisionError("words-are-there-several-times", place=report, remedy="quote-more-around", words=words)
    return quoted(report, text, start, start + len(words))


@dataclass(frozen=True, slots=True)
class Question:
    """Something to decide: what is shown, and by each key what it records."""

    shown: Message
    answers: Mapping[str, Mapping[str, Any]]


def questions(kind: str, edition: Edition, log: Sequence[Decision]) -> Iterator[Question]:
    """Yield what waits for a decision, of one of REVIEWED, leaving out what is decided."""
    match kind:
        case "proposals":
            for one in waiting(log):
                settled = {"decision": one.id}
                yield Question(
                    message_of(one), {"a": {"kind": "accept", **settled}, "d": {"kind": "decline", **settled}}
                )
        case "candidates":
            yield from _candidates(edition, {one.term for one in log})
        case "findings":
            yield from _findings(edition)
        case _:
            for doubt in edition.doubts():
                if doubt["kind"] == "dangling-decision":
                    undo = {"kind": "undo", "decision": doubt["message"].values["id"]}
                    yield Question(doubt["message"], {"u": undo})


def _candidates(edition: Edition, decided: set[str]) -> Iterator[Question]:
    cursor: str | None = None
    while True:
        page = edition.terms(TermFilters(status=CANDIDATE), 100, cursor)
        for term in page.items:
            name = term["name"]
            if fold_name(name) in decided:
                continue
            uses = edition.usages(name, limit=1).items
            context = (
                f"{uses[0]['left']}{uses[0]['text']}{uses[0]['right']} ({uses[0]['report']['id']})" if uses else ""
            )
            answers = {"e": {"kind": "establish", "term": name}, "r": {"kind": "reject", "term": name}}
            yield Question(Message("candidate-shown", name=name, context=context), answers)
        cursor = page.next
        if cursor is None:
            return


def _findings(edition: Edition) -> Iterator[Question]:
    for found in edition.findings():
        report = found["report"]
        passage = quoted(report, edition.report_text(report), found["start"], found["end"])
        right = {"kind": "not-an-error", "finding": found["kind"], "use": _plain(passage)}
        shown = Message("finding-shown", report=report, quote=passage.quote[:60], message=found["message"])
        yield Question(shown, {"n": right})


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
