from __future__ import annotations

import gc
import logging
import os
import resource
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from glossary_api.api.http.answers import edition_of
from glossary_api.errors import EditionMissing
from glossary_api.harvesting.harvest import publish
from glossary_api.matching.names import names_of
from glossary_api.matching.spotting import Spotter, Wanted
from glossary_api.model.things import Harvest
from glossary_api.queries.annotate.annotator import AnnotateQuestion, Annotator
from glossary_api.queries.served import Shelf
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.store.edition import Edition
from glossary_api.store.writing import write_edition
from tests.pace import paces

TEXT = "坚守“六个不发生”底线，推进数据得地，完善“135”工作体系、“三边”整治和“1+22+3”平台。"


@pytest.fixture
def path(harvest: Harvest, tmp_path: Path) -> Path:
    """The file of an edition that a test may replace."""
    path = tmp_path / "glossary.db"
    write_edition(harvest, path)
    return path


def without(harvest: Harvest, name: str) -> Harvest:
    """The harvest without one of its terms."""
    gone = {term.id for term in harvest.terms if term.name == name}
    terms = tuple(term for term in harvest.terms if term.id not in gone)
    usages = tuple(usage for usage in harvest.usages if usage.match.term not in gone)
    return replace(harvest, terms=terms, usages=usages)


def test_the_same_edition_while_nothing_changes(path: Path) -> None:
    """As long as the file stands, the shelf has one and the same edition."""
    shelf = Shelf(path)
    assert shelf.current() is shelf.current()


def test_another_edition_is_taken_up(path: Path, harvest: Harvest) -> None:
    """The request after another edition was renamed into place is answered from it, names and all."""
    shelf = Shelf(path)
    before = shelf.current()
    published = write_edition(without(harvest, "数据得地"), path)
    after = shelf.current()
    assert after.hash == published != before.hash
    assert after is shelf.current()
    assert {"数据得地"} == {match["text"] for match in before.annotator.matches(TEXT)} - {
        match["text"] for match in after.annotator.matches(TEXT)
    }


def test_an_edition_behind_a_link(path: Path, harvest: Harvest, tmp_path: Path) -> None:
    """A symbolic link that is pointed elsewhere is another edition as well."""
    link, other = tmp_path / "link.db", tmp_path / "other.db"
    link.symlink_to(path)
    shelf = Shelf(link)
    published = write_edition(without(harvest, "三边"), other)
    (tmp_path / "new").symlink_to(other)
    os.replace(tmp_path / "new", link)
    assert shelf.current().hash == published


def test_who_has_an_edition_keeps_it(path: Path, harvest: Harvest) -> None:
    """An answer that is under way when another edition comes is finished from the one that it began with."""
    shelf = Shelf(path)
    held = shelf.current()
    expected = held.annotator.matches(TEXT)
    write_edition(without(harvest, "六个不发生"), path)
    assert shelf.current() is not held
    answers: list[object] = []
    thread = threading.Thread(
        target=lambda: answers.append((held.term("六个不发生")["name"], held.annotator.matches(TEXT)))
    )
    thread.start()
    thread.join()
    assert answers == [("六个不发生", expected)]


