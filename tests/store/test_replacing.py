"""What an edition may be written over, and what it must not lose."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from glossary_api.errors import EditionError, ReadError
from glossary_api.store.replacing import check_loss, check_output, check_target
from glossary_api.store.saving import complete, save


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("manuscript.docx", "is there already and no edition"),
        ("other.db", "is there already and no edition"),
        ("folder", "is a folder"),
        ("pipe", "is not a regular file"),
        ("input.txt", "is one of the files to harvest"),
        ("nowhere/x.db", "its folder is not there"),
    ],
)
def test_nothing_but_an_edition_is_written_over(tmp_path: Path, name: str, complaint: str) -> None:
    """A manuscript, another database, a folder, a pipe and an input are refused by name."""
    (tmp_path / "manuscript.docx").write_bytes(b"PK\x03\x04")
    database = sqlite3.connect(tmp_path / "other.db")
    database.execute("CREATE TABLE notes (text)")
    database.close()
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "input.txt").write_text("各位代表：", "utf-8")
    with pytest.raises(EditionError, match=complaint) as raised:
        check_target(tmp_path / name, [tmp_path / "input.txt"])
    assert str(tmp_path / name) in str(raised.value)


def test_an_edition_a_new_file_and_an_empty_one_are_written(tmp_path: Path, edition_path: Path) -> None:
    """An edition may be replaced, and what is not there or has no content may be made one."""
    (tmp_path / "empty.db").touch()
    for path in (edition_path, tmp_path / "new.db", tmp_path / "empty.db"):
        check_target(path)


def test_an_edition_keeps_its_reports(edition_path: Path) -> None:
    """An edition that lacks a report of the one before it says which, and how many terms there were."""
    rows = sqlite3.connect(edition_path).execute("SELECT id FROM reports").fetchall()
    ids = [id_ for (id_,) in rows]
    check_loss(edition_path, [*ids, "another"], 1)
    with pytest.raises(EditionError, match=rf"lose 1 of its {len(ids)} reports \({ids[0]}\): \d+ → 1 terms"):
        check_loss(edition_path, ids[1:], 1)


def test_an_edition_goes_for_a_copy_of_another_only(tmp_path: Path, edition_path: Path) -> None:
    """An export never replaces the edition it is made from, and only a whole edition replaces another."""
    other = Path(shutil.copy(edition_path, tmp_path / "other.db"))
    check_output(other, replace=False, whole=edition_path)
    for path, whole in ((edition_path, edition_path), (edition_path, None), (other, None)):
        with pytest.raises(EditionError, match="is an edition, which this command does not replace"):
            check_output(path, replace=True, whole=whole)


def test_a_file_goes_only_if_asked_for(tmp_path: Path) -> None:
    """What is there stays, whatever it is, until it is said that it may go; an empty file has nothing to lose."""
    path, empty = tmp_path / "terms.csv", tmp_path / "empty.csv"
    path.write_text("term,rendering\n", "utf-8")
    empty.touch()
    for free in (empty, tmp_path / "new.csv"):
        check_output(free, replace=False)
    with pytest.raises(ReadError, match="is there already; name another file with -o; --replace to go on"):
        check_output(path, replace=False)
    check_output(path, replace=True)


def test_what_is_read_is_not_written_over(tmp_path: Path) -> None:
    """A draft stays even if asked for, also by another name of the same file."""
    draft, link = tmp_path / "draft.docx", tmp_path / "link.docx"
    draft.write_text("各位代表：", "utf-8")
    link.symlink_to(draft)
    for path in (draft, link):
        with pytest.raises(ReadError, match="is what is read here"):
            check_output(path, replace=True, inputs=[tmp_path / "missing.txt", draft])


def test_what_killed_runs_left_is_swept(tmp_path: Path) -> None:
    """Unfinished files that nobody writes go at the next run; one that is being written, and any other file, stay."""
    left, foreign = tmp_path / ".g.db.0123abcd.unfinished", tmp_path / ".h.db.0123abcd.unfinished"
    for path in (left, foreign):
        path.write_bytes(b"half")
    with complete(tmp_path / "g.db") as first:
        first.write_bytes(b"first")
        assert not left.exists()
        save([b"second"], tmp_path / "g.db")
        assert first.exists()
    assert foreign.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [foreign.name, "g.db"]


def test_an_export_to_no_file_is_refused(tmp_path: Path) -> None:
    """What is to be saved goes to a file, never in the place of a folder or a pipe."""
    os.mkfifo(tmp_path / "pipe")
    for path, complaint in ((tmp_path, "is a folder"), (tmp_path / "pipe", "is not a regular file")):
        with pytest.raises(ReadError, match=complaint):
            save([b"text"], path)
