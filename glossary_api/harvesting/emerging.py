"""Names that nobody quotes and that many reports begin to use in one year, found by counting.

A piece of text is a name that emerges if reports of many places use it in a year and hardly any did before (growth,
by Dunning's log-likelihood ratio, Computational Linguistics 19(1), 1993), if what stands before and behind it varies
(boundary entropy, the usual sign of a word in text without spaces), if no longer piece is used nearly as often, and if
it begins and ends where words do and is no predicate. What is found is a candidate and never more: no report marks it
as a name.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from glossary_api.harvesting.desk import Desk
from glossary_api.harvesting.lexicon import is_word, words_of
from glossary_api.harvesting.merge import identity_of
from glossary_api.model.things import Evidence, ParsedReport, Term
from glossary_api.model.words import CANDIDATE, EMERGING
from glossary_api.parsing.enumerations import LEADING_VERB
from glossary_api.parsing.patterns import any_of
from glossary_api.text.folding import fold_name
from glossary_api.text.pinyin import pinyin_of

SHORTEST, LONGEST = 4, 8
"""How many characters such a name has."""
LEAST_PLACES = 4
"""From how many places on, in the year in which it emerges, a name counts."""
LEAST_EARLIER = 4
"""How many earlier reports there must be; with fewer, nothing can be said to be new."""
LEAST_GROWTH = 10.83
"""Log-likelihood ratio that chance alone exceeds once in a thousand times (chi-squared, one degree of freedom)."""
LEAST_SHARE = 0.3
"""Part of the reports of the year that use the name …"""
MOST_BEFORE = 0.1
"""… and part of the earlier ones that may have used it."""
LEAST_ENTROPY = 1.2
"""Entropy of the neighbours on each side, in nats; 1.1 is three neighbours, equally often."""
PART_OF_LONGER = 0.75
"""A piece of a longer piece is none by itself if this part of the reports that use it use the longer one."""

WHOLE = 0.6
"""The share of its uses in which a name begins and ends where words do."""

SAMPLE = 300
"""How many reports of a year, and of the years before it, are counted at most: shares need no more."""
LISTENED_TO = 40
"""How many of the reports that use a name show its neighbours."""

_HAN = re.compile("[\u4e00-\u9fff]+")
_NO_EDGE = frozenset("的了和与及或在是为以对把被将从向于等不更最再又也都就其这那个们各每年月日")
"""Function words and measure words, which begin and end no name."""
_ADVERB = re.compile(any_of("wordings", "adverb-before-name"))
_NO_NAMES = re.compile(any_of("wordings", "word-of-no-name"))
_WORK = re.compile(any_of("wordings", "work-behind-name"))
_NEIGHBOURS = 10
"""How many characters on each side of a name show where words begin."""

T = TypeVar("T")
_Hashes = NDArray[np.uint64]
_BASE = np.uint64(1_000_003)
_TABLE = np.uint64(2**20)


@dataclass(frozen=True, slots=True)
class Emerging:
    """A name that reports begin to use in a year."""

    name: str
    year: int
    places: int
    """Places whose reports of that year use it."""
    earlier: int
    """Reports of earlier years that used it all the same."""
    growth: float
    """Log-likelihood ratio of its use in the year against its use before."""
    entropy: float
    """The smaller of the entropies of its left and right neighbours, in nats."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """A report's running text, as it is counted."""

    text: str
    year: int
    place: str


def emerging(reports: Sequence[ParsedReport], desk: Desk | None = None) -> list[Emerging]:
    """List the names that emerge in any year, the fastest growing first; the same whatever the order of reports.

    Reports without year or place are left out.
    """
    tasks = list(_years(reports))
    found = [one for each in (desk or Desk()).over(_InYear(reports), tasks, 1) for one in each]
    return sorted(found, key=lambda one: (-one.growth, one.name))


def _years(reports: Sequence[ParsedReport]) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
    """For each year that can be told of which reports, by position, are counted of it and of those before it."""
    known = sorted(
        (report.year, report.place_code or report.place, report.id, at)
        for at, report in enumerate(parsed.report for parsed in reports)
        if report.year is not None and report.place is not None
    )
    for year in sorted({one[0] for one in known}):
        now = _spaced([one for one in known if one[0] == year])
        before = _spaced([one for one in known if one[0] < year])
        if len(before) >= LEAST_EARLIER and len({place for _, place, _, _ in now}) >= LEAST_PLACES:
            yield [one[-1] for one in now], [one[-1] for one in before]


@dataclass(frozen=True, slots=True)
class _InYear:
    """Finds the names that emerge in a year."""

    reports: Sequence[ParsedReport]

    def __call__(self, task: tuple[Sequence[int], Sequence[int]]) -> list[Emerging]:
        """Return those of the reports of the year, against the ones before it, both by position."""
        now, before = ([_counted(self.reports[at]) for at in these] for these in task)
        return list(_in_year(now, before))


