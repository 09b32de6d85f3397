"""Keep what files parse to beside the edition, so that a further harvest parses only what it has not seen.

A file is known by its bytes, its name and its nearest folders, which say whose report it is, and by the program that
read and parsed it. The cache also remembers which pile the edition was made of, for `add`, and where somebody may
decide it keeps the reports, for `amending.py`.
"""

from __future__ import annotations

import hashlib
import io
import json
import pickle
import platform
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from re import match
from typing import Any, ClassVar

import zstandard

import glossary_api
from glossary_api.errors import ReadError
from glossary_api.harvesting.taking import TakenFile
from glossary_api.model.things import ParsedReport
from glossary_api.reading.read import MAX_BYTES, Request

_SUFFIX = ".cache.db"
_SCHEMA = """
drop table if exists taken; -- of earlier versions
create table if not exists parsed (key blob primary key, content blob not null) without rowid;
create table if not exists used (key blob primary key, run integer not null) without rowid;
create table if not exists seen (key blob primary key, content blob not null) without rowid;
create table if not exists pile (said text not null);
create table if not exists made (hash text not null);
create table if not exists reports (id text primary key, light blob not null, content blob not null) without rowid;
create table if not exists notes (stage text, report text, content blob not null, primary key (stage, report))
    without rowid;
create table if not exists state (content blob not null);
"""
_RUNS = 3
"""What so many harvests did not use is dropped."""
_TOGETHER = 64
"""Files after which what was parsed is on the disk: no more is lost when a harvest is stopped."""
_NEAR = 2
"""Folders that go with a file, as `Document.folder` has them."""
_KEPT = ("glossary_api.model.", TakenFile.__module__)
"""Where the things that are kept are defined."""
_ROOMS = ("model", "text", "reading", "parsing")
"""What of the package decides what a file parses to, beside `taking.py` and what is seen in it …"""
_ALL_ROOMS = (*_ROOMS, "matching", "harvesting", "store", "curation")
"""… and what an edition is made of, beside files."""


