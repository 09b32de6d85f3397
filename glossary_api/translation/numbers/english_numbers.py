"""Numbers in English: figures with their units, number words, fractions, percentages, years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from glossary_api.translation.numbers.number import ORDINAL, PLAIN, RATIO, TIMES, YEAR, Number
from glossary_api.translation.numbers.ranges import linked

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_UNITS = {word: number for number, word in enumerate(_SMALL.split())}
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10 * number for number, word in enumerate(_ROUND.split(), 2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_PLURALS = {f"{word}s": number for word, number in _SCALES.items() if number >= 10**6}
_GLUED_SCALES = {"k": 10**3, "bn": 10**9, "b": 10**9} | dict.fromkeys(("m", "mn", "mln"), 10**6)
_GLUED_SCALES |= dict.fromkeys(("tn", "trn"), 10**12)
"""What letters behind figures may multiply them by: 100M, 50bn."""
_GLUED = "km kg cm mm ha kw mw gw kwh mwh gwh mbps gbps hz mhz ghz nm kv mu pm am tb gb mb"
_GLUED_UNITS = frozenset(_GLUED.split())
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINAL_WORDS = {word: number for number, word in enumerate(_ORDINALS.split(), 1)}
_PARTS = {
    **{word: number for word, number in _ORDINAL_WORDS.items() if number > 2},
    **{f"{word}s": number for word, number in _ORDINAL_WORDS.items() if number > 2},
    **dict.fromkeys(("quarter", "quarters"), 4),
    **dict.fromkeys(("half", "halves"), 2),
}
_MONTHS = "january february march april may june july august september october november december"
_HINTS = _ORDINAL_WORDS | {
    **dict.fromkeys(("a", "an", "single", "once", "one"), 1),
    **dict.fromkeys(("both", "dual", "double", "doubles", "twin", "twice", "pair", "bi"), 2),
    **dict.fromkeys(("triple", "trio"), 3),
    "quadruple": 4,
    "quintuple": 5,
    **dict.fromkeys(("dozen", "dozens"), 12),
    **dict.fromkeys(("decade", "decades"), 10),
    **{month: number for number, month in enumerate(_MONTHS.split(), 1)},
}
_TIMES = {f"{word}fold": number for word, number in _UNITS.items() if number}
_TIMES |= {**dict.fromkeys(("doubled", "doubling"), 2), **dict.fromkeys(("tripled", "tripling"), 3)}
_TIMES |= dict.fromkeys(("quadrupled", "quadrupling"), 4) | dict.fromkeys(("quintupled", "quintupling"), 5)
"""What says how often as much something became."""
_BECOMING = {"double": 2, "triple": 3, "quadruple": 4}
_WILL = re.compile(r"\b(?:will|would|shall|than|nearly|almost|to) $", re.IGNORECASE)
_SUCCESSIVE = re.compile(r"(?:[a-z]+ )?(?:consecutive|straight|successive|year in a row)\b", re.IGNORECASE)
_FIGURE = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_ENGLISH = re.compile(
    rf"(?:(?<![^\W_])|(?<=RMB)|(?<=USD)|(?<=HKD)|(?<=CNY)|(?<=EUR))(?:{_FIGURE}(?:[a-z]+)?)|(?<![^\W_])[a-z]+",
    re.IGNORECASE,
)
_LETTERS = re.compile(rf"{_FIGURE}([a-z]*)$", re.IGNORECASE)
_NAMED = re.compile(r"[A-Za-z][-‐‑]$|[+/]$")
_LABEL = re.compile(r"[.)、]\s")
_RANKED = re.compile(r"\brank(?:s|ed|ing)?(?: (?:in|at|the))*\s$", re.IGNORECASE)
_NEAR = 20
_GAP = re.compile(r"[\s\-‐‑]+")
_PERCENT = re.compile(r"\s*(?:%|(?:-\s?)?per\s?cent\b|-?\s?percentage[-\s]points?\b|pp\b|-percentage\b)", re.IGNORECASE)
_PERMILLE = re.compile(r"\s*(?:‰|per\s(?:1,000|thousand)\b)", re.IGNORECASE)
_RATIOS = ((Decimal(100), _PERCENT), (Decimal(1000), _PERMILLE))
_DECADES = re.compile(r"[\s-]+decades?\b")
_LINK = re.compile(r"\s*(?:[-‐‑–—]|to|and|or|,|, and|through)\s*(?:by\s+|about\s+)?", re.IGNORECASE)
_JOINED = re.compile("[+/]")


def english_numbers_in(text: str) -> list[Number]:
    """Return the numbers of an English text in its order."""
    tokens = list(_ENGLISH.finditer(text))
    found: list[Number] = []
    place = 0
    while place < len(tokens):
        behind, number = _fraction(text, tokens, place) or _stated(text, tokens, place)
        if number is not None:
            found.append(number)
        place = behind
    return linked(text, found, _LINK, lambda printed: _SCALES.get(re.split(r"[\s\-‐‑]+", printed.lower())[-1], 0))


def _fraction(text: str, tokens: Sequence[re.Match[str]], place: int) -> tuple[int, Number] | None:
    """Return what two-thirds or a quarter says; half of something is only a hint."""
    first = tokens[place][0].lower()
    if first in ("half", "halves"):
        return place + 1, Number(Decimal("0.5"), *tokens[place].span(), False, RATIO, Decimal("0.1"))
    parts = 1 if first in ("a", "an", "one") else _UNITS.get(first, 0)
    if not parts or not _adjoins(text, tokens, place + 1):
        return None
    word = tokens[place + 1][0].lower()
    of = _PARTS.get(word)
    if of is None or (parts > 1) != word.endswith("s") or (first in ("a", "an") and word not in ("quarter", "third")):
        return None
    span = tokens[place].start(), tokens[place + 1].end()
    counts = first not in ("a", "an") and of != 2
    return place + 2, Number(Decimal(parts) / of, *span, counts, RATIO, Decimal("0.001"))


def _stated(text: str, tokens: Sequence[re.Match[str]], place: int) -> tuple[int, Number | None]:
    """Return the number that begins at a token, if one does, and the first token behind it."""
    first = tokens[place]
    behind, value, step = _compound(text, tokens, place)
    if value is None:
        before = text[max(first.start() - _NEAR, 0) : first.start()]
        times = _TIMES.get(first[0].lower()) or (_WILL.search(before) and _BECOMING.get(first[0].lower()))
        if times:
            return behind, Number(Decimal(times), *first.span(), True, TIMES)
        hint = _HINTS.get(first[0].lower())
        if hint is None:
            return behind, None
        kind = ORDINAL if first[0].lower() in _ORDINAL_WORDS else PLAIN
        if kind == ORDINAL and hint > 1 and _SUCCESSIVE.match(text, first.end() + 1):
            return behind, Number(Decimal(hint), *first.span(), True)
        counts = kind == ORDINAL and (hint > 3 or bool(_RANKED.search(before)))
        return behind, Number(Decimal(hint), *first.span(), counts, kind)
    start, end = first.start(), tokens[behind - 1].end()
    if value in _TENS.values() and _adjoins(text, tokens, behind):
        below = _ORDINAL_WORDS.get(tokens[behind][0].lower(), 10)
        if below < 10:  # twenty-first
            return behind + 1, Number(value + below, start, tokens[behind].end(), True, ORDINAL)
    number = Number(value, start, end, value not in (0, 1), PLAIN, step)
    return behind, _classified(text, number, first[0])


def _classified(text: str, number: Number, first: str) -> Number:
    """Return a number with what its own letters and the words around it say of it."""
    start, end = number.start, number.end
    for parts, pattern in _RATIOS:
        if found := pattern.match(text, end):
            value, step = number.value / parts, number.step / parts
            return replace(number, value=value, step=step, kind=RATIO, end=found.end(), counts=True)
    label = not text[:start].strip(" (") and _LABEL.match(text, end)
    letters = _letters(first)
    if label or letters in ("st", "nd", "rd", "th"):
        return replace(number, kind=ORDINAL)
    if _NAMED.search(text[max(start - 2, 0) : start]) or _JOINED.match(text, end):
        return replace(number, counts=False)
    if first.isdigit() and len(first) == end - start == 4 and 1800 <= number.value < 2200:
        return replace(number, kind=YEAR)
    if _DECADES.match(text, end):
        return replace(number, also=(number.value * 10,))
    return _with_letters(number, letters) if letters else number


def _with_letters(number: Number, letters: str) -> Number:
    """Return a number with what the letters say that are glued to its figures: 100M, 50km, 2030s, 5G."""
    if letters == "s":
        return replace(number, kind=YEAR, step=Decimal(10))
    if scale := _GLUED_SCALES.get(letters):
        return replace(number, value=number.value * scale, also=(number.value,), step=number.step * scale)
    return replace(number, counts=letters in _GLUED_UNITS)


def _letters(word: str) -> str:
    glued = _LETTERS.match(word)
    return glued[1].lower() if glued else ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The value of the words read so far: `total + current`."""

    total: Decimal
    """Thousands, millions and so on."""
    current: Decimal
    """What a following scale multiplies."""
    scale: int
    """The last scale but hundred, which only a smaller one can follow."""
    spelled: bool
    """Whether it began with a word; to figures only scales can be added."""
    step: Decimal
    """What the last digit is worth."""

    def then(self, word: str) -> _Reading | None:
        """Return the reading with one more word; None if that begins something else."""
        if scale := _SCALES.get(word, _PLURALS.get(word, 0)):
            if not self.current or scale >= self.scale:
                return None
            if scale == _SCALES["hundred"]:
                if self.current >= scale:  # one hundred hundred: two numbers, else they grow without end
                    return None
                return _Reading(self.total, self.current * scale, self.scale, self.spelled, self.step * scale)
            total = self.total + self.current * scale
            return _Reading(total, Decimal(0), scale, self.spelled, self.step * scale)
        value = _value(word)
        if value is None or word[0].isdigit() or not self.spelled or not self._takes(value):
            return None
        return _Reading(self.total, self.current + value, self.scale, True, Decimal(1))

    def _takes(self, value: Decimal) -> bool:
        """Tell whether a small number goes on with what was read: five behind twenty, anything behind a hundred."""
        below_hundred = self.current % 100
        if not below_hundred:
            return bool(self.current or self.total)
        return below_hundred >= _TENS["twenty"] and below_hundred % 10 == 0 and 0 < value < _UNITS["ten"]


