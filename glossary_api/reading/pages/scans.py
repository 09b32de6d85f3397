"""The lines on pages that are pictures, recognised by RapidOCR in a process of its own.

Run as a script, with the numbers of pages from 0 as arguments: the PDF comes in on standard input, one JSON object goes
out. It has for each page its lines as [text, left, right, foot, head], in points; none where the recogniser was not
sure of what it read. It imports nothing of this package.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
from typing import Any

SECONDS = 120
"""The processor time that one page may take; a page takes about ten seconds of one processor."""

MEMORY_BYTES = 8_000_000_000
"""The address space that one file may take; the models alone reserve three gigabytes."""

DOTS_PER_INCH = 200
"""At 300 a page takes twice as long, and the recogniser shrinks it again."""

MAX_SIDE = 4000
"""The most dots of a side of a page, however large it says that it is."""

LEAST_SCORE = 0.8
"""How sure the recogniser must be of the lines of a page, on average."""

_LONGEST_LINES = 30
"""So many of the longest lines of a page tell how far it is turned."""

Line = list[Any]
"""[text, left, right, foot, head]"""


def lines_of(data: bytes, numbers: list[int]) -> dict[int, list[Line]]:
    """Return the lines of each of these pages of a PDF."""
    import pypdfium2  # type: ignore[import-untyped]
    from rapidocr import RapidOCR  # type: ignore[import-not-found,unused-ignore]

    engine = RapidOCR(params={"Global.log_level": "critical", "Global.use_cls": False})
    document = pypdfium2.PdfDocument(data)
    found = {}
    for number in numbers:
        _limit_time()
        page = document[number]
        scale = min(DOTS_PER_INCH / 72, MAX_SIDE / max(page.get_size()))
        answer = engine(page.render(scale=scale).to_numpy())
        found[number] = _lines(answer, page.get_height(), scale)
    return found


def _lines(answer: Any, height: float, scale: float) -> list[Line]:
    if answer.txts is None or not answer.txts or sum(answer.scores) < LEAST_SCORE * len(answer.scores):
        return []
    boxes = [[(float(x) / scale, height - float(y) / scale) for x, y in box] for box in answer.boxes]
    turned = _turned(boxes)
    lines = []
    for text, box in zip(answer.txts, boxes, strict=True):
        # Turned back about the origin; by so little a shear of both axes is a rotation.
        xs, ys = [x + turned * y for x, y in box], [y - turned * x for x, y in box]
        if text.strip():
            lines.append([text.strip(), min(xs), max(xs), min(ys), max(ys)])
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
