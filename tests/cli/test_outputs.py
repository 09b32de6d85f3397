"""What commands that write a file do with one that is there already."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from glossary_api.cli.main import main

COMMANDS = {
    "export": ["export", "csv", "-o", "there.zip"],
    "appendix": ["appendix", "draft.txt", "-o", "there.zip"],
    "align": ["align", "both.csv", "-o", "there.zip"],
    "extension": ["extension", "-o", "there.zip"],
    "backup": ["backup", "there.zip"],
}


@pytest.fixture(autouse=True)
def _at_desk(edition_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOSSARY_EDITION", str(edition_path))
    monkeypatch.chdir(tmp_path)
    Path("draft.txt").write_text("坚守“六个不发生”底线。", "utf-8")
    Path("both.csv").write_text("zh,en\n我们坚守“六个不发生”底线。,We hold “six zero-incident goals”.\n", "utf-8")
    Path("there.zip").write_text("a manuscript", "utf-8")


def refusal(words: list[str]) -> str:
    """The one line with which the program refuses something; empty if it does it."""
    ran = CliRunner().invoke(main, ["--language", "en", *words])
    return ran.stderr if ran.exit_code else ""


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_file_that_is_there_stays(command: list[str]) -> None:
    """No command writes over a file unasked, whoever made it."""
    there = Path("there.zip")
    assert (
        refusal(command) == f"glossary-api: {there}: is there already; name another file with -o; --replace to go on\n"
    )
    assert there.read_text("utf-8") == "a manuscript"


@pytest.mark.parametrize("command", [COMMANDS[name] for name in COMMANDS if name != "backup"])
def test_a_file_goes_when_asked_for(command: list[str]) -> None:
    """With --replace, what the command writes is there instead."""
    assert refusal([*command, "--replace"]) == ""
    assert Path("there.zip").read_bytes() != b"a manuscript"


@pytest.mark.parametrize(
    "command", [["appendix", "draft.txt", "-o", "draft.txt"], ["align", "both.csv", "-o", "both.csv"]]
)
def test_a_command_keeps_what_it_reads(command: list[str]) -> None:
    """The draft and the translation stay even with --replace."""
    assert "is what is read here" in refusal([*command, "--replace"])
