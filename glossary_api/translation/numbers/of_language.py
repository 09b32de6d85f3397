"""The numbers of a translation, by its language."""

from __future__ import annotations

from glossary_api.translation.numbers.chinese_numbers import chinese_numbers_in
from glossary_api.translation.numbers.english_numbers import english_numbers_in
from glossary_api.translation.numbers.measures import measured
from glossary_api.translation.numbers.number import Number
from glossary_api.translation.numbers.other_numbers import other_numbers_in


def numbers_in(text: str, language: str) -> list[Number]:
    """Return the numbers of a text in a language (BCP 47)."""
    base = language.lower().split("-")[0]
    if base in ("zh", "yue", "ja"):
        return chinese_numbers_in(text)
    return measured(text, english_numbers_in(text) if base == "en" else other_numbers_in(text, base))
