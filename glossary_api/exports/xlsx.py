"""An Excel workbook: the rows of the table, every cell a text, so that no reader makes a number of 00."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from glossary_api.exports import tables
from glossary_api.exports.archive import Archive
from glossary_api.exports.cleaning import in_xml
from glossary_api.exports.concepts import Concept, JsonObject, concepts
from glossary_api.exports.header import SOURCE_LANGUAGE, Header, Layout
from glossary_api.text.cells import is_formula

AS_TEXT = """Every cell is a text, also where it begins as a formula does; unless `formulas` are wanted, such a cell
has the mark by which spreadsheets keep it so when it is typed over."""
MANUAL = f"{tables.MANUAL.removesuffix(tables.GUARDED)}{AS_TEXT}"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LONGEST = 32_767
"""Characters that Excel takes in a cell."""
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Glossary" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    # Number format 49 is text: what is typed over a cell later stays one, too.
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font>'
    '</fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/>'
    '</borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/>'
    '<xf numFmtId="49" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" xfId="0" applyNumberFormat="1" quotePrefix="1"/></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the archive in pieces."""
    return workbook(header, itertools.chain([list(tables.COLUMNS)], tables.rows(terms)))


def workbook(header: Header, rows: Iterable[list[str]]) -> Iterator[bytes]:
    """Yield a workbook with one sheet of these rows, the first of which stays in sight."""
    archive = Archive(header.origin)
    for name, content in _PARTS.items():
        archive.add(name, (_XML + content).encode())
    with archive.member("xl/worksheets/sheet1.xml") as sheet:
        pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        sheet.write(f'{_XML}<worksheet xmlns="{_MAIN}">{view}<sheetData>'.encode())
        for number, row in enumerate(rows, 1):
            sheet.write(f'<row r="{number}">{"".join(_cell(text, header.formulas) for text in row)}</row>'.encode())
            yield from archive.taken()
        sheet.write(b"</sheetData></worksheet>")
    yield archive.end()


def _cell(text: str, formulas: bool) -> str:
    said = escape(in_xml(text[:_LONGEST]))
    style = 1 if formulas or not is_formula(text) else 2
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>' if said else '<c s="1"/>'


def _by_language(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the archive in pieces. All rows are kept until the last is known: it may bring a language of its own."""
    rows = [row for term in terms for concept in concepts(term) for row in _rows(concept)]
    languages = sorted({language for _, _, rendered in rows for language in rendered})
    table = [[id_, name, *(rendered.get(code, "") for code in languages)] for id_, name, rendered in rows]
    return workbook(header, [["id", SOURCE_LANGUAGE, *languages], *table])


def _rows(concept: Concept) -> Iterator[tuple[str, str, dict[str, str]]]:
    by_name: dict[str, dict[str, str]] = {}
    for one in concept.equivalents:
        by_name.setdefault(concept.source_of(one), {}).setdefault(one["language"], one["rendering"])
    for name, rendered in by_name.items():
        yield concept.id, name, rendered


LANGUAGES = Layout(
    f"""One row for each name that is rendered in a sense. Columns: `id` (of the sense), `zh-CN` (the name), and
one for each language that has renderings, called by its BCP 47 code, with the most official rendering. Definitions,
statuses, notes, sources and further renderings are left out; the format xlsx holds them. {AS_TEXT}""",
    _by_language,
)
"""One row for each sense and a column for each language: what translation tools take."""
