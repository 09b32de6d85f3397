from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from glossary_api.errors import ReadError
from glossary_api.reading.docx import read_docx
from glossary_api.reading.html import looks_like_html, read_html
from glossary_api.reading.read import read
from glossary_api.reading.word import package
from tests.pace import paces

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = "".join(f'<w:style w:styleId="S{n}"><w:basedOn w:val="S{n + 1}"/></w:style>' for n in range(20_000))


def bomb(size: int) -> bytes:
    """A .docx whose text unpacks to this many spaces."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("word/document.xml", b" " * size)
    return stream.getvalue()


@pytest.mark.parametrize("size", [2_000_000, 100_000_000])
def test_zip_bomb(size: int) -> None:
    """A part that grows more than a text does is refused before it is unpacked whole, and names the limit."""
    with pytest.raises(ReadError, match=r"unpacks to more than [\d,]+ bytes"):
        read_docx(bomb(size))


def test_large_part(monkeypatch: pytest.MonkeyPatch, word: Callable[..., bytes]) -> None:
    """A part over the greatest size is refused whatever its ratio."""
    monkeypatch.setattr(package, "MAX_PART_BYTES", 500)
    with pytest.raises(ReadError, match="unpacks to more than 500 bytes"):
        read_docx(word("<w:p/>" * 100))


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<w:p/>" * 1_001, "more than 1,000 tags"),
        ("<w:tbl><w:tr><w:tc>" * 2_000 + "</w:tc></w:tr></w:tbl>" * 2_000, "nested too deeply|damaged"),
        ("<w:ins>" * 1_000 + "</w:ins>" * 1_000, "nested too deeply|damaged"),
    ],
    ids=["tags", "tables", "insertions"],
)
def test_hostile_word_files(
    inside: str, message: str, word: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too many elements and too deep ones are refused."""
    if "tags" in message:
        monkeypatch.setattr(package, "MAX_TAGS", 1_000)
    with pytest.raises(ReadError, match=message):
        read_docx(word(inside))


@pytest.mark.parametrize(
    ("inside", "parts", "length"),
    [
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 20_000, {}, 0),
        ("<w:p>" + "<w:r><w:t>甲</w:t></w:r><w:r><w:t/></w:r>" * 50_000 + "</w:p>", {}, 50_000),
        ('<w:p><w:pPr><w:pStyle w:val="S0"/></w:pPr></w:p>' * 5_000, {"styles": STYLES}, 4_999),
    ],
    ids=["fields", "runs", "styles"],
)
def test_hostile_word_files_finish(
    inside: str, parts: dict[str, str], length: int, word: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many open fields, long paragraphs and long chains of styles are read in linear time."""
    monkeypatch.setattr(package, "MAX_RATIO", 10_000)
    file = word(inside, **parts)
    assert len(read_docx(file)) == length
    assert paces(lambda: read_docx(file)) < 80


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<div>" * 100_000, "nested more than"),
        ("<table>" * 100_000, "nested more than"),
        ("<p>" + "".join(f"<font size={n}>" for n in range(250)) + "<p>x" * 30_000, "nested more than"),
        ("<br>" * 500_001, "more than 500,000 tags"),
        ("<table><tr><td>" * 290 + "text", "nested too deeply"),
    ],
    ids=["elements", "tables", "formatting", "tags", "cells"],
)
def test_hostile_pages(html: str, message: str) -> None:
    """Pages that would take an HTML parser more than linear time or space are refused first."""
    with pytest.raises(ReadError, match=message):
        read_html(b"<html>" + html.encode())


@pytest.mark.parametrize(
    "html",
    [
        "<!--" * 200_000,
        "<!---->" * 100_000,
        "<" * 1_000_000,
        "&" * 1_000_000,
        "<p>" + "甲\n" * 500_000,
        "<p " + "a=1 " * 200_000 + ">甲",
        "<a href=#1>1</a>" * 100_000,
        "<b>" + "<p>甲" * 100_000,
        " " * 1_000_000 + "<p>甲",
    ],
    ids=["open comments", "comments", "brackets", "ampersands", "breaks", "attributes", "links", "bold", "spaces"],
)
def test_hostile_pages_finish(html: str) -> None:
    """Long runs of anything that patterns look for are recognised and read in linear time."""
    assert paces(lambda: (looks_like_html(html.encode()), read_html(b"<html>" + html.encode()))) < 80


def test_ten_megabytes(saved: Callable[[str, bytes], Path]) -> None:
    """Ten megabytes of text are read in about a second or less, in either encoding."""
    text = "坚守安全底线，推进高质量发展。\n" * 160_000
    for encoding in ("utf-8", "gb18030"):
        path = saved("large.txt", text.encode(encoding))
        assert read(path).text == text
        assert paces(partial(read, path)) < 16


PREFIXES = [b"", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"\xef\xbb\xbf", b"<?xml version='1.0'?><p>"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.tuples(st.sampled_from(PREFIXES), st.binary(max_size=400)).map(b"".join))
@example(data=b"\xff\xfe\x00\xd8")
@example(data=b"<html>\0<p>\0")
def test_any_bytes(data: bytes, tmp_path: Path) -> None:
    """Whatever bytes a file holds, it is read as text that can be stored, or refused in one printable line."""
    path = tmp_path / "any"
    path.write_bytes(data)
    outcome = outcome_of(path)
    assert outcome.strip()
    outcome.encode("utf-8")


def outcome_of(path: Path) -> str:
    """The text of a file, or the one line that refuses it."""
    try:
        return read(path).text
    except ReadError as error:
        return str(error) if str(error).isprintable() else ""


ELEMENTS = ["w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:pPr", "w:numPr", "w:fldChar", "w:txbxContent", "w:del"]
ATTRIBUTES = ["", ' w:val="9999999999"', ' w:val="-1"', ' w:fldCharType="end"', ' w:id="x"', ' w:fldCharType="begin"']
TREES = st.recursive(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="<&\ufffe\uffff"), max_size=5
    ),
    lambda inside: st.builds(
        lambda name, attribute, children: f"<{name}{attribute}>{''.join(children)}</{name}>",
        st.sampled_from(ELEMENTS),
        st.sampled_from(ATTRIBUTES),
        st.lists(inside, max_size=4),
    ),
    max_leaves=20,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(inside=TREES, numbering=TREES, styles=TREES)
def test_any_word_file(inside: str, numbering: str, styles: str, word: Callable[..., bytes]) -> None:
    """Whatever well-formed elements stand where in a Word file, it is read."""
    read_docx(word(inside, numbering=numbering, styles=styles, footnotes=inside))


PIECES = (
    *(
        "<p>",
        "</p>",
        "<div class=nav>",
        "</div>",
        "<h1>",
        "<br>",
        "<ol>",
        "<li>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
    ),
    *("<sup>", "</sup>", "<a href=#x>", "<a href=x>", "</a>", "<ul hidden>", "1", "甲。", " ", "\n"),
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_page(pieces: list[str]) -> None:
    """Whatever tags follow each other, the page is read, and where nothing is furniture no word is lost."""
    inside = "".join(pieces)
    text = read_html(f"<html><body>{inside}</body></html>".encode())
    if not any(word in inside for word in ("nav", "href=x", "hidden")):
        assert text.count("甲") == inside.count("甲")
