"""Find the terms that stand beside a term: in the same sections of the same reports.

Asked of an edition this takes longer the more sections a term stands in, so for terms in many the harvest has asked.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

MOST = 100
"""How many of the terms beside a term are kept, the best ones."""


FEW = 50
"""In how many sections a term may stand to be asked for when somebody wants to know."""


def co_uses(uses: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int, float]]:
    """Return, by term, the best terms beside those that stand in more than FEW sections.

    `uses` are terms and sections; a row is `(term, other, together, score)`. `together` counts the sections in which
    both stand, `score` is the Dice coefficient 2 * together / (sections of one + sections of the other). Best are
    those of the highest score, then the most often together.
    """
    sections: defaultdict[int, set[int]] = defaultdict(set)
    terms: defaultdict[int, set[int]] = defaultdict(set)
    for term, section in uses:
        sections[term].add(section)
        terms[section].add(term)
    for term in sorted(term for term, where in sections.items() if len(where) > FEW):
        together = Counter(other for section in sections[term] for other in terms[section])
        del together[term]
        best = heapq.nsmallest(MOST, _scored(together, sections, len(sections[term])))
        yield from sorted((term, other, -count, -score) for score, count, other in best)


def _scored(
    together: Mapping[int, int], sections: Mapping[int, set[int]], own: int
) -> Iterator[tuple[float, int, int]]:
    """Order by score, then by how often together, then by rank, all so that the best comes first."""
    return ((-2.0 * count / (own + len(sections[other])), -count, other) for other, count in together.items())
