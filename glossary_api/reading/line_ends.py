"""Line ends that are not those of the paragraphs: cut at a fixed width, or lost altogether.

Old editors and mail programs cut a text after so many columns, in the middle of words; cells of tables and databases
store it without any line end. What is handed on has a line a paragraph, and every later offset counts in that.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

from glossary_api.reading.tally import Tally

_LINE = re.compile(r"\r\n|\r|\n")
_NARROWEST, _WIDEST = 16, 64
"""The characters of a line that a text is cut to; verses are shorter, paragraphs longer."""
_FULL_SHARE = 0.3
"""So many of the lines of a text that is cut are as long as a line can be; the others end their paragraphs."""
_LEAST_FULL = 5
_LONGER_SHARE = 0.02
"""So many lines may be longer: an address, a table."""
_ENDING_SHARE = 0.3
"""The most of the full lines that may end a sentence; where lines are sentences or verses nearly all do."""
_SLACK = 2
"""Full-width characters by which a full line may be shorter, since no line begins with a stop or divides a number."""
_RUNNING = re.compile("[，。；：、！？,;]")
_RUNNING_SHARE = 0.6
"""So many of the full lines have a stop within: lists of names and titles have none."""
_EXACT_SHARE = 0.9
"""Where so many of the full lines have just one length, no other line is full."""
_SENTENCE_END = tuple("。！？；：…”」』）)!?;:.")
_BEGINS = re.compile(
    r"[ \t]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]|\d{1,3}[.．、][^\d]"
    r"|[［\[〔【]|第[一二三四五六七八九十]{1,3}[章节部]|名\s*词\s*解\s*释|附[件录注]|各位代表|[-—─]{2}|[#*•·-]\s)"
)
"""What a paragraph begins with, and the middle of one hardly ever."""
_INDENTED_SHARE = 0.1
"""Where so many lines are indented paragraphs begin with an indent; fewer are a title in the middle of its line."""
_INDENT = re.compile("(?:\u3000|\t|[ \u00a0]{2,})\\s*")
_WORD = re.compile(r"[0-9A-Za-z]")

_LEAST_ESCAPED = 5
"""So many line ends written as a backslash and an n are what a program left of them."""
_ENTITY = re.compile(r"&(?:nbsp|[lr][ds]quo|e[mn]sp|mdash|middot|hellip|quot|amp|#\d{2,5});")
"""A character as web pages write it, which a program left in the text that it took from one."""
_LEAST_CHARACTERS = 200
_FEW_LINES = 3
_PARAGRAPH = 600
"""A text without line ends has so many characters a line, most of its paragraphs lost."""
_LEAST_SENTENCES = 5
_FIRST_NOTE = re.compile(r"(?<=[。！？])\s*(?=①|[［〔\[][1１][］〕\]]\s*[^，。、；]{2,})")
_UNNUMBERED = re.compile(r"(?<=[。；])[ \t\u3000]*(?=[^\s。：:，；]{2,20}(?:[：:]|是指))")
_PARTED = re.compile(
    r"(?<=[。！？])[ \t\u3000]*(?=[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|各位代表"
    r"|(?:附[件录注]?[一二三四\d]{0,2}[:：]?\s*)?(?:《?[^。，；：”]{0,12}》?)?(?:名\s*词\s*(?:解\s*释|注\s*释|释\s*义)|注释)"
    r"(?=[^\s。：:，；①1]{2,20}[：:]|[\s:：①1１［〔(（一【\[“]))"
    r"|(?<=名词解释)[：:]?[ \t\u3000]*(?=[【〖][^【】〖〗]{2,24}[】〗]|[^\s。：:，；①1《（(]{2,20}[：:])"
    r"|(?<=[名词解释注义：:])[ \t\u3000]*(?=(?:①|[1１][.．、]|[［〔\[(（][1１一][］〕\])）]|一、)\s*\S)"
    r"|(?<=[。！？])[ \t\u3000]*(?=附[件录注])|(?<=[释明义注解])[：:]?[ \t\u3000]*(?=[1１][.．、]\D)"
    r"|(?<=工作报告)\s*(?=[-—─]{2}|[（(]?\d{4}年\d{1,2}月)|(?<=会议上)[ \t\u3000]*[）)]?"
    r"|(?=各位代表[：:！])|(?<=各位代表[：:])"
)
_NOTE = re.compile(
    r"(?<=[。；！？.;])[ \t\u3000]*(?=[【〖][^【】〖〗\n]{2,24}[】〗]|[①-⑳㉑-㉟㊱-㊿]|\d{1,3}[.．、](?!\d+[%％])\s*\S"
    r"|[［〔\[(（]\d{1,3}[］〕\])）])"
)
_NOTES_BEGIN = re.compile(
    r"\n[^\n。]{0,40}(?:名\s*词\s*(?:解\s*释|注\s*释|释\s*义)|(?:词|名|语|概念|提法)[^\n。]{0,8}说明|注释|注解)[:：\s]*\n"
)
_PAGE = r"(?P<number>[-—–－]{1,2}[ \u3000]*\d{1,3}[ \u3000]*[-—–－]{1,2}|第\s*\d{1,3}\s*页)[ \t]*\r?\n"
_PAGE_LINE = re.compile(rf"(?m)^[ \t\u3000]*{_PAGE}")
_PAGE_WITHIN = re.compile(
    rf"(?<=[^\n]{{15}}[\u4e00-\u9fff，、])[ \t]*\r?\n\s*{_PAGE}"
    r"(?:[ \t]*\r?\n)*(?=[\u4e00-\u9fff，。、；：“”])(?![一二三四五六七八九十]{1,3}、|各位代表)"
)
"""The number of a page between two pieces of a paragraph, the first of which ends with no stop."""
_GAP = re.compile(r"(?<=[。！？；：”）])(?:[ \t]{2,}|\u3000+[ \t]*)|(?<=\S)\u3000{2,}")


def mended(text: str) -> str:
    """Return a text with a line a paragraph, if its line ends were cut in or lost; any other as it is."""
    if len(_ENTITY.findall(text)) >= _LEAST_ESCAPED:
        text = html.unescape(text)
    if text.count("\\n") > max(text.count("\n"), _LEAST_ESCAPED):
        text = text.replace("\\r", "").replace("\\n", "\n")
    lines = _LINE.split(text)
    if _is_lost(lines):
        return _parted(text)
    for width_of in (len, _columns):
        if (widths := _cut_at(lines, width_of)) is not None:
            return _joined(lines, *widths, width_of)
    return text


def without_page_numbers(text: str, tally: Tally) -> str:
    """Return a text whose paragraphs go on where a page ends within them, the number of the page counted."""

    def joined(found: re.Match[str]) -> str:
        tally.leave("furniture", found["number"])
        return ""

    # Few texts have such a line, and to look for the whole takes twenty times as long.
    return _PAGE_WITHIN.sub(joined, text) if _PAGE_LINE.search(text) else text


def _columns(line: str) -> int:
    """Return how many full-width characters wide a line is, half-width ones counted two for one."""
    return (sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in line) + 1) // 2


def _cut_at(lines: Sequence[str], width_of: Callable[[str], int]) -> tuple[int, int] | None:
    """Return the least and greatest width of the full lines of a text that was cut; None if lines are paragraphs."""
    filled = [line.rstrip() for line in lines if line.strip()]
    if sum(len(line) > 2 * _WIDEST for line in filled) > _LONGER_SHARE * len(filled):
        return None  # however their signs are counted: what follows would find so, too, but later
    widths = Counter(map(width_of, filled))
    width = max(widths, key=lambda one: (sum(widths[one - slack] for slack in range(_SLACK + 1)), one), default=0)
    if not _NARROWEST <= width <= _WIDEST or sum(widths[one] for one in widths if one > width) > _LONGER_SHARE * len(
        filled
    ):
        return None
    full = [line for line in filled if width - _SLACK <= width_of(line) <= width]
    ending = sum(line.endswith(_SENTENCE_END) for line in full)
    enough = len(full) >= max(_LEAST_FULL, _FULL_SHARE * len(filled))
    if not enough or ending > _ENDING_SHARE * len(full):
        return None
    running = sum(bool(_RUNNING.search(line)) for line in full)
    if running < _RUNNING_SHARE * len(full):
        return None
    exactly = sum(width_of(line) == width for line in full)
    return (width if exactly >= _EXACT_SHARE * len(full) else width - _SLACK), width


def _joined(lines: Sequence[str], least: int, most: int, width_of: Callable[[str], int]) -> str:
    """Return the paragraphs of lines that were cut: each goes on behind a full line, up to what begins another."""
    indented = sum(bool(_INDENT.match(line)) for line in lines) >= _INDENTED_SHARE * len(lines)
    joined: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on and line.strip() and not _begins(line, joined[-1], indented):
            joined[-1] = _together(joined[-1], line)
        else:
            joined.append(line.rstrip())
        goes_on = least <= width_of(line.rstrip()) <= most
    return "\n".join(joined)


def _begins(line: str, before: str, indented: bool) -> bool:
    """Tell whether a line behind a full one begins a paragraph; where paragraphs are indented nothing else does."""
    if indented:
        return bool(_INDENT.match(line))
    return bool(_BEGINS.match(line)) and before.endswith(_SENTENCE_END)


def _together(before: str, line: str) -> str:
    """Return two parts of a paragraph, parted by a space only between words of letters and figures."""
    line = line.strip()
    space = " " if before[-1:].isascii() and before[-1:].isalpha() and _WORD.match(line) and line[0].isalpha() else ""
    return before + space + line


def _is_lost(lines: Sequence[str]) -> bool:
    """Tell whether a text of many sentences has lost its line ends, but for a few."""
    filled = [line for line in lines if line.strip()]
    longest = max(filled, key=len, default="")
    few = len(filled) <= _FEW_LINES or sum(map(len, filled)) >= _PARAGRAPH * len(filled)
    return (
        few and len(longest) >= _LEAST_CHARACTERS and longest.count("。") >= _LEAST_SENTENCES and "各位代表" in longest
    )


def _parted(text: str) -> str:
    """Return the text with a line end before headings, the salutation, the glossary and each of its notes."""
    text = _PARTED.sub("\n", _GAP.sub("\n", text))
    begin = _NOTES_BEGIN.search(text)
    if begin is None:
        firsts = list(_FIRST_NOTE.finditer(text))
        at = firsts[-1].start() if firsts else len(text)
    else:
        at = begin.end()
    notes = _NOTE.sub("\n", text[at:])
    if "\n" not in notes.strip():
        notes = _UNNUMBERED.sub("\n", notes)
    return text[:at].rstrip("\n") + "\n" + notes.lstrip("\n") if notes else text
