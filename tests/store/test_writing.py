from __future__ import annotations

import os
import random
import resource
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from glossary_api.errors import EditionError
from glossary_api.model.things import Failure, Harvest
from glossary_api.store.edition import Edition
from glossary_api.store.schema import APPLICATION_ID, SCHEMA_VERSION, TABLES
from glossary_api.store.writing import write_edition


class Interrupting(tuple[Failure, ...]):
    """Failures that raise when they are written, which is after everything else."""

    error: BaseException

    def __iter__(self) -> Iterator[Failure]:
        raise self.error


def interrupted(harvest: Harvest, error: BaseException) -> Harvest:
    """A harvest that raises `error` in the middle of being written."""
    failures = Interrupting()
    failures.error = error
    return replace(harvest, failures=failures)


def test_hash_of_shuffled_harvest(harvest: Harvest, tmp_path: Path) -> None:
    """The content hash does not depend on the order in which anything was harvested."""
    chance = random.Random(1)
    mixed: dict[str, Any] = {
        name: tuple(chance.sample(getattr(harvest, name), len(getattr(harvest, name))))
        for name in ("reports", "terms", "usages", "doubts", "failures")
    }
    shuffled = replace(harvest, **mixed)
    assert shuffled != harvest
    assert write_edition(shuffled, tmp_path / "a.db") == write_edition(harvest, tmp_path / "b.db")


@pytest.mark.parametrize("name", ["reports", "usages", "doubts", "failures"])
def test_hash_of_other_harvest(harvest: Harvest, tmp_path: Path, name: str) -> None:
    """The content hash changes with anything that is harvested."""
    less = replace(harvest, **{name: getattr(harvest, name)[1:]})
    less = replace(less, usages=()) if name == "reports" else less
    less = replace(less, terms=()) if name == "reports" else less
    assert write_edition(less, tmp_path / "a.db") != write_edition(harvest, tmp_path / "b.db")


def test_returned_hash_is_kept(harvest: Harvest, tmp_path: Path) -> None:
    """The edition knows the hash that writing it returned."""
    content_hash = write_edition(harvest, tmp_path / "a.db")
    assert Edition.open(tmp_path / "a.db").hash == content_hash


def test_file_says_whose_it_is(edition_path: Path) -> None:
    """The file carries our application id and schema version, and every table has rows of the sample."""
    connection = sqlite3.connect(edition_path)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    empty = [name for name in TABLES if connection.execute(f"SELECT count(*) FROM {name}").fetchone() == (0,)]
    connection.close()
    # No definition of the sample lists a term, and no term of it is in many sections or reports.
    assert empty == ["co_uses", "timelines", "members"]


def test_nothing_but_the_edition_is_left(harvest: Harvest, tmp_path: Path) -> None:
    """After writing there is the edition, readable as other new files are, and no other file."""
    write_edition(harvest, tmp_path / "glossary.db")
    (tmp_path / "other").touch()
    assert {path.name for path in tmp_path.iterdir()} == {"glossary.db", "other"}
    assert (tmp_path / "glossary.db").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(1), MemoryError(), ValueError()], ids=repr)
def test_interruption(harvest: Harvest, tmp_path: Path, error: BaseException) -> None:
    """Whatever interrupts the writing, the edition before stays byte for byte and nothing else is left."""
    path = tmp_path / "glossary.db"
    write_edition(harvest, path)
    before = path.read_bytes()
    with pytest.raises(type(error)):
        write_edition(interrupted(harvest, error), path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["glossary.db"]


def test_interruption_of_the_first(harvest: Harvest, tmp_path: Path) -> None:
    """An interrupted first harvest leaves no edition at all."""
    with pytest.raises(KeyboardInterrupt):
        write_edition(interrupted(harvest, KeyboardInterrupt()), tmp_path / "glossary.db")
    assert os.listdir(tmp_path) == []


def test_full_disk(harvest: Harvest, tmp_path: Path) -> None:
    """When the file may not grow, the error is one line with the file and a remedy, and the edition before stays."""
    path = tmp_path / "glossary.db"
    write_edition(harvest, path)
    before = path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, hard))
    try:
        with pytest.raises(EditionError) as caught:
            write_edition(harvest, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.remedy
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["glossary.db"]


def test_no_such_folder(harvest: Harvest, tmp_path: Path) -> None:
    """A folder that does not exist is an error that names the file and what to do."""
    with pytest.raises(EditionError, match=r"nowhere/glossary\.db: .*; name a file in a folder that exists"):
        write_edition(harvest, tmp_path / "nowhere" / "glossary.db")


def test_folder_in_the_way(harvest: Harvest, tmp_path: Path) -> None:
    """A folder where the edition should go is an error, and nothing is left beside it."""
    (tmp_path / "glossary.db").mkdir()
    with pytest.raises(EditionError):
        write_edition(harvest, tmp_path / "glossary.db")
    assert os.listdir(tmp_path) == ["glossary.db"]


def test_symbolic_link_stays(harvest: Harvest, tmp_path: Path) -> None:
    """Writing through a symbolic link replaces what it points to, not the link."""
    link = tmp_path / "current.db"
    link.symlink_to("real.db")
    write_edition(harvest, link)
    assert link.is_symlink()
    assert Edition.open(tmp_path / "real.db").counts["reports"] == 3


def test_empty_harvest(tmp_path: Path) -> None:
    """A harvest of nothing is an edition too, which finds nothing and says so without an error."""
    write_edition(Harvest((), (), (), ()), tmp_path / "empty.db")
    edition = Edition.open(tmp_path / "empty.db")
    assert edition.terms().items == ()
    assert edition.reports().items == ()
    assert set(edition.counts.values()) == {0}


def test_attachments(harvest: Harvest, tmp_path: Path) -> None:
    """What is attached comes back byte for byte, and the hash of the content does not know of it."""
    with_it = write_edition(harvest, tmp_path / "a.db", {"automaton": b"\x00\xff", "empty": b""})
    assert with_it == write_edition(harvest, tmp_path / "b.db")
    edition = Edition.open(tmp_path / "a.db")
    assert [edition.attachment(name) for name in ("automaton", "empty", "other")] == [b"\x00\xff", b"", None]
    assert Edition.open(tmp_path / "b.db").attachment("automaton") is None
