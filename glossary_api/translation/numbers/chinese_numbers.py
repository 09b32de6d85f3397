"""Numbers in Chinese, and in Japanese: figures and Han numerals with their multiples, units, fractions and years."""

from __future__ import annotations

import functools
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from importlib import resources

from glossary_api.text.folding import plain
from glossary_api.translation.numbers.measures import measured
from glossary_api.translation.numbers.number import ORDINAL, PLAIN, RATIO, TIMES, YEAR, Number
from glossary_api.translation.numbers.ranges import linked, summed

_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_MULTIPLES = _SMALL | _LARGE
_DIGIT = "".join(_DIGITS)
# 千瓦, 千克, 千米, 兆瓦 and 兆赫 are units, whose first sign multiplies nothing; 百分 is a percentage.
_MULTIPLE = "(?:十(?!分(?!之))|百(?!分)|千(?![瓦克米卡])|万|亿|兆(?![瓦赫比字]))"
_FIGURES = r"(?:[0-9]+(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:\.[0-9]+)?)"
# As long as no numeral is: a longer run would be a number whose digits take ever more time.
_HAN = rf"(?:[{_DIGIT}]|{_MULTIPLE}){{1,40}}(?:点[{_DIGIT}]{{1,40}})?"
_MULTIPLIED = rf"(?:[多余来](?=[万亿]))?{_MULTIPLE}{{0,8}}"
_ATOM = rf"(?:{_FIGURES}{_MULTIPLIED}|{_HAN})"
_TOKEN = re.compile(
    rf"(?P<parts>百|千|{_ATOM})分[之の](?P<of>{_ATOM})"
    rf"|(?P<share>[1-9])/(?P<in>[1-9]0{{0,3}})(?![0-9/])"
    rf"|(?P<half>一半|过半|半数|多半|半(?=个|年|以上))"
    rf"|(?P<twice>翻番|倍增|成倍|加倍)"
    rf"|(?P<figure>{_FIGURES})(?P<multiple>{_MULTIPLIED})"
    rf"|(?P<han>{_HAN})"
)
_RANGE = re.compile(r"[-–—―~～至到]+$")
_PERCENT = re.compile(r"(?:多|以上|左右)?(?:个?百分点|%|‰|パーセント(?:ポイント)?|ポイント)")
_PLAN = re.compile(r"[一二三]?十[一二三四五六七八九]?五(?=[”’」』\"、]|规划|计划|时期|以来|期间|末|开局|普法)")
_RANKED = re.compile("[居列排][^,、。;]{0,8}第$")
_TOP = re.compile("(?<![目当以之日眼提空生])前$")
_NAMED_YEAR = re.compile("[五六七八九][零〇一二三四五六七八九](?=共识)")
_YEAR = re.compile(r"年|[-–—―~～至到、]+[12][0-9]{3}年")
_TENTHS = re.compile(r"[成割](?:以上|左右|多|(?P<half>半)|$|[,、。;的がをのに])")
_LATIN = re.compile(r"[A-Za-z][-+.]?$")
_JOINED = re.compile(r"[+·•/:]$")
_PERIOD = re.compile(r"[月时届期点分秒]")
_MEASURES = (
    "个大项条类种件批所家座名位张支只次步轮人年岁天周亩元美斤吨里米公平立户村镇县市省区倍届"
    "つ岸制期度成万亿级场套台辆艘架颗枚篇部本份笔宗起例处片块股门间套层重环国座款段颗档卷头匹棵株"
)
_CALLED = re.compile(r"[”\"]?(?:热线|平台|电话|服务)")
_MONEY = {"元": Decimal(1), "角": Decimal("0.1"), "毛": Decimal("0.1"), "分": Decimal("0.01")}
_THOUSANDTH = Decimal("0.001")
_MOST_DOUBLINGS = 64
_AMOUNT = re.compile("[十百千]?亿|万亿")
_COUNTED_IN_AMOUNTS = "元美港欧日斤吨级"
_NOT_COUNTED = re.compile(r"[百千万亿兆]|十几|十多")


def chinese_numbers_in(text: str, names: Set[int] = frozenset()) -> list[Number]:
    """Return the numbers of a Chinese text in its order.

    `names` has the code points of numeral terms, in which a numeral counts without a measure word behind it, and may
    be said as the sum of all those of its term: the five tasks of 三去一降一补.
    """
    simple = plain(text)
    found: list[Number] = []
    for token in _TOKEN.finditer(simple):
        if token["parts"] is not None:
            found += _fraction(token)
        elif token["share"] is not None:
            found.append(
                Number(Decimal(token["share"]) / Decimal(token["in"]), *token.span(), True, RATIO, _THOUSANDTH)
            )
        elif token["half"] is not None:
            found.append(Number(Decimal("0.5"), *token.span(), len(token[0]) > 1, RATIO, Decimal("0.1")))
        elif token["twice"] is not None:
            found.append(Number(Decimal(2), *token.span(), False, TIMES))
        else:
            found += _stated(simple, token, names)
    found = summed(simple, _spans(simple, found), _scale)
    return _summed_up(measured(simple, linked(simple, found, _RANGE, _scale)), names)


