"""A server as a process of its own, for tests that need a real connection."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def running(command: list[str], folder: Path, port: int) -> Iterator[str]:
    """A server process in a folder, from its first answer until it is told to stop; its address."""
    environment = {name: value for name, value in os.environ.items() if name != "GLOSSARY_EDITION"}
    environment["PYTHONPATH"] = str(ROOT)
    server = subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(300):
            assert server.poll() is None, server.communicate()[1]
            try:
                urllib.request.urlopen(f"{address}/api/v1/healthz", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=30)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The command `serve` over the edition in a folder; its root address, with the slash at its end."""
    port = free_port()
    with running([sys.executable, "-m", "glossary_api.cli", "serve", "--port", str(port)], folder, port) as address:
        yield f"{address}/"
