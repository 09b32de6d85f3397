"""One form of a name, with the map back to the source.

Two spellings of a name fold to the same string: quotation marks, white space and invisible characters are
dropped, full width becomes half width, traditional characters simplified ones, radicals (⼀) and compatibility
characters the signs that they stand for, raised and lowered figures figures, letters small, dashes and middle
dots one of each, and Han numerals digits (六个 = 6个, 两 = 二 = 2, 二十二 = 22). The 、 of 双随机、一公开 is
dropped too. Every folded character remembers the span it came from. NFKC is not used: it turns ① into 1 and shifts
every offset behind it.
"""

from __future__ import annotations

import functools
import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from glossary_api.text.one_to_one import one_to_one

if TYPE_CHECKING:
    from numpy.typing import NDArray

OPENING_QUOTES = "“‘「『〝"
CLOSING_QUOTES = "”’」』〞"
QUOTES = OPENING_QUOTES + CLOSING_QUOTES + "\"'＂＇"
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad" + "".join(map(chr, range(0xFE00, 0xFE10)))
"""Characters without a look of their own, variation selectors among them."""

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿❶❷❸❹❺❻❼❽❾❿"
BRACKETS = "［[〔【"
"""With these or a circled figure a footnote mark begins."""

_DIGITS = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}
_UNITS = {"十": 10, "百": 100, "千": 1000}
ENUMERATION_COMMA = "、"
COUNTING = "".join((*_DIGITS, *_UNITS, *map(str, range(10)), "双万"))
"""Signs, in plain form, that an item of an enumeration may begin with so that the comma before it is dropped."""
_BREAK = "\n"
_JOINT = "\u200b"

# The classes whose members change under folding; anything else is copied as it stands.
_DROPPED = re.compile(rf"[\s{re.escape(QUOTES + INVISIBLE)}]+")
_NUMERAL = re.compile(f"[{''.join(_DIGITS)}{''.join(_UNITS)}]+")
QUOTED_PART = re.compile(rf"[{OPENING_QUOTES}]([^{QUOTES}]+)[{CLOSING_QUOTES}]")
_PLAN = re.compile("[一十]五")
_BARE_COUNT = "[一二三四五六七八九十百千万两双\\d]+(?:[大个项类种批年天日月次]|亿?元)"
PART = re.compile(rf"(?:[一二三四五六七八九十百两\d][个项条类大]?|[+、])“|”[+、]|“{_BARE_COUNT}”")
"""What a name has, its quotation marks curly, whose quoted part is counted itself, 3个“三年行动”, is one of several
things, or counts what stands behind it: “十大”工程."""
_CHANGED = re.compile(rf"{_DROPPED.pattern}|{_NUMERAL.pattern}")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and where each of its characters came from."""

    text: str
    starts: Sequence[int]
    """`starts[i]` is the source offset at which the origin of folded character i begins."""
    ends: Sequence[int]
    """`ends[i]` is the source offset at which it ends (exclusive)."""
    kinds: bytes = field(default=b"", compare=False)
    """For each character of the source its kind, COPIED … FEED; empty where `fold` folded it."""

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the source span of the non-empty folded span [start, end)."""
        return self.starts[start], self.ends[end - 1]


def plain(text: str) -> str:
    """Return the text with simplified, half-width, small characters: one for one, so that every offset stays.

    Patterns of the parser are written for this form: `:` stands for ：, `(` for （, `,` for ，, `1` for １.
    """
    return text.translate(one_to_one()) if len(text) < _LONG else _plain_long(text)


def _plain_long(text: str) -> str:
    """Return the same by way of an array: twelve times as fast for a report."""
    import numpy as np  # heavy: only where whole texts are looked at

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    signs = _plain_signs().take(codes, mode="clip")
    np.copyto(signs, codes, where=codes >= len(_plain_signs()))
    return str(signs.data, "utf-32-le", "surrogatepass")


@functools.cache
def _plain_signs() -> NDArray[Any]:
    import numpy as np

    table = np.arange(max(one_to_one()) + 1, dtype=np.uint32)
    for code, sign in one_to_one().items():
        table[code] = ord(sign)
    return table


