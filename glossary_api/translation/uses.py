"""The terms of a Chinese text with the renderings that they may have there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from glossary_api.exports.cleaning import without_quotes
from glossary_api.queries.annotate.annotator import EVERY, AnnotateQuestion, Annotator, Standpoint
from glossary_api.queries.rank import OWN_REPORT, Asked
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES, QUOTES, fold, fold_name
from glossary_api.text.freedom import FREE, freedom
from glossary_api.text.places import HELD, NOT_HELD, order, standing
from glossary_api.text.surroundings import AROUND, GivenMeaning, NameUse, owner_before, speaks_alike
from glossary_api.translation.renderings import Rendering, TermUse

JsonObject = Mapping[str, Any]

_NEAR = {OWN_REPORT, "same-place", "same-prefecture", "national"}
"""Where a sense has to be from for its own renderings to be those of the text."""
_NUMERALS = re.compile("[一二三四五六七八九十]+")
_GOES_ON = re.compile(rf"[{QUOTES}]?[\u4e00-\u9fff]")
_AROUND = 12
"""Code points on each side of a name in which a longer name may go on."""


def uses_in(text: str, annotator: Annotator, asked: Asked, language: str) -> tuple[TermUse, ...]:
    """Return the terms of a Chinese text with their renderings in a language, as seen from a place and a day.

    A use spans what its renderings render: of “两新”政策 only 两新, if 两新 has a rendering and the whole has none.
    """
    question = AnnotateQuestion(standpoint=Standpoint(asked), gloss=EVERY)
    uses = (_use(text, match, asked, language.lower()) for match in annotator.matches(text, question))
    return tuple(_apart(uses))


def _apart(uses: Iterable[TermUse]) -> Iterator[TermUse]:
    """Yield the uses that begin behind the one before."""
    end = 0
    for use in uses:
        if use.start >= end:
            yield use
            end = use.end


def _use(text: str, match: JsonObject, asked: Asked, language: str) -> TermUse:
    term, span = match["term"], (match["start"], match["end"])
    # Where nothing shows which meaning it is, it may be any: that is a choice for people.
    possible = match["senses"] if match["ambiguous"] else match["senses"][:1] or match["elsewhere"]
    found = list(_renderings(text, match, asked, language))
    if found:
        # A rendering of all that stands there goes before one of a part of it; of parts the longest is rendered.
        span = max((one for one, _ in found), key=lambda one: (one == span, one[1] - one[0]))
    rendered = tuple(rendering for one, rendering in found if one == span)
    return TermUse(*span, term["id"], term["name"], term["kind"], rendered, max(len(possible), 1))


def _renderings(
    text: str, match: JsonObject, asked: Asked, language: str
) -> Iterator[tuple[tuple[int, int], Rendering]]:
    """Yield the renderings of the sense that is meant, of all senses if nothing decides, each with what it renders.

    They are in the language or, failing that, in what it is a kind of: en for en-US. What nothing shows to be meant
    here, or to be used here and then, is `elsewhere`.
    """
    start, end = match["start"], match["end"]
    where = asked.place, asked.code, asked.date
    strange = _is_strange(text, match)
    for one in sorted(_in_language(_candidates(match), language), key=lambda one: order(one, *where)):
        held, part = standing(one, *where), rendered_part(text, start, end, one["name"])
        whole = part is not None and (part[0] < start or part[1] > end)
        shown = held == HELD and part is not None and (whole or not strange) and _is_meant(text, match, one, asked)
        rendering = Rendering(one["rendering"], one["status"], one["sense"], one["gloss"], tuple(one["also"]))
        yield part or (start, end), replace(rendering, elsewhere=not shown, past=held == NOT_HELD)


def _candidates(match: JsonObject) -> list[JsonObject]:
    senses = match["senses"]
    meant = senses[0]["id"] if senses and not match["ambiguous"] else None
    return [one for one in match["equivalents"] if meant is None or one["sense"] == meant]


def _in_language(candidates: Sequence[JsonObject], language: str) -> list[JsonObject]:
    while language:
        of_it = [one for one in candidates if f"{one['language'].lower()}-".startswith(f"{language}-")]
        if of_it:
            return of_it
        language = language.rpartition("-")[0]
    return []


def _is_meant(text: str, match: JsonObject, one: JsonObject, asked: Asked) -> bool:
    """Tell whether something shows that the sense of a rendering is meant, where the rendering is of this sense only.

    Other renderings hold whatever the sense, unless the place is known and the name means something else there.
    """
    sense = next((each for each in match["senses"] if each["id"] == one["sense"]), None)
    if not one["bound"]:
        placed = asked.place is not None or asked.code is not None
        return sense is not None or one["sense"] is None or not placed or bool(match["senses"])
    if sense is None:
        return False
    return any(why["code"] in _NEAR for why in sense["why"]) or _is_spoken_of(text, match, sense)


def _is_spoken_of(text: str, match: JsonObject, sense: JsonObject) -> bool:
    """Tell whether the text around a match says what the definition of a sense says."""
    start, end = match["start"], match["end"]
    source, note = sense["source"], sense["evidence"]["kind"] == "note"
    where = source["report"], source["place"], None, None, source["year"]
    given = GivenMeaning(sense["head"], sense["definition"], (), note, source["entry"], *where)
    return speaks_alike(given, NameUse(match["text"], text[max(0, start - AROUND) : start], text[end : end + AROUND]))


def _is_strange(text: str, match: JsonObject) -> bool:
    """Tell whether the words beside a name make another thing of it: 国内国际两个大局, “五五”普法."""
    start, end, surface = match["start"], match["end"], match["text"]
    if _NUMERALS.fullmatch(without_quotes(surface)) and match["term"]["kind"] != "plan":
        return bool(_GOES_ON.match(text[end:]))
    if surface[:1] in QUOTES or text[max(0, start - 1) : start] in tuple(QUOTES):
        return False
    return (
        freedom(surface) == FREE and not match["senses"] and len(owner_before(text[max(0, start - AROUND) : start])) > 1
    )


def rendered_part(text: str, start: int, end: int, name: str) -> tuple[int, int] | None:
    """Return the span of a text that a rendering of `name` renders where the name of a term stands at [start, end).

    That is the whole span if it says the name, a part of it if it says more, more than it if the text goes on to
    say the name; None if the text does not say the name there.
    """
    key = fold_name(name)
    if fold_name(text[start:end]) == key:
        return start, end
    inside = _found(text, start, end, key)
    if inside is not None:
        return inside
    before, behind = max(0, start - _AROUND), end + max(_AROUND, len(name) + 4)
    around = _found(text, before, behind, key)
    return around if around is not None and around[0] < end and start < around[1] else None


def _found(text: str, start: int, end: int, key: str) -> tuple[int, int] | None:
    folded = fold(text[start:end])
    at = folded.text.find(key) if key else -1
    if at < 0:
        return None
    begin, finish = folded.source_span(at, at + len(key))
    begin, finish = start + begin, start + finish
    inside = text[begin:finish]
    opened = sum(inside.count(sign) for sign in OPENING_QUOTES) < sum(inside.count(sign) for sign in CLOSING_QUOTES)
    return begin - (opened and text[max(0, begin - 1) : begin] in tuple(OPENING_QUOTES)), finish
