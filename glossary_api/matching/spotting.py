"""Names in a text: leftmost, then longest, with offsets into the text as given.

Names and text are folded alike (`folding.fold`), an automaton finds every name, and three rules drop what only
looks like a name: figures, Latin letters and Han numerals must end where the name ends; so must everyday words, unless
something vouches for the name; and a short name counts only where quotation marks or a footnote mark vouch for it, or
where the caller asks for it. A vouched name counts also where the same text has it with such a voucher.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from glossary_api.matching.names import (
    TOGETHER,
    Automaton,
    Hit,
    Name,
    Table,
    balanced,
    cuts_word,
    framed,
    is_named,
    is_ordinal,
    is_quoted,
    is_vouched_for,
    runs_on,
    tabulated,
)
from glossary_api.model.words import ANY_STATUS, CANDIDATE, ESTABLISHED
from glossary_api.text.everyday import common_words, inner_pairs
from glossary_api.text.folding import MARK, QUOTE, Folded, fold, fold_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FILL = "\n"
_SHORT_TEXT = 500
"""Up to so many characters are looked at sooner one by one than all at once."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The names that a caller wants; without any wish those that nothing speaks against."""

    overlapping: bool = False
    """All of them, not just the leftmost and longest of those that overlap."""
    kinds: frozenset[str] | None = None
    """Only those of these kinds; None for all."""
    short: bool = False
    """Short names and others that need a voucher and have none, too."""
    mentions: Sequence[tuple[int, int]] = ()
    """Spans of the text of which the caller knows that they are names: a short name there needs no other voucher,
    and none that overlaps with it is preferred to it."""
    status: str = ESTABLISHED
    """Only those of terms of this status; ANY_STATUS for all."""


AS_USUAL = Wanted()


