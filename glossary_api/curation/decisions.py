"""The decisions of people about a glossary: each is one JSON object, of one of the kinds of KINDS.

A decision names what it is about in words that outlive a harvest: a name in any spelling, a passage of a report. What
holds is a pure function of the set of decisions (`in_force`), whatever order they are read in.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from glossary_api.errors import DecisionError
from glossary_api.model.messages import Message
from glossary_api.model.words import EQUIVALENT_STATUSES, FOUND_IN_REPORTS, GENRES, TRANSLATION_STATUSES
from glossary_api.text.folding import fold_name

NAMED = "term"
"""The field by which most decisions name their term."""
CORRECTABLE = ("place", "year", "genre", "address")
"""What of a report a person may correct."""
UNDO, ACCEPT, DECLINE = ABOUT_DECISIONS = ("undo", "accept", "decline")
"""Decisions about decisions: take one back, let a proposal hold, turn a proposal down."""


@dataclass(frozen=True, slots=True)
class DecisionKind:
    """The fields that decisions of one kind must have, and those that they may have."""

    meaning: str
    needs: tuple[str, ...]
    may: tuple[str, ...] = ()


KINDS: Mapping[str, DecisionKind] = {
    "establish": DecisionKind("the name is a term; one that no report quotes becomes one", ("term",)),
    "reject": DecisionKind("the name is no term", ("term",)),
    "join-names": DecisionKind("two names are one term", ("term", "other")),
    "keep-apart": DecisionKind("two names are two terms", ("term", "other")),
    "join-senses": DecisionKind("two definitions say the same", ("term", "passage", "other_passage")),
    "split-senses": DecisionKind("two definitions say different things", ("term", "passage", "other_passage")),
    "correct-definition": DecisionKind("a definition reads so", ("term", "passage", "text")),
    "add-definition": DecisionKind("the term has this definition, too", ("term", "text"), ("passage",)),
    "withdraw-definition": DecisionKind("a passage does not explain the term", ("term", "passage")),
    "set-sense": DecisionKind("a use means what a definition says", ("term", "use", "passage")),
    "not-a-use": DecisionKind("the name stands there, but the term is not meant", ("term", "use")),
    "prefer-name": DecisionKind("the term is best called so", ("term", "name")),
    "add-rendering": DecisionKind(
        "the term is rendered so",
        ("term", "language", "rendering"),
        ("passage", "gloss", "note", "source", "status", "since"),
    ),
    "prefer-rendering": DecisionKind(
        "of its renderings this one is best", ("term", "language", "rendering"), ("passage",)
    ),
    "approve-rendering": DecisionKind("the rendering is approved", ("term", "language", "rendering"), ("passage",)),
    "withdraw-rendering": DecisionKind("the term is not rendered so", ("term", "language", "rendering"), ("passage",)),
    "translate-definition": DecisionKind(
        "a definition reads so in a language that the term is rendered in",
        ("term", "language", "text"),
        ("passage", "definition_status"),
    ),
    "note": DecisionKind("something that editors should know", ("term", "text")),
    "not-an-error": DecisionKind("what was found in a report is right", ("finding", "use")),
    "correct-report": DecisionKind("a report is of this place, year or genre", ("report", "field", "value")),
    UNDO: DecisionKind("a decision no longer holds", ("decision",)),
    ACCEPT: DecisionKind("a proposal holds", ("decision",)),
    DECLINE: DecisionKind("a proposal is turned down", ("decision",)),
}
"""Every kind of decision."""
PASSAGES = ("passage", "other_passage", "use")
"""Fields that quote a report; all others are text."""
NAMES = ("term", "other", "name")
"""Fields that have a name of a term."""
_YEAR = "[12][0-9]{3}"
_COMMON = ("id", "time", "who", "why", "kind")
_OPTIONAL = ("proposed", "key")
LONGEST_QUOTE = 5000
"""Characters that the words of a passage may have."""
LONGEST: Mapping[str, int] = {"text": 5000, "why": 2000, "note": 2000, "quote": LONGEST_QUOTE}
"""Characters that a field may have."""
LONGEST_FIELD = 500
"""Those that any other field may have."""
CHOICES: Mapping[str, Sequence[str]] = {
    "status": EQUIVALENT_STATUSES[1:],
    "definition_status": TRANSLATION_STATUSES,
    "field": CORRECTABLE,
    "finding": tuple(FOUND_IN_REPORTS),
    "kind": tuple(KINDS),
}
"""What some fields must be one of."""
_PATTERNS = {
    "id": r"d[0-9a-f]{16}",
    "decision": r"d[0-9a-f]{16}",
    "digest": r"[0-9a-f]{16}",
    "time": "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z",
    "since": r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?",
    "language": r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*",
}
_MAY_BE_EMPTY = {"why", "key", "report", "digest", "gloss", "note", "source", "since"}
_AROUND = 20
"""How many characters on each side of a quoted passage count for its digest."""
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage of a report, by its words: it is found again wherever in the text it stands after another harvest."""

    report: str
    """Id of the report; empty for a definition that an editor added."""
    quote: str
    digest: str = ""
    """Of the passage with what stands around it, which tells it from others of the same words."""

    def span_in(self, text: str) -> tuple[int, int] | None:
        """Return where the passage stands in the report's text; None if nowhere, or at several places."""
        places = [(found.start(), found.end()) for found in re.finditer(re.escape(self.quote), text)]
        if len(places) > 1:
            places = [place for place in places if digest_of(text, *place) == self.digest]
        return places[0] if len(places) == 1 else None


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of one person."""

    id: str
    time: str
    """When, in UTC, ISO 8601 with microseconds; no two decisions of a log have the same."""
    who: str
    why: str
    kind: str
    """One of KINDS."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    """What the kind needs and may have; those of PASSAGES are `Quoted`."""
    proposed: bool = False
    """Whether it waits until somebody accepts it."""
    key: str = ""
    """By which its sender knows it again; a second one with the same key is not taken down."""

    @property
    def term(self) -> str:
        """Return the folded name of the term that it is about; empty if it is about none."""
        return fold_name(self.fields.get(NAMED, ""))

    def document(self) -> dict[str, Any]:
        """Return the decision as its line in a log has it."""
        said = {name: getattr(self, name) for name in _COMMON}
        more = {name: value for name in _OPTIONAL if (value := getattr(self, name))}
        return said | more | {name: _plain(value) for name, value in self.fields.items()}


def _plain(value: Any) -> Any:
    return {name: getattr(value, name) for name in Quoted.__slots__} if isinstance(value, Quoted) else value


def digest_of(text: str, start: int, end: int) -> str:
    """Return the digest of a passage with what stands around it, white space aside: 16 hexadecimal digits."""
    around = _SPACE.sub("", text[max(start - _AROUND, 0) : end + _AROUND])
    return hashlib.sha256(around.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def quoted(report: str, text: str, start: int, end: int) -> Quoted:
    """Return a span of a report's text as a passage."""
    return Quoted(report, text[start:end], digest_of(text, start, end))


