"""The commands of who runs a server: what they find, and what they say to do."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossary_api.cli.main import main
from glossary_api.curation.tokens import create_token
from glossary_api.harvesting.harvest import seed_reports
from glossary_api.store.verifying import verify

Run = Callable[..., Result]


@pytest.fixture
def run(edition_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the program with an edition of its own, and nothing else of ours in the environment."""
    for name in [name for name in os.environ if name.startswith("GLOSSARY_")]:
        monkeypatch.delenv(name)
    edition = tmp_path / "glossary.db"
    shutil.copyfile(edition_path, edition)
    monkeypatch.setenv("GLOSSARY_EDITION", str(edition))
    with socket.create_server(("127.0.0.1", 0)) as probe:
        monkeypatch.setenv("GLOSSARY_PORT", str(probe.getsockname()[1]))
    return lambda *words: CliRunner().invoke(main, [*words], catch_exceptions=False)


def test_verify_says_the_hash(run: Run) -> None:
    """An edition that is what was written is named with its hash; one that is not, with what to do."""
    result = run("verify")
    assert (result.exit_code, "the content is what was written" in result.output) == (0, True)
    edition = Path(os.environ["GLOSSARY_EDITION"])
    edition.write_bytes(edition.read_bytes().replace("数据得地".encode(), "数据失地".encode()))
    result = run("verify", str(edition))
    assert result.exit_code == 1
    assert f"run `glossary-api harvest -o {edition}`" in result.stderr


def test_nothing_is_wrong(run: Run) -> None:
    """A good installation has no line that begins with `wrong`."""
    result = run("doctor")
    assert (result.exit_code, "\nwrong" in result.output) == (0, False), result.output
    assert result.output.count("ok  ") >= 5


def _no_edition(edition: Path, _: pytest.MonkeyPatch) -> None:
    edition.unlink()


def _bits(edition: Path, _: pytest.MonkeyPatch) -> None:
    edition.write_bytes(edition.read_bytes().replace("数据得地".encode(), "数据失地".encode()))


def _bad_setting(_: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("GLOSSARY_WORKERS", "none")


def _readable_tokens(edition: Path, _: pytest.MonkeyPatch) -> None:
    create_token(edition.with_name("tokens.json"), "li", "decide")
    edition.with_name("tokens.json").chmod(0o644)


def _bad_decisions(edition: Path, _: pytest.MonkeyPatch) -> None:
    edition.with_name("decisions.jsonl").write_text("{}\n")


def _no_reports(_: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("GLOSSARY_REPORTS", "/nowhere")


def _full(_: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 0))


def _old_package(_: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("glossary_api.cli.examining.version", lambda _: "0.0.1")


@pytest.mark.parametrize(
    ("spoil", "advice"),
    [
        (_no_edition, "run `glossary-api harvest"),
        (_bits, "run `glossary-api harvest"),
        (_bad_setting, "GLOSSARY_WORKERS"),
        (_readable_tokens, "run chmod 600"),
        (_bad_decisions, "decisions.jsonl:1"),
        (_no_reports, "correct GLOSSARY_REPORTS"),
        (_full, "make room"),
        (_old_package, "pip install --upgrade flask"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(
    run: Run, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path, pytest.MonkeyPatch], None], advice: str
) -> None:
    """Each thing that keeps a server from answering truly is a line that says what to do, and an exit code of 1."""
    spoil(Path(os.environ["GLOSSARY_EDITION"]), monkeypatch)
    result = run("doctor")
    wrong = [line for line in result.output.splitlines() if line.startswith("wrong")]
    assert result.exit_code == 1
    assert any(advice in line for line in wrong), result.output


def test_what_may_be_meant_so_is_a_note(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip in the name of a setting, a port that is taken and an unfinished file are notes."""
    monkeypatch.setenv("GLOSSARY_EDITON", "x.db")
    edition = Path(os.environ["GLOSSARY_EDITION"])
    (edition.parent / ".glossary.db.01234567.unfinished").touch()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("GLOSSARY_PORT", str(taken.getsockname()[1]))
        result = run("doctor")
    notes = "\n".join(line for line in result.output.splitlines() if line.startswith("note"))
    assert result.exit_code == 0
    assert all(word in notes for word in ("GLOSSARY_EDITON", ".unfinished", "already"))


def test_an_older_edition_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """An edition of older tables is refused with the command that mends it: the same reports, the same content."""
    edition = tmp_path / "mine" / "glossary.db"
    reports = tmp_path / "mine" / "reports"
    reports.mkdir(parents=True)
    for source in seed_reports()[:2]:
        shutil.copyfile(source, reports / source.name)
    assert run("harvest", str(reports), "-o", str(edition)).exit_code == 0
    before = verify(edition)
    with sqlite3.connect(edition) as database:  # what an earlier version may have lacked
        database.execute("PRAGMA user_version = 3")
        database.execute("DROP VIEW v_terms")
        database.execute("DROP TABLE timelines")
    database.close()
    for words in (("lookup", "两重", "--edition", str(edition)), ("serve", "--edition", str(edition))):
        result = run(*words)
        assert (result.exit_code, f"run `glossary-api add -o {edition}`" in result.stderr) == (1, True), result.stderr
    result = run("add", "-o", str(edition))
    assert result.exit_code == 0, result.output
    assert verify(edition) == before


def test_an_edition_of_unknown_files_is_not_made_again(run: Run) -> None:
    """Where it is not known what an edition was made of, the command says how to say so, and writes nothing."""
    edition = Path(os.environ["GLOSSARY_EDITION"])
    before = edition.read_bytes()
    result = run("add")
    assert (result.exit_code, edition.read_bytes() == before) == (1, True)
    assert f"run `glossary-api harvest FILES... -o {edition}`" in result.stderr
