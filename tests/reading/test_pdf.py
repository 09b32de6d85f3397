from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from glossary_api.errors import ReadError
from glossary_api.reading import pdf as reader
from glossary_api.reading.pages import glyphs as interpreter
from glossary_api.reading.pages.layout import Glyph, set_lines
from glossary_api.reading.tally import Tally

Writer = Callable[..., bytes]
SENTENCE = "坚守安全底线，推进高质量发展，奋力谱写现代化建设的崭新篇章，让人民群众有更多获得感。"


def read_pdf(data: bytes, tally: Tally | None = None) -> str:
    """The text of a PDF, what is left out counted."""
    return reader.read_pdf(data, tally or Tally())


def drawn(
    *pages: list[tuple[float, float, float, str]], angle: float = 0, watermark: str = "", password: str = ""
) -> bytes:
    """A PDF with these texts on each page, each given as (left, baseline, size, text), and a slanting watermark."""
    from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, encrypt=password or None)
    for page in pages:
        slanting = [(150.0, 250.0, 60.0, watermark)] if watermark else []
        for left, baseline, size, text in [*page, *slanting]:
            canvas.saveState()
            canvas.translate(left, baseline)
            canvas.rotate(45 if text == watermark else angle)
            canvas.setFont("STSong-Light", size)
            canvas.drawString(0, 0, text)
            canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return bytes(stream.getvalue())


def body(*lines: str, left: float = 80, top: float = 700) -> list[tuple[float, float, float, str]]:
    """Lines of 16 points, 28 points apart."""
    return [(left, top - 28 * place, 16, line) for place, line in enumerate(lines)]


@pytest.mark.parametrize("indent", [2, 0])
@pytest.mark.parametrize("header", ["", "某市人民代表大会会议文件"])
def test_paragraphs_are_whole_again(indent: float, header: str, pdf: Writer, seed_lines: list[str]) -> None:
    """Line ends and page ends within paragraphs are gone, page numbers and running headers too."""
    data = pdf(seed_lines, indent=indent, gap=0 if indent else 1, titles=3, header=header)
    assert read_pdf(data).split("\n") == seed_lines


def test_marks_are_recognised(pdf: Writer) -> None:
    """Raised digits are marks, raised circled numbers stand, and exponents stay exponents."""
    lines = [*[SENTENCE * 3] * 5, "推进“两重”1、“两新”②和清“三欠”12建设，绿化100万m2，坚守底线。"]
    data = pdf(lines, marks={"“两重”1": "1", "“两新”②": "②", "“三欠”12": "12", "m2": "2"})
    assert read_pdf(data).split("\n")[-1] == "推进“两重”［1］、“两新”②和清“三欠”［12］建设，绿化100万m²，坚守底线。"


def test_notes_at_the_foot_of_pages() -> None:
    """Notes below the text of a page do not interrupt a paragraph that goes on; they follow it."""
    full = "坚守安全底线推进高质量发展奋力谱写现代化建设篇章章"
    pages = []
    for number, mark in enumerate("①②"):
        lines = body(*[full] * 4, left=80)
        note = [(80.0, 110.0, 10.5, f"{mark}两重：指重大战略实施"), (80.0, 96.0, 10.5, "和安全能力建设。")]
        raised = [(80 + 16 * 25, 700 - 28 * 3 + 6, 8, mark)]
        pages.append([*lines, *raised, *note, (290.0, 40.0, 10.0, f"— {number + 1} —")])
    assert read_pdf(drawn(*pages)).split("\n") == [
        full * 4 + "①" + full * 4 + "②",
        "注释",
        "①两重：指重大战略实施和安全能力建设。",
        "②两重：指重大战略实施和安全能力建设。",
    ]


def test_list_of_notes_at_the_end_stays() -> None:
    """A list of small notes whose marks are not on its own page is not taken for notes at the foot."""
    text = body(*["坚守安全底线推进高质量发展奋力谱写现代化建设篇章章"] * 6)
    notes = [(80.0, 400.0, 12.0, "名词解释"), (80.0, 380.0, 12.0, "①两重：甲。"), (80.0, 360.0, 12.0, "②两新：乙。")]
    lines = read_pdf(drawn([*text, *notes])).split("\n")
    assert lines[1:] == ["名词解释", "①两重：甲。", "②两新：乙。"]


@pytest.mark.parametrize(
    ("lines", "expected", "reason"),
    [
        (["推进“Discover", "Jiangxi”计划。"], "推进“Discover Jiangxi”计划。", "two Latin words"),
        (["推进高质量", "发展。"], "推进高质量发展。", "Han characters"),
        (["总值12345", "67亿元。"], "总值1234567亿元。", "digits"),
    ],
)
def test_joins_lines(lines: list[str], expected: str, reason: str) -> None:
    """A space is put between joined lines only where it parts two Latin words."""
    full = "坚守安全底线推进高质量发展奋力谱写现代化建设篇章章"
    filled = full[: len(full) - sum(0.5 if character.isascii() else 1 for character in lines[0]).__ceil__()] + lines[0]
    assert read_pdf(drawn(body(*[full] * 6, filled, lines[1]))).endswith(expected), reason


