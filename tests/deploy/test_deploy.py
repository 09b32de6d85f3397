"""The files for those who run a server, held to what would run them."""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml

from glossary_api.model.things import Harvest
from glossary_api.site.web_files import WEB
from glossary_api.store.publication import publish_edition
from glossary_api.store.writing import write_edition

DEPLOY = WEB.parent / "deploy"
TERM = f"/api/v1/terms/{quote('六个不发生')}"
MAX_AGE = 1
FOLLOW = 1
"""Seconds between looks at what is published."""
NAMES = ("六个不发生", "数据得地", "三边", "十四五", "135")


def needed(program: str) -> str:
    """The path of a program; without it the test is skipped, or fails where all of them are required."""
    folder = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}{os.pathsep}/usr/sbin"
    path = shutil.which(program, path=folder)
    if path is None:
        assert not (program == "nginx" and os.environ.get("GLOSSARY_REQUIRE_TOOLS")), f"{program} is missing"
        pytest.skip(f"{program} is not installed")
    return path


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


@dataclass(frozen=True, slots=True)
class Front:
    """nginx on a port, and the edition behind it."""

    port: int
    edition: Path

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()


@contextmanager
def running(command: list[str], ready: Callable[[], object], **environment: str) -> Iterator[None]:
    """A process, from the time that it is ready until it is told to stop."""
    process = subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.PIPE)
    try:
        for _ in range(300):
            assert process.poll() is None, process.communicate()[1]
            try:
                ready()
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.communicate(timeout=30)


def configuration(folder: Path, port: int, upstream: str) -> Path:
    """Our nginx.conf with other places: its folder, its port and the program behind it."""
    text = (DEPLOY / "nginx.conf").read_text("utf-8").replace("/tmp/", f"{folder}/")
    text = text.replace("listen 8080", f"listen 127.0.0.1:{port}").replace("server glossary:8000", f"server {upstream}")
    path = folder / "nginx.conf"
    path.write_text(text, "utf-8")
    return path


@contextmanager
def served(place: Path, edition: Path, **settings: str) -> Iterator[None]:
    """The program's server on a socket in a file."""

    def connect() -> None:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.connect(str(place))

    own = {
        "GLOSSARY_EDITION": str(edition),
        "GLOSSARY_HOST": f"unix:{place}",
        "GLOSSARY_MAX_AGE": str(MAX_AGE),
        "GLOSSARY_METRICS": "on",
        "GLOSSARY_PROXIES": "1",
        "GLOSSARY_PROXY_PREFIX": "on",
    }
    with running([sys.executable, "-m", "glossary_api.cli", "serve"], connect, **own, **settings):
        yield


@contextmanager
def cached(folder: Path, upstream: str, edition: Path) -> Iterator[Front]:
    """A real nginx with our configuration in front of an upstream."""
    port, user = free_port(), "user root;" if os.geteuid() == 0 else ""  # else root's nginx could not read here
    command = [needed("nginx"), "-c", str(configuration(folder, port, upstream)), "-g", f"daemon off; {user}"]
    with running(command, lambda: socket.create_connection(("127.0.0.1", port)).close()):
        yield Front(port, edition)


@pytest.fixture
def front(harvest: Harvest, tmp_path: Path) -> Iterator[Front]:
    """A real nginx with our configuration in front of a real server."""
    edition, place = tmp_path / "glossary.db", tmp_path / "glossary.sock"
    write_edition(harvest, edition)
    with served(place, edition), cached(tmp_path, f"unix:{place}", edition) as front:
        yield front


