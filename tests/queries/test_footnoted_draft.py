"""A draft with footnotes put in: all of it as it was, and each explained slogan with a note that Word prints."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from glossary_api.cli.main import main
from glossary_api.parsing.parse import parse
from glossary_api.queries.draft_notes import notes_of_text
from glossary_api.queries.footnoted_draft import FootnotedDraft, footnoted
from glossary_api.reading.docx import read_docx
from glossary_api.reading.read import read_bytes
from glossary_api.reading.word.package import NAMESPACE
from glossary_api.store.edition import Edition
from tests.makers import needs_libreoffice, office_files

HEAD = ("甲县2025年政府工作报告", "各位代表：", "一、今年工作")
REFERENCE = re.compile(
    rb'<w:r xmlns:w="[^"]*"><w:rPr><w:rStyle [^>]*/><w:vertAlign [^>]*/></w:rPr><w:footnoteRef.*?</w:r>'
)
OWN_NOTE = '<w:footnote w:id="{}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>'


def draft_of(*paragraphs: list[str]) -> bytes:
    """A Word file with a title block and paragraphs, each given as its runs; every second run is bold."""
    document = docx.Document()
    for line in HEAD:
        document.add_paragraph(line)
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for number, run in enumerate(runs):
            paragraph.add_run(run).bold = number % 2 == 1
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_own_note(draft: bytes, word: str, note: str) -> bytes:
    """A draft that has a footnote of its own behind a word, number 7 of its file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(draft)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            mark = f'{word}</w:t><w:footnoteReference w:id="7"/><w:t xml:space="preserve">'
            new.writestr(name, old.read(name).replace(word.encode(), mark.encode()))
        new.writestr(
            "word/footnotes.xml", f'<w:footnotes xmlns:w="{NAMESPACE}">{OWN_NOTE.format(7, note)}</w:footnotes>'
        )
    return stream.getvalue()


def made(draft: bytes, edition: Edition) -> FootnotedDraft:
    """The draft with footnotes."""
    text = read_docx(draft)
    return footnoted(draft, text, notes_of_text(edition, text).notes)


def part(package: bytes, name: str) -> bytes:
    """A part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read(name)


PLAIN = draft_of(["守住“六个不发生”底线。"])
ACROSS = draft_of(["守住“六个", "不发", "生”底线 & ", "红线。"])


@pytest.mark.parametrize("draft", [PLAIN, ACROSS], ids=["in one run", "across runs"])
def test_the_note_is_an_entry(draft: bytes, edition: Edition) -> None:
    """The project's own reader finds the note as an entry that explains the slogan."""
    (entry,) = parse(read_bytes(made(draft, edition).content, "draft.docx")).entries
    assert entry.head.strip("“”") == "六个不发生"


@pytest.mark.parametrize("draft", [PLAIN, ACROSS], ids=["in one run", "across runs"])
def test_the_mark_is_behind_the_quotation_mark(draft: bytes, edition: Edition) -> None:
    """The mark follows the closing quotation mark, wherever runs end."""
    assert "“六个不发生”［1］底线" in read_docx(made(draft, edition).content)


def test_nothing_else_changes(edition: Edition) -> None:
    """Without the reference the text is the bytes that it was, if it stands where a run ends."""
    draft = draft_of(["守住“六个", "不发生”", "底线。"])
    assert REFERENCE.sub(b"", part(made(draft, edition).content, "word/document.xml")) == part(
        draft, "word/document.xml"
    )


def test_a_split_run_keeps_its_looks(edition: Edition) -> None:
    """Both parts of a run that the reference splits are set as the whole was."""
    content = made(draft_of(["守住", "“六个不发生”底线。"]), edition).content
    runs = docx.Document(io.BytesIO(content)).paragraphs[-1].runs
    assert [(run.text, run.bold) for run in runs if run.text] == [
        ("守住", False),
        ("“六个不发生”", True),
        ("底线。", True),
    ]


def test_other_parts_stay(edition: Edition) -> None:
    """No part changes but those that footnotes need."""
    after = made(PLAIN, edition).content
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        changed = {name for name in archive.namelist() if archive.read(name) != part(after, name)}
    allowed = {"[Content_Types].xml", "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"}
    assert changed <= allowed


def test_own_footnotes_stay_and_count(edition: Edition) -> None:
    """A footnote that was there is the first still, and the new one the second."""
    draft = with_own_note(draft_of(["建强四廊，守住“六个不发生”底线。"]), "四廊", "“四廊”：东廊、西廊、南廊、北廊。")
    lines = read_docx(made(draft, edition).content).splitlines()
    assert [line[:8] for line in lines[-2:]] == ["［1］“四廊”：", "［2］“六个不发"]


def test_what_the_draft_explains_gets_no_second_note(edition: Edition) -> None:
    """A slogan with a footnote of the draft's own is left with that."""
    draft = with_own_note(draft_of(["守住六个不发生底线。"]), "六个不发生", "“六个不发生”：不发生六种事。")
    assert made(draft, edition).placed == ()


def test_what_stands_in_a_table_is_named(edition: Edition) -> None:
    """A slogan in a table gets no footnote, and is said to have none."""
    document = docx.Document(io.BytesIO(draft_of(["今年这样做。"])))
    document.add_table(1, 1).cell(0, 0).text = "守住“六个不发生”底线。"
    stream = io.BytesIO()
    document.save(stream)
    result = made(stream.getvalue(), edition)
    assert ([note.name for note in result.passed_by], result.placed) == (["“六个不发生”"], ())


def test_the_same_draft_gives_the_same_bytes(edition: Edition) -> None:
    """Nothing of the hour is in the file."""
    assert made(ACROSS, edition).content == made(ACROSS, edition).content


@needs_libreoffice
def test_libreoffice_prints_the_notes(edition: Edition, tmp_path: Path) -> None:
    """Another program prints the mark in the text and the note."""
    (pdf,) = office_files([made(ACROSS, edition).content], "pdf", "writer_pdf_Export", tmp_path)
    assert "“六个不发生”：不发生事件" in read_bytes(pdf, "draft.pdf").text


def test_command(edition_path: Path, tmp_path: Path) -> None:
    """The command says how many footnotes there are, and why a slogan has none."""
    draft, output = tmp_path / "draft.docx", tmp_path / "out.docx"
    draft.write_bytes(draft_of(["守住“六个不发生”底线，推行“七网三环”。"]))
    asked = [
        "--language",
        "en",
        "appendix",
        str(draft),
        "--footnotes",
        "-o",
        str(output),
        "--edition",
        str(edition_path),
    ]
    ran = CliRunner().invoke(main, asked)
    first, second = ran.stdout.splitlines()
    assert first == f"{output}: 1 footnote put in; slogans without one: 1"
    assert second.startswith("no footnote for “七网三环”: ")


def test_no_word_file_is_refused(edition_path: Path, tmp_path: Path) -> None:
    """A draft of another kind is refused in one line."""
    draft = tmp_path / "draft.txt"
    draft.write_text("\n".join([*HEAD, "守住“六个不发生”底线。"]), "utf-8")
    asked = ["appendix", str(draft), "--footnotes", "-o", str(tmp_path / "out.docx"), "--edition", str(edition_path)]
    ran = CliRunner().invoke(main, asked)
    assert (ran.exit_code, len(ran.stderr.splitlines())) == (1, 1)
