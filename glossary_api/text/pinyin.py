"""Read names aloud: Hanyu Pinyin with tone marks, by pypinyin."""

from __future__ import annotations

import functools
from collections.abc import Callable

from glossary_api.text.folding import QUOTES

_CORRECTIONS = {
    "长三角": ("cháng", "sān", "jiǎo"),
    "还款": ("huán", "kuǎn"),
    "还路于民": ("huán", "lù", "yú", "mín"),
    "三重一大": ("sān", "zhòng", "yī", "dà"),
    "三调联动": ("sān", "tiáo", "lián", "dòng"),
    "调结构": ("tiáo", "jié", "gòu"),
    "重塑": ("chóng", "sù"),
}
"""Words of the reports that pypinyin's own phrases read wrongly."""


def pinyin_of(name: str) -> str:
    """Return the reading of a name, syllables apart: liù gè bù fā shēng.

    Quotation marks are left out, other signs kept.
    """
    spoken = "".join(sign for sign in name if sign not in QUOTES)
    return " ".join(syllable for reading in _lazy()(spoken) if (syllable := reading.strip(" 、，·")))


@functools.cache
def _lazy() -> Callable[[str], list[str]]:
    from pypinyin import Style, lazy_pinyin, load_phrases_dict  # loads its dictionaries: only a harvest needs them

    load_phrases_dict({word: [[syllable] for syllable in syllables] for word, syllables in _CORRECTIONS.items()})
    return functools.partial(lazy_pinyin, style=Style.TONE)
