"""Clients that drip, over a real port: many more of them than the server has threads keep nobody else waiting."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

CLIENTS = 100
HEALTH = "/api/v1/healthz"
HEAD = b"POST /api/v1/annotate HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
BODY = b'{"text":"\\u4e24\\u91cd"}'
BEGINNINGS = {
    "nothing": b"",
    "header": b"GET /api/v1/healthz HTTP/1.1\r\nX-Slow: ",
    "body": HEAD + b"Content-Length: 5000\r\n\r\n",
    "chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n",
    "reader": b"GET /api/v1/export/jsonl HTTP/1.1\r\nHost: a\r\n\r\n",
}
SERVER = """
import sys
from pathlib import Path
from glossary_api import server
from glossary_api.serving import patient_worker
from glossary_api.settings import Settings
patient_worker.HEAD_SECONDS = int(sys.argv[3])
server.run(Settings(edition=Path(sys.argv[1]), port=int(sys.argv[2]), workers=1))
"""


@contextlib.contextmanager
def serving(edition: Path, head_seconds: int = 60, *, complains: bool = False) -> Iterator[int]:
    """A server with one process, which waits so long for headers; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-c", SERVER, str(edition), str(port), str(head_seconds)]
    process = subprocess.Popen(command, cwd=Path(__file__).parents[2], stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(300):
            assert process.poll() is None, process.communicate()[1]
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
                break
            time.sleep(0.1)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            complaints = process.communicate(timeout=30)[1]
        finally:
            process.kill()
    assert ("Traceback" in complaints) == complains


ENDLESS = """
from glossary_api.store.edition import Edition
def check(edition):
    while True:
        pass
Edition.check = check
patient_worker.PROCESSOR_SECONDS = 1
"""


def test_no_request_is_endless(seed_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that never ends is ended with a problem, and those after it are answered by the same threads."""
    monkeypatch.setattr(f"{__name__}.SERVER", SERVER.replace("server.run", f"{ENDLESS}server.run"))
    with serving(seed_path, complains=True) as port:
        for _ in range(2):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", HEALTH)
            answer = connection.getresponse()
            problem = json.loads(answer.read())
            assert (answer.status, problem["type"]) == (503, "urn:glossary:problem:took-too-long")
            assert problem["request_id"] == answer.headers["X-Request-ID"]
            connection.close()
            asked(port, "/api/v1/status")


def test_an_answer_leaves_nothing_behind(seed_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is traced, as debuggers do it, answers on: no error is left to be looked for at every step."""
    traced = "import threading\nthreading.settrace(lambda *_: None)\nsys.settrace(lambda *_: None)\n"
    monkeypatch.setattr(f"{__name__}.SERVER", SERVER.replace("server.run", f"{traced}server.run"))
    with serving(seed_path) as port:
        for _ in range(3):
            asked(port)


def test_what_is_no_request_is_refused_as_it_is(port: int) -> None:
    """The server's own refusals say as well that they are what they say."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(b"GET <script> HTTP/1.1\r\nbad header\r\n\r\n")
        answer = client.recv(10_000).decode()
    assert answer.startswith("HTTP/1.1 400 ")
    assert answer.count("X-Content-Type-Options: nosniff") == 1


@pytest.fixture(scope="module")
def port(seed_path: Path) -> Iterator[int]:
    """The port of a server of the seed's edition."""
    with serving(seed_path) as port:
        yield port


def asked(port: int, path: str = HEALTH) -> float:
    """Ask for something that must be there; seconds that the answer took."""
    begun = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    assert connection.getresponse().status == 200
    connection.close()
    return time.monotonic() - begun


def connected(port: int, beginning: bytes) -> socket.socket:
    """A client that reads little and has sent this."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    client.connect(("127.0.0.1", port))
    client.sendall(beginning)
    client.setblocking(False)
    return client


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_they_keep_nobody_waiting(port: int, kind: str) -> None:
    """While a hundred clients send or read a byte at a time, others are answered as ever."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    clients = [connected(port, BEGINNINGS[kind]) for _ in range(CLIENTS)]
    stop = threading.Event()

    def drip() -> None:
        while not stop.wait(0.2):
            for client in clients:
                with contextlib.suppress(OSError):
                    _ = client.recv(1) if kind == "reader" else client.send(b"a" if kind != "nothing" else b"")

    dripping = threading.Thread(target=drip)
    dripping.start()
    asked(port)  # when all of them have been heard
    try:
        seconds = sorted(asked(port) for _ in range(40))
    finally:
        stop.set()
        dripping.join()
        for client in clients:
            client.close()
    assert seconds[37] < 1


@pytest.mark.parametrize(
    ("length", "sent"),
    [
        (b"Content-Length: %d\r\n\r\n" % len(BODY), BODY),
        (
            b"Transfer-Encoding: chunked\r\n\r\n",
            b"5\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n" % (BODY[:5], len(BODY) - 5, BODY[5:]),
        ),
        (b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(BODY), BODY),
    ],
    ids=["length", "chunks", "leave"],
)
def test_whoever_is_slow_is_answered_in_the_end(port: int, length: bytes, sent: bytes) -> None:
    """A request that comes byte by byte is answered as one that comes at once, twice on one connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        answers = client.makefile("rb")
        for _ in range(2):
            for byte in HEAD + length:
                client.sendall(bytes([byte]))
            if b"Expect" in length:
                assert answers.readline() == b"HTTP/1.1 100 Continue\r\n"
                assert answers.readline() == b"\r\n"
            for byte in sent:
                client.sendall(bytes([byte]))
            assert answers.readline() == b"HTTP/1.1 200 OK\r\n"
            headers = dict(line.split(b": ", 1) for line in iter(answers.readline, b"\r\n"))
            assert answers.read(int(headers[b"Content-Length"])).endswith(b"}")


def test_requests_in_a_row(port: int) -> None:
    """Requests that are sent without waiting for answers are all answered, in order."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        paths = [b"healthz", b"nowhere", b"status"] * 20
        client.sendall(b"".join(b"GET /api/v1/%b HTTP/1.1\r\nHost: a\r\n\r\n" % path for path in paths))
        client.shutdown(socket.SHUT_WR)
        answer = client.makefile("rb").read()
    assert re.findall(rb"HTTP/1.1 (\d+)", answer) == [b"200", b"404", b"200"] * 20


def test_a_slow_reader_gets_all_of_it(port: int) -> None:
    """An export that is read in small pieces, with pauses, comes whole."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/api/v1/export/jsonl")
    whole = connection.getresponse().read()
    connection.close()
    client = connected(port, b"GET /api/v1/export/jsonl HTTP/1.0\r\nHost: a\r\n\r\n")
    client.settimeout(10)
    time.sleep(0.5)
    received = b"".join(iter(lambda: client.recv(1000), b""))
    client.close()
    assert received.endswith(whole[-1000:])
    assert len(received) > len(whole)


def test_a_body_that_is_too_large_is_refused_before_it_is_sent(port: int) -> None:
    """A length over every limit is answered by 413, although the body has not come, and the client can read that."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(HEAD + b"Content-Length: 99999999\r\n\r\n" + bytes(200_000))
        assert client.makefile("rb").readline().startswith(b"HTTP/1.1 413 ")


def test_headers_that_never_end_are_given_up(seed_path: Path) -> None:
    """Whoever has not sent all headers in time is told so and cut off."""
    with (
        serving(seed_path, head_seconds=1) as port,
        socket.create_connection(("127.0.0.1", port), timeout=10) as client,
    ):
        client.sendall(BEGINNINGS["header"])
        assert client.makefile("rb").read().startswith(b"HTTP/1.1 408 ")
        asked(port)
