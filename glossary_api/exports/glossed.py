"""Where the gloss of a rendering goes in a file: into its note, or behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from glossary_api.text.parentheses import with_gloss

JsonObject = dict[str, Any]

APART, NOTE, BEHIND = "apart", "note", "behind"
"""As the term document has it; before the note of the rendering, with further wordings; behind it in parentheses."""
_NOTED = re.compile(r"(?:gloss: (.*?)(?: \| |$))?(?:also: (.*?)(?: \| |$))?(.*)", re.DOTALL)


def glossed(terms: Iterable[JsonObject], way: str) -> Iterator[JsonObject]:
    """Yield term documents whose renderings have their gloss in one of these ways."""
    for term in terms:
        if way == APART:
            yield term
            continue
        senses = [sense | {"equivalents": _all(sense, way)} for sense in term["senses"]]
        own = {"equivalents": _all(term, way)} if "equivalents" in term else {}
        yield term | {"senses": senses} | own


def note_apart(note: str) -> tuple[str, str, str]:
    """Return the gloss and the further wordings that stand before a note, as curated files have them, and the note."""
    found = _NOTED.fullmatch(note)
    if found is None:
        return "", "", note
    return found[1] or "", " | ".join((found[2] or "").split("; ")), found[3]


def _all(rendered: JsonObject, way: str) -> list[JsonObject]:
    return [_one(equivalent, way) for equivalent in rendered["equivalents"]]


def _one(equivalent: JsonObject, way: str) -> JsonObject:
    gloss, also = equivalent.get("gloss", ""), "; ".join(equivalent.get("also", ()))
    if way == BEHIND:
        return equivalent | {"rendering": with_gloss(equivalent["rendering"], gloss)}
    said = [f"gloss: {gloss}" if gloss else "", f"also: {also}" if also else "", equivalent["note"]]
    return equivalent | {"note": " | ".join(filter(None, said))}
