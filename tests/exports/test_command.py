"""`glossary-api export`: a format on standard output, or in a file that is there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossary_api.cli.main import main
from glossary_api.exports.formats import FORMATS
from glossary_api.model.words import KINDS
from glossary_api.queries.export import exported
from glossary_api.settings import Settings
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters


def run(paths: dict[str, Path], *words: str | Path) -> Result:
    """What `glossary-api export` does on the rendered edition."""
    return CliRunner().invoke(main, ["export", *map(str, words), "--edition", str(paths["rendered"])])


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_goes_to_standard_output(paths: dict[str, Path], editions: dict[str, Edition], name: str) -> None:
    """Its bytes, and nothing else; what leads back leads to the server of this machine."""
    ran = run(paths, name)
    assert ran.exit_code == 0
    root = Settings.from_environment().root
    assert ran.stdout_bytes == b"".join(exported(editions["rendered"], FORMATS[name], address=root))
    assert ran.stderr == ""


def test_options_choose_terms_and_language(
    paths: dict[str, Path], editions: dict[str, Edition], tmp_path: Path
) -> None:
    """They are the filters of a list of terms, and go into a file as well."""
    file = tmp_path / "out.csv"
    chosen = ["--kind", "numeral", "--defined", "--report", "yunxi-2024", "--place", "云溪", "--year", "2024"]
    ran = run(paths, "csv", *chosen, "--lang", "fr", "--bom", "-o", file)
    filters = TermFilters(kind="numeral", defined=True, report="yunxi-2024", place="云溪", year=2024)
    assert (ran.exit_code, ran.stdout) == (0, "")
    assert file.read_bytes() == b"".join(exported(editions["rendered"], FORMATS["csv"], filters, "fr", bom=True))
    assert len(file.read_bytes().splitlines()) == 4


def test_every_kind_can_be_chosen(paths: dict[str, Path]) -> None:
    """The option has the kinds of the model, and no other."""
    ran = run(paths, "csv", "--kind", "x")
    assert ran.exit_code == 2
    listed = ", ".join(f"'{kind}'" for kind in KINDS)
    assert f"'x' is not one of {listed}." in ran.stderr


def test_terms_without_a_definition_can_be_chosen(paths: dict[str, Path]) -> None:
    """The opposite of those with one; together they are all."""
    lines = [run(paths, "jsonl", *words).stdout.splitlines() for words in ((), ("--defined",), ("--undefined",))]
    assert sorted(lines[1] + lines[2]) == sorted(lines[0])
    assert all(lines)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["tbx3"], "there is no format 'tbx3'; use one of tbx,"),
        (["tbx", "--bom"], "the format tbx has no byte order mark"),
        (["sqlite", "--kind", "plan"], "kind: the format sqlite is the whole edition"),
        (["tbx", "--lang", "English"], "'English' is not a language code"),
        (["tbx", "--place", "云溪县"], "place: no place '云溪县' is known; did you mean 云溪市"),
        (["tbx", "-o", "/nowhere/at/all.tbx"], "/nowhere/at/all.tbx: it cannot be written: No such file or directory"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(paths: dict[str, Path], words: list[str], complaint: str) -> None:
    """With a remedy, and exit code 1."""
    ran = run(paths, *words)
    assert ran.exit_code == 1
    assert ran.stdout == ""
    (line,) = ran.stderr.splitlines()
    assert complaint in line
    assert ";" in line


def test_a_file_stays_when_an_export_fails(
    paths: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was there before is there still, and nothing lies beside it."""
    file = tmp_path / "out.tbx"
    file.write_text("before", "utf-8")

    def fails(*_: object) -> object:
        yield b"<tbx>"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("glossary_api.exports.tbx.Writer.write", fails)
    ran = run(paths, "tbx", "-o", file, "--replace")
    assert ran.exit_code == 1
    assert "No space left on device" in ran.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["out.tbx"]
    assert file.read_text("utf-8") == "before"


def test_the_help_has_the_manual_of_every_format() -> None:
    """Without an edition, and with every word of it."""
    text = " ".join(CliRunner().invoke(main, ["export", "--help"]).output.split())
    for format_ in FORMATS.values():
        assert f"{format_.name} {format_.summary} ({format_.suffix}). {format_.manual}" in text


def test_an_export_with_nothing_in_it_says_so(edition_path: Path, tmp_path: Path) -> None:
    """On standard error, so that a file stays a file; one with something in it says nothing."""
    options = ["--edition", str(edition_path), "-o", str(tmp_path / "file"), "--replace"]
    assert "the export has no entry" in CliRunner().invoke(main, ["export", "deepl", *options]).stderr
    assert CliRunner().invoke(main, ["export", "csv", *options]).stderr == ""
