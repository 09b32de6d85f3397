"""Find documents that are one report: pages of a web site, halves （上） and （下）, a report and its 附件2：名词解释.

What belongs together is joined into one text, so that every span counts in one text, as everywhere.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from glossary_api.harvesting.manifest import ManifestRow
from glossary_api.harvesting.taking import Taken
from glossary_api.model.files import LeftOut
from glossary_api.model.messages import Message
from glossary_api.model.things import Document
from glossary_api.parsing.glossary_headings import is_heading
from glossary_api.parsing.lines import lines_of
from glossary_api.parsing.patterns import any_of
from glossary_api.parsing.title import read_title_block
from glossary_api.reading.datasets import NOTES
from glossary_api.text.folding import plain

_FIRST_HALF, _LAST_HALF = 101, 103
_ORDINALS = {"上": _FIRST_HALF, "中": 102, "下": _LAST_HALF} | {
    sign: number for number, sign in enumerate("一二三四五六七八九十", 1)
}
_PAGE = re.compile(any_of("wordings", "part-of-name"))
_ADDRESS = re.compile(r"[?@]\w+=")
"""What the name of a page has that was saved under its address: show.html?id=7&page=2."""
_QUERY = re.compile(r"[?@&](?:page|p|pn|pageno|pageindex|currentpage)=(?P<number>\d{1,2})(?!\d)")
_EXTENSION = re.compile(r"\.\w{3,5}(?=[?@&]|$)")
_SUFFIX = re.compile(r"\.[a-z]{2,5}$")
_SALUTATION = re.compile(r"各位代表[,、]?(?:各位[^:]{2,12})?:")
_HEAD = 8
"""Lines of the first page that the others may begin with, too."""
_OPENING = 400
"""Characters in which a text that begins a report says so."""
_GOES_ON = "，、；,;"
"""A page that ends so ends in the middle of a sentence."""


@dataclass(frozen=True, slots=True)
class Portion:
    """A document, where it comes from, and what the manifest says of it."""

    path: Path
    name: str
    """As in `HarvestedFile.name`."""
    document: Document
    """Without its text."""
    chars: int
    """How long that is."""
    source: Sequence[Taken]
    at: int
    """Where in the source the document is whole."""
    row: ManifestRow | None = None
    within: str = ""
    """What stands behind the name of the file: `#n` for a record, `!member` in an archive."""

    @property
    def text(self) -> str:
        """Return the text of the document, from where it is kept."""
        return self.source[self.at].document.text


@dataclass(frozen=True, slots=True)
class Whole:
    """The pieces of one report, the first page first, and what is doubtful about them."""

    pieces: tuple[Portion, ...]
    doubts: tuple[Message, ...] = ()

    @property
    def document(self) -> Document:
        """Return one document with the text of all pieces, but for what later pages repeat of the head of the first."""
        first = self.pieces[0].source[self.pieces[0].at].document
        if len(self.pieces) == 1:
            return first
        text, ocr = first.text, list(first.ocr)
        for piece in self.pieces[1:]:
            other = piece.text
            text += "" if text.rstrip(" ")[-1:] in _GOES_ON else "\n"
            text += _heading_of(piece.document, other)
            cut = _repeated(other, first.text)
            ocr += ((max(a, cut) - cut + len(text), b - cut + len(text)) for a, b in piece.document.ocr if b > cut)
            text += other[cut:]
        digests = "".join(piece.document.sha256 for piece in self.pieces)
        left_out = tuple(one for piece in self.pieces for one in piece.document.left_out)
        digest = hashlib.sha256(digests.encode()).hexdigest()
        return replace(first, text=text, sha256=digest, left_out=left_out, ocr=tuple(ocr))

    def repeated(self, piece: Portion) -> tuple[LeftOut, ...]:
        """Return the head of the first page that a piece repeats, as what is left out of it."""
        if piece is self.pieces[0]:
            return ()
        text = piece.text
        count = len("".join(text[: _repeated(text, self.pieces[0].text)].split()))
        return (LeftOut("furniture", count),) if count else ()


def paged(pieces: Sequence[Portion]) -> list[Whole]:
    """Join the pages of reports and what the manifest says belongs to a report; all others are wholes by themselves."""
    attached: defaultdict[str, list[Portion]] = defaultdict(list)
    series: defaultdict[tuple[str, str, str], list[Portion]] = defaultdict(list)
    for piece in pieces:
        if piece.row and piece.row.belongs_to:
            attached[piece.row.belongs_to].append(piece)
        elif not (piece.row and piece.row.alone):
            series[piece.name.rpartition("/")[0], piece.document.format, _page(piece)[0]].append(piece)
    _add_first_pages(series)
    joined = (_series(stem, group) for (_, _, stem), group in series.items())
    found = {whole.pieces[0].name: whole for whole in joined if whole}
    later = {piece.name for whole in found.values() for piece in whole.pieces[1:]}
    later |= {piece.name for group in attached.values() for piece in group}
    wholes = [found.get(piece.name) or Whole((piece,)) for piece in pieces if piece.name not in later]
    return [
        replace(whole, pieces=(*whole.pieces, *sorted(attached[whole.pieces[0].name], key=_order))) for whole in wholes
    ]


def _add_first_pages(series: Mapping[tuple[str, str, str], list[Portion]]) -> None:
    """Add to the pages from the second on a first one whose own name ends in a number: t_7, t_7_2, t_7_3."""
    alone = {
        (folder, format_, _SUFFIX.sub("", plain(group[0].document.own_name).lower())): group[0]
        for (folder, format_, _), group in series.items()
        if len(group) == 1
    }
    for key, group in series.items():
        if key in alone and min(_page(piece)[1] or 0 for piece in group) > 1:
            group.append(alone[key])


def _order(piece: Portion) -> tuple[bool, int, str]:
    """Return pages by their number, then other attachments by name."""
    _, number = _page(piece)
    return number is None, number or 0, piece.name


def _heading_of(document: Document, text: str) -> str:
    """Return the line above notes that only the name of their file calls 名词解释."""
    stem = "".join(_SUFFIX.sub("", plain(document.own_name)).split())
    first = next(lines_of(text), None)
    says_so = first is not None and is_heading(plain(first.squeezed))
    return f"{NOTES}\n" if is_heading(stem) and not says_so else ""


def _page(piece: Portion) -> tuple[str, int | None]:
    """Return the stem of a name without the number of a page, and that number; the whole stem and None without one."""
    name = plain(piece.document.own_name).lower()
    if "#" in name:
        return name, None
    if _ADDRESS.search(name):
        found, stem = _QUERY.search(name), _EXTENSION.sub("", _QUERY.sub("", name))
        return re.sub("[?@]", "&", stem), int(found["number"]) if found else None
    stem = _SUFFIX.sub("", name)
    if found := _PAGE.fullmatch(stem):
        printed = found["number"] or found["half"] or found["nth"]
        return found["stem"], _ORDINALS.get(printed) or int(printed)
    return stem, None


def _series(stem: str, group: Sequence[Portion]) -> Whole | None:
    """Return the pages of one report, if documents of one stem are that: only the first begins a report."""
    by_number = {(number or 0) if own == stem else 1: piece for piece in group for own, number in [_page(piece)]}
    numbers = sorted(by_number)
    numbered = [by_number[number] for number in numbers]
    if not len(group) == len(numbers) > 1:
        return None
    first, *others = (piece.text for piece in numbered)
    rests = [text[_repeated(text, first) :] for text in others]
    if any(map(_begins, rests)) or not _begins(first):
        return None
    start, end = numbers[0], numbers[-1]
    missing = sorted(set(range(2 if start == 0 and 1 not in numbers else start, end + 1)) - set(numbers))
    if start == _FIRST_HALF:  # between （上） and （下） nothing need be
        missing = []
    complete = (start < 2 and not missing) or (start, end) == (_FIRST_HALF, _LAST_HALF)
    alike = all(len(rest) < len(text) for rest, text in zip(rests, others, strict=True))
    if not (complete or alike):
        return None
    listed = ", ".join(map(str, missing))
    lost = (
        Message("page-is-not-there", page=listed) if len(missing) == 1 else Message("pages-are-not-there", pages=listed)
    )
    doubts = (lost,) if missing else ()
    return Whole(tuple(numbered), doubts)


def _begins(text: str) -> bool:
    """Tell whether a text begins as a report does, with its congress, its day, its speaker or the salutation."""
    block = read_title_block(text)
    return bool(block.meeting or block.date or block.speaker or _SALUTATION.search(plain(text[:_OPENING])))


def _repeated(text: str, first: str) -> int:
    """Return where in a page that follows ends what it repeats of the head of the first page: its title, its day."""
    head = {line.squeezed for line, _ in zip(lines_of(first), range(_HEAD), strict=False)}
    end = 0
    for line in lines_of(text):
        if line.squeezed not in head:
            break
        end = line.end
    return end if end < len(text.rstrip()) else 0
