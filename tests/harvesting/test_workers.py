"""Work by several processes: the same results in the same order, whatever becomes of the processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from glossary_api.errors import ReadError
from glossary_api.harvesting.workers import Crew

NUMBERS = list(range(40))
AHEAD = [1, 99]
"""Few batches in hand, and all of them."""


def doubled(numbers: list[int]) -> list[int]:
    """Twice each number."""
    return [2 * number for number in numbers]


def deadly(folder: Path, patience: int, numbers: list[int]) -> list[int]:
    """Twice each number; 7 ends the process until it did so as often as `patience` says."""
    if 7 in numbers and len(list(folder.iterdir())) < patience:
        (folder / str(os.getpid())).touch()
        os._exit(1)
    return doubled(numbers)


def failing(numbers: list[int]) -> list[int]:
    """Nothing: it always fails."""
    raise ValueError(numbers)


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_things(jobs: int) -> None:
    """One process and two give the same results in the same order."""
    with Crew(jobs) as crew:
        assert [(one.thing, one.result) for one in crew.over(doubled, NUMBERS, 3)] == [(n, 2 * n) for n in NUMBERS]


@pytest.mark.parametrize("ahead", AHEAD)
def test_what_a_dead_worker_had_in_hand_is_done_again(tmp_path: Path, ahead: int) -> None:
    """A process that dies once costs no result, however much was in hand."""
    with Crew(2) as crew:
        results = [one.result for one in crew.over(partial(deadly, tmp_path, 1), NUMBERS, 3, ahead=ahead)]
    assert results == doubled(NUMBERS)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("ahead", AHEAD)
def test_what_kills_its_workers_is_set_aside(tmp_path: Path, ahead: int) -> None:
    """A thing that kills whoever does it has no result, and all others have theirs."""
    with Crew(2) as crew:
        work = partial(deadly, tmp_path, 99)
        results = {one.thing: one.result for one in crew.over(work, NUMBERS, 3, ahead=ahead)}
    assert results == {number: None if number == 7 else 2 * number for number in NUMBERS}
    assert list(results) == NUMBERS


def test_two_pieces_of_work_at_once_survive_a_worker(tmp_path: Path) -> None:
    """Work that was begun beside another piece, whose worker dies, loses nothing by it."""
    with Crew(2) as crew:
        deaths, others = (crew.over(work, NUMBERS, 3, ahead=99) for work in (partial(deadly, tmp_path, 1), doubled))
        results = [[one.result for one in found] for found in (deaths, others)]
    assert results == [doubled(NUMBERS)] * 2


def test_what_the_work_raises_is_raised_here() -> None:
    """An error of the work itself is no death of a worker."""
    with Crew(2) as crew, pytest.raises(ValueError, match="0"):
        list(crew.over(failing, NUMBERS, 3))


KILLED = """
import os
from pathlib import Path
from glossary_api.harvesting.workers import Crew

def work(things):
    os.write(1, b"%d\\n" % os.getpid())
    return things

if __name__ == "__main__":
    with Crew(2) as crew:
        for _ in crew.over(work, range(4), 1):
            pass
        os.kill(os.getpid(), 9)
"""


def test_workers_end_with_who_hired_them(tmp_path: Path) -> None:
    """Of a process that is killed no helper lives on: all of them let go of what they could write to."""
    (tmp_path / "killed.py").write_text(KILLED)
    killed = subprocess.Popen([sys.executable, tmp_path / "killed.py"], stdout=subprocess.PIPE, start_new_session=True)
    try:
        pids = killed.communicate(timeout=60)[0].split()  # it ends when nobody has the pipe any more
    except subprocess.TimeoutExpired:
        os.killpg(killed.pid, signal.SIGKILL)
        raise
    assert killed.returncode == -signal.SIGKILL
    assert len(pids) == 4


@pytest.mark.slow
def test_a_cluster_gives_the_same_though_a_worker_dies(tmp_path: Path) -> None:
    """A dask cluster of two workers on this machine, one of which is killed midway, gives all results in order."""
    distributed = pytest.importorskip("distributed")
    local = distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
    with local as cluster, Crew(cluster=cluster.scheduler_address) as crew:
        results = [one.result for one in crew.over(partial(deadly, tmp_path, 1), NUMBERS, 3)]
    assert results == doubled(NUMBERS)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_cluster_that_is_not_there_is_named() -> None:
    """An address without a scheduler is refused with the address, in one line."""
    pytest.importorskip("distributed")
    with Crew(cluster="nowhere") as crew, pytest.raises(ReadError, match="nowhere"):
        list(crew.over(doubled, NUMBERS, 3))
