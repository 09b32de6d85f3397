"""Check a translation: terms not rendered as they should be, numbers that are not those of the source.

A term of the source is rendered if one of its binding renderings stands in the target, whole or in its short form.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from glossary_api.model.messages import Message
from glossary_api.model.words import NUMERAL, OFFICIAL
from glossary_api.translation.inflected import Stems, says, spells_out, stems_of
from glossary_api.translation.numbers.chinese_numbers import chinese_numbers_in
from glossary_api.translation.numbers.comparison import contradictions, numbers_in, year_of, years_pointed_to
from glossary_api.translation.numbers.number import Number
from glossary_api.translation.renderings import SETTLED, Rendering, TermUse, binding
from glossary_api.translation.words_of_target import Occurrence, keys_of, occurrences, words_of

MISSING, PROPOSED, MIXED, NUMBER = KINDS = ("missing-rendering", "proposed-rendering", "mixed-renderings", "number")
ERROR, WARNING = SEVERITIES = ("error", "warning")

_SIMILAR = 75
"""How similar (0 to 100) words have to be to be shown as what may have been meant."""
_LONGEST_SEARCHED = 2000
"""Code points of a target that are looked through for similar words."""
_MOST_SEARCHES = 1000
"""For how many missing renderings of a text similar words are looked for: that costs far more than all the rest."""
_SHOWN = 10
"""How many numbers that are too many a finding names."""

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckedSegment:
    """A piece of a translation: Chinese, what it became, and the terms in it."""

    source: str
    target: str
    uses: tuple[TermUse, ...]


@dataclass(frozen=True, slots=True)
class SegmentSpan:
    """A span of the source or the target of a segment, half open, in code points."""

    segment: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TranslationProblem:
    """Something that a translator should look at."""

    kind: str
    """One of KINDS."""
    severity: str
    """One of SEVERITIES."""
    message: Message
    source: tuple[SegmentSpan, ...]
    target: tuple[SegmentSpan, ...] = ()
    """Where the target is at fault; of a missing rendering, where words stand that resemble it, if there are any."""
    use: TermUse | None = None
    """The term that it is about; None for a number that belongs to none."""
    expected: tuple[str, ...] = ()
    """The renderings that would be right."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A segment with what was found in its target."""

    number: int
    segment: CheckedSegment
    stems: Stems
    """Of the words of its target."""
    found: Mapping[Keys, Sequence[Occurrence]]
    """Renderings of its terms."""

    def place(self, span: TermUse | Occurrence | Number) -> SegmentSpan:
        return SegmentSpan(self.number, span.start, span.end)

    def has(self, renderings: Iterable[Rendering]) -> bool:
        """Tell whether the target has one of these renderings."""
        return any(keys in self.found for rendering in renderings for keys in _forms(rendering))

    def says(self, renderings: Iterable[Rendering]) -> bool:
        """Tell whether the target says one of these renderings in other forms of its words, or spells its gloss out."""
        return any(
            any(says(self.stems, stems) for stems in phrases) or spells_out(self.stems, gloss)
            for phrases, gloss in map(_stems, renderings)
        )

    def of(self, renderings: Iterable[Rendering]) -> list[Occurrence]:
        """Return where the target has one of these renderings."""
        wanted = {keys for rendering in renderings for keys in _forms(rendering)}
        return sorted((f for keys in wanted for f in self.found.get(keys, ())), key=lambda found: found.start)

    def uses_by_term(self) -> dict[str, list[TermUse]]:
        by_term: defaultdict[str, list[TermUse]] = defaultdict(list)
        for use in self.segment.uses:
            by_term[use.term].append(use)
        return by_term


def check(segments: Sequence[CheckedSegment], language: str) -> list[TranslationProblem]:
    """Return what is wrong with a text that has been translated into a language, segment by segment, as one text.

    Findings are in the order of the segments; those about several segments stand with the first of them.
    """
    read = [_read(number, segment) for number, segment in enumerate(segments)]
    searches = iter(range(_MOST_SEARCHES))
    counted = [_counted(one, language) for one in read]
    year = year_of((one.segment.source, *numbers) for one, numbers in zip(read, counted, strict=True))
    findings = [
        finding
        for one, numbers in zip(read, counted, strict=True)
        for finding in (*_renderings(one, searches), *_numbers(one, *numbers, year))
    ]
    findings += _mixed(read)
    return sorted(findings, key=lambda finding: (finding.source[0].segment, finding.source[0].start, finding.kind))