def _summed_up(numbers: list[Number], names: Set[int]) -> list[Number]:
    """Return the numbers, those of one numeral term with their sum as another value of each."""
    runs: defaultdict[int, list[Number]] = defaultdict(list)
    begins: dict[int, int] = {}
    for place in sorted(names):
        begins[place] = begins.get(place - 1, place)
    for number in numbers:
        if number.start in begins:
            runs[begins[number.start]].append(number)
    sums = {begin: sum((one.value for one in run), Decimal(0)) for begin, run in runs.items() if len(run) > 1}
    return [
        replace(one, also=(*one.also, total)) if (total := sums.get(begins.get(one.start, -1))) else one
        for one in numbers
    ]


def _fraction(token: re.Match[str]) -> Iterator[Number]:
    """Yield what 三分之一 and 百分之五 say."""
    parts, of = _value(token["parts"]), _value(token["of"])
    if parts and of is not None:
        step = Decimal(1) / parts if parts in (100, 1000) else _THOUSANDTH
        yield Number(of / parts, *token.span(), True, RATIO, step * _last_digit(token["of"]))


def _stated(text: str, token: re.Match[str], names: Set[int]) -> Iterator[Number]:
    """Yield the number of figures or of Han numerals, or the two of a plan: 十二五 is the 12th of five years."""
    start, end = token.span()
    if (plan := _PLAN.match(text, start)) is not None:
        value = _value(plan[0][:-1])
        if value is not None:
            yield Number(value, start, plan.end() - 1, True, ORDINAL)
            yield Number(Decimal(5), plan.end() - 1, plan.end(), True)
        return
    if _NAMED_YEAR.match(text, start):  # 九二共识
        yield Number(Decimal(1900 + 10 * _DIGITS[token[0][0]] + _DIGITS[token[0][1]]), start, end, True, YEAR)
        return
    value = _value(token[0])
    if value is None:
        for sign, place in zip(token[0], range(start, end), strict=True):
            if sign in _DIGITS and _DIGITS[sign] > 1:
                yield Number(Decimal(_DIGITS[sign]), place, place + 1, False)
        return
    yield _classified(text, token, value, names)


def _classified(text: str, token: re.Match[str], value: Decimal, names: Set[int]) -> Number:
    """Return the number of a token with what the signs around it say of it."""
    start, end = token.span()
    step = _last_digit(token[0])
    before, behind = text[max(start - 2, 0) : start], text[end : end + 4]
    if percent := _PERCENT.match(behind):
        parts = Decimal(1000) if "‰" in percent[0] else Decimal(100)
        return Number(value / parts, start, end + percent.end(), True, RATIO, step / parts)
    if (tenths := _TENTHS.match(text, end)) and value < 10:
        half = Decimal("0.5") if tenths["half"] else 0
        return Number((value + half) / 10, start, tenths.end() if half else end + 1, True, RATIO, Decimal("0.1"))
    if before.endswith(("翻", "翻了")) and value <= _MOST_DOUBLINGS:
        return Number(Decimal(2) ** int(value), start, end, True, TIMES)
    if _is_year(token[0], value) and _YEAR.match(text, end):
        return Number(value, start, end, True, YEAR)
    unit, conversions = _unit_at(text, end)
    converted = tuple((value * factor, measure) for factor, measure in conversions)
    if "斤" in text and unit != "斤" and text[end : end + 1] in _MONEY:
        money = value * _MONEY[text[end : end + 1]]
        # A price for a 斤 becomes one for a kilogram or a ton.
        converted += tuple((money * times, "CNY") for times in (2, 1000, 2000))
    kind = ORDINAL if before.endswith(("第", "初")) or _is_label(text, start, end) else PLAIN
    also: tuple[Decimal, ...] = (
        (value + 1,) if unit == "倍" and not before.endswith("的") and text[end + 1 : end + 2] != "に" else ()
    )
    if token[0].endswith("兆"):  # 百兆 is 10^14 of something, or 100 megabits
        also = (value / _LARGE["兆"] * 10**6, value / _LARGE["兆"])
    kind = TIMES if unit == "倍" else ORDINAL if unit in ("周年", "世纪", "届") else kind
    counts = _counts(text, token, value, names) or (
        kind == ORDINAL and (value > 3 or _is_rank(text, start, end, value))
    )
    return Number(value, start, end, counts, kind, step, also, converted)


def _is_label(text: str, start: int, end: int) -> bool:
    """Tell whether a number is that of the heading with which a text begins, (二) or 二、, or of its item: 二是."""
    if text[end : end + 1] in ("是", "要") and text[start - 1 : start] in ("", "。", ";"):
        return True
    return not text[:start].strip(" (") and text[end : end + 1] in (")", "、", ".")


def _is_rank(text: str, start: int, end: int, value: Decimal) -> bool:
    """Tell whether a place in an order is that of one who is compared: 居全省第三, 第2位."""
    return value > 1 and (
        text[end : end + 1] in ("位", "名", "是", "要") or bool(_RANKED.search(text, max(start - 10, 0), start))
    )