def as_decision(document: Any, place: str = "") -> Decision:
    """Return the decision of a JSON object. Raises DecisionError, which names `place` and the field, if it is none."""
    problem = next(problems_with(document), None)
    if problem:
        where, message = problem
        raise DecisionError(message, place=":".join(filter(None, (place, where))), remedy="see-schema-of-decisions")
    known = {name: document[name] for name in (*_COMMON, *_OPTIONAL) if name in document}
    fields = {name: _read(name, value) for name, value in document.items() if name not in known}
    return Decision(**known, fields=fields)


def _read(name: str, value: Any) -> Any:
    return Quoted(value["report"], value["quote"], value.get("digest", "")) if name in PASSAGES else value


def problems_with(document: Any) -> Iterator[tuple[str, Message]]:
    """Yield what is wrong with a JSON object that should be a decision: field (empty for all of it) and message."""
    if not isinstance(document, dict):
        yield "", Message("decision-is-no-object")
        return
    kind = KINDS.get(document["kind"]) if isinstance(document.get("kind"), str) else None
    if kind is None:
        yield "kind", Message("no-kind-of-decision", kind=str(document.get("kind", ""))[:40], kinds=", ".join(KINDS))
        return
    yield from _amiss(document, {*_COMMON, *kind.needs}, {*_OPTIONAL, *kind.may})
    if document.get("field") == "year" and not re.fullmatch(_YEAR, str(document.get("value"))):
        yield "value", Message("must-be-year")
    if document.get("field") == "genre" and document.get("value") not in GENRES:
        yield "value", Message("use-given", choices=", ".join(GENRES))
    for name in NAMES:
        if name in document and not fold_name(str(document[name])):
            yield name, Message("field-is-empty")


def _amiss(document: Mapping[str, Any], needs: set[str], may: set[str]) -> Iterator[tuple[str, Message]]:
    yield from ((name, Message("field-is-missing")) for name in sorted(needs - document.keys()))
    for name, value in document.items():
        if name not in needs | may:
            yield str(name)[:40], Message("decision-has-no-such-field", kind=document["kind"])
        elif name in PASSAGES:
            if not isinstance(value, dict):
                yield name, Message("passage-is-no-object")
            else:
                inside = _amiss(value | {"kind": document["kind"]}, {"report", "quote", "kind"}, {"digest"})
                yield from ((f"{name}.{part}", message) for part, message in inside)
        elif wrong := _wrong_with(name, value):
            yield name, wrong


