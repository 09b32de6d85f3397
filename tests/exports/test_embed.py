"""The script that other sites embed: whole, small, by its hash; and the card that they may show in a frame."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re

import pytest
from flask.testing import FlaskClient

from glossary_api.exports.embed import script
from glossary_api.settings import Settings
from glossary_api.site.app import create_app

BUDGET = 20_000
"""Bytes of the script as it is sent."""
ROOT = "https://glossary.example/words/"
TERM = "六个不发生"


@pytest.fixture(scope="module")
def client(seed_path: str) -> FlaskClient:
    """Asks a server over the seed."""
    return create_app(Settings(edition=seed_path)).test_client()  # type: ignore[arg-type]  # a path


def test_the_script_needs_no_other_file() -> None:
    """A hash in a policy allows one file: nothing is imported, and nothing that only extensions have is used."""
    text = script().decode()
    assert not re.search(r"\bimport\b\s*[({\"']|\bexport\s*[{*]|chrome\.", text)
    assert "prefers-color-scheme:dark" in text


def test_the_script_is_small(client: FlaskClient) -> None:
    """Compressed as servers do it, with the look of the tooltip and the matcher, it has less than 20 kB."""
    sent = client.get("/embed.js", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(sent.data) == script()
    assert len(sent.data) < BUDGET


def test_the_hash_is_that_of_the_script(client: FlaskClient) -> None:
    """What `/embed.json` says can be put into a page and its policy as it is, and holds the bytes that are sent."""
    said = client.get("/embed.json", base_url=ROOT).get_json()
    sent = client.get("/embed.js", base_url=ROOT)
    wanted = "sha384-" + base64.b64encode(hashlib.sha384(sent.data).digest()).decode()
    assert said["src"] == f"{ROOT}embed.js"
    assert (said["integrity"], said["policy"]["script-src"]) == (wanted, f"'{wanted}'")
    assert said["policy"]["connect-src"] == "https://glossary.example"
    assert wanted in said["html"]
    assert sent.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in sent.headers


def test_only_the_card_may_be_framed(client: FlaskClient) -> None:
    """The card of a term allows every site to frame it and runs no script; the term's page allows none."""
    card, page = client.get(f"/terms/{TERM}/card"), client.get(f"/terms/{TERM}")
    policy = card.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "<script" not in card.text
    assert TERM in card.text
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


def test_a_card_says_when_nothing_is_known(client: FlaskClient) -> None:
    """A term without definition has a card that says so, in the language asked for."""
    (name,) = [one["name"] for one in client.get("/api/v1/terms?defined=false&limit=1").get_json()["items"]]
    assert "Nothing collected here" in client.get(f"/terms/{name}/card?lang=en").text
    assert client.get("/terms/没有这个词/card").status_code == 404


def test_oembed_gives_the_card(client: FlaskClient) -> None:
    """The page of a term names its oEmbed answer, which frames the card in no more room than there is."""
    page = client.get(f"/terms/{TERM}", base_url=ROOT).text
    found = re.search(r'type="application/json\+oembed" href="([^"]+)"', page)
    assert found
    address = found[1].replace("&amp;", "&")
    assert address.startswith(ROOT)  # consumers take it as it stands
    said = client.get(f"/{address.removeprefix(ROOT)}&maxwidth=300", base_url=ROOT).get_json()
    assert (said["version"], said["type"], said["title"], said["width"]) == ("1.0", "rich", TERM, 300)
    assert "/card" in said["html"]
    assert 'width="300"' in said["html"]


@pytest.mark.parametrize(
    ("query", "status"),
    [("url=https://elsewhere.example/terms/x", 404), ("", 404), (f"url={ROOT}terms/x&format=xml", 501)],
)
def test_oembed_refuses_what_it_does_not_have(client: FlaskClient, query: str, status: int) -> None:
    """Addresses of other sites are not found, XML is not implemented, as oEmbed has it."""
    assert client.get(f"/oembed?{query}", base_url=ROOT).status_code == status
