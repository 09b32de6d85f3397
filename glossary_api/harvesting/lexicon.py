"""Ask a dictionary of Chinese whether a phrase is one of its words.

The dictionary is jieba's, of some 350,000 words, as `rjieba` (jieba in Rust) brings it along. Only a harvest needs it.
"""

from __future__ import annotations

import functools
import re

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST = 8
"""A longer phrase that a dictionary has is a proverb or the name of an institution."""


@functools.lru_cache(maxsize=65536)
def is_word(phrase: str) -> bool:
    """Tell whether a simplified phrase of Han characters stands in the dictionary as one word."""
    import rjieba  # loads the dictionary, which takes a moment

    return len(phrase) <= _LONGEST and bool(_HAN.fullmatch(phrase)) and rjieba.cut(phrase, False) == [phrase]
