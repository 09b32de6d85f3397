from __future__ import annotations

import io
import random
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from glossary_api.errors import ReadError
from glossary_api.harvesting.definitions import noted
from glossary_api.model.things import Definition, Document
from glossary_api.parsing.parse import parse
from glossary_api.reading import ocr
from glossary_api.reading.ocr import CountedNotes, as_printed
from glossary_api.reading.pages.furniture import without_furniture
from glossary_api.reading.pages.layout import set_lines
from glossary_api.reading.pages.scans import Recognised, Sign, lines_on_page, set_as_printed
from glossary_api.reading.pdf import read_pdf
from glossary_api.reading.read import read_bytes
from glossary_api.reading.tally import Tally

if TYPE_CHECKING:
    from PIL.Image import Image

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


GLOSSARY = [
    "1．“三清一改”：指清河道、清垃圾、清路障，改造危旧房屋。",
    "2．“双随机、一公开”：指随机抽取检查对象、随机选派执法检查人员，抽查情况及查处结果及时向社会公开。",
    "3．15分钟便民生活圈：以居民步行15分钟（约1公里）为半径，满足购物、餐饮、家政、快递等日常需求的服务圈。",
    "4．“1+3+N”产业体系：“1”指先进制造业；“3”指文化旅游、现代物流、数字经济；“N”指若干特色农业。",
    "5．12345热线：政务服务便民热线，7×24小时受理群众诉求。",
    "6．一廊两带：“一廊”，即云河水库—北湖—云江生态廊道；“两带”，即东山—石桥、西山—临江两条产业带。",
    "7．专精特新“小巨人”企业：专注于细分市场、创新能力强、市场占有率高、质量效益优的排头兵企业。",
    "8．碳达峰、碳中和：我国二氧化碳排放力争于2030年前达到峰值，努力争取2060年前实现中和。",
    "9．“四好农村路”：建好、管好、护好、运营好农村公路，由县、乡、村三级路长按月巡查的“路长制”。",
    "10．REITs：不动产投资信托基金（Real Estate Investment Trusts），是一种按信托原理设计的投资产品。",
    "11．“一老一小”：养老服务和3岁以下婴幼儿托育服务。",
    "12．“‘十百千’工程”：培育10个百亿级产业、100家亿元企业、1000家规上工业企业。",
    "13．PM2.5：大气中直径小于或等于2.5微米的颗粒物，也称细颗粒物，是衡量空气质量的一项指标。",
    "14．《云河市2024—2026年人才行动方案》：围绕“引、育、留、用”四个环节，提出二十条措施：每年安排资金不少于1.2亿元。",
]


def worn(page: Image) -> Image:
    """A picture of a page as a scanner gives it: grey, a little askew, soft and noisy, compressed."""
    from PIL import Image, ImageFilter

    soft = page.convert("L").rotate(0.4, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.5))
    grains = Image.frombytes("L", soft.size, random.Random(1).randbytes(soft.width * soft.height))
    noise = grains.point(lambda value: round(118 + (value - 128) / 5))
    stream = io.BytesIO()
    Image.blend(soft, noise, 0.12).save(stream, "JPEG", quality=80)
    return Image.open(stream)


