"""The lines over a glossary: what their words say decides whether they are headings of one."""

from __future__ import annotations

import re

from glossary_api.parsing import patterns
from glossary_api.parsing.lines import Line, trimmed

ELSEWHERE = r"\((?:此处)?(?:略|从略|另[行附发印见].{0,6}|附后|见附件.{0,6}|单独成[册文])\)"
"""What says of an annex that it is not here."""
_LONGEST_HEADING = 48
_SET_OFF = "【】〖〗[]()<>{}〔〕〈〉#*-—★☆◆◇■□●○◎◉※▲△▼▶►✦❖·=|~"
_HEADING_AND_NOTE = re.compile(r"(?P<heading>[^。;!?:,\r\n]{1,30}[\])】]?):\s*(?=(?:[(\[〔]?1[)\]〕.、]|①|一、)\s*\S)")
_GLUED_HEADING = re.compile(
    r"(?<=[。!?])\s*(?P<heading>(?:附[件录]?\d?[:.]?)?(?:有关|相关)?名词(?:解释|注释)):?\s*(?=(?:1[.、](?!\d)|①|[(\[〔]1[)\]〕])\s*\S)"
)
_HOW_ORDERED = re.compile(r"(?<=.)\([^()]{0,48}\)$")
"""名词解释（按首字音序排列。首字为数字的在后）: a heading goes on in brackets, as long as it likes."""
_EXPLAINED = re.compile("(?:名词|词语|术语|用语|新词|热词|词汇|词条).*(?:解释|注释|释义|注解|诠释)")
_ELSEWHERE = re.compile(rf"{ELSEWHERE}$")


def is_heading(squeezed: str) -> bool:
    """Tell whether a line, in plain form and without white space, says that words are explained behind it."""
    bare = _HOW_ORDERED.sub("", squeezed.rstrip(":.")).rstrip(":.").removesuffix("如下")
    if len(bare) > _LONGEST_HEADING or _ELSEWHERE.search(squeezed):
        return False
    # **名词解释:** has its colon within what sets it off
    forms = dict.fromkeys((bare, bare.strip(_SET_OFF).rstrip(":.")))
    return any(patterns.matches("appendix", "headings", form) for form in forms)


def says_that_words_are_explained(squeezed: str) -> bool:
    """Tell whether a heading names words and their explanation: 名词解释; 术语 or 注 alone may be anything."""
    return len(squeezed) <= _LONGEST_HEADING and bool(_EXPLAINED.search(squeezed)) and is_heading(squeezed)


def heading_and_note(text: str, plain: str, line: Line) -> list[Line]:
    """Return a line, or a heading and the first of the notes that run on behind it: 名词解释：1.甲：…。2.乙：…。

    The heading may run on itself behind the last sentence of the text.
    """
    has_words = plain.find("名词", line.start, line.end) >= 0  # few lines have, and looking for more takes longer
    if has_words and (glued := _GLUED_HEADING.search(plain, line.start, line.end)):
        cuts = [line.start, glued.start("heading"), glued.end("heading"), glued.end(), line.end]
        parts = [trimmed(text, *cuts[:2]), trimmed(text, *cuts[1:3]), trimmed(text, *cuts[3:])]
        return [part for part in parts if part]
    colon = plain.find(":", line.start, min(line.end, line.start + _LONGEST_HEADING))
    found = _HEADING_AND_NOTE.match(plain, line.start, line.end) if colon >= 0 else None
    if found is None or not is_heading("".join(found["heading"].split())):
        return [line]
    behind = (trimmed(text, line.start, found.end("heading")), trimmed(text, found.end(), line.end))
    return [part for part in behind if part]
