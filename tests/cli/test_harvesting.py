"""The commands that read files: nothing goes in silence, nothing is replaced by surprise."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossary_api.cli.main import main
from glossary_api.harvesting.harvest import seed_reports
from glossary_api.store.edition import Edition
from tests.harvesting.test_together import BODY, HEAD, NOTES, REST, page


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder with a report in two pages, the same report once more, and news."""
    folder = tmp_path / "pile"
    folder.mkdir()
    long = "".join(f"第{n}条，建设项目{n}个，完成投资{n}亿元。\n" for n in range(80))
    (folder / "t_1.html").write_text(page(HEAD + BODY + long), "utf-8")
    (folder / "t_2.html").write_text(page(REST + NOTES), "utf-8")
    (folder / "again.txt").write_text(HEAD + BODY + long.replace("79亿", "97亿") + REST, "utf-8")
    (folder / "news.txt").write_text("德清县召开会议。\n", "utf-8")
    return folder


def run(*words: str | Path) -> Result:
    """A command, run in this process."""
    return CliRunner().invoke(main, [*map(str, words)])


def test_a_line_for_each_file(pile: Path, tmp_path: Path) -> None:
    """-v says of each file what it was taken for, how many characters were read, and why any were left out."""
    printed = run("harvest", pile, "-v", "-o", tmp_path / "x.db").output
    (refused,) = (line for line in printed.splitlines() if line.startswith("  news.txt: "))
    assert refused.startswith("  news.txt: refused: ")
    assert refused.endswith("; 9 characters")
    assert "  t_1.html: 政府工作报告, 德清县, 2031; " in printed
    assert "  t_2.html: part of t_1.html; " in printed
    assert "; what frames the article left out (14)" in printed
    assert "  again.txt: further source of t_1: 9" in printed
    assert "       1 further source" in printed
    assert "       1 file not understood" in printed
    assert "t_2.html: part of" not in run("harvest", pile, "-o", tmp_path / "x.db").output


def test_an_account_is_written(pile: Path, tmp_path: Path) -> None:
    """--report gives the same account as CSV and as JSON; another suffix is refused before anything is done."""
    for suffix in (".csv", ".json"):
        assert run("harvest", pile, "--report", tmp_path / f"r{suffix}", "-o", tmp_path / "x.db").exit_code == 0
    rows = json.loads((tmp_path / "r.json").read_bytes())
    table = list(csv.DictReader(io.StringIO((tmp_path / "r.csv").read_text("utf-8-sig"))))
    wanted = [("again.txt", "copy"), ("news.txt", "refused"), ("t_1.html", "report"), ("t_2.html", "part")]
    assert [(row["file"], row["outcome"]) for row in rows] == wanted
    assert [(row["file"], row["outcome"]) for row in table] == wanted
    assert rows[2] | {"chars": 0, "doubts": []} == {
        "file": "t_1.html",
        "outcome": "report",
        "report": "t_1",
        "genre": "政府工作报告",
        "place": "德清县",
        "year": 2031,
        "format": "html",
        "chars": 0,
        "left_out": [],
        "doubts": [],
        "reason": "",
    }
    assert (table[3]["left_out"], table[3]["why"]) == ("14", "what frames the article left out (14)")
    refused = run("harvest", pile, "--report", tmp_path / "r.txt", "-o", tmp_path / "y.db")
    assert (refused.exit_code, (tmp_path / "y.db").exists()) == (1, False)
    assert "is neither .csv nor .json" in refused.output


@pytest.mark.parametrize(("name", "content"), [("reports.csv", None), ("data.csv", "正文\n甲\n"), ("a.json", "[1]")])
def test_an_account_replaces_nothing_else(pile: Path, tmp_path: Path, name: str, content: str | None) -> None:
    """--report refuses to replace what is no account, and the name by which manifests are known."""
    account = pile / name
    if content:
        account.write_text(content, "utf-8")
    assert run("harvest", pile, "--report", account, "-o", tmp_path / "x.db").exit_code == 1
    assert (account.read_text("utf-8") if account.exists() else None) == content


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_an_account_replaces_an_older_one(pile: Path, tmp_path: Path, suffix: str) -> None:
    """A second harvest writes its account over that of the first."""
    account = tmp_path / f"r{suffix}"
    for _ in range(2):
        assert run("harvest", pile, "--report", account, "-o", tmp_path / "x.db").exit_code == 0


def test_strict(pile: Path, tmp_path: Path) -> None:
    """With --strict a refused file ends the command with 1, the edition being there all the same."""
    assert run("harvest", pile, "-o", tmp_path / "x.db").exit_code == 0
    assert run("harvest", pile, "--strict", "-o", tmp_path / "x.db").exit_code == 1
    assert (tmp_path / "x.db").exists()
    (pile / "news.txt").unlink()
    assert run("harvest", pile, "--strict", "-o", tmp_path / "x.db").exit_code == 0