def test_nginx_takes_its_configuration(tmp_path: Path) -> None:
    """`nginx -t` finds nothing wrong."""
    path = configuration(tmp_path, free_port(), "127.0.0.1:9")
    done = subprocess.run([needed("nginx"), "-t", "-c", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_a_cache_answers_nine_of_ten(front: Front) -> None:
    """Over a mixed load of one edition, at least nine of ten answers come from the cache, and all of them are right."""
    paths = [f"/api/v1/terms/{quote(name)}" for name in NAMES] + [f"/api/v1/lookup?name={quote(n)}" for n in NAMES]
    paths += ["/", "/terms", "/api/v1/terms?limit=5", "/reports/yunxi-2024", "/api/v1/export/csv"]
    chance, seen = random.Random(1), Counter[str]()
    first: dict[tuple[str, str], bytes] = {}
    for _ in range(1500):
        path = chance.choice(paths)
        coding = chance.choice(("gzip, deflate, br", "gzip", "identity", "gzip, deflate, br, zstd"))
        status, headers, body = front.ask(path, Accept_Encoding=coding)
        assert status == 200
        assert first.setdefault((path, headers.get("content-encoding", "")), body) == body
        seen[headers["x-cache"]] += 1
    ratio = (seen["HIT"] + seen["STALE"] + seen["UPDATING"]) / seen.total()
    assert ratio >= 0.9, seen


def test_a_kept_answer_is_not_sent_again(front: Front) -> None:
    """Who has an answer gets 304 through the cache, for the API and for pages."""
    for path in (TERM, "/terms"):
        _, headers, _ = front.ask(path)
        status, again, body = front.ask(path, If_None_Match=headers["etag"])
        assert (status, body, again["etag"]) == (304, b"", headers["etag"])
        assert "max-age" not in again["cache-control"]


def test_no_old_answer_after_its_time(front: Front, harvest: Harvest) -> None:
    """Once twice the promised age has passed after a new edition, every answer is from it."""
    _, old, _ = front.ask(TERM)
    assert front.ask(TERM)[1]["x-cache"] in ("HIT", "STALE")
    write_edition(replace(harvest, doubts=()), front.edition)
    published, last = time.monotonic(), 0.0
    while time.monotonic() < published + 4 * MAX_AGE + 2:
        asked = time.monotonic()
        if front.ask(TERM)[1]["etag"] == old["etag"]:
            last = asked - published
        time.sleep(0.02)
    assert front.ask(TERM)[1]["etag"] != old["etag"]
    assert last <= 2 * MAX_AGE + 1  # Cache-Control counts in whole seconds


@pytest.mark.slow
def test_two_followers_under_load(harvest: Harvest, tmp_path: Path) -> None:
    """Two servers that follow one place, behind one cache: when an edition is published under load, nine of ten answers
    are kept ones, each is from either edition, and soon none is from the old one.
    """
    target, editions = tmp_path / "published", [tmp_path / "first.db", tmp_path / "second.db"]
    places = [tmp_path / "a.sock", tmp_path / "b.sock"]
    hashes = [
        write_edition(each, path) for each, path in zip((harvest, replace(harvest, doubts=())), editions, strict=True)
    ]
    publish_edition(editions[0], str(target))
    follow = {"GLOSSARY_FOLLOW": str(target), "GLOSSARY_FOLLOW_SECONDS": str(FOLLOW)}
    seen: list[tuple[float, str, str]] = []
    stop = threading.Event()

    def ask(front: Front, chance: random.Random) -> None:
        while not stop.is_set():
            asked = time.monotonic()
            status, headers, body = front.ask(f"/api/v1/lookup?name={quote(chance.choice(NAMES))}")
            seen.append((asked, headers["x-cache"], headers["etag"] if status == 200 and body else "wrong"))
            time.sleep(0.005)

    with (
        served(places[0], tmp_path / "a.db", **follow),
        served(places[1], tmp_path / "b.db", **follow),
        cached(tmp_path, "; server ".join(f"unix:{place}" for place in places), editions[0]) as front,
    ):
        clients = [threading.Thread(target=ask, args=(front, random.Random(number))) for number in range(3)]
        for client in clients:
            client.start()
        time.sleep(3)
        publish_edition(editions[1], str(target))
        published = time.monotonic()
        time.sleep(2 * FOLLOW + 4 * MAX_AGE + 3)
        stop.set()
        for client in clients:
            client.join()
        assert json.loads(front.ask("/api/v1/status")[2])["edition"]["hash"] == hashes[1]
    tags = Counter(tag for _, _, tag in seen)
    assert len(tags) == 2 * len(NAMES), tags
    old = {tag for asked, _, tag in seen if asked < published}
    assert max(asked for asked, _, tag in seen if tag in old) - published <= FOLLOW + 2 * MAX_AGE + 2
    kept = sum(cache in ("HIT", "STALE", "UPDATING") for _, cache, _ in seen)
    assert kept / len(seen) >= 0.9


def test_what_is_one_callers_alone_is_not_kept(front: Front) -> None:
    """What is sent by POST, errors and status never come from the cache, and say so."""
    text = '{"text":"六个不发生"}'.encode()
    for _ in range(2):
        for answer in (
            front.ask("/api/v1/annotate", "POST", text, Content_Type="application/json"),
            front.ask("/api/v1/terms/nothing"),
            front.ask("/api/v1/status"),
        ):
            assert "no-store" in answer[1]["cache-control"]
            assert answer[1].get("x-cache", "MISS") in ("MISS", "BYPASS", "")


def test_figures_are_no_readers(front: Front) -> None:
    """Neither nginx nor the program behind it shows its figures to readers."""
    assert front.ask("/metrics")[0] == 404


def test_a_reader_cannot_name_another_place(front: Front) -> None:
    """Headers of a reader that claim a prefix or an address do not reach what is kept for others."""
    _, _, body = front.ask("/terms", X_Forwarded_Prefix="//evil.example", X_Forwarded_For="1.2.3.4")
    assert b"evil.example" not in body


def test_docker_files() -> None:
    """hadolint finds nothing in the Dockerfile, which runs without root and checks its health."""
    file = DEPLOY / "Dockerfile"
    text = file.read_text("utf-8")
    assert re.search(r"^USER (?!0|root)", text, re.M)
    assert "HEALTHCHECK" in text
    done = subprocess.run([needed("hadolint"), str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_compose_file() -> None:
    """Every service has a read-only file system, no capabilities, and files that exist."""
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    for service in services.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        for volume in service["volumes"]:
            assert not volume.startswith(".") or (DEPLOY / volume.split(":")[0]).is_file()
    assert (DEPLOY.parent.parent / services["glossary"]["build"]["dockerfile"]).is_file()


def test_systemd_unit(tmp_path: Path) -> None:
    """`systemd-analyze` finds nothing wrong with the unit, and little that it exposes."""
    analyze = needed("systemd-analyze")
    text = (DEPLOY / "glossary-api.service").read_text("utf-8").replace("/opt/glossary/bin/glossary-api", "/bin/true")
    unit = tmp_path / "glossary-api.service"
    unit.write_text(text, "utf-8")
    done = subprocess.run([analyze, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False)
    assert str(unit.name) not in done.stderr, done.stderr
    done = subprocess.run(
        [analyze, "security", "--offline=true", "--threshold=30", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
