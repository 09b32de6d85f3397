"""Comments of a Word file that explain the quoted word that they are attached to, as notes in the margin do.

Most comments are the talk of those who wrote the text, 此处请核实. They are notes only if several stand at words in
quotation marks, and say more of them than that something is to be done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from glossary_api.errors import ReadError
from glossary_api.reading.word.package import Element, Package, W

COMMENTS = "word/comments.xml"
_LEAST = 2
"""So many comments that explain are notes; one may be a remark."""
_LEAST_SAID = 8
_WORD = re.compile(r"[“「『\"]?([^“”「」『』\"。；！？，：\s]{2,24})[”」』\"]?")
_RUNS_ON = re.compile(
    r"[^“”「」『』\"。；！？，：\s]{0,12}[“「『][^“”「」『』\"。；！？，：\s]{2,20}[”」』][^“”「」『』\"。；！？，：\s]{0,8}"
)
"""A word with a quotation in it, 甲“乙”, “乙”丙."""
_OPENING, _CLOSING = tuple('“「『"'), tuple('”」』"')
_REMARK = re.compile(
    r"[?？]|请|建议|核实|核对|修改|删除?|改为|补充|是否|待定|再议|不妥|原文|同意|此处|这里|这句|该句|该段"
)
"""What is said to those who write the text, not to those who read it."""


def explained(main: Element, package: Package) -> dict[str, str]:
    """Return the words that comments explain, by the ids of the comments; nothing unless several explain one."""
    comments = None
    with suppress(ReadError):  # what is damaged beside the text keeps nobody from it
        comments = package.part(COMMENTS)
    if comments is None:
        return {}
    said = {comment.get(f"{W}id", ""): _text(comment) for comment in comments.iterfind(f"{W}comment")}
    found = {
        number: word
        for paragraph in main.iter(f"{W}p")
        for number, word in _attached(paragraph)
        if len(said.get(number, "")) >= _LEAST_SAID and not _REMARK.search(said[number])
    }
    return found if len(found) >= max(_LEAST, len(said) / 2) else {}


def _attached(paragraph: Element) -> Iterator[tuple[str, str]]:
    """Yield the id of each comment in a paragraph with the quoted word that it is attached to."""
    text, begins = "", dict[str, int]()
    ranges: list[tuple[str, int, int]] = []
    for element in paragraph.iter(f"{W}t", f"{W}commentRangeStart", f"{W}commentRangeEnd"):
        number = element.get(f"{W}id", "")
        if element.tag == f"{W}t":
            text += element.text or ""
        elif element.tag == f"{W}commentRangeStart":
            begins[number] = len(text)
        elif number in begins:
            ranges.append((number, begins[number], len(text)))
    for number, begin, end in ranges:
        found = _WORD.fullmatch(text, begin, end)
        if found and text[: found.start(1)].endswith(_OPENING) and text[found.end(1) :].startswith(_CLOSING):
            yield number, found[1]
        elif _RUNS_ON.fullmatch(text, begin, end):
            yield number, text[begin:end]


def _text(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t")).strip()