def scanned(data: bytes, *numbers: int, scanner: Callable[[Image], Image] = lambda page: page) -> bytes:
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
        canvas.drawImage(ImageReader(scanner(source[number].render(scale=200 / 72).to_pil())), 0, 0, 595, 842)
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
    read = [*"①②③④⑤⑥⑦⑧⑨", "⑩0“乙”：二。", "接着说。", "①“丙”：三。", "②“丁”：四。", "①⑩“戊”：五。"]
    notes = CountedNotes()
    pages = [[(text, 0.0, 9.0, 0.0, 9.0) for text in part] for part in (read[:10], read[10:])]
    mended = [line[0] for page in pages for line in notes.mended(page)]
    assert mended[-1] == "⑬“戊”：五。"
    assert [line[0] for line in mended][8:] == ["⑨", "⑩", "接", "⑪", "⑫", "⑬"]


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


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(not ocr.is_installed(), reason=ocr.INSTALL)
def test_a_scanned_glossary_has_the_same_entries(pdf: Callable[..., bytes]) -> None:
    """The entries of a glossary that was printed and scanned are those of its text, character for character."""
    import pypdfium2

    lines = [*REPORT, "名词解释", *GLOSSARY]
    file = pdf(lines)
    document = read_bytes(scanned(file, *range(len(pypdfium2.PdfDocument(file))), scanner=worn), "report.pdf")
    text = read_bytes("\n".join(lines).encode(), "report.txt")
    assert sum(end - start for start, end in document.ocr) == len(document.text.replace("\n", ""))
    assert _entries(document) == _entries(text)
    assert {number for number, _, _ in _entries(text)} == set(range(1, len(GLOSSARY) + 1))


def _entries(document: Document) -> list[tuple[int | None, str, str]]:
    entries = parse(document).entries
    return [(entry.number, term.name, term.definition.text) for entry in entries for term in entry.terms]


def _definitions(document: Document) -> list[Definition]:
    report = parse(document)
    return [noted(report.report, entry, term) for entry in report.entries for term in entry.terms]


def line_of(text: str, places: list[float], shares: dict[int, float] | None = None, width: float = 0) -> Recognised:
    """A recognised line, its box half a sign higher than 10 dots; `shares` says by how much signs may be dashes."""
    read = enumerate(zip(text, places, strict=True))
    signs = [Sign(sign, place, 0.9, (shares or {}).get(at, 0.0)) for at, (sign, place) in read]
    right = width or places[-1] + 7
    return Recognised(signs, [(0, 100), (right, 100), (right, 115), (0, 115)])


def side_by_side(text: str, share: float = 0.0) -> Recognised:
    """A line of characters ten dots wide, each 一 of it with this share."""
    ones = {at: share for at, sign in enumerate(text) if sign == "一"}
    return line_of(text, [7 + 10 * at for at in range(len(text))], ones)


@pytest.mark.parametrize(
    ("usual", "share", "printed"), [(1e-5, 0.01, "—"), (1e-3, 0.01, "一"), (1e-5, 1e-3, "一"), (1e-3, 0.3, "一")]
)
def test_dashes_that_look_like_a_numeral(usual: float, share: float, printed: str) -> None:
    """A dash was read as 一 where the recogniser is far less sure of it than it is of 一 in this document."""
    known = [side_by_side("一一一一一一", usual), side_by_side("一一一一一一", usual)]
    line = side_by_side("漳河水库一总干渠", share)
    set_as_printed([*known, line])
    assert line.text == f"漳河水库{printed}总干渠"
    assert {other.text for other in known} == {"一一一一一一"}


@pytest.mark.parametrize(("room", "printed"), [(10, "—"), (20, "——"), (5, "-")])
def test_dashes_are_as_long_as_their_room(room: int, printed: str) -> None:
    """A dash is as long as the characters beside it leave it room."""
    line = line_of("各位代表-请予审议", [7, 17, 27, 37, 42 + room / 2, *(47 + room + 10 * at for at in range(4))])
    set_as_printed([line])
    assert line.text == f"各位代表{printed}请予审议"


def test_a_title_line_that_begins_with_a_dash() -> None:
    """The dash at the beginning of a line is as long as its room, too."""
    line = line_of("—在第五次会议上", [12, *(27 + 10 * at for at in range(7))])
    set_as_printed([line])
    assert line.text == "——在第五次会议上"


