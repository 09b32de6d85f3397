from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from glossary_api.settings import Settings
from glossary_api.site.app import create_app

TERMS = "/api/v1/terms"


def client(edition_path: Path, **settings: Any) -> FlaskClient:
    """A client of an application with these settings."""
    return create_app(Settings(edition=edition_path, **settings)).test_client()


def left(answer: Any) -> tuple[int, int]:
    """Requests left and seconds to go, as an answer says."""
    found = re.fullmatch(r'"default";r=(\d+);t=(\d+)', answer.headers["RateLimit"])
    assert found
    return int(found[1]), int(found[2])


def test_no_limit_is_the_default(edition_path: Path) -> None:
    """Without a setting nothing is counted and nothing said of it."""
    answer = client(edition_path).get(TERMS)
    assert not {"RateLimit", "RateLimit-Policy", "Retry-After"} & set(dict(answer.headers))


def test_limit(edition_path: Path) -> None:
    """Who asks too often gets 429 with the time to wait; every answer before says how much is left."""
    asking = client(edition_path, rate_limit="3/hour", cors="*")
    answers = [asking.get(TERMS, headers={"X-Request-ID": "mine"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [left(answer)[0] for answer in answers] == [2, 1, 0, 0]
    assert {answer.headers["RateLimit-Policy"] for answer in answers} == {'"default";q=3;w=3600'}
    refused = answers[-1]
    assert 0 < int(refused.headers["Retry-After"]) == left(refused)[1] <= 3600
    document = json.loads(refused.data)
    assert (document["type"], document["status"]) == ("urn:glossary:problem:too-many-requests", 429)
    assert (document["request_id"], refused.headers["X-Request-ID"]) == ("mine", "mine")
    assert refused.headers["Access-Control-Allow-Origin"] == "*"


def test_what_is_known_counts_too(edition_path: Path) -> None:
    """An answer that is not sent again is a request like any other."""
    asking = client(edition_path, rate_limit="2/hour")
    known = {"If-None-Match": asking.get(TERMS).headers["ETag"]}
    assert [asking.get(TERMS, headers=known).status_code for _ in range(2)] == [304, 429]


def test_each_address_has_its_own_limit(edition_path: Path) -> None:
    """One caller does not use up what another may ask."""
    asking = client(edition_path, rate_limit="1/hour")
    here, there = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}
    answers = [asking.get(TERMS, environ_overrides=address) for address in (here, there, here)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]


@pytest.mark.parametrize(("proxies", "statuses"), [(0, [200, 429]), (1, [200, 200])])
def test_addresses_behind_proxies(edition_path: Path, proxies: int, statuses: list[int]) -> None:
    """What a proxy says of the address counts if the settings say that there is one; else it could be a lie."""
    asking = client(edition_path, rate_limit="1/hour", proxies=proxies)
    answers = [asking.get(TERMS, headers={"X-Forwarded-For": f"192.0.2.{n}"}) for n in (1, 2)]
    assert [answer.status_code for answer in answers] == statuses


def test_what_is_free(edition_path: Path) -> None:
    """Preflights, the health check and the pages are not counted."""
    asking = client(edition_path, rate_limit="1/hour")
    for _ in range(3):
        assert asking.options(TERMS).status_code == 200
        assert asking.get("/api/v1/healthz").status_code == 200
        assert asking.get("/").status_code == 200
    assert asking.get(TERMS).status_code == 200
