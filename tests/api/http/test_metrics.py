"""The figures for Prometheus, and requests for hosts that are not ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from glossary_api.settings import Settings
from glossary_api.site.app import create_app

ASK = """
import sys
from pathlib import Path
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
client = create_app(Settings(edition=Path(sys.argv[1]), metrics="on")).test_client()
client.get("/api/v1/terms/三边")
client.get("/api/v1/terms/nothing")
client.get("/anything/at/all")
client.post("/api/v1/annotate", json={"text": "推进三边"})
sys.stdout.write(client.get("/metrics").get_data(as_text=True))
sys.stdout.write(str(client.get("/metrics", headers={"X-Forwarded-For": "1.2.3.4"}).status_code))
"""


@pytest.fixture
def figures(edition_path: Path) -> str:
    """What a process of its own says of four requests, since prometheus_client decides once how it counts."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PROMETHEUS")}
    command = [sys.executable, "-c", ASK, str(edition_path)]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout


def test_figures_say_what_happened(figures: str) -> None:
    """Requests are counted by route and status, refusals by kind, and the edition is named."""
    for line in (
        'glossary_requests_total{method="GET",route="/api/v1/terms/<name:name>",status="200"} 1.0',
        'glossary_requests_total{method="GET",route="/api/v1/terms/<name:name>",status="404"} 1.0',
        'glossary_refusals_total{problem="term-not-found"} 1.0',
        "glossary_annotate_characters_total 4.0",
        'glossary_request_seconds_count{route="/api/v1/annotate"} 1.0',
    ):
        assert line in figures.splitlines()
    assert 'glossary_edition_info{hash="' in figures
    assert "glossary_edition_age_seconds " in figures


def test_figures_do_not_pass_through_a_proxy(figures: str) -> None:
    """A request that came through a proxy finds nothing."""
    assert figures.endswith("404")


def test_no_figures_unasked(edition_path: Path) -> None:
    """Without the setting there are no figures."""
    assert create_app(Settings(edition=edition_path)).test_client().get("/metrics").status_code == 404


@pytest.mark.parametrize(
    ("host", "path", "status"),
    [
        ("glossary.example", "/api/v1/terms", 200),
        ("GLOSSARY.example:443", "/api/v1/terms", 200),
        ("localhost:8000", "/terms", 200),
        ("10.0.0.7:8000", "/api/v1/healthz", 200),
        ("evil.example", "/api/v1/terms", 421),
        ("evil.example", "/terms", 421),
        ("glossary.example.evil.example", "/", 421),
    ],
)
def test_another_host_is_refused(edition_path: Path, host: str, path: str, status: int) -> None:
    """Where an address is set, only it and this machine are answered, and checks of health by whatever name."""
    client = create_app(Settings(edition=edition_path, address="https://glossary.example/")).test_client()
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code == status
    assert status == 200 or answer.headers["Cache-Control"] == "no-store"


def test_a_prefix_is_believed_only_if_wanted(edition_path: Path) -> None:
    """The path that a proxy took off stands in links and in `servers` if the setting says so."""
    for setting, url in (("off", "http://localhost"), ("on", "http://localhost/below")):
        client = create_app(Settings(edition=edition_path, proxy_prefix=setting)).test_client()
        document = client.get("/api/v1/openapi.json", headers={"X-Forwarded-Prefix": "/below"}).data
        assert [server["url"] for server in json.loads(document)["servers"]] == [url]
