"""One form of a name, with the map back to the source.

Two spellings of a name fold to the same string: quotation marks, white space and invisible characters are
dropped, full width becomes half width, traditional characters simplified ones, letters small, dashes and middle
dots one of each, and Han numerals digits (六个 = 6个, 两 = 二 = 2, 二十二 = 22). Every folded character
remembers the span it came from. NFKC is not used: it turns ① into 1 and shifts every offset behind it.
"""

from __future__ import annotations

import functools
import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass

OPENING_QUOTES = "“‘「『〝"
CLOSING_QUOTES = "”’」』〞"
QUOTES = OPENING_QUOTES + CLOSING_QUOTES + "\"'＂＇"
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"

_DIGITS = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_BREAK = "\n"

# The classes whose members change under folding; anything else is copied as it stands.
_DROPPED = re.compile(rf"[\s{re.escape(QUOTES + INVISIBLE)}]+")
_NUMERAL = re.compile(f"[{''.join(_DIGITS)}{''.join(_UNITS)}]+")
_QUOTED_PART = re.compile(rf"[{OPENING_QUOTES}]([^{QUOTES}]+)[{CLOSING_QUOTES}]")
_COUNTED_PART = re.compile(r"[一二三四五六七八九十百两\d]+[个项条类大]?$")
_CHANGED = re.compile(rf"{_DROPPED.pattern}|{_NUMERAL.pattern}")


def plain(text: str) -> str:
    """The text with simplified, half-width, small characters: one for one, so that every offset stays.

    Patterns of the parser are written for this form: `:` stands for ：, `(` for （, `,` for ，, `1` for １.
    """
    return text.translate(_one_to_one())


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and where each of its characters came from."""

    text: str
    starts: array[int]
    """`starts[i]` is the source offset at which the origin of folded character i begins."""
    ends: array[int]
    """`ends[i]` is the source offset at which it ends (exclusive)."""

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of the non-empty folded span [start, end)."""
        return self.starts[start], self.ends[end - 1]

    def index_at(self, offset: int) -> int:
        """Index of the last folded character whose origin begins at or before the source offset; -1 for none."""
        return bisect_right(self.starts, offset) - 1


def fold(text: str) -> Folded:
    """Fold a text, keeping the map to its source. Linear in the length of the text.

    White space inside a text is dropped, but a blank line becomes one line break, so that nothing matches
    across paragraphs that stand apart.
    """
    simplified = plain(text)
    parts: list[str] = []
    starts, ends = array("q"), array("q")
    done = 0
    for changed in _CHANGED.finditer(simplified):
        begin, end = changed.span()
        _copy(simplified, done, begin, parts, starts, ends)
        run = changed.group()
        if run[0] in _DIGITS or run[0] in _UNITS:
            # 十四五 folds to 十45: beside figures a run is no number, else folding twice would differ
            alone = not (simplified[begin - 1 : begin].isdigit() or simplified[end : end + 1].isdigit())
            _fold_numeral(run, alone, begin, parts, starts, ends)
        elif run.count("\n") > 1:
            _append(_BREAK, begin, end, parts, starts, ends)
        done = end
    _copy(simplified, done, len(simplified), parts, starts, ends)
    return Folded("".join(parts), starts, ends)


@functools.lru_cache(maxsize=65536)
def fold_name(name: str) -> str:
    """The key of a name: its folded text without any line break."""
    return fold(name).text.replace(_BREAK, "")


def core_of(name: str) -> str | None:
    """The one quoted part of a longer name: 六化 of 安全生产“六化”; None if there is none or more than one.

    A part that is itself counted, 3个“三年行动”, is no name for the whole.
    """
    found = list(_QUOTED_PART.finditer(name))
    if len(found) != 1 or len(fold_name(name)) == len(fold_name(found[0][1])):
        return None
    return None if _COUNTED_PART.search(plain(name[: found[0].start()])) else found[0][1]


def _copy(text: str, begin: int, end: int, parts: list[str], starts: array[int], ends: array[int]) -> None:
    parts.append(text[begin:end])
    starts.extend(range(begin, end))
    ends.extend(range(begin + 1, end + 1))


def _append(folded: str, begin: int, end: int, parts: list[str], starts: array[int], ends: array[int]) -> None:
    parts.append(folded)
    starts.extend([begin] * len(folded))
    ends.extend([end] * len(folded))


def _fold_numeral(run: str, alone: bool, begin: int, parts: list[str], starts: array[int], ends: array[int]) -> None:
    """Fold a run of Han numerals: as one number if it is one, else sign by sign, 十, 百 and 千 kept."""
    value = _number(run) if alone and any(c in _UNITS for c in run) else None
    if value is not None:
        _append(str(value), begin, begin + len(run), parts, starts, ends)
        return
    parts.append("".join(_DIGITS.get(c, c) for c in run))
    starts.extend(range(begin, begin + len(run)))
    ends.extend(range(begin + 1, begin + len(run) + 1))


def _number(run: str) -> int | None:
    """Value of a well-formed numeral below ten thousand with at least one unit sign, else None.

    二十二 22, 十 10, 一千零五 1005; None for 百, 千百 (bare multipliers), 十四五 (a plan period), 二十二三.
    """
    total, digit, last_unit, gap = 0, None, 10000, False
    for position, sign in enumerate(run):
        if sign in _UNITS:
            unit = _UNITS[sign]
            if digit is None and not (sign == "十" and position == 0):
                return None
            if unit >= last_unit or digit == 0:
                return None
            total, digit, last_unit, gap = total + (1 if digit is None else digit) * unit, None, unit, False
        elif sign in "零〇":
            if position == 0 or digit is not None or gap:
                return None
            gap = True
        elif digit is not None:
            return None
        else:
            digit = int(_DIGITS[sign])
    if digit is None:
        return None if gap else total
    return None if last_unit > 10 and not gap else total + digit


@functools.cache
def _one_to_one() -> dict[int, str]:
    """Replacements of one character by one: simplified for traditional, half for full width, one dash, one middle dot.

    The traditional characters are OpenCC's (t2s), asked character by character so that lengths never change.
    """
    from opencc import OpenCC  # heavy: loads its dictionaries, so only when something is folded

    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {ord(c): "-" for c in "‐‑‒–—―－−"} | {ord(c): "·" for c in "•・‧∙⋅"} | {ord("～"): "~", ord("〜"): "~"}
    table |= {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    table |= {code + 0xFEE0: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    han = [chr(code) for code in range(0x4E00, 0xA000)]
    for traditional, simple in zip(han, OpenCC("t2s").convert("\n".join(han)).split("\n"), strict=True):
        if traditional != simple and len(simple) == 1:
            table[ord(traditional)] = simple
    return table
