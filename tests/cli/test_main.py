"""The command line, run as a program: one clear line and an exit code for everything that goes wrong."""

from __future__ import annotations

import json
import os
import resource
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SEED = Path(__file__).parents[2] / "seed" / "reports"
CORRUPT = b"this is no database"


def run(*words: str | Path, edition: Path | None = None, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    """Run the program as a user does, with nothing of ours in the environment but the edition."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GLOSSARY_")}
    if edition:
        environment["GLOSSARY_EDITION"] = str(edition)
    command = [sys.executable, "-m", "glossary_api.cli", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout, env=environment, check=False)


def complaint(result: subprocess.CompletedProcess[str]) -> str:
    """The one line on standard error of a command that failed."""
    lines = [line for line in result.stderr.splitlines() if line and not line.startswith("harvesting")]
    assert result.returncode != 0
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("glossary-api: ")
    return lines[0]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed, harvested by the program."""
    path = tmp_path_factory.mktemp("cli") / "seed.db"
    result = run("harvest", "-o", path)
    assert result.returncode == 0, result.stderr
    return path


def test_harvest_says_what_it_found(tmp_path: Path) -> None:
    """The summary of a harvest counts reports, entries, terms and usages and names the edition."""
    result = run("harvest", SEED, "-o", tmp_path / "x.db")
    assert "5 reports" in result.stdout
    assert "40 entries" in result.stdout
    assert "usages" in result.stdout
    assert str(tmp_path / "x.db") in result.stdout


def test_harvest_lists_the_files_it_did_not_understand(tmp_path: Path) -> None:
    """A file that is no report is named with the reason; the others are harvested."""
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "a.txt").write_bytes((SEED / "huqiu-2025.txt").read_bytes())
    (folder / "note.txt").write_text("明天下午三点开会。", "utf-8")
    result = run("harvest", folder, "-o", tmp_path / "x.db")
    assert result.returncode == 0
    assert "1 file not understood" in result.stdout
    assert "note.txt: this is not a report" in result.stdout


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "is empty"),
        ("binary.bin", bytes(range(256)) * 20, "binary"),
        ("neither.txt", "政府工作报告".encode() + b"\xff\xff\x81 \xfe\xfe", "neither.txt"),
        ("letter.txt", "各位同事：明天开会。".encode(), "this is not a report"),
    ],
)
def test_a_file_that_is_no_report_is_refused(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    """Inspecting and harvesting a file that cannot be a report says why, and writes nothing."""
    path = tmp_path / name
    path.write_bytes(content)
    assert reason in complaint(run("inspect", path))
    assert reason in complaint(run("harvest", path, "-o", tmp_path / "x.db"))
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_folder_cannot_be_inspected(tmp_path: Path) -> None:
    """A directory where a file is wanted is named as one."""
    assert "directory" in complaint(run("inspect", tmp_path))


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    """A path that leads nowhere is named, and no edition is written."""
    assert "no such file" in complaint(run("harvest", tmp_path / "nowhere", "-o", tmp_path / "x.db"))
    assert list(tmp_path.iterdir()) == []


def test_a_missing_edition_says_what_to_do(tmp_path: Path) -> None:
    """Looking up without an edition names the command that makes one."""
    assert "glossary-api harvest" in complaint(run("lookup", "两重", edition=tmp_path / "none.db"))


@pytest.mark.parametrize("command", [("lookup", "两重"), ("serve", "--port", "1")])
def test_a_corrupt_edition_says_what_to_do(tmp_path: Path, command: tuple[str, ...]) -> None:
    """A file that is no edition is refused with the remedy, and left as it is."""
    path = tmp_path / "corrupt.db"
    path.write_bytes(CORRUPT)
    assert "glossary-api harvest" in complaint(run(*command, edition=path))
    assert path.read_bytes() == CORRUPT


def test_a_failed_harvest_leaves_the_old_edition(tmp_path: Path) -> None:
    """When nothing is understood, the edition that was there stays byte for byte."""
    path = tmp_path / "old.db"
    assert run("harvest", SEED / "huqiu-2025.txt", "-o", path).returncode == 0
    before = path.read_bytes()
    (tmp_path / "note.txt").write_text("无关的文字", "utf-8")
    complaint(run("harvest", tmp_path / "note.txt", "-o", path))
    assert path.read_bytes() == before


def test_a_port_in_use_is_named(edition: Path) -> None:
    """Serving on a port that another program holds says so, with the option that chooses another."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        line = complaint(run("serve", "--port", port, edition=edition))
    assert port in line
    assert "--port" in line


@pytest.mark.parametrize("value", ["abc", "0", "70000"])
def test_a_bad_setting_is_named(edition: Path, value: str) -> None:
    """A setting that cannot be is refused by its variable."""
    assert "GLOSSARY_PORT" in complaint(run("serve", "--port", value, edition=edition))


def test_lookup_suggests_the_nearest_name(edition: Path) -> None:
    """A name that no term has is answered with the one it resembles."""
    assert "六个不发生" in complaint(run("lookup", "六个不", edition=edition))


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("「六个不发生」", "六个不发生"),
        ("六個不發生", "六个不发生"),
        ("6个不发生", "六个不发生"),
        ('"两重"', "两重"),
        ("兩重", "两重"),
        ("１３５工作体系", "135"),
        ("10个百万拥军实事项目", "‘十个百万’拥军实事项目"),
        ("清三欠", "清“三欠”"),
    ],
)
def test_every_spelling_finds_the_term(edition: Path, asked: str, name: str) -> None:
    """Quotation marks, full width, traditional characters and digits make no difference."""
    assert json.loads(run("lookup", asked, "--json", edition=edition).stdout)["name"] == name


def test_inspect_takes_data_sets(tmp_path: Path) -> None:
    """`inspect` shows each record of a data set and says which ones are no reports."""
    path = tmp_path / "all.jsonl"
    speech = "各位代表：\n" + "过去一年，我们迎难而上、奋力拼搏。\n" * 10
    records = [{"title": "江苏省政府工作报告", "text": speech}, {"title": "关于政府工作报告的决议", "text": speech}]
    path.write_text("\n".join(map(json.dumps, records)), "utf-8")
    answer = run("inspect", path, "--json")
    [document] = json.loads(answer.stdout)
    assert (document["report"]["id"], document["report"]["place"]) == ("all-1", "江苏省")
    assert document["report"]["from"]["place"] == "record"
    assert "all.jsonl#2: this is a resolution about a report" in answer.stderr


def test_inspect_prints_the_contract() -> None:
    """`inspect --json` has the keys that others build on, and its spans slice back."""
    path = SEED / "kunshan-2024.txt"
    document = json.loads(run("inspect", path, "--json").stdout)
    text = path.read_bytes().decode()
    assert list(document) == ["report", "appendix", "entries", "slogans", "marks", "findings", "left_out"]
    assert document["report"]["chars"] == len(text)
    for entry in document["entries"]:
        for term in entry["terms"]:
            definition = term["definition"]
            assert text[definition["start"] : definition["end"]] == definition["text"]


def test_compare_prints_gains_and_losses(edition: Path, tmp_path: Path) -> None:
    """Against an edition of all five reports, one report alone has lost terms and gained none."""
    result = run("harvest", SEED / "wujiang-2025.txt", "-o", tmp_path / "x.db", "--compare", edition)
    assert " 0 terms gained" in result.stdout
    assert "  - 三官两师一员" in result.stdout


def test_the_program_starts_quickly() -> None:
    """`--version` takes at most two and a half times what Python takes to start and load click."""
    bare = [sys.executable, "-c", "import click, importlib.metadata"]

    def seconds(start: Callable[[], object]) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    program = min(seconds(lambda: run("--version")) for _ in range(5))
    assert program < 2.5 * min(seconds(lambda: subprocess.run(bare, check=True)) for _ in range(5))
