from __future__ import annotations

import gzip
import re
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient

from glossary_api.site.web_files import SHARED
from tests.site.reading import read

LOADED = re.compile(r"""(?:from|import\(|textOf\()\s*["']([./\w-]+\.(?:js|css))["']""")
"""What a script loads, at once or later."""


def test_first_page_is_light(client: FlaskClient) -> None:
    """The front page with all that it loads stays under 50 kB compressed."""
    page = client.get("/")
    found = read(page)
    waiting = [e.attributes["href"] for e in found.find("link") if e.attributes["rel"] in ("stylesheet", "icon")]
    waiting += [script.attributes["src"] for script in found.find("script")]
    weights = {"/": len(gzip.compress(page.data))}
    while waiting:
        if (address := waiting.pop()) not in weights:
            with client.get(address) as response:
                assert response.status_code == 200, address
                weights[address] = len(gzip.compress(response.data))
                waiting += (
                    [urljoin(address, more) for more in LOADED.findall(response.get_data(as_text=True))]
                    if address[-3:] == ".js"
                    else []
                )
    assert {address.rpartition(".")[2] for address in weights} == {"/", "css", "svg", "js"}
    assert sum(weights.values()) < 50_000, weights


def test_static_files_may_be_kept(client: FlaskClient) -> None:
    """The style sheet is found, and under its versioned address browsers may keep it for a year."""
    address = read(client.get("/")).find("link", rel="stylesheet")[0].attributes["href"]
    with client.get(address) as response:
        assert response.mimetype == "text/css"
        assert response.cache_control.max_age == 31_536_000


def test_an_address_of_other_files_may_not_be_kept(client: FlaskClient) -> None:
    """Under an address that another state of the files had, browsers keep what there is now for a while only."""
    for address in ("/static/v-000000000000/site.css", "/static/site.css"):
        with client.get(address) as response:
            assert response.status_code == 200
            assert response.cache_control.max_age == 3600
            assert not response.cache_control.immutable


def test_what_the_extension_shares_is_served_beside(client: FlaskClient) -> None:
    """A shared script is found below the address of the other scripts, so that they import it by a relative one."""
    script = read(client.get("/")).find("script")[0].attributes["src"]
    for path in sorted(SHARED.glob("*.*")):
        for address in (urljoin(script, f"shared/{path.name}"), f"/static/shared/{path.name}"):
            with client.get(address) as response:
                assert response.data == path.read_bytes()
                assert response.cache_control.max_age == (31_536_000 if "/v-" in address else 3600)


@pytest.mark.parametrize("address", ["/static/nothing.js", "/static/shared/../site.css", "/static/v-x/nothing.css"])
def test_a_file_that_is_not_there(client: FlaskClient, address: str) -> None:
    """There is no file beyond those of the two folders."""
    assert client.get(address).status_code == 404


def test_pages_are_not_sent_twice(client: FlaskClient) -> None:
    """A browser that has the page of this edition is answered 304; another page answers in full."""
    first = client.get("/reports/north-2024")
    assert first.cache_control.max_age
    again = client.get("/reports/north-2024", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/", headers={"If-None-Match": '"other"'}).status_code == 200
