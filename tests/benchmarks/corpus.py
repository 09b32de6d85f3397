"""Corpora of any size: texts of invented reports, each another, that are alike in what costs time.

How long reports are, how much they quote, how many of their names no other report has and how many explain their
names is said by `Likeness`, whose figures are those of real reports. A report depends on the seed and its number
alone, so that a larger corpus has the smaller one in it and no more than one report is ever held.
"""

from __future__ import annotations

import functools
import itertools
import math
import random
import re
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from glossary_api.text.folding import fold_name
from glossary_api.text.places import divisions
from tests.benchmarks.synthetic import uneven

FIRST_YEAR, YEARS = 2006, 20
_VOCABULARY = 12_000
_COMMON, _PROVINCIAL = 300, 150
"""Names that the whole country has, and those that a province has."""
_CHAPTERS = "一二三四五六七八九十"
_CLASSIFIERS = "个大项化"
_SENTENCE = (4, 9)
_FOLDER = 1000
"""Files that a folder has at most."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What real reports are like: medians over 76 reports of provinces, cities and counties, 2024 and 2025."""

    chars: int = 17_500
    """Code points of a text: half of all reports are shorter."""
    spread: float = 0.35
    """Standard deviation of the logarithm of the length."""
    paragraph: int = 130
    """Code points of a paragraph."""
    quoted: float = 23.0
    """Quoted names in 10,000 code points."""
    again: float = 1.0
    """How often a name stands once more without quotation marks."""
    new: float = 0.3
    """Share of a report's quoted names that no earlier report of another place has."""
    regional: float = 0.3
    """Share of those that other places of the province have, too; the rest is known in the whole country."""
    explained: float = 0.3
    """Share of the reports that close with an appendix."""
    entries: int = 14
    """Notes of such an appendix."""


REAL = Likeness()


@dataclass(frozen=True, slots=True)
class Written:
    """A report of a corpus."""

    name: str
    """Of its file, without an ending: `350102-2014`."""
    text: str


def reports(number: int, likeness: Likeness = REAL, seed: int = 1) -> Iterator[Written]:
    """Write so many reports, one at a time: all years of a place, then those of the next place."""
    writer = _Writer(likeness, seed)
    return (writer.report(index) for index in range(number))


def write_corpus(folder: Path, number: int, likeness: Likeness = REAL, seed: int = 1) -> int:
    """Write a corpus of so many text files into folders of a thousand; return the bytes of all texts."""
    total = 0
    for index, written in enumerate(reports(number, likeness, seed)):
        path = folder / f"{index // _FOLDER:03}" / f"{written.name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        total += path.write_bytes(written.text.encode())
    return total