class ParseCache:
    """A store of parsed files: one SQLite file beside the edition."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        (last,) = connection.execute("select coalesce(max(run), 0) from used").fetchone()
        self._run = last + 1
        self._new = 0

    def __contains__(self, key: bytes) -> bool:
        with _named(self.path):
            return self._connection.execute("select 1 from used where key = ?", (key,)).fetchone() is not None

    def get(self, key: bytes) -> TakenFile:
        """Return what is kept under a key that is there, and count it as used."""
        with _named(self.path):
            (content,) = self._connection.execute("select content from parsed where key = ?", (key,)).fetchone()
            self._use(key)
            taken: TakenFile = _unpacked(content)
            return taken

    def see(self, seen: Mapping[bytes, Any]) -> None:
        """Keep what was seen in the files with some keys, beside what they parsed to."""
        with _named(self.path):
            rows = ((key, packed(content)) for key, content in seen.items())
            self._connection.executemany("replace into seen values (?, ?)", rows)

    def seen(self, key: bytes) -> Any:
        """Return what was seen in a file with a key, and count it as used; None if that is not kept."""
        with _named(self.path):
            row = self._connection.execute("select content from seen where key = ?", (key,)).fetchone()
            if row:
                self._use(key)
            return _unpacked(row[0]) if row else None

    def _use(self, key: bytes) -> None:
        self._connection.execute("replace into used values (?, ?)", (key, self._run))

    def put(self, key: bytes, taken: TakenFile) -> None:
        """Keep what a file parsed to."""
        content = packed(taken)
        with _named(self.path):
            self._connection.execute("replace into parsed values (?, ?)", (key, content))
            self._use(key)
            self._new += 1
            if self._new % _TOGETHER == 0:
                self._connection.commit()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is kept."""
        asked = "select exists(select 1 from parsed) or exists(select 1 from pile)"
        return not self._connection.execute(asked).fetchone()[0]

    def prune(self) -> None:
        """Drop what the last harvests did not use, with it what other versions of the program parsed."""
        with _named(self.path):
            self._connection.execute("delete from used where run <= ?", (self._run - _RUNS,))
            for table in ("parsed", "seen"):
                self._connection.execute(f"delete from {table} where key not in (select key from used)")

    def keep_reports(self, reports: Iterable[ParsedReport]) -> None:
        """Keep the reports of a harvest as they were before anything was decided about them, in place of others."""
        with _named(self.path):
            self._connection.executescript("delete from reports; delete from made")
        self.keep_more_reports(reports)

    def keep_more_reports(self, reports: Iterable[ParsedReport]) -> None:
        """Keep further reports beside those that are kept."""
        with _named(self.path):
            kept = ((parsed.report.id, packed(_without_text(parsed)), packed(parsed)) for parsed in reports)
            self._connection.executemany("insert into reports values (?, ?, ?)", kept)

    def keep_notes(self, notes: Iterable[tuple[str, str, bytes]], state: Mapping[str, Any], *, all_: bool) -> None:
        """Keep what was noted of reports, packed, by stage and report, in place of what was, and what of all of them.

        With `all_` it is everything that is kept.
        """
        with _named(self.path):
            self.forget_notes(all_=all_)
            self._connection.executemany("replace into notes values (?, ?, ?)", notes)
            self._connection.execute("insert into state values (?)", (packed(dict(state)),))

    def forget_notes(self, *, all_: bool = True) -> None:
        """Forget what was noted of all reports together, and what of each."""
        self._connection.execute("delete from state")
        if all_:
            self._connection.execute("delete from notes")

    def state(self, hash_: str) -> dict[str, Any] | None:
        """Return what was noted of all reports together of which the edition with a hash is made; None if that is not
        what is kept.
        """
        with _named(self.path):
            asked = "select content from state where exists(select 1 from made where hash = ?)"
            row = self._connection.execute(asked, (hash_,)).fetchone()
            found: dict[str, Any] | None = _unpacked(row[0]) if row else None
            return found

    def notes(self, stage: str) -> Iterator[tuple[str, Any]]:
        """Yield the ids of reports, each with what was noted at a stage."""
        with _named(self.path):
            asked = "select report, content from notes where stage = ? order by report"
            by = zstandard.ZstdDecompressor().decompress  # one for all: to make one takes longer than to unpack a note
            rows = self._connection.execute(asked, (stage,))
            yield from ((report, _unpacked(content, by)) for report, content in rows)

    def titles(self) -> list[ParsedReport]:
        """Return the reports that are kept, by id, without their texts and what was found in them."""
        with _named(self.path):
            rows = self._connection.execute("select light from reports order by id").fetchall()
            return [_unpacked(light) for (light,) in rows]

    def remember(self, pile: Mapping[str, Any], hash_: str) -> None:
        """Remember the pile that the edition with a hash is made of."""
        with _named(self.path):
            self._connection.executescript("delete from pile; delete from made")
            self._connection.execute("insert into pile values (?)", (json.dumps(pile, ensure_ascii=True),))
            self._connection.execute("insert into made values (?)", (hash_,))

    def has_reports_of(self, hash_: str) -> bool:
        """Tell whether the reports that are kept are those of the edition with a hash."""
        asked = "select exists(select 1 from made where hash = ?) and exists(select 1 from reports)"
        with _named(self.path):
            return bool(self._connection.execute(asked, (hash_,)).fetchone()[0])

    def remembered(self) -> dict[str, Any] | None:
        """Return the pile that the edition is made of; None if no harvest was finished with this cache."""
        with _named(self.path):
            row = self._connection.execute("select said from pile").fetchone()
            found: dict[str, Any] | None = json.loads(row[0]) if row else None
            return found


def kept_report(path: Path, identity: str) -> ParsedReport:
    """Return a report that `ParseCache.keep_reports` put into the cache at a path; the file is opened once."""
    found: ParsedReport = _kept(path, "select content from reports where id = ?", identity)
    return found


def kept_file(path: Path, key: bytes) -> TakenFile:
    """Return what a file parsed to, from the cache at a path; the cache is opened once."""
    found: TakenFile = _kept(path, "select content from parsed where key = ?", key)
    return found


def _kept(path: Path, asked: str, key: str | bytes) -> Any:
    with _named(path):
        (content,) = _reading(path.absolute(), path.stat().st_ino).execute(asked, (key,)).fetchone()
        return _unpacked(content)


