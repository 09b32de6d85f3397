"""`GET /export` and `GET /export/{format}`: files, each with a strong tag."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from glossary_api.errors import EditionError
from glossary_api.exports.formats import FORMATS
from glossary_api.model.things import Harvest
from glossary_api.queries.export import exported
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters
from glossary_api.store.writing import write_edition

OF_TERMS = [name for name, format_ in FORMATS.items() if not format_.whole]


def test_the_formats_are_listed_with_their_manuals(ask: Any) -> None:
    """Each format says what it is, of which media type, and what it holds."""
    formats = ask("/export").json["formats"]
    assert [one["name"] for one in formats] == list(FORMATS)
    for one in formats:
        format_ = FORMATS[one["name"]]
        assert one == {
            "name": format_.name,
            "media_type": format_.media_type,
            "suffix": format_.suffix,
            "summary": format_.summary,
            "manual": format_.manual,
        }


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_what_the_command_writes(ask: Any, edition: Edition, name: str) -> None:
    """The same bytes, of the format's media type, with a file name that says which edition it is."""
    answer = ask(f"/export/{name}")
    format_ = FORMATS[name]
    assert answer.status_code == 200
    assert answer.data == b"".join(exported(edition, format_, address="http://localhost/"))
    assert answer.mimetype == format_.media_type
    disposition = f'attachment; filename="glossary-{edition.hash[:12]}{format_.suffix}"'
    assert answer.headers["Content-Disposition"] == disposition


@pytest.mark.parametrize("name", [name for name, format_ in FORMATS.items() if format_.textual])
def test_text_says_that_it_is_utf_8(ask: Any, name: str) -> None:
    """Whoever guesses encodings need not."""
    assert ask(f"/export/{name}").content_type.endswith("; charset=utf-8")


def test_filters_are_those_of_the_list_of_terms(ask: Any) -> None:
    """What a list of terms is filtered by chooses the terms of an export."""
    for query in ("kind=numeral", "defined=false", "report=yunxi-2024", "place=云溪", "year=2025", "q=工作"):
        listed = [item["name"] for item in ask(f"/terms?{query}&limit=200").json["items"]]
        lines = ask(f"/export/jsonl?{query}").data.splitlines()
        assert [json.loads(line)["name"] for line in lines] == listed
        assert listed


def test_a_page_cannot_be_asked_for(ask: Any) -> None:
    """An export is whole: it has no limit and no cursor."""
    for query in ("limit=1", "cursor=terms.5LiJ6L65"):
        assert ask(f"/export/tbx?{query}").status_code == 422


def test_a_byte_order_mark_is_written_where_it_is_of_use(ask: Any) -> None:
    """`bom` has its effect in what spreadsheets open, and none elsewhere."""
    for name in OF_TERMS:
        plain, marked = ask(f"/export/{name}").data, ask(f"/export/{name}?bom=true").data
        assert marked == (b"\xef\xbb\xbf" if name in ("csv", "tsv") else b"") + plain


def test_an_unknown_format_is_a_404_that_names_all(ask: Any) -> None:
    """The problem has the names of the formats, the most similar first."""
    answer = ask("/export/tbx3")
    assert answer.status_code == 404
    assert set(answer.json["nearest"]) == set(FORMATS)
    assert answer.json["nearest"][0].startswith("tbx")


def test_accept_does_not_matter(ask: Any) -> None:
    """The address says which format is wanted."""
    assert ask("/export/tbx", headers={"Accept": "application/xml"}).status_code == 200


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_the_caller_has_is_not_sent_again(ask: Any, name: str) -> None:
    """By its tag the answer is a 304 with nothing in it."""
    tag = ask(f"/export/{name}").headers["ETag"]
    again = ask(f"/export/{name}", headers={"If-None-Match": tag})
    assert not tag.startswith("W/")
    assert again.status_code == 304
    assert again.data == b""


def test_tags_differ_by_format_and_query(ask: Any) -> None:
    """No two files have the same tag."""
    paths = [*(f"/export/{name}" for name in FORMATS), "/export/tbx?kind=plan", "/export/tbx?lang=en"]
    tags = [ask(path).headers["ETag"] for path in paths]
    assert len(set(tags)) == len(tags)


def test_a_file_that_is_not_wanted_again_is_not_written(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A 304 costs no export."""
    client = app.test_client()
    tag = client.get("/api/v1/export/jsonl").headers["ETag"]
    monkeypatch.setattr("glossary_api.exports.jsonl.write", _unwritten)
    assert client.get("/api/v1/export/jsonl", headers={"If-None-Match": tag}).status_code == 304
    assert client.head("/api/v1/export/jsonl").status_code == 200


def _unwritten(*_: Any) -> Any:
    yield b""
    pytest.fail("it was written")


def test_an_edition_that_was_replaced_is_not_sent_for_another(
    edition: Edition, harvest: Harvest, tmp_path: Path
) -> None:
    """The file of an edition is only sent while it still stands where it was opened."""
    path, other = tmp_path / "there.db", tmp_path / "other.db"
    path.write_bytes(edition.path.read_bytes())
    write_edition(replace(harvest, doubts=()), other)
    served = Edition.open(path)
    begun, asked = exported(served, FORMATS["sqlite"]), exported(served, FORMATS["sqlite"])
    first = next(begun)
    other.replace(path)
    assert first + b"".join(begun) == edition.path.read_bytes()
    with pytest.raises(EditionError, match="replaced"):
        next(asked)
    with pytest.raises(EditionError, match="replaced"):
        exported(served, FORMATS["sqlite"])
    served.close()


def test_yomitan_finds_the_edition_that_it_has(ask: Any, edition: Edition) -> None:
    """The address that a dictionary looks at leads to its own index, which is no newer one."""
    packed = index_within(ask("/export/yomitan?kind=numeral&lang=en").data)
    answer = ask(address_of(packed["indexUrl"]))
    assert answer.json == packed
    assert answer.json["revision"] == edition.hash
    assert ask(address_of(packed["indexUrl"]), headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("installed", ["f" * 64, "0" * 64])
def test_yomitan_finds_a_newer_edition(ask: Any, edition: Edition, installed: str) -> None:
    """Whatever hash the installed edition has, the one that is served sorts behind it, and can be fetched."""
    index = ask(f"/export/yomitan/index.json?place=云溪市&lang=en&installed={installed}").json
    assert index["revision"] > installed
    assert edition.hash in index["revision"]
    assert index_within(ask(address_of(index["downloadUrl"])).data)["revision"] == edition.hash


def test_what_is_no_revision_is_refused(ask: Any) -> None:
    """Only the hash of an edition can be installed."""
    assert ask("/export/yomitan/index.json?installed=1.0").status_code == 422


def index_within(data: bytes) -> dict[str, Any]:
    """The index in a dictionary of Yomitan."""
    index: dict[str, Any] = json.loads(zipfile.ZipFile(io.BytesIO(data)).read("index.json"))
    return index


def address_of(url: str) -> str:
    """The part of an address on this server that a client is asked for."""
    root = "http://localhost/api/v1"
    assert url.startswith(root)
    return url.removeprefix(root)


def test_filters_are_said_in_the_file(edition: Edition) -> None:
    """A file that holds a choice says by what it was chosen."""
    text = b"".join(exported(edition, FORMATS["tbx"], TermFilters(place="云溪", defined=True))).decode()
    assert "Terms chosen by defined=true, place=云溪市; renderings in all languages." in text