def test_an_edition_is_not_lost(pile: Path, tmp_path: Path) -> None:
    """An edition that would lose reports stays unless --replace is given; one that grows is replaced unasked."""
    (pile / "德清2030.txt").write_text(HEAD.replace("2031", "2030") + REST, "utf-8")
    path = tmp_path / "x.db"
    assert run("harvest", pile / "t_1.html", "-o", path).exit_code == 0
    assert run("harvest", pile, "-o", path).exit_code == 0
    content = path.read_bytes()
    refused = run("harvest", pile / "t_1.html", "-o", path)
    assert refused.exit_code == 1
    assert "would lose 1 of its 2 reports (德清2030)" in refused.output
    assert path.read_bytes() == content
    assert run("harvest", pile / "t_1.html", "--replace", "-o", path).exit_code == 0


def test_an_input_and_a_manuscript_are_kept(pile: Path, tmp_path: Path) -> None:
    """-o on an input or on any file that is no edition is refused, with --replace too, and the file stays as it is."""
    (tmp_path / "manuscript.docx").write_bytes(b"PK\x03\x04")
    for path in (pile / "t_1.html", tmp_path / "manuscript.docx", pile):
        content = path.read_bytes() if path.is_file() else b""
        result = run("harvest", pile, "--replace", "-o", path)
        assert result.exit_code == 1
        assert str(path) in result.output
        assert len(result.output.splitlines()) == 1
        assert not path.is_file() or path.read_bytes() == content


def test_progress_is_quiet_without_a_terminal(pile: Path, tmp_path: Path) -> None:
    """Nothing goes to standard error where it is no terminal."""
    assert run("harvest", pile, "-o", tmp_path / "x.db").stderr == ""


def test_adding_files_gives_the_edition_of_all_at_once(tmp_path: Path) -> None:
    """`add` takes up the pile of the edition, and its edition has the hash of a harvest of everything."""
    files = seed_reports()
    assert run("harvest", *files, "-o", tmp_path / "once.db", "--no-cache").exit_code == 0
    assert run("harvest", *files[:3], "-o", tmp_path / "x.db", "--jobs", "1").exit_code == 0
    assert run("add", files[3], "-o", tmp_path / "x.db", "--jobs", "1").exit_code == 0
    assert run("add", *files[4:], "-o", tmp_path / "x.db", "--jobs", "1").exit_code == 0
    hashes = {Edition.open(tmp_path / name).hash for name in ("once.db", "x.db")}
    assert len(hashes) == 1
    assert not (tmp_path / "once.cache.db").exists()


def test_adding_files_hands_on_what_people_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`add` lays the renderings and the decisions that the harvest was given to the larger edition too."""
    monkeypatch.chdir(tmp_path)
    files = seed_reports()
    row = "term,sense,language,rendering,gloss,also,status,source,note\n零基预算,,en,from zero,,,approved,me,\n"
    Path("own.csv").write_text(row, "utf-8")
    given = ("--jobs", "1", "--renderings", "own.csv", "--decisions", "log.jsonl")
    assert run("harvest", *files, "-o", "x.db", "--jobs", "1").exit_code == 0
    plain = Edition.open(tmp_path / "x.db").hash
    assert run("decide", "reject", "零基预算", "--decisions", "log.jsonl", "--edition", "x.db").exit_code == 0
    assert run("harvest", *files, "-o", "once.db", "--no-cache", *given).exit_code == 0
    assert run("harvest", *files[:-1], "-o", "x.db", "--replace", *given).exit_code == 0
    monkeypatch.chdir("/")
    assert run("add", files[-1], "-o", tmp_path / "x.db", "--jobs", "1").exit_code == 0
    hashes = [Edition.open(tmp_path / name).hash for name in ("once.db", "x.db")]
    assert hashes[0] == hashes[1] != plain


def test_adding_to_what_nothing_is_known_of_says_what_to_do(tmp_path: Path) -> None:
    """`add` without an edition whose pile is remembered says so in one line and makes nothing."""
    refused = run("add", *seed_reports(), "-o", tmp_path / "x.db")
    assert (refused.exit_code, "run `glossary-api harvest FILES..." in refused.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "doubted"), [("宿迁市2031.txt", True), ("浙江省湖州市2031.txt", False)])
def test_a_name_that_says_another_place_is_doubted(tmp_path: Path, name: str, doubted: bool) -> None:
    """A file named after a place apart from that of its text is doubtful; after a division above it, it is not."""
    text = "政府工作报告\n2031年1月8日在德清县第十七届人民代表大会第一次会议上\n各位代表：\n我们稳步推进“三清一改”。\n"
    (tmp_path / name).write_text(text, "utf-8")
    printed = run("harvest", "-v", tmp_path / name, "-o", tmp_path / "x.db").output
    assert ("its text 德清县" in printed) == doubted
