from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from glossary_api.model.things import Harvest
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.store.writing import write_edition
from tests.site.reading import links, read


@pytest.mark.parametrize(
    ("address", "offered"),
    [
        ("/terms/五个请", "/terms/五个清"),
        ("/reports/north-2025", "/reports/north-2024"),
        ("/五个清", "/terms/五个清"),  # an address that is a name
        ("/somewhere/三个早/", "/terms/三个早"),
    ],
)
def test_what_is_not_there_offers_the_nearest(client: FlaskClient, address: str, offered: str) -> None:
    """An address that leads nowhere is answered 404 with a page that offers what may have been meant."""
    response = client.get(address)
    assert response.status_code == 404
    assert offered in [unquote(link) for link in links(read(response))]


def test_a_name_that_is_not_there_can_be_searched(client: FlaskClient) -> None:
    """The page about a name that no term has leads to a search of the reports for it."""
    assert "/search?q=布局三个" in [unquote(link) for link in links(read(client.get("/terms/布局三个")))]


@pytest.mark.parametrize("address", ["/", "/terms/三个早?lang=en", "/nothing/here"])
def test_a_method_that_no_page_takes_is_answered_with_a_page(client: FlaskClient, address: str) -> None:
    """What a page does not take is answered 405 with a page that says what it does take, under the same policy."""
    response = client.delete(address)
    assert response.status_code == 405
    assert response.mimetype == "text/html"
    assert "GET" in response.headers["Allow"]
    assert response.headers["Content-Security-Policy"] == client.get("/").headers["Content-Security-Policy"]
    assert "DELETE" in read(response).find("main")[0].text
    assert "lang=en" not in address or read(response).find("html")[0].attributes["lang"] == "en"


def test_a_method_that_the_api_does_not_take_is_a_problem(client: FlaskClient) -> None:
    """Below /api a 405 stays a problem document."""
    response = client.delete("/api/v1/terms")
    assert (response.status_code, response.mimetype) == (405, "application/problem+json")
    assert response.headers["Allow"]


def test_only_pages_are_answered_with_pages(client: FlaskClient) -> None:
    """An unknown address of the API is answered with a problem document, not with a page."""
    response = client.get("/api/v1/nothing")
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"


@pytest.mark.parametrize("number", ["0", "-1", "two", "２", "2", "9999999"])
@pytest.mark.parametrize("address", ["/terms", "/reports", "/search", "/terms/三个早/usages"])
def test_a_page_that_is_not_there_is_said(client: FlaskClient, address: str, number: str) -> None:
    """A number that no page of a list has is answered 400 with a page."""
    response = client.get(address, query_string={"q": "清、", "page": number})
    assert response.status_code == 400
    assert "page" in read(response).find("main")[0].text


@pytest.mark.parametrize(
    ("damage", "status"),
    [
        ("UPDATE terms SET document = CAST('{' AS BLOB)", 500),  # what nobody foresees
        ("DROP TABLE usages", 503),  # what the store knows for a damaged edition
    ],
)
def test_a_fault_is_answered_with_a_page(
    tmp_path: Path, harvest: Harvest, caplog: pytest.LogCaptureFixture, damage: str, status: int
) -> None:
    """When the edition fails, the answer is a page that shows nothing of the fault; the log has it."""
    path = tmp_path / "glossary.db"
    write_edition(harvest, path)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(damage)
    response = create_app(Settings(edition=path)).test_client().get("/terms/五个清")
    assert response.status_code == status
    assert read(response).find("h1")
    assert not re.search("sqlite|Traceback|JSON", response.text)
    assert str(path) not in response.text
    assert "/terms/五个清" in caplog.text
