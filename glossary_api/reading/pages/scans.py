"""The lines on pages that are pictures, recognised by RapidOCR in a process of its own.

Run as a script, with the numbers of pages from 0 as arguments: the PDF comes in on standard input, one JSON object goes
out. It has for each page its lines as [text, left, right, foot, head], in points; none where the recogniser was not
sure of what it read. It imports nothing of this package.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import sys
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

SECONDS = 120
"""The processor time that one page may take; a page takes about five seconds of one processor."""

MEMORY_BYTES = 8_000_000_000
"""The address space that one file may take; the models alone reserve three gigabytes."""

DOTS_PER_INCH = 200
"""At this a line of text is as high as the recogniser wants it, or a little higher."""

DETECTION_SIDE = 1280
"""To how many dots the longer side of a page is shrunk to find its lines: they are found as at 2000, which takes three
times as long, and recognised in the picture that is not shrunk."""

MAX_SIDE = 4000
"""The most dots of a side of a page, however large it says that it is."""

LEAST_SCORE = 0.8
"""How sure the recogniser must be of the lines of a page, on average."""

LEAST_LINE_SCORE = 0.5
"""How sure it must be of a line."""

_LONGEST_LINES = 30
"""So many of the longest lines of a page tell how far it is turned."""

_HEIGHT, _STEP = 48, 8  # the dots of a line's height as the recogniser wants it, and of its width that it answers for
_LEAST_WIDTH = 320
_BLANK = 0  # its answer where no sign stands
_DASH, _ONE, _DASHES = "—", "一", "-–—"
_LEAST_LIKELY, _LIKELIER = 0.002, 100  # how likely a dash is, by itself and beside what is usual where 一 was read
_SURE = 0.0001  # how likely it usually is at most; without serifs 一 and a dash are too much alike
_LEAST_ONES = 12  # from how many 一 on this is known
_LEAST_STEPS = 4
_MARGIN = 0.2  # in em: how far the box of a line reaches beyond its ink
_WIDE_ROOM = 0.7  # in em: the least room of a sign that is as wide as a character
_OPENING, _CLOSING = "“‘《（【", "，。、；：！？”’》）】．"
_NUMBER = re.compile(r"\d{1,3}[.．](?!\d)")

Line = list[Any]
"""[text, left, right, foot, head]"""


@dataclass(slots=True)
class Sign:
    """A sign of a recognised line."""

    character: str
    place: float
    """Where the middle of its ink is, in dots from the left of its line."""
    score: float
    dash: float = 0.0
    """How likely it is a dash, as a share of how likely it is what was read."""


@dataclass(slots=True)
class Recognised:
    """A line of a picture of a page."""

    signs: list[Sign]
    box: list[tuple[float, float]]
    """Its corners in dots, from the upper left one clockwise."""

    @property
    def text(self) -> str:
        """Return what was read."""
        return "".join(sign.character for sign in self.signs)

    @property
    def score(self) -> float:
        """Return how sure the recogniser is."""
        return statistics.fmean(sign.score for sign in self.signs) if self.signs else 0.0


def lines_of(data: bytes, numbers: list[int]) -> dict[int, list[Line]]:
    """Return the lines of each of these pages of a PDF."""
    import pypdfium2  # type: ignore[import-untyped]
    from rapidocr import RapidOCR  # type: ignore[import-not-found,unused-ignore]

    engine = RapidOCR(params={"Global.log_level": "critical", "Global.use_cls": False})
    document = pypdfium2.PdfDocument(data)
    pages = {}
    for number in numbers:
        _limit_time()
        page = document[number]
        scale = min(DOTS_PER_INCH / 72, MAX_SIDE / max(page.get_size()))
        pages[number] = _recognised(engine, page.render(scale=scale).to_numpy()), page.get_height(), scale
    set_as_printed([line for lines, _, _ in pages.values() for line in lines])
    return {number: lines_on_page(*page) for number, page in pages.items()}


def _recognised(engine: Any, picture: Any) -> list[Recognised]:
    """Return the lines of a picture of a page, from head to foot."""
    import cv2  # type: ignore[import-not-found,unused-ignore]
    from rapidocr.utils.process_img import get_rotate_crop_image  # type: ignore[import-not-found,unused-ignore]

    share = min(1.0, DETECTION_SIDE / max(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    found = engine(small, use_det=True, use_rec=False).boxes
    boxes = [] if found is None else found.astype("float32") / share
    return [
        Recognised(_signs(engine, get_rotate_crop_image(picture, box)), [(float(x), float(y)) for x, y in box])
        for box in boxes
    ]


def _signs(engine: Any, picture: Any) -> list[Sign]:
    """Return the signs of a picture of a line."""
    import cv2
    import numpy as np

    height, width = picture.shape[:2]
    fitted = max(1, round(width * _HEIGHT / height))
    given = np.zeros((1, 3, _HEIGHT, max(_LEAST_WIDTH, fitted)), dtype=np.float32)
    given[0, :, :, :fitted] = cv2.resize(picture, (fitted, _HEIGHT)).transpose(2, 0, 1) / 127.5 - 1
    recogniser = engine._load_rec_model()
    chances, known = recogniser.session(given)[0], recogniser.postprocess_op.character
    dash, one = known.index(_DASH), known.index(_ONE)
    read = chances.argmax(1)
    edges = [0, *(np.flatnonzero(np.diff(read)) + 1), len(read)]
    signs = []
    for start, end in pairwise(edges):
        if (code := read[start]) != _BLANK:
            at = slice(max(0, start - 1), end + 1)
            share = float(chances[at, dash].max() / chances[at, one].max()) if code == one else 0.0
            place = (start + end) / 2 * _STEP * height / _HEIGHT
            signs.append(Sign(known[code], place, float(chances[start:end, code].max()), share))
    return signs


def set_as_printed(lines: list[Recognised]) -> None:
    """Write the signs of a document that were taken for their look-alikes as they are printed in it.

    The recogniser nearly always says 一 for a dash, but it is surer where 一 stands: by how much differs from one type
    to another, and the document shows it. Where signs are as like as . and ． their room tells, and they are set alike.
    """
    signs = [sign for line in lines for sign in line.signs]
    shares = sorted(sign.dash for sign in signs if sign.character == _ONE)
    if len(shares) >= _LEAST_ONES and (usual := statistics.median(shares)) <= _SURE:
        least = max(_LEAST_LIKELY, _LIKELIER * usual)
        for sign in signs:
            sign.character = _DASH if sign.dash >= least else sign.character
    points = []
    for line in lines:
        em = _em(line)
        if em:
            line.signs = _joined_dashes(line, em)
            if found := _NUMBER.match(line.text):
                points.append((line.signs[found.end() - 1], _room(line, found.end() - 1, em)))
    if points:
        is_wide = statistics.median(room for _, room in points) > _WIDE_ROOM
        for sign, _ in points:
            sign.character = "．" if is_wide else "."


def _joined_dashes(line: Recognised, em: float) -> list[Sign]:
    """Return the signs of a line with dashes as long as their room, and without spaces that are none."""
    made: list[Sign] = []
    for sign in line.signs:
        if not (sign.character in _DASHES and made and made[-1].character in _DASHES):
            made.append(sign)
    joined = Recognised(made, line.box)
    rooms = {at: _room(joined, at, em) for at, sign in enumerate(made) if sign.character in _DASHES + " "}
    for at, room in rooms.items():
        if made[at].character == " ":
            made[at].character = "" if room < _WIDE_ROOM and _is_beside_wide(made, at) else " "
        elif room > _WIDE_ROOM:
            made[at].character = _DASH * max(1, round(room))
    return [sign for sign in made if sign.character]


def _is_beside_wide(signs: list[Sign], at: int) -> bool:
    return any(_is_wide(sign) for sign in signs[max(0, at - 1) : at + 2])


def _em(line: Recognised) -> float:
    """Return the distance of characters that stand side by side, in dots; 0 where there are too few."""
    steps = [after.place - before.place for before, after in pairwise(line.signs) if _is_han(before) and _is_han(after)]
    return statistics.median(steps) if len(steps) >= _LEAST_STEPS else 0.0


def _room(line: Recognised, at: int, em: float) -> float:
    """Return how much room, in em, the signs beside one leave it."""
    left, right = line.signs[at - 1] if at else None, line.signs[at + 1] if at + 1 < len(line.signs) else None
    (x, *_), (other, *_) = line.box[0], line.box[1]
    start = left.place + (_ems(left) - _middle(left)) * em if left else _MARGIN * em
    end = right.place - _middle(right) * em if right else other - x - _MARGIN * em
    return (end - start) / em


def _is_han(sign: Sign) -> bool:
    return "\u4e00" <= sign.character <= "\u9fff"


def _is_wide(sign: Sign) -> bool:
    return unicodedata.east_asian_width(sign.character[:1] or " ") in "WFA"


def _ems(sign: Sign) -> float:
    return 1.0 if _is_wide(sign) else 0.5


def _middle(sign: Sign) -> float:
    """Return how far, in em, the middle of a sign's ink stands from its left edge."""
    return 0.75 if sign.character in _OPENING else 0.25 if sign.character in _CLOSING else _ems(sign) / 2


