"""Files that readers of the site send: their text, read one at a time, kept nowhere."""

from __future__ import annotations

import threading

from glossary_api.errors import GlossaryError

PATIENCE_SECONDS = 20
"""How long a file waits for the one before it."""

_turn = threading.Lock()


class Busy(GlossaryError):
    """Another file is being read, and has been for some time."""


def text_of(data: bytes, name: str) -> str:
    """Return the text of a file. Raises WrongFormat and ReadError without a place, and Busy.

    Each process reads one file at a time: a strange one may take seconds, and a great deal of memory. No other program
    is run on what a stranger sends.
    """
    from glossary_api.reading.read import (
        Request,
        read_bytes,
    )  # the readers: serving does without until the first file comes

    if not _turn.acquire(timeout=PATIENCE_SECONDS):
        raise Busy("another-file-is-being-read")
    try:
        return read_bytes(data, name, Request(programs=False)).text
    finally:
        _turn.release()


def is_word_file(data: bytes) -> bool:
    """Return whether a file that was read is a .docx."""
    from glossary_api.reading.word.package import is_docx

    return is_docx(data)
