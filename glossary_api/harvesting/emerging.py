"""Names that nobody quotes and that many reports begin to use in one year, found by counting.

A piece of text is a name that emerges if reports of many places use it in a year and hardly any did before (growth,
by Dunning's log-likelihood ratio, Computational Linguistics 19(1), 1993), if what stands before and behind it varies
(boundary entropy, the usual sign of a word in text without spaces), if no longer piece is used nearly as often, and if
it begins and ends where words do and is no predicate. What is found is a candidate and never more: no report marks it
as a name.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glossary_api.harvesting.desk import Desk
from glossary_api.harvesting.lexicon import is_word, words_of
from glossary_api.harvesting.merge import identity_of
from glossary_api.harvesting.stages import BY_YEAR
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
_Hashes = NDArray[np.uint64]
_BASE = np.uint64(1_000_003)
_TABLE = np.uint64(2**20)
_LENGTHS = range(SHORTEST, LONGEST + 1)


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
    id: str
    year: int | None
    place: str | None


_Head = tuple[int, str, str, int]
"""Year, place, id and position of a report."""
_Months = tuple[list[int], list[int]]
"""Positions of the reports of a year and of those before it."""
_Piece = tuple[str, list[int]]
"""A piece of text, and the reports of a year that have it, by their place in the list of those."""


def emerging(reports: Sequence[ParsedReport], desk: Desk | None = None) -> list[Emerging]:
    """List the names that emerge in any year, the fastest growing first; the same whatever the order of reports.

    Reports without year or place are left out.
    """
    desk = desk or Desk()
    texts = desk.lazily(_counted, reports)
    heads = [(one.year, one.place, one.id) for one in texts]
    years = list(_years(heads))
    keys = [" ".join(repr([heads[at][2] for at in some]) for some in year) for year in years]
    by_year = desk.by_key(BY_YEAR, keys, lambda some: _in_years([years[at] for at in some], texts, desk))
    found = [Emerging(*one) for each in by_year for one in each]
    return sorted(found, key=lambda one: (-one.growth, one.name))


def _in_years(years: Sequence[_Months], texts: Sequence[_Counted], desk: Desk) -> list[list[tuple[Any, ...]]]:
    """Return the names that emerge in each of some years, as the fields of `Emerging`."""
    common = list(desk.over(_Common(texts), [now for now, _ in years], 1))
    earlier = _earlier([before for _, before in years], common, texts, desk)
    tasks = [
        _Year(now, len(before), [(*one, times) for one, times in zip(pieces, found, strict=True)])
        for (now, before), pieces, found in zip(years, common, earlier, strict=True)
    ]
    return [list(map(astuple, found)) for found in desk.over(_InYear(texts), tasks, 1)]


def _years(heads: Iterable[tuple[int | None, str | None, str]]) -> Iterator[_Months]:
    """For each year that can be told of which reports, by position, are counted of it and of those before it."""
    known = sorted(
        (year, place, id_, at) for at, (year, place, id_) in enumerate(heads) if year is not None and place is not None
    )
    for year in sorted({one[0] for one in known}):
        now = _sampled([one for one in known if one[0] == year])
        before = _sampled([one for one in known if one[0] < year])
        if len(before) >= LEAST_EARLIER and len({place for _, place, _, _ in now}) >= LEAST_PLACES:
            yield [one[-1] for one in now], [one[-1] for one in before]


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
    place = None if report.place is None else report.place_code or report.place
    return _Counted(text, report.id, report.year, place)


@dataclass(frozen=True, slots=True)
class _Common:
    """Finds the pieces that enough reports of a year have and that may be names."""

    texts: Sequence[_Counted]

    def __call__(self, now: Sequence[int]) -> list[_Piece]:
        """Return those of the reports at these positions."""
        texts = [self.texts[at].text for at in now]
        least = max(LEAST_PLACES, math.ceil(LEAST_SHARE * len(now)))
        found: list[_Piece] = []
        pieces = _often([_Pieces.of(text) for text in texts], least)
        while pieces[0].length <= LONGEST:
            length, groups = pieces[0].length, list(_groups(pieces, least))
            for _, having, start in groups:
                piece = texts[having[0]][start : start + length]
                if _may_be_a_name(piece):
                    found.append((piece, having))
            common = np.array([value for value, _, _ in groups], np.uint64)
            pieces = [one.among(common).longer() for one in pieces]
        return found


def _earlier(
    befores: Sequence[Sequence[int]], common: Sequence[Sequence[_Piece]], texts: Sequence[_Counted], desk: Desk
) -> list[list[int]]:
    """Return how many reports before each year have each of its pieces; no report is read twice for that."""
    asked = sorted({piece for pieces in common for piece, _ in pieces}, key=lambda piece: (len(piece), piece))
    number_of = {piece: number for number, piece in enumerate(asked)}
    times = np.zeros((len(befores), len(asked)), np.int32)
    years: defaultdict[int, list[int]] = defaultdict(list)
    for year, before in enumerate(befores):
        for at in before:
            years[at].append(year)
    for at, found in zip(years, desk.over(_Having(texts, asked), list(years)), strict=True):
        times[np.array(years[at])[:, None], found] += 1
    return [times[year, [number_of[piece] for piece, _ in pieces]].tolist() for year, pieces in enumerate(common)]


class _Having:
    """Says which of some pieces stand in a report."""

    def __init__(self, texts: Sequence[_Counted], asked: Sequence[str]) -> None:
        """Take the pieces by length."""
        self._texts = texts
        self._asked = [_hashes_of([one for one in asked if len(one) == length]) for length in _LENGTHS]
        parts = {piece[at : at + SHORTEST] for piece in asked for at in range(len(piece) - SHORTEST + 1)}
        self._parts = np.sort(_hashes_of(list(parts)))

    def __call__(self, at: int) -> NDArray[np.intp]:
        """Return the numbers of the pieces that stand in the report at a position, each once."""
        pieces, found, first = _Pieces.of(self._texts[at].text).among(self._parts), [], 0
        for asked in self._asked:
            found.append(np.flatnonzero(np.isin(asked, pieces.hashes)) + first)
            first += len(asked)
            pieces = pieces.longer()
        return np.concatenate(found)


@dataclass(frozen=True, slots=True)
class _Year:
    """A year with its reports, by position, the number of those before it, and its common pieces."""

    now: Sequence[int]
    before: int
    pieces: Sequence[tuple[str, list[int], int]]
    """Each with the reports of the year that have it, and how many did before."""


@dataclass(frozen=True, slots=True)
class _InYear:
    """Finds the names that emerge in a year."""

    texts: Sequence[_Counted]

    def __call__(self, year: _Year) -> list[Emerging]:
        """Return those among its pieces."""
        few = [one for one in year.pieces if one[2] <= MOST_BEFORE * year.before]
        now = [self.texts[at] for at in year.now] if few else []
        users = {piece: [now[at] for at in having] for piece, having, _ in few}
        earlier = {piece: times for piece, _, times in few}
        return list(_emerged(users, len(now), earlier, year.before))


def _emerged(
    users: dict[str, list[_Counted]], all_now: int, earlier: Mapping[str, int], all_before: int
) -> Iterator[Emerging]:
    """Yield those of the pieces, each with its users, that are names."""
    entropies = {piece: _entropy(piece, having[:LISTENED_TO]) for piece, having in users.items()}
    # Only a piece with free edges is a name, so only such a one can be the longer name that a piece is a part of.
    users = {piece: having for piece, having in users.items() if entropies[piece] >= LEAST_ENTROPY}
    for piece in users.keys() - _parts(users):
        places = len({one.place for one in users[piece]})
        growth = _growth(len(users[piece]), all_now, earlier[piece], all_before)
        if places >= LEAST_PLACES and growth >= LEAST_GROWTH and _is_whole(piece, users[piece][:LISTENED_TO]):
            year, entropy = users[piece][0].year or 0, round(entropies[piece], 2)
            yield Emerging(piece, year, places, earlier[piece], round(growth, 2), entropy)


def _sampled(known: list[_Head]) -> list[_Head]:
    """Return at most SAMPLE of the reports in their order: which they are hardly changes when others come."""
    digests = {one: hashlib.sha256(one[2].encode("utf-8", "surrogatepass")).digest() for one in known}
    return sorted(sorted(known, key=digests.__getitem__)[:SAMPLE])


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


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Pieces of one length of a text, by hashes, so that it is quick."""

    codes: _Hashes
    """The code points of the text."""
    length: int
    starts: NDArray[np.intp]
    """Where they begin, in order."""
    hashes: _Hashes

    @classmethod
    def of(cls, text: str) -> _Pieces:
        """Return every piece of SHORTEST Han characters in a row."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)
        run = np.cumsum(np.append(0, (codes >= 0x4E00) & (codes <= 0x9FFF)))
        starts = np.flatnonzero(run[SHORTEST:] - run[:-SHORTEST] == SHORTEST)
        hashes = np.zeros(len(starts), np.uint64)
        for offset in range(SHORTEST):
            hashes = hashes * _BASE + codes[starts + offset]  # wraps around, as a hash may
        return cls(codes, SHORTEST, starts, hashes)

    def among(self, wanted: _Hashes) -> _Pieces:
        """Return those whose hashes are among the wanted ones, which are sorted."""
        if not len(wanted):
            return self.where(np.empty(0, np.intp))
        # A look at the last bits sorts out most of them, ten times as fast as a search.
        bits = np.zeros(_TABLE, np.bool_)
        bits[wanted % _TABLE] = True
        perhaps = np.flatnonzero(bits[self.hashes % _TABLE])
        at = np.minimum(np.searchsorted(wanted, self.hashes[perhaps]), len(wanted) - 1)
        return self.where(perhaps[wanted[at] == self.hashes[perhaps]])

    def where(self, chosen: NDArray[Any]) -> _Pieces:
        """Return those at some positions, in their order."""
        return _Pieces(self.codes, self.length, self.starts[chosen], self.hashes[chosen])

    def longer(self) -> _Pieces:
        """Return the pieces of one character more whose beginnings and ends are both among these."""
        first = np.flatnonzero(np.diff(self.starts) == 1)
        starts = self.starts[first]
        hashes = self.hashes[first] * _BASE + self.codes[starts + self.length]
        return _Pieces(self.codes, self.length + 1, starts, hashes)


def _hashes_of(pieces: Sequence[str]) -> _Hashes:
    """Return the hashes of pieces of one length."""
    codes = np.frombuffer("".join(pieces).encode("utf-32-le"), "<u4").astype(np.uint64)
    hashes = np.zeros(len(pieces), np.uint64)
    for column in codes.reshape(len(pieces), -1).T if pieces else ():
        hashes = hashes * _BASE + column
    return hashes


def _often(pieces: Sequence[_Pieces], least: int) -> list[_Pieces]:
    """Return the pieces without most of those that stand less than so many times in all texts together."""
    slots = [(one.hashes % _TABLE).astype(np.intp) for one in pieces]
    often = np.bincount(np.concatenate(slots), minlength=int(_TABLE)) >= least
    return [one.where(often[own]) for one, own in zip(pieces, slots, strict=True)]


def _groups(pieces: Sequence[_Pieces], least: int) -> Iterator[tuple[int, list[int], int]]:
    """Yield the hashes that at least so many texts have, in order, each with these texts and where it first begins."""
    owners = np.repeat(np.arange(len(pieces)), [len(one.hashes) for one in pieces])
    hashes, starts = (np.concatenate([getattr(one, name) for one in pieces]) for name in ("hashes", "starts"))
    order = np.argsort(hashes, kind="stable")
    hashes, owners, starts = hashes[order], owners[order], starts[order]
    once = np.flatnonzero(np.append(True, (np.diff(hashes) != 0) | (np.diff(owners) != 0))[: len(hashes)])
    values, begins, counts = np.unique(hashes[once], return_index=True, return_counts=True)
    for at in np.flatnonzero(counts >= least):
        these = once[begins[at] : begins[at] + counts[at]]
        yield int(values[at]), owners[these].tolist(), int(starts[these[0]])


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
    for text in (one.text for one in texts):
        at = text.find(piece)  # no expression: to compile one takes longer than to look through the texts
        while at >= 0:
            end = at + len(piece)
            before, behind = text[max(0, at - 2) : at], text[end : end + 1]
            sides[0].append("" if _is_free(before) else before[-1:])
            sides[1].append(behind if _HAN.fullmatch(behind) else "")
            at = text.find(piece, end)
    return min(map(_spread_of, sides))


@lru_cache(maxsize=65536)  # of two characters there are few
def _is_free(before: str) -> bool:
    return bool(LEADING_VERB.fullmatch(before)) or not _HAN.fullmatch(before[-1:])


def _spread_of(neighbours: Sequence[str]) -> float:
    """Return entropy in nats; every empty neighbour is one of its own."""
    total = len(neighbours)
    free = neighbours.count("")
    shares = [times / total for sign, times in Counter(neighbours).items() if sign]
    return -sum(share * math.log(share) for share in shares) + free / total * math.log(total)
