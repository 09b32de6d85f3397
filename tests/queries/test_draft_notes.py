"""The 名词解释 of a draft, and the Word file that it is printed as."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from glossary_api.cli.main import main
from glossary_api.queries.draft_notes import DraftNotes, notes_of_text
from glossary_api.queries.printed_notes import LEFT_OPEN, SOURCES, TITLE, printed
from glossary_api.store.edition import Edition
from glossary_api.text.places import NamedPlace

DRAFT = """甲县2025年政府工作报告
各位代表：
一、今年工作
守住“六个不发生”底线，推行“七网三环”，建强“四廊”。

名词解释
1．“四廊”：东廊、西廊、南廊、北廊。
"""


def _notes(edition: Edition, place: NamedPlace | None = None) -> DraftNotes:
    return notes_of_text(edition, DRAFT, place)


def test_every_slogan_is_explained_once_or_left_open(edition: Edition) -> None:
    """Names come in the order of the text: what is explained, with its source; the rest apart."""
    notes = _notes(edition)
    assert [note.name for note in notes.notes] == ["“六个不发生”", "“四廊”"]
    assert [note.source and note.source["report"] for note in notes.notes] == ["yunxi-2024", None]
    assert [one.name for one in notes.left_open] == ["“七网三环”"]


def test_what_ties_is_not_chosen(edition: Edition) -> None:
    """A name that means two things, neither of them nearer to the draft, is left to its author."""
    text = "甲县2025年政府工作报告\n各位代表：\n一、今年工作\n推行“135”工作体系。\n"
    assert notes_of_text(edition, text).notes == ()
    assert [one.name for one in notes_of_text(edition, text).left_open]


def test_the_file_has_everything(edition: Edition) -> None:
    """The title, the numbered entries, the table of sources and that of what is left open stand in the file."""
    document = docx.Document(io.BytesIO(printed(_notes(edition))))
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip()]
    assert [texts[0], *texts[3:]] == [TITLE, SOURCES, LEFT_OPEN]
    assert texts[1].startswith("1．“六个不发生”：不发生事件")
    assert texts[2] == "2．“四廊”：东廊、西廊、南廊、北廊。"
    sources, left = ([[cell.text for cell in row.cells] for row in table.rows] for table in document.tables)
    assert "yunxi-2024" in sources[1][2]
    assert sources[2][2] == "本稿"
    assert left[1][0] == "“七网三环”"


def test_the_page_is_that_of_official_documents(edition: Edition) -> None:
    """Paper is A4, and the tables are as wide as the text on it."""
    document = docx.Document(io.BytesIO(printed(_notes(edition))))
    (page,) = document.sections
    lengths = (page.page_width, page.page_height, page.left_margin, page.right_margin)
    width, height, left, right = (length.mm for length in lengths if length is not None)
    assert (width, height) == (pytest.approx(210, 0.01), pytest.approx(297, 0.01))
    for table in document.tables:
        widths = [cell.width.mm for cell in table.rows[0].cells if cell.width]
        assert sum(widths) == pytest.approx(width - left - right, 0.01)


def test_missing_fonts_have_others(edition: Edition) -> None:
    """The file names the fonts of official documents, and what stands for them where they are missing."""
    with zipfile.ZipFile(io.BytesIO(printed(_notes(edition)))) as archive:
        body, fonts = (archive.read(f"word/{name}.xml").decode() for name in ("document", "fontTable"))
    for font in ("方正小标宋简体", "仿宋_GB2312"):
        assert font in body
        assert f'name="{font}"' in fonts
    assert "altName" in fonts


def test_the_same_notes_are_the_same_bytes(edition: Edition) -> None:
    """Nothing of the hour is in the file."""
    assert printed(_notes(edition)) == printed(_notes(edition))


def test_command(edition_path: Path, tmp_path: Path) -> None:
    """The command writes the file and says how much is explained and how much is open; a bad place is one line."""
    draft, output = tmp_path / "draft.txt", tmp_path / "out.docx"
    draft.write_text(DRAFT, "utf-8")
    asked = ["--language", "en", "appendix", str(draft), "-o", str(output), "--edition", str(edition_path)]
    ran = CliRunner().invoke(main, asked)
    assert (ran.exit_code, ran.stdout) == (0, f"{output}: 2 explained, 1 left open (listed behind them)\n")
    assert docx.Document(str(output)).paragraphs[0].text == TITLE
    refused = CliRunner().invoke(main, [*asked, "--place", "乌有县"])
    assert refused.exit_code == 1
    assert len(refused.stderr.splitlines()) == 1
