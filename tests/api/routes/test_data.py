from __future__ import annotations

from typing import Any

import pytest

from glossary_api.exports.formats import BOM
from glossary_api.queries.data import TABLES, written
from glossary_api.store.edition import Edition


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_sent_as_csv(ask: Any, edition: Edition, name: str) -> None:
    """Its bytes are those of the archive, under its name; with a mark before them for Excel."""
    answer = ask(f"/export/tables/{name}.csv")
    assert answer.data == b"".join(written(edition, TABLES[name]))
    assert (answer.mimetype, answer.headers["Content-Disposition"]) == (
        "text/csv",
        f'attachment; filename="{name}.csv"',
    )
    assert ask(f"/export/tables/{name}.csv?bom=true").data == BOM + answer.data


def test_the_dictionary_stands_beside_the_tables(ask: Any) -> None:
    """Each path in it, from where it stands, leads to a table with the columns that it says."""
    for resource in ask("/export/tables/datapackage.json").json["resources"]:
        header = ask(f"/export/tables/{resource['path']}").data.split(b"\r\n")[0].decode()
        assert header.split(",") == [field["name"] for field in resource["schema"]["fields"]]


def test_an_unknown_table_is_answered_with_those_there_are(ask: Any) -> None:
    """404 names all tables."""
    answer = ask("/export/tables/words.csv")
    assert answer.status_code == 404
    assert answer.json["nearest"] == list(TABLES)
