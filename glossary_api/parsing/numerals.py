"""The numerals in a name: what each counts.

三官两师一员 counts three 官, two 师 and one 员; 1+22+3 one, twenty-two and three of what the definition says; 0620
six and twenty; 五百行动 five things that share the multiplier 百.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from glossary_api.parsing.patterns import any_of
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES, QUOTES, plain

_HAN = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "双": 2, "〇": 0}
_PLUS = re.compile(r"(?:\d+|[nxm])(?:\+(?:\d+|[nxm]))+")
_DIGITS = re.compile(r"(?<![\d.个])\d{3,6}(?![\d.%年])")
_COUNTED = re.compile(
    r"(?P<n>[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九双]|\d{1,2}(?!\d))"
    r"(?P<unit>[百千万]{0,2})(?P<measure>[个项大张条类件种批道篇名支座位步只家座][^\d一二两三四五六七八九十双、,+]|)"
    r"(?P<noun>[^\d一二两三四五六七八九十双、,;+]*)"
)
_TENS = re.compile("双十(?=$|工程|计划|行动|活动|目标|战略|项目)")
"""双十工程: two things, ten of each."""
_MULTIPLE = re.compile(r"[十百千万][^一二三四五六七八九十百千万、,]{1,2}")
_MULTIPLES = re.compile(rf"(?<![一二两三四五六七八九个]){_MULTIPLE.pattern}(?:{_MULTIPLE.pattern}){{2,}}")
"""十县百乡千村万户: one member for each round number."""
_MULTIPLIERS = re.compile(r"(?<![\d一二两三四五六七八九])个?[十百千万]{3,}")
"""十百千, 百千万工程: each multiplier stands for a number of things of its own, and none is a sum."""
_ZEROS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_ROUND_ROW = re.compile("(?:^[十百千万]{2}|[十百千万]{3,4})(?=$|[^十百千万亿]{2})")
_SO_MANY_ROUND = re.compile(
    r"^(?P<n>[双两三四五六七八九]|\d(?=个))个?"
    r"(?:一?(?P<unit>[百千万]|(?<=[个双])十)|(?P<figure>10+)(?P<size>[万亿]?))(?![一二两双三四五六七八九十百千万年])"
)
_NOT_COUNTED_BEFORE = re.compile(r"[第前后\d]$")
_ONE_IN_A_WORD_BEFORE = re.compile(any_of("wordings", "one-in-a-word-before"))
_ONE_IN_A_WORD = re.compile(any_of("wordings", "one-in-a-word"))
_NOT_COUNTED_NOUN = re.compile(any_of("wordings", "not-counted-noun"))
_ONE_OF_EACH = re.compile("一[两双二三四五六七八九]")
_OPEN = "nxm"
_MANY = re.compile("(?<=[^许众更最])多(?=[^元式样规层种方边能]{1,4}$)")
"""一带多点: how many the last things are is open."""
_ROW = re.compile("[1-9]{3,}")
_HAN_ROW = re.compile(
    "(?<![一二两三四五六七八九十第])(?P<row>[一二三四五六七八九]{3,5})"
    "(?=$|工作法|行动|工程|计划|模式|战略|体系|机制|思路|部署|目标|布局|党建)"
)
"""一四五工作法: a row of figures, each of which counts."""
_OF_QUOTED = re.compile(
    rf"(?P<n>[两二三四五六七八九]|\d)(?:个[{OPENING_QUOTES}](?P<thing>\d+\+[^{CLOSING_QUOTES}]+)|[个类大](?P<list>[1-9]00强))"
)
"""3个“1+X”, 三类500强: what is counted is a name with numerals, whatever these count."""


MEASURES = "个项大张条类件种批"
"""Words between a numeral and what it counts, each a sign."""


def without_measures(noun: str) -> str:
    """Return what stands behind a numeral without the measure words at its beginning."""
    return _MEASURED.sub("", noun)


_MEASURED = re.compile(
    "^(?:[个大张件批]|重(?![大点要庆量型任])(?=..)|项(?!目)|条(?![件例])|类(?![型别])|种(?![植养业子粮]))+"
)
"""What stands between a numeral and its noun: the 类 of 三类项目, not the 项 of it."""


@dataclass(frozen=True, slots=True)
class Count:
    """One numeral of a name and what it counts."""

    number: int | None
    """None for an open number: the N of 3+N."""
    noun: str
    """The words behind the numeral, measure word included, in plain form; empty in 1+22+3."""
    label: str
    """Numeral and noun as in the name: 三新."""

    @property
    def thing(self) -> str:
        """Return the noun without its measure words: 清单 of 三张清单."""
        return without_measures(self.noun)


@dataclass(frozen=True)
class Counts:
    """All numerals of a name that count, and how they do."""

    form: str
    """`plus` (1+22+3), `digits` (135), `words` (三官两师一员, 六化), or `none`."""
    counts: tuple[Count, ...]
    reason: str = ""
    """Why there are none."""

    @functools.cached_property
    def total(self) -> int:
        """Return the sum of all closed numbers."""
        return sum(count.number or 0 for count in self.counts)

    @functools.cached_property
    def is_single(self) -> bool:
        """Tell whether there is one numeral and it is closed."""
        return len(self.counts) == 1 and not self.is_open

    @functools.cached_property
    def is_open(self) -> bool:
        """Tell whether a letter stands for a number."""
        return any(count.number is None for count in self.counts)

    @functools.cached_property
    def as_product(self) -> int | None:
        """Six for 六服六进, where one and the same number may count pairs; None otherwise."""
        numbers = {count.number for count in self.counts}
        return numbers.pop() if self.form == "words" and len(self.counts) > 1 and len(numbers) == 1 else None


def round_numbers(name: str) -> list[int]:
    """Return the round numbers of a name: 10, 100 and 1000 for 十百千, 100 and 100 for 双百, 两个100."""
    if many := _SO_MANY_ROUND.match(name):
        size = int(many["figure"] or 1) * 10 ** _ZEROS.get(many["unit"] or many["size"], 0)
        return [size] * (value_of(many["n"]) or 0)
    row = _ROUND_ROW.search(name)
    return [10 ** _ZEROS[sign] for sign in row[0]] if row else []


@functools.lru_cache(maxsize=65536)
def counts_in(name: str) -> Counts:
    """Return the numerals that count in a name, quotation marks ignored."""
    phrase = "".join(sign for sign in plain(name) if sign not in QUOTES and not sign.isspace()).replace("-", "、")
    if found := _OF_QUOTED.search(plain(name)):
        thing = found["thing"] or found["list"]
        return Counts("words", (Count(value_of(found["n"]), thing, found["n"] + thing),))
    if found := _TENS.search(phrase):
        return Counts("words", (Count(_HAN[found[0][0]], found[0][1:], found[0]),))
    if found := _PLUS.search(phrase):
        first, *others = found[0].split("+")
        parts = (*(first if _ROW.fullmatch(first) else [first]), *others)  # 123+N
        return Counts("plus", tuple(Count(value_of(part), "", part) for part in parts))
    if found := _HAN_ROW.search(phrase):
        return Counts("digits", tuple(Count(_HAN[sign], "", str(_HAN[sign])) for sign in found["row"]))
    if (found := _DIGITS.search(phrase)) and not re.fullmatch(r"(?:19|20)\d\d", found[0]):
        return Counts("digits", tuple(Count(int(part), "", part) for part in _digit_groups(found[0])))
    if found := _MULTIPLES.search(phrase):
        return Counts("words", tuple(Count(1, part, part) for part in _MULTIPLE.findall(found[0])))
    counts = () if _MULTIPLIERS.search(phrase) else tuple(_words(phrase))
    return Counts("words", counts) if counts else Counts("none", (), _why_none(phrase))


def _digit_groups(digits: str) -> list[str]:
    """0620 is written in pairs, since one number needs two places; 135 in single digits, and 23610 ends in ten."""
    if digits[0] == "0" and len(digits) % 2 == 0:
        return [digits[i : i + 2] for i in range(0, len(digits), 2)]
    return re.findall(r"\d0?", digits)


def _words(phrase: str) -> list[Count]:
    found: list[Count] = []
    for match in _COUNTED.finditer(phrase):
        noun = match["unit"] + match["measure"] + match["noun"]
        before, behind = phrase[: match.start()], phrase[match.end() :]
        if not noun and behind[:1] == "一" and _ONE_OF_EACH.match(behind):
            found.append(Count(value_of(match["n"]), "一", match["n"] + "一"))  # 四一两限
            continue
        if not noun and behind[:1] == "一" and _ONE_IN_A_WORD.match(behind[1:]):
            return [*found, Count(value_of(match["n"]), behind, match["n"] + behind)]  # 双一流
        if match["n"][0] == "0":
            continue  # 03专项: the number of a project
        if before[-1:] in tuple("长珠") and noun.startswith("角"):
            continue  # a delta: 长三角
        if _NOT_COUNTED_BEFORE.search(before) or _NOT_COUNTED_NOUN.match(noun) or not noun:
            continue
        if noun.startswith("强") and len(match["n"]) > 1:
            continue  # 20强
        if match["n"] == "一" and (_ONE_IN_A_WORD.match(noun + behind) or _ONE_IN_A_WORD_BEFORE.search(before)):
            continue
        if noun == "个" and match.end() < len(phrase):
            # 三个一批, 十个一: what is counted begins with a numeral itself
            rest, _, following = phrase[match.end() :].partition("、")
            return [*found, Count(value_of(match["n"]), noun + rest, match["n"] + noun + rest), *_words(following)]
        noun, *many = _MANY.split(noun, maxsplit=1)
        found.append(Count(value_of(match["n"]), noun, match["n"] + noun))
        found += [Count(None, of, f"多{of}") for of in many]
    return found


def value_of(printed: str) -> int | None:
    """Return the number that a numeral below 100 stands for, in figures or Han signs; None for an open one, the N of
    3+N.
    """
    if printed in _OPEN:
        return None
    if printed.isdigit():
        return int(printed)
    if "十" in printed:
        tens, ones = printed.split("十")
        return 10 * _HAN.get(tens, 1) + _HAN.get(ones, 0)
    return _HAN[printed]


def _why_none(phrase: str) -> str:
    if re.search(r"[百千万]", phrase):
        return "multipliers"
    return "no-counting-numeral"
