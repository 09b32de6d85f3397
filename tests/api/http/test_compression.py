from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from glossary_api.api.http.middleware import LEAST

LONG = "/reports/yunxi-2024"
SHORT = "/healthz"
GZIP = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.mark.parametrize("accepted", ["gzip", "gzip, deflate, br", "*", "gzip;q=0.5", "identity;q=0.5, gzip;q=0.5"])
def test_long_answers_are_compressed(ask: Any, accepted: str) -> None:
    """A long answer comes compressed to who takes gzip, and is the same when unpacked."""
    plain, packed = ask(LONG), ask(LONG, "HEAD", {"Accept-Encoding": accepted})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) < len(plain.data) / 2
    packed = ask.app.test_client().get(f"/api/v1{LONG}", headers={"Accept-Encoding": accepted})
    assert gzip.decompress(packed.data) == plain.data


@pytest.mark.parametrize("accepted", ["", "br", "identity", "gzip;q=0", "*;q=0", "identity, gzip;q=0.5"])
def test_nobody_gets_gzip_unasked(ask: Any, accepted: str) -> None:
    """Who does not take gzip, or likes it less, gets the plain answer, which says that it could have been another."""
    answer = ask(LONG, headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert len(answer.data) >= LEAST


def test_short_answers_stay_plain(ask: Any) -> None:
    """A short answer is the same to all."""
    answer = ask(SHORT, headers=GZIP)
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" not in answer.headers.get("Vary", "")


def test_errors_stay_plain(ask: Any) -> None:
    """A problem is not compressed, however long."""
    answer = ask(f"/terms?{'&'.join(f'x{n}=1' for n in range(50))}", headers=GZIP)
    assert len(answer.data) > LEAST
    assert json.loads(answer.data)["status"] == 422


def test_each_coding_has_its_own_tag(ask: Any) -> None:
    """Compressed and plain have different strong tags; either is known again, and called by its own name."""
    plain, packed = ask(LONG).headers["ETag"], ask(LONG, "HEAD", GZIP).headers["ETag"]
    assert len({plain, packed}) == 2
    assert not packed.startswith("W/")
    for tag in (plain, packed):
        answer = ask(LONG, headers=GZIP | {"If-None-Match": tag})
        assert (answer.status_code, answer.headers["ETag"]) == (304, tag)


def test_compressed_bytes_are_the_same_each_time(ask: Any) -> None:
    """The same compressed answer is the same bytes, as its strong tag says."""
    client = ask.app.test_client()
    assert len({client.get(f"/api/v1{LONG}", headers=GZIP).data for _ in range(3)}) == 1
