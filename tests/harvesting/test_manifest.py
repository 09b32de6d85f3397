"""A manifest's word is above what is guessed, a wrong one is refused line by line, and one that is written is true."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from glossary_api.cli.main import main
from glossary_api.errors import ManifestError
from glossary_api.harvesting.harvest import harvest
from glossary_api.harvesting.pile import pile_of
from glossary_api.store.edition import Edition
from tests.harvesting.test_together import BODY, HEAD, NOTES, REST, page

FILES = {
    "t_1.html": page(HEAD + BODY),
    "t_2.html": page(REST),
    "德清2030.txt": HEAD.replace("2031", "2030") + BODY + REST.replace("常态", "习惯"),
    "名词解释.txt": "2030年名词解释\n" + NOTES,
    "news.txt": "德清县召开会议。\n",
    "all.jsonl": "",
}


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder of files of every kind that a harvest tells apart."""
    folder = tmp_path / "pile"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def write(folder: Path, text: str, name: str = "reports.csv") -> Path:
    """A manifest in a folder."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def run(*words: str | Path) -> str:
    """What a command prints."""
    result = CliRunner().invoke(main, [*map(str, words)])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_manifest_is_above_the_text(pile: Path) -> None:
    """What a row says stands in the report, each field marked as said by the manifest; empty cells say nothing."""
    write(
        pile,
        "file,place,year,date,title,address,genre,belongs_to\n"
        "德清2030.txt,江苏省昆山市,,2029-12-30,某报告,https://example.org/a?b=1,预算报告,\n",
    )
    found = harvest([pile])
    (report,) = (one.report for one in found.reports if one.report.id == "德清2030")
    assert (report.place, report.place_code, report.level, report.year) == ("昆山市", "320583", "county", 2029)
    assert (report.date, report.title, report.genre) == ("2029-12-30", "某报告", "预算报告")
    assert report.address == "https://example.org/a?b=1"
    assert report.meeting == "德清县第十二届人民代表大会第三次会议"
    said = {name for name, origin in report.guessed if origin == "manifest"}
    assert said == {"place", "year", "date", "title", "address", "genre"}
    assert all(file.name != "reports.csv" for file in found.files)


def test_json_lines_and_another_place(pile: Path, tmp_path: Path) -> None:
    """A manifest may be JSON Lines, and lie elsewhere if it is named."""
    path = write(tmp_path, '{"file": "德清2030.txt", "year": 2028, "title": null}\n', "mine.jsonl")
    years = {one.report.id: one.report.year for one in harvest([pile], manifest=path).reports}
    assert years["德清2030"] == 2028


def test_a_manifest_puts_together_and_takes_apart(pile: Path) -> None:
    """`belongs_to` joins what nothing else shows to be one, `-` keeps apart what seems to be, `none` leaves out."""
    write(pile, "file,belongs_to,genre\nt_2.html,-,\n名词解释.txt,t_1.html,\n德清2030.txt,,none\n")
    found = {file.name: (file.outcome, file.part_of) for file in harvest([pile]).files}
    assert found["名词解释.txt"] == ("part", "t_1.html")
    assert found["t_2.html"] != ("part", "t_1.html")
    assert found["德清2030.txt"] == ("refused", "")


def test_what_a_manifest_leaves_out_is_said_in_the_edition(pile: Path, tmp_path: Path) -> None:
    """A file that a manifest leaves out stands in the edition among those that are not in it, with the reason."""
    write(pile, "file,genre\n德清2030.txt,none\n")
    run("harvest", pile, "-o", tmp_path / "edition.db")
    said = {one["path"]: str(one["message"]) for one in Edition.open(tmp_path / "edition.db").failures()}
    assert said["德清2030.txt"] == "its manifest says that it is not a report"


def test_a_manifest_says_that_a_file_is_a_report(pile: Path) -> None:
    """A file in which nothing shows a report is one if its manifest says of which kind."""
    write(pile, "file,genre,place,year\nnews.txt,政府工作报告,青沙县,2033\n")
    found = {file.name: file for file in harvest([pile]).files}
    assert (found["news.txt"].outcome, found["news.txt"].place, found["news.txt"].year) == ("report", "青沙县", 2033)


def test_everything_wrong_is_said_at_once(pile: Path) -> None:
    """Each unknown file, unknown column, repeated row and bad value is one line with file, line, column and remedy."""
    path = write(
        pile,
        "file,yeer,year,date,place,address,genre,belongs_to\n"
        "gone.txt,,,,,,,\n"
        "news.txt,1,31,2025-02-30,某某,www.example.org,小说,gone.txt\n"
        "news.txt,,,,,,,\n",
    )
    with pytest.raises(ManifestError) as raised:
        pile_of([pile])
    lines = str(raised.value).splitlines()
    wanted = [f"{path}:2:yeer: unknown column", f"{path}:2:file: there is no file 'gone.txt'"]
    wanted += [f"{path}:3:{name}: " for name in ("place", "year", "date", "address", "genre", "belongs_to")]
    wanted += [f"{path}:4:file: news.txt has a row already"]
    assert len(lines) == len(wanted)
    assert [line for line, start in zip(lines, wanted, strict=True) if not line.startswith(start)] == []


@pytest.mark.parametrize("text", ["file\na,b\n", "{", '["file"]\n', 'file\n"a\n'])
def test_a_manifest_that_is_none(pile: Path, tmp_path: Path, text: str) -> None:
    """What is no table and no JSON is one line, no traceback."""
    path = write(tmp_path, text, "mine.csv" if text.startswith("file") else "mine.jsonl")
    with pytest.raises(ManifestError, match=str(path)):
        harvest([pile], manifest=path)


def test_a_round_trip_changes_nothing(pile: Path, tmp_path: Path) -> None:
    """A manifest that is written and harvested with, twice, gives the same edition as none."""
    hashes = []
    for name in ("a", "b", "c"):
        run("harvest", pile, "-o", tmp_path / f"{name}.db")
        hashes.append(Edition.open(tmp_path / f"{name}.db").hash)
        printed = run("manifest", pile)
        assert printed.startswith(f"{len(FILES)} files in {pile / 'reports.csv'}")
    assert len(set(hashes)) == 1


def test_what_a_person_wrote_is_kept(pile: Path) -> None:
    """Writing a manifest anew keeps what the one before it says and adds files that are new."""
    path = write(pile, "file,belongs_to,genre,year\nt_2.html,-,,\n德清2030.txt,,none,\nt_1.html,,,2032\n")
    run("manifest", pile)
    rows = {row.split(",")[0]: row.split(",") for row in path.read_text("utf-8-sig").splitlines()}
    assert set(rows) == {"file", *FILES}
    assert rows["t_2.html"][7] == "-"
    assert rows["德清2030.txt"][6] == "none"
    assert rows["t_1.html"][2] == "2032"


def test_a_manifest_replaces_nothing_else(pile: Path) -> None:
    """A file that is no manifest is not written over."""
    result = CliRunner().invoke(main, ["manifest", str(pile), "-o", str(write(pile, "a,b\n1,2\n", "mine.csv"))])
    assert result.exit_code == 1
    assert "is there already and no manifest" in result.output
