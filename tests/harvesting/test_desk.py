"""Stages done in memory, on the disk and by several: one edition, and nothing left behind."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossary_api.cli.main import main
from glossary_api.errors import EditionError
from glossary_api.harvesting.desk import DiskDesk
from glossary_api.harvesting.harvest import harvest, publish
from glossary_api.harvesting.intake import HERE, Work
from glossary_api.harvesting.on_disk import Chained, Kept, Pairs
from glossary_api.harvesting.workers import Crew
from glossary_api.model.messages import Message
from glossary_api.store.edition import Edition
from tests.benchmarks.corpus import Likeness, write_corpus

SMALL = Likeness(chars=900, explained=0.5, entries=4)


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with forty short reports of two places."""
    folder = tmp_path_factory.mktemp("pile")
    write_corpus(folder, 40, SMALL)
    return folder


@pytest.fixture(scope="module")
def plain_hash(pile: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The hash of the edition that is made in memory by this process alone."""
    return publish(harvest([pile], work=HERE), tmp_path_factory.mktemp("plain") / "x.db")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DiskDesk]:
    """A desk on the disk, with a crew of this process alone."""
    with Crew() as crew:
        yield DiskDesk(tmp_path, crew)


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_edition_is_the_same_on_the_disk(pile: Path, plain_hash: str, tmp_path: Path, jobs: int) -> None:
    """One process and two that keep everything on the disk make the edition that memory makes, and leave only it."""
    assert publish(harvest([pile], work=Work(jobs, scratch=tmp_path)), tmp_path / "x.db") == plain_hash
    gc.collect()
    assert [path.name for path in tmp_path.iterdir()] == ["x.db"]


@pytest.mark.slow
def test_the_edition_is_the_same_by_a_cluster_that_loses_a_worker(pile: Path, plain_hash: str, tmp_path: Path) -> None:
    """Two workers of a dask cluster make the same edition although one is killed while they match."""
    distributed = pytest.importorskip("distributed")
    killed: list[int] = []
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:

        def kill(what: object, share: float) -> None:
            if isinstance(what, Message) and what.code == "stage-matching":
                killed.append(cluster.workers[0].pid)
                os.kill(killed[0], signal.SIGKILL)

        work = Work(cluster=cluster.scheduler_address, scratch=tmp_path)
        assert publish(harvest([pile], kill, work=work), tmp_path / "x.db") == plain_hash
    assert killed


@pytest.mark.slow
def test_ten_portions_make_the_edition_of_all(pile: Path, tmp_path: Path) -> None:
    """Files that are added in ten portions make the edition that a harvest of all of them makes."""
    files = sorted(pile.rglob("*.txt"))
    at_once = publish(harvest(files), tmp_path / "once.db")
    for number in range(10):
        command = "add" if number else "harvest"
        words = [command, *map(str, files[4 * number : 4 * number + 4]), "-o", str(tmp_path / "x.db"), "--jobs", "1"]
        assert CliRunner().invoke(main, words).exit_code == 0
    assert Edition.open(tmp_path / "x.db").hash == at_once


def test_what_is_kept_is_a_sequence(desk: DiskDesk) -> None:
    """What is kept on the disk is indexed, cut, gone through and joined as what is in memory is."""
    things = [("一",), ("二", 2), ("三", "\ud800")]
    kept = desk.keep(iter(things))
    assert (list(kept), len(kept), kept[1], kept[-1], kept[:2]) == (things, 3, things[1], things[2], tuple(things[:2]))
    assert list(Pairs(kept, "abc")) == list(zip(things, "abc", strict=True))
    assert list(desk.chained(kept)) == ["一", "二", 2, "三", "\ud800"]
    assert len(Chained(kept)) == 5
    with pytest.raises(IndexError):
        kept[3]


def test_what_workers_are_at_is_kept_before_they_are_dismissed(tmp_path: Path) -> None:
    """What nobody has asked for yet is there when the workers are not, and their own files are gone."""
    with Crew(2) as crew:
        desk = DiskDesk(tmp_path, crew)
        coming = desk.keep_over(str, range(30))
        assert (len(coming), list(desk.over(len, coming))) == (30, [1] * 10 + [2] * 20)
        later = desk.keep_over(str, range(30))
        desk.finish()
    assert (list(later), later[3], later[:2]) == ([*map(str, range(30))], "3", ("0", "1"))
    assert desk.folder is not None
    assert len(list(desk.folder.iterdir())) == 5  # two that are kept, with where their things end, and the lock


def test_what_is_kept_stays_while_it_is_in_use(tmp_path: Path) -> None:
    """The folder of a desk goes when nothing of what was kept there is in use any more."""
    with Crew() as crew:
        kept = DiskDesk(tmp_path, crew).keep([1, 2])
    gc.collect()
    assert list(kept) == [1, 2]
    del kept
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_removed(tmp_path: Path, desk: DiskDesk) -> None:
    """A desk removes the folders beside its own in which nobody works any more, and no others."""
    left = tmp_path / ".harvest-left"
    left.mkdir()
    (left / ".lock").touch()
    in_use = desk.keep([1])
    with Crew() as crew:
        other = DiskDesk(tmp_path, crew).keep([2])
    assert not left.exists()
    assert (list(in_use), list(other)) == ([1], [2])


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A place where there can be no desk is refused by name."""
    with Crew() as crew, pytest.raises(EditionError, match="nowhere"):
        DiskDesk(tmp_path / "nowhere", crew)


def test_another_process_reads_the_same_file(desk: DiskDesk) -> None:
    """What is kept is sent to other processes as an address."""
    kept = desk.keep(range(3))
    assert isinstance(kept, Kept)
    make, given = kept.__reduce__()
    assert list(make(*given)) == [0, 1, 2]
