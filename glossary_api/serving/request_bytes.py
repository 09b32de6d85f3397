"""Know from the bytes of an HTTP request when all of it has come."""

from __future__ import annotations

import re

LONGEST_HEAD = 64 * 2**10
"""Bytes of request line and headers that are waited for; what is longer is refused as it stands."""
LARGEST_BODY = 16 * 2**20
"""Bytes of a body that are waited for: more than any route takes, so that what is larger is refused by its length."""
_HEAD_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r]*\bchunked\b", re.IGNORECASE)
_CONTINUE = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)
_SIZE = re.compile(rb"[0-9a-fA-F]{1,15}")


class RequestBytes:
    """The bytes of a request as they come, and whether they are all of it."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = bytearray(data)
        self.expected = 0
        """How many bytes the body has as far as is known."""
        self.is_cut = False
        """Whether it is handed on before its end, since it is larger than anything that is taken."""
        self.wants_go_ahead = False
        """Whether the client waits for `100 Continue` before it sends the body."""
        self._looked = 0
        self._chunk: int | None = None
        """Where the next chunk begins; None where the body is not chunked."""
        self._body: int | None = None
        """Where the body begins; None while the head is not complete."""

    def is_whole(self) -> bool:
        """Return whether there is nothing to wait for: all has come, or more than is ever taken."""
        if self._body is None and not self._read_head():
            self.is_cut = len(self.data) > LONGEST_HEAD
        elif self._chunk is not None:
            self.is_cut = len(self.data) - (self._body or 0) > LARGEST_BODY
            return self.is_cut or self._has_last_chunk()
        else:
            self.is_cut = self.expected > LARGEST_BODY
            return self.is_cut or len(self.data) - (self._body or 0) >= self.expected
        return self.is_cut

    @property
    def has_head(self) -> bool:
        """Tell whether all headers have come."""
        return self._body is not None

    def _read_head(self) -> bool:
        end = self.data.find(_HEAD_END, max(self._looked - len(_HEAD_END), 0))
        self._looked = len(self.data)
        if end < 0 or end > LONGEST_HEAD:
            return False
        head, self._body = bytes(self.data[: end + 2]), end + len(_HEAD_END)
        length = _LENGTH.search(head)
        self.expected = int(length[1]) if length else 0
        if _CHUNKED.search(head):
            self._chunk = self._body
        self.wants_go_ahead = _CONTINUE.search(head) is not None
        return True

    def _has_last_chunk(self) -> bool:
        """Tell whether the last chunk has come; what is no chunk is handed on, to be refused."""
        at = self._chunk or 0
        while (end := self.data.find(b"\r\n", at, at + 4096)) >= 0:
            size = _SIZE.match(self.data, at, end)
            if size is None:
                return True
            if int(size[0], 16) == 0:
                trailer_end = self.data.find(_HEAD_END, end)
                return trailer_end >= 0
            self._chunk = at = end + 2 + int(size[0], 16) + 2
            if at > len(self.data):
                return False
        return len(self.data) - at > 4096
