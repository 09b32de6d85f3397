"""The log loses nothing that it acknowledged, whoever writes at once and whenever a writer is killed."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from glossary_api.curation.decision_log import read_log, record, version_of
from glossary_api.errors import DecisionError, DecisionOutdated

REJECT = {"kind": "reject", "term": "三减", "why": "常用词"}
WRITER = """
import sys
from pathlib import Path
from glossary_api.curation.decision_log import record
while True:
    made = record(Path(sys.argv[1]), {"kind": "note", "term": "三减", "text": "好" * 500}, "li")
    sys.stdout.write(made.id + "\\n")
    sys.stdout.flush()
"""
ROUNDS = 20


def test_what_is_recorded_is_read(tmp_path: Path) -> None:
    """A decision is read as it was recorded, with who, why and an order by time."""
    path = tmp_path / "decisions.jsonl"
    made = [record(path, REJECT, "li"), record(path, {"kind": "undo", "decision": read_log(path)[0].id}, "wang")]
    assert list(read_log(path)) == made
    assert made[0].time < made[1].time
    assert path.read_text("utf-8").count("\n") == 2


def test_a_missing_log_is_empty(tmp_path: Path) -> None:
    """Without a file nothing was decided."""
    assert read_log(tmp_path / "none.jsonl") == ()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{}", "kind"),
        ("no json", "line"),
        ('{"kind": "reject", "id": "d0000000000000000", "time": "2026", "who": "li", "why": ""}', "term"),
    ],
)
def test_a_line_that_is_no_decision_is_named(tmp_path: Path, line: str, words: str) -> None:
    """The error names file, line and what is wrong."""
    path = tmp_path / "decisions.jsonl"
    record(path, REJECT, "li")
    path.write_text(path.read_text("utf-8") + line + "\n", "utf-8")
    with pytest.raises(DecisionError, match=rf"decisions\.jsonl:2.*{words}"):
        read_log(path)


def test_a_torn_last_line_is_passed_over_and_taken_away(tmp_path: Path) -> None:
    """What a killed writer left is no decision, and the next one writes a whole line in its place."""
    path = tmp_path / "decisions.jsonl"
    first = record(path, REJECT, "li")
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:40])
    assert read_log(path) == (first,)
    second = record(path, REJECT, "li")
    assert read_log(path) == (first, second)


def test_a_last_line_without_an_end_counts(tmp_path: Path) -> None:
    """A line that somebody wrote by hand without an end is read, and stays when another follows."""
    path = tmp_path / "decisions.jsonl"
    first = record(path, REJECT, "li")
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert read_log(path) == (first,)
    assert read_log(path) == (first, record(path, REJECT, "li"))[:1]
    assert len(read_log(path)) == 2


def test_fifty_editors_at_once_lose_nothing(tmp_path: Path) -> None:
    """Fifty threads that write at once leave fifty whole lines, each with a time of its own."""
    path = tmp_path / "decisions.jsonl"
    with ThreadPoolExecutor(50) as pool:
        made = list(pool.map(lambda n: record(path, {"kind": "note", "term": "三减", "text": str(n)}, "li"), range(50)))
    found = read_log(path)
    assert {one.id for one in found} == {one.id for one in made}
    assert len({one.time for one in found}) == 50


def test_fifty_processes_at_once_see_each_others_changes(tmp_path: Path) -> None:
    """Fifty processes that decide only on what they have seen all get in, and each has seen the one before it."""
    path = tmp_path / "decisions.jsonl"
    forked = multiprocessing.get_context("fork")
    editors = [forked.Process(target=_persist, args=(path, number)) for number in range(50)]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert [editor.exitcode for editor in editors] == [0] * 50
    log = read_log(path)
    assert sorted(one.fields["text"] for one in log) == sorted(map(str, range(50)))
    assert [one.why for one in log] == ["none", *(one.id for one in log[:-1])]


def _persist(path: Path, number: int) -> None:
    """Look and decide until nobody decided in between; why says what was seen."""
    while True:
        seen = version_of(read_log(path), "3减")
        try:
            record(path, {"kind": "note", "term": "三减", "text": str(number), "why": seen}, "li", expected=seen)
            return
        except DecisionOutdated:
            continue


def test_who_saw_an_older_version_is_asked(tmp_path: Path) -> None:
    """Of two editors who looked at the same version the second one is refused; other terms do not matter."""
    path = tmp_path / "decisions.jsonl"
    seen = version_of(read_log(path), "3减")
    first = record(path, REJECT, "li", expected=seen)
    record(path, {"kind": "reject", "term": "两新"}, "li")
    with pytest.raises(DecisionOutdated, match=first.id):
        record(path, {"kind": "establish", "term": "三减"}, "wang", expected=seen)
    undo = record(path, {"kind": "undo", "decision": first.id}, "li")
    assert version_of(read_log(path), "3减") == undo.id


def test_a_key_counts_once(tmp_path: Path) -> None:
    """The same decision sent again with its key is the first one; another with that key is refused."""
    path = tmp_path / "decisions.jsonl"
    first = record(path, REJECT, "li", key="k1")
    assert record(path, REJECT, "li", key="k1") == first
    with pytest.raises(DecisionError):
        record(path, {"kind": "establish", "term": "三减"}, "li", key="k1")
    assert len(read_log(path)) == 1


def test_a_killed_writer_loses_nothing_acknowledged(tmp_path: Path) -> None:
    """However often a writer is killed, all that it was told is written is there, and every line is whole."""
    path, told = tmp_path / "decisions.jsonl", []
    for _ in range(ROUNDS):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        told.append(writer.stdout.readline().strip())
        time.sleep(random.random() / 50)
        os.kill(writer.pid, signal.SIGKILL)
        told += writer.communicate()[0].split("\n")[:-1]
    assert set(told) <= {one.id for one in read_log(path)}
    record(path, REJECT, "li")
    assert path.read_bytes().endswith(b"\n")


@pytest.mark.parametrize("before", [0, 1])
def test_a_full_disk_leaves_whole_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: int) -> None:
    """Of a decision that could be written in part only nothing stays, and the next one is read."""
    path = tmp_path / "decisions.jsonl"
    made = [record(path, REJECT, "li") for _ in range(before)]
    write, sizes = os.write, iter([10])

    def fills(descriptor: int, content: bytes) -> int:
        if (size := next(sizes, None)) is None:
            raise OSError(28, "No space left on device")
        return write(descriptor, content[:size])

    with monkeypatch.context() as disk:
        disk.setattr(os, "write", fills)
        with pytest.raises(DecisionError, match="No space left on device"):
            record(path, REJECT, "li")
    assert list(read_log(path)) == made
    made.append(record(path, REJECT, "wang"))
    assert list(read_log(path)) == made