def with_emerging(
    terms: Iterable[Term], reports: Sequence[ParsedReport], kind_of: Callable[[str], str], desk: Desk | None = None
) -> tuple[Term, ...]:
    """Return the terms and, as candidates, the names that emerge and that none of them has, in the order of keys."""
    terms = list(terms)
    known = {key for term in terms for key in term.keys}
    for found in emerging(reports, desk):
        if (key := fold_name(found.name)) not in known:
            known.add(key)
            terms.append(_candidate(key, found, kind_of(found.name)))
    return tuple(sorted(terms, key=lambda term: term.key))


def _candidate(key: str, found: Emerging, kind: str) -> Term:
    return Term(
        id=identity_of(key),
        name=found.name,
        key=key,
        kind=kind,
        pinyin=pinyin_of(found.name),
        variants=(),
        senses=(),
        keys=(key,),
        status=CANDIDATE,
        evidence=Evidence(EMERGING, places=found.places),
    )


def _counted(parsed: ParsedReport) -> _Counted:
    report = parsed.report
    text = "\n".join(report.text[start:end] for start, end in parsed.body)
    return _Counted(text, report.year or 0, report.place_code or report.place or "")


def _in_year(now: Sequence[_Counted], before: Sequence[_Counted]) -> Iterator[Emerging]:
    pieces = {piece for length in range(SHORTEST, LONGEST + 1) for piece in _spread(now, before, length)}
    users = {piece: [one for one in now if piece in one.text] for piece in sorted(pieces)}
    entropies = {piece: _entropy(piece, having[:LISTENED_TO]) for piece, having in users.items()}
    # Only a piece with free edges is a name, so only such a one can be the longer name that a piece is a part of.
    users = {piece: having for piece, having in users.items() if entropies[piece] >= LEAST_ENTROPY}
    for piece in users.keys() - _parts(users):
        earlier = sum(piece in one.text for one in before)
        places = len({one.place for one in users[piece]})
        growth = _growth(len(users[piece]), len(now), earlier, len(before))
        if places >= LEAST_PLACES and growth >= LEAST_GROWTH and _is_whole(piece, users[piece][:LISTENED_TO]):
            yield Emerging(piece, now[0].year, places, earlier, round(growth, 2), round(entropies[piece], 2))


def _spaced(texts: Sequence[T]) -> Sequence[T]:
    """Return at most SAMPLE of the texts, evenly spaced in their order."""
    return texts[:: math.ceil(len(texts) / SAMPLE)] if texts else texts


def _spread(now: Sequence[_Counted], before: Sequence[_Counted], length: int) -> Iterator[str]:
    """Yield the pieces of a length that enough texts of now have and few of before, by hashes, so that it is quick."""
    least = max(LEAST_PLACES, math.ceil(LEAST_SHARE * len(now)))
    hashed = [_pieces(one.text, length) for one in now]
    values, counts = np.unique(np.concatenate([_once(hashes) for hashes, _ in hashed]), return_counts=True)
    common = values[counts >= least]
    often = common[_times_in(before, length, common) > MOST_BEFORE * len(before)]
    wanted = np.setdiff1d(common, often)
    for one, (hashes, starts) in zip(now, hashed, strict=True):
        there = _among(hashes, wanted)
        at, first = np.unique(hashes[there], return_index=True)
        wanted = np.setdiff1d(wanted, at)
        for start in starts[there[first]]:
            piece = one.text[start : start + length]
            if _may_be_a_name(piece):
                yield piece


def _may_be_a_name(piece: str) -> bool:
    """Tell whether a piece neither begins nor ends with a function word and does not begin with a verb or adverb."""
    if piece[0] in _NO_EDGE or piece[-1] in _NO_EDGE:
        return False
    return not (LEADING_VERB.match(piece) or _ADVERB.match(piece))


def _is_whole(piece: str, texts: Iterable[_Counted]) -> bool:
    """Tell whether a piece begins and ends where words do, and its words are those of a name and not of a predicate."""
    if _NO_NAMES.search(piece):
        return False
    cuts = [_words_within(one.text, one.text.index(piece), piece) for one in texts]
    readings = Counter(words for words in cuts if words)
    if readings.total() < WHOLE * len(cuts):
        return False
    words = readings.most_common(1)[0][0]
    (first, tag), last = words[0], words[-1][0]
    acts = tag == "v" and len(first) > 1 and not is_word(piece)
    return not (acts or tag in ("q", "r") or (len(words) > 1 and _WORK.fullmatch(last) is not None))