def _wrong_with(name: str, value: Any) -> Message | None:
    if name == "proposed":
        return None if isinstance(value, bool) else Message("is-not-true-or-false")
    if not isinstance(value, str):
        return Message("is-no-text")
    most = LONGEST.get(name, LONGEST_FIELD)
    if len(value) > most:
        return Message("at-most-characters", limit=most)
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t\r" for sign in value):
        return Message("has-control-character")
    if not value.strip() and name not in _MAY_BE_EMPTY:
        return Message("field-is-empty")
    if name in CHOICES and value not in CHOICES[name]:
        return Message("use-given", choices=", ".join(CHOICES[name]))
    if name in _PATTERNS and value and not re.fullmatch(_PATTERNS[name], value):
        return Message("is-not-written-so", pattern=_PATTERNS[name])
    return None


def in_order(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions by time, each once."""
    return sorted({one.id: one for one in decisions}.values(), key=lambda one: (one.time, one.id))


def in_force(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that hold, by time: those that nobody undid, and of proposals those that are accepted."""
    ordered = in_order(decisions)
    undone: set[str] = set()
    for one in reversed(ordered):  # an undo that is undone itself undoes nothing
        if one.kind == UNDO and one.id not in undone and not one.proposed:
            undone.add(one.fields["decision"])
    verdicts = {
        one.fields["decision"]: one.kind for one in ordered if one.kind in (ACCEPT, DECLINE) and one.id not in undone
    }
    return tuple(
        one
        for one in ordered
        if one.kind not in ABOUT_DECISIONS
        and one.id not in undone
        and (not one.proposed or verdicts.get(one.id) == ACCEPT)
    )


def waiting(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the proposals, by time, that nobody has accepted, declined or undone."""
    ordered = in_order(decisions)
    settled = {one.fields["decision"] for one in ordered if one.kind in ABOUT_DECISIONS and not one.proposed}
    return tuple(one for one in ordered if one.proposed and one.id not in settled)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a decision, an alternative or more for each kind."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Decision",
        "description": "A line of decisions.jsonl: what one person decided about the glossary.",
        "oneOf": [one for name in KINDS for one in _alternatives(name, _COMMON, _OPTIONAL)],
    }


def schema_of_drafts() -> dict[str, Any]:
    """Return what JSON Schema says of a decision that is yet to be taken down: without id, time and who."""
    return {"oneOf": [one for name in KINDS for one in _alternatives(name, ("kind",), ("why",))]}


def _alternatives(kind: str, own: Sequence[str], may: Sequence[str]) -> Iterator[dict[str, Any]]:
    said = KINDS[kind]
    shapes = {each: _shape(each) for each in (*own, *may, *said.needs, *said.may)} | {"kind": _only(kind)}
    for corrected, more in _VALUES.items() if kind == "correct-report" else [("", {})]:
        yield {
            "title": f"{kind} {corrected}".strip(),
            "description": said.meaning,
            "type": "object",
            "properties": {**shapes, **({"field": _only(corrected)} if corrected else {}), **more},
            "required": [*own, *said.needs],
            "additionalProperties": False,
        }


def _only(word: str) -> dict[str, Any]:
    """Return the schema of one word: as a list of one, of which generators of clients make a type."""
    return {"type": "string", "enum": [word]}


def _shape(name: str) -> dict[str, Any]:
    if name in PASSAGES:
        return {
            "title": "passage meant",
            "type": "object",
            "properties": {each: _shape(each) for each in Quoted.__slots__},
            "required": ["report", "quote"],
            "additionalProperties": False,
        }
    if name == "proposed":
        return {"type": "boolean"}
    if name in CHOICES:
        return {"type": "string", "enum": list(CHOICES[name])}
    shape: dict[str, Any] = {"type": "string", "maxLength": LONGEST.get(name, LONGEST_FIELD)}
    if name in NAMES:
        shape["format"] = "name-of-term"  # one that has more in it than quotation marks
    if name in _PATTERNS:
        return shape | {"pattern": f"^({_PATTERNS[name]}){'?' if name in _MAY_BE_EMPTY else ''}$"}
    return shape | {"pattern": _PLAIN if name in _MAY_BE_EMPTY else _PLAIN_WORDS}


_CONTROL = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
_PLAIN = rf"^[^{_CONTROL}]*$"
"""Text without control characters."""
_PLAIN_WORDS = rf"^[^{_CONTROL}]*[^\s{_CONTROL}][^{_CONTROL}]*$"
"""Such text that is not white space only."""
_VALUES: Mapping[str, Mapping[str, Any]] = {
    "place": {},
    "address": {},
    "year": {"value": {"type": "string", "pattern": f"^{_YEAR}$"}},
    "genre": {"value": {"type": "string", "enum": list(GENRES)}},
}
"""What the field of a report that is corrected may be corrected to."""
