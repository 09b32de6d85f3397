"""Curated files in the hands of several people and programs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from glossary_api.harvesting.equivalents import read_equivalents
from glossary_api.harvesting.harvest import beside
from glossary_api.store.edition import Edition
from glossary_api.translation.rendering_files import read_renderings
from glossary_api.translation.takeover import changes, keep, write

HEADER = "term,sense,language,rendering,status,source,note\n"


def test_two_imports_at_once_lose_nothing(seed_path: Path, tmp_path: Path) -> None:
    """Each waits until the other has written."""
    into = tmp_path / "curated.csv"
    files = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for file, name in zip(files, ("两新", "两重"), strict=True):
        file.write_text(f"source,target\n{name},X of {file.stem}\n", "utf-8")
    command = [sys.executable, "-m", "glossary_api.cli", "import", "--lang", "de", "--edition", str(seed_path)]
    running = [subprocess.Popen([*command, "-o", str(into), str(file)], stdout=subprocess.DEVNULL) for file in files]
    assert [one.wait(60) for one in running] == [0, 0]
    assert {row.term for row in read_equivalents([into])} == {"两新", "两重"}


def test_replacing_keeps_what_was_there_and_lowers_no_status(seed: Edition, tmp_path: Path) -> None:
    """An approved rendering stays approved when a file proposes it with another note; the old row is in the history."""
    curated, file = tmp_path / "curated.csv", tmp_path / "a.csv"
    curated.write_text(f"{HEADER}两新,,de,Zwei Neue,approved,us,old\n", "utf-8")
    file.write_text(f"{HEADER}两新,,de,Zwei Neue,proposed,us,new\n", "utf-8")
    made = changes(file, seed, curated, prefer_file=True)
    keep(made, curated)
    write(made.rows, curated)
    (row,) = read_equivalents([curated])
    assert (row.status, row.note) == ("approved", "new")
    (line,) = (tmp_path / "curated.history.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["note"] == "old"


@pytest.mark.parametrize(
    "line",
    [
        '["x"]',
        "3",
        "null",
        '{"name": "甲", "id": "t1", "senses": 3}',
        '{"id": "t1", "senses": [], "equivalents": [7]}',
        '{"id": "t", "name": "甲", "senses": [], "equivalents": [{"rendering": 1, "language": "en",'
        ' "status": "proposed", "source": "us", "note": ""}]}',
    ],
)
def test_a_malformed_line_of_json_is_named(line: str, tmp_path: Path) -> None:
    """One line each, by its number; empty lines are none."""
    path = tmp_path / "a.jsonl"
    path.write_text(f"\n{line}\n", "utf-8")
    found, problems = read_renderings(path)
    assert found == []
    assert [problem.place for problem in problems] == [f"{path}:2"]


def test_a_folder_beside_the_reports_has_renderings(tmp_path: Path) -> None:
    """It is called `renderings`, and stands where the folder of the reports does."""
    (tmp_path / "reports").mkdir()
    assert beside([tmp_path / "reports"]) == ()
    (tmp_path / "renderings").mkdir()
    assert beside([tmp_path / "reports", tmp_path / "reports" / "x.txt"]) == (tmp_path / "renderings",)