def _read(number: int, segment: CheckedSegment) -> _Read:
    phrases = {keys for use in segment.uses for rendering in use.renderings for keys in _forms(rendering)}
    found: defaultdict[Keys, list[Occurrence]] = defaultdict(list)
    for one in occurrences(words_of(segment.target), phrases) if phrases else ():
        found[one.keys].append(one)
    stems = stems_of(segment.target, _covered(one for some in found.values() for one in some)) if phrases else ()
    return _Read(number, segment, stems, found)


@functools.lru_cache(maxsize=16384)
def _forms(rendering: Rendering) -> tuple[Keys, ...]:
    return tuple(map(keys_of, (rendering.full, rendering.text, rendering.short, *rendering.also)))


@functools.lru_cache(maxsize=16384)
def _stems(rendering: Rendering) -> tuple[tuple[Stems, ...], Stems]:
    """Return the stems of its wordings, and of its gloss."""
    return tuple(map(stems_of, (rendering.short, *rendering.also))), stems_of(rendering.explained)


# Renderings


def _renderings(read: _Read, searches: Iterator[int]) -> Iterator[TranslationProblem]:
    """Yield for each term of a segment that has renderings whether one of them is there.

    `searches` has an item for each time that similar words may be looked for.
    """
    for uses in read.uses_by_term().values():
        use = uses[0]
        wanted = binding(use.renderings)
        if not wanted or read.has(
            (*wanted, *(one for one in use.renderings if one.status in SETTLED and not one.past))
        ):
            continue
        expected = tuple(dict.fromkeys(rendering.full for rendering in wanted))
        source = tuple(read.place(one) for one in uses)
        severity = _severity(wanted)
        if used := read.of(use.renderings):
            message = Message("rendering-only-proposed", name=use.name)
            places = tuple(read.place(found) for found in used)
            yield TranslationProblem(PROPOSED, severity, message, source, places, use, expected)
            continue
        if read.says(wanted) or any(rendering.elsewhere for rendering in wanted):
            continue
        similar = _similar(read, wanted) if next(searches, None) is not None else ()
        message = Message("rendering-missing-but-similar" if similar else "rendering-missing", name=use.name)
        yield TranslationProblem(MISSING, severity, message, source, similar, use, expected)


def _severity(renderings: Iterable[Rendering]) -> str:
    return ERROR if any(rendering.status in SETTLED for rendering in renderings) else WARNING


def _similar(read: _Read, renderings: Sequence[Rendering]) -> tuple[SegmentSpan, ...]:
    """Return the words of the target most like a rendering, if any are: to be shown, never to be taken for right."""
    from rapidfuzz import fuzz  # only where something is missing

    target = read.segment.target[:_LONGEST_SEARCHED].lower()
    words = words_of(target)
    if len(target) != len(read.segment.target[:_LONGEST_SEARCHED]) or not words:
        return ()
    alignments = [fuzz.partial_ratio_alignment(one.short.lower(), target, score_cutoff=_SIMILAR) for one in renderings]
    best = max((found for found in alignments if found), key=lambda found: found.score, default=None)
    if best is None:
        return ()
    touched = [word for word in words if word.start < best.dest_end and best.dest_start < word.end]
    return (SegmentSpan(read.number, touched[0].start, touched[-1].end),) if touched else ()


# One sense, several renderings


@dataclass(slots=True)
class _Used:
    """The renderings of one sense all over a text."""

    use: TermUse
    source: list[SegmentSpan] = field(default_factory=list)
    target: list[SegmentSpan] = field(default_factory=list)
    shorts: dict[Keys, str] = field(default_factory=dict)
    statuses: set[str] = field(default_factory=set)


