"""The labels of kinds, levels, statuses and types in Chinese and English: on pages, in exports, in the extension.

`captions.json` has a group for each list of `model/words.py`; `kinds` has the kinds as headings of many.
"""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("captions.json")


@cache
def all_captions() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return every label: from group and value to `{"zh": …, "en": …}`."""
    table: dict[str, dict[str, dict[str, str]]] = json.loads(TABLE.read_bytes())
    return types.MappingProxyType(table)


def captions(group: str, language: str = "zh") -> dict[str, str]:
    """Return the labels of a group in a language (`zh` or `en`), by value.

    Raises KeyError for another group or language.
    """
    return {value: words[language] for value, words in all_captions()[group].items()}
