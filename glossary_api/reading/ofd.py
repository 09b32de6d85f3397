"""OFD files (GB/T 33190, the Chinese standard of fixed-layout documents): the paragraphs of their pages.

A page holds texts with place and size in millimetres; from there on it is read as the page of a .pdf is. Templates,
which pages share, hold running headers and the like; they and pictures are counted, not printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from glossary_api.errors import ReadError
from glossary_api.model.messages import Message
from glossary_api.reading.pages.glyphs import MAX_GLYPHS, MAX_PAGES
from glossary_api.reading.pages.layout import Glyph
from glossary_api.reading.pdf import PageContent, text_of_pages
from glossary_api.reading.tally import Tally
from glossary_api.reading.word.package import SIGNATURE, Element, Package, opened

TURNED = 0.1
"""From which share of its width on a text rises or falls, and is no line of the page."""

A4_HEIGHT = 297.0
"""The height, in millimetres, of a page that does not say it."""

POINTS = 72 / 25.4
"""Points of a millimetre."""

_SAVE_AGAIN = "open-ofd-and-save-as-pdf"
_NUMBER = re.compile(r"(?<![\d.eE])-?\d{1,6}(?:\.\d{1,12})?(?![\d.eE])")  # what is longer is no length on a page


def is_ofd(data: bytes) -> bool:
    """Return whether these bytes are a zip with an OFD document in it. Raises ReadError if the zip is damaged."""
    return data.startswith(SIGNATURE) and "OFD.xml" in opened(data).namelist()


def read_ofd(data: bytes, tally: Tally) -> str:
    """Return the text of an OFD file, its paragraphs parted by `\\n`.

    Raises ReadError when the file is damaged, over a limit, or has no text but in pictures.
    """
    package = Package(data, "OFD file", _SAVE_AGAIN)
    pages: list[list[Glyph]] = []
    heights: list[float] = []
    for page, height in _pages(package, tally):
        if len(pages) >= MAX_PAGES:
            raise ReadError("has-more-than-pages", remedy="name-one-report-per-file", count=MAX_PAGES)
        pages.append(list(_glyphs(page, height, tally)))
        heights.append(height * POINTS)
        if sum(map(len, pages)) > MAX_GLYPHS:
            raise ReadError("has-more-than-characters", remedy="name-one-report-per-file", count=MAX_GLYPHS)
    if not any(pages):
        remedy = Message("run-ocr")
        raise ReadError("has-no-text-but-pictures", remedy=remedy, count=len(pages))
    contents = [PageContent(page, height) for page, height in zip(pages, heights, strict=True)]
    return text_of_pages(contents, tally)


def _pages(package: Package, tally: Tally) -> Iterator[tuple[Element, float]]:
    """Yield root and height in millimetres of each page; templates are counted once for each page that shows them."""
    for body in _below(_part(package, "OFD.xml"), "DocRoot"):
        where = _path("", body.text)
        document = _part(package, where)
        templates = {
            template.get("ID"): _printed(_part(package, _path(where, template.get("BaseLoc"))))
            for template in _below(document, "TemplatePage")
        }
        for reference in (page for pages in _below(document, "Pages") for page in _below(pages, "Page")):
            page = _part(package, _path(where, reference.get("BaseLoc")))
            for template in _below(page, "Template"):
                tally.leave("furniture", templates.get(template.get("TemplateID"), ""))
            yield page, (_height(page) or _height(document) or A4_HEIGHT)


def _part(package: Package, name: str) -> Element:
    root = package.part(name)
    if root is None:
        raise ReadError("is-damaged-ofd-file", remedy=_SAVE_AGAIN, name=name)
    return root


def _path(base: str, target: str | None) -> str:
    """Return the name of a part as another one refers to it: from the folder of that one, or from the root."""
    return normpath(join("/", dirname(base), (target or "").strip())).lstrip("/")


def _below(root: Element, name: str) -> Iterator[Element]:
    """Yield the elements of a name below one, in any namespace: makers of OFD do not agree on it."""
    yield from root.iter(f"{{*}}{name}")


def _printed(root: Element) -> str:
    return "".join(code.text or "" for code in _below(root, "TextCode"))


def _height(root: Element) -> float | None:
    box = next((_numbers(box.text) for box in _below(root, "PhysicalBox")), [])
    return box[3] if len(box) == 4 and box[3] > 0 else None


def _glyphs(page: Element, height: float, tally: Tally) -> Iterator[Glyph]:
    """Yield the glyphs of a page in points. Turned texts are watermarks, and counted as hidden ones are."""
    for _ in _below(page, "ImageObject"):
        tally.leave("picture")
    for item in _below(page, "TextObject"):
        a, b, c, d, e, f = _six(item.get("CTM"))
        if item.get("Visible") == "false" or abs(b) > TURNED * abs(a):
            tally.leave("hidden" if item.get("Visible") == "false" else "furniture", _printed(item))
            continue
        left, top = [*_numbers(item.get("Boundary")), 0.0, 0.0][:2]
        size, wide = (_numbers(item.get("Size")) or [0.0])[0], (_numbers(item.get("HScale")) or [1.0])[0]
        for character, x, y in _placed(item, size * wide):
            width = size * wide * (0.5 if character.isascii() else 1.0)
            begin, base = left + a * x + c * y + e, height - (top + b * x + d * y + f)
            yield Glyph(
                character, begin * POINTS, (begin + abs(a) * width) * POINTS, base * POINTS, abs(d) * size * POINTS
            )


def _placed(item: Element, size: float) -> Iterator[tuple[str, float, float]]:
    """Yield the characters of a text with the place of each in its box: one text code goes on where none is given."""
    x = y = 0.0
    for code in _below(item, "TextCode"):
        text = (code.text or "").replace("\n", "").replace("\r", "")
        x, y = (_numbers(code.get("X")) or [x])[0], (_numbers(code.get("Y")) or [y])[0]
        across, down = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
        for at, character in enumerate(text):
            yield character, x, y
            own = 0.0 if down else size * (0.5 if character.isascii() else 1.0)
            x += across[at] if at < len(across) else own
            y += down[at] if at < len(down) else 0.0


def _steps(delta: str | None, most: int) -> list[float]:
    """Return the distances of a run of characters: `g 3 5` stands for three of 5."""
    steps: list[float] = []
    words = iter((delta or "").split())
    for word in words:
        count, value = (next(words, ""), next(words, "")) if word == "g" else ("1", word)
        number = _numbers(value)
        steps += number[:1] * (min(int(count), most) if count.isdecimal() else 0)
        if len(steps) >= most:
            break
    return steps


def _six(text: str | None) -> tuple[float, ...]:
    numbers = _numbers(text)
    return tuple(numbers) if len(numbers) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _numbers(text: str | None) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text or "")]
