"""Messages: a code and values, put into English or Chinese where they are shown.

`messages.json` has the words of each code in both languages; names in braces stand for values, formatted as by
`str.format`; `one` is the English where `count` is 1. To add a message, add its code there and write
`raise ReadError("its-code", value=…)`, or `Message("its-code", value=…)`; tests hold code and catalogue to each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Self

import orjson

ENGLISH = "en"
CHINESE = "zh-Hans"
_INNER = str.maketrans("“”", "‘’")
_CATALOGUE = Path(__file__).with_name("messages.json")


class Message:
    """A message that is not yet in any language; `str(message)` is its English."""

    __slots__ = ("code", "values")

    def __init__(self, code: str, /, **values: Any) -> None:
        """Take a code of the catalogue, and a value for each name in its words: text, numbers, or messages."""
        self.code = code
        self.values: Mapping[str, Any] = values

    def said(self, language: str) -> str:
        """Return the message in the language of a tag: Chinese for CHINESE, English for any other."""
        words = catalogue()[self.code]
        english = words.get("one", words["en"]) if self.values.get("count") == 1 else words["en"]
        chosen = words["zh"] if language == CHINESE else english
        return filled(chosen, {name: said(value, language) for name, value in self.values.items()})

    def document(self) -> dict[str, Any]:
        """Return `{"code","values"}`, which JSON can hold."""
        return {"code": self.code, "values": {name: _plain(value) for name, value in self.values.items()}}

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Self:
        """Return the message of a `document()`."""
        values = document["values"].items()
        return cls(document["code"], **{name: cls.of(v) if isinstance(v, dict) else v for name, v in values})

    def __str__(self) -> str:
        return self.said(ENGLISH)

    def __repr__(self) -> str:
        return f"Message({self.code!r}, **{dict(self.values)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.code, self.values) == (other.code, other.values)

    def __hash__(self) -> int:
        return hash((self.code, *self.values.items()))


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it: an error by its words, a name that is no UTF-8 with signs for what is not."""
    if isinstance(value, Message):
        return value.document()
    return value if value is None or isinstance(value, int | float) else str(value).encode("utf-8", "replace").decode()


def said(value: Any, language: str) -> Any:
    """Return a message in the language of a tag, and any other value as it is."""
    return value.said(language) if isinstance(value, Message) else value


def filled(words: str, values: Mapping[str, Any]) -> str:
    """Return words with the values in place: between quotation marks, those of a value become the inner ones."""
    if "“{" in words:
        values = {name: _inner(v) if f"“{{{name}}}”" in words else v for name, v in values.items()}
    return words.format_map(values)


def _inner(value: Any) -> Any:
    return value.translate(_INNER) if isinstance(value, str) else value


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return the words of each code: `{"en","zh"}`, some with `one`."""
    words: dict[str, dict[str, str]] = orjson.loads(_CATALOGUE.read_bytes())
    return words
