"""Several reports in one text: each begins with a title block of its own and has its own notes behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from glossary_api.parsing.genre import genre_by
from glossary_api.parsing.lines import Line, lines_of
from glossary_api.parsing.patterns import any_of

_SALUTATION = re.compile(any_of("wordings", "salutation"))
_DELIVERED = re.compile(any_of("wordings", "delivered"))
_BLOCK = 12
"""Lines that a title block may have."""
_LONGEST = 60
"""Characters of its longest line."""


def reports_in(plain: str) -> tuple[int, ...]:
    """Return where each report of a text in plain form begins, the first at 0; (0,) for a text that is one report.

    A report begins with its title, the day, the meeting or the speaker below it, and the salutation on a line of its
    own not much further down.
    """
    lines = list(lines_of(plain))
    begins = [
        begin for n, line in enumerate(lines) if _SALUTATION.fullmatch(line.squeezed) and (begin := _title(lines, n))
    ]
    return (0, *(line.start for line in begins[1:]))


def _title(lines: Sequence[Line], salutation: int) -> Line | None:
    """Return the first line of the title block above a salutation, if there is one: its title, of two the upper one."""
    above = list(_block(lines, salutation))
    titles = [n for n, line in enumerate(above) if genre_by([line.squeezed.lstrip("#*")])]
    if not titles or not any(_DELIVERED.search(line.squeezed) for line in above[: titles[-1]]):
        return None
    return above[titles[-1]]


def _block(lines: Sequence[Line], salutation: int) -> Iterator[Line]:
    """Yield the lines above a salutation, upwards, as far as they can be those of a title block."""
    for line in reversed(lines[max(0, salutation - _BLOCK) : salutation]):
        if len(line.text) > _LONGEST or "。" in line.text:
            return
        yield line
