"""A glossary as a Word file (.docx): the same sheet, the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from glossary_api.queries.report_glossary.wording import Item, Quote, Sheet

if TYPE_CHECKING:
    from docx.document import Document

_FONT = "宋体"
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The day in every file: the clock would make each answer another one."""
_PAPER = {"page_width": 210, "page_height": 297}
_MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
"""In millimetres, as GB/T 9704 has them for official documents."""


def word(sheet: Sheet) -> bytes:
    """Return the glossary as a .docx.

    The same bytes for the same sheet. Characters that XML cannot have are left out.
    """
    import docx  # slow to import, and only this format needs it

    document = docx.Document()
    _prepare(document, sheet.title)
    document.add_heading(allowed(sheet.title), level=0)
    document.add_paragraph(allowed(sheet.note))
    for part in sheet.parts:
        document.add_heading(allowed(part.heading), level=1)
        document.add_paragraph(allowed(part.note))
        for number, item in enumerate(part.items, 1):
            _add_item(document, number, item)
    return saved(document)


def _prepare(document: Document, title: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for style in ("Normal", "Title", "Heading 1", "Quote"):
        fonts = document.styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        # A theme's font would win over the one that is named.
        for name in [name for name in fonts.attrib if "Theme" in name]:
            del fonts.attrib[name]
        fonts.set(qn("w:eastAsia"), _FONT)
    quote = document.styles["Quote"]
    quote.font.italic, quote.paragraph_format.left_indent = False, Pt(18)  # slanted Chinese is hard to read
    stamp(document, title)
    lay_out(document)


def stamp(document: Document, title: str) -> None:
    """Write title and author into a document, and no time of day."""
    about = document.core_properties
    about.title, about.author, about.comments, about.language = allowed(title), "glossary-api", "", "zh-CN"
    about.created = about.modified = _EPOCH


def lay_out(document: Document) -> None:
    """Give a document the paper and the margins of official ones, where Word's own are American."""
    from docx.shared import Mm

    for name, length in (_PAPER | _MARGINS).items():
        setattr(document.sections[0], name, Mm(length))


def _add_item(document: Document, number: int, item: Item) -> None:
    """Add an entry: number (as text, to stay) and name in bold, each definition with its source, a note."""
    document.add_paragraph().add_run(allowed(f"{number}. {item.name}")).bold = True
    for quote in item.quotes:
        _add_quote(document, quote)
    document.add_paragraph(allowed(item.note))


def _add_quote(document: Document, quote: Quote) -> None:
    document.add_paragraph(allowed(quote.text), style="Quote")
    source = document.add_paragraph("——")
    source.add_run(allowed(f"〔{quote.label}〕")).bold = True
    source.add_run(allowed(quote.source))


def allowed(text: str) -> str:
    """Return a text without the characters that XML cannot have."""
    return _NOT_XML.sub("", text)


def saved(document: Document) -> bytes:
    """Return the bytes of a document, without the hour at which the archive was packed."""
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return packed((entry.filename, archive.read(entry)) for entry in archive.infolist())


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Return an archive of parts by their names, with the same day for each."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, _EPOCH.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return stream.getvalue()
