"""Parts of the edition's file, and downloads that go on where they were broken off."""

from __future__ import annotations

import http.client
import sys
from pathlib import Path
from typing import Any

import pytest

from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from tests.running import free_port, running

PATH = "/api/v1/export/sqlite"


@pytest.fixture
def client(edition_path: Path) -> Any:
    """The application over the sample edition."""
    return create_app(Settings(edition=edition_path)).test_client()


def test_the_whole_file_says_its_length_and_that_parts_can_be_had(client: Any, edition_path: Path) -> None:
    """Without a range all comes, with its length."""
    answer = client.get(PATH)
    assert answer.status_code == 200
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.content_length == edition_path.stat().st_size
    assert answer.data == edition_path.read_bytes()


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-199", 100, 200),
        ("bytes=5000-", 5000, None),
        ("bytes=-10", -10, None),
        ("bytes=1-99999999999", 1, None),
    ],
)
def test_a_part_is_sent_with_its_place(
    client: Any, edition_path: Path, asked: str, start: int, end: int | None
) -> None:
    """A range is answered 206 with exactly its bytes, where they stand, and the ETag of the whole."""
    content = edition_path.read_bytes()
    answer = client.get(PATH, headers={"Range": asked})
    assert (answer.status_code, answer.data) == (206, content[start:end])
    first = start % len(content)
    assert answer.headers["Content-Range"] == f"bytes {first}-{first + len(answer.data) - 1}/{len(content)}"
    assert answer.content_length == len(answer.data)
    assert answer.headers["ETag"] == client.head(PATH).headers["ETag"]


@pytest.mark.parametrize("asked", ["bytes=0-9,20-29", "lines=0-9", "bytes=x", "bytes=9-1"])
def test_other_ranges_are_no_reason_for_a_part(client: Any, edition_path: Path, asked: str) -> None:
    """Several ranges, other units and what is no range get all of it."""
    answer = client.get(PATH, headers={"Range": asked})
    assert (answer.status_code, answer.content_length) == (200, edition_path.stat().st_size)


def test_a_part_behind_the_end_is_refused(client: Any, edition_path: Path) -> None:
    """What begins behind the end is 416, with the length."""
    size = edition_path.stat().st_size
    answer = client.get(PATH, headers={"Range": f"bytes={size}-"})
    assert (answer.status_code, answer.mimetype) == (416, "application/problem+json")
    assert answer.headers["Content-Range"] == f"bytes */{size}"


def test_a_part_of_another_file_is_not_sent(client: Any) -> None:
    """By ETag or date, If-Range gets a part of the same file and the whole of any other."""
    head = client.head(PATH).headers
    part = {"Range": "bytes=10-"}
    for same in (head["ETag"], head["Last-Modified"]):
        assert client.get(PATH, headers=part | {"If-Range": same}).status_code == 206
    for other in ('"other"', f"W/{head['ETag']}", "Thu, 01 Jan 1970 00:00:00 GMT", "nonsense"):
        assert client.get(PATH, headers=part | {"If-Range": other}).status_code == 200


def test_a_download_goes_on_where_it_was_broken_off(seed_path: Path, tmp_path: Path) -> None:
    """Over a real connection that is cut, the rest follows the part, and both are the file."""
    port = free_port()
    command = [sys.executable, "-m", "glossary_api.cli", "serve", "--edition", str(seed_path), "--port", str(port)]
    with running(command, tmp_path, port):
        broken = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        broken.request("GET", PATH)
        answer = broken.getresponse()
        begun, tag = answer.read(300_000), answer.headers["ETag"]
        assert answer.length
        broken.close()
        resumed = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        resumed.request("GET", PATH, headers={"Range": f"bytes={len(begun)}-", "If-Range": tag})
        rest = resumed.getresponse()
        assert rest.status == 206
        assert begun + rest.read() == seed_path.read_bytes()
        resumed.close()
