"""Type names by their sound: Hanyu Pinyin without tone marks, whole or by first letters, numerals either way.

六个不发生 is typed liugebufasheng or lgbfs, and 6gebufasheng or 6gbfs as well. ü is typed v, or u where an e follows.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from glossary_api.text.folding import QUOTES, fold_name, plain

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0304\u030c"))
_DIAERESIS = "u\u0308"
_U_FOR_V = {"lve": "lue", "nve": "nue"}
"""The syllables that many type with a plain u: there is no other that could be meant."""
_DIGITS = ("ling", "yi", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu")
_PIECE = re.compile(r"[〇零一二三四五六七八九十百千两]+|[\u3400-\u9fff]|[^\u3400-\u9fff〇]+")
_HAN = re.compile(r"[\u3400-\u9fff〇]")
_TYPED = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Sounds:
    """Every way to type one name."""

    whole: tuple[str, ...]
    """All of it: liugebufasheng, 6gebufasheng."""
    whole_tails: tuple[str, ...]
    """What is left of that when syllables are cut off its beginning: gebufasheng, bufasheng, fasheng, sheng."""
    initials: tuple[str, ...]
    """First letters: lgbfs, 6gbfs."""
    initial_tails: tuple[str, ...]
    """What is left of those: gbfs, bfs, fs, s."""


def typed(text: str) -> str | None:
    """Return the letters and digits of a question as they stand in `Sounds`; None if it is not typed by sound."""
    letters = toneless(plain(text).replace("u:", "v"))
    kept = re.sub(r"[\s'’+\-·./&]", "", letters)
    return kept if _TYPED.fullmatch(kept) else None


def toneless(pinyin: str) -> str:
    """Return Pinyin in small letters without tone marks, ü as v."""
    bare = unicodedata.normalize("NFD", pinyin.lower()).translate(_TONES)
    return bare.replace(_DIAERESIS, "v")


@functools.lru_cache(maxsize=4096)  # there are some hundred syllables
def spoken(pinyin: str) -> str:
    """Return a reading as one run of letters and digits."""
    return "".join(_TYPED.findall(toneless(pinyin)))


def sounds_of(name: str, pinyin: str) -> Sounds:
    """Return every way to type a name whose reading is `pinyin`, syllables apart."""
    pieces = _aligned(name, pinyin)
    ways = dict.fromkeys(tuple(_ways(pieces, *which)) for which in ((False, False), (True, True), (False, True)))
    wholes, initials = ([[unit[which] for unit in way] for way in ways if way] for which in (0, 1))
    wholes += [[_U_FOR_V.get(unit, unit) for unit in way] for way in wholes]
    return Sounds(_joined(wholes), _tails(wholes), _joined(initials), _tails(initials))


def _ways(pieces: Iterable[tuple[str, Sequence[str]]], figures: bool, digits: bool) -> Iterator[tuple[str, str]]:
    """Yield each syllable or other piece of a name, whole and by its first letter.

    Han numerals are written as digits if `figures`, else as syllables; digits so if `digits`.
    """
    for piece, syllables in pieces:
        if _HAN.match(piece):
            folded = fold_name(piece)
            if figures and folded.isdigit():
                yield folded, folded
            else:
                yield from ((spoken(syllable), spoken(syllable)[:1]) for syllable in syllables)
        elif digits:
            yield (letters := spoken(piece)), letters
        else:
            for run in re.findall(r"[0-9]|[a-z]+", spoken(piece)):
                yield (_DIGITS[int(run)], _DIGITS[int(run)][0]) if run.isdigit() else (run, run)


def _aligned(name: str, pinyin: str) -> list[tuple[str, Sequence[str]]]:
    """Return the pieces of a name with their syllables; where they do not fit together, the syllables by themselves."""
    bare = "".join(sign for sign in name if sign not in QUOTES)
    pieces = [piece for piece in _PIECE.findall(bare) if piece.strip(" 、，·")]
    syllables = pinyin.split()
    counts = [len(piece) if _HAN.match(piece) else len(piece.split()) for piece in pieces]
    if sum(counts) != len(syllables):
        return [(syllable, (syllable,)) for syllable in syllables]
    ends = [sum(counts[: number + 1]) for number in range(len(counts))]
    return [(piece, syllables[end - count : end]) for piece, count, end in zip(pieces, counts, ends, strict=True)]


def _joined(ways: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(sorted({"".join(way) for way in ways} - {""}))


def _tails(ways: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(sorted({"".join(way[start:]) for way in ways for start in range(1, len(way))} - {""}))