class Spotter:
    """Finds the names of an edition in any text, and says which term each leads to."""

    def __init__(self, table: Table, free: Automaton, risky: Automaton) -> None:
        """`free` finds the names that are not risky, `risky` the others."""
        self._table, self._free, self._risky = table, free, risky
        self._words, self._inner = common_words(), inner_pairs()

    @classmethod
    def of(cls, names: Iterable[Name], corpus: Iterable[str] = ()) -> Spotter:
        """Return a spotter for these names, no two with one key. `corpus`: texts like those to come, for speed."""
        table, keys = tabulated(names)
        folded = [fold_text(text).text for text in corpus]
        return cls(table, Automaton(keys[: table.free], folded), Automaton(keys[table.free :], folded))

    def pack(self) -> dict[str, bytes]:
        """Return the spotter as named pieces of bytes, to be kept with the edition."""
        return {"names": self._table.pack(), "names-free": self._free.pack(), "names-risky": self._risky.pack()}

    @classmethod
    def unpack(cls, read: Callable[[str], bytes | None]) -> Spotter | None:
        """Return the spotter whose pieces `read` gives by name; None for none, or if another daachorse packed them."""
        packed = read("names")
        table = Table.unpack(packed) if packed else None
        free, risky = (read("names-free"), read("names-risky")) if table else (None, None)
        if table is None or free is None or risky is None:
            return None
        return cls(table, Automaton.unpack(free), Automaton.unpack(risky))

    def __reduce__(self) -> tuple[Any, ...]:
        return Spotter, (self._table, self._free, self._risky)

    def term(self, name: int) -> str:
        """Return what `Spotter.term` returns; the numbers of names differ."""
        width = self._table.width
        return self._table.ids[name * width : (name + 1) * width].rstrip().decode()

    def terms(self) -> set[str]:
        """Return the ids of all terms that names lead to."""
        return {self.term(name) for name in range(len(self._table.kinds))}

    def doubtful(self, text: str, spots: Sequence[Hit]) -> set[Hit]:
        """Return those of the spots of a text that nothing vouches for although something has to."""
        risky = {spot for spot in spots if spot[2] >= self._table.free}
        needy = {spot for spot in spots if self._table.safe <= spot[2] < self._table.free}
        named = {name for start, end, name in needy if is_named(text, start, end)}
        bare = {spot for spot in risky if not is_vouched_for(text, spot[0], spot[1])}
        return bare | {spot for spot in needy if spot[2] not in named}

    def spots(self, text: str, wanted: Wanted = AS_USUAL) -> list[Hit]:
        """Return what `Spotter.spots` returns.

        Quotation marks around a name are not part of its span, those within it are.
        """
        folded = fold_text(text)
        mentioned = {_folded_span(folded, mention) for mention in wanted.mentions}
        hits = self._free.scan(folded.text)
        if self._table.vouched and not wanted.short:
            hits = self._without_bare(text, folded, hits, mentioned)
        hits += self._risky_hits(text, folded, wanted)
        if wanted.kinds is not None:
            kind_of, these = self._table.kinds, {n for n, kind in enumerate(self._table.kind) if kind in wanted.kinds}
            hits = [hit for hit in hits if kind_of[hit[2]] in these]
        if wanted.status != ANY_STATUS:
            candidate, wish = self._table.candidate, wanted.status == CANDIDATE
            hits = [hit for hit in hits if candidate[hit[2]] == wish]
        hits.sort(key=itemgetter(1), reverse=True)
        hits.sort(key=itemgetter(0))
        if mentioned and not wanted.overlapping:
            hits = [hit for hit in hits if not _is_torn(text, folded, hit)]
            hits = _giving_way(hits, mentioned)
        return self._selected(text, folded, hits, wanted, mentioned)

    def _selected(
        self, text: str, folded: Folded, hits: list[Hit], wanted: Wanted, mentioned: Collection[tuple[int, int]]
    ) -> list[Hit]:
        """Return those hits in the folded text that hold, as spans of the source."""
        overlapping, bounded = wanted.overlapping, self._table.safe if wanted.short else len(self._table.kinds)
        signs, words, inner = folded.text, self._words, self._inner
        starts, ends, careful, size = folded.starts, folded.ends, self._table.careful, len(folded.starts)
        kinds = framed(folded.kinds)
        spots: list[Hit] = []
        covered = 0
        for begin, stop, name in hits:
            if begin < covered:
                continue
            start, end = starts[begin], ends[stop - 1]
            if careful[name] or end - start != stop - begin:  # else nothing inside was dropped or recast
                # What follows is `_is_torn` and `balanced`, written out: half of all hits come by here.
                if (begin and starts[begin - 1] == start) or (stop < size and starts[stop] == starts[stop - 1]):
                    continue
                if QUOTE in kinds[start + 1 : end + 1]:
                    start, end = balanced(text, start, end)
                goes_on = kinds[start : start + 2] in TOGETHER or kinds[end : end + 2] in TOGETHER
                if goes_on or is_ordinal(text, start, signs[begin]):
                    continue
            # Two characters that no word has side by side need no closer look.
            perhaps = signs[stop - 1 : stop + 1] in inner or signs[begin - 1 : begin + 1] in inner
            if perhaps and name < bounded and cuts_word(signs, starts, ends, begin, stop, words):
                known = (begin, stop) in mentioned or is_named(text, start, end)
                if not known:
                    continue
            if not overlapping:
                covered = stop
            spots.append((start, end, name))
        return spots

    def _risky_hits(self, text: str, folded: Folded, wanted: Wanted) -> list[Hit]:
        """Return hits of risky names in the folded text that something vouches for or that are asked for."""
        if wanted.short:
            hits = set(self._risky.scan(folded.text))
        else:
            near = self._near_vouchers(folded)
            hits = {hit for hit in near if is_vouched_for(text, *_source_span(text, folded, hit))}
            for begin, stop in {_folded_span(folded, mention) for mention in wanted.mentions}:
                if stop - begin <= self._table.longest_risky:
                    around = self._risky.scan(folded.text[begin:stop])
                    hits |= {(begin, stop, n) for first, last, n in around if (first, last) == (0, stop - begin)}
        return [(begin, stop, name + self._table.free) for begin, stop, name in hits]

    def _without_bare(
        self, text: str, folded: Folded, hits: list[Hit], mentioned: Collection[tuple[int, int]]
    ) -> list[Hit]:
        """Return hits without those of vouched names that the text has nowhere with a voucher."""
        safe, kinds, starts, ends = self._table.safe, folded.kinds, folded.starts, folded.ends
        named: set[int] = set()
        for hit in hits:
            begin, stop, name = hit
            if name < safe or name in named:
                continue
            start, end = starts[begin], ends[stop - 1]
            near = kinds[start : end + 1]
            if is_quoted(text, start, end):  # most that are named, and none of them is torn
                named.add(name)
                continue
            perhaps = (QUOTE in near or MARK in near) and not _is_torn(text, folded, hit)
            if perhaps and is_named(text, *_source_span(text, folded, hit)):
                named.add(name)
        return [hit for hit in hits if hit[2] < safe or hit[2] in named or hit[:2] in mentioned]

    def _near_vouchers(self, folded: Folded) -> Iterator[Hit]:
        """Yield hits of risky names that begin behind a quotation mark or end before a footnote mark.

        Only pieces of the text are scanned, all of one length, a line feed between two: no name has one.
        """
        size = self._table.longest_risky
        if not size:
            return
        behind = _with_one_near(_folded_places(folded, QUOTE), size)
        before = [int(mark) - size for mark in _folded_places(folded, MARK)]
        padded = _FILL * size + folded.text + _FILL * size
        pieces = _FILL.join([padded[origin + size : origin + 2 * size] for origin in (*behind, *before)])
        for first, last, name in self._risky.scan(pieces):
            piece, place = divmod(first, size + 1)
            if piece < len(behind):
                if place == 0:
                    yield behind[piece], behind[piece] + last - first, name
            elif place + last - first == size:
                end = before[piece - len(behind)] + size
                yield end + first - last, end, name


