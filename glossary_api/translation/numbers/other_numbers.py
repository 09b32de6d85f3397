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

from glossary_api.translation.numbers.number import PLAIN, RATIO, YEAR, Number
from glossary_api.translation.numbers.ranges import linked, summed

_UNIT = 24
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
            found.append(_read(text, token, reader))

    def scale_of(printed: str) -> int:
        return _scale_in(printed, reader)

    return linked(text, summed(text, found, scale_of), reader.link, scale_of)


def _read(text: str, token: re.Match[str], reader: _Language) -> Number:
    start, end = token.span()
    if token["figure"] is None:
        hint = reader.hints.get(token[0].lower())
        value = hint or next(Decimal(worth) for word, worth in reader.words if word.match(text, start))
        step, counts = Decimal(1), hint is None
    else:
        plain = reader.group.sub("", token[0]).replace(reader.decimal, ".")
        value, counts = Decimal(plain), token[0] not in ("0", "1")
        step = Decimal(1).scaleb(-len(plain.partition(".")[2]))
    while (scale := reader.scale.match(text, end)) is not None:
        worth = _worth(scale[1], reader)
        value, step, end = value * worth, step * worth, scale.end()
    if (percent := reader.percent.match(text, end)) is not None:
        return Number(value / 100, start, percent.end(), True, RATIO, step / 100)
    year = len(token[0]) == 4 and token[0].isdigit() and 1800 <= value < 2200
    return Number(value, start, end, counts, YEAR if year else PLAIN, step, unit=text[end : end + _UNIT].lower())


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
    decimal, group = re.escape(row["decimal"]), row["group"]
    figure = rf"(?<![\w.,])(?:[0-9]{{1,3}}(?:{group}[0-9]{{3}})+(?![0-9])|[0-9]+)(?:{decimal}[0-9]+)?"
    words = _any({**row["words"], **row["hints"]})
    return _Language(
        row["decimal"],
        re.compile(group),
        re.compile(rf"(?P<figure>{figure})|{begin}{words}{end}", re.IGNORECASE),
        re.compile(rf"[\s\-]?({_any(row['scales'])}){end}", re.IGNORECASE),
        _patterns(row["scales"]),
        re.compile(rf"[\s\-]?(?:{row['percent']})", re.IGNORECASE),
        re.compile(rf"\s*(?:{row['link']})\s*", re.IGNORECASE),
        _patterns(row["words"]),
        {word: Decimal(str(worth)) for word, worth in row["hints"].items()},
    )


def _any(words: Iterable[str]) -> str:
    """Return a pattern that takes the longest of some words."""
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


def _patterns(words: Mapping[str, int]) -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((re.compile(word, re.IGNORECASE), worth) for word, worth in words.items())
