"""The tables of an edition, opened by the tools of those who compute with them."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet  # type: ignore[import-untyped]  # ships no types

from glossary_api.exports.formats import FORMATS
from glossary_api.queries import data
from glossary_api.queries.export import exported, file_name
from glossary_api.store.edition import Edition
from glossary_api.store.view_columns import COLUMNS
from glossary_api.store.views import VIEWS
from glossary_api.text.cells import guarded


@pytest.fixture(scope="module")
def package(seed: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with all tables of the seed and their dictionary."""
    folder = tmp_path_factory.mktemp("package")
    zipfile.ZipFile(io.BytesIO(b"".join(exported(seed, FORMATS["datapackage"])))).extractall(folder)
    return folder


def read(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_frictionless_finds_nothing_wrong(package: Path) -> None:
    """Every cell is of its column's type, keys are unique, references lead somewhere."""
    ran = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"],
        cwd=package,
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(ran.stdout)
    assert report["valid"], report
    assert {task["name"] for task in report["tasks"]} == set(data.TABLES)


def test_the_tables_hold_what_the_edition_has(package: Path, seed: Edition) -> None:
    """Every table has as many rows as the page says; the sums are those of the edition."""
    for name, table in data.TABLES.items():
        assert len(read(package, name)) == data.count(seed, table) > 0
    assert len(read(package, "reports")) == seed.counts["reports"]
    usages = read(package, "usages")
    assert sum(int(row["usages"]) for row in read(package, "timeline")) == len(usages)
    row = usages[len(usages) // 2]
    assert seed.report_text(row["report"])[int(row["start"]) : int(row["end"])] == row["text"]


def test_no_cell_is_taken_for_a_formula(package: Path) -> None:
    """A spreadsheet opens the tables without computing anything."""
    for name in data.TABLES:
        for row in read(package, name):
            assert all(guarded(cell) == cell or cell.startswith("'") for cell in row.values())


def test_parquet_says_the_same(package: Path, seed: Edition) -> None:
    """Every table is there with the rows of the CSV, whose values have the types of the dictionary."""
    archive = zipfile.ZipFile(io.BytesIO(b"".join(exported(seed, FORMATS["parquet"]))))
    for name, table in data.TABLES.items():
        found = parquet.read_table(io.BytesIO(archive.read(f"{name}.parquet")))
        written = [[guarded("" if one is None else plain(one)) for one in row.values()] for row in found.to_pylist()]
        assert written == [list(row.values()) for row in read(package, name)], name
        types = dict(zip(found.schema.names, map(str, found.schema.types), strict=True))
        assert types == {column: TYPES[COLUMNS[table.view][column].type] for column in table.columns}


TYPES = {"string": "string", "integer": "int64", "boolean": "bool", "year": "int16", "date": "date32[day]"}


def plain(value: object) -> str:
    """A value of Parquet as CSV has it."""
    return str(int(value)) if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("view", [name for name in VIEWS if name.startswith("v_")])
def test_every_column_has_its_meaning(seed: Edition, view: str) -> None:
    """The columns of a view are those that are described, in their order."""
    statement = f"SELECT name FROM pragma_table_info('{view}')"
    assert [name for (name,) in seed.select(statement)] == list(COLUMNS[view])


def shown(seed: Edition, seed_path: Path, tmp_path: Path, *paths: str) -> Iterator[Any]:
    """The pages that Datasette shows of the edition as it is downloaded, opened with our metadata."""
    from datasette.app import Datasette

    file = tmp_path / file_name(seed, FORMATS["sqlite"])
    file.write_bytes(seed_path.read_bytes())
    metadata = json.loads(b"".join(exported(seed, FORMATS["datasette"])))

    async def ask() -> list[Any]:
        opened = Datasette([], immutables=[str(file)], metadata=metadata)
        await opened.invoke_startup()
        return [await opened.client.get(f"/{file.stem}{path}") for path in paths]

    yield from asyncio.run(ask())


def test_datasette_shows_titles_meanings_and_facets(seed: Edition, seed_path: Path, tmp_path: Path) -> None:
    """Every view is listed under its title, has the meaning of each column, and can be narrowed."""
    listed, terms, usages = shown(seed, seed_path, tmp_path, "", "/v_terms", "/v_usages.json?_facet=place&_size=1")
    assert {listed.status_code, terms.status_code, usages.status_code} == {200}
    for table in data.TABLES.values():
        if table.view in VIEWS:
            assert table.view in listed.text
    assert "term_search_rows" not in listed.text.partition("hidden")[0]
    assert "Terms and candidates" in terms.text
    assert COLUMNS["v_terms"]["status"].meaning in terms.text
    assert 'data-facet="kind"' in terms.text or "facet-kind" in terms.text
    assert usages.json()["facet_results"]["place"]["results"]


def test_datasette_shows_names_for_ranks(seed: Edition, seed_path: Path, tmp_path: Path) -> None:
    """In the tables themselves the term of a usage is shown by its name."""
    (usages,) = shown(seed, seed_path, tmp_path, "/usages?_size=5")
    ((name,),) = seed.select("SELECT t.name FROM usages u JOIN terms t ON t.rank = u.term ORDER BY u.rowid LIMIT 1")
    assert f">{name}</a>" in usages.text
