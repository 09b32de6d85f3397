from __future__ import annotations

import pytest

from glossary_api.reading.docx import read_docx
from glossary_api.reading.tally import Tally
from tests.makers import WORD, docx_of, zip_of

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def word_with(name: str, part: bytes) -> bytes:
    """A Word file that shows another document between two paragraphs."""
    chunk = f'<w:altChunk xmlns:r="{OFFICE}" r:id="rId7"/>'
    return zip_of({
        "word/document.xml": (
            f'<w:document xmlns:w="{WORD}"><w:body>{P.format("前")}{chunk}{P.format("后")}</w:body></w:document>'
        ),
        "word/_rels/document.xml.rels": f'<Relationships><Relationship Id="rId7" Target="{name}"/></Relationships>',
        f"word/{name.removeprefix('/word/')}": part,
    })  # fmt: skip


PAGE = "<html><body><p>各位代表：</p><p>我们推进“三清一改”。</p></body></html>".encode()


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("a.html", PAGE),
        ("/word/a.htm", PAGE),
        ("b.docx", docx_of(["各位代表：", "我们推进“三清一改”。"])),
        ("c.txt", "各位代表：\n我们推进“三清一改”。".encode()),
        (
            "d.mht",
            b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + PAGE,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_documents_in_a_document(name: str, part: bytes) -> None:
    """A page, another Word file or a text that a Word file holds whole is read at its place."""
    assert read_docx(word_with(name, part)).split("\n") == ["前", "各位代表：", "我们推进“三清一改”。", "后"]


def test_what_cannot_be_read_is_counted() -> None:
    """A document of another kind, and one in a document in a document, is counted."""
    for part in (rb"{\rtf1 x}", word_with("b.html", PAGE)):
        tally = Tally()
        assert read_docx(word_with("b.bin", part), tally).split("\n")[0] == "前"
        assert [one.reason for one in tally.left_out()] == ["part"]
