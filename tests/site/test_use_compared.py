"""The page on which the use of several terms is compared."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.site.reading import read


def test_each_term_has_its_pictures_and_figures(client: FlaskClient) -> None:
    """Terms stand side by side, each with the years and the map, and the figures in tables."""
    page = read(client.get("/compare?names=三个早，5个清"))
    assert [h.text for h in page.find("h3")] == ["三个早", "五个清"] * 2
    assert len(page.find("svg", role="img")) == 4
    years, _ = page.find("table")
    assert [cell.text for cell in years.find("th", scope="col")[1:]] == ["三个早", "五个清"]
    assert [row.find("th")[0].text for row in years.find("tr")[1:]] == ["2024", "2025"]


def test_a_name_that_is_no_term_is_said_to_be_none(client: FlaskClient) -> None:
    """An unknown name does not spoil the page: it is named, with the nearest terms, and the others are shown."""
    page = read(client.get("/compare?names=五个请,三个早&lang=en"))
    said = page.find("p", role="status")[0]
    assert "五个请" in said.text
    assert [link.text for link in said.find("a")] == ["五个清"]
    assert len(page.find("svg", role="img")) == 2


def test_no_more_than_six_are_compared(client: FlaskClient) -> None:
    """What is too much is named as left out."""
    page = read(client.get("/compare?names=" + quote("一甲,二甲,三甲,四甲,五甲,六甲,三个早")))
    assert "三个早" in page.find("p", role="status")[-1].text
    assert not page.find("svg", role="img")


@pytest.mark.parametrize("by", ["year", "province"])
def test_the_figures_come_as_csv(client: FlaskClient, by: str) -> None:
    """Each row of the CSV is one fact, under names of columns, in UTF-8 that spreadsheets know."""
    answer = client.get(f"/compare.csv?names=三个早,五个清&by={by}")
    assert answer.data.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert {row["term"] for row in rows} == {"三个早", "五个清"}
    assert sum(int(row["usages"]) for row in rows if row["term"] == "三个早") == 4


def test_csv_of_nothing_known_is_refused(client: FlaskClient) -> None:
    """A name that is no term, or another way to count, is an error and no empty file."""
    assert client.get("/compare.csv?names=甲乙丙丁").status_code == 404
    assert client.get("/compare.csv?names=三个早&by=month").status_code == 400