@pytest.mark.parametrize("broken", [b"junk", b"", b"SQLite format 3\x00" + bytes(200)])
def test_what_is_no_edition_is_not_taken_up(
    path: Path, harvest: Harvest, broken: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """Junk in the place of an edition leaves the one before in service, is said once, and a good one heals it."""
    shelf = Shelf(path)
    before = shelf.current()
    (path.parent / "junk").write_bytes(broken)
    os.replace(path.parent / "junk", path)
    with caplog.at_level(logging.ERROR):
        assert [shelf.current() for _ in range(3)] == [before] * 3
    assert [str(path) in message for message in caplog.messages] == [True]
    published = write_edition(without(harvest, "三边"), path)
    assert shelf.current().hash == published


def test_what_stands_there_is_known(path: Path, harvest: Harvest) -> None:
    """The shelf says whether the edition that stands at its path is served, gone or refused, and why."""
    shelf, seen = Shelf(path), []
    good = path.read_bytes()
    for content in (None, b"", b"junk", good[:8192], good):
        path.unlink(missing_ok=True)
        if content is not None:
            path.write_bytes(content)
        shelf.current()
        seen.append((standing := shelf.standing()).published)
        assert (standing.why is None) == (standing.published == "served")
    assert seen == ["missing", "refused", "refused", "refused", "served"]


def test_a_damaged_edition_is_not_served_on(path: Path, harvest: Harvest) -> None:
    """An edition with a flipped bit that is put in place gives way to the one before as soon as it has been read."""
    shelf = Shelf(path)
    shelf.verifies = True
    before = shelf.current()
    wait_for(lambda: shelf.standing().verified is True)
    write_edition(without(harvest, "三边"), path.with_name("new.db"))
    content = path.with_name("new.db").read_bytes()
    path.with_name("new.db").write_bytes(content.replace("数据得地".encode(), "数据失地".encode()))
    os.replace(path.with_name("new.db"), path)
    shelf.current()
    wait_for(lambda: shelf.standing().verified is False)
    assert shelf.current() is before
    assert shelf.standing().published == "refused"
    published = write_edition(without(harvest, "三边"), path)
    assert shelf.current().hash == published
    wait_for(lambda: shelf.standing().verified is True)


def wait_for(ready: Callable[[], bool]) -> None:
    """Wait until something in the background is done."""
    for _ in range(1000):
        if ready():
            return
        time.sleep(0.01)
    pytest.fail("not within ten seconds")


def test_an_edition_with_broken_automata_is_not_taken_up(path: Path, harvest: Harvest) -> None:
    """An edition that can be opened, but not used, leaves the one before in service."""
    shelf = Shelf(path)
    before = shelf.current()
    write_edition(without(harvest, "三边"), path, {"names": b"junk"})
    assert [shelf.current() for _ in range(2)] == [before] * 2


def test_a_missing_file(path: Path) -> None:
    """A file that is gone leaves the edition in service; a server does not start without one."""
    shelf = Shelf(path)
    before = shelf.current()
    path.unlink()
    assert shelf.current() is before
    assert before.term("三边")["name"] == "三边"
    with pytest.raises(EditionMissing):
        Shelf(path)


def test_a_swap_frees_the_edition_before_it(path: Path, harvest: Harvest) -> None:
    """After a hundred swaps, asked from several threads, no file of an earlier edition is open and memory is flat."""
    editions = [path.with_name("one.db"), path.with_name("other.db")]
    for edition, harvested in zip(editions, (harvest, without(harvest, "三边")), strict=True):
        publish(harvested, edition)
    shelf, memory = Shelf(path), []
    gc.disable()
    try:
        for number in range(100):
            shutil.copyfile(editions[number % 2], path.with_name("new.db"))
            os.replace(path.with_name("new.db"), path)
            asking = [threading.Thread(target=lambda: shelf.current().annotator.matches(TEXT)) for _ in range(2)]
            for thread in asking:
                thread.start()
            for thread in asking:
                thread.join()
            memory.append(_resident())
    finally:
        gc.enable()
    targets = map(_target, Path("/proc/self/fd").iterdir())
    assert [target for target in targets if target.startswith(str(path.parent)) and "(deleted)" in target] == []
    assert memory[-1] - memory[20] < 20 * 2**20


def _target(descriptor: Path) -> str:
    try:
        return os.readlink(descriptor)
    except OSError:
        return ""


def _resident() -> int:
    """Bytes of memory that the process has."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def test_looking_costs_little(path: Path) -> None:
    """Whether there is another edition is found out in well under a tenth of a millisecond."""
    shelf = Shelf(path)
    assert paces(lambda: [shelf.current() for _ in range(10_000)], attempts=3) < 10


def test_one_edition_for_a_whole_request(path: Path, harvest: Harvest) -> None:
    """All that a request asks comes from the edition that stood there when it began."""
    app = create_app(Settings(edition=path))
    seen: list[str] = []

    @app.before_request
    def publish_meanwhile() -> None:
        seen.append(write_edition(without(harvest, "数据得地"), path))

    before = edition_of(app).hash
    answer = app.test_client().get("/api/v1/status").get_json()
    assert answer["edition"]["hash"] == before
    assert edition_of(app).hash == seen[0] != before


# Automata that come with an edition


def attached(harvest: Harvest, path: Path) -> Edition:
    """An edition that has its automata with it."""
    write_edition(harvest, path, Spotter.of(names_of(harvest.terms)).pack())
    return Edition.open(path)


def test_attached_automata_are_those_that_would_be_built(harvest: Harvest, edition: Edition, tmp_path: Path) -> None:
    """With automata attached and without, the same is found; the content hash does not depend on them."""
    with_them = attached(harvest, tmp_path / "attached.db")
    assert with_them.hash == edition.hash
    for wanted in (Wanted(), Wanted(overlapping=True), Wanted(short=True)):
        question = AnnotateQuestion(wanted)
        assert Annotator(with_them).matches(TEXT, question) == Annotator(edition).matches(TEXT, question)


def test_a_harvest_attaches_them(harvest: Harvest, tmp_path: Path) -> None:
    """What the harvest publishes has its automata with it, the same ones for the same harvest."""
    paths = tmp_path / "one.db", tmp_path / "other.db"
    one, other = (Edition.open(path) for path in paths if publish(harvest, path))
    for name in Spotter.of(names_of(harvest.terms)).pack():
        assert one.attachment(name) == other.attachment(name) is not None
    assert Spotter.unpack(one.attachment) is not None


def test_automata_of_another_version_are_built_anew(harvest: Harvest, tmp_path: Path) -> None:
    """Automata that another version of the library made are left alone."""
    path = tmp_path / "old.db"
    expected = Annotator(attached(harvest, path)).matches(TEXT)
    database = sqlite3.connect(path)
    old = database.execute("SELECT content FROM attachments WHERE name = 'names'").fetchone()[0]
    version = b'"daachorse":"'
    assert version in old
    with database:
        database.execute(
            "UPDATE attachments SET content = CASE name WHEN 'names' THEN ? ELSE x'00' END",
            (old.replace(version, version + b"0.0."),),
        )
    database.close()
    assert Annotator(Edition.open(path)).matches(TEXT) == expected


def test_automata_of_another_edition_are_built_anew(harvest: Harvest, tmp_path: Path) -> None:
    """Automata that lead to terms which the edition lacks, or not to all of its terms, are left alone."""
    fewer, path = without(harvest, "数据得地"), tmp_path / "other.db"
    for harvested, attached_to in ((fewer, harvest), (harvest, fewer)):
        write_edition(harvested, path, Spotter.of(names_of(attached_to.terms)).pack())
        found = {match["text"] for match in Annotator(Edition.open(path)).matches(TEXT)}
        assert ("数据得地" in found) == (harvested is harvest)
        assert "三边" in found


def test_what_is_known_is_forgotten_in_time(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """An annotator answers the same when what it keeps at hand is thrown away all the time."""
    expected = Annotator(edition).matches(TEXT)
    monkeypatch.setattr("glossary_api.queries.annotate.annotator._KEPT", 0)
    annotator = Annotator(edition)
    assert [annotator.matches(TEXT) for _ in range(3)] == [expected] * 3