def _asked(path: Path, statement: str, value: object) -> tuple[bytes]:
    row: tuple[bytes] = _reading(path.absolute(), path.stat().st_ino).execute(statement, (value,)).fetchone()
    return row


@lru_cache(maxsize=1)
def _reading(path: Path, _: int) -> sqlite3.Connection:
    """Open a cache, by its path and the number of its file, to be read."""
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False)


def cache_of(edition: Path) -> Path:
    """Return where the cache of an edition is: `glossary.cache.db` beside `glossary.db`."""
    return edition.with_name(edition.name.removesuffix(".db") + _SUFFIX)


@contextmanager
def opened(path: Path) -> Iterator[ParseCache]:
    """Open a cache, made if it is not there; what was put into it stays, however the harvest ends; an empty one goes.

    Raises ReadError for a file that is no cache, cannot be written or is being written by another harvest.
    """
    with _named(path):
        connection = sqlite3.connect(path)
    try:
        with _named(path):
            connection.executescript(_SCHEMA)
            found = ParseCache(path, connection)
        try:
            yield found
        finally:
            with _named(path):
                connection.commit()
                if found.is_empty:
                    path.unlink()
    finally:
        connection.close()


def key_of(path: Path, request: Request) -> bytes | None:
    """Return what a file is known by; None for one that is not read."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        data = path.read_bytes()
    except OSError:
        return None
    said = (program(), path.name, *path.absolute().parent.parts[-_NEAR:], sorted(request.columns.items()))
    return hashlib.sha256(hashlib.sha256(data).digest() + repr((said, request.programs)).encode()).digest()


@cache
def program(*, whole: bool = False) -> str:
    """Return a digest of everything that decides what a file parses to, or an edition is: code, data, libraries."""
    digest = hashlib.sha256(platform.python_version().encode())
    package = Path(glossary_api.__file__).parent
    files = [
        file
        for room in (_ALL_ROOMS if whole else _ROOMS)
        for file in sorted((package / room).rglob("*"))
        if file.suffix != ".pyc"
    ]
    of_files = [package / "harvesting" / name for name in ("taking.py", "readings.py", "sameness.py")]
    for file in [*filter(Path.is_file, files), *of_files]:
        digest.update(str(file.relative_to(package)).encode() + hashlib.sha256(file.read_bytes()).digest())
    for library in sorted(_libraries()):
        digest.update(library.encode())
    return digest.hexdigest()


def _libraries() -> Iterator[str]:
    """Yield the libraries that the package asks for, those of extras included, each with its version if it is there."""
    try:
        asked = requires("glossary-api") or []
    except PackageNotFoundError:  # run from its folder without being installed
        return
    for line in asked:
        if name := match(r"[\w.-]+", line):
            try:
                yield f"{name[0]} {version(name[0])}"
            except PackageNotFoundError:
                yield f"{name[0]} -"


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Raise errors of the cache again with its path and the remedy."""
    try:
        yield
    except (sqlite3.Error, zstandard.ZstdError, pickle.UnpicklingError, OSError, EOFError) as error:
        raise ReadError("cache-cannot-be-used", place=str(path), remedy="remove-cache", why=str(error)) from error


def _without_text(parsed: ParsedReport) -> ParsedReport:
    return ParsedReport(replace(parsed.report, text=""), (), None, (), (), (), (), parsed.body)


def packed(thing: object) -> bytes:
    """Return a thing of the program as it is kept."""
    return zstandard.compress(pickle.dumps(thing, pickle.HIGHEST_PROTOCOL), 1)


def _unpacked(content: bytes, decompress: Callable[[bytes], bytes] = zstandard.decompress) -> Any:
    return _Plain(io.BytesIO(decompress(content))).load()


class _Plain(pickle.Unpickler):
    """Reads the package's own things and nothing else: whoever can write the cache cannot make the program run code."""

    _found: ClassVar[dict[tuple[str, str], type]] = {}
    """Asked for each thing that is read; there are few."""

    def find_class(self, module: str, name: str) -> type:
        if (module, name) not in self._found:
            found = super().find_class(module, name) if module.startswith("glossary_api.") else None
            if not isinstance(found, type) or not found.__module__.startswith(_KEPT):
                raise pickle.UnpicklingError(f"{module}.{name}")
            self._found[module, name] = found
        return self._found[module, name]
