from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from glossary_api.errors import EditionCorrupt, EditionError, EditionMissing, EditionOutdated
from glossary_api.model.things import Harvest
from glossary_api.store import opening
from glossary_api.store.edition import Edition
from glossary_api.store.writing import write_edition

T = TypeVar("T")


def nothing(path: Path) -> None:
    """No file at all."""
    path.unlink()


def folder(path: Path) -> None:
    """A folder of that name."""
    path.unlink()
    path.mkdir()


def empty(path: Path) -> None:
    """A file of no bytes, which SQLite would take for an empty database."""
    path.write_bytes(b"")


def words(path: Path) -> None:
    """A text file."""
    path.write_text("政府工作报告\n" * 100, "utf-8")


def foreign(path: Path) -> None:
    """Somebody else's database."""
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE terms (name)")
    connection.close()


def older(path: Path) -> None:
    """An edition of a schema of long ago."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 0")
    connection.close()


def newer(path: Path) -> None:
    """An edition of a schema to come."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()


def cut(path: Path) -> None:
    """The first half of an edition."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 8192 * 4096])


def scratched(path: Path) -> None:
    """An edition with pages of noise in the middle."""
    content = bytearray(path.read_bytes())
    content[8192 : 5 * 8192] = b"\xa5" * (4 * 8192)
    path.write_bytes(content)


def nameless(path: Path) -> None:
    """An edition that has lost its hash."""
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM meta")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (nothing, EditionMissing),
        (folder, EditionMissing),
        (empty, EditionCorrupt),
        (words, EditionCorrupt),
        (foreign, EditionCorrupt),
        (cut, EditionCorrupt),
        (scratched, EditionCorrupt),
        (nameless, EditionCorrupt),
        (older, EditionOutdated),
        (newer, EditionOutdated),
    ],
)
def test_unusable(edition_path: Path, tmp_path: Path, spoil: Callable[[Path], None], error: type[EditionError]) -> None:
    """A file that is no edition of ours is refused in one line that names the file and the command that helps."""
    path = tmp_path / "glossary.db"
    shutil.copy(edition_path, path)
    spoil(path)
    with pytest.raises(error) as caught:
        Edition.open(path)
    assert str(caught.value).startswith(f"{path}: ")
    remedies: dict[Callable[[Path], None], str] = {
        older: "run `glossary-api add -o",
        newer: "install the version of the program that wrote it",
    }
    assert remedies.get(spoil, "glossary-api harvest") in str(caught.value.remedy)
    assert "\n" not in str(caught.value)


def test_damage_after_opening(edition_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Damage that shows only later is the same error then, not SQLite's."""
    path = tmp_path / "glossary.db"
    shutil.copy(edition_path, path)
    monkeypatch.setattr(opening, "WHOLE_CHECK_LIMIT", 0)
    edition = Edition.open(path)
    scratched(path)
    with pytest.raises(EditionCorrupt):
        edition.terms()


def test_odd_path(edition_path: Path, tmp_path: Path) -> None:
    """An edition opens whatever characters its path has."""
    path = tmp_path / "a?b#c %20 词.db"
    shutil.copy(edition_path, path)
    assert Edition.open(path).term("三边")["name"] == "三边"


def test_relative_path(edition_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path goes on naming the same file when the working folder changes, for threads that come later."""
    monkeypatch.chdir(edition_path.parent)
    edition = Edition.open(Path(edition_path.name))
    monkeypatch.chdir("/")
    assert in_thread(lambda: edition.term("三边")["name"]) == "三边"


def test_opening_writes_nothing(edition_path: Path, tmp_path: Path) -> None:
    """Reading leaves no file beside the edition and does not change it."""
    path = tmp_path / "glossary.db"
    shutil.copy(edition_path, path)
    Edition.open(path).terms()
    assert os.listdir(tmp_path) == ["glossary.db"]
    assert path.read_bytes() == edition_path.read_bytes()


def in_thread(job: Callable[[], T]) -> T:
    """The result of a job done by a new thread."""
    results: list[T] = []
    thread = threading.Thread(target=lambda: results.append(job()))
    thread.start()
    thread.join()
    return results[0]


@pytest.fixture
def replaced(harvest: Harvest, tmp_path: Path) -> Edition:
    """An open edition under whose name another one stands by now."""
    path = tmp_path / "glossary.db"
    write_edition(harvest, path)
    edition = Edition.open(path)
    write_edition(replace(harvest, terms=harvest.terms[1:], usages=()), path)
    assert Edition.open(path).counts["terms"] == 6
    return edition


def test_replaced(replaced: Edition) -> None:
    """An open edition answers from what it opened after another has taken its name."""
    assert replaced.terms().total == 7


def test_replaced_in_new_threads(replaced: Edition) -> None:
    """So it does in threads that come later, many at a time."""
    totals: list[int] = []
    threads = [threading.Thread(target=lambda: totals.append(replaced.terms().total)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert totals == [7] * 20


def test_removed(replaced: Edition, tmp_path: Path) -> None:
    """So it does in new threads when nothing has its name any more."""
    (tmp_path / "glossary.db").unlink()
    assert in_thread(lambda: replaced.terms().total) == 7


def test_threads_have_their_own_connections(edition: Edition) -> None:
    """Threads that look up at the same time get right answers."""
    names = [item["name"] for item in edition.terms().items]
    wrong: list[str] = []

    def look_up() -> None:
        wrong.extend(name for name in names * 30 if edition.term(name)["name"] != name)

    threads = [threading.Thread(target=look_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_fork(edition: Edition) -> None:
    """A forked process answers from an edition opened before the fork."""
    child = os.fork()
    if child == 0:
        os._exit(0 if edition.terms().total == 7 else 1)
    assert os.waitpid(child, 0)[1] == 0
