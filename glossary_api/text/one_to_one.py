"""The signs that stand for one another in the plain form of a text, one for one."""

from __future__ import annotations

import functools
import unicodedata


@functools.cache
def one_to_one() -> dict[int, str]:
    """Return replacements of one character by one: simplified for traditional, half for full width, one dash, one
    middle dot.

    The traditional characters are OpenCC's (t2s), asked character by character so that lengths never change. What
    stands for another character is that one, or what becomes of it.
    """
    table = _simplified()
    for code in _STANDING_FOR_OTHERS:
        sign = unicodedata.normalize("NFKC", chr(code))
        if len(sign) == 1 and sign != chr(code) and not sign.isspace():
            table[code] = table.get(ord(sign), sign)
    return table | dict.fromkeys((0x2236, 0xFE30), ":")  # a ratio, and dots one above the other: set for colons


_STANDING_FOR_OTHERS = (
    0xB2,  # raised figures
    0xB3,
    0xB9,
    *range(0x2070, 0x209D),  # raised and lowered figures, letters and signs
    *range(0x2E80, 0x2FE0),  # radicals
    *range(0xF900, 0xFB00),  # compatibility ideographs
    *range(0xFE30, 0xFE6C),  # vertical and small forms
    *range(0xFF5F, 0xFFEF),  # half-width signs of East Asia
)


def _simplified() -> dict[int, str]:
    from opencc import OpenCC  # heavy: loads its dictionaries, so only when something is folded

    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {ord(c): "-" for c in "‐‑‒–—―－−"} | {ord(c): "·" for c in "•・‧∙⋅"} | {ord("～"): "~", ord("〜"): "~"}
    table |= {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    table |= {code + 0xFEE0: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    han = [chr(code) for code in range(0x4E00, 0xA000)]
    for traditional, simple in zip(han, OpenCC("t2s").convert("\n".join(han)).split("\n"), strict=True):
        if traditional != simple and len(simple) == 1:
            table[ord(traditional)] = simple
    return table
