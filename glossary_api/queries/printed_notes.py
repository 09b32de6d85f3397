"""The 名词解释 of a draft as a Word file (.docx), laid out as official appendices are: ready to be pasted behind it.

Behind the appendix, on a page of their own, stand two tables for whoever checks it: where each explanation comes from,
and what has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from lxml import etree  # type: ignore[import-untyped]

from glossary_api.model.messages import CHINESE
from glossary_api.queries.draft_notes import DraftNote, DraftNotes
from glossary_api.queries.report_glossary.word import allowed, lay_out, saved, stamp
from glossary_api.queries.report_glossary.wording import source_in_words

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

TITLE = "名词解释"
SOURCES = "出处（供核对，定稿时删去）"
LEFT_OPEN = "没有写入的提法（供核对，定稿时删去）"
_TITLE_FONT, _FONT, _TABLE_FONT = "方正小标宋简体", "仿宋_GB2312", "宋体"
_ELSE = {_TITLE_FONT: "宋体", _FONT: "仿宋"}
"""What a font is replaced by where it is missing."""
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TITLE_SIZE, _SIZE, _TABLE_SIZE, _LINE = 22, 16, 10.5, 28
"""In points: 二号, 三号, 五号, and the height of a line."""


def printed(notes: DraftNotes) -> bytes:
    """Return the .docx; the same bytes for the same notes. Characters that XML cannot have are left out."""
    import docx  # slow to import, and only this needs it

    document = docx.Document()
    stamp(document, TITLE)
    lay_out(document)
    _name_fonts(document)
    _title(document)
    for number, note in enumerate(notes.notes, 1):
        _entry(document, f"{number}．", note)
    rows = [(str(n), note.name, _origin(note)) for n, note in enumerate(notes.notes, 1)]
    _table(document, SOURCES, {"序号": 12, "名称": 44, "出处": 100}, rows, on_new_page=True)
    left = [(one.name, one.reason.said(CHINESE)) for one in notes.left_open]
    _table(document, LEFT_OPEN, {"名称": 56, "原因": 100}, left)
    return saved(document)


def _title(document: Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(_LINE)
    _write(title, TITLE, _TITLE_FONT, _TITLE_SIZE)


def _entry(document: Document, number: str, note: DraftNote) -> None:
    from docx.shared import Pt

    for place, line in enumerate(note.sentence.split("\n")):
        paragraph = document.add_paragraph()
        layout = paragraph.paragraph_format
        layout.first_line_indent, layout.line_spacing = Pt(2 * _SIZE), Pt(_LINE)
        layout.space_after = Pt(0)
        if place == 0:
            _write(paragraph, f"{number}{note.name}：", _FONT, _SIZE, bold=True)
        _write(paragraph, line, _FONT, _SIZE)


def _table(
    document: Document,
    heading: str,
    columns: Mapping[str, int],
    rows: Sequence[Sequence[str]],
    *,
    on_new_page: bool = False,
) -> None:
    """Add a table under a heading; `columns` are as many millimetres wide."""
    from docx.shared import Mm, Pt

    head = document.add_paragraph()
    head.paragraph_format.page_break_before, head.paragraph_format.space_before = on_new_page, Pt(_TABLE_SIZE)
    _write(head, heading, _TABLE_FONT, _TABLE_SIZE, bold=True)
    if not rows:
        _write(document.add_paragraph(), "（无）", _TABLE_FONT, _TABLE_SIZE)
        return
    table = document.add_table(rows=0, cols=len(columns), style="Table Grid")
    for column, width in zip(table.columns, columns.values(), strict=True):
        column.width = Mm(width)  # and that of the cells of the rows that come
    for row in (tuple(columns), *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _write(cell.paragraphs[0], text, _TABLE_FONT, _TABLE_SIZE)


def _write(paragraph: Paragraph, text: str, font: str, size: float, *, bold: bool = False) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(allowed(text))
    run.bold, run.font.size, run.font.name = bold, Pt(size), font
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _origin(note: DraftNote) -> str:
    return "本稿" if note.source is None else source_in_words(note.source)


def _name_fonts(document: Document) -> None:
    """Write into the file's table of fonts which font stands in for one that is missing."""
    parts: Iterable[object] = document.part.package.iter_parts()
    for part in parts:
        if str(getattr(part, "partname", "")) == "/word/fontTable.xml":
            fonts = etree.fromstring(part.blob)  # type: ignore[attr-defined]
            for name, other in _ELSE.items():
                font = etree.SubElement(fonts, f"{{{_W}}}font", {f"{{{_W}}}name": name})
                etree.SubElement(font, f"{{{_W}}}altName", {f"{{{_W}}}val": other})
            part._blob = etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)  # type: ignore[attr-defined]
