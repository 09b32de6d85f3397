"""Editions published at a place and fetched from it: whole and as they say they are, or not at all."""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from glossary_api.errors import EditionError, EditionMissing
from glossary_api.model.things import Harvest
from glossary_api.store.edition import Edition
from glossary_api.store.publication import CURRENT, Follower, Published, publish_edition
from glossary_api.store.verifying import verify
from glossary_api.store.writing import write_edition


@pytest.fixture
def other_path(harvest: Harvest, tmp_path: Path) -> Path:
    """The file of an edition without failures."""
    path = tmp_path / "other.db"
    write_edition(replace(harvest, failures=()), path)
    return path


@pytest.fixture(params=["folder", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place to publish at: a folder that is not there yet, and one that fsspec has."""
    if request.param == "folder":
        return str(tmp_path / "published")
    pytest.importorskip("fsspec")
    return f"memory://{tmp_path.name}/published"


def test_what_is_published_is_fetched(edition_path: Path, other_path: Path, place: str, tmp_path: Path) -> None:
    """A follower has what is published last, an older one published again too, and fetches nothing twice."""
    follower, path = Follower(place, tmp_path / "node.db"), tmp_path / "node.db"
    for published in (edition_path, other_path, edition_path):
        expected = publish_edition(published, place).hash
        assert follower.fetch() == expected == Edition.open(path).hash
        assert path.read_bytes() == published.read_bytes()
        assert follower.fetch() is None


def test_the_files_are_those_of_sha256sum(edition_path: Path, tmp_path: Path) -> None:
    """The place has the edition, its checksum and what holds, which `sha256sum -c` understands."""
    published = publish_edition(edition_path, str(tmp_path / "to"))
    assert {path.name for path in (tmp_path / "to").iterdir()} == {published.name, f"{published.name}.sha256", CURRENT}
    assert published.checksum == hashlib.sha256(edition_path.read_bytes()).hexdigest()
    subprocess.run(["sha256sum", "-c", CURRENT], cwd=tmp_path / "to", check=True, capture_output=True)


def test_what_was_damaged_is_refused_once(edition_path: Path, other_path: Path, place: str, tmp_path: Path) -> None:
    """A file without its checksum is refused by name, not fetched again, and the edition before stays."""
    folder, path = tmp_path / "published", tmp_path / "node.db"
    follower = Follower(str(folder), path)
    before = publish_edition(edition_path, str(folder)).hash
    follower.fetch()
    published = publish_edition(other_path, str(folder))
    (folder / published.name).write_bytes(other_path.read_bytes()[:-4096] + bytes(4096))
    with pytest.raises(EditionError, match=rf"{published.name}: does not have the checksum"):
        follower.fetch()
    assert (follower.fetch(), Edition.open(path).hash) == (None, before)
    assert [one.name for one in tmp_path.glob(".*")] == []


def test_what_is_damaged_is_not_published(edition_path: Path, tmp_path: Path) -> None:
    """An edition in which a word is another than was written is refused, and nothing is published."""
    damaged = tmp_path / "damaged.db"
    content = edition_path.read_bytes()
    place = content.index("1个中心、3个平台".encode())
    damaged.write_bytes(content[:place] + b"2" + content[place + 1 :])
    with pytest.raises(EditionError, match="is not what was written"):
        publish_edition(damaged, str(tmp_path / "to"))
    assert not (tmp_path / "to").exists()


def test_what_is_not_what_its_name_says_is_refused(edition_path: Path, other_path: Path, tmp_path: Path) -> None:
    """A file with its checksum and the content of another edition is refused."""
    folder = tmp_path / "published"
    published = publish_edition(edition_path, str(folder))
    (folder / published.name).write_bytes(other_path.read_bytes())
    wrong = Published(published.hash, hashlib.sha256(other_path.read_bytes()).hexdigest())
    (folder / CURRENT).write_text(str(wrong))
    with pytest.raises(EditionError, match="does not have the content"):
        Follower(str(folder), tmp_path / "node.db").fetch()
    assert not (tmp_path / "node.db").exists()


def test_the_hash_is_found_again_in_the_file(edition_path: Path) -> None:
    """The rows of an edition have the hash that it was given when they were written."""
    assert verify(edition_path) == Edition.open(edition_path).hash


def test_a_place_without_editions_is_named(place: str, tmp_path: Path) -> None:
    """Where nothing is published, and where a file names none, the error says so and where."""
    with pytest.raises(EditionMissing, match="nothing is published there"):
        Follower(place, tmp_path / "node.db").fetch()
    (tmp_path / CURRENT).write_text("latest")
    with pytest.raises(EditionError, match=f"{tmp_path}/current: names no edition"):
        Follower(str(tmp_path), tmp_path / "node.db").fetch()


def test_an_address_of_no_kind_is_named(edition_path: Path) -> None:
    """An address that fsspec does not know is refused in one line that names it."""
    pytest.importorskip("fsspec")
    with pytest.raises(EditionError, match="nowhere://x: cannot be used"):
        publish_edition(edition_path, "nowhere://x")


def test_a_file_in_place_of_a_folder_is_named(edition_path: Path) -> None:
    """A target that is a file is refused."""
    with pytest.raises(EditionError, match="cannot be used"):
        publish_edition(edition_path, str(edition_path))