def _compound(text: str, tokens: Sequence[re.Match[str]], place: int) -> tuple[int, Decimal | None, Decimal]:
    """Return the number that begins at a token with its last digit, and the first token behind it; None for none."""
    first = tokens[place][0].lower()
    value, behind = _value(first), place + 1
    if value is None:
        return behind, None, Decimal(1)
    step = Decimal(1).scaleb(-len(re.sub(r"[a-z]+$", "", first).partition(".")[2]))
    reading = _Reading(Decimal(0), value, max(_SCALES.values()) + 1, not first[0].isdigit(), step)
    while (at := _following(text, tokens, behind, reading)) is not None:
        longer = reading.then(tokens[at][0].lower())
        if longer is None:
            break
        reading, behind = longer, at + 1
    return behind, reading.total + reading.current, reading.step


def _following(text: str, tokens: Sequence[re.Match[str]], place: int, reading: _Reading) -> int | None:
    """Return the token that may go on with a number; behind a hundred or more `and` may stand before it."""
    if not _adjoins(text, tokens, place):
        return None
    if tokens[place][0].lower() != "and":
        return place
    large = bool(reading.total) or (reading.spelled and reading.current >= _SCALES["hundred"])
    return place + 1 if large and _adjoins(text, tokens, place + 1) else None


def _adjoins(text: str, tokens: Sequence[re.Match[str]], place: int) -> bool:
    """Tell whether there is a token, with nothing but space or a hyphen before it."""
    return place < len(tokens) and bool(_GAP.fullmatch(text[tokens[place - 1].end() : tokens[place].start()]))


def _value(word: str) -> Decimal | None:
    if word[0].isdigit():
        return Decimal(re.sub(r"[^\d.]", "", word))
    number = _UNITS.get(word, _TENS.get(word))
    return None if number is None else Decimal(number)
