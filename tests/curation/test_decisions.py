"""What a decision is, in the program and in its published schema."""

from __future__ import annotations

from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from glossary_api.curation.decisions import KINDS, PASSAGES, in_force, problems_with, quoted, schema, waiting
from tests.curation.conftest import decided

VALUES = {
    **{"field": "year", "value": "2024", "language": "en", "decision": "d0000000000000001", "finding": "orphan-mark"},
    **{"status": "official", "since": "2024-03", "definition_status": "machine"},
}
PASSAGE = {"report": "yiwu-2025", "quote": "三减", "digest": "0" * 16}


def made(kind: str) -> dict[str, Any]:
    """A decision of a kind with all that it needs and may have."""
    said = KINDS[kind]
    fields = {name: PASSAGE if name in PASSAGES else VALUES.get(name, "三减") for name in (*said.needs, *said.may)}
    common = {"id": "d0000000000000002", "time": "2026-01-01T00:00:00.000000Z", "who": "li", "why": ""}
    return common | {"kind": kind} | fields


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_says_what_the_program_takes(kind: str) -> None:
    """What the program takes the schema takes, and what one refuses the other does, too."""
    check = jsonschema.Draft202012Validator(schema())
    whole = made(kind)
    assert check.is_valid(whole)
    assert list(problems_with(whole)) == []
    for name in (*KINDS[kind].needs, "who", "id"):
        for wrong in ({k: v for k, v in whole.items() if k != name}, whole | {name: 1}, whole | {name: "x" * 6000}):
            assert not check.is_valid(wrong), name
            assert list(problems_with(wrong)), name
    assert not check.is_valid(whole | {"more": "x"})
    assert list(problems_with(whole | {"more": "x"}))


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        "x",
        {"kind": 1},
        {"kind": ["reject"]},
        {"kind": "reject", "term": {}},
        {"kind": "reject", "term": "“”"},
    ],
)
def test_anything_else_is_refused(wrong: object) -> None:
    """What is no decision is refused, whatever it is."""
    assert list(problems_with(wrong))


def test_a_proposal_holds_once_it_is_accepted() -> None:
    """A proposal waits, holds when accepted, and does not when that is undone or it is declined."""
    proposal = decided("reject", term="三减", proposed=True)
    accept = decided("accept", decision=proposal.id)
    undo = decided("undo", decision=accept.id)
    assert (in_force([proposal]), waiting([proposal])) == ((), (proposal,))
    assert (in_force([proposal, accept]), waiting([proposal, accept])) == ((proposal,), ())
    assert in_force([proposal, accept, undo]) == ()
    assert waiting([proposal, decided("decline", decision=proposal.id)]) == ()


def test_a_passage_is_found_by_its_words_and_surroundings() -> None:
    """A passage is found again behind new text, and one of several by what stands around it."""
    text = "推进三减改革。\n" * 2 + "后来又做三减工作，成效明显。"
    start = text.rindex("三减")
    passage = quoted("yiwu-2025", text, start, start + 2)
    assert passage.span_in("前言。\n" * 9 + text) == (start + 36, start + 38)
    assert passage.span_in("什么也没有") is None
    assert passage.span_in("三减，三减") is None
