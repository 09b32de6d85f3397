"""The body of a request to `/annotate`, read by hand: a schema would cost more than the answer.

`schemas.AnnotateSchema` says the same to readers of the OpenAPI document, and the tests hold one against the other.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from glossary_api.api.http.bodies import escaped
from glossary_api.api.http.refusals import BadBody, BadField, TooLarge
from glossary_api.errors import BadParameter
from glossary_api.matching.spotting import Wanted
from glossary_api.model.messages import Message
from glossary_api.model.words import ANY_STATUS, ESTABLISHED, KINDS, STATUSES
from glossary_api.queries.annotate.annotator import FIRST, GLOSSES, SHORT, AnnotateQuestion, Standpoint
from glossary_api.queries.annotate.offsets import CODE_POINT, UNITS, ByteOffsets, Offsets, offsets_of
from glossary_api.queries.annotate.visible import TooDeep, visible_text
from glossary_api.queries.rank import Asked
from glossary_api.queries.standpoint import day_of
from glossary_api.text.places import NamedPlace, Places

LONGEST_TEXT = 1_000_000
"""Code points that `text`, `html` or `markdown` may have; those of several texts together, too."""
MOST_TEXTS = 1000
"""How many texts one request may have."""
MOST_MENTIONS = 10_000
CHARACTERS: ContextVar[int] = ContextVar("CHARACTERS", default=0)
"""How many characters of text the request has sent to be annotated."""
LIMIT = 12 * LONGEST_TEXT + 1_000_000
"""Bytes that a body may have: the longest text, every character an escape, and mentions beside it."""
LONGEST, ALL = MODES = ("longest", "all")
WANTED_KINDS = (*KINDS, SHORT)
WANTED_STATUSES = (*STATUSES, ANY_STATUS)

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_SIZES = (
    ("text", LONGEST_TEXT, "characters"),
    ("html", LONGEST_TEXT, "characters"),
    ("markdown", LONGEST_TEXT, "characters"),
    ("mentions", MOST_MENTIONS, "items"),
)
FORMS = ("text", "html", "markdown")
"""How a text may be sent, one of these ways."""
_OF_TEXT = ("", *FORMS)
"""Where something is wrong without which the text cannot be looked at; "" is the body as a whole."""
_OF_ONE = (*FORMS, "id", "place", "date", "mentions")
"""What one of several texts may say for itself."""
_JUST_TEXT = {"text"}
_SIDES = ("start", "end")
_NOWHERE = NamedPlace(None, None)
_NO_STRING = "must-be-string"
_UNKNOWN = "unknown-field"
_NO_LIST = "must-be-list"


@dataclass(frozen=True, slots=True)
class AnnotateRequest:
    """A body, understood."""

    text: str
    """What is to be annotated; of HTML and Markdown what a reader sees."""
    form: str
    """One of FORMS."""
    offsets: Offsets | ByteOffsets | None
    """How to count, if the caller wants something else than code points."""
    question: AnnotateQuestion
    selectors: bool = False
    """Whether matches say where they are as W3C Web Annotation does, too."""
    id: str | None = None
    """What the caller calls the text, if it sends several."""


def understood(body: Any, places: Places, language: str) -> AnnotateRequest:
    """Return what a body asks. `language` is the one for reasons.

    Raises TooLarge, and BadBody with a complaint for each field that does not fit.
    """
    if not isinstance(body, dict):
        raise BadBody([BadField("", "must-be-object")])
    if body.keys() == _JUST_TEXT and isinstance(body["text"], str) and len(body["text"]) <= LONGEST_TEXT:
        CHARACTERS.set(len(body["text"]))
        return AnnotateRequest(body["text"], "text", None, _plain(language))  # most bodies are no more than that
    _check_size(body)
    errors = [error for name, value in body.items() for error in _complaints(name, value)]
    forms = [form for form in FORMS if form in body]
    if len(forms) != 1:
        errors.append(BadField("", "text-or-html"))
    place = _place(body.get("place"), places, errors)
    if any(error.pointer.partition("/")[2].partition("/")[0] in _OF_TEXT for error in errors):
        raise BadBody(errors)
    text = _shown(body[forms[0]], forms[0], errors)
    if errors:
        raise BadBody(errors)
    offsets = offsets_of(text, body.get("offset_unit", CODE_POINT))
    CHARACTERS.set(len(text))
    mentions = tuple(_mentions(body.get("mentions", ()), len(text), offsets))
    asked = Asked(place.name, place.code, day_of(body.get("date", "")))
    standpoint = Standpoint(asked, language, body["lang"].lower() if "lang" in body else None)
    question = AnnotateQuestion(_wanted(body, mentions), standpoint, body.get("gloss", FIRST))
    return AnnotateRequest(text, forms[0], offsets, question, body.get("selectors", False))


def each_understood(body: Any, places: Places, language: str) -> list[AnnotateRequest]:
    """Return what a body with several `texts` asks of each; what stands beside them holds for all.

    Raises TooLarge, and BadBody with a complaint for each field that does not fit.
    """
    if not isinstance(body, dict) or not isinstance(body.get("texts"), list):
        raise BadBody([BadField("" if not isinstance(body, dict) else "/texts", "must-be-list")])
    texts, shared = body["texts"], {name: value for name, value in body.items() if name != "texts"}
    if not texts:
        raise BadBody([BadField("/texts", "must-not-be-empty")])
    if len(texts) > MOST_TEXTS:
        raise TooLarge(MOST_TEXTS, "items", "/texts")
    if misplaced := [name for name in (*FORMS, "id", "mentions") if name in shared]:
        raise BadBody([BadField(f"/{name}", _UNKNOWN) for name in misplaced])
    length = sum(len(one[form]) for one in texts for form in FORMS if _has_text(one, form))
    if length > LONGEST_TEXT:
        raise TooLarge(LONGEST_TEXT, "characters", "/texts")
    sent, errors = [], []
    for number, one in enumerate(texts):
        try:
            sent.append(_one_of_several(one, shared, places, language))
        except BadBody as bad:
            errors += [_moved(error, number, one) for error in bad.errors]
    if errors:
        raise BadBody([*{error.pointer: error for error in errors}.values()])
    CHARACTERS.set(length)
    return sent


def _one_of_several(one: Any, shared: Mapping[str, Any], places: Places, language: str) -> AnnotateRequest:
    if not isinstance(one, dict):
        raise BadBody([BadField("", "must-be-object")])
    if misplaced := [name for name in one if name not in _OF_ONE]:
        raise BadBody([BadField(f"/{escaped(name)}", _UNKNOWN) for name in misplaced])
    body = {**shared, **one}
    if not isinstance(id_ := body.pop("id", ""), str):
        raise BadBody([BadField("/id", _NO_STRING)])
    return replace(understood(body, places, language), id=id_ if "id" in one else None)


def _moved(error: BadField, number: int, one: Any) -> BadField:
    """Return an error with the pointer of what is at fault in the whole body: of one of its texts, or of all."""
    field = error.pointer.split("/")[1:2]
    is_shared = isinstance(one, dict) and field and field[0] not in {*map(escaped, one), *FORMS}
    return BadField(error.pointer if is_shared else f"/texts/{number}{error.pointer}", error.message)


def _has_text(one: Any, form: str) -> bool:
    return isinstance(one, dict) and isinstance(one.get(form), str)


@functools.cache
def _plain(language: str) -> AnnotateQuestion:
    return AnnotateQuestion(standpoint=Standpoint(language=language))


def _check_size(body: Mapping[str, Any]) -> None:
    for name, most, unit in _SIZES:
        value = body.get(name)
        if isinstance(value, str | list) and len(value) > most:
            raise TooLarge(most, unit, f"/{name}")


def _place(asked: Any, places: Places, errors: list[BadField]) -> NamedPlace:
    """Return the place that is asked for, none if nothing is; what is wrong with it is added to `errors`."""
    try:
        if isinstance(asked, str):
            return places.find(asked)
    except BadParameter as error:
        errors.append(BadField("/place", error.advice))
    return _NOWHERE


def _wanted(body: Mapping[str, Any], mentions: tuple[tuple[int, int], ...]) -> Wanted:
    kinds = frozenset(body.get("kinds", ()))
    status = body.get("status", ESTABLISHED)
    return Wanted(body.get("mode") == ALL, (kinds - {SHORT}) or None, SHORT in kinds, mentions, status)


def _mentions(
    given: Sequence[Mapping[str, float]], length: int, offsets: Offsets | ByteOffsets | None
) -> Iterator[tuple[int, int]]:
    """Yield mentions as spans of code points; one that is no span of the text vouches for nothing."""
    for mention in given:
        start, end = (int(mention[side]) for side in _SIDES)
        found = (offsets.code_points(start), offsets.code_points(end)) if offsets else (start, end)
        if found[0] is not None and found[1] is not None and found[0] < found[1] <= length:
            yield found[0], found[1]


def _shown(sent: str, form: str, errors: list[BadField]) -> str:
    """Return what a reader sees of a text; what is wrong with it is added to `errors`."""
    if form == "text":
        return sent
    if form == "markdown":
        from glossary_api.reading.markdown import printed_of  # serving loads no reader before it needs one

        return printed_of(sent)
    try:
        return visible_text(sent)
    except TooDeep as error:
        errors.append(BadField("/html", error.message))
        return ""


def _complaints(name: str, value: Any) -> Iterator[BadField]:
    """Return what is wrong with the value of a field, as far as the field alone can tell."""
    check = _CHECKS.get(name)
    if check is None:
        yield BadField(f"/{escaped(name)}", _UNKNOWN)
    else:
        for pointer, message in check(value):
            yield BadField(f"/{name}{pointer}", message)


_Complaints = Iterator[tuple[str, str | Message]]
"""Where below the field, as the end of a pointer, and what."""


def _string(value: Any) -> _Complaints:
    if not isinstance(value, str):
        yield "", _NO_STRING


def _flag(value: Any) -> _Complaints:
    if not isinstance(value, bool):
        yield "", "must-be-true-or-false"


def _day(value: Any) -> _Complaints:
    if not isinstance(value, str):
        yield "", _NO_STRING
    elif day_of(value) is None:
        yield "", "must-be-day"


def _language(value: Any) -> _Complaints:
    if not isinstance(value, str):
        yield "", _NO_STRING
    elif not _LANGUAGE.fullmatch(value):
        yield "", "must-be-language-tag"


def _one_of(*choices: str) -> Callable[[Any], _Complaints]:
    def check(value: Any) -> _Complaints:
        if not isinstance(value, str):
            yield "", _NO_STRING
        elif value not in choices:
            yield "", Message("must-be-one-of", choices=", ".join(choices))

    return check


def _kinds(value: Any) -> _Complaints:
    if not isinstance(value, list):
        yield "", _NO_LIST
    elif not value:
        yield "", "must-not-be-empty"
    else:
        check = _one_of(*WANTED_KINDS)
        yield from ((f"/{n}", message) for n, kind in enumerate(value) for _, message in check(kind))


def _spans(value: Any) -> _Complaints:
    if not isinstance(value, list):
        yield "", _NO_LIST
        return
    for number, span in enumerate(value):
        if not isinstance(span, dict):
            yield f"/{number}", "must-be-object"
            continue
        yield from ((f"/{number}/{escaped(name)}", _UNKNOWN) for name in span if name not in _SIDES)
        for side in _SIDES:
            if side not in span:
                yield f"/{number}/{side}", "is-missing"
            elif not _is_offset(span[side]):
                yield f"/{number}/{side}", "must-be-count"


def _is_offset(value: Any) -> bool:
    """Return whether a number counts something, as JSON Schema has it: 3.0 does, true does not."""
    return type(value) in (int, float) and value >= 0 and value % 1 == 0


_CHECKS: Mapping[str, Callable[[Any], _Complaints]] = {
    "text": _string,
    "html": _string,
    "markdown": _string,
    "selectors": _flag,
    "place": _string,
    "date": _day,
    "mode": _one_of(*MODES),
    "kinds": _kinds,
    "status": _one_of(*WANTED_STATUSES),
    "offset_unit": _one_of(*UNITS),
    "gloss": _one_of(*GLOSSES),
    "mentions": _spans,
    "lang": _language,
}
