from __future__ import annotations

import os
from pathlib import Path

import pytest

from glossary_api.harvesting.harvest import harvest, inspect_all, publish
from glossary_api.model.things import Failure
from glossary_api.store.edition import Edition
from tests.conftest import YUNXI

RECORDS = 'title,content\n甲,"' + "甲" * 500 + '"\n乙,"' + "乙" * 500 + '"\n'


@pytest.mark.parametrize(
    ("suffix", "content"), [("txt", "no report"), ("csv", RECORDS), ("jsonl", '{"text": 1}\n{bad\n')]
)
def test_a_name_that_is_no_utf_8_is_listed(tmp_path: Path, suffix: str, content: str) -> None:
    """A file that is no report and whose name is no UTF-8 is listed under a name that can be printed, once."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "yunxi-2024.txt").write_text(YUNXI, "utf-8")
    odd = folder / os.fsdecode(b"a\xff." + suffix.encode())
    odd.write_text(content, "utf-8")
    harvested = harvest([folder])
    publish(harvested, tmp_path / "glossary.db")
    assert [Path(failure.path).name.count(suffix) for failure in harvested.failures] == [1]
    assert harvested.failures[0].path.isprintable()
    assert Edition.open(tmp_path / "glossary.db").counts["failures"] == 1


def test_a_name_that_is_no_utf_8_is_said_once(tmp_path: Path) -> None:
    """What is no report is named by its file, not by the file and once more by the document in it."""
    odd = tmp_path / os.fsdecode(b"a\xff.txt")
    odd.write_text("no report", "utf-8")
    (refused,) = inspect_all(odd)
    assert isinstance(refused, Failure)
    assert Path(refused.path).name == "a\ufffd.txt"