def _mixed(read: Sequence[_Read]) -> Iterator[TranslationProblem]:
    """Yield terms that are used with more than one rendering of the same sense; several official ones are all right."""
    by_sense: dict[tuple[str, str | None], _Used] = {}
    for one in read:
        for uses in one.uses_by_term().values():
            for sense in dict.fromkeys(rendering.sense for rendering in uses[0].renderings):
                used = by_sense.setdefault((uses[0].term, sense), _Used(uses[0]))
                _take_in(used, one, uses, sense)
    for used in by_sense.values():
        shorts = _longest(used.shorts)
        if len(shorts) > 1 and used.statuses != {OFFICIAL}:
            names = tuple(used.shorts[keys] for keys in shorts)
            message = Message("renderings-mixed", name=used.use.name, renderings=", ".join(names))
            expected = tuple(dict.fromkeys(rendering.full for rendering in binding(used.use.renderings)))
            severity = _severity(used.use.renderings)
            yield TranslationProblem(
                MIXED, severity, message, tuple(used.source), tuple(used.target), used.use, expected
            )


def _longest(shorts: Iterable[Keys]) -> list[Keys]:
    """Return the renderings that are no part of another: Belt and Road is none beside Belt and Road Initiative."""
    padded = {keys: f" {' '.join(keys)} " for keys in shorts}
    return [keys for keys, one in padded.items() if not any(one in other for other in padded.values() if other != one)]


def _take_in(used: _Used, read: _Read, uses: Sequence[TermUse], sense: str | None) -> None:
    """Add what one segment has of a sense."""
    renderings = [rendering for rendering in uses[0].renderings if rendering.sense == sense]
    hits = read.of(renderings)
    if not hits:
        return
    used.source += (read.place(use) for use in uses)
    used.target += (read.place(found) for found in hits)
    met: set[Keys] = set()  # words that several renderings have stand for the first of them
    for rendering in renderings:
        there = {keys for keys in _forms(rendering) if keys in read.found}
        if there - met:
            met |= there
            used.shorts.setdefault(keys_of(rendering.short), rendering.short)
            used.statuses.add(rendering.status)


# Numbers


def _counted(read: _Read, language: str) -> tuple[list[Number], list[Number]]:
    """Return the numbers of both sides; what renderings say is left out: whoever settled them has counted."""
    segment = read.segment
    rendered = [use for use in segment.uses if read.has(use.renderings)]
    names = [use for use in segment.uses if use.kind == NUMERAL]
    theirs = _outside(chinese_numbers_in(segment.source, _covered(names)), rendered)
    ours = _outside(numbers_in(segment.target, language), [one for some in read.found.values() for one in some])
    return theirs, ours


def _numbers(
    read: _Read, theirs: Sequence[Number], ours: Sequence[Number], year: int | None
) -> Iterator[TranslationProblem]:
    """Yield numbers that are stated in the source and not in the target, which has others instead.

    Where one number is missing and one stands for it, that is an error; where there are more, which belongs to which
    is not known. `year` is what 今年 means, if that is known.
    """
    segment = read.segment
    pointed = years_pointed_to(segment.source, year) if year is not None else []
    for one in contradictions([*theirs, *pointed], ours):
        severity = ERROR if len(one.missing) == len(one.surplus) == 1 else WARNING
        words = ", ".join(segment.source[number.start : number.end] for number in one.missing[:_SHOWN])
        said = ", ".join(segment.target[number.start : number.end] for number in one.surplus[:_SHOWN])
        message = Message("numbers-differ", words=words, said=said)
        source, target = map(read.place, one.missing[:_SHOWN]), map(read.place, one.surplus[:_SHOWN])
        use = _around(one.missing[0], segment.uses)
        yield TranslationProblem(NUMBER, severity, message, tuple(source), tuple(target), use)


def _covered(spans: Iterable[TermUse | Occurrence]) -> set[int]:
    """Return the code points of all spans."""
    return {place for span in spans for place in range(span.start, span.end)}


def _outside(numbers: Iterable[Number], spans: Iterable[TermUse | Occurrence]) -> list[Number]:
    taken = _covered(spans)
    return [number for number in numbers if taken.isdisjoint(range(number.start, number.end))]


def _around(number: Number, uses: Sequence[TermUse]) -> TermUse | None:
    """Return the use that a number stands in."""
    before = bisect_right(uses, number.start, key=lambda use: use.start) - 1
    return uses[before] if before >= 0 and number.end <= uses[before].end else None


def severities(findings: Sequence[TranslationProblem]) -> dict[str, int]:
    """Return how many findings there are of each severity."""
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts[severity] for severity in SEVERITIES}