def fold(text: str) -> Folded:
    """Fold a text, keeping the map to its source. Linear in the length of the text.

    White space inside a text is dropped, but a blank line becomes one line break, so that nothing matches
    across paragraphs that stand apart.
    """
    simplified = _joined(plain(text))
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


def fold_text(text: str) -> Folded:
    """Return what `fold` returns, and the kinds of the characters: twice to thirty times as fast as it."""
    return fold_short(text) if len(text) < _LONG else fold_long(text)


def fold_short(text: str) -> Folded:
    """Return what `fold` gives, by way of tables: the way for a paragraph."""
    tables, text = characters(), _joined(text)
    kinds = text.translate(tables.kinds).encode("latin-1", "replace").translate(_COPIED_IF_UNKNOWN)
    signs = text.translate(tables.signs)
    numbers = list(_numbers(text, kinds))
    dropped = ((begin, end, _BREAK if kinds.count(FEED, begin, end) > 1 else "") for begin, end in _dropped(kinds))
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for begin, end, new in sorted([*numbers, *dropped]) if numbers else dropped:
        parts += signs[done:begin], new
        starts += range(done, begin)
        ends += range(done + 1, begin + 1)
        if new:
            starts += [begin] * len(new)
            ends += [end] * len(new)
        done = end
    parts.append(signs[done:])
    starts += range(done, len(text))
    ends += range(done + 1, len(text) + 1)
    return Folded("".join(parts), starts, ends, kinds)


@functools.lru_cache(maxsize=2)  # what looks for candidates folds the text that others have just looked through
def fold_long(text: str) -> Folded:
    """Return what `fold` gives, all characters at once: the way for a report."""
    import numpy as np  # heavy: only where whole texts are folded

    text = _joined(text)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    signs = _table().take(codes, mode="clip")
    if len(codes) and codes.max() > _LAST:
        np.copyto(signs, codes, where=codes > _LAST)
    kinds = (signs >> _KIND).astype(np.uint8).tobytes()
    kept = np.frombuffer(kinds, np.uint8) < DROPPED
    numbers, breaks = list(_numbers(text, kinds)), list(_breaks(kinds))
    for begin, end, figures in numbers:
        for place, figure in zip(range(begin, end), figures):  # noqa: B905  # the longer figures follow below
            signs[place] = ord(figure)
        kept[begin + len(figures) : end] = False
    if breaks:
        begins, behind = np.array(breaks).T
        signs[begins], kept[begins] = ord(_BREAK), True
    starts, signs = np.arange(len(text), dtype=np.int32).compress(kept), signs.compress(kept) & _SIGN
    ends = starts + 1
    if breaks:
        ends[starts.searchsorted(begins.astype(np.int32))] = behind
    if numbers:
        signs, starts, ends = _numbered(signs, starts, ends, numbers)
    return Folded(str(signs.data, "utf-32-le", "surrogatepass"), starts.data, ends.data, kinds)


@functools.lru_cache(maxsize=65536)
def fold_name(name: str) -> str:
    """Return the key of a name: its folded text without any line break.

    The name of a period of planning keeps its numerals: 一五 (1953 to 1957) and 十五 (2001 to 2005) would both be 15.
    """
    if _PLAN.fullmatch(bare := _DROPPED.sub("", name)):
        return bare
    return fold(name).text.replace(_BREAK, "")


@functools.lru_cache(maxsize=65536)
def core_of(name: str) -> str | None:
    """Return the one quoted part of a longer name: 六化 of 安全生产“六化”; None if there is none or more than one.

    A part that is itself counted, 3个“三年行动”, added to others, 1+2+“三区”, or a mere count, “十大”工程, is no name
    for the whole.
    """
    found = list(QUOTED_PART.finditer(name))
    if len(found) != 1 or len(fold_name(name)) == len(fold_name(found[0][1])):
        return None
    return None if PART.search(plain(QUOTED_PART.sub(r"“\1”", name))) else found[0][1]


