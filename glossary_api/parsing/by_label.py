"""Names that a text takes up one by one: “一核两翼”（一核即甲，两翼为乙、丙）, “甲”，就是…；“乙”，就是…

What is said of parts is cut and counted like a note; it explains the name only if it says all that the numerals count.
"""

from __future__ import annotations

import functools
import re

from glossary_api.model.things import Inline, Passage, Slogan
from glossary_api.parsing.list_edges import words
from glossary_api.parsing.members import members_of
from glossary_api.parsing.numerals import counts_in
from glossary_api.parsing.patterns import any_of
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_IS = any_of("defining", "means", "means-barely", "that-is", "consists-of")
_ENDS = {"(": re.compile(r"[)\r\n]"), ",": re.compile(r"[。!?\r\n]")}
_NOTE_ENDS = re.compile(r"[。!?\r\n]|--")
_REACH = 400
_FRAMED = "以[^,;。]{1,40}为"
"""甲区域为主体，以乙、丙为两翼: what each of the parts is, framed by 以 and 为."""
_FRAMED_BEFORE = re.compile(rf"(?P<said>以[^;。:]{{1,80}}为[^,;。]{{1,4}})的[{OPENING_QUOTES}]?$")
_SAID = re.compile(
    rf"(?:^|(?<=[。;:\n]))[{OPENING_QUOTES}](?P<name>[^{OPENING_QUOTES}{CLOSING_QUOTES}\n]{{2,12}})[{CLOSING_QUOTES}],?"
    r"(?P<link>就是|即是?|是指|指的是)(?![要说将使便时日刻可])[:,]?(?P<said>[^。;\n]{6,120})[。;]"
)


def taken_up_by_part(text: str, plain: str, slogan: Slogan) -> Inline | None:
    """Return the passage behind a name that begins with its first part and says what each part stands for."""
    counts = counts_in(slogan.text)
    if len(counts.counts) < 2:
        return None
    label = rf"[{OPENING_QUOTES}]?{re.escape(counts.counts[0].label)}[{CLOSING_QUOTES}]?(?:{_IS}|[是为指即])"
    said = rf"(?P<sign>[(,:]|--)即?(?={label}|{_FRAMED})|,?{_IS}[:,]?(?={_FRAMED})"
    lead = re.compile(rf"[{CLOSING_QUOTES}]?[\u4e00-\u9fff]{{0,8}}?(?:{said})")
    found = lead.match(plain, slogan.end)
    if not found:
        before = _FRAMED_BEFORE.search(plain, max(0, slogan.start - _REACH), slogan.start)
        return _inline(text, plain, slogan, *before.span("said")) if before else None
    end = _ENDS["(" if found["sign"] == "(" else ","].search(plain, found.end(), found.end() + _REACH)
    if not end:
        return None
    return _inline(text, plain, slogan, found.end(), end.start())


def _inline(text: str, plain: str, slogan: Slogan, start: int, end: int) -> Inline | None:
    passage = Passage(text[start:end], start, end)
    listed = members_of(text, plain, slogan.text, passage)
    return Inline(passage.start, passage.end, listed.members) if listed.check.status == "pass" else None


def explained_like_note(text: str, plain: str, slogan: Slogan) -> Inline | None:
    """“两稳两降”，即甲率、乙价基本稳定，丙债、丁款持续下降: what a link leads to, if it counts like a note."""
    found = _leading_to_note().match(plain, slogan.end) if len(counts_in(slogan.text).counts) > 1 else None
    if not found:
        return None
    stops = _ENDS["("] if found["link"].startswith("(") else _NOTE_ENDS
    end = stops.search(plain, found.end(), found.end() + _REACH)
    return _inline(text, plain, slogan, found.end(), end.start()) if end else None


@functools.cache
def _leading_to_note() -> re.Pattern[str]:
    return re.compile(rf"[{CLOSING_QUOTES}]?[\u4e00-\u9fff]{{0,8}}?(?P<link>{words('behind')})")


def said_in_turn(text: str, plain: str, slogan: Slogan) -> Inline | None:
    """Return what a sentence says that a quoted name is, if the sentence beside it says what another name is alike.

    One such sentence by itself may state a task, or only praise.
    """
    found = _SAID.match(plain, slogan.start - 1) if slogan.start else None
    if not found:
        return None
    following = _SAID.match(plain, found.end())
    before = (other for other in _SAID.finditer(plain, max(0, slogan.start - _REACH), found.start()))
    beside = following or next((other for other in before if other.end() == found.start()), None)
    if not beside or beside["link"] != found["link"]:
        return None
    a, b = found.span("said")
    return Inline(a, b, (Passage(text[a:b], a, b),))
