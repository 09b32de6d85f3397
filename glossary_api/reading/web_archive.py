"""Web pages saved as one file (.mht) and letters (.eml): their parts, as MIME packs them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage

from glossary_api.errors import ReadError
from glossary_api.reading.html import looks_like_html, read_html
from glossary_api.reading.line_ends import mended
from glossary_api.reading.plain_text import read_text
from glossary_api.reading.tally import Tally
from glossary_api.reading.typed import as_typed

_HEADER = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){0,60}?"
    rb"(?:MIME-Version:|From: <Saved by|Content-Type: *multipart/)",
    re.IGNORECASE,
)
_REMEDY = "open-in-browser-and-save-text"


def is_mime(data: bytes) -> bool:
    """Return whether a file begins with the headers of a MIME message."""
    return _HEADER.match(data[:20_000]) is not None


def is_letter(data: bytes) -> bool:
    """Return whether a file is a message with other files in it, which are no parts of one page."""
    return is_mime(data) and sum(1 for _ in mime_parts(data)) > 1


def read_mime(data: bytes, tally: Tally) -> str:
    """Return the text of a page saved as one file, or of a letter; its pictures are counted."""
    message = message_from_bytes(data, policy=policy.default)
    for part in message.walk():
        if part.get_content_maintype() == "image":
            tally.leave("picture")
    body = next((content for _, content in mime_parts(data)), b"")
    for frame in message.walk() if message.get_content_type() == "multipart/related" else ():
        if frame.get_content_type() == "text/html" and (content := _text(frame)) != body:
            with suppress(ReadError):
                tally.leave("part", read_html(content))
    return read_html(body, tally) if looks_like_html(body) else mended(as_typed(read_text(body)))


def mime_parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of the texts and files in a message; the page of a web archive has an empty name.

    Of a text in two forms only the richer one comes; pictures and style sheets of a page do not come. Raises ReadError
    for a damaged message.
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
        body = message.get_body(("html", "plain"))
        if isinstance(body, EmailMessage):
            yield "", _text(body)
        for part in message.iter_attachments() if message.get_content_type() != "multipart/related" else ():
            if isinstance(name := part.get_filename(), str) and isinstance(
                content := part.get_payload(decode=True), bytes
            ):
                yield name, content
    except (MessageError, LookupError, UnicodeError, ValueError, AttributeError, KeyError) as error:
        raise ReadError("is-damaged-web-archive-or-letter", remedy=_REMEDY, why=error) from error


def _text(part: EmailMessage) -> bytes:
    """Return the bytes of a part, in UTF-8 with a byte order mark where its header says rightly how to decode them."""
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    charset = (part.get_content_charset() or "").lower()
    charset = "gb18030" if charset in ("gb2312", "gbk", "x-gbk") else charset
    try:
        return codecs.BOM_UTF8 + content.decode(charset).encode() if charset else content
    except (UnicodeDecodeError, LookupError):
        return content
