"""Plain text of a PDF: pages one behind the other, each with its notes at its foot and its number below them.

The notes stand in the middle of paragraphs then, and their lines are cut at another width than those of the text. They
are taken out, a line each, and go behind it, as those of a .pdf do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossary_api.reading.joining import circled, mark
from glossary_api.reading.tally import Tally

_SIGN = r"[①-⑳㉑-㉟㊱-㊿]|[［\[〔]\d{1,3}[］\]〕]"
_MARK = re.compile(_SIGN)
_BEGINS = re.compile(rf"\s*(?P<sign>{_SIGN})\s*(?![\s，。；、：）])")
_NUMBER = re.compile(
    r"\s*(?:[-—–－·]{1,2}\s*\d{1,3}\s*[-—–－·]{1,2}|第\s*\d{1,3}\s*页(?:\s*[，,/]?\s*共\s*\d{1,3}\s*页)?)\s*"
)
_BARE_NUMBER = re.compile(r"\s*\d{1,3}\s*")
_RULE = re.compile(r"[\s_─—-]*")
_LEAST = 2
"""So many pages, and so many notes, tell that notes stand at the feet of pages."""
_ENDS = tuple("。！？”）")


def without_feet(text: str, tally: Tally) -> tuple[str, list[str]]:
    """Return a text without the notes at the feet of its pages, and these; all of it if it has none."""
    pages, numbers = _pages(text) if _MARK.search(text) else ([], [])
    notes: list[str] = []
    body: list[str] = []
    for page in pages if len(pages) >= _LEAST else ():
        begin = _foot(page, notes)
        above = list(page[:begin])
        for line in page[begin:]:
            found = _BEGINS.match(line)
            if found and found["sign"] in _marks(above):
                notes.append(_numbered(above, found["sign"], len(notes) + 1) + line[found.end() :].strip())
            elif not _RULE.fullmatch(line):
                notes[-1] += line.strip()
        while above and _RULE.fullmatch(above[-1]):
            above.pop()
        body += above
    if len(notes) < _LEAST:
        return text, []
    for number in numbers:
        tally.leave("furniture", number)
    return "\n".join(body), notes


def _pages(text: str) -> tuple[list[list[str]], list[str]]:
    """Return the lines of each page, and the lines with their numbers."""
    pages: list[list[str]] = [[]]
    numbers: list[str] = []
    for line in text.replace("\f", "\n\f").split("\n"):
        if line.startswith("\f"):
            while pages[-1] and not pages[-1][-1].strip():
                pages[-1].pop()
            if pages[-1] and _BARE_NUMBER.fullmatch(pages[-1][-1]):
                numbers.append(pages[-1].pop())
            pages.append([])
        if _NUMBER.fullmatch(line.lstrip("\f")):
            numbers.append(line.strip())
            pages.append([])
        else:
            pages[-1].append(line.lstrip("\f").rstrip())
    return [page for page in pages if any(map(str.strip, page))], numbers


def _foot(page: Sequence[str], notes: Sequence[str]) -> int:
    """Return the number of the line at which the notes of a page begin, that of its end if it has none.

    The first has its mark above, and a blank line or a drawn one before it; or the last note of the page before goes on
    behind the only such line.
    """
    parted = [i + 1 for i, line in enumerate(page[:-1]) if _RULE.fullmatch(line) and not _RULE.fullmatch(page[i + 1])]
    parted = [i for i in parted if any(map(str.strip, page[:i]))]
    first = next((i for i in parted if _are_noted(page[:i], page[i:]) and _BEGINS.match(page[i])), None)
    goes_on = bool(notes) and not notes[-1].endswith(_ENDS) and len(parted) == 1
    return parted[0] if goes_on else len(page) if first is None else first


def _are_noted(above: Sequence[str], below: Sequence[str]) -> bool:
    """Tell whether lines of a page have the note for each mark of those above them, and no others."""
    begun = [found["sign"] for line in below if (found := _BEGINS.match(line))]
    return bool(begun) and begun == list(dict.fromkeys(_marks(above)))


def _marks(lines: Sequence[str]) -> list[str]:
    return [sign for line in lines for sign in _MARK.findall(line)]


def _numbered(above: list[str], sign: str, number: int) -> str:
    """Return the sign of a note; numbered through, where the numbers begin anew on each page, and so is its mark."""
    if sign in (circled(number), mark(number), f"[{number}]", f"〔{number}〕"):
        return sign
    at = next(i for i, line in enumerate(above) if sign in line)
    above[at] = above[at].replace(sign, mark(number), 1)
    return mark(number)
