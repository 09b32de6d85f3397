"""Put the gloss of a rendering, and its use, into a file: into the note of a term, or behind the rendering."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from glossary_api.text.parentheses import with_gloss

JsonObject = dict[str, Any]

APART, NOTE, BEHIND = "apart", "note", "behind"
"""As the term document has it; before the note of the rendering, with all else that has no place of its own; behind it
in parentheses."""
ONLY = "this sense"
"""Said of a rendering of its sense only."""
_SAID = ("name", "only", "place", "from", "until", "gloss", "also", "definition", "definition_status")
"""What stands before a note, each behind its name, in this order."""
_NOTED = re.compile("".join(rf"(?:{name}: (?P<{name}>.*?)(?: \| |$))?" for name in _SAID) + "(?P<note>.*)", re.DOTALL)


def glossed(terms: Iterable[JsonObject], way: str) -> Iterator[JsonObject]:
    """Yield term documents whose renderings have their gloss in one of these ways."""
    for term in terms:
        if way == APART:
            yield term
            continue
        name = term.get("name", "")
        senses = [sense | {"equivalents": _all(sense, way, name)} for sense in term["senses"]]
        own = {"equivalents": _all(term, way, name)} if "equivalents" in term else {}
        yield term | {"senses": senses} | own


def note_apart(note: str) -> dict[str, str]:
    """Return what stands before a note, each as curated files have it, and the `note`; what is not said is empty."""
    found = _NOTED.fullmatch(note)
    said = {name: text or "" for name, text in found.groupdict().items()} if found else {"note": note}
    return dict.fromkeys(_SAID, "") | said | {"also": " | ".join(said.get("also", "").split("; "))}


def _all(rendered: JsonObject, way: str, name: str) -> list[JsonObject]:
    return [_one(equivalent, way, name) for equivalent in rendered["equivalents"]]


def _one(equivalent: JsonObject, way: str, name: str) -> JsonObject:
    gloss = equivalent.get("gloss", "")
    if way == BEHIND:
        return equivalent | {"rendering": with_gloss(equivalent["rendering"], gloss)}
    said = {
        "name": "" if equivalent.get("name") == name else equivalent.get("name"),
        "only": ONLY if equivalent.get("bound") else "",
        "also": "; ".join(equivalent.get("also", ())),
    }
    parts = [f"{part}: {text}" for part in _SAID if (text := said.get(part, equivalent.get(part)))]
    return equivalent | {"note": " | ".join(filter(None, [*parts, equivalent["note"]]))}
