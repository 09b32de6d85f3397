"""Harvests of any size, made by chance but always alike: invented words that are as unevenly frequent as real ones."""

from __future__ import annotations

import hashlib
import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from glossary_api.model.messages import Message
from glossary_api.model.things import (
    CountCheck,
    Definition,
    Harvest,
    Heading,
    Match,
    ParsedReport,
    Report,
    Sense,
    Source,
    Term,
    Usage,
    Variant,
)
from glossary_api.text.folding import fold_name

USAGES_PER_REPORT = 500
_USAGES_PER_HEADING = 25
_WORDS = 12_000
_NUMERALS = "一二三四五六七八九十"
_DEFINED = 0.3
"""Share of the terms that some report defines."""
_LEVELS = ("province", "prefecture", "county")


@dataclass(slots=True)
class _Writing:
    """A report while it is being written."""

    report: str
    place: str
    year: int
    parts: list[str] = field(default_factory=list)
    length: int = 0
    headings: list[Heading] = field(default_factory=list)
    usages: list[Usage] = field(default_factory=list)

    def write(self, text: str) -> tuple[int, int]:
        """Add a text; its span."""
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start, self.length


class Chance:
    """A source of words, names and reports that gives the same for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._sign_weights = uneven(2000)
        signs = [chr(code) for code in range(0x4E00, 0x4E00 + 6000) if len(fold_name(chr(code))) == 1]
        self._signs = self._random.sample([s for s in signs if fold_name(s) == s], 2000)
        self._words = [self._new_word() for _ in range(_WORDS)]
        self._weights = uneven(_WORDS)

    def _new_word(self) -> str:
        length = self._random.choice((2, 2, 2, 3))
        return "".join(self._random.choices(self._signs, cum_weights=self._sign_weights, k=length))

    def words(self, number: int) -> list[str]:
        """Words as often as they are used."""
        return self._random.choices(self._words, cum_weights=self._weights, k=number)

    def names(self, number: int) -> list[str]:
        """Different names of four to eight characters, some of them numeral abbreviations."""
        names: dict[str, str] = {}
        while len(names) < number:
            name = "".join(self._random.choices(self._words, k=2))
            name = self._random.choice(_NUMERALS) + name if self._random.random() < 0.4 else name + self.words(1)[0]
            names.setdefault(fold_name(name), name)
        return list(names.values())

    def terms_in_use(self, terms: Sequence[str], number: int) -> list[str]:
        """Every term once and then as often as chance has it, in no order."""
        more = max(0, number - len(terms))
        uses = [*terms, *self._random.choices(terms, cum_weights=uneven(len(terms)), k=more)][:number]
        self._random.shuffle(uses)
        return uses

    def report(self, number: int, names: Sequence[str], ids: dict[str, str]) -> _Writing:
        """A report whose sentences use the named terms one after another."""
        year = 2005 + number % 20
        writing = _Writing(f"place{number // 20:04}-{year}", f"{self._words[number // 20]}市", year)
        writing.write(f"政府工作报告\n——{year}年1月8日\n")
        for position, name in enumerate(names):
            if position % _USAGES_PER_HEADING == 0:
                text = "".join(self.words(4))
                start, end = writing.write(text)
                writing.headings.append(Heading(text, start, end, 1))
                writing.write("\n")
            self._sentence(writing, name, ids[name])
        return writing

    def _sentence(self, writing: _Writing, name: str, identity: str) -> None:
        quoted = self._random.random() < 0.3
        writing.write("".join(self.words(self._random.randint(1, 6))) + ("“" if quoted else ""))
        start, end = writing.write(name)
        match = Match(identity, start, end, name, "exact", quoted)
        writing.usages.append(Usage(writing.report, match, writing.headings[-1].text, None))
        behind = ("”" if quoted else "") + "".join(self.words(self._random.randint(1, 6)))
        writing.write(behind + self._random.choice("，，。。；\n"))

    def definitions(self, writing: _Writing, names: Sequence[str]) -> Iterator[tuple[str, Definition]]:
        """Definitions of the named terms, written into the report's appendix."""
        writing.write("\n名词解释\n")
        for number, name in enumerate(names, 1):
            writing.write(f"{number}．{name}：指")
            text = "".join(self.words(self._random.randint(5, 20)))
            start, end = writing.write(text)
            writing.write("。\n")
            source = Source("appendix", writing.report, writing.place, writing.year, number, None, start, end)
            yield name, Definition(text, source, (), CountCheck("n/a", reason=Message("no-list")))

    def chosen(self, names: Sequence[str], share: float) -> list[str]:
        """About that share of the names."""
        return [name for name in names if self._random.random() < share]


def synthetic_harvest(terms: int, usages: int, seed: int = 1) -> Harvest:
    """A harvest with so many terms and usages, 500 usages a report, three in ten terms defined."""
    from pypinyin import lazy_pinyin

    chance = Chance(seed)
    names = chance.names(terms)
    ids = {name: _identity(name) for name in names}
    written, definitions = _write(chance, names, ids, usages)
    reports = tuple(_parsed(number, writing) for number, writing in enumerate(written))
    made = tuple(_term(name, ids[name], " ".join(lazy_pinyin(name)), definitions.get(name, [])) for name in names)
    return Harvest(reports, made, tuple(itertools.chain(*(w.usages for w in written))), ())


def _write(
    chance: Chance, names: Sequence[str], ids: dict[str, str], usages: int
) -> tuple[list[_Writing], dict[str, list[Definition]]]:
    in_use = chance.terms_in_use(names, usages)
    defined = chance.chosen(names, _DEFINED)
    definitions: dict[str, list[Definition]] = {}
    written = []
    count = -(-len(in_use) // USAGES_PER_REPORT)
    for number in range(count):
        here = in_use[number * USAGES_PER_REPORT : (number + 1) * USAGES_PER_REPORT]
        writing = chance.report(number, here, ids)
        for name, definition in chance.definitions(writing, defined[number::count]):
            definitions.setdefault(name, []).append(definition)
        written.append(writing)
    return written, definitions


def _parsed(number: int, writing: _Writing) -> ParsedReport:
    text = "".join(writing.parts)
    place = number // 20
    report = Report(
        id=writing.report,
        title="政府工作报告",
        place=writing.place,
        place_code=f"{10 + place % 30:02}{1 + place // 30 % 10:02}{1 + place // 300 % 90:02}",
        level=_LEVELS[place % 3],
        year=writing.year,
        date=f"{writing.year}-01-08",
        meeting=None,
        speaker=None,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
    )
    body = ((0, text.index("\n名词解释\n")),)
    return ParsedReport(report, tuple(writing.headings), None, (), (), (), (), body)


def _term(name: str, identity: str, pinyin: str, definitions: Sequence[Definition]) -> Term:
    senses = (Sense(f"{identity}-1", tuple(definitions)),) if definitions else ()
    key = fold_name(name)
    kind = "numeral" if name[0] in _NUMERALS else "quoted"
    return Term(identity, name, key, kind, pinyin, (Variant(name, "unquoted", ()),), senses, (key,))


def _identity(name: str) -> str:
    return "t" + hashlib.sha256(fold_name(name).encode()).hexdigest()[:10]


def uneven(number: int) -> list[float]:
    """Cumulated weights by Zipf's law: the second half as often as the first."""
    return list(itertools.accumulate(1 / rank for rank in range(1, number + 1)))
