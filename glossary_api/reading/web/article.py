"""Find the article of a web page among navigation, footers and other furniture.

The page is printed once, line by line; every element is then a range of lines. Running text tells the article from
the rest: lines with the punctuation of sentences that are not mostly links. The article is the smallest element with
almost all of it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from glossary_api.reading.joining import NOTES_HEADING, SAYS_NOTES
from glossary_api.reading.tally import Tally
from glossary_api.reading.web.attributes import MARK

ARTICLE_SHARE = 0.99
"""The share of the running text that the article must have; the rest is a slogan or notice in the page's frame."""

FURNITURE_CHARACTERS = 200
"""The most running text that an element named as furniture may have; a longer one is misnamed."""

LINK_SHARE = 0.6
"""The share of links from which a line or element that is no running text counts as a list of links."""

FURNITURE_TAGS = frozenset(("nav", "header", "footer", "aside"))
_FURNITURE_NAMES = (
    "nav navi navbar navigation menu topnav header head top topbar footer foot bottom breadcrumb breadcrumbs crumb"
    " crumbs position location weizhi dqwz share bdshare fenxiang sidebar side aside related relate relevant recommend"
    " xgxx xgwj copyright banquan icp toolbar tool tools dayin close qrcode ewm erweima pager pagination paging pagebar"
    " search login banner advert ads weixin wechat popup modal dialog accessibility wza friendlink friendlinks links"
)
_TITLE_NAMES = "title tit biaoti"
# Blocks that hold a paragraph; the article is never one of them, though a short one may have one long paragraph.
_PARAGRAPHS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "tr", "caption", "pre"))
_LEAST_LINES = 2
_NAME_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_OF_COMPONENT = re.compile(
    r"\b(?:accordion|card|panel|collapse)-?(?:item-?)?(?:header|heading|head|footer|title|link)\b", re.I
)
"""The name of a part of a box that opens: what stands in it, and no part of the page's frame."""
_SENTENCE = re.compile("[。；，、！？]")
_LEAST_SENTENCE = 12  # characters that are no link; shorter lines are headings, dates, captions
_NOTE = re.compile(r"\s*(?:[①-⑳㉑-㉟㊱-㊿⑴-⒛]|[［\[〔【(（]\s*\d{1,3}\s*[］\]〕】)）]|\d{1,3}\s*[.．、])")
_TITLE_REACH = 10  # lines of the article in which its title is looked for


@dataclass(slots=True)
class PrintedLine:
    """A line of the printed page."""

    text: str
    linked: int = 0
    """How many of its characters are links to elsewhere."""
    heading: int = 0
    """The level of the heading that it is part of, 1 for `h1`; 0 for none."""
    is_furniture: bool = False
    notes: list[str] = field(default_factory=list)
    """What attributes explain of the words on it."""

    @property
    def weight(self) -> int:
        """Return how much running text it is: the characters that are no links, if it is made of sentences."""
        own = len(self.text) - self.linked
        return own if own >= _LEAST_SENTENCE and own > self.linked and _SENTENCE.search(self.text) else 0

    @property
    def is_note(self) -> bool:
        """Return whether it is running text behind the marker of a note."""
        return self.weight > 0 and _NOTE.match(self.text) is not None


@dataclass(slots=True)
class Block:
    """A block element as a range of printed lines."""

    tag: str
    names: str
    """Its id, classes and role."""
    start: int
    end: int
    links: int
    """How many links stand in it."""
    inside_article: bool
    """Whether an `article` or `main` element surrounds it, whose header holds its title."""


@dataclass(slots=True)
class WebPage:
    """A printed page."""

    lines: list[PrintedLine] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    declared_title: str = ""
    """The title that the head of the page gives to its article, by `<meta name="ArticleTitle">`."""


def article(page: WebPage, tally: Tally) -> list[str]:
    """Return the lines of the article, its title first, what its attributes explain last.

    All lines but furniture if no element stands out. The other lines are counted.
    """
    _mark_furniture(page)
    start, end = _range_of_article(page)
    kept = [line for line in page.lines[start:end] if not line.is_furniture]
    body = [line.text for line in kept]
    title = _title(page, start, body)
    for at, line in enumerate(page.lines):
        if (line.is_furniture or not start <= at < end) and line.text not in title:
            tally.leave("furniture", line.text)
    return [*title, *body, *_notes(kept)]


