"""Plain text: UTF-8, GB18030 or Big5, and a UTF-16 or UTF-32 text whose byte order mark says so.

What is decoded is handed on as it stands, line ends included, since every later offset counts in it.
"""

from __future__ import annotations

import codecs
import functools
from collections import Counter

from glossary_api.errors import ReadError, WrongFormat
from glossary_api.model.messages import Message

COMMON_SHARE = 0.5
"""The least share of common characters that GB18030 text may have.

Simplified text has 0.99, traditional text 0.67; UTF-8 or Big5 that only happens to decode as GB18030 has 0.13 and
0.26, random bytes that do have less than 0.5.
"""

COMMON_BIG5_SHARE = 0.95
"""The least share of a text in Big5 that its first level has, the punctuation and characters in everyday use."""
_LAST_COMMON_BIG5 = b"\xc6"

CONTROL_SHARE = 0.01
"""The greatest share of control characters in a text; text copied out of Word holds a few."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WHITE_SPACE = b"\t\n\v\f\r\x1a"  # 1A is the end-of-file sign of old editors
_CONTROLS = bytes(code for code in [*range(32), 127] if code not in _WHITE_SPACE)
_SAVE_AS_UTF8 = "save-it-as-utf-8-text"


def read_text(data: bytes) -> str:
    """Return the text of a file in UTF-8, GB18030, Big5 or UTF-16/32, exactly as decoded but for the byte order mark.

    Raises ReadError when the bytes are binary, or text in another encoding.
    """
    encoding, body = _marked(data)
    encoding = encoding or _unmarked_utf_16(data)
    if encoding:
        return _decoded_as(encoding, body)
    _refuse_binary(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _cut_short(data, "utf-8", error) or _as_gb18030(data, error)


def declared_by_mark(data: bytes) -> str | None:
    """Return the encoding that a byte order mark announces, or None."""
    return _marked(data)[0] or None


def _marked(data: bytes) -> tuple[str, bytes]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    return "", data


def _unmarked_utf_16(data: bytes) -> str:
    """Return the byte order in which a text without a mark has its ends of lines, and Chinese between them."""
    if len(data) % 2 or b"\0" not in data:
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data.decode(encoding, "replace")
        if "\n" in text and "\0" not in text and "\ufffd" not in text and _common_share(text) >= COMMON_SHARE:
            return encoding
    return ""


def _cut_short(data: bytes, encoding: str, error: UnicodeDecodeError) -> str:
    """Return a text that ends within a character, U+FFFD in its place; empty for any other damage."""
    begun = error.reason in ("unexpected end of data", "incomplete multibyte sequence") and error.end == len(data)
    return data.decode(encoding, "replace") if begun else ""


def _decoded_as(encoding: str, body: bytes) -> str:
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        where = error.start + len("\ufeff".encode(encoding))
        raise ReadError("not-its-encoding", remedy=_SAVE_AS_UTF8, encoding=encoding.upper(), where=where) from error
    _refuse_binary(text.encode("utf-8"))
    return text


def _refuse_binary(data: bytes) -> None:
    """Raise ReadError for NUL bytes and for more control characters than a text has.

    Both encodings use these bytes for nothing else, so they can be counted before decoding.
    """
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or controls > len(data) * CONTROL_SHARE:
        raise WrongFormat("is-binary-file-of-no-known-kind", remedy="name-readable-file")


def _as_gb18030(data: bytes, not_utf8: UnicodeDecodeError) -> str:
    """Decode strictly, and refuse what decodes by chance: text in UTF-8 with a damaged byte, Big5, noise."""
    where = not_utf8.start
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        text = _cut_short(data, "gb18030", error)
        if not text:
            if text := _as_big5(data):
                return text
            message = Message("neither-utf-8-nor-gb18030", one=where, other=error.start)
            raise ReadError(message, remedy=_SAVE_AS_UTF8) from error
    if _common_share(text) < COMMON_SHARE:
        if text := _as_big5(data):
            return text
        message = Message("not-utf-8-nor-chinese", where=where)
        raise ReadError(message, remedy=_SAVE_AS_UTF8)
    return text


def _as_big5(data: bytes) -> str:
    """Decode strictly; empty for what is no traditional text, whose characters are nearly all of the first level."""
    try:
        text = data.decode("big5hkscs")
    except UnicodeDecodeError:
        return ""
    pairs = [sign.encode("big5hkscs") for sign in text if sign > "\x7f"]
    common = sum(pair[:1] <= _LAST_COMMON_BIG5 for pair in pairs)
    return text if pairs and common >= COMMON_BIG5_SHARE * len(pairs) else ""


def _common_share(text: str) -> float:
    counts = Counter(text)
    outside_ascii = sum(count for character, count in counts.items() if character > "\x7f")
    common = sum(count for character, count in counts.items() if character in _common_characters())
    return common / outside_ascii if outside_ascii else 1.0


@functools.cache
def _common_characters() -> frozenset[str]:
    """Return the first level of GB 2312 (3,755 characters in everyday use) and its rows of punctuation and numerals."""
    rows = [*range(0xA1, 0xA4), *range(0xB0, 0xD8)]
    return frozenset(
        "".join(bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in range(0xA1, 0xFF))
    )
