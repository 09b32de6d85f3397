"""The views of an edition, as any tool that opens SQLite sees them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlite_utils.cli import cli

from glossary_api.store.edition import Edition
from glossary_api.store.views import VIEWS


@pytest.fixture
def opened(seed_path: Path) -> Iterator[sqlite3.Connection]:
    """The seed's edition, opened by the standard library alone."""
    connection = sqlite3.connect(f"file:{seed_path}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


@pytest.mark.parametrize("name", [name for name in VIEWS if name.startswith("v_")])
def test_views_have_no_bytes(opened: sqlite3.Connection, name: str) -> None:
    """Every value of every view is text, a number or nothing, and there is something in it."""
    rows = opened.execute(f"SELECT * FROM {name}").fetchall()
    assert rows
    assert not [value for row in rows for value in row if isinstance(value, bytes)]


def test_definitions_have_their_source(opened: sqlite3.Connection, seed: Edition) -> None:
    """The span of a definition cuts it out of its report; its members are JSON; all definitions are there."""
    rows = opened.execute("SELECT * FROM v_definitions WHERE report IS NOT NULL").fetchall()
    for row in rows[:200]:
        assert row["text"].split("\n")[0][:5] in seed.report_text(row["report"])[row["start"] : row["end"]]
        assert all(member["text"] for member in json.loads(row["members"]))
    total = sum(seed.definitions(item["name"]).total for item in seed.terms(limit=20).items)
    names = [item["name"] for item in seed.terms(limit=20).items]
    marks = ", ".join("?" * len(names))
    (found,) = opened.execute(f"SELECT count(*) FROM v_definitions WHERE name IN ({marks})", names).fetchone()
    assert found == total


def test_renderings_are_those_of_the_terms(opened: sqlite3.Connection, seed: Edition) -> None:
    """Every rendering stands in a row of its own, with its sense."""
    row = opened.execute("SELECT * FROM v_renderings WHERE sense IS NOT NULL LIMIT 1").fetchone()
    (sense,) = (sense for sense in seed.term(row["name"])["senses"] if sense["id"] == row["sense"])
    assert row["rendering"] in [one["rendering"] for one in sense["equivalents"]]


def test_the_file_says_what_its_columns_mean(opened: sqlite3.Connection) -> None:
    """Each column of each view for others has its meaning in the file itself."""
    said = {(row["view"], row["column"]) for row in opened.execute("SELECT * FROM v_columns WHERE meaning <> ''")}
    views = opened.execute("SELECT name FROM sqlite_master WHERE type = 'view' AND name LIKE 'v!_%' ESCAPE '!'")
    names = [view for (view,) in views]
    assert said == {(view, one["name"]) for view in names for one in opened.execute(f"PRAGMA table_info({view})")}


def test_every_table_can_be_counted(seed_path: Path) -> None:
    """sqlite-utils lists all tables with their counts, search indexes among them."""
    ran = CliRunner().invoke(cli, ["tables", "--counts", str(seed_path)])
    assert ran.exit_code == 0, ran.output
    counted = {table["table"]: table["count"] for table in json.loads(ran.output)}
    assert counted["term_search"] == counted["terms"]
    assert counted["passage_search"] == counted["passages"]