@pytest.mark.parametrize(("room", "printed"), [(10, "．"), (3, ".")])
def test_the_points_of_a_list_are_alike(room: int, printed: str) -> None:
    """The points behind the numbers of a list are as wide as most of them have room."""
    lines = [line_of(f"{at}.三清一改三清一改", [4, 8, *(11.5 + room + 10 * n for n in range(8))]) for at in (1, 2)]
    odd = line_of("3．三清一改三清一改", [4, 8, *(16 + 10 * n for n in range(8))])
    set_as_printed([*lines, odd])
    assert [line.text[1] for line in [*lines, odd]] == [printed] * 3


def test_spaces_that_are_none() -> None:
    """The quarter that programs set between Chinese characters and figures is no space; between two words one is."""
    line = line_of("利用新技术 5G", [5, 15, 25, 35, 45, 51, 55, 60])
    words = line_of("信托的基金Re al", [5, 15, 25, 35, 45, 53, 58, 63, 68, 73])
    set_as_printed([line, words])
    assert (line.text, words.text) == ("利用新技术5G", "信托的基金Re al")


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("各位代表:", "各位代表："),
        ("“1”:指1个中心;“2”", "“1”：指1个中心；“2”"),
        ("个体工商户(不含港澳台)", "个体工商户（不含港澳台）"),
        ("社会环境；;“一追问”", "社会环境；“一追问”"),
        ("8:30, 3:1 (PPP)", "8:30, 3:1 (PPP)"),
    ],
)
def test_punctuation_is_as_wide_as_what_is_beside_it(read: str, printed: str) -> None:
    """Punctuation beside Chinese characters is wide, and one sign of punctuation is not two."""
    assert as_printed(read) == printed


def test_quotation_marks_at_the_margin() -> None:
    """A line that begins with a quotation mark, whose left half is blank, is not set in."""
    plain = ("推进高质量发展的工作坚持稳中求进", 80, 304, 698, 713)
    quoted = ("“双通道”上展翅腾飞，深度融入创新", 87, 304, 670, 685)
    made = set_lines(0, ocr.glyphs_of([plain, quoted]))
    assert abs(made[0].left - made[1].left) < 2


def test_short_lines_are_set_as_the_text() -> None:
    """The last line of a paragraph, whose box is wider than its sign, has the size of the text."""
    lines: list[ocr.Line] = [("推进高质量发展的工作坚持稳中求进", 80, 304, 698, 713), ("美。", 78, 105, 668, 688)]
    made = set_lines(0, ocr.glyphs_of(lines))
    assert made[0].size == made[1].size


@pytest.mark.parametrize("number", ["-4一", "一8一", "6一", "-¹-", "_3_"])
def test_page_numbers_between_dashes(number: str) -> None:
    """The number of a page is known however the dashes beside it were read."""
    lines: list[ocr.Line] = [("推进高质量发展的工作坚持稳中求进", 80, 304, 698, 713), (number, 280, 310, 40, 55)]
    kept = without_furniture([set_lines(0, ocr.glyphs_of(lines))], [842.0])
    assert [line.text for line in kept[0]] == [lines[0][0]]


@pytest.mark.parametrize("slope", [0.0, 0.01, -0.015])
def test_a_sheet_that_lies_askew(slope: float) -> None:
    """The halves of a line stand at one height however the sheet is turned."""

    def box(left: float, right: float, top: float) -> list[tuple[float, float]]:
        corners = (left, top), (right, top), (right, top + 15), (left, top + 15)
        return [(x, y - slope * x) for x, y in corners]

    boxes = [box(80, 300, 100), box(310, 520, 100), box(80, 500, 120)]
    texts = ["推进高质量发展的工作", "坚持稳中求进", "各位代表"]
    read = [Recognised([Sign(sign, 0.0, 0.9) for sign in text], box) for text, box in zip(texts, boxes, strict=True)]
    feet = [line[3] for line in lines_on_page(read, 842.0, 1.0)]
    assert abs(feet[0] - feet[1]) < 0.5
    assert 19 < feet[0] - feet[2] < 21
