"""Text as poorer formats can hold it: on one line, without quotation marks, without what XML forbids."""

from __future__ import annotations

import re

_QUOTES = re.compile('[“”‘’「」『』＂"]')
_BREAKS = re.compile("[\\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+")
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def on_one_line(text: str) -> str:
    """Replace each run of white space or control characters, line breaks and tabs among them, by one space."""
    return _BREAKS.sub(" ", text).strip()


def without_quotes(text: str) -> str:
    """Return the text without quotation marks, on one line."""
    return on_one_line(_QUOTES.sub("", text))


def in_xml(text: str) -> str:
    """Return the text with U+FFFD for each character that XML 1.0 forbids."""
    return _FORBIDDEN.sub("\ufffd", text)
