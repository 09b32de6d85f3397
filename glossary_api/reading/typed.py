"""Signs that mail programs, editors and typists put into plain text: > before lines, numbers of lines, marks.

The signs that a typist makes of footnotes, ¹, *, †, [a], are printed as the marks of every other reader: ［1］.
"""

from __future__ import annotations

import re

from glossary_api.reading.joining import mark

_QUOTED = re.compile(r"(?:>[ \t]?)+")
_QUOTED_SHARE = 0.5
_NUMBERED = re.compile(r"[ \t]{0,8}(\d{1,5})(?:[:：|]?[ \t]|[:：|]|$)[ \t]?")
_LEAST_LINES = 8
_SIGN = r"[¹²³⁰⁴-⁹]{1,3}|\*{1,8}|※{1,8}|[†‡§¶]|[\[［(（][a-zA-Z][\]］)）]"
_AS_MARK = re.compile(rf"(?<=[”」』])(?:{_SIGN})(?![*※])")
_MARKED = re.compile(rf"[”」』]({_SIGN})(?![*※])")
"""The same with the quotation mark, from which it is found ten times as fast."""
_AT_LINE = re.compile(rf"(?m)^[ \t\u3000]*(?P<sign>{_SIGN})(?![*※])[ \t\u3000]*(?=[^\s*※])")
_STARRED = re.compile(r"(?m)^\*([^*\n]{2,30})\*(?=[：:])")
_LEAST_SIGNS = 2
_CODES = "b|i|u|s|size|color|font|align|center|left|right|list|quote|url|img|p|indent|backcolor|table|tr|td"
_CODE = re.compile(rf"\[/?(?:{_CODES})(?:=[^\[\]\n]{{0,200}})?\]", re.IGNORECASE)
_CLOSING_CODE = re.compile(rf"\[/(?:{_CODES})\]", re.IGNORECASE)
_ITEM = re.compile(r"\[\*\][ \t]*")
_LEAST_CODES = 4
"""Codes that a text must close to be one of a forum."""


def as_typed(text: str) -> str:
    """Return a text without the signs of mail programs and the numbers of its lines, its notes marked as others are."""
    return _with_marks(_without_stars(_without_line_numbers(_without_codes(_unquoted(text)))))


def _without_codes(text: str) -> str:
    """Return a text without the codes by which forums set type, [b]甲[/b], a bullet for each item of a list."""
    if "[/" not in text or len(_CLOSING_CODE.findall(text)) < _LEAST_CODES:
        return text
    return _CODE.sub("", _ITEM.sub("● ", text))


def _unquoted(text: str) -> str:
    """Return a text without the > that a mail program puts before each line of what is answered."""
    if ">" not in text:
        return text
    lines = text.split("\n")
    quoted = sum(line.startswith(">") for line in lines)
    if quoted < max(_LEAST_SIGNS, _QUOTED_SHARE * sum(bool(line.strip()) for line in lines)):
        return text
    return "\n".join(_QUOTED.sub("", line, count=1) if line.startswith(">") else line for line in lines)


def _without_line_numbers(text: str) -> str:
    """Return a text without the numbers of its lines, if each has one and they count up by one."""
    if not _NUMBERED.match(text.lstrip("\ufeff\r\n")):
        return text
    lines = text.split("\n")
    found = [_NUMBERED.match(line) for line in lines if line.strip()]
    numbers = [int(one[1]) for one in found if one]
    if len(numbers) < max(_LEAST_LINES, len(found)) or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return text
    return "\n".join(_NUMBERED.sub("", line, count=1) for line in lines)


def _without_stars(text: str) -> str:
    """Return a text without the stars by which messages set names in bold type, *甲*：…."""
    return _STARRED.sub(r"\1", text) if "*" in text and len(_STARRED.findall(text)) >= _LEAST_SIGNS else text


def _behind_word(sign: str) -> re.Pattern[str]:
    """Return what finds a sign behind a quotation that runs on, “甲”计划*."""
    return re.compile(rf"(?<=[\u4e00-\u9fff]){re.escape(sign)}(?![*※\w])")


def _with_marks(text: str) -> str:
    """Return a text in which ［1］ stands for the first of the signs that mark a quoted word and begin a line below."""
    marks = {found[1] for found in _MARKED.finditer(text)}
    if len(marks) < _LEAST_SIGNS:
        return text
    marks |= {found["sign"] for found in _AT_LINE.finditer(text) if _behind_word(found["sign"]).search(text)}
    begun = dict.fromkeys(found["sign"] for found in _AT_LINE.finditer(text) if found["sign"] in marks)
    if len(begun) < _LEAST_SIGNS or set(begun) != marks:
        return text
    numbers = {sign: mark(number) for number, sign in enumerate(begun, 1)}
    text = _AS_MARK.sub(lambda found: numbers[found[0]], text)
    for sign, printed in numbers.items():  # “甲”计划*
        text = _behind_word(sign).sub(printed, text)
    return _AT_LINE.sub(lambda found: numbers.get(found["sign"], found[0]), text)