def _counts(text: str, token: re.Match[str], value: Decimal, names: Set[int]) -> bool:
    start, end = token.span()
    before, behind = text[max(start - 2, 0) : start], text[end : end + 1]
    if _LATIN.search(before) or _LATIN.match(behind) or _JOINED.search(before) or value in (0, 1):
        return False
    if token["figure"] is not None:
        if text[end:] == "." or _CALLED.match(text, end):
            return False  # a sentence that has been cut within a figure, or a telephone number
        return not _PERIOD.match(behind) and not _JOINED.match(behind)
    if start in names and end - 1 in names:
        return True
    if before.endswith(("第", "初", "星期", "周")):
        return False
    if _TOP.search(before):
        return True
    if _AMOUNT.fullmatch(token[0]):
        return behind in _COUNTED_IN_AMOUNTS if behind else False
    if _NOT_COUNTED.match(token[0]):
        return False
    return behind in _MEASURES if behind else value > 9999


def _is_year(printed: str, value: Decimal) -> bool:
    return len(printed) == 4 and 1800 <= value < 2200 and not any(sign in _MULTIPLES for sign in printed)


def _spans(text: str, numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers, the first of a span being what the second is: a year in 2008—2012年, a count in 三至五年."""
    found = list(numbers)
    for place in range(len(found) - 2, -1, -1):
        one, other = found[place], found[place + 1]
        printed = text[one.start : one.end]
        if one.kind != PLAIN or not _RANGE.fullmatch(text, one.end, other.start):
            continue
        if other.kind == YEAR and _is_year(printed, one.value):
            found[place] = replace(one, kind=YEAR)
        elif other.kind == PLAIN and other.counts and one.value > 1:
            found[place] = replace(one, counts=True)
    return found


def _scale(printed: str) -> int:
    """Return what the multiples at the end of a number make of it; 0 if it has none."""
    scale = 1
    for sign in reversed(printed):
        if sign not in _MULTIPLES:
            break
        scale *= _MULTIPLES[sign]
    return scale if scale > 1 else 0


def _value(printed: str) -> Decimal | None:
    """Return what figures or Han numerals are worth; None where they are no one number, as in 两三."""
    figures = re.match(_FIGURES, printed)
    if figures is not None:
        value = Decimal(figures[0].replace(",", ""))
        for unit in printed[figures.end() :]:
            value *= _MULTIPLES.get(unit, 1)  # 多 of 500多万
        return value
    whole, _, decimals = printed.partition("点")
    spelled = _spelled(whole)
    if spelled is not None and decimals:
        digits = "".join(str(_DIGITS[sign]) for sign in decimals)
        return spelled + Decimal(f"0.{digits}")
    return spelled


def _spelled(numeral: str) -> Decimal | None:
    """Return the value of Han numerals: 二〇一二 sign by sign, else by its multiples."""
    if all(sign in _DIGITS for sign in numeral):
        several = len(numeral) > 1
        if several and (len(numeral) < 3 or (not set(numeral) & set("〇零") and len(numeral) != 4)):
            return None
        return Decimal("".join(str(_DIGITS[sign]) for sign in numeral))
    total = section = digit = 0
    scale = 0
    digits = False
    for sign in numeral:
        if sign in _DIGITS:
            if digits and digit:
                return None
            digit, digits = _DIGITS[sign], True
            continue
        if sign in _SMALL:
            section += (digit if digits and digit else 1) * _SMALL[sign]
        elif scale and _LARGE[sign] < scale:
            total += (section + digit or 1) * _LARGE[sign]
            section = 0
        else:
            total, section, scale = (total + section + digit or 1) * _LARGE[sign], 0, _LARGE[sign]
        digit, digits = 0, False
    return Decimal(total + section + digit)


def _last_digit(printed: str) -> Decimal:
    """Return what the last printed digit is worth, multiples behind it included."""
    figures = re.match(_FIGURES, printed)
    decimals = len(printed[: figures.end()].partition(".")[2]) if figures else len(printed.partition("点")[2])
    scale = _scale(printed)
    exact = not figures and scale < _LARGE["万"]  # 二十 is no 19, rounded
    return Decimal(1 if exact or not scale else scale).scaleb(-decimals)


_Conversions = tuple[tuple[Decimal, str], ...]


def _unit_at(text: str, place: int) -> tuple[str, _Conversions]:
    """Return the unit behind a number, and by what its value is multiplied to be in other units."""
    pattern, units = _units()
    found = pattern.match(text, place)
    return (found[1], units[found[1]]) if found else ("", ())


@functools.cache
def _units() -> tuple[re.Pattern[str], dict[str, _Conversions]]:
    rows = json.loads(resources.files(__package__).joinpath("units.json").read_text("utf-8"))
    units = {
        row["unit"]: tuple((Decimal(factor), measure) for measure, factor in row["conversions"].items()) for row in rows
    }
    return re.compile(f"[多余来几]?({'|'.join(sorted(units, key=len, reverse=True))})"), units
