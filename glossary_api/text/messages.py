"""The language of messages: English as the code says it, or Chinese where the caller prefers it.

`chinese.json` has the Chinese of every message. A message with values in it is found by its pattern:
"must be {min} to {max}" there is what "must be 1 to 200" here was made from.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import orjson

ENGLISH = "en"
CHINESE = "zh-Hans"
_CATALOGUE = Path(__file__).with_name("chinese.json")


def said(message: str, language: str) -> str:
    """A message of the code in a language; in English where the catalogue does not have it.

    A message that begins with its place, as in "/q0/limit: must be 1 to 10", keeps it. One that ends with its remedy,
    as in "is empty; fetch or save it again", is known if its parts are.
    """
    if language != CHINESE:
        return message
    return _known(message) or _known_at_its_place(message) or _known_in_parts(message) or message


def _known_at_its_place(message: str) -> str | None:
    place, colon, rest = message.partition(": ")
    known = _known(rest) if colon else None
    return None if known is None else f"{place}：{known}"


def _known_in_parts(message: str) -> str | None:
    parts = [_known(part) for part in message.split("; ")]
    return None if None in parts else "；".join(filter(None, parts))


def _known(message: str) -> str | None:
    """The Chinese of a whole message."""
    exact = catalogue().get(message)
    if exact is not None:
        return exact
    for pattern, chinese in _patterns():
        if found := pattern.fullmatch(message):
            return chinese.format(**found.groupdict())
    return None


@cache
def catalogue() -> dict[str, str]:
    """English to Chinese; names in braces stand for values."""
    texts: dict[str, str] = orjson.loads(_CATALOGUE.read_bytes())
    return texts


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Patterns of messages with values and their Chinese, those that say most themselves before those that say less."""
    pairs = [(english, chinese) for english, chinese in catalogue().items() if "{" in english]
    pairs.sort(key=lambda pair: -len(re.sub(r"\{\w+\}", "", pair[0])))
    return [
        (re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*)", re.escape(english)), re.DOTALL), chinese)
        for english, chinese in pairs
    ]
