"""The extension in Firefox, driven by Marionette, the protocol that Firefox itself brings along."""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlretrieve

import pytest

from .conftest import Proxy, wait_until

PREFERENCES = {
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.allow_hijacking_localhost": True,
}
MARKED = """
  return [...(CSS.highlights.get("glossary-api-term") ?? [])]
    .map((range) => range.startContainer.data.slice(range.startOffset, range.endOffset));
"""


class Firefox:
    """A running Firefox."""

    def __init__(self, port: int) -> None:
        self._socket = _connected(port)
        self._stream = self._socket.makefile("rb")
        self._number = 0
        self._read()
        self("WebDriver:NewSession", capabilities={})

    def __call__(self, command: str, **arguments: Any) -> Any:
        """Have a command done; its answer."""
        self._number += 1
        message = json.dumps([0, self._number, command, arguments]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, answer = self._read()
        assert error is None, error
        return answer

    def run(self, script: str) -> Any:
        """What a script of the page returns."""
        return self("WebDriver:ExecuteScript", script=script, args=[])["value"]

    def close(self) -> None:
        """Break off the connection."""
        self._stream.close()
        self._socket.close()

    def _read(self) -> Any:
        size = b""
        while (sign := self._stream.read(1)) != b":":
            size += sign
        return json.loads(self._stream.read(int(size)))


def _connected(port: int) -> socket.socket:
    for _ in range(200):
        try:
            return socket.create_connection(("127.0.0.1", port))
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("Firefox does not answer")


@contextmanager
def running(proxy: Proxy, profile: Path, **preferences: Any) -> Iterator[Firefox]:
    """Firefox with this profile, behind the proxy."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.skip("Firefox is missing: apt-get install firefox-esr")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    chosen = PREFERENCES | {"marionette.port": port, "network.proxy.http_port": proxy.server_port} | preferences
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in chosen.items())
    (profile / "user.js").write_text("\n".join(lines))
    command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with closing(Firefox(port)) as firefox:
            yield firefox
            firefox("Marionette:Quit", flags=["eForceQuit"])  # what it has to keep it writes before it ends
        process.wait(timeout=30)
    finally:
        process.kill()
        process.wait(timeout=30)


@pytest.fixture
def firefox(proxy: Proxy, unpacked: dict[str, Path], tmp_path: Path) -> Iterator[Firefox]:
    """Firefox with the extension in it, until it ends."""
    with running(proxy, tmp_path) as firefox:
        firefox("Addon:Install", path=str(unpacked["zh"]), temporary=True)
        yield firefox


def test_marks_and_tooltip(firefox: Firefox, proxy: Proxy, shots: Path) -> None:
    """In Firefox, too, a page with the strictest policy is marked, shadow trees included, and shows a tooltip."""
    wait_until(lambda: proxy.asked("termpack"), 20)
    shadow = "<div><template shadowrootmode=open><p>谋划十四五</p></template></div>"
    html = f"<p>推进五<b>社</b>联动，落实“六个不发生”。</p>{shadow}"
    firefox("WebDriver:Navigate", url=proxy.serve(html, content_security_policy="default-src 'none'"))
    wait_until(lambda: sorted(firefox.run(MARKED)) == sorted(["五", "社", "联动", "六个不发生"]), 20)
    moves = [{"type": "pointerMove", "duration": 0, "x": x, "y": 26} for x in (60, 64, 66)]
    pointer = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": moves}
    firefox("WebDriver:PerformActions", actions=[pointer])
    wait_until(lambda: firefox.run("return document.querySelector('glossary-tooltip') !== null"), 10)
    time.sleep(0.5)
    picture = firefox("WebDriver:TakeScreenshot", full=False, hash=False)["value"]
    (shots / "extension-firefox.png").write_bytes(base64.b64decode(picture))
    sent = [one for one in proxy.seen if one.body or "五社" in one.url]
    assert sent == []
    firefox.run("document.querySelector('p').append('，“六个不发生”')")
    wait_until(lambda: len(firefox.run(MARKED)) == 5, 10)


def _opened(firefox: Firefox, address: str) -> Any:
    """Open a page, again if need be: what Firefox loads before its extensions are ready they never see; the marks."""
    firefox("WebDriver:Navigate", url=address)
    time.sleep(1)
    return firefox.run(MARKED)


def test_it_is_still_there_after_a_restart(proxy: Proxy, server: str, tmp_path: Path) -> None:
    """Installed from the archive as the manual says, with `xpinstall.signatures.required` off, it stays."""
    archive, profile = tmp_path / "extension.zip", tmp_path / "profile"
    profile.mkdir()
    urlretrieve(f"{server}extension.zip", archive)
    address = proxy.serve("<p>落实“六个不发生”。</p>")
    proxy.seen.clear()
    unsigned = {"xpinstall.signatures.required": False}
    with running(proxy, profile, **unsigned) as firefox:
        firefox("Addon:Install", path=str(archive), temporary=False)
        wait_until(lambda: proxy.asked("termpack"), 20)
        wait_until(lambda: _opened(firefox, address) == ["六个不发生"], 30)
    with running(proxy, profile, **unsigned) as firefox:
        wait_until(lambda: _opened(firefox, address) == ["六个不发生"], 30)
