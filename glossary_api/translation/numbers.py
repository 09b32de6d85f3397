"""Numbers in a text: figures in any language, Han numerals, number words in English.

Both sides are read for one purpose: to see that the six of the source have not become five in the translation. Hence
what is no clear statement of a number (`a`, `one`, ordinals, `dual`) can confirm one, but never contradict it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from glossary_api.text.folding import fold_text, plain

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_UNITS = {word: number for number, word in enumerate(_SMALL.split())}
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10 * number for number, word in enumerate(_ROUND.split(), 2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_HINTS = {word: number for number, word in enumerate(_ORDINALS.split(), 1)} | {
    **dict.fromkeys(("a", "an", "single", "once", "one"), 1),
    **dict.fromkeys(("both", "dual", "double", "twin", "twice", "pair", "two-way", "bi"), 2),
    **dict.fromkeys(("triple", "threefold", "trio"), 3),
    **dict.fromkeys(("quadruple", "fourfold"), 4),
    **dict.fromkeys(("dozen", "dozens"), 12),
}
_HINTS |= {f"{word}fold": number for word, number in _UNITS.items() if number}
_ENGLISH = re.compile(
    r"(?<![^\W_])(?:[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?:st|nd|rd|th)?(?![^\W\d_])|[a-z]+)", re.IGNORECASE
)
_ORDINAL_FIGURE = re.compile("[0-9][a-z]+$", re.IGNORECASE)
_FIGURES = re.compile(r"(?<![0-9.,])[0-9]+(?:[,.][0-9]+)*(?![^\W\d_])")
_GAP = re.compile(r"[\s\-‐‑]+")

_MEASURES = "个大项条类种件批所家座名位张支只步次点轮"
_PERIOD = re.compile("[年月日号时届期]|[第初]")
_CHINESE = re.compile(r"([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)([百千万亿]*)")
_MULTIPLES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where it stands."""

    value: Decimal
    start: int
    end: int
    counts: bool
    """Whether it says beyond doubt how many of something there are; else it may confirm a number, not contradict it."""


def numbers_in(text: str, language: str) -> list[Number]:
    """The numbers of a translation; number words are understood in English alone."""
    if language.lower().split("-")[0] == "en":
        return list(_english(text))
    # What 1.200 and 1,5 mean depends on the language: only whole numbers without such signs are sure.
    return [
        Number(Decimal(found[0]), found.start(), found.end(), found[0] != "1")
        for found in _FIGURES.finditer(text)
        if found[0].isdigit()
    ]


def chinese_numbers_in(text: str, names: Set[int]) -> list[Number]:
    """The numbers of a Chinese text.

    Those count that stand before a measure word, or among `names`, the code points of numeral terms.
    """
    folded = fold_text(text)
    found = []
    for number in _CHINESE.finditer(folded.text):
        start, end = folded.starts[number.start()], folded.ends[number.end() - 1]
        if any(sign.isspace() for sign in text[start:end]):
            continue  # folding has put two figures together
        value = Decimal(number[1].replace(",", ""))
        for unit in number[2]:
            value *= _MULTIPLES[unit]
        found.append(Number(value, start, end, _counts(text, folded.text, number, (start, end), names)))
    return found


def _counts(text: str, folded: str, number: re.Match[str], span: tuple[int, int], names: Set[int]) -> bool:
    behind, before = folded[number.end() : number.end() + 1], plain(text[max(span[0] - 1, 0) : span[0]])
    if number[1] in ("0", "1") or number[2] or "." in number[1] or _PERIOD.match(before) or _PERIOD.match(behind):
        return False
    within = span[0] in names and span[1] - 1 in names
    return within or (bool(behind) and behind in _MEASURES)


def _english(text: str) -> Iterator[Number]:
    """Figures and number words; words that belong together are one number: one hundred and five, 1.2 million."""
    tokens = list(_ENGLISH.finditer(text))
    place = 0
    while place < len(tokens):
        first = tokens[place]
        behind, value = _compound(text, tokens, place)
        if value is not None:
            counts = value != 1 and not _ORDINAL_FIGURE.search(first[0])
            yield Number(value, first.start(), tokens[behind - 1].end(), counts)
        elif (hint := _HINTS.get(first[0].lower())) is not None:
            yield Number(Decimal(hint), first.start(), first.end(), False)
        place = behind


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the words so far say: the value is `total + current`."""

    total: Decimal
    """Thousands, millions and so on."""
    current: Decimal
    """What a following scale multiplies."""
    scale: int
    """The last scale but hundred, which only a smaller one can follow."""
    spelled: bool
    """Whether it began with a word; to figures only scales can be added."""

    def then(self, word: str) -> _Reading | None:
        """The reading with one more word; None if that begins something else."""
        if scale := _SCALES.get(word):
            if not self.current or scale >= self.scale:
                return None
            if scale == _SCALES["hundred"]:
                return _Reading(self.total, self.current * scale, self.scale, self.spelled)
            return _Reading(self.total + self.current * scale, Decimal(0), scale, self.spelled)
        value = _value(word)
        if value is None or word[0].isdigit() or not self.spelled or not self._takes(value):
            return None
        return _Reading(self.total, self.current + value, self.scale, True)

    def _takes(self, value: Decimal) -> bool:
        """Whether a small number goes on with what was read: five behind twenty, anything behind a hundred."""
        below_hundred = self.current % 100
        if not below_hundred:
            return bool(self.current or self.total)
        return below_hundred >= _TENS["twenty"] and below_hundred % 10 == 0 and 0 < value < _UNITS["ten"]


def _compound(text: str, tokens: Sequence[re.Match[str]], place: int) -> tuple[int, Decimal | None]:
    """The number that begins at a token, and the first token behind it; None if none begins there."""
    first = tokens[place][0].lower()
    value, behind = _value(first), place + 1
    if value is None:
        return behind, None
    reading = _Reading(Decimal(0), value, max(_SCALES.values()) + 1, not first[0].isdigit())
    while (at := _following(text, tokens, behind, reading)) is not None:
        longer = reading.then(tokens[at][0].lower())
        if longer is None:
            break
        reading, behind = longer, at + 1
    return behind, reading.total + reading.current


def _following(text: str, tokens: Sequence[re.Match[str]], place: int, reading: _Reading) -> int | None:
    """The token that may go on with a number; behind a hundred or more `and` may stand before it."""
    if not _adjoins(text, tokens, place):
        return None
    if tokens[place][0].lower() != "and":
        return place
    large = bool(reading.total) or (reading.spelled and reading.current >= _SCALES["hundred"])
    return place + 1 if large and _adjoins(text, tokens, place + 1) else None


def _adjoins(text: str, tokens: Sequence[re.Match[str]], place: int) -> bool:
    """Whether there is a token, with nothing but space or a hyphen before it."""
    return place < len(tokens) and bool(_GAP.fullmatch(text[tokens[place - 1].end() : tokens[place].start()]))


def _value(word: str) -> Decimal | None:
    if word[0].isdigit():
        return Decimal(re.sub(r"[^\d.]", "", word))
    number = _UNITS.get(word, _TENS.get(word))
    return None if number is None else Decimal(number)
