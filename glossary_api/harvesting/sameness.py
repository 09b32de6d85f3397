"""Reports that are the same though their files are not: copies from other sites, records beside files.

Measured exactly, by the runs of eight characters that the two texts share: of the shorter text nine tenths stand in
the longer one. Reports of one government in two years share a tenth of theirs. Short texts, of which much is formula,
may be the same if both say one place and day, or are as long.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from glossary_api.model.files import Difference
from glossary_api.model.things import ParsedReport, Report
from glossary_api.model.words import MANIFEST, TEXT
from glossary_api.text.folding import plain

SAME = 0.9
"""The share of the shorter report's passages that the longer one must have."""
_RUN = 8
"""Characters of a passage."""
_LEAST = 500
"""Passages from which on a text is no short one."""
_SAMPLED = 64
"""One passage in so many tells whether it is worth comparing all of them."""
_LIKELY = 0.5
_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?”’」』）)]*")
"""Sentences, whatever lines they stand on: files of one report differ in their lines."""
_MOST = 30
"""Differences that are kept of two files."""
_LONGEST = 300
"""Characters of a passage that are kept."""
_NO_WORDS = re.compile(r"[\W_]+")
_BASE, _MIXING = np.uint64(1_000_003), np.uint64(0x9E3779B97F4A7C15)

Passages = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Sampled:
    """A report with what tells whether it may be the same as another one."""

    report: Report
    entries: int
    chars: int
    passages: int
    """How many different ones it has."""
    sample: Passages
    load: Callable[[], str] | None = None
    """What returns its text, if `report` has none."""

    @property
    def id(self) -> str:
        """Return the id of the report."""
        return self.report.id

    @property
    def text(self) -> str:
        """Return the text of the report."""
        return self.load() if self.load else self.report.text


@dataclass(frozen=True, slots=True)
class Copy:
    """A report that is the same as another one, which is kept."""

    report: Sampled
    kept: Sampled
    share: float
    """Of the passages of the shorter of the two."""


def sampled(parsed: ParsedReport) -> Sampled:
    """Measure a report."""
    passages, report = _passages(parsed.report.text), parsed.report
    # The upper bits of the product are those that every sign of the passage has a part in.
    sample = passages[passages * _MIXING < np.uint64(2**64 // _SAMPLED)]
    return Sampled(report, len(parsed.entries), len(report.text), len(passages), sample)


def copies(reports: Iterable[Sampled]) -> Iterator[Copy]:
    """Yield the reports that are copies of others, each with the fullest of its kind.

    Only reports that may be of one place and year are compared: what either does not say is left open.
    """
    kept: defaultdict[int | None, defaultdict[str | None, list[Sampled]]] = defaultdict(lambda: defaultdict(list))
    for mine in sorted(reports, key=_fullness):
        place, year = mine.report.place, mine.report.year
        places = [kept[one] for one in ([year, None] if year is not None else list(kept))]
        near = [one for by in places for name in ([place, None] if place is not None else list(by)) for one in by[name]]
        likely = (other for other in near if _is_likely(mine, other))
        same = ((other, _shared(_passages(mine.text), _passages(other.text))) for other in likely)
        if found := next((pair for pair in same if pair[1] >= SAME), None):
            yield Copy(mine, *found)
        else:
            kept[year][place].append(mine)


def _fullness(one: Sampled) -> tuple[int, int, int, str]:
    """Return the fullest first: with notes, with more said by its own text, longer."""
    report = one.report
    known = ("title", "place", "year", "date", "meeting", "speaker", "genre")
    silent = {name for name, origin in report.guessed if origin not in (TEXT, MANIFEST)}
    said = sum(getattr(report, name) is not None for name in known if name not in silent)
    return -one.entries, -said, -one.chars, report.id


def _passages(text: str) -> Passages:
    """Return a number for each run of characters, without white space and punctuation; each once, in order."""
    words = _NO_WORDS.sub("", plain(text)).encode("utf-32-le", "surrogatepass")
    signs = np.frombuffer(words, "<u4").astype(np.uint64)
    count = max(0, len(signs) - _RUN + 1)
    runs = np.zeros(count, np.uint64)
    for at in range(_RUN):
        runs = runs * _BASE + signs[at : at + count]  # wraps around, as it may
    ordered = np.sort(runs)  # `np.unique` hashes them again, which takes ten times as long
    return ordered[np.flatnonzero(np.append(True, np.diff(ordered) != 0)[:count])]


def _is_likely(mine: Sampled, other: Sampled) -> bool:
    """Tell whether comparing all passages may be worth it.

    Short texts of one place and day may be the same, others only if they have as many passages.
    """
    counts = sorted((mine.passages, other.passages))
    if counts[0] < _LEAST:
        return counts[0] >= SAME * counts[1] if _are_of_one_day(mine.report, other.report) else counts[0] == counts[1]
    least = min(len(mine.sample), len(other.sample))
    return len(np.intersect1d(mine.sample, other.sample, assume_unique=True)) >= _LIKELY * least


def _are_of_one_day(one: Report, other: Report) -> bool:
    said = (one.place, one.date, one.genre)
    return said == (other.place, other.date, other.genre) and None not in said


def _shared(mine: Passages, other: Passages) -> float:
    """Return the share of the shorter one's passages that both have."""
    return len(np.intersect1d(mine, other, assume_unique=True)) / max(1, min(len(mine), len(other)))


def differences(kept: str, other: str) -> tuple[tuple[Difference, ...], int]:
    """Compare two texts of one report: the first passages that differ in their words, and how many do.

    Sentences are compared without white space and punctuation. Spans are into `kept`.
    """
    mine, theirs = (list(_SENTENCE.finditer(plain(text))) for text in (kept, other))
    keys = [[_NO_WORDS.sub("", found.group()) for found in these] for these in (mine, theirs)]
    blocks = SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes()
    changed = [
        (a, b, c, d)
        for tag, a, b, c, d in blocks
        if tag != "equal" and "".join(keys[0][a:b]) != "".join(keys[1][c:d])  # cut otherwise, but with the same words
    ]
    return tuple(_difference(kept, other, mine, theirs, *block) for block in islice(changed, _MOST)), len(changed)


def _difference(
    kept: str, other: str, mine: Sequence[re.Match[str]], theirs: Sequence[re.Match[str]], *block: int
) -> Difference:
    a, b, c, d = block
    start = mine[a].start() if a < len(mine) else len(kept)
    end = mine[b - 1].end() if b > a else start
    texts = (kept[start:end], other[theirs[c].start() : theirs[d - 1].end()] if d > c else "")
    shown = (text.strip() for text in texts)
    return Difference(start, end, *(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…" for text in shown))
