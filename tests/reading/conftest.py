"""Files of every kind, written in memory: a Word file from its XML, a PDF from paragraphs."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
ROOTS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "footer1": "ftr",
}


def word_file(body: str, **parts: str) -> bytes:
    """A .docx with this XML inside `w:body`, and with these other parts, each given without its root element."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types></Types>")
        package.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        for name, inside in parts.items():
            package.writestr(f"word/{name}.xml", f"<w:{ROOTS[name]} {NAMESPACES}>{inside}</w:{ROOTS[name]}>")
    return stream.getvalue()


def word_paragraphs(lines: Iterable[str]) -> str:
    """The XML of one paragraph for each line."""
    return "".join(f'<w:p><w:r><w:t xml:space="preserve">{html.escape(line)}</w:t></w:r></w:p>' for line in lines)


def pdf_file(
    lines: Iterable[str],
    *,
    indent: float = 2,
    gap: float = 0,
    titles: int = 0,
    header: str = "",
    marks: Mapping[str, str] | None = None,
) -> bytes:
    """A PDF of A4 pages with page numbers, its lines set as paragraphs in 16 points.

    `indent` and `gap` are in em; the first `titles` lines are centred and larger; `marks` are set raised.
    """
    from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
    from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
    from reportlab.platypus import Paragraph, SimpleDocTemplate  # type: ignore[import-untyped]

    def furniture(canvas: object, document: object) -> None:
        canvas.setFont("STSong-Light", 10)  # type: ignore[attr-defined]
        canvas.drawCentredString(297, 40, f"- {document.page} -")  # type: ignore[attr-defined]
        canvas.drawString(80, 800, header)  # type: ignore[attr-defined]

    def markup(line: str) -> str:
        raised = html.escape(line, quote=False)
        for text, mark in (marks or {}).items():
            raised = raised.replace(text, text.replace(mark, f'<super size="9">{mark}</super>'))
        return raised

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    text = {"fontName": "STSong-Light", "wordWrap": "CJK"}
    body = ParagraphStyle("b", fontSize=16, leading=28, firstLineIndent=16 * indent, spaceAfter=16 * gap, **text)
    title = ParagraphStyle("t", fontSize=22, leading=34, alignment=1, **text)
    stream = io.BytesIO()
    template = SimpleDocTemplate(stream, pagesize=A4, leftMargin=80, rightMargin=80, topMargin=80, bottomMargin=80)
    story = [Paragraph(markup(line), title if place < titles else body) for place, line in enumerate(lines)]
    template.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return stream.getvalue()


@pytest.fixture
def word() -> Callable[..., bytes]:
    """The writer of Word files: XML of the body, and by name that of styles, numbering, footnotes, endnotes."""
    return word_file


@pytest.fixture
def word_lines() -> Callable[[Iterable[str]], bytes]:
    """A writer of Word files with one paragraph for each line."""
    return lambda lines: word_file(word_paragraphs(lines))


@pytest.fixture
def pdf() -> Callable[..., bytes]:
    """The writer of PDF files."""
    return pdf_file


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Write a file and give back its path."""

    def save(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return save


@pytest.fixture(scope="session")
def seed_lines() -> list[str]:
    """The lines of a seed report with appendix and marks, without empty ones and with single spaces."""
    seed = Path(__file__).parents[2] / "seed" / "reports" / "kunshan-2024.txt"
    return [" ".join(line.split()) for line in seed.read_text("utf-8").split("\n") if line.strip()]


@pytest.fixture
def rezipped() -> Callable[..., bytes]:
    """Copy a zip with bytes of its members replaced and members renamed."""

    def copy(data: bytes, replaced: Mapping[bytes, bytes], renamed: Mapping[str, str] | None = None) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                content = source.read(name)
                for before, after in replaced.items():
                    content = content.replace(before, after)
                target.writestr((renamed or {}).get(name, name), content)
        return stream.getvalue()

    return copy
