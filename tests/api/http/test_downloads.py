"""Files of an edition, which are made once and sent to each at its own pace."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator

import pytest
from flask import Flask

from glossary_api.api.http import downloads
from glossary_api.api.http.downloads import Downloads, OpenFile
from glossary_api.api.http.refusals import TooManyFiles
from glossary_api.store.edition import Edition


@pytest.fixture
def made(edition: Edition) -> Downloads:
    """No file yet."""
    return Downloads(edition)


def content(file: OpenFile) -> bytes:
    """All of a file, as a server without means of its own reads it."""
    return b"".join(file.part({}, 0, file.size))


def test_a_file_is_made_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for the same export later gets the same file, with its length; nobody writes it again."""
    client = app.test_client()
    first = client.get("/api/v1/export/jsonl")
    monkeypatch.setattr("glossary_api.exports.jsonl.write", lambda *_: iter([b"again"]))
    second = client.get("/api/v1/export/jsonl", headers={"Cookie": "a=b"})
    assert second.data == first.data
    assert second.content_length == len(first.data)


def test_readers_of_one_file_do_not_move_each_other(made: Downloads) -> None:
    """Each of two who read by turns gets all of it."""
    file = made.file("a", [b"x" * 10_000, b"y" * 10_000])
    one, other = (iter(file.part({}, 0, file.size)) for _ in range(2))
    both = [piece for pair in zip(one, other, strict=True) for piece in pair]
    assert b"".join(both[::2]) == b"".join(both[1::2]) == b"x" * 10_000 + b"y" * 10_000


def test_a_part_ends_where_it_is_to_end(made: Downloads) -> None:
    """Nothing behind its end is read."""
    assert b"".join(made.file("a", [b"0123456789"]).part({}, 2, 5)) == b"234"


def test_one_is_made_at_a_time(made: Downloads) -> None:
    """Some wait while one is made; whoever comes when as many wait as may is told to come again."""
    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> Iterator[bytes]:
        begun.set()
        go_on.wait(10)
        yield b"done"

    threads = [threading.Thread(target=made.file, args=("slow", slowly()))]
    threads[0].start()
    begun.wait(10)
    waiting = [threading.Thread(target=made.file, args=("slow", [b"other"])) for _ in range(downloads._AWAITED - 1)]
    for thread in waiting:
        thread.start()
    while made._places._value:
        pass
    try:
        with pytest.raises(TooManyFiles):
            made.file("another", [b""])
    finally:
        go_on.set()
        for thread in threads + waiting:
            thread.join()
    assert content(made.file("slow", [b"other"])) == b"done"


def test_what_is_there_is_sent_while_another_is_made(made: Downloads) -> None:
    """A file that has been made is waited for by nobody."""
    known = made.file("known", [b"known"])

    def meanwhile() -> Iterator[bytes]:
        assert made.file("known", [b"again"]) is known
        yield b"other"

    assert content(made.file("other", meanwhile())) == b"other"


def test_what_fails_in_the_making_is_not_kept(made: Downloads) -> None:
    """Whoever asks again has it made again."""

    def failing() -> Iterator[bytes]:
        yield b"half"
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011  # the very one
        made.file("a", failing())
    assert content(made.file("a", [b"whole"])) == b"whole"


def test_the_oldest_give_way(made: Downloads, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the files take too much room, what nobody reads is forgotten and another one is made."""
    monkeypatch.setattr(downloads, "MOST_BYTES", 10)
    made.file("a", [b"x" * 11])
    made.file("b", [b"y"])
    assert content(made.file("a", [b"again"])) == b"again"


def test_what_is_being_sent_counts(made: Downloads, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that somebody still reads takes room, until that is over."""
    monkeypatch.setattr(downloads, "MOST_BYTES", 10)
    body = made.file("a", [b"x" * 11]).part({}, 0, 11)
    with pytest.raises(TooManyFiles):
        made.file("b", [b"y"])
    del body
    assert content(made.file("b", [b"y"])) == b"y"


def test_a_file_that_nobody_has_is_closed(made: Downloads) -> None:
    """Nothing is left open or on the disk."""
    before = set(os.listdir("/proc/self/fd"))
    for number in range(3 * downloads._AT_HAND):
        made.file(str(number), [b"x"])
    assert len(set(os.listdir("/proc/self/fd")) - before) <= downloads._AT_HAND
    del made
    gc.collect()


def test_a_refusal_says_when_to_come_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes when too many files are wanted gets a problem document with `Retry-After`."""

    def busy(*_: object) -> None:
        raise TooManyFiles

    monkeypatch.setattr(Downloads, "file", busy)
    answer = app.test_client().get("/api/v1/export/jsonl")
    assert (answer.status_code, answer.get_json()["type"]) == (503, "urn:glossary:problem:busy")
    assert answer.headers["Retry-After"] == "10"