def _notes(lines: Sequence[PrintedLine]) -> list[str]:
    """Return the notes in attributes below a heading of their own, each once, without what the article says itself."""
    printed = "\n".join(line.text for line in lines)
    found = dict.fromkeys(note for line in lines for note in line.notes)
    unsaid = [note for note in found if note.split("：", 1)[-1].rstrip("。") not in printed]
    # A list has numbers throughout or none.
    lists = [[n for n in unsaid if bool(MARK.match(n)) is numbered] for numbered in (False, True)]
    return [line for notes in lists if notes for line in (NOTES_HEADING, *notes)]


def _mark_furniture(page: WebPage) -> None:
    weights = _sums([line.weight for line in page.lines])
    notes = _sums([line.is_note for line in page.lines])
    lengths = _sums([len(line.text) for line in page.lines])
    linked = _sums([line.linked for line in page.lines])
    furniture = [0] * (len(page.lines) + 1)
    for block in page.blocks:
        weight = weights[block.end] - weights[block.start]
        if weight > FURNITURE_CHARACTERS or notes[block.end] > notes[block.start] or _is_box(page, block):
            continue
        share = linked[block.end] - linked[block.start]
        is_list = block.links >= 3 and share >= LINK_SHARE * (lengths[block.end] - lengths[block.start])
        if is_list or _is_named_furniture(block, page.lines[block.start : block.end]):
            furniture[block.start] += 1
            furniture[block.end] -= 1
    for line, depth in zip(page.lines, accumulate(furniture), strict=False):
        line.is_furniture = depth > 0 or (line.linked > 0 and line.linked >= LINK_SHARE * len(line.text))


def _is_box(page: WebPage, block: Block) -> bool:
    """Return whether a block is a box with explanations: a line that says so, no link, and sentences below it."""
    lines = page.lines[block.start : block.end]
    says = next((at for at, line in enumerate(lines) if SAYS_NOTES.fullmatch(line.text)), None)
    return says is not None and not block.links and any(line.weight for line in lines[says + 1 :])


def _is_named_furniture(block: Block, lines: Sequence[PrintedLine]) -> bool:
    """Return whether tag, id or class name a block furniture; one with the main heading belongs to the article."""
    if block.tag in FURNITURE_TAGS:
        return not block.inside_article or block.tag == "nav"
    return _is_named(block, _FURNITURE_NAMES) and not any(line.heading == 1 for line in lines)


def _is_named(block: Block, names: str) -> bool:
    """Return whether a part of an id or class, such as `nav` in `siteNav_2`, is one of the names."""
    own = _OF_COMPONENT.sub("", block.names)
    return any(part.lower() in _words(names) for part in _NAME_PARTS.findall(own))


@functools.cache
def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


def _range_of_article(page: WebPage) -> tuple[int, int]:
    """Return the range of the smallest block with the running text and with every note; the whole page without any."""
    counted = [0 if line.is_furniture else line.weight for line in page.lines]
    weights = _sums(counted)
    notes = _sums([bool(weight) and line.is_note for weight, line in zip(counted, page.lines, strict=True)])
    best = (0, len(page.lines))
    if not weights[-1]:
        return best
    for block in page.blocks:
        if block.tag in _PARAGRAPHS or block.end - block.start < _LEAST_LINES:
            continue
        has_text = weights[block.end] - weights[block.start] >= ARTICLE_SHARE * weights[-1]
        has_notes = notes[block.end] - notes[block.start] == notes[-1]
        if has_text and has_notes and block.end - block.start < best[1] - best[0]:
            best = block.start, block.end
    return best


def _title(page: WebPage, start: int, body: Sequence[str]) -> list[str]:
    """Return the heading above the article, unless one of the first lines of the article is or contains it."""
    for block in page.blocks:
        if block.end == block.start + 1 and _is_named(block, _TITLE_NAMES):
            page.lines[block.start].heading = page.lines[block.start].heading or 4
    above = [line for line in page.lines[:start] if line.heading and not line.is_furniture]
    main = [line.text for line in above if line.heading == 1]
    title = main[-1] if main else page.declared_title or (above[-1].text if above else "")
    known = [_bare(line) for line in body[:_TITLE_REACH] if not _SENTENCE.search(line)]
    return [title] if title.strip() and not any(_bare(title) in line for line in known) else []


def _bare(text: str) -> str:
    return "".join(text.split())


def _sums(values: Sequence[int]) -> list[int]:
    """Return sums of the first 0, 1, 2, … values, so that any range is one subtraction."""
    return [0, *accumulate(values)]
