from __future__ import annotations

import json
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

SERVER = """
import sys
from pathlib import Path
from gunicorn.app.base import BaseApplication
from glossary_api.site.app import create_app
from glossary_api.settings import Settings

class Server(BaseApplication):
    def load_config(self):
        for name, value in {"bind": sys.argv[2], "worker_class": "gthread", "workers": 1, "threads": 4}.items():
            self.cfg.set(name, value)
        self.cfg.set("preload_app", True)

    def load(self):
        return create_app(Settings(edition=Path(sys.argv[1])))

Server().run()
"""


@pytest.fixture
def address(edition_path: Path) -> Iterator[str]:
    """The address of gunicorn serving the sample edition, forked after the edition was opened, with threads."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        command = [sys.executable, "-c", SERVER, str(edition_path), f"fd://{listening.fileno()}"]
        server = subprocess.Popen(command, pass_fds=[listening.fileno()], stderr=subprocess.PIPE)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/api/v1"
        finally:
            server.terminate()
            server.communicate(timeout=30)


def fetch(address: str) -> tuple[int, bytes]:
    """Status and body of an answer."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def test_on_a_real_port(address: str) -> None:
    """Over a real connection, many at a time, every name gets its own term and an unknown one a problem."""
    names = ["六个不发生", "“135”工作体系", "1+22+3", "产业/创新", "数据得地"] * 20
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda name: fetch(f"{address}/terms/{quote(name, safe='')}"), names))
    assert [status for status, _ in answers] == [200] * 100
    assert [json.loads(body)["name"] for _, body in answers] == names
    status, body = fetch(f"{address}/terms/{quote('六个不')}")
    assert (status, json.loads(body)["nearest"]) == (404, ["六个不发生"])
    assert fetch(f"{address}/lookup?name=1+22+3")[0] == 200