def _words_within(text: str, start: int, piece: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a piece where it stands in a text; none if it begins or ends within a word."""
    at, end = max(0, start - _NEIGHBOURS), start + len(piece)
    found: list[tuple[str, str]] = []
    for word, tag in words_of(text[at : end + _NEIGHBOURS]):
        if start <= at < end:
            found.append((word, tag))
        at += len(word)
    return tuple(found) if "".join(word for word, _ in found) == piece else ()


def _times_in(texts: Sequence[_Counted], length: int, wanted: _Hashes) -> NDArray[np.intp]:
    """Return in how many texts each of the wanted pieces stands; their hashes are sorted."""
    times = np.zeros(len(wanted), np.intp)
    for one in texts if len(wanted) else ():
        hashes = _pieces(one.text, length)[0]
        found = np.zeros(len(wanted), np.bool_)
        found[np.searchsorted(wanted, hashes[_among(hashes, wanted)])] = True
        times += found
    return times


def _among(hashes: _Hashes, wanted: _Hashes) -> NDArray[np.intp]:
    """Return where hashes stand that are among the wanted ones, which are sorted."""
    if not len(wanted):
        return np.empty(0, np.intp)
    # A look at the last bits sorts out most of them, ten times as fast as a search.
    bits = np.zeros(_TABLE, np.bool_)
    bits[wanted % _TABLE] = True
    perhaps = np.flatnonzero(bits[hashes % _TABLE])
    at = np.minimum(np.searchsorted(wanted, hashes[perhaps]), len(wanted) - 1)
    found: NDArray[np.intp] = perhaps[wanted[at] == hashes[perhaps]]
    return found


def _once(hashes: _Hashes) -> _Hashes:
    """Return each hash once, by sorting: `np.unique` hashes them again, which takes ten times as long."""
    ordered = np.sort(hashes)
    return ordered[np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))] if len(ordered) else ordered


def _pieces(text: str, length: int) -> tuple[_Hashes, NDArray[np.intp]]:
    """Return the hash of every piece of so many Han characters in a row, and where each begins."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)
    count = len(codes) - length + 1
    if count <= 0:
        return np.empty(0, np.uint64), np.empty(0, np.intp)
    han = ((codes >= 0x4E00) & (codes <= 0x9FFF)).astype(np.intp)
    run = np.concatenate(([0], np.cumsum(han)))
    starts = np.flatnonzero(run[length:] - run[:-length] == length)
    hashes = np.zeros(count, np.uint64)
    for offset in range(length):
        hashes = hashes * _BASE + codes[offset : offset + count]  # wraps around, as a hash may
    return hashes[starts], starts


def _parts(users: Mapping[str, Sequence[_Counted]]) -> set[str]:
    """Return the pieces that stand nearly always in one same longer piece that is counted too."""
    return {
        part
        for longer, having in users.items()
        for part in _inside(longer)
        if part in users and len(having) >= PART_OF_LONGER * len(users[part])
    }


def _inside(longer: str) -> Iterator[str]:
    """Yield every shorter piece of a piece."""
    for length in range(SHORTEST, len(longer)):
        yield from (longer[start : start + length] for start in range(len(longer) - length + 1))


def _growth(now: int, all_now: int, before: int, all_before: int) -> float:
    """Return Dunning's log-likelihood ratio for two shares; 0 where the share has not grown."""
    if not all_now or not all_before or now / all_now <= before / all_before:
        return 0.0
    share = (now + before) / (all_now + all_before)
    return 2 * (_likelihood(now, all_now) + _likelihood(before, all_before) - _at(share, now, all_now)
                - _at(share, before, all_before))  # fmt: skip


def _likelihood(hits: int, of: int) -> float:
    return _at(hits / of, hits, of)


def _at(share: float, hits: int, of: int) -> float:
    """Return logarithm of the likelihood of so many hits at a share."""
    return (hits * math.log(share) if hits else 0.0) + ((of - hits) * math.log(1 - share) if hits < of else 0.0)


def _entropy(piece: str, texts: Iterable[_Counted]) -> float:
    """Return the smaller of the entropies of what stands before and behind a piece.

    Punctuation counts as always another neighbour, and so does a verb that may govern any name: 发展 in 发展甲经济.
    """
    sides: tuple[list[str], list[str]] = ([], [])
    for one in texts:
        for found in re.finditer(re.escape(piece), one.text):
            before, behind = (
                one.text[max(0, found.start() - 2) : found.start()],
                one.text[found.end() : found.end() + 1],
            )
            free = LEADING_VERB.fullmatch(before) or not _HAN.fullmatch(before[-1:])
            sides[0].append("" if free else before[-1:])
            sides[1].append(behind if _HAN.fullmatch(behind) else "")
    return min(map(_spread_of, sides))


def _spread_of(neighbours: Sequence[str]) -> float:
    """Return entropy in nats; every empty neighbour is one of its own."""
    total = len(neighbours)
    free = neighbours.count("")
    shares = [times / total for sign, times in Counter(neighbours).items() if sign]
    return -sum(share * math.log(share) for share in shares) + free / total * math.log(total)