@pytest.mark.parametrize(
    ("pieces", "text", "reason"),
    [
        ([(0, "市长"), (48, "王一")], "市长 王一", "a gap between Han characters"),
        ([(24.0 * place, character) for place, character in enumerate("工作报告会")], "工作报告会", "letter-spacing"),
        ([(0, "年"), (20, "8"), (32, "月")], "年8月", "the quarter that programs put beside digits"),
        ([(0, "4"), (12, "“"), (28, "两")], "4 “两", "a space before punctuation, which gets no quarter"),
        ([(0, "A"), (8, "B"), (20, "C")], "AB C", "a gap between Latin letters"),
        ([(0, "报"), (16, " "), (40, "告")], "报 告", "a space that is set"),
    ],
)
def test_spaces(pieces: list[tuple[float, str]], text: str, reason: str) -> None:
    """A gap that is wider than setting makes it is a space."""
    glyphs = []
    for left, characters in pieces:
        for place, character in enumerate(characters):
            width = 8 if character.isascii() else 16
            glyphs.append(Glyph(character, left + width * place, left + width * (place + 1), 700, 16))
    assert [line.text for line in set_lines(0, glyphs)] == [text], reason


def test_turned_pages_and_slanting_watermarks() -> None:
    """A page that is turned is read like an upright one, and slanting text across a page is left out."""
    lines = ["坚守安全底线，推进高质量发展。", "各位代表：", "奋力谱写现代化建设新篇章。"]
    places = {0: body(*lines), 90: [(300 + 28.0 * n, 80.0, 16.0, line) for n, line in enumerate(lines)]}
    places |= {180: [(500.0, 300 + 28.0 * n, 16.0, line) for n, line in enumerate(lines)]}
    places |= {270: [(500 - 28.0 * n, 700.0, 16.0, line) for n, line in enumerate(lines)]}
    for angle, page in places.items():
        assert read_pdf(drawn(page, angle=angle, watermark="内部资料")).replace("\n", "") == "".join(lines), angle


def test_look_alikes() -> None:
    """Radicals that a PDF uses for their look-alikes are read as the characters that they print."""
    assert read_pdf(drawn(body("⼈⺠政府⼯作报告，坚守安全底线推进高质量发展。"))).startswith("人⺠政府工作")


@pytest.mark.parametrize(
    ("data", "message", "remedy"),
    [
        (drawn([], []), "no text layer", "OCR"),
        (drawn([(80, 40, 10, "- 1 -")]), "no text layer", "OCR"),
        (drawn(body(SENTENCE), password="secret"), "encrypted", "password"),
        (b"%PDF-1.4\n%%EOF", "damaged", "again"),
        (drawn(body(SENTENCE))[:300], "damaged", "again"),
    ],
    ids=["blank", "scan", "encrypted", "empty", "cut"],
)
def test_refuses_with_a_remedy(data: bytes, message: str, remedy: str) -> None:
    """A scan, an encrypted and a damaged file are told apart, each with what to do."""
    with pytest.raises(ReadError, match=message) as refused:
        read_pdf(data)
    assert remedy in str(refused.value.remedy)


def test_unreadable_text_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text layer of private characters is as good as none."""
    glyphs = [["\ue001", 80 + 16 * place, 96 + 16 * place, 700, 16] for place in range(25)]
    page = {"number": 0, "height": 842, "glyphs": glyphs, "rules": [], "picture": False}
    monkeypatch.setattr(reader, "_interpreted", lambda data: {"pages": [page]})
    with pytest.raises(ReadError, match="does not tell its characters"):
        read_pdf(b"%PDF-1.7")


@pytest.mark.parametrize(("limit", "message"), [("MAX_PAGES", "pages"), ("MAX_GLYPHS", "glyphs")])
def test_limits_of_the_interpreter(limit: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file with more pages or characters than the limit is refused, one with as many is read."""
    data = drawn(body("坚守安全底线"), body("推进发展"))
    assert "error" not in interpreter.glyphs_of(data)
    monkeypatch.setattr(interpreter, limit, 1)
    assert interpreter.glyphs_of(data) == {"error": message}


def test_forms_that_multiply(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file whose forms call each other a billion times is ended by its limits, in one line."""
    monkeypatch.setattr(interpreter, "SECONDS", 1)

    def form(inside: bytes, more: bytes) -> bytes:
        return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(inside), more, inside)

    kind = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
        form(b"/X Do", b""),
        *(
            form(b"/X Do " * 10, kind + b" /Resources << /XObject << /X %d 0 R >> >>" % (number + 1))
            for number in range(5, 30)
        ),
        form(b"", kind),
    ]
    data = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1))
    data += b"trailer << /Root 1 0 R /Size 31 >>\nstartxref\n0\n%%EOF"
    with pytest.raises(ReadError, match="cannot be interpreted within 1 seconds"):
        read_pdf(data)


def test_waits_no_longer_than_its_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interpreter that does not answer is ended when the patience of the reader is."""
    monkeypatch.setattr(reader, "PATIENCE_SECONDS", 0.001)
    with pytest.raises(ReadError, match=r"more than 0\.001 seconds"):
        read_pdf(drawn(body(SENTENCE)))
