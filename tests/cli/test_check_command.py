"""`glossary-api check`, run as a program on translation files: findings, exit codes, refusals in one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from glossary_api.exports.formats import FORMATS
from glossary_api.harvesting.equivalents import with_equivalents
from glossary_api.model.things import Equivalent, Harvest
from glossary_api.queries.export import exported
from glossary_api.store.edition import Edition
from glossary_api.store.saving import save
from glossary_api.store.writing import write_edition
from glossary_api.translation.check_file import check_file

TMX = """<tmx version="1.4"><header srclang="zh"/><body>
<tu tuid="t1"><tuv xml:lang="zh"><seg>坚守“六个不发生”底线</seg></tuv>{}</tu>
<tu tuid="t2"><tuv xml:lang="zh"><seg>完成六个目标</seg></tuv>{}</tu>
</body></tmx>"""
RIGHT = ("Hold to the Six No-Occurrences", "complete six goals")


def tmx(*targets: str, language: str = "en-US") -> str:
    """A memory with these translations."""
    return TMX.format(*(f'<tuv xml:lang="{language}"><seg>{text}</seg></tuv>' for text in targets))


@pytest.fixture(scope="module")
def edition_file(harvest: Harvest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition with an approved rendering and a proposed one."""
    ids = {term.name: term.senses[0].id for term in harvest.terms if term.senses}
    found = {
        ids["六个不发生"]: (Equivalent("", "", "en", "Six No-Occurrences (none)", "approved", "us", "", ""),),
        ids["数据得地"]: (Equivalent("", "", "en", "Land by Data", "proposed", "us", "", ""),),
    }
    path = tmp_path_factory.mktemp("checked") / "glossary.db"
    write_edition(replace(harvest, terms=with_equivalents(harvest.terms, found)), path)
    return path


@pytest.mark.parametrize(("day", "expected"), [("2016-03-05", []), ("2021-03-05", ["missing-rendering"])])
def test_the_day_of_the_text_decides_between_wordings(
    day: str, expected: list[str], harvest: Harvest, tmp_path: Path
) -> None:
    """What was official on that day is asked for; without a day that would be the latest."""
    name = next(term for term in harvest.terms if term.name == "六个不发生")
    old, new = (Equivalent("", "", "en", text, "official", "us", "", "") for text in ("Six Nevers", "Six Noes"))
    found = {name.senses[0].id: (replace(new, since="2019"), replace(old, until="2018"))}
    write_edition(replace(harvest, terms=with_equivalents(harvest.terms, found)), tmp_path / "glossary.db")
    path = written(tmp_path, tmx("Hold to the Six Nevers", "complete six goals"))
    made = check_file(path, Edition.open(tmp_path / "glossary.db"), None, None, day)
    assert [finding["kind"] for finding in made["findings"]] == expected


