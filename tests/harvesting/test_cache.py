"""The cache beside an edition: what is parsed once is not parsed again, and nothing in an edition depends on it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from glossary_api.errors import ReadError
from glossary_api.harvesting import taking
from glossary_api.harvesting.cache import cache_of, key_of, opened
from glossary_api.harvesting.harvest import harvest, publish
from glossary_api.harvesting.intake import Work
from glossary_api.model.things import Document, ParsedReport
from glossary_api.parsing.parse import parse
from glossary_api.reading.read import AS_IT_STANDS, Request
from tests.harvesting.test_harvest import NOTES, REPORT, written


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder with six reports."""
    for number in range(6):
        written(tmp_path / "pile", f"甲乙丙丁戊己{number}.txt", REPORT.format(more=f"和“四{number}”行动") + NOTES)
    return tmp_path / "pile"


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents that are parsed from now on."""
    names: list[str] = []

    def counting(document: Document, *, draft: bool = False) -> ParsedReport:
        names.append(document.name)
        return parse(document, draft=draft)

    monkeypatch.setattr(taking, "parse", counting)
    return names


def work(tmp_path: Path, jobs: int = 1) -> Work:
    """With a cache."""
    return Work(jobs, cache=tmp_path / "x.cache.db")


def test_an_edition_does_not_depend_on_how_it_was_made(pile: Path, tmp_path: Path) -> None:
    """Without a cache, with an empty one, with a full one, by one process and by two: one hash."""
    ways = [Work(), work(tmp_path), work(tmp_path), Work(2), work(tmp_path, 2)]
    assert len({publish(harvest([pile], work=way), tmp_path / "x.db") for way in ways}) == 1


def test_only_what_is_new_is_parsed(pile: Path, tmp_path: Path, counted: list[str]) -> None:
    """A second harvest with one more file and one that was changed parses these two."""
    harvest([pile], work=work(tmp_path))
    counted.clear()
    written(pile, "新.txt", REPORT.format(more="和“五新”行动"))
    written(pile, "甲乙丙丁戊己1.txt", REPORT.format(more="和“六新”行动"))
    harvest([pile], work=work(tmp_path))
    assert sorted(counted) == ["新.txt", "甲乙丙丁戊己1.txt"]


def test_a_file_is_known_by_bytes_name_folder_and_columns(tmp_path: Path) -> None:
    """Another name, another folder, other bytes, other columns: another key; elsewhere the same one."""
    files = [written(tmp_path, name, "x") for name in ("a/b/c.txt", "a/b/d.txt", "a/e/c.txt", "z/a/b/c.txt")]
    first, renamed, moved, elsewhere = (key_of(file, AS_IT_STANDS) for file in files)
    asked = key_of(files[0], Request({"text": "正文"}))
    written(tmp_path, "a/b/c.txt", "y")
    assert len({first, renamed, moved, asked, key_of(files[0], AS_IT_STANDS)}) == 5
    assert elsewhere == first


def test_what_was_parsed_before_a_harvest_was_stopped_is_not_lost(
    pile: Path, tmp_path: Path, counted: list[str]
) -> None:
    """After Ctrl-C in the middle the next harvest parses only the rest."""

    def stop(what: object, share: float) -> None:
        if len(counted) >= 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        harvest([pile], stop, work=work(tmp_path))
    counted.clear()
    harvest([pile], work=work(tmp_path))
    assert len(counted) < 6


def test_what_is_not_used_goes(pile: Path, tmp_path: Path) -> None:
    """What three harvests did not use is dropped from the cache."""
    harvest([pile], work=work(tmp_path))
    (pile / "甲乙丙丁戊己1.txt").unlink()
    for _ in range(3):
        harvest([pile], work=work(tmp_path))
    assert sqlite3.connect(tmp_path / "x.cache.db").execute("select count(*) from parsed").fetchone() == (5,)


def test_a_file_that_is_no_cache_is_named(tmp_path: Path) -> None:
    """What is there and no cache is left as it is, in one line with the place."""
    content = b"no cache at all" * 9
    (tmp_path / "x.cache.db").write_bytes(content)
    with pytest.raises(ReadError, match=r"x\.cache\.db"), opened(tmp_path / "x.cache.db"):
        pass
    assert (tmp_path / "x.cache.db").read_bytes() == content


def test_a_cache_runs_no_code(tmp_path: Path) -> None:
    """What another put into the cache that is none of the program's own things is refused."""
    with opened(tmp_path / "x.cache.db") as cache:
        cache.put(b"key", print)  # type: ignore[arg-type]
        with pytest.raises(ReadError, match="builtins"):
            cache.get(b"key")


def test_the_cache_stands_beside_its_edition() -> None:
    """It goes by the name of the edition."""
    assert [cache_of(Path(name)).name for name in ("a/x.db", "a/x")] == ["x.cache.db", "x.cache.db"]
