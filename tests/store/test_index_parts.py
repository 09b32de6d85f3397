"""An index that is made in parts is the one that is made at once."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from glossary_api.queries.search import search
from glossary_api.store import fulltext, passages, writing
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters
from glossary_api.store.index_parts import create_index, fill_indexes, join_parts, make_part
from glossary_api.store.writing import write_edition
from tests.benchmarks.corpus import Likeness, reports
from tests.benchmarks.harvested import harvest_of

NAMES = PAIRS, SIGNS = passages.INDEXES
TEXTS = [f"第{number}号：推进六个不发生，{sign}保障" for number, sign in enumerate("粮水电路气" * 60)]
WORDS = [passages.rows_of(rank, fulltext.pairs(text), f"r{rank % 7} y2024") for rank, text in enumerate(TEXTS, 1)]
QUESTIONS = [
    *((PAIRS, fulltext.question(asked)) for asked in ("六个不发生", "水", "第7", "7号", "粮保障", "发生粮", "没有")),
    (PAIRS, 'body : ("不发") AND facets : (r3)'),
    (PAIRS, "y2024"),
    *((SIGNS, fulltext.sign_question(asked)) for asked in ("水", "7", "水 7", "没")),
    (SIGNS, "水 AND r3"),
]


def _opened() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    for name in NAMES:
        create_index(connection, name)
    return connection


def _found(connection: sqlite3.Connection, index: str, asked: str | None) -> list[int]:
    statement = f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid"
    return [row[0] for row in connection.execute(statement, (asked,))]


@pytest.fixture
def joined(tmp_path: Path) -> Path:
    """A file with an index, some of it filled in place and the rest in three parts."""
    parts = [make_part(tmp_path / f"{at}.db", NAMES, WORDS[at : at + 90]) for at in (30, 120, 210)]
    with sqlite3.connect(tmp_path / "joined.db") as connection:
        for name in NAMES:
            create_index(connection, name)
        fill_indexes(connection, NAMES, WORDS[:30])
        join_parts(connection, NAMES, parts)
    assert [path.name for path in tmp_path.iterdir()] == ["joined.db"]
    return tmp_path / "joined.db"


@pytest.mark.parametrize(("index", "asked"), QUESTIONS)
def test_parts_answer_as_one(joined: Path, index: str, asked: str | None) -> None:
    """Every question finds in joined parts what it finds in an index that was filled at once."""
    at_once = _opened()
    fill_indexes(at_once, NAMES, WORDS)
    assert _found(sqlite3.connect(joined), index, asked) == _found(at_once, index, asked)


def test_sqlite_holds_joined_parts_for_sound(joined: Path) -> None:
    """The check that FTS5 makes of an index finds nothing wrong with joined parts."""
    connection = sqlite3.connect(joined)
    for name in NAMES:
        connection.execute(f"INSERT INTO {name}({name}) VALUES ('integrity-check')")


def test_joined_parts_can_be_made_one(joined: Path) -> None:
    """FTS5 merges the segments of joined parts into one that answers alike."""
    connection = sqlite3.connect(joined)
    before = [_found(connection, *asked) for asked in QUESTIONS]
    for name in NAMES:
        connection.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")
        assert connection.execute(f"SELECT count(DISTINCT segid) FROM {name}_idx").fetchone() == (1,)
    assert [_found(connection, *asked) for asked in QUESTIONS] == before


def test_no_parts_change_nothing() -> None:
    """An index to which no part is joined answers as before, though it be empty."""
    for words in ([], WORDS):
        connection = _opened()
        fill_indexes(connection, NAMES, words)
        before = [_found(connection, *asked) for asked in QUESTIONS]
        join_parts(connection, NAMES, [])
        assert [_found(connection, *asked) for asked in QUESTIONS] == before


def test_an_edition_finds_the_same_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edition whose index is made in parts has the content, and finds the passages, of one that is written whole."""
    harvest = harvest_of(reports(12, Likeness(chars=3000)))
    answers = []
    for least in (8192, 4):
        monkeypatch.setattr(passages, "_PART", least)
        monkeypatch.setattr(writing, "_FEW", least)
        write_edition(harvest, tmp_path / f"{least}.db")
        edition = Edition.open(tmp_path / f"{least}.db")
        asked = [harvest.reports[0].report.text[at : at + 2] for at in range(100, 300)]
        of_terms = [edition.select(f"SELECT * FROM {name}_search_data", ()) for name in ("suggestion", "term")]
        found = [search(edition, TermFilters(q=two)).items for two in asked]
        answers.append((edition.hash, found, of_terms))
        segments = edition.select("SELECT count(DISTINCT segid) FROM passage_search_idx", ())
        assert (segments[0][0] > 1) == (least == 4)
    assert answers[0] == answers[1]
    assert any(answers[0][1])