def lines_on_page(recognised: list[Recognised], height: float, scale: float) -> list[Line]:
    """Return lines in points, as they stand on a sheet that does not lie askew."""
    sure = [line for line in recognised if line.score >= LEAST_LINE_SCORE and line.text.strip()]
    if not sure or statistics.fmean(line.score for line in sure) < LEAST_SCORE:
        return []
    boxes = [[(x / scale, height - y / scale) for x, y in line.box] for line in sure]
    turned = _turned(boxes)
    lines = []
    for line, box in zip(sure, boxes, strict=True):
        # Turned back about the origin; by so little a shear of both axes is a rotation.
        xs, ys = [x + turned * y for x, y in box], [y - turned * x for x, y in box]
        lines.append([line.text.strip(), min(xs), max(xs), min(ys), max(ys)])
    return lines


def _turned(boxes: list[list[tuple[float, float]]]) -> float:
    """Return how steeply the lines of a page rise, as the sides of its longest boxes do: a sheet lies askew."""
    wide = sorted(boxes, key=lambda box: box[0][0] - box[1][0])[:_LONGEST_LINES]
    slopes = [
        (right[1] - left[1]) / max(1.0, right[0] - left[0]) for a, b, c, d in wide for left, right in ((a, b), (d, c))
    ]
    return statistics.median(slopes) if slopes else 0.0


def _limit_time() -> None:
    """Let the system end this process when a page takes too long; where it cannot, the caller ends it."""
    try:
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + SECONDS, hard))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    except (ImportError, ValueError, OSError):
        return


def main() -> None:
    """Read a PDF from standard input and print the lines of the pages given as arguments."""
    out = os.dup(1)
    os.dup2(2, 1)  # what libraries print is no answer
    answer = lines_of(sys.stdin.buffer.read(), [int(number) for number in sys.argv[1:]])
    with os.fdopen(out, "w", encoding="utf-8") as file:
        json.dump(answer, file)


if __name__ == "__main__":
    main()
