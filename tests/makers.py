"""Files of the kinds that people have, made for tests: OFD, workbooks, and what LibreOffice makes of a .docx."""

from __future__ import annotations

import html
import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from glossary_api.reading.office import INSTALL, is_there

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
needs_libreoffice = pytest.mark.skipif(not is_there(), reason=f"LibreOffice is not there: {INSTALL}")


def zip_of(members: Mapping[str, bytes | str]) -> bytes:
    """A zip with these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return stream.getvalue()


def docx_of(lines: Iterable[str], rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A .docx with a paragraph for each line and a table behind them, whole enough for LibreOffice."""
    cell = '<w:tc><w:tcPr><w:tcW w:w="2500" w:type="dxa"/></w:tcPr>{}</w:tc>'
    cells = "".join(f"<w:tr>{''.join(cell.format(_paragraph(text)) for text in row)}</w:tr>" for row in rows)
    grid = '<w:gridCol w:w="2500"/>' * max(map(len, rows), default=0)
    table = f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{cells}</w:tbl><w:p/>" if rows else ""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return zip_of({
        "[Content_Types].xml": (
            f'<Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.wordprocessingml.document.main+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/officeDocument"'
            ' Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": (
            f'<w:document xmlns:w="{WORD}"><w:body>{"".join(map(_paragraph, lines))}{table}</w:body></w:document>'
        ),
    })  # fmt: skip


def _paragraph(line: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{html.escape(line)}</w:t></w:r></w:p>'


def office_files(docx: Sequence[bytes], suffix: str, filter_: str, folder: Path, source: str = "docx") -> list[bytes]:
    """What LibreOffice makes of Word files, or of workbooks: .doc, .rtf, .odt, .xls."""
    sources = [folder / f"{number}.{source}" for number, _ in enumerate(docx)]
    for path, data in zip(sources, docx, strict=True):
        path.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["--headless", "--convert-to", f"{suffix}:{filter_}", "--outdir", str(folder), *map(str, sources)]
    program = shutil.which("soffice") or "libreoffice"
    subprocess.run([program, profile, *command], check=True, capture_output=True, timeout=100)
    return [path.with_suffix(f".{suffix}").read_bytes() for path in sources]


def ofd_of(lines: Iterable[str], running: str = "", per_line: int = 28, per_page: int = 36) -> bytes:
    """An OFD file: paragraphs indented by two signs and broken into lines, a running header behind them."""
    broken = [piece for line in lines for piece in _broken(line, per_line)]
    pages = [broken[at : at + per_page] for at in range(0, len(broken), per_page)]
    refs = "".join(f'<ofd:Page ID="{at + 9}" BaseLoc="Pages/P{at}.xml"/>' for at, _ in enumerate(pages))
    members = {
        "OFD.xml": f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": (
            f"<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
            f'</ofd:PageArea><ofd:TemplatePage ID="2" BaseLoc="Tpls/T.xml"/></ofd:CommonData>'
            f"<ofd:Pages>{refs}</ofd:Pages></ofd:Document>"
        ),
        "Doc_0/Tpls/T.xml": _page([(0, running)], ""),
    }
    for at, page in enumerate(pages):
        members[f"Doc_0/Pages/P{at}.xml"] = _page(page, '<ofd:Template TemplateID="2"/>')
    return zip_of(members)


def _broken(line: str, width: float) -> list[tuple[float, str]]:
    """The lines of a paragraph, each with its indent in em: filled up to a width, Latin signs half as wide."""
    found, used = [(2.0, "")], 2.0
    for sign in line:
        wide = 0.5 if sign.isascii() else 1.0
        if used + wide > width:
            found.append((0.0, ""))
            used = 0.0
        found[-1] = (found[-1][0], found[-1][1] + sign)
        used += wide
    return found


def _page(lines: Sequence[tuple[float, str]], template: str) -> str:
    texts = "".join(_set_line(indent, line, 25 + 6 * at) for at, (indent, line) in enumerate(lines) if line)
    return f"<ofd:Page {OFD}>{template}<ofd:Content><ofd:Layer>{texts}</ofd:Layer></ofd:Content></ofd:Page>"


def _set_line(indent: float, line: str, top: float) -> str:
    """A line in 5 millimetres, its signs as far apart, Latin ones half."""
    steps = " ".join("2.5" if sign.isascii() else "5" for sign in line[:-1])
    same = set(steps.split()) == {"5"}
    delta = f"g {len(line) - 1} 5" if same else steps
    return (
        f'<ofd:TextObject Boundary="{30 + 5 * indent} {top} 150 6" Size="5">'
        f'<ofd:TextCode X="0" Y="4.3" DeltaX="{delta}">{html.escape(line)}</ofd:TextCode></ofd:TextObject>'
    )


def workbook_of(sheets: Mapping[str, Sequence[Sequence[object]]], hidden: Iterable[str] = ()) -> bytes:
    """A workbook with these rows in its sheets, some of them hidden."""
    from openpyxl import Workbook

    book, stream = Workbook(), io.BytesIO()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    book.save(stream)
    return stream.getvalue()
