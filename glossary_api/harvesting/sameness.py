"""Reports that are the same though their files are not: copies from other sites, records beside files.

Measured exactly, by the runs of eight characters that the two texts share: of the shorter text nine tenths stand in
the longer one. Reports of one government in two years share a tenth of theirs.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from glossary_api.model.files import Difference
from glossary_api.model.things import ParsedReport, Report
from glossary_api.model.words import MANIFEST, TEXT
from glossary_api.text.folding import plain

SAME = 0.9
"""The share of the shorter report's passages that the longer one must have."""
_RUN = 8
"""Characters of a passage."""
_LEAST = 500
"""Passages that a report must have to be compared at all: of short texts much is formula."""
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


@dataclass(frozen=True, slots=True)
class Copy:
    """A report that is the same as another one, which is kept."""

    report: Report
    kept: Report
    share: float
    """Of the passages of the shorter of the two."""


@dataclass(frozen=True, slots=True)
class _Sampled:
    parsed: ParsedReport
    sample: frozenset[int]


def copies(reports: Sequence[ParsedReport]) -> Iterator[Copy]:
    """Yield the reports that are copies of others, each with the fullest of its kind.

    Only reports that may be of one place and year are compared: what either does not say is left open.
    """
    kept: defaultdict[int | None, list[_Sampled]] = defaultdict(list)
    for parsed in sorted(reports, key=_fullness):
        passages = _passages(parsed.report)
        mine = _Sampled(parsed, frozenset(one for one in passages if one % _SAMPLED == 0))
        year = parsed.report.year
        near = [*kept[year], *kept[None]] if year is not None else [one for year in kept for one in kept[year]]
        likely = (other for other in near if len(passages) >= _LEAST and _is_likely(mine, other))
        same = ((other.parsed.report, _shared(passages, _passages(other.parsed.report))) for other in likely)
        if found := next((pair for pair in same if pair[1] >= SAME), None):
            yield Copy(parsed.report, *found)
        else:
            kept[year].append(mine)


def _fullness(parsed: ParsedReport) -> tuple[int, int, int, str]:
    """Return the fullest first: with notes, with more said by its own text, longer."""
    report = parsed.report
    known = ("title", "place", "year", "date", "meeting", "speaker", "genre")
    silent = {name for name, origin in report.guessed if origin not in (TEXT, MANIFEST)}
    said = sum(getattr(report, name) is not None for name in known if name not in silent)
    return -len(parsed.entries), -said, -len(report.text), report.id


def _passages(report: Report) -> frozenset[int]:
    """Return a number for each run of characters, without white space and punctuation."""
    words = _NO_WORDS.sub("", plain(report.text)).encode("utf-32-le", "surrogatepass")
    width = 4 * _RUN
    return frozenset(zlib.crc32(words[at : at + width]) for at in range(0, len(words) - width + 1, 4))


def _is_likely(mine: _Sampled, other: _Sampled) -> bool:
    one, two = mine.parsed.report, other.parsed.report
    least = min(len(mine.sample), len(other.sample))
    may_be = one.place is None or two.place is None or one.place == two.place
    return may_be and len(mine.sample & other.sample) >= _LIKELY * least


def _shared(mine: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of the shorter one's passages that both have."""
    return len(mine & other) / max(1, min(len(mine), len(other)))


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
