"""Ask about what waits for a decision: questions with one key for each answer: for the terminal and for the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from glossary_api.curation.decision_log import message_of
from glossary_api.curation.decisions import LONGEST_QUOTE, Decision, Quoted, in_force, quoted, waiting
from glossary_api.errors import DecisionError
from glossary_api.model.messages import Message
from glossary_api.model.words import APPROVED, CANDIDATE, MACHINE, PROPOSED
from glossary_api.store.documents import JsonObject
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters
from glossary_api.text.folding import fold_name
from glossary_api.text.parentheses import with_gloss

Draft = Mapping[str, Any]
_PAGE = 100
_UNREAD = (MACHINE, PROPOSED)


@dataclass(frozen=True, slots=True)
class Question:
    """Something to decide: what is shown, and by each key what it records."""

    shown: Message
    answers: Mapping[str, Draft]
    term: str = ""
    """Name of the term that it is about; empty if it is about none."""
    place: tuple[str, int] | None = None
    """Id of a report, and the offset where it has what is asked about."""


def questions(kind: str, edition: Edition, log: Sequence[Decision]) -> Iterator[Question]:
    """Yield what waits for a decision, of one of REVIEWED, leaving out what is decided or proposed already."""
    said = [one.document() for one in (*in_force(log), *waiting(log))]
    for question in _QUEUES[kind](edition, log):
        if not any(_is_answered(draft, said) for draft in question.answers.values()):
            yield question


def _is_answered(draft: Draft, said: Sequence[Draft]) -> bool:
    """Return whether somebody decided so, whatever the spelling of the term."""
    name = fold_name(draft.get("term", ""))
    rest = {key: value for key, value in draft.items() if key != "term"}
    return any(fold_name(one.get("term", "")) == name and rest.items() <= one.items() for one in said)


def plain(passage: Quoted) -> dict[str, str]:
    """Return a passage as drafts of decisions have it."""
    return {"report": passage.report, "quote": passage.quote, "digest": passage.digest}


def passage_said(edition: Edition, said: str) -> Quoted:
    """Return the passage that is said as `REPORT:WORDS`. Raises DecisionError, ReportNotFound."""
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


def _proposals(edition: Edition, log: Sequence[Decision]) -> Iterator[Question]:
    for one in waiting(log):
        answers = {key: {"kind": kind, "decision": one.id} for key, kind in (("a", "accept"), ("d", "decline"))}
        yield Question(message_of(one), answers, one.fields.get("term", ""))


def _candidates(edition: Edition, log: Sequence[Decision]) -> Iterator[Question]:
    for term in _terms(edition, CANDIDATE):
        name = term["name"]
        uses = edition.usages(name, limit=1).items
        context, place = "", None
        if uses:
            report = uses[0]["report"]["id"]
            context = f"{uses[0]['left']}{uses[0]['text']}{uses[0]['right']} ({report})"
            place = report, uses[0]["start"]
        answers = {"e": {"kind": "establish", "term": name}, "r": {"kind": "reject", "term": name}}
        yield Question(Message("candidate-shown", name=name, context=context), answers, name, place)


def _terms(edition: Edition, status: str) -> Iterator[JsonObject]:
    cursor: str | None = None
    while True:
        page = edition.terms(TermFilters(status=status), _PAGE, cursor)
        yield from map(dict, page.items)
        cursor = page.next
        if cursor is None:
            return


def _findings(edition: Edition, log: Sequence[Decision]) -> Iterator[Question]:
    for found in edition.findings():
        report = found["report"]
        text = edition.report_text(report)
        if not text[found["start"] : found["end"]].strip():
            continue  # about the whole report: there is no passage by which it could be named
        passage = quoted(report, text, found["start"], min(found["end"], found["start"] + LONGEST_QUOTE))
        right = {"kind": "not-an-error", "finding": found["kind"], "use": plain(passage)}
        shown = Message("finding-shown", report=report, quote=passage.quote[:60], message=found["message"])
        yield Question(shown, {"n": right}, place=(report, found["start"]))


def _doubts(edition: Edition, log: Sequence[Decision]) -> Iterator[Question]:
    for doubt in edition.doubts():
        names = [one["name"] for one in doubt["terms"] if one["name"]]
        if doubt["kind"] == "several-senses":
            yield from _of_senses(edition, names[0])
        for other in names[1:]:
            pair = {"term": names[0], "other": other}
            answers = {"j": {"kind": "join-names", **pair}, "k": {"kind": "keep-apart", **pair}}
            yield Question(doubt["message"], answers, names[0])


def _of_senses(edition: Edition, name: str) -> Iterator[Question]:
    """Ask of each further sense of a term whether it is the first, by their first definitions."""
    senses = [sense["definitions"][0] for sense in edition.term(name)["senses"] if sense["definitions"]]
    for other in senses[1:]:
        pair = {"term": name, "passage": of_definition(senses[0]), "other_passage": of_definition(other)}
        shown = {"one": senses[0]["text"], "other": other["text"]}
        sources = {"first": senses[0]["source"]["report"] or "-", "second": other["source"]["report"] or "-"}
        answers = {"j": {"kind": "join-senses", **pair}, "k": {"kind": "split-senses", **pair}}
        yield Question(Message("senses-shown", name=name, **shown, **sources), answers, name)


def of_definition(definition: JsonObject) -> dict[str, str]:
    """Return the passage by which decisions name a definition, given as documents of terms have it."""
    return {"report": definition["source"]["report"] or "", "quote": definition["text"][:LONGEST_QUOTE], "digest": ""}


def _renderings(edition: Edition, log: Sequence[Decision]) -> Iterator[Question]:
    rows = edition.select(
        """SELECT name FROM terms WHERE instr(CAST(document AS TEXT), '"rendering":') ORDER BY rank"""
    )
    for (name,) in rows:
        term = edition.term(name)
        for owner in (term, *term["senses"]):
            definitions = owner.get("definitions", ())
            meant = {"passage": of_definition(definitions[0])} if definitions else {}
            definition = definitions[0]["text"] if definitions else ""
            for one in owner["equivalents"]:
                said = {"term": name, "language": one["language"], "rendering": one["rendering"], **meant}
                if one["status"] == PROPOSED:
                    answers = {
                        "a": {"kind": "approve-rendering", **said},
                        "w": {"kind": "withdraw-rendering", **said},
                    }
                    words = with_gloss(one["rendering"], one["gloss"])
                    about = " · ".join(filter(None, (definition, one["source"], one["note"])))
                    shown = {"name": name, "language": one["language"], "rendering": words, "about": about}
                    yield Question(Message("rendering-shown", **shown), answers, name)
                if one["definition_status"] in _UNREAD:
                    yield _of_translation(name, definition, one, meant)


def _of_translation(name: str, original: str, one: JsonObject, meant: Draft) -> Question:
    """Ask whether a definition in another language may stand, or has to be written anew."""
    said = {"term": name, "language": one["language"], "text": one["definition"], **meant}
    answers = {"a": {"kind": "translate-definition", **said, "definition_status": APPROVED}}
    shown = {"name": name, "original": original, "language": one["language"], "definition": one["definition"]}
    return Question(Message("translation-shown", status=one["definition_status"], **shown), answers, name)


def _dangling(edition: Edition, log: Sequence[Decision]) -> Iterator[Question]:
    holding = {one.id for one in in_force(log)}
    for doubt in edition.doubts():
        if doubt["kind"] == "dangling-decision" and doubt["message"].values["id"] in holding:
            undo = {"kind": "undo", "decision": doubt["message"].values["id"]}
            yield Question(doubt["message"], {"u": undo})


_QUEUES = {
    "proposals": _proposals,
    "candidates": _candidates,
    "findings": _findings,
    "doubts": _doubts,
    "renderings": _renderings,
    "dangling": _dangling,
}
