"""Where glosses go in files, and how they come back."""

from __future__ import annotations

import pytest

from glossary_api.exports.glossed import BEHIND, NOTE, ONLY, glossed, note_apart


@pytest.mark.parametrize(
    ("gloss", "also", "note"),
    [("a; b", ["c", "d e"], "why"), ("a", [], ""), ("", ["c"], "why"), ("", [], "why | how"), ("", [], "")],
)
def test_a_note_gives_back_what_was_put_before_it(gloss: str, also: list[str], note: str) -> None:
    """Gloss, further wordings and note are told apart again."""
    rendering = {"rendering": "R", "gloss": gloss, "also": also, "note": note}
    (term,) = glossed([{"senses": [], "equivalents": [rendering]}], NOTE)
    said = note_apart(term["equivalents"][0]["note"])
    assert (said["gloss"], said["also"], said["note"]) == (gloss, " | ".join(also), note)


def test_a_note_says_where_when_and_of_what_a_rendering_is_used() -> None:
    """What a format has no field for comes back from the note."""
    held = {"name": "甲乙", "bound": True, "place": "昆山市", "from": "2013", "until": ""}
    rendering = {"rendering": "R", "gloss": "g", "also": [], "note": "n"} | held
    rendering |= {"definition": "d", "definition_status": "machine"}
    (term,) = glossed([{"name": "甲", "senses": [], "equivalents": [rendering]}], NOTE)
    said = note_apart(term["equivalents"][0]["note"])
    assert said == {"name": "甲乙", "only": ONLY, "place": "昆山市", "from": "2013", "until": ""} | {
        "gloss": "g",
        "also": "",
        "definition": "d",
        "definition_status": "machine",
        "note": "n",
    }


def test_a_gloss_stands_behind_its_rendering() -> None:
    """In parentheses, where it is asked for; without a gloss nothing is added."""
    renderings: list[dict[str, object]] = [
        {"rendering": "R", "gloss": gloss, "also": [], "note": ""} for gloss in ("a", "")
    ]
    (term,) = glossed([{"senses": [{"equivalents": renderings}]}], BEHIND)
    assert [one["rendering"] for one in term["senses"][0]["equivalents"]] == ["R (a)", "R"]
