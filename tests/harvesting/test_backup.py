"""A backup has all that an edition is made of, and one that is not whole is refused before anything is written."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossary_api.cli.main import main
from glossary_api.curation.tokens import create_token, token_of
from glossary_api.errors import ReadError
from glossary_api.harvesting.backup import back_up, restore
from glossary_api.settings import Settings
from glossary_api.store.edition import Edition
from tests.curation.test_sequences import PILE

HEADS = "term,sense,language,rendering,status,source,note\n"


def run(*words: str | Path | int) -> Result:
    """A command, run in this process; it has to succeed."""
    result = CliRunner().invoke(main, ["--language", "en", *map(str, words)])
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """A folder with an edition made of folders of reports, a manifest and renderings, with decisions and a token."""
    home = tmp_path / "home"
    for name, text in PILE.items():
        path = home / "pile" / name.partition("-")[0] / name
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    (home / "pile" / "broken.txt").write_bytes(b"\x00\x01")
    (home / "one.txt").write_text(PILE["taicang-2024.txt"].replace("2024", "2022"), "utf-8")
    (home / "said.csv").write_text("file,place\none.txt,常熟市\n", "utf-8")
    (home / "renderings").mkdir()
    rows = "三减,,en,three cuts,approved,project,\n没有,,en,nothing,approved,project,\n"
    (home / "renderings" / "own.csv").write_text(HEADS + rows, "utf-8")
    out = home / "glossary.db"
    run("decide", "reject", "两重", "--who", "li", "--decisions", home / "decisions.jsonl", "--edition", _any(home))
    run("harvest", home / "pile", home / "one.txt", "--manifest", home / "said.csv", "-o", out, "--jobs", 1)
    create_token(home / "tokens.json", "li", "decide")
    return home


def _any(home: Path) -> Path:
    run("harvest", home / "one.txt", "-o", home / "first.db", "--jobs", 1, "--no-cache")
    return home / "first.db"


def backup_of(home: Path) -> Path:
    """The archive of what is in a folder."""
    run("backup", home.parent / "all.tar.gz", "--edition", home / "glossary.db")
    return home.parent / "all.tar.gz"


def test_a_restored_folder_makes_the_same_edition(edited: Path, tmp_path: Path) -> None:
    """Restored into an empty folder and harvested, the edition has the hash that it had, and the tokens hold."""
    secret = create_token(edited / "tokens.json", "wang", "propose")
    archive = backup_of(edited)
    before = Edition.open(edited / "glossary.db")
    assert before.term("三减")["senses"][0]["equivalents"]
    assert before.term("两重")["status"] == "candidate"
    edited.rename(tmp_path / "gone")
    told = run("restore", archive, tmp_path / "new").output
    assert before.hash[:12] in told
    run("add", "-o", tmp_path / "new" / "glossary.db", "--jobs", 1)
    assert Edition.open(tmp_path / "new" / "glossary.db").hash == before.hash
    assert (tmp_path / "new" / "decisions.jsonl").read_bytes() == (tmp_path / "gone" / "decisions.jsonl").read_bytes()
    kept = tmp_path / "new" / "tokens.json"
    found = token_of(kept, secret)
    assert found is not None
    assert found.name == "wang"
    assert {path.stat().st_mode & 0o077 for path in (kept, archive)} == {0}


def test_an_edition_of_the_seed_is_backed_up(seed_path: Path, tmp_path: Path) -> None:
    """Of an edition of the seed, which has no memory of its files, the seed itself is harvested again."""
    back_up(Settings(edition=seed_path, decisions=str(tmp_path / "none.jsonl")), tmp_path / "seed.tar.gz")
    assert restore(tmp_path / "seed.tar.gz", tmp_path / "new") == Edition.open(seed_path).hash
    run("add", "-o", tmp_path / "new" / "glossary.db", "--jobs", 1)
    assert Edition.open(tmp_path / "new" / "glossary.db").hash == Edition.open(seed_path).hash


def tree(folder: Path) -> dict[Path, bytes]:
    """The files of a folder, the memory of its pile aside, which has its own place in it."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".cache.db"))
    return {path.relative_to(folder): path.read_bytes() for path in files}


def test_nothing_else_is_ever_restored(edited: Path, tmp_path: Path) -> None:
    """An archive with any byte changed, or cut short anywhere, is refused, or it is exactly what was backed up."""
    archive = backup_of(edited)
    whole = archive.read_bytes()
    restore(archive, tmp_path / "whole")
    spoilt = [whole[:length] for length in (0, 9, *range(40, len(whole), 211))]
    spoilt += [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(20, len(whole), 97)]
    refused = 0
    for number, content in enumerate(spoilt):
        archive.write_bytes(content)
        try:
            restore(archive, tmp_path / str(number))
            assert tree(tmp_path / str(number)) == tree(tmp_path / "whole")
        except ReadError:
            refused += 1
            assert not (tmp_path / str(number)).exists()
    assert refused > len(spoilt) / 2


def test_a_file_that_was_changed_is_named(edited: Path, tmp_path: Path) -> None:
    """An archive that is whole, but of which somebody changed a file, is refused by the name of the file."""
    archive = backup_of(edited)
    inside = gzip.decompress(archive.read_bytes())
    archive.write_bytes(gzip.compress(inside.replace("推进".encode(), "推荐".encode(), 1)))
    with pytest.raises(ReadError, match=r"damaged.*\.txt"):
        restore(archive, tmp_path / "new")


@pytest.mark.parametrize("name", ["../out", "/out", "reports/../../out", "other", "reports", "decisions.jsonl"])
def test_an_archive_writes_nowhere_else(edited: Path, tmp_path: Path, name: str) -> None:
    """A name that leads out of the folder, that no backup has, or that is there twice is refused."""
    archive = backup_of(edited)
    with tarfile.open(archive) as old, tarfile.open(tmp_path / "bad.tar.gz", "w:gz") as bad:
        foreign = tarfile.TarInfo(name)
        foreign.size = 1
        bad.addfile(foreign, io.BytesIO(b"x"))
        for member in old:
            bad.addfile(member, old.extractfile(member))
    with pytest.raises(ReadError, match="has a file"):
        restore(tmp_path / "bad.tar.gz", tmp_path / "new")
    assert not (tmp_path / "out").exists()


def test_a_link_is_refused(edited: Path, tmp_path: Path) -> None:
    """A link in an archive is followed nowhere."""
    with tarfile.open(tmp_path / "bad.tar.gz", "w:gz") as bad:
        link = tarfile.TarInfo("reports/x")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        bad.addfile(link)
    with pytest.raises(ReadError):
        restore(tmp_path / "bad.tar.gz", tmp_path / "new")


def test_a_folder_with_something_in_it_is_left_alone(edited: Path, tmp_path: Path) -> None:
    """Nothing is restored over what is there."""
    archive = backup_of(edited)
    with pytest.raises(ReadError, match="empty"):
        restore(archive, edited)
