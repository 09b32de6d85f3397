"""What crawlers, link previews and reference managers get."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

from flask.testing import FlaskClient
from lxml import etree  # type: ignore[import-untyped]  # ships no types

from tests.site.reading import read


def _addresses(client: FlaskClient, address: str) -> list[str]:
    root = etree.fromstring(client.get(address).data)
    return [unquote(str(loc.text)) for loc in root.iter("{*}loc")]


def test_the_site_map_leads_to_every_term_and_report(client: FlaskClient) -> None:
    """robots.txt names the site map, its parts name pages that are there."""
    (site_map,) = re.findall(r"^Sitemap: http://localhost(\S+)$", client.get("/robots.txt").text, re.M)
    parts = _addresses(client, site_map)
    found = [address for part in parts for address in _addresses(client, part.removeprefix("http://localhost"))]
    assert "http://localhost/terms/五个清" in found
    assert "http://localhost/reports/south-2025" in found
    assert len(found) == len(set(found))
    assert client.get("/sitemap-9.xml").status_code == 404


def test_there_is_an_icon(client: FlaskClient) -> None:
    """Browsers that ask for favicon.ico get a picture."""
    answer = client.get("/favicon.ico")
    assert answer.mimetype == "image/png"
    answer.close()


def test_every_page_has_a_picture_for_previews(client: FlaskClient) -> None:
    """The address of a picture that a page gives to those who show links is whole, and answers with a PNG."""
    address = read(client.get("/terms/五个清")).find("meta", property="og:image")[0].attributes["content"]
    assert address.startswith("http://localhost/")
    answer = client.get(address)
    assert answer.mimetype == "image/png"
    assert answer.data[16:24] == (1200).to_bytes(4, "big") + (630).to_bytes(4, "big")
    answer.close()


def test_a_page_can_be_previewed_and_cited(client: FlaskClient) -> None:
    """A term's page says its title and address for previews, and is cited with its edition in three forms."""
    page = read(client.get("/terms/五个清"))
    assert page.find("meta", property="og:title")[0].attributes["content"] == "五个清"
    assert unquote(page.find("meta", property="og:url")[0].attributes["content"]) == "http://localhost/terms/五个清"
    box = page.find("details", class_="cite")[0]
    bibtex, csl = (pre.text for pre in box.find("pre"))
    (item,) = json.loads(csl)
    assert item["title"] == "五个清"
    assert item["edition"] in bibtex
    assert item["edition"] in box.find("p")[0].text
