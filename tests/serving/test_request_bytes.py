from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.serving import request_bytes
from glossary_api.serving.request_bytes import RequestBytes

HEAD = b"POST /api HTTP/1.1\r\nHost: a\r\n"
WHOLE = (
    b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    HEAD + b"Content-Length: 0\r\n\r\n",
    HEAD + b"content-LENGTH:  5\r\n\r\n\r\n\r\n0",
    HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n0\r\n\r\n\r\nA;x=y\r\n0123456789\r\n0\r\nTrailer: b\r\n\r\n",
)


@pytest.mark.parametrize("whole", WHOLE)
def test_a_request_is_whole_with_its_last_byte(whole: bytes) -> None:
    """However the bytes come, a request is whole with the last of them and not before."""
    request = RequestBytes()
    for number, byte in enumerate(whole, 1):
        request.data.append(byte)
        assert request.is_whole() == (number == len(whole))
    assert RequestBytes(whole).is_whole()
    assert not request.is_cut


@given(st.binary(max_size=300), st.integers(1, 50))
def test_any_bytes(data: bytes, size: int) -> None:
    """Bytes that are no request are waited for or handed on, and never an error."""
    request = RequestBytes(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    for start in range(0, len(data), size):
        request.data += data[start : start + size]
        request.is_whole()


def test_what_is_too_large_is_handed_on_to_be_refused() -> None:
    """A head or a body over its limit is not waited for; a head without end is neither."""
    head = RequestBytes(b"GET / HTTP/1.1\r\nX: " + bytes(request_bytes.LONGEST_HEAD))
    length = RequestBytes(HEAD + b"Content-Length: 999999999\r\n\r\n")
    chunk = RequestBytes(HEAD + b"Transfer-Encoding: chunked\r\n\r\nffffffff\r\n" + bytes(request_bytes.LARGEST_BODY))
    for request in (head, length, chunk):
        assert request.is_whole()
        assert request.is_cut


def test_a_client_that_waits_for_leave_is_known() -> None:
    """`Expect: 100-continue` is seen with the head."""
    request = RequestBytes(HEAD + b"Content-Length: 5\r\nExpect: 100-continue\r\n\r\n")
    assert not request.is_whole()
    assert request.wants_go_ahead
