"""The terms of a Chinese text with the renderings that they may have there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from glossary_api.queries.annotate.annotator import EVERY, AnnotateQuestion, Annotator, Standpoint
from glossary_api.queries.rank import Asked
from glossary_api.translation.renderings import Rendering, TermUse


def uses_in(text: str, annotator: Annotator, asked: Asked, language: str) -> tuple[TermUse, ...]:
    """The terms of a Chinese text with their renderings in a language, as seen from a place and a day."""
    question = AnnotateQuestion(standpoint=Standpoint(asked), gloss=EVERY)
    uses = []
    for match in annotator.matches(text, question):
        term = match["term"]
        # Where nothing shows which meaning it is, it may be any: that is a choice for people.
        possible = match["senses"] if match["ambiguous"] else match["senses"][:1] or match["elsewhere"]
        meanings = max(len(possible), 1)
        rendered = _renderings(match, language.lower(), placed=asked.place is not None or asked.code is not None)
        uses.append(TermUse(match["start"], match["end"], term["id"], term["name"], term["kind"], rendered, meanings))
    return tuple(uses)


def _renderings(match: Mapping[str, Any], language: str, *, placed: bool) -> tuple[Rendering, ...]:
    """The renderings of the sense that is meant, of all senses if nothing decides; in the language or, failing that,
    in what it is a kind of: en for en-US.
    """
    senses = match["senses"]
    meant = senses[0]["id"] if senses and not match["ambiguous"] else None
    candidates = [one for one in match["equivalents"] if meant is None or one["sense"] == meant]
    # Only a text whose place is known can be said to mean none of the senses that are known.
    elsewhere = set() if senses or not placed else {sense["id"] for sense in match["elsewhere"]}
    while language:
        of_it = [one for one in candidates if f"{one['language'].lower()}-".startswith(f"{language}-")]
        if of_it:
            return tuple(_rendering(one, one["sense"] in elsewhere) for one in of_it)
        language = language.rpartition("-")[0]
    return ()


def _rendering(one: Mapping[str, Any], elsewhere: bool) -> Rendering:
    return Rendering(one["rendering"], one["status"], one["sense"], one["gloss"], tuple(one["also"]), elsewhere)