def run(edition: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """What `glossary-api check` does with the edition."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GLOSSARY_")}
    command = [sys.executable, "-m", "glossary_api.cli", "check", *map(str, words), "--edition", str(edition)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, check=False)


def written(tmp_path: Path, content: str, name: str = "memory.tmx") -> Path:
    """A file with this content."""
    path = tmp_path / name
    path.write_text(content, "utf-8")
    return path


def test_a_right_translation_passes(edition_file: Path, tmp_path: Path) -> None:
    """Exit code 0, and how much was checked."""
    ran = run(edition_file, written(tmp_path, tmx(*RIGHT)))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.strip() == "2 segments checked: 0 errors, 0 warnings"


def test_errors_are_listed_by_unit_and_fail(edition_file: Path, tmp_path: Path) -> None:
    """Each finding is a line that begins with file and unit; exit code 1."""
    path = written(tmp_path, tmx("Hold to the Six Zeros", "complete five goals"))
    ran = run(edition_file, path)
    assert ran.returncode == 1
    lines = ran.stdout.splitlines()
    assert lines[0].startswith(f"{path}:t1: error: 六个不发生: the rendering is missing")
    assert lines[0].endswith("; use Six No-Occurrences (none)")
    assert lines[1] == f"{path}:t2: error: the source says 六, the target says five"
    assert lines[2].strip() == "2 segments checked: 2 errors, 0 warnings"


def test_warnings_do_not_fail(edition_file: Path, tmp_path: Path) -> None:
    """A missing proposed rendering is said, with exit code 0."""
    path = written(
        tmp_path,
        '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="zh" trgLang="en"><file id="f">'
        '<unit id="u"><segment><source>数据得地</source><target>x</target></segment></unit></file></xliff>',
        "a.xlf",
    )
    ran = run(edition_file, path)
    assert ran.returncode == 0
    assert f"{path}:u: warning: 数据得地: the rendering is missing; use Land by Data" in ran.stdout


def test_json_has_everything(edition_file: Path, tmp_path: Path) -> None:
    """`--json` prints one document with units, lines and spans; the exit code is the same."""
    ran = run(edition_file, written(tmp_path, tmx("Hold to the Six Zeros", RIGHT[1])), "--json")
    assert ran.returncode == 1
    made = json.loads(ran.stdout)
    assert (made["segments"], made["counts"]) == (2, {"error": 1, "warning": 0})
    (finding,) = made["findings"]
    assert finding["source"] == [{"unit": "t1", "line": 2, "start": 3, "end": 8, "text": "六个不发生"}]
    assert finding["term"]["name"] == "六个不发生"


def test_a_language_can_be_chosen(edition_file: Path, tmp_path: Path) -> None:
    """Of a file in several languages only that one is checked, its kinds included."""
    french = '<tuv xml:lang="fr"><seg>cinq</seg></tuv>'
    path = written(tmp_path, tmx(*RIGHT).replace("</tu>", f"{french}</tu>"))
    assert run(edition_file, path, "--language", "en").stdout.strip().startswith("2 segments checked: 0 errors")
    assert run(edition_file, path, "--language", "fr").returncode == 1
    assert run(edition_file, path, "--place", "云溪市").stdout.splitlines()[-1].strip().startswith("4 segments")


@pytest.mark.parametrize(
    ("content", "words", "complaint"),
    [
        ("<tmx", (), "this is not XML"),
        ("<html/>", (), "neither XLIFF nor TMX"),
        (tmx(*RIGHT), ("--language", "de"), "no segment is translated into de; the file has en-US"),
        (tmx("", ""), (), "no segment is translated"),
        (tmx(*RIGHT, language=""), (), "the language of the translation is not given; name it: --language"),
    ],
)
def test_what_cannot_be_checked_is_refused(
    edition_file: Path, tmp_path: Path, content: str, words: tuple[str, ...], complaint: str
) -> None:
    """One line with file, reason and remedy; exit code 2, so that a pipeline can tell it from findings."""
    path = written(tmp_path, content)
    ran = run(edition_file, path, *words)
    assert (ran.returncode, ran.stdout) == (2, "")
    (line,) = ran.stderr.splitlines()
    assert line.startswith(f"glossary-api: {path}")
    assert complaint in line


def test_a_missing_file_or_edition_is_refused(edition_file: Path, tmp_path: Path) -> None:
    """Without the file, or without the edition, nothing is checked: exit code 2."""
    missing = run(edition_file, tmp_path / "none.tmx")
    assert (missing.returncode, "No such file" in missing.stderr) == (2, True)
    ran = run(tmp_path / "none.db", written(tmp_path, tmx(*RIGHT)))
    assert (ran.returncode, "glossary-api harvest" in ran.stderr) == (2, True)


@pytest.mark.parametrize("name", ["tmx", "xliff"])
def test_what_is_exported_is_right(seed_path: Path, tmp_path: Path, name: str) -> None:
    """The seed's own renderings, exported for translators' tools, are checked without a finding."""
    path = tmp_path / name
    save(exported(Edition.open(seed_path), FORMATS[name]), path)
    made = check_file(path, Edition.open(seed_path), None, None, None)
    assert made["segments"] > 100
    assert made["findings"] == []
