"""Renderings proposed for slogans by the translations in which they stand: up to three, each with its reasons."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES
from glossary_api.translation.align.passages import BilingualPassage, TargetText
from glossary_api.translation.align.phrases import REASONS, PhraseInPassage, known_in, phrases_in, recurring
from glossary_api.translation.align.word_links import MOST_CELLS, PlacedWord, WordLinks, fits

MOST = 3
"""How many renderings are proposed for a slogan."""
_MOST_PASSAGES = 40
"""How many passages of a slogan are looked at."""
_OPENING, _MARKS = frozenset(OPENING_QUOTES), frozenset(OPENING_QUOTES + CLOSING_QUOTES)
_COUNTED = re.compile("[0-9百千万亿]")
"""In a slogan without them no figure begins its rendering: that is a number of the sentence."""
_NO_WORD = re.compile(r"[\W_]+")
_WHOLE = "\0"
"""Stands before the id of a term where its whole name is one word."""
_ALIKE = 0.5
"""How much a proposal counts less that says what a better one says."""


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A place in a source where a slogan stands."""

    start: int
    """Span, half open, in code points; quotation marks may be in it."""
    end: int
    term: str
    """Id of the term."""


@dataclass(frozen=True, slots=True)
class SegmentPair:
    """A sentence, or some, and what it became."""

    source: str
    target: str
    place: str
    """Where both stand, for people: `report.tmx 181`, `zh.txt ¶12, en.txt ¶14`."""


@dataclass(frozen=True, slots=True)
class ProposedRendering:
    """A rendering that a text proposes for a term."""

    rendering: str
    reasons: tuple[str, ...]
    """Some of REASONS."""
    passages: tuple[int, ...]
    """Numbers of the pairs that have it."""


def proposals(
    pairs: Sequence[SegmentPair],
    named: Sequence[Sequence[NamedSpan]],
    language: str,
    known: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> dict[str, tuple[list[ProposedRendering], int]]:
    """Return, by term, what is proposed, best first, and in how many pairs the term stands.

    `named` has of each pair the names of its source, in order, none overlapping another; `known` the renderings that
    terms have already.
    """
    targets = [TargetText(pair.target, language) for pair in pairs]
    sources = [_Source(pair.source, spans) for pair, spans in zip(pairs, named, strict=True)]
    learned = list(_learned(sources, targets))
    if not learned:
        return {}
    number = {pair: at for at, pair in enumerate(learned)}
    links = WordLinks([(sources[pair].tokens, targets[pair].tokens) for pair in learned])
    common = _common(targets)
    found = {}
    for term, places in _by_term(named).items():
        learnt = [pair for pair in places if pair in number]
        passages = [
            BilingualPassage(
                pair,
                sources[pair].name_of(term),
                sources[pair].is_quoted(term),
                targets[pair],
                links.shares(number[pair], sources[pair].own[term]).tolist(),
            )
            for pair in learnt[:_MOST_PASSAGES]
        ]
        found[term] = (_best(passages, common, len(pairs), known.get(term, ())), len(places))
    return found


class _Source:
    """A source cut into words, its slogans once as a whole and once word by word."""

    def __init__(self, text: str, spans: Iterable[NamedSpan]) -> None:
        self.tokens: list[PlacedWord] = []
        self.own: defaultdict[str, set[int]] = defaultdict(set)
        """By term: the numbers of its words."""
        self._text = text
        self._first: dict[str, NamedSpan] = {}
        at = 0
        for span in spans:
            self._add(at, span.start)
            first = len(self.tokens)
            self.tokens.append(PlacedWord(f"{_WHOLE}{span.term}", span.start / len(text)))
            self._add(span.start, span.end)
            self.own[span.term].update(range(first, len(self.tokens)))
            self._first.setdefault(span.term, span)
            at = span.end
        self._add(at, len(text))

    def _add(self, start: int, end: int) -> None:
        import rjieba  # a large dictionary; only who aligns needs it here

        for word in rjieba.cut(self._text[start:end]):
            if not _NO_WORD.fullmatch(word):
                self.tokens.append(PlacedWord(word, start / len(self._text)))
            start += len(word)

    def name_of(self, term: str) -> str:
        """Return how the text has the name of a term."""
        span = self._first[term]
        return self._text[span.start : span.end]

    def is_quoted(self, term: str) -> bool:
        """Say whether the name of a term stands in quotation marks, by itself or with others."""
        start = self._first[term].start
        if self._text[start] in _OPENING:
            return True
        before = [sign for sign in self._text[:start] if sign in _MARKS]
        return bool(before) and before[-1] in _OPENING


def _learned(sources: Sequence[_Source], targets: Sequence[TargetText]) -> Iterator[int]:
    """Yield the numbers of the pairs to learn from, those with slogans first, as many as there is room for."""
    room = MOST_CELLS
    for pair in sorted(range(len(sources)), key=lambda pair: not sources[pair].own):
        source, target = sources[pair].tokens, targets[pair].tokens
        if fits(source, target) and (room := room - len(source) * len(target)) >= 0:
            yield pair


def _common(targets: Sequence[TargetText]) -> Mapping[str, float]:
    counts = Counter(stem for target in targets for stem in set(target.stems))
    return {stem: count / len(targets) for stem, count in counts.items()}


def _by_term(named: Sequence[Sequence[NamedSpan]]) -> Mapping[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for pair, spans in enumerate(named):
        for term in dict.fromkeys(span.term for span in spans):
            found[term].append(pair)
    return found


@dataclass(slots=True)
class _Pooled:
    """A phrase, whatever says it."""

    rendering: str
    weight: float = 0.0
    reasons: set[str] = field(default_factory=set)


def _best(
    passages: Sequence[BilingualPassage], common: Mapping[str, float], pairs: int, known: Sequence[str]
) -> list[ProposedRendering]:
    """Return the proposals of greatest weight, of which each says something that those before do not."""
    pool: dict[tuple[str, ...], _Pooled] = {}
    for passage, phrase in _phrases(passages, common, pairs, known):
        begin, end = passage.target.trimmed(phrase.begin, phrase.end)
        strange = begin < end and passage.target.raw[begin].isdigit() and not _COUNTED.search(passage.name)
        if (key := passage.target.content(begin, end)) and not strange:
            pooled = pool.setdefault(key, _Pooled(passage.target.said(begin, end)))
            pooled.weight += phrase.weight
            pooled.reasons.add(phrase.reason)
    chosen: list[tuple[str, ...]] = []
    while len(chosen) < min(MOST, len(pool)):
        left = (key for key in pool if key not in chosen)
        chosen.append(max(left, key=lambda key: pool[key].weight * (1 - _ALIKE * _likeness(key, chosen))))
    return [_proposed(pool[key], [one.pair for one in passages if one.target.has(key)]) for key in chosen]


def _phrases(
    passages: Sequence[BilingualPassage], common: Mapping[str, float], pairs: int, known: Sequence[str]
) -> Iterator[PhraseInPassage]:
    for passage in passages:
        yield from ((passage, phrase) for phrase in (*phrases_in(passage, common), *known_in(passage, known)))
    yield from recurring(passages, common, pairs)


def _likeness(key: Sequence[str], others: Iterable[Sequence[str]]) -> float:
    """Return how much of its words a phrase shares with the one that is most like it."""
    return max((len({*key} & {*other}) / len({*key} | {*other}) for other in others), default=0.0)


def _proposed(pooled: _Pooled, pairs: Iterable[int]) -> ProposedRendering:
    reasons = tuple(reason for reason in REASONS if reason in pooled.reasons)
    return ProposedRendering(pooled.rendering, reasons, tuple(pairs))
