"""Editions that were replaced are kept, answer below their hash, and say what changed since."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from glossary_api.cli.main import main
from glossary_api.curation.tokens import create_token
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.store.edition import Edition
from glossary_api.store.kept import kept_editions
from tests.curation.test_sequences import PILE

ATOM = "{http://www.w3.org/2005/Atom}"


def harvested(folder: Path, *words: str) -> str:
    """The hash of the edition that a harvest of the pile makes."""
    command = ["harvest", str(folder / "pile"), "-o", str(folder / "glossary.db"), "--jobs", "1", *words]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    edition = Edition.open(folder / "glossary.db")
    edition.close()
    return edition.hash


@pytest.fixture
def hashes(tmp_path: Path) -> list[str]:
    """The hashes of three editions, made one after the other of ever more reports, of which two are kept."""
    (tmp_path / "pile").mkdir()
    made = []
    for name, text in sorted(PILE.items(), reverse=True):
        (tmp_path / "pile" / name).write_text(text, "utf-8")
        made.append(harvested(tmp_path, "--keep", "2"))
    return made


@pytest.fixture
def client(hashes: list[str], tmp_path: Path) -> FlaskClient:
    """A server of the last one."""
    return create_app(Settings(edition=tmp_path / "glossary.db", keep=2)).test_client()


def test_so_many_are_kept(hashes: list[str], tmp_path: Path) -> None:
    """The last editions are kept, the oldest ones go, the present one and one that is made again count once."""
    path = tmp_path / "glossary.db"
    assert [one.stem for one in kept_editions(path)] == [hashes[1], hashes[0]]
    assert harvested(tmp_path, "--keep", "2") == hashes[2]
    assert [one.stem for one in kept_editions(path)] == [hashes[1], hashes[0]]
    (tmp_path / "pile" / "taicang-2024.txt").unlink()
    harvested(tmp_path, "--keep", "1", "--replace")
    assert [one.stem for one in kept_editions(path)] == [hashes[2]]


def test_an_edition_answers_below_its_hash(client: FlaskClient, hashes: list[str]) -> None:
    """Each kept edition answers what it answered, the present one, too, by its whole hash or the beginning of it."""
    counts = [
        client.get(f"/editions/{name}/api/v1/reports").get_json()["total"]
        for name in (*hashes, *(one[:12] for one in hashes))
    ]
    assert counts == [1, 2, 3, 1, 2, 3]
    assert client.get("/api/v1/reports").get_json()["total"] == 3
    page = client.get(f"/editions/{hashes[1][:12]}/terms/两新").text
    assert f'href="/editions/{hashes[1][:12]}/reports/yiwu-2025' in page
    assert f"/editions/{hashes[1][:12]}/terms/" in page
    tags = {client.get(f"/editions/{name}/api/v1/reports").headers["ETag"] for name in hashes}
    assert len(tags) == 3


def test_what_is_not_kept_is_not_there(client: FlaskClient) -> None:
    """Another hash is answered 404, by the API as a problem, and what is no hash as any other page."""
    answer = client.get(f"/editions/{'0' * 64}/api/v1/reports")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert client.get("/editions/zzz/terms/两新").status_code == 404
    assert client.get("/api/v1/changes?since=000000000000").status_code == 404
    assert client.get("/api/v1/changes?since=short").status_code == 422


def test_nothing_is_decided_in_an_edition_that_is_kept(client: FlaskClient, hashes: list[str], tmp_path: Path) -> None:
    """Below the hash of an edition no decision is taken down and nobody signs in."""
    token = create_token(tmp_path / "tokens.json", "li", "decide")
    below = f"/editions/{hashes[0]}"
    body, headers = {"kind": "reject", "term": "两新"}, {"Authorization": f"Bearer {token}"}
    assert client.post(f"{below}/api/v1/decisions", json=body, headers=headers).status_code == 403
    assert client.post(f"{below}/sign-in", data={"token": token}).status_code == 403
    assert not (tmp_path / "decisions.jsonl").exists()


def test_a_citation_names_the_edition(client: FlaskClient, hashes: list[str]) -> None:
    """Where editions are kept, the address of a citation leads to the page in its edition."""
    page = client.get("/terms/两新").text
    address = f"http://localhost/editions/{hashes[2][:12]}/terms/"
    assert address in page
    assert address in client.get(f"/editions/{hashes[2][:12]}/terms/两新").text


def test_changes_as_json_and_as_a_feed(client: FlaskClient, hashes: list[str]) -> None:
    """The feed has an entry for each change of the list, with an id of its own that stays."""
    found = client.get(f"/api/v1/changes?since={hashes[1]}&limit=200").get_json()
    assert (found["since"], found["until"]) == (hashes[1], hashes[2])
    assert found["total"] == len(found["items"]) > 0
    address = f"/api/v1/changes?since={hashes[1][:12]}&format=atom&limit=200"
    feeds = [ElementTree.fromstring(client.get(address).data) for _ in range(2)]
    titles = [entry.findtext(f"{ATOM}title") for entry in feeds[0].iter(f"{ATOM}entry")]
    assert titles == [f"{item['change']}: {item['term']['name']}" for item in found["items"]]
    first, second = ([entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")] for feed in feeds)
    assert first == second
    assert len(set(first)) == len(first)


def test_without_since_the_oldest_counts(client: FlaskClient, hashes: list[str]) -> None:
    """A follower who names no edition hears of all that changed since the oldest one that is kept."""
    assert client.get("/api/v1/changes").get_json()["since"] == hashes[0]


def test_a_server_that_keeps_none_has_no_changes(edition_path: Path) -> None:
    """Without kept editions nothing changed."""
    client = create_app(Settings(edition=edition_path)).test_client()
    assert client.get("/api/v1/changes").get_json()["items"] == []
