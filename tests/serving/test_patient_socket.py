"""The socket that answers are given to, over a real pair of sockets whose other end reads when the test says so."""

from __future__ import annotations

import socket
import tempfile
import threading
from collections.abc import Iterator

import pytest

from glossary_api.serving import patient_socket
from glossary_api.serving.patient_socket import MOST_AHEAD, Budget, PatientSocket

PIECE = bytes(range(256)) * 1024
"""A quarter of what is kept for a reader, and more than a socket takes at once."""
MUCH = 64 * MOST_AHEAD


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """The server's end and the reader's, with little room between them."""
    server, reader = socket.socketpair()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    reader.settimeout(10)
    with server, reader:
        yield server, reader


def sent(patient: PatientSocket, pieces: int) -> None:
    """Answer with so many pieces."""
    for _ in range(pieces):
        patient.sendall(PIECE)


def received(reader: socket.socket, size: int) -> bytes:
    """Read so many bytes."""
    data = bytearray()
    while len(data) < size and (more := reader.recv(size - len(data))):
        data += more
    return bytes(data)


def read_and_flushed(patient: PatientSocket, reader: socket.socket, size: int) -> bytes:
    """Read all that is kept, flushing as the loop does."""
    data = b""
    while len(data) < size:
        patient.flush()
        data += reader.recv(size)
    return data


def test_a_slow_reader_keeps_no_thread_waiting(pair: tuple[socket.socket, socket.socket]) -> None:
    """What is not read yet is kept, comes in its order, and gives its memory back: pieces and files alike."""
    server, reader = pair
    budget = Budget(MUCH, 1)
    patient = PatientSocket(server, budget)
    with tempfile.TemporaryFile() as file:
        file.write(b"from a file" * 10_000)
        file.flush()
        patient.sendall(PIECE)
        patient.sendfile(file, 5, 100_000)
        patient.sendall(b"the end")
    expected = PIECE + (b"from a file" * 10_000)[5:100_005] + b"the end"
    assert not budget.take(MUCH)
    assert read_and_flushed(patient, reader, len(expected)) == expected
    assert patient.flush()
    assert patient.sent > 100_000
    assert budget.take(MUCH)


def test_a_file_that_becomes_shorter_is_no_endless_answer(pair: tuple[socket.socket, socket.socket]) -> None:
    """An error ends the answer, so that nobody waits for the rest."""
    patient = PatientSocket(pair[0], Budget(MUCH, 1))
    with tempfile.TemporaryFile() as file:
        file.write(b"short")
        file.flush()
        patient.sendfile(file, 0, 100)
        with pytest.raises(OSError, match="shorter"):
            patient.flush()


def test_no_more_is_kept_than_there_is_memory_for(pair: tuple[socket.socket, socket.socket]) -> None:
    """Where the memory for all connections is used up the answer is given up; closing gives back what was kept."""
    budget = Budget(2 * len(PIECE), 1)
    patient = PatientSocket(pair[0], budget)
    with pytest.raises(OSError, match="too much is kept"):
        sent(patient, 9)
    patient.shut()
    assert budget.take(2 * len(PIECE))


def test_a_request_is_kept_within_the_same_memory(pair: tuple[socket.socket, socket.socket]) -> None:
    """What a client sends counts, too, and is refused where there is no room for it."""
    server, client = pair
    patient = PatientSocket(server, Budget(10, 1))
    client.sendall(b"more than ten bytes")
    with pytest.raises(MemoryError):
        patient.fill()


def test_who_sends_much_waits_for_the_reader(pair: tuple[socket.socket, socket.socket]) -> None:
    """A thread with more than may be kept goes on as the reader reads, and every byte comes."""
    server, reader = pair
    patient = PatientSocket(server, Budget(MUCH, 1))

    def answer() -> None:
        sent(patient, 12)
        server.setblocking(True)
        assert patient.flush()

    thread = threading.Thread(target=answer)
    thread.start()
    assert received(reader, 12 * len(PIECE)) == 12 * PIECE
    thread.join()


@pytest.mark.parametrize(("waiting", "reason"), [(1, "takes nothing"), (0, "too many readers")])
def test_a_reader_that_reads_nothing_is_given_up(
    pair: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch, waiting: int, reason: str
) -> None:
    """A thread waits for a reader only so long, and only as many threads as may."""
    monkeypatch.setattr(patient_socket, "STALL_SECONDS", 0.02)
    patient = PatientSocket(pair[0], Budget(MUCH, waiting))
    with pytest.raises(OSError, match=reason):
        sent(patient, 9)