def is_bare_count(name: str) -> bool:
    """Tell whether a name is a numeral with its measure and nothing that it counts: 十大, 三年, 300亿元."""
    return re.fullmatch(_BARE_COUNT, plain(name)) is not None


def _joined(text: str) -> str:
    """Return the text with an invisible sign for each 、 that only parts the counted items of a name: 双随机、一公开.

    Behind it a numeral, 双 or 万 begins, before it a word ends that is none: 三十四、五 is another thing. What is
    dropped anyhow may stand between.
    """
    if ENUMERATION_COMMA not in text and not any(sign in text for sign in _commas()):
        return text
    return _comma_before_number().sub(_dropped_comma, text)


def _dropped_comma(found: re.Match[str]) -> str:
    dropped, text = _dropped_signs(), found.string
    before = found.start() - 1
    while before >= 0 and text[before] in dropped:
        before -= 1
    is_word = before >= 0 and is_word_of_name(plain(text[before]))
    return _JOINT if is_word else found[0]


def is_word_of_name(sign: str) -> bool:
    """Tell whether a sign in plain form may end an item of a name: a Han character that counts nothing, or a letter."""
    return ("\u4e00" <= sign <= "\u9fff" and sign not in COUNTING) or "a" <= sign <= "z"


@functools.cache
def _commas() -> str:
    """Return all signs that become 、 in plain form."""
    return "".join(chr(code) for code, sign in one_to_one().items() if sign == ENUMERATION_COMMA)


@functools.cache
def _dropped_signs() -> frozenset[str]:
    kinds = characters().kinds
    return frozenset(chr(code) for code, kind in enumerate(kinds) if kind >= DROPPED)


@functools.cache
def _comma_before_number() -> re.Pattern[str]:
    counting = COUNTING + "".join(chr(code) for code, sign in one_to_one().items() if sign in COUNTING)
    dropped = re.escape("".join(_dropped_signs()))
    return re.compile(f"[{ENUMERATION_COMMA}{_commas()}](?=[{dropped}]*[{counting}])")


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
    """Return value of a well-formed numeral below ten thousand with at least one unit sign, else None.

    二十二 22, 十 10, 一千零五 1005; None for 百, 千百 (bare multipliers), 十四五 (a plan period), 二十二三.
    """
    total, digit, last_unit, gap = 0, None, 10000, False
    for position, sign in enumerate(run):
        if sign in _UNITS:
            unit = _UNITS[sign]
            if digit is None and not (sign == "十" and position == 0):
                return None
            if unit >= last_unit:
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


# Kinds of characters: copied as they stand, of these Latin letters, figures and +, and what may begin a footnote mark;
# Han numerals, digits and units; dropped ones, of these quotation marks, and line feeds, of which several are one.
COPIED, WORD, MARK, DIGIT, UNIT, DROPPED, QUOTE, FEED = range(8)
_DROPPED_KINDS = bytes((DROPPED, QUOTE, FEED))
_DROPPED_RUN = re.compile(rb"[\x05-\x07]+")
_FEEDS = re.compile(rb"\x07[\x05\x06]*\x07")
_COPIED_IF_UNKNOWN = bytes(kind if kind <= FEED else COPIED for kind in range(256))
_LONG = 300
"""From so many characters on it pays to look at all of them at once."""
_LAST = 0xFFFF
"""The last code point of the tables; those behind it are copied."""
_SIGN, _KIND = 0xFFFFFF, 24
"""Where in an item of the table of both stands what, as a mask and as a shift."""


@dataclass(frozen=True, slots=True)
class Characters:
    """By code point, up to that of the last table: those behind it are copied."""

    signs: array[int]
    """What a character becomes when no neighbour has a say in it."""
    kinds: bytes
    """COPIED … FEED."""