class PlainSpotter:
    """The plain, slow truth for `Spotter`: it looks for each name and applies each rule in turn."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = list(names)

    def term(self, name: int) -> str:
        """As `Spotter.term`; the numbers of names differ."""
        return self._names[name].term

    def spots(self, text: str, wanted: Wanted = AS_USUAL) -> list[Hit]:
        """As `Spotter.spots`."""
        folded = fold(text)
        mentioned = {_folded_span(folded, mention) for mention in wanted.mentions}
        hits = [
            hit
            for number, name in enumerate(self._names)
            for hit in self._hits_of(text, folded, number, name, wanted, mentioned)
        ]
        hits.sort(key=lambda hit: (hit[0], -hit[1]))
        if not wanted.overlapping:
            hits = _leftmost(_giving_way(hits, mentioned))
        return [(*_source_span(text, folded, hit), hit[2]) for hit in hits]

    def _hits_of(
        self, text: str, folded: Folded, number: int, name: Name, wanted: Wanted, mentioned: set[tuple[int, int]]
    ) -> Iterator[Hit]:
        if wanted.kinds is not None and name.kind not in wanted.kinds:
            return
        if wanted.status not in (ANY_STATUS, name.status):
            return
        hits = [hit for hit in _occurrences(folded.text, name.key, number) if not _is_torn(text, folded, hit)]
        voucher = is_vouched_for if name.need == 2 else is_named
        vouched = {hit for hit in hits if voucher(text, *_source_span(text, folded, hit))}
        needs_none = name.need == 0 or (name.need == 1 and vouched)
        for hit in hits:
            asked = hit in vouched or hit[:2] in mentioned or (wanted.short and name.need > 0)
            if asked or (needs_none and not _cuts_word(folded, hit)):
                yield hit


def _folded_places(folded: Folded, kind: int) -> NDArray[Any] | list[int]:
    """Return for each character of this kind in the source how many characters of the folded text come before it."""
    starts, kinds = folded.starts, folded.kinds
    if len(kinds) > _SHORT_TEXT:
        import numpy as np

        places = (np.frombuffer(kinds, np.uint8) == kind).nonzero()[0]
        found: NDArray[Any] = np.asarray(starts).searchsorted(places.astype(np.int32))
        return found
    one_by_one: list[int] = []
    place = kinds.find(kind)
    while place >= 0:
        one_by_one.append(bisect_left(starts, place))
        place = kinds.find(kind, place + 1)
    return one_by_one


def _with_one_near(places: NDArray[Any] | list[int], size: int) -> list[int]:
    """Return the places behind which another follows within `size`, but not at once: a short name may stand between."""
    if isinstance(places, list):
        return [place for place, following in itertools.pairwise(places) if 0 < following - place <= size]
    gaps = places[1:] - places[:-1]
    near: list[int] = places[:-1][(gaps > 0) & (gaps <= size)].tolist()
    return near


def _source_span(text: str, folded: Folded, hit: Hit) -> tuple[int, int]:
    return balanced(text, *folded.source_span(hit[0], hit[1]))


def _is_torn(text: str, folded: Folded, hit: Hit) -> bool:
    """Tell whether a hit in the folded text has an edge within a figure, word or numeral: 2 in the 12 of 十二, 第2."""
    starts, (begin, stop, _) = folded.starts, hit
    first, last = starts[begin - 1 : begin + 1], starts[stop - 1 : stop + 1]
    cuts_numeral = any(len(pair) == 2 and pair[0] == pair[1] for pair in (first, last))
    start, end = _source_span(text, folded, hit)
    return cuts_numeral or runs_on(text, start, end) or is_ordinal(text, start, folded.text[begin])


def _cuts_word(folded: Folded, hit: Hit) -> bool:
    return cuts_word(folded.text, folded.starts, folded.ends, hit[0], hit[1], common_words())


def _folded_span(folded: Folded, span: tuple[int, int]) -> tuple[int, int]:
    """Return the span of the folded text that comes from a span of the source."""
    return bisect_left(folded.starts, span[0]), bisect_left(folded.starts, span[1])


def _occurrences(text: str, key: str, number: int) -> Iterator[Hit]:
    start = text.find(key)
    while start >= 0:
        yield start, start + len(key), number
        start = text.find(key, start + 1)


def _leftmost(hits: Iterable[Hit]) -> list[Hit]:
    """Return those of sorted hits that overlap with none before them."""
    chosen: list[Hit] = []
    for hit in hits:
        if not chosen or hit[0] >= chosen[-1][1]:
            chosen.append(hit)
    return chosen


def _giving_way(hits: Sequence[Hit], mentioned: Collection[tuple[int, int]]) -> list[Hit]:
    """Return hits without those that overlap with a mentioned one."""
    taken = bytearray(max((hit[1] for hit in hits), default=0))
    for begin, stop, _ in (hit for hit in hits if hit[:2] in mentioned):
        taken[begin:stop] = b"\1" * (stop - begin)
    return [hit for hit in hits if hit[:2] in mentioned or 1 not in taken[hit[0] : hit[1]]]