class _Writer:
    """Knows the words and the names that all reports of a corpus have in common."""

    def __init__(self, likeness: Likeness, seed: int) -> None:
        self._like, self._seed = likeness, seed
        chance = random.Random(seed)
        signs = [sign for code in range(0x4E00, 0x4E00 + 6000) if fold_name(sign := chr(code)) == sign]
        self._signs, sign_weights = chance.sample(signs, 2500), _as_words(2500)
        self._words = [
            "".join(chance.choices(self._signs, cum_weights=sign_weights, k=chance.choice((2, 2, 2, 3))))
            for _ in range(_VOCABULARY)
        ]
        self._weights = _as_words(_VOCABULARY)
        self._common = [self._name(chance) for _ in range(_COMMON)]
        self._common_weights = uneven(_COMMON)
        codes = [code for code, name in divisions().items() if code[4:] != "00" and name.endswith(("县", "市", "区"))]
        self._places = chance.sample(codes, len(codes))

    def report(self, index: int) -> Written:
        """Write one report: title block, chapters of paragraphs, perhaps an appendix."""
        chance = random.Random(f"{self._seed} {index}")
        code, year = self._places[index // YEARS % len(self._places)], FIRST_YEAR + index % YEARS
        length = round(self._like.chars * chance.lognormvariate(0, self._like.spread))
        names = self._names(chance, index, code, length)
        pieces = [_title(divisions()[code], year, chance.choice(self._words))]
        pieces += self._body(chance, names, length)
        if chance.random() < self._like.explained:
            pieces += self._appendix(chance, list(dict.fromkeys(names)))
        turn = index // YEARS // len(self._places)
        return Written(f"{code}-{year}{f'-{turn}' if turn else ''}", "".join(pieces))

    def _names(self, chance: random.Random, index: int, code: str, length: int) -> list[str]:
        """The quoted names of a report in the order of its text: own ones, the province's, the nation's."""
        own = random.Random(f"{self._seed} own {index}")
        names = []
        for _ in range(round(length * self._like.quoted / 10_000)):
            if chance.random() < self._like.new:
                names.append(self._name(own))
            elif chance.random() < self._like.regional:
                names.append(chance.choice(self._of_province(code[:2])))
            else:
                names += chance.choices(self._common, cum_weights=self._common_weights)
        return names

    @functools.cache  # noqa: B019 - a writer lives as long as its corpus is written
    def _of_province(self, code: str) -> list[str]:
        chance = random.Random(f"{self._seed} province {code}")
        return [self._name(chance) for _ in range(_PROVINCIAL)]

    def _name(self, chance: random.Random) -> str:
        """A numeral abbreviation, or two words."""
        word = chance.choice(self._words)
        if chance.random() < 0.4:
            return chance.choice(_CHAPTERS[1:]) + chance.choice(_CLASSIFIERS) + word
        return word + chance.choice(self._words)

    def _body(self, chance: random.Random, names: list[str], length: int) -> Iterator[str]:
        """Chapters of paragraphs until the length is reached, the names spread over them."""
        paragraphs = max(1, length // self._like.paragraph)
        again = round(self._like.again * len(names))
        uses = [f"“{name}”" for name in names] + (chance.choices(names, k=again) if names else [])
        places = sorted((chance.randrange(paragraphs), use) for use in uses)
        by_paragraph = {at: [use for _, use in group] for at, group in itertools.groupby(places, lambda one: one[0])}
        chapter = max(1, paragraphs // len(_CHAPTERS))
        for number in range(paragraphs):
            if number % chapter == 0 and number // chapter < len(_CHAPTERS):
                yield f"{_CHAPTERS[number // chapter]}、{''.join(self._some(chance, 4))}\n"
            yield self._paragraph(chance, by_paragraph.get(number, []))

    def _paragraph(self, chance: random.Random, uses: list[str]) -> str:
        words = self._some(chance, round(self._like.paragraph / 2.4))
        for use in uses:
            words.insert(chance.randrange(len(words)), use)
        sentences, at = [], 0
        while at < len(words):
            size = chance.randint(*_SENTENCE)
            sentences.append("".join(words[at : at + size]))
            at += size
        return "，".join(sentences) + "。\n"

    def _appendix(self, chance: random.Random, names: list[str]) -> Iterator[str]:
        yield APPENDIX
        for number, name in enumerate(chance.sample(names, min(self._like.entries, len(names))), 1):
            # What the whole country speaks of is explained in one of a few ways, and in other words here and there.
            alike = random.Random(f"{self._seed} {name} {chance.randrange(3)}")
            text = "".join(self._some(alike, 12)) + "，" + "".join(self._some(chance, chance.randint(0, 8)))
            yield f"{number}．“{name}”：指{text}。\n"

    def _some(self, chance: random.Random, number: int) -> list[str]:
        return chance.choices(self._words, cum_weights=self._weights, k=number)


def _as_words(number: int) -> list[float]:
    """Return cumulated weights as words have them: Zipf's law, but none so frequent that it is every tenth."""
    return list(itertools.accumulate(1 / (rank + 30) for rank in range(number)))


def _title(place: str, year: int, speaker: str) -> str:
    meeting = f"{place}第十届人民代表大会第三次会议"
    lines = ("政府工作报告", f"——{year}年1月8日在{meeting}上", f"{place}人民政府 {speaker}", "", "各位代表：", "")
    return "\n".join(lines)


QUOTED = re.compile("“([^“”\n]{2,12})”")
APPENDIX = "\n名词解释\n"


def likeness_of(texts: Iterable[str]) -> Likeness:
    """Measure texts as `Likeness` describes them; what counts as new depends on the order in which they come."""
    seen: set[str] = set()
    lengths, paragraphs, quoted, new, entries = [], [], [], [], []
    for text in texts:
        body, _, appendix = text.partition(APPENDIX)
        names = QUOTED.findall(body)
        lengths.append(len(body))
        paragraphs.append(len(body) / max(1, body.count("\n")))
        quoted.append(len(names) / len(body) * 10_000)
        new.append(len(set(names) - seen) / max(1, len(set(names))))
        seen.update(names)
        if appendix:
            entries.append(appendix.count("\n"))
    return Likeness(
        chars=round(statistics.median(lengths)),
        spread=statistics.stdev(map(math.log, lengths)),
        paragraph=round(statistics.median(paragraphs)),
        quoted=statistics.median(quoted),
        new=statistics.median(new[len(new) // 2 :]),
        explained=len(entries) / len(lengths),
        entries=round(statistics.median(entries)) if entries else 0,
    )
