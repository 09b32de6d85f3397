"""No reader loses a paragraph without counting it."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.errors import ReadError
from glossary_api.model.things import Document
from glossary_api.reading.read import read_bytes
from glossary_api.reading.tally import Tally
from tests.makers import docx_of, needs_libreoffice, ofd_of, office_files, workbook_of, zip_of
from tests.reading.conftest import pdf_file, word_file

Piece = tuple[str, str]
"""How a paragraph is dressed, and its text."""
FIRST = "政府工作报告"
RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
P = f"<w:p>{RUN}</w:p>"
WORD: dict[str, str] = {
    "plain": P,
    "hidden": '<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r></w:p>',
    "deleted": "<w:p><w:del><w:r><w:delText>{}</w:delText></w:r></w:del></w:p>",
    "inserted": f"<w:p><w:ins>{RUN}</w:ins></w:p>",
    "cell": f"<w:tbl><w:tr><w:tc>{P}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
    "deleted row": f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{P}</w:tc></w:tr></w:tbl>",
    "box": f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{P}</w:txbxContent></v:textbox></w:pict></w:r></w:p>",
    "field": f'<w:p><w:fldSimple w:instr="PAGE">{RUN}</w:fldSimple></w:p>',
    "link": f"<w:p><w:hyperlink>{RUN}</w:hyperlink></w:p>",
    "control": f"<w:sdt><w:sdtPr/><w:sdtContent>{P}</w:sdtContent></w:sdt>",
    "alternative": (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>{}</w:t></mc:Choice><mc:Fallback><w:t>甲</w:t></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    ),
    "ruby": (
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>{}</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase>"
        "</w:ruby></w:r></w:p>"
    ),
}
PAGE: dict[str, str] = {
    "plain": "<p>{}</p>",
    "hidden": '<p style="display: none">{}</p>',
    "attribute": "<div hidden>{}</div>",
    "navigation": '<div class="nav">{}</div>',
    "footer": "<footer>{}</footer>",
    "link": '<p><a href="/x">{}</a></p>',
    "cell": "<table><tr><td>{}</td><td>1</td></tr></table>",
    "option": "<select><option>{}</option></select>",
    "frame": "<div><span>{}</span></div>",
    "term": "<dl><dt>{}</dt><dd><p>甲</p><p>乙</p></dd></dl>",
    "explanation": "<dl><dt>甲</dt><dd><p>{}</p><p>乙</p></dd></dl>",
    "note": "<p>甲<sup><a href='#n'>[1]</a></sup></p><ol><li id=n>{} <a href='#m'>↩</a></li></ol>",
    "way back": "<p><a href='#m'>{}</a></p>",
    "tooltip": "<p>“甲乙”<span class=tooltip>{}</span></p>",
}


MARKDOWN: dict[str, str] = {
    "plain": "{}\n",
    "heading": "## {}\n",
    "item": "- {}\n",
    "bold": "**{}**\n",
    "quotation": "> {}\n",
    "row": "| 甲 | {} |\n|---|---|\n",
    "code": "```\n{}\n```\n",
    "note": "[^{0:.4}]: {0}\n",
    "link": "[{}](http://www.example.org)\n",
    "picture": "![{}](a.png)\n",
    "page": "<!-- {} -->\n",
}


def markdown_of(pieces: Sequence[Piece]) -> bytes:
    """A Markdown file of dressed paragraphs."""
    return "\n".join([f"# {FIRST}", "**开头**", *(MARKDOWN[dress].format(text) for dress, text in pieces)]).encode()


def word_of(pieces: Sequence[Piece]) -> bytes:
    """A Word file of dressed paragraphs."""
    return word_file(P.format(FIRST) + "".join(WORD[dress].format(text) for dress, text in pieces))


def page_of(pieces: Sequence[Piece]) -> bytes:
    """A web page of dressed paragraphs."""
    inside = "".join(PAGE[dress].format(html.escape(text)) for dress, text in pieces)
    return f"<html><body><p>{FIRST}</p><p>现在，我代表人民政府，向大会报告政府工作。</p>{inside}</body></html>".encode()


def letter_of(pieces: Sequence[Piece]) -> bytes:
    """A web page of dressed paragraphs as a browser saves it whole."""
    letter = MIMEMultipart("related")
    letter.attach(MIMEText(page_of(pieces).decode(), "html", "utf-8"))
    return letter.as_bytes()


def missing(document: Document, texts: Sequence[str]) -> tuple[int, int]:
    """How many characters of texts a document has not, and how many it counts as left out."""
    found = "".join(document.text.split())
    lost = sum(len(text) for text in texts if text not in found)
    return lost, sum(one.characters for one in document.left_out)


TEXT = st.integers(100_000, 999_999).map(lambda number: f"第{number}段推进各项工作，取得成效。")
KINDS: dict[str, tuple[Callable[[Sequence[Piece]], bytes], Sequence[str]]] = {
    "docx": (word_of, list(WORD)),
    "html": (page_of, list(PAGE)),
    "ofd": (lambda pieces: ofd_of([FIRST, *(text for _, text in pieces)], running="青禾县人民政府文件"), ["plain"]),
    "text": (lambda pieces: "\n".join([FIRST, *(text for _, text in pieces)]).encode("gb18030"), ["plain"]),
    "zip": (lambda pieces: zip_of({"a.docx": word_of(pieces)}), list(WORD)),
    "md": (markdown_of, list(MARKDOWN)),
    "escaped html": (lambda pieces: html.escape(page_of(pieces).decode(), quote=False).encode(), list(PAGE)),
    "mht": (letter_of, list(PAGE)),
    "lines.xlsx": (
        lambda pieces: workbook_of({"报告": [[FIRST], ["各位代表："], *([text] for _, text in pieces)]}),
        ["plain"],
    ),
    "paragraphs.json": (
        lambda pieces: json.dumps([{"title": FIRST, "paragraphs": [text for _, text in pieces] * 40}]).encode(),
        ["plain"],
    ),
    "whole docx": (lambda pieces: docx_of([FIRST, *(text for _, text in pieces)]), ["plain"]),
}


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_no_paragraph_is_lost_uncounted(kind: str, data: st.DataObject) -> None:
    """What of a generated document is not in its text is counted by a reader of any kind, or all of it refused."""
    make, dresses = KINDS[kind]
    pieces = data.draw(
        st.lists(st.tuples(st.sampled_from(dresses), TEXT), min_size=1, max_size=8, unique_by=lambda p: p[1])
    )
    try:
        document = read_bytes(make(pieces), "a")
    except ReadError:
        return  # a page of links alone is refused, which is not silent
    lost, counted = missing(document, [text for _, text in pieces])
    assert lost <= counted


def test_a_pdf_loses_no_paragraph() -> None:
    """A PDF of several pages is read with every paragraph of it, or what is left out is counted."""
    texts = [f"第{number}段推进各项工作，取得成效。" for number in range(100_000, 100_060)]
    lost, counted = missing(read_bytes(pdf_file([FIRST, *texts], header="青禾县人民政府文件"), "a"), texts)
    assert lost <= counted


@needs_libreoffice
@pytest.mark.parametrize(
    ("suffix", "filter_"), [("odt", "writer8"), ("doc", "MS Word 97"), ("rtf", "Rich Text Format")]
)
def test_libreoffice_loses_no_paragraph(suffix: str, filter_: str, tmp_path: Path) -> None:
    """What LibreOffice hands on has every paragraph and cell of the file, or it is counted."""
    texts = [f"第{number}段推进各项工作，取得成效。" for number in range(100_000, 100_040)]
    [made] = office_files([docx_of([FIRST, *texts[:30]], [texts[30:35], texts[35:]])], suffix, filter_, tmp_path)
    assert missing(read_bytes(made, f"a.{suffix}"), texts) == (0, 0)


@pytest.mark.parametrize("kind", ["xlsx", "jsonl", "csv"])
@given(texts=st.lists(TEXT, min_size=3, max_size=6, unique=True), hides=st.booleans())
def test_no_cell_is_lost_uncounted(kind: str, texts: list[str], hides: bool) -> None:
    """What of a data set is in no text and in no field is counted: columns, rows and sheets."""
    report = "".join(f"{text}\n" for text in [FIRST, *texts[2:]]) * 12
    record = {"正文": report, "栏目": texts[0], "区域": "青禾县"}
    match kind:
        case "xlsx":
            hidden = ["备注"] if hides else []
            rows = [list(record), list(record.values()), ["", texts[1], ""]]
            data = workbook_of({"报告": rows, "备注": [[texts[1]]]}, hidden)
        case "jsonl":
            data = "\n".join(json.dumps(one) for one in (record, {"正文": "", "栏目": texts[1]})).encode()
        case _:
            data = f'正文,栏目,区域\n"{report}",{texts[0]},青禾县\n"",{texts[1]},x\n'.encode()
    lost, counted = missing(read_bytes(data, "a"), texts)
    assert lost <= counted
    assert lost >= len(texts[0])


def test_headers_pictures_and_comments_are_counted() -> None:
    """Parts of a Word file that stand outside its text are counted, each by its reason."""
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        '<w:p><w:r><w:t>正文</w:t><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml"/></w:pict></w:r></w:p>'
    )
    part = f"<w:x {namespace}>{P}</w:x>"
    data = zip_of({
        "word/document.xml": f"<w:document {namespace}><w:body>{body}</w:body></w:document>",
        **{f"word/{name}.xml": part.format(name) for name in ("header1", "footer2", "comments")},
        "word/header2.xml": "<damaged",
    })  # fmt: skip
    found = {one.reason: (one.characters, one.pieces) for one in read_bytes(data, "a").left_out}
    assert found == {"header": (7, 1), "footer": (7, 1), "comment": (8, 1), "picture": (0, 1)}


def test_a_reason_is_one_of_the_words() -> None:
    """Nothing is left out for a reason that the program has no word for, and white space is nothing."""
    tally = Tally()
    with pytest.raises(ValueError, match="no reason"):
        tally.leave("because", "text")
    tally.leave("hidden", " \n")
    tally.leave("hidden", "")
    assert tally.left_out() == ()
