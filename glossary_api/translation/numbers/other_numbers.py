"""Numbers in French, German, Spanish, Russian and Korean, by the words and signs that `languages.json` has for each."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from typing import Any

from glossary_api.translation.numbers.number import ORDINAL, PLAIN, RATIO, TIMES, YEAR, Number
from glossary_api.translation.numbers.ranges import linked, summed

_NEVER = re.compile(r"(?!)")
_THOUSANDTH = Decimal("0.001")
_MOST_ORDINAL = 100
_WHOLE = re.compile(r"(?<![0-9.,])[0-9]+(?:[,.][0-9]+)*(?![^\W\d_])")


@dataclass(frozen=True, slots=True)
class _Language:
    """The way in which a language writes its numbers."""

    decimal: str
    group: re.Pattern[str]
    token: re.Pattern[str]
    scale: re.Pattern[str]
    scales: tuple[tuple[re.Pattern[str], int], ...]
    percent: re.Pattern[str]
    link: re.Pattern[str]
    words: tuple[tuple[re.Pattern[str], int], ...]
    hints: Mapping[str, Decimal]
    times: tuple[tuple[re.Pattern[str], int], ...]
    parts: tuple[tuple[re.Pattern[str], int], ...]
    one: re.Pattern[str]
    joining: re.Pattern[str]
    """What stands between the words of tens and ones."""
    with_teens: frozenset[int]
    """Tens that are followed by all below twenty."""
    fraction: re.Pattern[str] | None
    ordinal: re.Pattern[str]
    ordinal_before: re.Pattern[str]


def other_numbers_in(text: str, language: str) -> list[Number]:
    """Return the numbers of a text; of a language that is not known, whole figures without signs in them only.

    What 1.200 and 1,5 mean depends on the language.
    """
    reader = _languages().get(language)
    if reader is None:
        return [
            Number(Decimal(found[0]), found.start(), found.end(), found[0] not in ("0", "1"))
            for found in _WHOLE.finditer(text)
            if found[0].isdigit()
        ]
    found: list[Number] = []
    for token in reader.token.finditer(text):
        if not found or found[-1].end <= token.start():  # mil of 3 mil millones is no number of its own
            number = _fraction(text, token, reader) or _read(text, token, reader)
            if number is not None:
                found.append(number)

    def scale_of(printed: str) -> int:
        return _scale_in(printed, reader)

    return linked(text, summed(text, found, scale_of), reader.link, scale_of)


def _fraction(text: str, token: re.Match[str], reader: _Language) -> Number | None:
    """Return what two thirds say; None where no fraction begins."""
    start = token.start()
    if reader.fraction is not None and (found := reader.fraction.match(text, start)) and int(found["of"]):
        value = Decimal(found["parts"]) / Decimal(found["of"])
        return Number(value, *found.span(), True, RATIO, _THOUSANDTH)
    one = reader.one.match(text, start)
    count = 1 if one else _worth_at(text, start, reader.words)
    place = one.end() if one else token.end()
    of = _matched(text, place + 1, reader.parts) if count and text[place : place + 1] == " " else None
    return of and Number(Decimal(count or 1) / of[1], start, of[0].end(), True, RATIO, _THOUSANDTH)


def _read(text: str, token: re.Match[str], reader: _Language) -> Number | None:
    start, end = token.span()
    if times := _worth_at(text, start, reader.times):
        return Number(Decimal(times), start, end, True, TIMES)
    if token["figure"] is None:
        hint = reader.hints.get(token[0].lower())
        worth = _worth_at(text, start, reader.words)
        if hint is None and not worth:
            return None
        value, step, counts = hint or Decimal(worth), Decimal(1), hint is None
        if counts and (joined := _joined(text, end, worth, reader)):
            end, value = joined[0], value + joined[1]
    else:
        plain = reader.group.sub("", token[0]).replace(reader.decimal, ".")
        value, counts = Decimal(plain), token[0] not in ("0", "1")
        step = Decimal(1).scaleb(-len(plain.partition(".")[2]))
    while (scale := reader.scale.match(text, end)) is not None:
        worth = _worth(scale[1], reader)
        value, step, end = value * worth, step * worth, scale.end()
    if (percent := reader.percent.match(text, end)) is not None:
        return Number(value / 100, start, percent.end(), True, RATIO, step / 100)
    ordinal = reader.ordinal.match(text, end) or reader.ordinal_before.search(text, max(0, start - 2), start)
    if ordinal and token["figure"] is not None and token[0].isdigit() and value < _MOST_ORDINAL:
        return Number(value, start, max(end, ordinal.end()), value > 3, ORDINAL)
    year = len(token[0]) == 4 and token[0].isdigit() and 1800 <= value < 2200
    return Number(value, start, end, counts, YEAR if year else PLAIN, step)


def _joined(text: str, end: int, tens: int, reader: _Language) -> tuple[int, int] | None:
    """Return where the ones end that follow the word of tens, and how many they are; None if there are none."""
    if tens % 10 or not 10 <= tens < 100 or (gap := reader.joining.match(text, end)) is None:
        return None
    if (one := reader.one.match(text, gap.end())) is not None:
        return one.end(), 1
    found = _matched(text, gap.end(), reader.words)
    return (found[0].end(), found[1]) if found and found[1] < (20 if tens in reader.with_teens else 10) else None


def _matched(text: str, place: int, words: Iterable[tuple[re.Pattern[str], int]]) -> tuple[re.Match[str], int] | None:
    """Return the longest of some words at a place, and what it is worth."""
    found = [(match, worth) for word, worth in words if (match := word.match(text, place))]
    return max(found, key=lambda one: one[0].end(), default=None)


def _worth_at(text: str, place: int, words: Iterable[tuple[re.Pattern[str], int]]) -> int:
    found = _matched(text, place, words)
    return found[1] if found else 0


def _worth(word: str, reader: _Language) -> int:
    return next((worth for pattern, worth in reader.scales if pattern.fullmatch(word)), 1)


def _scale_in(printed: str, reader: _Language) -> int:
    """Return what the words behind the figures of a number multiply them by; 0 if there are none."""
    scale = 1
    for found in reader.scale.finditer(printed):
        scale *= _worth(found[1], reader)
    return scale if scale > 1 else 0


@functools.cache
def _languages() -> dict[str, _Language]:
    rows = json.loads(resources.files(__package__).joinpath("languages.json").read_text("utf-8"))
    return {code: _compiled(row, code) for code, row in rows.items()}


def _compiled(row: Any, code: str) -> _Language:
    # Korean joins particles to its words; elsewhere words count whole.
    begin, end = ("", "") if code == "ko" else (r"(?<!\w)", r"(?!\w)")
    outside = r"(?<![0-9A-Za-z.,])" if code == "ko" else r"(?<![\w.,])"
    decimal, group = re.escape(row["decimal"]), row["group"]
    figure = rf"{outside}(?:[0-9]{{1,3}}(?:{group}[0-9]{{3}})+(?![0-9])|[0-9]+)(?:{decimal}[0-9]+)?"
    if "inverted" in row:  # zweiundzwanzig
        tens = {word: worth for word, worth in row["words"].items() if worth in range(20, 100, 10)}
        ones = {"ein": 1} | {word: worth for word, worth in row["words"].items() if worth < 10}
        row["words"] |= {f"{o}{row['inverted']}{t}": ones[o] + tens[t] for o in ones for t in tens}
    times, parts, one = row.get("times", {}), row.get("parts", {}), rf"{begin}(?:{row['one']}){end}"
    first = rf"{one} (?={_any(parts)}{end})" if parts else "(?!)"  # un tiers
    words = _any({**row["words"], **row["hints"], **times, **parts})
    return _Language(
        row["decimal"],
        re.compile(group),
        re.compile(rf"(?P<figure>{figure})|{begin}{words}{end}|{first}", re.IGNORECASE),
        re.compile(rf"[\s\-]?({_any(row['scales'])}){end}", re.IGNORECASE),
        _patterns(row["scales"]),
        re.compile(rf"[\s\-]?(?:{row['percent']})", re.IGNORECASE),
        re.compile(rf"\s*(?:{row['link']})\s*", re.IGNORECASE),
        _patterns(row["words"], end),
        {word: Decimal(str(worth)) for word, worth in row["hints"].items()},
        _patterns(times, end),
        _patterns(parts, end),
        re.compile(one, re.IGNORECASE),
        re.compile(row["joining"], re.IGNORECASE) if row["joining"] else _NEVER,
        frozenset(row.get("tens_and_teens", ())),
        re.compile(row["fraction"]) if "fraction" in row else None,
        re.compile(rf"(?:{row['ordinal']})(?!\w)") if "ordinal" in row else _NEVER,
        re.compile(rf"(?:{row['ordinal_before']})$") if "ordinal_before" in row else _NEVER,
    )


def _any(words: Iterable[str]) -> str:
    """Return a pattern that takes the longest of some words."""
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


def _patterns(words: Mapping[str, int], end: str = "") -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((re.compile(f"(?:{word}){end}", re.IGNORECASE), worth) for word, worth in words.items())
