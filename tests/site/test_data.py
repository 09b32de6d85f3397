from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from glossary_api.exports.formats import FORMATS
from glossary_api.model.things import Harvest
from glossary_api.queries.data import TABLES, written
from glossary_api.queries.export import exported
from glossary_api.queries.sizes import sizes_of_formats, sizes_of_tables
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.site.data import in_units
from glossary_api.store.edition import Edition
from glossary_api.store.writing import write_edition
from tests.site.reading import read


@pytest.fixture(scope="module")
def client(seed_path: Path) -> FlaskClient:
    """The application over the seed edition."""
    return create_app(Settings(edition=seed_path)).test_client()


def test_everything_can_be_downloaded_from_the_page(client: FlaskClient) -> None:
    """Tables and formats all have a link that answers."""
    links = {link.attributes["href"] for link in read(client.get("/data?lang=en")).find("a")}
    ours = {link for link in links if link.startswith("/api/v1/export/")}
    named = {link.partition("?")[0].removeprefix("/api/v1/export/") for link in ours}
    assert named == {*FORMATS, *(f"tables/{name}.csv" for name in TABLES), "tables/datapackage.json"}
    assert all(client.head(link).status_code == 200 for link in ours)


def test_sizes_are_about_right(seed: Edition) -> None:
    """What the page says is between half and twice of what the file has."""
    true = {name: sum(map(len, written(seed, table))) for name, table in TABLES.items()}
    said = sizes_of_tables(seed)
    for name, format_ in FORMATS.items():
        if not format_.whole:
            true[name] = sum(map(len, exported(seed, format_)))
    said |= sizes_of_formats(seed)
    assert said.keys() == true.keys()
    assert {name: (said[name], true[name]) for name in true if not true[name] / 2 <= said[name] <= true[name] * 2} == {}


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (14_491_648, "14 MB"), (9_960, "10 kB"), (2e12, "2000 GB")],
)
def test_sizes_are_said_in_few_digits(size: int, words: str) -> None:
    """Units of a thousand, one decimal where there is one digit before it."""
    assert in_units(size).replace("\u00a0", " ") == words


def test_an_edition_without_terms_has_a_page(tmp_path: Path) -> None:
    """Nothing is divided by nothing."""
    write_edition(Harvest((), (), (), (), ()), tmp_path / "empty.db")
    assert create_app(Settings(edition=tmp_path / "empty.db")).test_client().get("/data").status_code == 200
