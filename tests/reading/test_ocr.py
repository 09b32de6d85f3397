from __future__ import annotations

import io

import pytest

from glossary_api.errors import ReadError
from glossary_api.harvesting.definitions import noted
from glossary_api.model.things import Definition, Document
from glossary_api.parsing.parse import parse
from glossary_api.reading import ocr
from glossary_api.reading.ocr import CountedNotes
from glossary_api.reading.pages.layout import set_lines
from glossary_api.reading.pdf import read_pdf
from glossary_api.reading.read import read_bytes
from glossary_api.reading.tally import Tally

FONT = "STSong-Light"
REPORT = ["政府工作报告", "各位代表：", "我们坚持稳中求进，推进“三清一改”，办成了一批实事。", "让我们携手奋进！"]
NOTES = [
    "名词解释",
    "1. 三清一改：指清河道、清垃圾、清路障，改造危旧房屋。",
    "2. 四个到户：指政策宣讲到户、服务回访到户。",
]


def printed(*pages: list[str]) -> bytes:
    """A PDF with these lines on its pages."""
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    for lines in pages:
        canvas.setFont(FONT, 14)
        for place, line in enumerate(lines):
            canvas.drawString(80, 700 - 28 * place, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def scanned(data: bytes, *numbers: int) -> bytes:
    """The same PDF with some of its pages, counted from 0, as pictures."""
    import pypdfium2  # type: ignore[import-untyped]
    from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
    from reportlab.pdfgen.canvas import Canvas

    source, made = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new()
    for number in range(len(source)):
        if number not in numbers:
            made.import_pages(source, [number])
            continue
        stream = io.BytesIO()
        canvas = Canvas(stream, pagesize=(595, 842))
        canvas.drawImage(ImageReader(source[number].render(scale=200 / 72).to_pil()), 0, 0, 595, 842)
        canvas.save()
        made.import_pages(pypdfium2.PdfDocument(stream.getvalue()))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without the extra."""
    monkeypatch.setattr(ocr, "is_installed", lambda: False)


@pytest.mark.usefixtures("without_ocr")
def test_half_scanned_files_say_which_pages_were_not_read() -> None:
    """Pages that are pictures are counted and named where OCR is not installed; the others are read."""
    document = read_bytes(scanned(printed(REPORT, NOTES, REPORT), 1), "report.pdf")
    assert document.bare_pages == (2,)
    assert ("page", 1) in {(one.reason, one.pieces) for one in document.left_out}
    findings = [str(finding.message) for finding in parse(document).findings if finding.kind == "bare-pages"]
    assert findings == ["these pages are pictures and were not read: 2"]


@pytest.mark.usefixtures("without_ocr")
def test_scanned_files_are_refused_with_the_remedy() -> None:
    """A file of nothing but pictures is refused, and the line says how to install OCR."""
    with pytest.raises(ReadError, match="no text layer") as refused:
        read_pdf(scanned(printed(REPORT), 0), Tally())
    assert "pip install 'glossary-api[ocr]'" in str(refused.value.remedy)


def test_lines_become_glyphs() -> None:
    """Lines of OCR that are set alike get one size and stand side by side as they were printed."""
    lines: list[ocr.Line] = [
        ("推进高质量发展的工作", 80, 221, 698, 713),
        ("我们坚持稳中求进推进", 300, 438, 699, 712),
        ("各位代表", 80, 137, 670, 684),
    ]
    made = set_lines(0, ocr.glyphs_of(lines))
    assert [line.text for line in made] == ["推进高质量发展的工作 我们坚持稳中求进推进", "各位代表"]
    assert {line.size for line in made} == {made[0].size}


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("深化“十个百万’拥军项目”", "深化“‘十个百万’拥军项目”"),
        ("“产业空间3+N’体系”、N’个办法", "“产业空间‘3+N’体系”、‘N’个办法"),
        ("“‘两重’项目”", "“‘两重’项目”"),
        ("People’s", "People’s"),
    ],
)
def test_quotation_marks_that_were_not_seen(read: str, printed: str) -> None:
    """A single quotation mark that closes where none is open was opened before the name or the figures before it."""
    assert "".join(glyph.character for glyph in ocr.glyphs_of([(read, 80, 221, 698, 713)])) == printed


def test_circled_numbers_above_ten() -> None:
    """Behind ⑩, which may come with a digit too many, the numbers that are due stand for those that were not known."""
    read = [*"①②③④⑤⑥⑦⑧⑨", "⑩0“乙”：二。", "接着说。", "①“丙”：三。", "②“丁”：四。"]
    notes = CountedNotes()
    pages = [[(text, 0.0, 9.0, 0.0, 9.0) for text in part] for part in (read[:10], read[10:])]
    assert [line[0][0] for page in pages for line in notes.mended(page)][8:] == ["⑨", "⑩", "接", "⑪", "⑫"]


def test_circled_numbers_that_begin_anew() -> None:
    """A list may begin anew, and ⑩ behind other numbers than ⑨ is a mark that happens to begin a line."""
    lines = [(sign, 0.0, 9.0, 0.0, 9.0) for sign in "①②①②⑦⑩①②"]
    assert "".join(line[0] for line in CountedNotes().mended(lines)) == "①②①②⑦⑩①②"


def test_the_dash_between_years() -> None:
    """The sign between two years is a dash, not the numeral that looks like it."""
    lines = [(text, 0.0, 9.0, 0.0, 9.0) for text in ("2021一2023年，一件一件办", "到2021一")]
    assert [line[0] for line in CountedNotes().mended(lines)] == ["2021—2023年，一件一件办", "到2021—"]


def test_definitions_from_pictures_are_marked() -> None:
    """A definition whose text OCR read says so; one from a page with text does not."""
    text = "\n".join([*REPORT, *NOTES])
    start = text.index(NOTES[2])
    parsed = parse(Document("r.pdf", text, "0" * 64, "pdf", ocr=((start, start + len(NOTES[2])),)))
    made = {term.name: noted(parsed.report, entry, term) for entry in parsed.entries for term in entry.terms}
    assert {name: definition.source.ocr for name, definition in made.items()} == {"三清一改": False, "四个到户": True}


@pytest.mark.slow
@pytest.mark.skipif(not ocr.is_installed(), reason=ocr.INSTALL)
def test_scanned_pages_are_read() -> None:
    """A page that is a picture is read as the page that it was printed from, and its text is marked."""
    document = read_bytes(scanned(printed(REPORT, NOTES), 1), "report.pdf")
    assert document.text.split("\n")[-2:] == [NOTES[1].replace(". ", "."), NOTES[2].replace(". ", ".")]
    assert "".join(document.text[start:end] for start, end in document.ocr).startswith("名词解释1.三清一改")
    assert all(definition.source.ocr for definition in _definitions(document))


def _definitions(document: Document) -> list[Definition]:
    report = parse(document)
    return [noted(report.report, entry, term) for entry in report.entries for term in entry.terms]


@pytest.mark.parametrize("slope", [0.0, 0.01, -0.015])
def test_a_sheet_that_lies_askew(slope: float) -> None:
    """The halves of a line stand at one height however the sheet is turned."""
    from types import SimpleNamespace

    from glossary_api.reading.pages.scans import _lines

    def box(left: float, right: float, top: float) -> list[tuple[float, float]]:
        corners = (left, top), (right, top), (right, top + 15), (left, top + 15)
        return [(x, y - slope * x) for x, y in corners]

    boxes = [box(80, 300, 100), box(310, 520, 100), box(80, 500, 120)]
    answer = SimpleNamespace(txts=["推进高质量发展的工作", "坚持稳中求进", "各位代表"], boxes=boxes, scores=[0.9] * 3)
    feet = [line[3] for line in _lines(answer, 842.0, 1.0)]
    assert abs(feet[0] - feet[1]) < 0.5
    assert 19 < feet[0] - feet[2] < 21
