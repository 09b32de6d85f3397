"""The glyphs of a PDF, taken out by PDFium in a process of its own.

Run as a script, with the greatest number of seconds and of bytes as arguments: the PDF comes in on standard input,
one JSON object goes out. A process of its own, because a PDF is a program: forms that call forms ten times over keep
any interpreter busy for ever or use up its memory, and damaged files can end it. It imports nothing of this package,
so that it starts fast.

The object has `pages`, each with

- `number`: its number in the file, from 0,
- `height`, in points,
- `glyphs`: [character, left, right, baseline, size], in points, baselines counted upwards from the foot,
- `rules`: the level and upright lines drawn on it, [left, foot, right, head],
- `picture`: whether a picture covers a good part of it,
- `comments`: what readers wrote on it;

or else `error`: `encrypted`, `damaged`, `pages` or `glyphs` (too many).
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
import unicodedata
from collections import Counter
from typing import Any

SECONDS = 30
"""The processor time that one PDF may take; a real report takes less than one second."""

MEMORY_BYTES = 2_000_000_000
"""The address space that one PDF may take."""

MAX_PAGES = 1000
"""The most pages that are read; real reports have fewer than 100."""

MAX_GLYPHS = 500_000
"""The most characters that are read; real reports have fewer than 100,000."""

MAX_RULES = 40_000
"""The most drawn lines of a file that are looked at; on the pages behind them no table is known by its lines."""

MAX_COMMENTS, MAX_COMMENT = 200, 20_000
"""How many comments of a page are looked at, and how many bytes of one."""

PICTURE_SHARE = 0.25
"""The share of a page that a picture of its text covers at least."""

Glyph = list[Any]
"""[character, left, right, baseline, size]"""

Rule = list[float]
"""[left, foot, right, head]; either level or upright"""

_THIN = 3.0  # points; what is thinner is a line

_HYPHEN = 0x02  # what PDFium answers for a hyphen at the end of a line
_PASSWORD_ERROR = 4


def glyphs_of(data: bytes) -> dict[str, Any]:
    """Return the answer described above, for the bytes of a PDF."""
    import pypdfium2  # type: ignore[import-untyped]
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"error": "encrypted" if getattr(error, "err_code", None) == _PASSWORD_ERROR else "damaged"}
    if len(document) > MAX_PAGES:
        return {"error": "pages"}
    pages, total, drawn = [], 0, 0
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            continue  # one damaged page does not spoil the others
        total += pdfium.FPDFText_CountChars(text)
        if total > MAX_GLYPHS:
            return {"error": "glyphs"}
        quarter, glyphs = _upright(_turned_glyphs(pdfium, text))
        rules = [] if drawn > MAX_RULES else [_turned(quarter, rule) for rule in _rules(pdfium, page)]
        picture, comments = _has_picture(pdfium, page), _comments(pdfium, page)
        drawn += len(rules)
        pages.append(
            {
                "number": number,
                "height": page.get_height(),
                "glyphs": glyphs,
                "rules": rules,
                "picture": picture,
                "comments": comments,
            }
        )
    return {"pages": pages}


def _comments(pdfium: Any, page: Any) -> list[str]:
    """Return what readers wrote on a page: the texts of its notes and marks."""
    found = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_COMMENTS)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        if pdfium.FPDFAnnot_GetSubtype(note) not in (pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_WIDGET):
            size = pdfium.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
            if 2 < size <= MAX_COMMENT:
                text = (ctypes.c_ushort * (size // 2))()
                pdfium.FPDFAnnot_GetStringValue(note, b"Contents", text, size)
                found.append(bytes(text).decode("utf-16-le", "replace").rstrip("\0"))
        pdfium.FPDFPage_CloseAnnot(note)
    return found


def _has_picture(pdfium: Any, page: Any) -> bool:
    """Return whether a picture covers a good part of a page, as on a scan."""
    width, height = page.get_size()
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, foot, right, head = item.get_bounds()
        if (right - left) * (head - foot) > PICTURE_SHARE * width * height:
            return True
    return False


def _rules(pdfium: Any, page: Any) -> list[Rule]:
    """Return the level and upright lines of a page: lines, edges of frames, and boxes as thin as lines."""
    found: list[Rule] = []
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item.raw, fill, stroke)
        left, foot, right, head = item.get_bounds()
        if stroke.value or min(right - left, head - foot) < _THIN:
            found += _edges(pdfium, item)
        if len(found) > MAX_RULES:
            return []
    return found


def _edges(pdfium: Any, item: Any) -> list[Rule]:
    matrix, x, y = item.get_matrix(), ctypes.c_float(), ctypes.c_float()
    found: list[Rule] = []
    first = last = (0.0, 0.0)
    for index in range(min(pdfium.FPDFPath_CountSegments(item.raw), MAX_RULES)):
        segment = pdfium.FPDFPath_GetPathSegment(item.raw, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            found += _rule(last, point)
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            found += _rule(last, first)
    return found


def _rule(one: tuple[float, float], other: tuple[float, float]) -> list[Rule]:
    (left, right), (foot, head) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    is_rule = min(right - left, head - foot) < 1 and max(right - left, head - foot) > _THIN
    return [[round(value, 1) for value in (left, foot, right, head)]] if is_rule else []


def _turned(quarter: int, rule: Rule) -> Rule:
    """Return a rule as it lies for somebody who turns the page by these quarters."""
    left, foot, right, head = rule
    turned = {1: [-head, left, -foot, right], 2: [-right, -head, -left, -foot], 3: [foot, -right, head, -left]}
    return turned.get(quarter, rule)


def _turned_glyphs(pdfium: Any, text: Any) -> list[tuple[int, Glyph]]:
    """Return each glyph with the quarter turns that it is turned by; what PDFium adds of its own is left out."""
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    found: list[tuple[int, Glyph]] = []
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if pdfium.FPDFText_IsGenerated(text, index) == 1 or not pdfium.FPDFText_GetLooseCharBox(text, index, box):
            continue
        angle = pdfium.FPDFText_GetCharAngle(text, index)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        points = pdfium.FPDFText_GetFontSize(text, index)
        size, em = points * math.hypot(matrix.c, matrix.d), points * math.hypot(matrix.a, matrix.b)
        quarter = round(angle / (math.pi / 2)) % 4 if abs(math.sin(2 * angle)) < 0.2 else -1
        left, right, baseline = _placed(quarter, box, x.value, y.value)
        character = _character(code)
        if unicodedata.east_asian_width(character) in "WF":
            right = left + em  # PDFium has but the ink of some fonts, and that of 日 is narrow
        found.append((quarter, [character, *(round(value, 2) for value in (left, right, baseline, size))]))
    return found


def _placed(quarter: int, box: Any, x: float, y: float) -> tuple[float, float, float]:
    """Return left, right and baseline for somebody who turns the page until the glyph is upright."""
    if quarter == 1:  # downwards: PDFium counts quarters clockwise
        return -y, -box.bottom, x
    if quarter == 2:
        return -x, -box.left, -y
    if quarter == 3:
        return y, box.top, -x
    return x, box.right, y


def _upright(turned: list[tuple[int, Glyph]]) -> tuple[int, list[Glyph]]:
    """Return how most of a page is turned, and the glyphs that stand so; others are watermarks and stamps."""
    counts = Counter(quarter for quarter, _ in turned if quarter >= 0)
    most = max(counts, key=lambda quarter: (counts[quarter], -quarter), default=0)
    return most, _with_pairs([glyph for quarter, glyph in turned if quarter == most])


def _with_pairs(glyphs: list[Glyph]) -> list[Glyph]:
    """Return one glyph for each surrogate pair, which PDFium reports as two; a lone surrogate is no character."""
    whole: list[Glyph] = []
    for glyph in glyphs:
        if whole and "\udc00" <= glyph[0] <= "\udfff" and "\ud800" <= whole[-1][0] <= "\udbff":
            whole[-1][0] = (whole[-1][0] + glyph[0]).encode("utf-16", "surrogatepass").decode("utf-16")
        else:
            whole.append(glyph)
    for glyph in whole:
        if "\ud800" <= glyph[0] <= "\udfff":
            glyph[0] = "\ufffd"
    return whole


def _character(code: int) -> str:
    if code == _HYPHEN:
        return "-"
    return chr(code) if 0x20 <= code < 0x110000 and code not in (0xFFFE, 0xFFFF) else "\ufffd"


def _limit_resources(seconds: int, memory: int) -> None:
    """Let the system end this process when it takes too much; where it cannot, the caller's patience is the limit."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ImportError, ValueError, OSError):
        return


def main() -> None:
    """Read a PDF from standard input and print its glyphs, within the seconds and bytes given as arguments."""
    _limit_resources(*map(int, sys.argv[1:3]))
    json.dump(glyphs_of(sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
