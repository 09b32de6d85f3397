"""Print the number of a list item in the number formats of Word, which HTML lists share."""

from __future__ import annotations

from collections.abc import Callable

from glossary_api.reading.joining import CIRCLED

_HAN_DIGITS = "〇一二三四五六七八九"
_HAN_UNITS = ((1000, "千"), (100, "百"), (10, "十"))
_LEGAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN_WORTH = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
_ROMAN_SIGNS = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def _han(number: int) -> str:
    """Return 一, 十, 十一, 二十, 一百零一; digits from ten thousand on."""
    if not 0 < number < 10000:
        return "〇" if number == 0 else str(number)
    printed, rest, gap = "", number, False
    for unit, sign in _HAN_UNITS:
        digit, rest = divmod(rest, unit)
        if digit:
            printed += ("零" if gap else "") + _HAN_DIGITS[digit] + sign
        gap = bool(printed) and not digit and rest > 0
    printed += ("零" if gap else "") + (_HAN_DIGITS[rest] if rest else "")
    return printed.removeprefix("一") if 10 <= number < 20 else printed


def _han_digits(number: int) -> str:
    return "".join(_HAN_DIGITS[int(digit)] for digit in str(abs(number)))


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    printed = ""
    for worth, sign in zip(_ROMAN_WORTH, _ROMAN_SIGNS, strict=True):
        times, number = divmod(number, worth)
        printed += sign * times
    return printed


def _letters(number: int) -> str:
    """Return A to Z, then AA to ZZ: the same letter again, as Word does."""
    if not 0 < number <= 26 * 9:
        return str(number)
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _from_row(row: str) -> Callable[[int], str]:
    return lambda number: row[number - 1] if 0 < number <= len(row) else str(number)


def _block(first: str, count: int) -> str:
    return "".join(chr(ord(first) + offset) for offset in range(count))


FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda number: "",
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _from_row(CIRCLED),
    "decimalEnclosedCircleChinese": _from_row(CIRCLED),
    "decimalEnclosedFullstop": _from_row(_block("⒈", 20)),
    "decimalEnclosedParen": _from_row(_block("⑴", 20)),
    "ideographEnclosedCircle": _from_row(_block("㊀", 10)),
    "numberInDash": lambda number: f"- {number} -",
    "chineseCounting": _han,
    "chineseCountingThousand": _han,
    "japaneseCounting": _han,
    "taiwaneseCounting": _han,
    "taiwaneseCountingThousand": _han,
    "chineseLegalSimplified": lambda number: _han(number).translate(_LEGAL),
    "ideographLegalTraditional": lambda number: _han(number).translate(_LEGAL),
    "ideographDigital": _han_digits,
    "japaneseDigitalTenThousand": _han_digits,
    "taiwaneseDigital": _han_digits,
    "ideographTraditional": _from_row(_STEMS),
    "ideographZodiac": _from_row(_BRANCHES),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
}
"""How Word's number formats print a number; any other format prints digits."""