@functools.cache
def characters() -> Characters:
    """Return what becomes of each character, and its kind."""
    of_kind = {
        WORD: "0123456789abcdefghijklmnopqrstuvwxyz+",
        MARK: CIRCLED + plain(BRACKETS),
        DIGIT: _DIGITS,
        UNIT: _UNITS,
        DROPPED: "".join(_DROPPED.findall("".join(map(chr, range(_LAST + 1))))),
        QUOTE: plain(QUOTES),
        FEED: _BREAK,
    }
    kinds = {sign: kind for kind, signs in of_kind.items() for sign in signs}
    becomes = {ord(sign): sign for sign in kinds} | one_to_one()
    signs, kind_of = array("I", range(_LAST + 1)), bytearray(_LAST + 1)
    for code, sign in becomes.items():
        signs[code] = ord(_DIGITS.get(sign, sign))
        kind_of[code] = kinds.get(sign, COPIED)
    return Characters(signs, bytes(kind_of))


@functools.cache
def _table() -> NDArray[Any]:
    """Return signs and kinds in one array: what it costs to look something up is bringing the item to the processor."""
    import numpy as np

    tables = characters()
    return np.array(tables.signs, np.uint32) | np.frombuffer(tables.kinds, np.uint8).astype(np.uint32) << _KIND


def _dropped(kinds: bytes) -> Iterator[tuple[int, int]]:
    """Return spans of dropped characters."""
    return (run.span() for run in _DROPPED_RUN.finditer(kinds))


def _numbers(text: str, kind_at: bytes) -> Iterator[tuple[int, int, str]]:
    """Yield spans of Han numerals that are one number, with its figures; only those with a unit sign can be."""
    done = 0
    while (unit := kind_at.find(UNIT, done)) >= 0:
        begin, done = unit, unit + 1
        while begin > 0 and kind_at[begin - 1] in (DIGIT, UNIT):
            begin -= 1
        while done < len(text) and kind_at[done] in (DIGIT, UNIT):
            done += 1
        if done - begin == 1 and text[unit] in "百千":
            continue  # in ordinary words
        figures = _figures(text[begin:done])
        if figures and not (text[begin - 1 : begin].isdigit() or text[done : done + 1].isdigit()):
            yield begin, done, figures


@functools.lru_cache(maxsize=4096)
def _figures(run: str) -> str | None:
    value = _number(plain(run))
    return None if value is None else str(value)


def _breaks(kind_at: bytes) -> Iterator[tuple[int, int]]:
    """Yield spans of dropped characters with more than one line feed among them."""
    reached = 0
    for feeds in _FEEDS.finditer(kind_at):
        begin, end = feeds.span()
        if begin < reached:
            continue  # in a run that has been yielded: to measure it again for each pair of feeds would be quadratic
        while begin > reached and kind_at[begin - 1] in _DROPPED_KINDS:
            begin -= 1
        while end < len(kind_at) and kind_at[end] in _DROPPED_KINDS:
            end += 1
        reached = end
        yield begin, end


def _numbered(
    signs: NDArray[Any], starts: NDArray[Any], ends: NDArray[Any], numbers: Sequence[tuple[int, int, str]]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return signs, starts and ends with all figures of the numbers that have more figures than signs."""
    import numpy as np

    firsts = starts.searchsorted(np.array([begin for begin, _, _ in numbers], dtype=np.int32)).tolist()
    more: list[tuple[int, str, int, int]] = []
    for first, (begin, end, figures) in zip(firsts, numbers, strict=True):
        last = first + min(len(figures), end - begin)
        starts[first:last], ends[first:last] = begin, end
        more += ((last, figure, begin, end) for figure in figures[end - begin :])
    if more:
        signs = _with(signs, [(place, ord(figure)) for place, figure, _, _ in more])
        starts = _with(starts, [(place, begin) for place, _, begin, _ in more])
        ends = _with(ends, [(place, end) for place, _, _, end in more])
    return signs, starts, ends


def _with(numbers: NDArray[Any], more: Sequence[tuple[int, int]]) -> NDArray[Any]:
    """Return an array with more numbers in it, each with the place before which it comes."""
    import numpy as np

    pieces: list[Any] = []
    done = 0
    for place, number in more:
        pieces += numbers[done:place], (number,)
        done = place
    return np.concatenate([*pieces, numbers[done:]], dtype=numbers.dtype, casting="unsafe")
